"""Which excerpts a cell shows."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from codebook.codebook import Code
from coding.coding import Coding
from corpus.cases import Case
from corpus.source import FrontMatter, Source
from reports.excerpts import MAX_LENGTH, pick_excerpts, shown_span
from reports.matrix import CaseTheme

THEME = Code(id="t", label="T")


def case(index: int, texts: list[str], spans: list[tuple[int, int, int]]) -> CaseTheme:
    sources = tuple(
        Source(
            f"s{index}-{n}",
            FrontMatter(case=f"k{index}", roles=("leder" if n % 2 else "sagsbehandler",)),
            text,
        )
        for n, text in enumerate(texts)
    )
    codings = tuple(
        Coding(f"c{index}-{n}", "ana", sources[s].id, "t", start, end, sources[s].text[start:end])
        for n, (s, start, end) in enumerate(spans)
    )
    return CaseTheme(Case(f"k{index}", f"K{index}"), THEME, "mentioned", None, codings, sources, sources, sources)


@st.composite
def cells(draw: st.DrawFn) -> list[CaseTheme]:
    made = []
    for index in range(draw(st.integers(1, 4))):
        texts = draw(st.lists(st.text("aabbcde  fgh.-1Σ\n Æ👩", min_size=2, max_size=80), min_size=1, max_size=2))
        spans = []
        for _ in range(draw(st.integers(0, 5))):
            source = draw(st.integers(0, len(texts) - 1))
            start = draw(st.integers(0, len(texts[source]) - 1))
            spans.append((source, start, draw(st.integers(start + 1, len(texts[source])))))
        made.append(case(index, texts, spans))
    return made


@given(cells(), st.integers(0, 5), st.randoms())
def test_never_overlapping_never_too_many_and_the_same_whatever_the_order_of_codings(
    made: list[CaseTheme], k: int, rng: random.Random
) -> None:
    import msgspec

    chosen = pick_excerpts(made, k)
    assert len(chosen) <= k
    for i, one in enumerate(chosen):
        assert all(
            one.source.id != two.source.id or one.end <= two.start or two.end <= one.start for two in chosen[i + 1 :]
        )
    shuffled = [msgspec.structs.replace(c, codings=tuple(rng.sample(c.codings, len(c.codings)))) for c in made]
    again = pick_excerpts(shuffled, k)
    assert [(e.source.id, e.start, e.end) for e in again] == [(e.source.id, e.start, e.end) for e in chosen]


def picked_slowly(cases: Sequence[CaseTheme], k: int) -> list[tuple[str, int, int]]:
    """The rule as it is written down in reports/excerpts.py: every candidate compared with all others, pick by pick."""
    spans = {
        (index, coding.source, *shown_span(source.text, coding.start, coding.end)): source
        for index, case in enumerate(cases)
        for coding in case.codings
        for source in case.sources
        if source.id == coding.source
    }
    texts = {place: source.text[place[2] : place[3]] for place, source in spans.items()}
    words = {place: {word[:6] for word in re.findall(r"[^\W\d_]{4,}", text.lower())} for place, text in texts.items()}

    def score(place: tuple[int, str, int, int]) -> int:
        others = {word: {p[0] for p in spans if word in words[p]} - {place[0]} for word in words[place]}
        shared, length = sum(map(len, others.values())), len(texts[place])
        return (1000 * shared // (len(words[place]) + 12)) * min(length, 100) // 100

    left, chosen = set(spans), list[tuple[int, str, int, int]]()
    while left and len(chosen) < k:
        cases_used = {place[0] for place in chosen}
        roles_used = {role for place in chosen for role in spans[place].meta.roles}
        best = min(left, key=lambda p: (p[0] in cases_used, bool(roles_used & {*spans[p].meta.roles}), -score(p), p))
        chosen.append(best)
        left = {p for p in left if p[1] != best[1] or p[3] <= best[2] or p[2] >= best[3]}
    return [place[1:] for place in sorted(chosen)]


@given(cells(), st.integers(0, 5))
def test_the_quick_way_picks_what_the_slow_one_picks(made: list[CaseTheme], k: int) -> None:
    assert [(e.source.id, e.start, e.end) for e in pick_excerpts(made, k)] == picked_slowly(made, k)


def test_the_quick_way_picks_what_the_slow_one_picks_among_many_words() -> None:
    rng = random.Random(1)
    stems = ["sag", "sagsbe", "sagsbeh", "økono", "økonom", "økonomi", "lov", "lovens", "lovenes", "Pension", "for-løb"]
    words = [stem + ending for stem in stems for ending in ("", "en", "erne", "ens,", ".")]
    for _ in range(60):
        made = []
        for index in range(4):
            texts = [" ".join(rng.choices(words, k=30)) for _ in range(2)]
            starts = [(n, rng.randrange(len(texts[n]) - 120)) for n in (0, 1) for _ in range(6)]
            made.append(case(index, texts, [(n, start, start + rng.randrange(40, 120)) for n, start in starts]))
        assert [(e.source.id, e.start, e.end) for e in pick_excerpts(made, 3)] == picked_slowly(made, 3)


def test_the_words_that_other_cases_use_too_win() -> None:
    common = "Sagsbehandlerne mangler personale til sagerne."
    odd = "Kantinen serverer rugbrød hver eneste torsdag."
    made = [case(0, [f"{odd} {common}"], [(0, 0, len(odd)), (0, len(odd) + 1, len(odd) + 1 + len(common))]),
            case(1, [common], [(0, 0, len(common))])]  # fmt: skip
    assert [e.text for e in pick_excerpts(made, 2)] == [common, common]


def test_different_cases_come_before_different_passages_and_roles_before_scores() -> None:
    text = "En sætning om sagerne. En anden sætning om sagerne."
    made = [case(0, [text], [(0, 0, 22), (0, 23, 51)]), case(1, [text, text], [(0, 0, 22), (1, 0, 22)])]
    chosen = pick_excerpts(made, 2)
    assert [e.source.meta.case for e in chosen] == ["k0", "k1"]
    assert {role for e in chosen for role in e.source.meta.roles} == {"leder", "sagsbehandler"}


def test_a_very_long_coding_is_shown_up_to_a_sentence_end() -> None:
    text = "En sætning på en linje. " * 40
    start, end = shown_span(text, 0, len(text))
    assert end - start <= MAX_LENGTH
    assert text[start:end].endswith("linje.")
    assert end - start > MAX_LENGTH - 30
