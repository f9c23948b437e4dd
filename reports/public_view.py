"""The report as it can be published: no case is named, and nothing is said that would single one out.

Names of cases become a common noun, in excerpts in square brackets. Roles stand in a citation only where at least two
cases of the group have interviews with the same roles; places in the sources are left out. What concerns one case
only (a group of one, a theme that applies to one, a table with a count of one) is withheld, and how much of it there
is, is said. private/ is not read here: `reports.private_names` looks afterwards whether a name of it slipped through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from corpus.study import Study
from reports.cell_view import CellView, ExcerptView
from reports.finding_sentences import capital, deviation_said, one_of
from reports.finding_view import NO_DIFFERENCE, DeviationView, DifferenceView, FindingView, difference_view
from reports.findings import Ledger
from reports.hidden_names import HiddenNames, case_names, hidden_names, without_names
from reports.matrix import Cell, ComparisonMatrix, Row
from reports.matrix_findings import MatrixFindings, ThemeLedgers
from reports.notes import Section
from reports.sentences import rest_line
from reports.tabulate import Tabulation
from reports.view import ReportView, RowView
from reports.wording.nouns import Noun, noun_of
from reports.words import Words, digits, joined, number

LEAST = 2
"""Cases that must have something in common before it is said of them."""
Roles = tuple[str, ...]
T = TypeVar("T")


class Public(msgspec.Struct, frozen=True):
    """What is needed to make any part of a report public; `roles` is case → the roles that may be told of it."""

    words: Words
    noun: Noun
    names: HiddenNames | None
    roles: Mapping[str, frozenset[Roles]]


class _Withheld(msgspec.Struct):
    """How much was left out, counted while the report is made."""

    excerpts: int = 0
    roles: int = 0
    cells: int = 0
    tables: int = 0


def public_report(
    view: ReportView, matrix: ComparisonMatrix, study: Study, found: MatrixFindings, tables: Sequence[Tabulation]
) -> ReportView:
    """The report without what only an internal reader may see: of it the Word file is made.

    Sources, evidence, the framework matrix and pictures, which show every case by itself, are not in it.
    """
    public = _public(matrix, study, view.words)
    withheld = _Withheld()
    rows = tuple(_row(shown, row, found, public, withheld) for shown, row in zip(view.rows, matrix.rows, strict=True))
    kept = tuple(shown for shown, table in zip(view.tabulations, tables, strict=True) if not _singles_out(table))
    withheld.tables = len(view.tabulations) - len(kept)
    banner = view.words.finding.public.format(many=public.noun.many)
    made = msgspec.structs.replace(
        view,
        banners=(*view.banners, banner),
        columns=tuple(msgspec.structs.replace(column, cases=()) for column in view.columns),
        rows=rows,
        framework=(),
        pictures=(),
        sources=(),
        codebook=(),
        excerpts=(),
        tabulations=kept,
        notes=(*_notes(view.notes, matrix, public), _withheld_note(withheld, public)),
    )
    return _everywhere(made, public)


def _public(matrix: ComparisonMatrix, study: Study, words: Words) -> Public:
    noun = noun_of(study.settings.groups.noun, study.settings.report_language)
    return Public(words, noun, hidden_names(case_names(study.cases), study.settings.language), _roles_told(matrix))


def _roles_told(matrix: ComparisonMatrix) -> Mapping[str, frozenset[Roles]]:
    """Case → the roles of its sources that at least two cases of its group have a source of."""
    told: dict[str, frozenset[Roles]] = {}
    for cell in matrix.rows[0].cells if matrix.rows else ():
        of_case = {case.case.id: {source.meta.roles for source in case.sources} for case in cell.cases}
        n_cases = Counter(roles for every in of_case.values() for roles in every)
        common = frozenset(roles for roles, n in n_cases.items() if n >= LEAST)
        told |= {id: common & every for id, every in of_case.items()}
    return told


def _row(shown: RowView, row: Row, found: MatrixFindings, public: Public, withheld: _Withheld) -> RowView:
    """A row, its cells that are about one case withheld, and with them what compares them."""
    here = found.of_theme(row.theme.id)
    alone = [_is_alone(cell, here.of_group(cell.column.id)) for cell in row.cells]
    cells: list[CellView] = []
    findings: list[tuple[FindingView, ...]] = []
    for (view, inside), cell, is_alone in zip(shown.said, row.cells, alone, strict=True):
        if is_alone:
            withheld.cells += 1
            shown_excerpts = inside or (view,)
            withheld.excerpts += sum(len(part.excerpts) for part in shown_excerpts)
            cells.append(_withheld_cell(view, public))
            findings.append(())
        else:
            cells.append(_cell(view, cell, public, withheld, has_findings=bool(inside)))
            findings.append(tuple(_finding(finding, public, withheld) for finding in inside))
    hidden = [_tells_of_one(ledger, here, any(alone)) for ledger in here.of_group("")]
    withheld.cells += sum(hidden)
    withheld.excerpts += sum(
        len(finding.excerpts) for finding, is_hidden in zip(shown.whole, hidden, strict=True) if is_hidden
    )
    return msgspec.structs.replace(
        shown,
        cells=tuple(cells),
        findings=tuple(findings),
        whole=tuple(
            _finding(finding, public, withheld)
            for finding, is_hidden in zip(shown.whole, hidden, strict=True)
            if not is_hidden
        ),
        difference=NO_DIFFERENCE if any(alone) else _difference(row, shown, found, public),
    )


def _is_alone(cell: Cell, ledgers: Iterable[Ledger]) -> bool:
    """Whether a cell, or a sentence in it, is about one case only, so that whatever it says is said of that one."""
    one_only = cell.n_applicable == 1 or any(ledger.n_applicable == 1 for ledger in ledgers)
    return bool(cell.cases) and (cell.n_group < LEAST or one_only)


def _tells_of_one(ledger: Ledger, here: ThemeLedgers, one_is_alone: bool) -> bool:
    """Whether a sentence about all groups is about one case, or tells what a withheld cell would: with the same said
    of the other groups, the difference is what holds for the one that stands alone."""
    same = any(other.finding.group and other.finding.claim_key == ledger.finding.claim_key for other in here.ledgers)
    return ledger.n_applicable < LEAST or (one_is_alone and same)


def _withheld_cell(view: CellView, public: Public) -> CellView:
    said = public.words.finding.withheld_cell.format(a_one=one_of(public.noun, public.words))
    return msgspec.structs.replace(
        view, count=said, rest="", asked="", state="unknown", numbers=(), cases=(), excerpts=(), listed=(0, 0)
    )


def _cell(view: CellView, cell: Cell, public: Public, withheld: _Withheld, has_findings: bool) -> CellView:
    excerpts = () if has_findings else tuple(_excerpt(excerpt, public, withheld) for excerpt in view.excerpts)
    rest = rest_line(cell, public.words, named=False)
    not_for_one = cell.n_group - cell.n_applicable == 1
    asked = "" if not_for_one else view.asked
    return msgspec.structs.replace(view, rest=rest, asked=asked, numbers=(), cases=(), excerpts=excerpts)


def _finding(finding: FindingView, public: Public, withheld: _Withheld) -> FindingView:
    return msgspec.structs.replace(
        finding,
        tally=_tally(finding.tally, public.words),
        excerpts=tuple(_excerpt(excerpt, public, withheld) for excerpt in finding.excerpts),
        deviations=tuple(_deviation(deviation, public, withheld) for deviation in finding.deviations),
        signs=(),
        stands=(),
        note="",
    )


def _tally(line: str, words: Words) -> str:
    """The line that counts the cases; that a theme does not apply to one of them, by an attribute, is not counted."""
    one = words.finding.tally["not_applicable"][0].format(n=1)
    return " · ".join(words.finding.not_for_all if part == one else part for part in line.split(" · "))


def _deviation(deviation: DeviationView, public: Public, withheld: _Withheld) -> DeviationView:
    """`Én kommune modsiger`, with the excerpts."""
    return msgspec.structs.replace(
        deviation,
        said=deviation_said(deviation.stand, deviation.n, public.words, public.noun),
        excerpts=tuple(_excerpt(excerpt, public, withheld) for excerpt in deviation.excerpts),
    )


def _excerpt(excerpt: ExcerptView, public: Public, withheld: _Withheld) -> ExcerptView:
    """Its words without names, cited as `En kommune, leder`: the role where it singles nobody out, and no place."""
    words, noun = public.words, public.noun
    is_told = excerpt.roles in public.roles.get(excerpt.case_id, ())
    withheld.roles += bool(excerpt.roles) and not is_told
    cited = (capital(f"{noun.article} {noun.one}"), joined(excerpt.roles, words) if is_told else "")
    return msgspec.structs.replace(
        excerpt,
        quote=without_names(excerpt.quote, public.names, noun, words, quoted=True),
        citation=", ".join(part for part in cited if part),
        case_id="",
        source_id="",
        anchor="",
        source_anchor="",
        row=0,
    )


def _difference(row: Row, shown: RowView, found: MatrixFindings, public: Public) -> DifferenceView:
    groups = {cell.column.id: cell.column.label for cell in row.cells}
    n = sum(map(bool, shown.findings))
    return difference_view(found.of_theme(row.theme.id), n, public.words, public.noun, groups)


def _singles_out(table: Tabulation) -> bool:
    """Whether a number of a table is one: then it says something of one case, or of one case file."""
    return any(n == 1 for column in table.columns for n in (*column.states.values(), *column.values.values()))


def _notes(sections: Iterable[Section], matrix: ComparisonMatrix, public: Public) -> tuple[Section, ...]:
    """The notes, with groups by their size and not by the names of their cases."""
    words, noun = public.words, public.noun
    sizes = tuple(
        (
            column.label,
            one_of(noun, words) if len(column.cases) == 1 else f"{number(len(column.cases), words)} {noun.many}",
        )
        for column in matrix.columns
    )

    def shown(section: Section) -> Section:
        if section.heading == words.about_groups:
            return msgspec.structs.replace(section, paragraphs=(), terms=sizes)
        if section.heading == words.about_excerpts:  # What may differ from the source is told with what is left out.
            return msgspec.structs.replace(section, paragraphs=section.paragraphs[1:])
        return section

    return tuple(map(shown, sections))


def _withheld_note(withheld: _Withheld, public: Public) -> Section:
    """What was replaced, and how much was left out."""
    words, noun, said = public.words, public.noun, public.words.finding
    a = f"{noun.article} {noun.one}"
    frames = (
        (withheld.cells, said.withheld_cells), (withheld.excerpts, said.withheld_excerpts),
        (withheld.roles, said.withheld_roles), (withheld.tables, said.withheld_tables),
    )  # fmt: skip
    one = one_of(noun, words)
    counts = tuple(frame[n != 1].format(n=digits(n, words), a_one=one) for n, frame in frames if n)
    about = tuple(text.format(many=noun.many, a=a) for text in said.about_public_text)
    return Section(said.about_public, (*about, " ".join(counts) or said.nothing_withheld))


def _everywhere(value: T, public: Public) -> T:
    """All words of a report without names, wherever they stand; its wording, which is ours, left alone."""
    made: Any = value
    if isinstance(value, str):
        made = without_names(value, public.names, public.noun, public.words)
    elif isinstance(value, tuple):
        made = tuple(_everywhere(part, public) for part in value)
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Words):
        names = [name for name in value.__struct_fields__ if name != "words"]
        made = msgspec.structs.replace(value, **{name: _everywhere(getattr(value, name), public) for name in names})
    result: T = made
    return result
