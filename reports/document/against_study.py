"""A written report against the study that it reports: its quotations, and its numbers and quantifiers."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from corpus.anchor import place
from corpus.source import Source
from reports.alarms import Alarm, Side
from reports.document.alarm import side_of
from reports.document.groups import ALL, mentions
from reports.document.likeness import overlap
from reports.document.lines import plain
from reports.document.statements import Report, Statement
from reports.document.vocabulary import words_of
from reports.findings import Finding
from reports.quotations import is_slice, quotations
from reports.whole_study import WholeStudy
from reports.wording.licence import unlicensed
from reports.wording.nouns import noun_of
from reports.wording.numbers import number_words
from reports.wording.quantities import quantities

_FEWEST_WORDS = 4
"""Fewer words between quotation marks are a term, and not somebody's words."""
_ALIKE = 0.75
"""From this likeness on, words of a source are those that were meant (`corpus.anchor`)."""


def study_alarms(report: Report, whole: WholeStudy) -> Iterator[Alarm]:
    """What a report says otherwise than its study."""
    yield from _quoted(report, whole)
    if whole.coded.study.settings.report_language == report.language.code:
        yield from _counted(report, whole)


class _Quote(msgspec.Struct, frozen=True):
    words: str
    line: int


def _quoted(report: Report, whole: WholeStudy) -> Iterator[Alarm]:
    """Quotations that stand in no source letter for letter."""
    sources = whole.coded.study.sources
    for quote in _quotes(report) if sources else ():
        if is_slice(quote.words, sources):
            continue
        side = Side(report.file, quote.line, quote.words)
        near = _nearest(quote.words, sources)
        if near is None:
            said = "these words stand in no source of the study"
            yield Alarm("quotation-not-found", "warning", said, (side,), "", 0.55)
        else:
            said = "the quotation differs from the words of its source"
            yield Alarm("quotation-altered", "error", said, (side, near), "", 0.88)


def _quotes(report: Report) -> Iterator[_Quote]:
    for paragraph in (*report.structure.paragraphs, *report.structure.notes):
        if report.role(paragraph.section) == "left out":
            continue
        for found in quotations(paragraph.text):
            if len(found.words.split()) >= _FEWEST_WORDS:
                yield _Quote(found.words, paragraph.line_at(found.start))
    for cell in dict.fromkeys(cell.sentence for cell in report.cells):
        for found in quotations(cell.text):
            if len(found.words.split()) >= _FEWEST_WORDS:
                yield _Quote(found.words, cell.line)


def _nearest(words: str, sources: tuple[Source, ...]) -> Side | None:
    """The words of a source that are most like a quotation; None where none are like it."""
    best: tuple[float, Side] | None = None
    for source in sources:
        for candidate in place(source.text, 0, len(words), words).candidates[:1]:
            if candidate.words >= _ALIKE and (best is None or candidate.words > best[0]):
                said = " ".join(plain(source.text[candidate.start : candidate.end]).split())
                best = (candidate.words, Side(source.file, source.file_line(candidate.start), said))
    return best[1] if best else None


def _counted(report: Report, whole: WholeStudy) -> Iterator[Alarm]:
    """Sentences of the report that are about the same as a finding, and count otherwise."""
    told = [(finding, _topic(finding, report)) for of_theme in whole.findings for finding in of_theme.findings]
    for finding, topic in told:
        tally = whole.tally(finding)
        groups = _groups_of(finding, report, whole)
        if not tally.n or groups is None or not finding.stances:
            continue
        for statement in (*report.cells, *report.statements):
            if statement.groups == groups and _is_about(topic, statement.topic):
                yield from _measured(report, whole, finding, statement)


def _topic(finding: Finding, report: Report) -> dict[str, float]:
    """The features of a finding; a word that the report does not have counts in full."""
    known = report.words
    words = [word for word in words_of(finding.text) if known.roots.get(word, word) not in report.groups.units]
    numbers, function = number_words(report.language.code), report.language.function
    placeholders = {"andel", "antal", "kvantor", "share", "count", "quantifier"}
    unknown = [w for w in words if w not in known.features and w not in function and w not in numbers and len(w) > 2]
    return known.of(words) | {word: 1.0 for word in unknown if word not in placeholders}


def _is_about(finding: dict[str, float], statement: dict[str, float]) -> bool:
    shared = overlap(finding, statement)
    return shared.count >= 2 and shared.weight >= 1.2 and shared.of_lighter >= 0.75 and shared.of_heavier >= 0.5


def _groups_of(finding: Finding, report: Report, whole: WholeStudy) -> frozenset[int] | None:
    """The groups of the report that are the group of a finding; None where the report does not have it."""
    if not finding.group:
        return ALL
    label = whole.coded.study.settings.groups.labels.get(finding.group, "")
    named = mentions(label, report.groups, report.words.roots, report.language)
    said = frozenset(group for mention in named for group in mention.groups)
    return said or None


def _measured(report: Report, whole: WholeStudy, finding: Finding, statement: Statement) -> Iterator[Alarm]:
    language = report.language.code
    noun, tally = noun_of(whole.coded.study.settings.groups.noun, language), whole.tally(finding)
    sentence = whole.sentence(finding)
    said = sentence if isinstance(sentence, str) else finding.text
    for quantity in quantities(statement.text, language):
        if not quantity.noun or not quantity.is_of(noun):
            continue
        if why := unlicensed(quantity, tally):
            sides = (side_of(report, statement), Side(finding.file, finding.line, said))
            yield Alarm("differs-from-finding", "error", f"“{quantity.words}”: {why}", sides, "", 0.9)
