"""Random small studies as values, and a large one: what tables and pictures are computed from."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from codebook.codebook import Code, Codebook
from codebook.guide import Guide
from coding.coded_study import CodedStudy
from coding.coding import Coding, ReadMark
from corpus.cases import Case
from corpus.source import FrontMatter, Source
from corpus.study import Groups, MatrixSettings, Settings, Study

TEXT = "Et afsnit om noget.\n\nOg et til, med lidt flere ord i sig.\n"
CODERS = ("ana", "bo")


def study_of(
    cases: tuple[Case, ...],
    sources: tuple[Source, ...],
    themes: tuple[Code, ...],
    codings: tuple[Coding, ...] = (),
    reads: tuple[ReadMark, ...] = (),
    groups: dict[str, str] | None = None,
    **settings: object,
) -> CodedStudy:
    """A study as a value; without `groups` there are two, few and many."""
    labels = groups if groups is not None else {"few": "Få", "many": "Mange"}
    given = Settings("crosscase-study/1", "Et studie", groups=Groups(labels=labels), matrix=MatrixSettings("ana"))
    for name, value in settings.items():
        given = type(given)(**{field: getattr(given, field) for field in given.__struct_fields__} | {name: value})
    study = Study(Path("study"), given, cases, ("group", "merged"), sources)
    ordered = tuple(sorted(codings, key=lambda c: (c.coder, c.source, c.start, c.end, c.code, c.id)))
    return CodedStudy(study, Guide("G", ()), Codebook(themes), ordered, reads, (), CODERS)


@st.composite
def random_studies(draw: Callable[..., object]) -> CodedStudy:
    """Up to five cases with up to three sources each, themes with codes below them, and codings at random."""
    r = random.Random(draw(st.integers(0, 10**9)))
    themes = (
        Code("t1", "Penge", codes=(Code("t1.a", "Budget", codes=(Code("t1.a.x", "År"),)), Code("t1.b", "Løn"))),
        Code("t2", "Folk", applies_to={"merged": "ja"}),
        Code("t3", "Tid", codes=(Code("t3.a", "Ventetid", replaced_by="t1.b"),)),
        Code("old", "Gammelt", replaced_by="t1.a"),
    )
    codes = [code.id for theme in themes for code in theme.walk()]
    cases, sources, codings, reads = [], [], [], []
    for i in range(r.randint(0, 5)):
        attributes = {"group": r.choice(["few", "many"]), "merged": r.choice(["ja", "nej"])}
        dropped = r.choice([None, None, "group", "merged"])
        cases.append(Case(f"c{i}", f"By {i}", {k: v for k, v in attributes.items() if k != dropped}))
        for j in range(r.randint(0, 3)):
            roles = r.choice([("leder",), ("sagsbehandler",), ("leder", "sagsbehandler")])
            meta = FrontMatter(f"S{i}{j}", f"c{i}", roles, asked=r.choice(["all", "unknown", ("9z",)]))
            sources.append(Source(f"s{i}-{j}", meta, TEXT))
    for source in sources:
        for coder in CODERS:
            if r.random() < 0.6:
                reads.append(ReadMark(f"r{len(reads)}", coder, source.id, r.choice(["", "", "t1", "t2", "t3"])))
        for _ in range(r.randint(0, 4)):
            start = r.choice([0, 0, 3, 21])
            end = start + r.choice([5, 5, 11])
            code, coder = r.choice(codes), r.choice(CODERS)
            codings.append(Coding(f"k{len(codings)}", coder, source.id, code, start, end, TEXT[start:end]))
    return study_of(tuple(cases), tuple(sources), themes, tuple(codings), tuple(reads))


def large_study(n_cases: int = 150, per_case: int = 3, n_themes: int = 30) -> CodedStudy:
    """450 sources × 30 themes, always the same."""
    r = random.Random(1)
    themes = tuple(Code(f"t{i}", f"Et tema med et temmelig langt navn nummer {i}") for i in range(n_themes))
    cases = tuple(Case(f"c{i}", f"Kommune {i:03}", {"group": ("few", "many")[i % 2]}) for i in range(n_cases))
    sources, codings, reads = [], [], []
    for case in cases:
        for k in range(per_case):
            source = Source(f"{case.id}-{k}", FrontMatter(case=case.id, roles=("leder",)), TEXT * r.randint(1, 9))
            sources.append(source)
            if r.random() < 0.9:
                reads.append(ReadMark(f"r{source.id}", "ana", source.id))
            for theme in themes:
                if r.random() < 0.3:
                    codings.append(Coding(f"k{len(codings)}", "ana", source.id, theme.id, 0, 9, source.text[:9]))
    return study_of(cases, tuple(sources), themes, tuple(codings), tuple(reads))
