"""A small study as values, with everything in it that reports have to survive, and gold files to compare with.

Three cases in two groups, three sources, three themes. The texts hold a formula, a tag, a table's `|`, emoji, a
combining mark, speaker labels, a line break inside a coding, and codings that overlap.
"""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import msgspec

from codebook.codebook import Code, Codebook
from codebook.guide import Guide, Question, Section
from coding.coded_study import CodedStudy
from coding.coding import Coding, ReadMark, SourceMemo
from corpus.cases import Case
from corpus.source import FrontMatter, Source
from corpus.study import Groups, MatrixSettings, Settings, Study
from reports.charts import DRAFTED, Chart
from reports.evidence import evidence_sha
from reports.findings import Finding, ThemeFindings
from reports.matrix import CaseTheme, Cell, Column, ComparisonMatrix, Excerpt, FrameworkMatrix, Row, State
from reports.matrix_findings import MatrixFindings, matrix_findings
from reports.view import ReportView, report

GOLD = Path(__file__).parent / "gold"

BIRKEBY = """# Birkeby: interview med lederen

## 3. Økonomi

Økonomien spiller ingen rolle. Budgettet er stramt,
men det er ikke det, der afgør sagen.

=cmd|' /C calc'!A0 stod der i regnearket.

## Ressourcer

Der mangler <script>alert(1)</script> folk 🙂 & tid. Det er to ting.
"""
ELMSTED = """# Elmsted

Vi har folk nok. 60 sager | 45 sager. *Ingen* drukner i ça̧ va.
"""
ASKHAVN = """Interviewer: Hvad betyder økonomien?

Leder: Den betyder alt. Vi ser på kassen først.
"""

THEMES = (
    Code(
        "oekonomi", "Økonomi", "Om penge spiller ind.", questions=("3d",), patterns=("økonomi*", "budget*"),
        examples=("Det er dyrt.",),
        codes=(Code("oekonomi.budget", "Budget", "Budget og lofter."),),
    ),
    Code("ressourcer", "Ressourcer", "Folk, tid og pladser."),
    Code("reform", "Sammenlægning", applies_to={"merged": "ja"}),
)  # fmt: skip


def source(id: str, case: str, text: str, roles: tuple[str, ...], kind: str = "summary") -> Source:
    """A source with its front matter."""
    meta = FrontMatter(f"{case.capitalize()}, {' og '.join(roles)}", case, roles, datetime.date(2009, 1, 14), kind)  # type: ignore[arg-type]
    return Source(id, meta, text)


def coding(id: str, source: Source, quote: str, code: str, memo: str = "", coder: str = "ana", nth: int = 0) -> Coding:
    """A coding of the words `quote` where they stand for the `nth` time."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(quote, start + 1)
    return Coding(id, coder, source.id, code, start, start + len(quote), quote, memo)


SOURCES = (
    source("askhavn-leder", "askhavn", ASKHAVN, ("leder",), "transcript"),
    source("birkeby-leder", "birkeby", BIRKEBY, ("leder",)),
    source("elmsted-faelles", "elmsted", ELMSTED, ("leder", "sagsbehandler")),
)
_ASK, _BIR, _ELM = SOURCES
CODINGS = (
    coding("a1", _BIR, "Økonomien spiller ingen rolle. Budgettet er stramt,\nmen det", "oekonomi", "Modsat <Askhavn>."),
    coding("a2", _BIR, "Budgettet er stramt", "oekonomi.budget"),
    coding("a3", _BIR, "=cmd|' /C calc'!A0", "oekonomi", "=1+1"),
    coding("a4", _BIR, "Der mangler <script>alert(1)</script> folk 🙂 & tid.", "ressourcer"),
    coding("a5", _ELM, "60 sager | 45 sager. *Ingen* drukner i ça̧ va.", "ressourcer"),
    coding("a6", _ASK, "Den betyder alt.", "oekonomi"),
    coding("b1", _BIR, "stramt,\nmen det er ikke det", "oekonomi.budget", coder="bo"),
)
CASES = (
    Case("birkeby", "Birkeby", {"group": "few", "merged": "ja"}),
    Case("elmsted", "Elmsted", {"group": "few", "merged": "nej"}),
    Case("askhavn", "Askhavn", {"group": "many", "merged": "ja"}),
)
STATES: dict[tuple[str, str], State] = {
    ("elmsted", "oekonomi"): "not_asked",
    ("askhavn", "ressourcer"): "asked_no_answer",
    ("birkeby", "reform"): "not_coded",
    ("elmsted", "reform"): "not_applicable",
    ("askhavn", "reform"): "read_absent",
}
"""What is known of the cases that do not mention a theme."""


def settings(**changes: object) -> Settings:
    """The settings of the small study, with changes."""
    given = Settings(
        format="crosscase-study/1", title="Prøve & <b>fed</b>", language="da", constructed=True,
        groups=Groups(labels={"few": "Tildeler få", "many": "Tildeler mange"}),
        matrix=MatrixSettings("ana", 2), coders={"ana": "Ana Holm", "bo": "Bo Lind"},
    )  # fmt: skip
    return msgspec.structs.replace(given, **changes)


def coded_study(
    codings: tuple[Coding, ...] = CODINGS,
    sources: tuple[Source, ...] = SOURCES,
    settings: Settings = settings(),  # noqa: B008
) -> CodedStudy:
    """The small study, with other codings, sources or settings where given."""
    study = Study(Path("study"), settings, CASES, ("group", "merged"), sources)
    guide = Guide("Guide", (Section("3", "3", "Penge", (Question("3d", "d", "Skeles der til økonomien?"),)),))
    reads = (ReadMark("r1", "ana", "birkeby-leder"),)
    memos = (SourceMemo("m1", "ana", "birkeby-leder", "Afbrudt af en <brandøvelse>."),)
    return CodedStudy(study, guide, Codebook(THEMES), codings, reads, memos, ("ana", "bo"))


def matrices(coded: CodedStudy, coders: tuple[str, ...] = ("ana",)) -> tuple[ComparisonMatrix, FrameworkMatrix]:
    """Both matrices, put together by hand: a case without codings has its state from `STATES`."""
    rows, by_case = [], {case.id: [] for case in CASES}
    labels = coded.study.settings.groups.labels
    groups = [Column(id, label, tuple(c for c in CASES if c.attributes["group"] == id)) for id, label in labels.items()]
    for theme in coded.codebook.themes:
        cells = []
        for column in groups:
            cases = tuple(case_theme(coded, case, theme, coders) for case in column.cases)
            for case in cases:
                by_case[case.case.id].append(case)
            codings = tuple(coding for case in cases for coding in case.codings)
            k = coded.study.settings.matrix.excerpts
            excerpts = tuple(Excerpt(coded.study.source_by_id[c.source], c.start, c.end, (c,)) for c in codings[:k])
            cells.append(Cell(theme, column, cases, codings, excerpts))
        rows.append(Row(theme, tuple(cells)))
    cases = tuple(case for column in groups for case in column.cases)
    framework = FrameworkMatrix(coded.codebook.themes, cases, tuple(tuple(by_case[case.id]) for case in cases))
    return ComparisonMatrix(tuple(groups), tuple(rows), coders), framework


def case_theme(coded: CodedStudy, case: Case, theme: Code, coders: tuple[str, ...]) -> CaseTheme:
    """What the small study says of a case under a theme."""
    sources = tuple(s for s in coded.study.sources if s.meta.case == case.id)
    ids, codes = {s.id for s in sources}, {code.id for code in theme.walk()}
    codings = tuple(c for c in coded.codings if c.coder in coders and c.source in ids and c.code in codes)
    state = "mentioned" if codings else STATES.get((case.id, theme.id), "asked_no_answer")
    asked = {"not_asked": False, "read_absent": None, "unknown": None}.get(state, True)
    return CaseTheme(case, theme, state, asked, codings, sources, sources, sources, state != "not_applicable")


def view(coded: CodedStudy | None = None, coders: tuple[str, ...] = ("ana",), n_errors: int = 0) -> ReportView:
    """The report of the small study."""
    coded = coded or coded_study()
    matrix, framework = matrices(coded, coders)
    return report(coded, matrix, framework, n_errors)


def findings_and_charts(coded: CodedStudy) -> tuple[tuple[ThemeFindings, ...], tuple[Chart, ...]]:
    """What people wrote about the small study: sentences of all kinds, and summaries fresh, stale and drafted."""
    few = Finding("f-few", "oekonomi", "few", "{andel} ser <i>ikke</i> på økonomien.", "penge",
                  {"birkeby": "supports"}, {"birkeby": ("a1", "a3")})  # fmt: skip
    many = Finding("f-many", "oekonomi", "many", "{andel} ser ikke på økonomien.", "penge",
                   {"askhavn": "contradicts"}, {"askhavn": ("a6",)})  # fmt: skip
    everyone = Finding("f-all", "oekonomi", "", "{andel} har noget at sige om penge.", "",
                       {"birkeby": "supports", "askhavn": "mixed"},
                       {"birkeby": ("b1",), "askhavn": ("a6",)})  # fmt: skip
    people = Finding("f-folk", "ressourcer", "few", "{andel} mangler folk, men ikke Elmsted.", "",
                     {"birkeby": "supports", "elmsted": "contradicts"}, {"birkeby": ("a4",), "elmsted": ("a5",)},
                     note="Se | også Askhavn.")  # fmt: skip
    themes = (
        ThemeFindings("oekonomi", "", (few, many, everyone)),
        ThemeFindings("ressourcer", "Kun Birkeby mangler folk.", (people,)),
    )
    charts = (
        Chart("oekonomi", "birkeby", "Penge afgør ikke sagen.", ("a1",), evidence_sha(("a1",), coded), "ana"),
        Chart("oekonomi", "askhavn", "Penge betyder alt.", ("a6",), "0123456789abcdef", "ana"),
        Chart("ressourcer", "elmsted", "Folk nok.", ("a5",), by=DRAFTED),
    )
    return themes, charts


def found_in(coded: CodedStudy, **changes: object) -> MatrixFindings:
    """The same as they bear on the matrix of the small study, with changes to every finding."""
    themes, charts = findings_and_charts(coded)
    changed = tuple(
        msgspec.structs.replace(t, findings=tuple(msgspec.structs.replace(f, **changes) for f in t.findings))
        for t in themes
    )
    return matrix_findings(coded, *matrices(coded), changed, charts)


def found_view(coded: CodedStudy | None = None) -> ReportView:
    """The report of the small study with its findings and charts."""
    coded = coded or coded_study()
    return report(coded, *matrices(coded), found=found_in(coded))


def same_as_gold(name: str, text: str) -> None:
    """`text` is what gold/`name` holds. With CROSSCASE_GOLD=write it is written anew: then look at the difference."""
    file = GOLD / name
    if os.environ.get("CROSSCASE_GOLD") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    assert text == file.read_text("utf-8"), f"{name} differs from its gold file; see CROSSCASE_GOLD in report_values.py"
