"""What the commands on charts and findings share: finding themes, cases and codings by id, and showing evidence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.options import show_problems, stop

if TYPE_CHECKING:
    from coding.coding import Coding
    from reports.charts import Chart
    from reports.evidence import Staleness
    from reports.evidence_changes import EvidenceChange
    from reports.findings import Finding, Ledger
    from reports.matrix import CaseTheme
    from reports.whole_study import WholeStudy

F = TypeVar("F", bound=Callable[..., Any])

ALL = "all"
_MOST_IDS = 6


def which_options(function: F) -> F:
    """The options --theme, --case and --all: which cells a command is about."""
    for option in (
        click.option("--all", "all_cells", is_flag=True, help="All cases under all themes."),
        click.option("--case", "cases", metavar="CASE", multiple=True, help="Only this case (may be given again)."),
        click.option("--theme", "themes", metavar="THEME", multiple=True, help="Only this theme (may be given again)."),
    ):
        function = option(function)
    return function


def whole_study(root: Path, files: Collection[str] = ("charts/", "findings/")) -> WholeStudy:
    """The study with its charts and findings. Problems in those files are shown, what can be read is used."""
    from corpus.problems import errors
    from reports.whole_study import read_whole_study

    whole, problems = read_whole_study(root)
    show_problems(p for p in errors(problems) if p.file.startswith(tuple(files)))
    return whole


def _unknown(what: str, id: str, near: str, where: str) -> click.UsageError:
    return click.UsageError(" ".join(filter(None, (f"There is no {what} '{id}'.", near, where))))


def the_theme(whole: WholeStudy, id: str) -> str:
    """The id, if it is a row of the matrix; else a usage error with the nearest."""
    from corpus.problems import did_you_mean

    rows = {theme.id for theme in whole.coded.codebook.active_themes}
    if id not in rows:
        above = whole.coded.codebook.theme_of.get(id)
        near = f"It counts for theme '{above.id}'." if above else did_you_mean(id, rows)
        raise _unknown("theme", id, near, "crosscase codebook list shows all themes.")
    return id


def the_case(whole: WholeStudy, id: str) -> str:
    """The id, if cases.csv has it; else a usage error with the nearest."""
    from corpus.problems import did_you_mean

    known = whole.coded.study.case_by_id
    if id not in known:
        raise _unknown("case", id, did_you_mean(id, known), "cases.csv lists all cases.")
    return id


def the_group(whole: WholeStudy, id: str) -> str:
    """The id, if it is a column of the matrix; else a usage error with the nearest."""
    from corpus.problems import did_you_mean
    from reports.aggregate import columns

    known = [column.id for column in columns(whole.coded)]
    if id not in known:
        near = did_you_mean(id, known) or f"There are: {', '.join(known) or 'none'}."
        raise _unknown("group", id, near, "")
    return id


def the_finding(whole: WholeStudy, id: str) -> Finding:
    """The finding with this id; else a usage error with the nearest."""
    from corpus.problems import did_you_mean

    known = whole.finding_by_id
    if id not in known:
        raise _unknown("finding", id, did_you_mean(id, known), "crosscase finding list shows all.")
    return known[id]


def the_cell(whole: WholeStudy, case: str, theme: str) -> CaseTheme:
    """The cell of the framework matrix, once both ids are known; ends where it is not clear whose codings count."""
    from coding.coded_study import matrix_coders

    the_case(whole, case)
    the_theme(whole, theme)
    if faults := matrix_coders(whole.coded)[1]:
        show_problems(faults)
        raise SystemExit(1)
    return whole.cells[case, theme]


def themes_and_cases(whole: WholeStudy, themes: Sequence[str], cases: Sequence[str]) -> tuple[list[str], list[str]]:
    """The themes and cases named, all of them where none is named."""
    study = whole.coded.study
    return (
        [the_theme(whole, id) for id in themes] or [theme.id for theme in whole.coded.codebook.active_themes],
        [the_case(whole, id) for id in cases] or [case.id for case in study.cases],
    )


def evidence_named(whole: WholeStudy, cell: CaseTheme, said: str) -> tuple[str, ...]:
    """Coding ids from `c1,c2`, or `all` for every coding of the cell; each has to be of its case and theme."""
    from reports.theme_files import Named, evidence_faults

    if said == ALL:
        return tuple(coding.id for coding in cell.codings)
    ids = tuple(dict.fromkeys(id for id in said.replace(",", " ").split() if id))
    faults = list(evidence_faults([Named(ids, cell.case.id, cell.theme.id, "--evidence", 0)], whole.coded))
    if faults:
        show_problems(faults)
        there = ", ".join(coding.id for coding in cell.codings) or "none"
        raise click.UsageError(f"Codings of {cell.case.id} under {cell.theme.id}: {there}")
    return ids


def sentence_said(whole: WholeStudy, finding: Finding) -> str:
    """The sentence as a reader gets it; with its placeholders where they cannot be filled in."""
    said = whole.sentence(finding)
    return said if isinstance(said, str) else finding.text


def sentence_faults(whole: WholeStudy, finding: Finding) -> list[str]:
    """Why its placeholders cannot be filled in, and what to write instead; nothing where they can."""
    said = whole.sentence(finding)
    return [] if isinstance(said, str) else [f"cannot be filled in: {said.reason}", said.instead]


def ledger_line(whole: WholeStudy, found: Ledger) -> str:
    """What is known of the cases: `3 of 6 support it · 1 contradicts it · 2 silent · 1 not asked`."""
    rule = whole.coded.study.settings.findings.denominator
    counted_cases = found.counted(rule)
    supports = sum(case.stand == "supports" for case in counted_cases)
    verb = "supports" if supports == 1 else "support"
    said = [f"{supports} of {len(counted_cases)}{' asked' if rule == 'asked' else ''} {verb} it"]
    for n, words in (
        (found.contradicts, "contradicts it" if found.contradicts == 1 else "contradict it"),
        (found.mixed, "mixed"),
        (found.unclear, "unclear"),
        (found.silent - found.n_unasked, "silent"),
        (found.n_unasked, "not asked"),
        (found.n - found.n_applicable, "it does not apply to"),
    ):
        if n:
            said.append(f"{n} {words}")
    return " · ".join(said)


def evidence_lines(whole: WholeStudy, codings: Iterable[Coding]) -> list[str]:
    """Each coding with its id, its words in quotes, and where they stand."""
    from reports.citation import citation
    from reports.words import words_for

    study = whole.coded.study
    words = words_for(study.settings.report_language)
    left, right = words.quotes
    lines = []
    for coding in codings:
        source = study.source_by_id[coding.source]
        cited = citation(study, source, coding.start, coding.end, words)
        lines.append(f"{coding.id}  {left}{' '.join(coding.quote.split())}{right} ({cited})")
    return lines


def evidence_records(whole: WholeStudy, codings: Iterable[Coding]) -> list[dict[str, str]]:
    """The same for programs."""
    from reports.citation import citation
    from reports.words import words_for

    study = whole.coded.study
    words = words_for(study.settings.report_language)
    return [
        {
            "id": c.id, "code": c.code, "coder": c.coder, "source": c.source, "words": c.quote,
            "citation": citation(study, study.source_by_id[c.source], c.start, c.end, words),
        }
        for c in codings
    ]  # fmt: skip


def state_of(found: Staleness) -> str:
    """One word for a list: fine, stale, never stamped, no evidence."""
    return "stale" if found.is_stale else found.freshness.replace("_", " ")


def staleness_lines(found: Staleness, noun: str) -> list[str]:
    """What is to be said of a summary or a sentence whose evidence is not as it was, or does not cover everything."""
    said = {
        "stale": f"STALE: what it rests on changed after this {noun} was written",
        "never_stamped": "never stamped: whether its evidence changed since is not known",
        "no_evidence": f"this {noun} names no evidence",
    }
    lines = [said[found.freshness]] if found.freshness in said else []
    if found.gone:
        lines.append(f"counts no longer: {_ids(found.gone)}")
    if found.elsewhere:
        lines.append(f"in another case or theme now: {_ids(found.elsewhere)}")
    if found.not_covered:
        lines.append(f"not covered, perhaps newer: {_ids([coding.id for coding in found.not_covered])}")
    return lines


def _ids(ids: Sequence[str]) -> str:
    """The first few ids, and how many more there are (`--json` has all)."""
    more = f" and {len(ids) - _MOST_IDS} more" if len(ids) > _MOST_IDS else ""
    return f"{', '.join(ids[:_MOST_IDS])}{more}"


def change_lines(changes: tuple[EvidenceChange, ...] | None) -> list[str]:
    """What changed in the evidence since it was stamped, coding by coding."""
    if changes is None:
        return ["what it said when it was stamped cannot be told from the logs"]
    lines = []
    for change in changes:
        if not change.code_now:
            lines.append(f"{change.id} counts no longer; it was {change.code_then}: “{_one_line(change.words_then)}”")
            continue
        if not change.code_then:
            lines.append(f"{change.id} counts again: “{_one_line(change.words_now)}”")
            continue
        if change.code_then != change.code_now:
            lines.append(f"{change.id} was {change.code_then}, is {change.code_now} now")
        if change.words_then != change.words_now:
            lines.append(f"{change.id} was “{_one_line(change.words_then)}”")
            lines.append(f"{' ' * len(change.id)} is  “{_one_line(change.words_now)}”")
    return lines


def changed_or_stop(write: Callable[[], None]) -> None:
    """Do the writing; a file that was not changed, or cannot be written, is a message and exit code 1."""
    from reports.theme_edit import NotChanged

    try:
        write()
    except NotChanged as error:
        show_problems(error.problems)
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or 'The file'} could not be written: {error.strerror or error}")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def show_changes(whole: WholeStudy, said: Chart | Finding) -> None:
    """What changed in the evidence of a summary or a sentence since it was stamped, a line each."""
    from reports.evidence_changes import evidence_changes
    from reports.findings import Finding

    ids, noun = (said.evidence_ids, "sentence") if isinstance(said, Finding) else (said.evidence, "summary")
    lines = staleness_lines(whole.staleness_of(said), noun)
    if said.evidence_sha:
        lines += change_lines(evidence_changes(ids, said.evidence_sha, whole.coded))
    for line in lines or ["nothing changed in its evidence"]:
        click.echo(f"    {line}")
