"""What a report states: each sentence and each cell of a table, with its cases, its topic, and whether it denies.

A sentence with `but` or `while` makes two statements. What stands in a condition (`if …`) is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from corpus.segment import load_pipeline, segment
from corpus.source import FrontMatter, Source
from reports.document.groups import ALL, Groups, Mention, groups_of, mentions, names_groups
from reports.document.headings import Role
from reports.document.lexicon import Lexicon, compiled
from reports.document.meaning import Sign, meaning_of
from reports.document.scopes import Scope, amount_of, case_words, is_none
from reports.document.structure import Structure
from reports.document.tables import Row, Table
from reports.document.vocabulary import WORD, Vocabulary, vocabulary

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\W\d_a-zæøå])")
"""Where a sentence of a cell ends."""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence as it stands: the line it begins on, its section and paragraph."""

    text: str
    line: int
    section: int
    paragraph: int


class Statement(msgspec.Struct, frozen=True):
    """One thing that is said.

    `stated` and `denied` are the features of what is said and of what is denied, with their weights, without the words
    of opposites; `topic` has all of them. `groups` are the
    groups it is about; `scope` how many of their cases; `k` and `n` where it gives a fraction. `label` and `column` are
    those of a cell.
    """

    sentence: Sentence
    text: str
    role: Role
    groups: frozenset[int]
    is_group_said: bool
    scope: Scope
    k: int
    n: int
    stated: dict[str, float]
    denied: dict[str, float]
    signs: tuple[Sign, ...]
    topic: dict[str, float]
    flags: frozenset[str]
    label: str = ""
    column: int = -1

    @property
    def features(self) -> dict[str, float]:
        """All features, stated or denied."""
        return {**self.stated, **self.denied}

    @property
    def is_cell(self) -> bool:
        """Whether it stands in a table."""
        return self.column >= 0


class Report(msgspec.Struct, frozen=True, dict=True):
    """A written report as the rules see it."""

    file: str
    language: Lexicon
    structure: Structure
    groups: Groups
    words: Vocabulary
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    cells: tuple[Statement, ...]

    def role(self, section: int) -> Role:
        """What a section is for."""
        return self.structure.sections[section].role


def report_of(structure: Structure, file: str, language: Lexicon, labels: tuple[str, ...] = ()) -> Report:
    """The report with its statements. `labels`: what its study calls the groups, used where no table names them."""
    kept = [p for p in structure.paragraphs if structure.sections[p.section].role != "left out"]
    sentences = tuple(_sentences(msgspec.structs.replace(structure, paragraphs=tuple(kept)), language))
    tables = [(s, t) for s, t in structure.tables if structure.sections[s].role != "left out"]
    by_section: dict[int, list[str]] = {}
    for paragraph in kept:
        by_section.setdefault(paragraph.section, []).append(paragraph.text)
    for at, (_, table) in enumerate(tables):
        cells = [cell for row in table.rows for cell in (row.label, *row.cells)]
        by_section.setdefault(-1 - at, []).extend(cells)
    titles = [section.title for section in structure.sections]
    headers = [cell for _, table in tables for cell in table.header]
    words = vocabulary(["\n".join(texts) for texts in by_section.values()], [*titles, *headers, *labels], language)
    texts = [sentence.text for sentence in sentences]
    groups = groups_of([*(table.header for _, table in tables), labels], texts, words.roots, language)
    reader = _Reader(structure, groups, words, language)
    return Report(
        file, language, structure, groups, words, sentences,
        tuple(reader.of_text(sentences)), tuple(reader.of_tables(tables)),
    )  # fmt: skip


def _sentences(structure: Structure, language: Lexicon) -> Iterator[Sentence]:
    nlp, _ = load_pipeline(language.code, "blank")
    paragraphs = [" ".join(p.text.split("\n")) for p in structure.paragraphs]
    text = "\n\n".join(paragraphs)
    source = Source("report", FrontMatter(), text)
    starts = [paragraph.start for paragraph in source.structure.paragraphs]
    found = segment(source, nlp)
    for first, end, number in found.sentences:
        start, stop = found.spans[first][0], found.spans[end - 1][1]
        paragraph = structure.paragraphs[number - 1]
        words = text[start:stop]
        if WORD.search(words):
            yield Sentence(words, paragraph.line_at(start - starts[number - 1]), paragraph.section, number - 1)


class _Reader:
    """Reads statements one after another; a sentence without a group is about that of the one before it."""

    def __init__(self, structure: Structure, groups: Groups, words: Vocabulary, language: Lexicon) -> None:
        self.structure, self.groups, self.words, self.language = structure, groups, words, language
        self.cases = case_words({w for w, r in words.roots.items() if r in groups.units}, language)

    def of_text(self, sentences: Sequence[Sentence]) -> Iterator[Statement]:
        """The statements of the text."""
        before: tuple[frozenset[int], Scope] = (ALL, "unsaid")
        section = paragraph = -1
        for sentence in sentences:
            is_new = sentence.paragraph != paragraph
            if sentence.section != section or (is_new and not self._points_back(sentence.text)):
                before = (ALL, "unsaid")
            elif is_new:
                before = (before[0], "unsaid")
            section, paragraph = sentence.section, sentence.paragraph
            for text in _split(sentence.text, self.language):
                statement = self.statement(sentence, text, before)
                before = (statement.groups, statement.scope)
                yield statement

    def _points_back(self, text: str) -> bool:
        """Whether a paragraph goes on with the cases of the one before: `another municipality`, `in one of them`."""
        start, one, another = text[:60].lower(), self.language.one, self.language.another
        named = rf"\b(?:{one}|{another})\s+(?:(?:af|of) (?:de|disse|the|these) )?(?:\w+\s+){{0,2}}UNIT"
        return bool(self.cases.has(named, start) or compiled(another).match(start))

    def of_tables(self, tables: Sequence[tuple[int, Table]]) -> Iterator[Statement]:
        """The statements of the cells of tables whose columns are groups: each is about the group of its column."""
        for section, table in tables:
            if not names_groups(table.header, self.words.roots, self.language):
                continue
            for row in table.rows:
                for column, cell in enumerate(row.cells):
                    yield from self._of_cell(cell, row, column, section)

    def _of_cell(self, cell: str, row: Row, column: int, section: int) -> Iterator[Statement]:
        group = frozenset([column])
        for text in _SENTENCES.split(cell):
            if WORD.search(text):
                found = self.statement(Sentence(text, row.line, section, -1), text, (group, "generic"))
                scope: Scope = "generic" if found.scope == "unsaid" else found.scope
                yield msgspec.structs.replace(
                    found, groups=group, is_group_said=True, scope=scope, label=row.label, column=column
                )

    def statement(self, sentence: Sentence, text: str, before: tuple[frozenset[int], Scope]) -> Statement:
        """What `text`, a part of the sentence or all of it, says behind a statement of those groups and that scope."""
        named = mentions(text, self.groups, self.words.roots, self.language)
        groups, is_said = self._groups(text, named, before[0])
        role = self.structure.sections[sentence.section].role
        scope = "unsaid" if role == "summary" and named else before[1]
        amount = amount_of(text, named, self._size(groups), scope, self.cases)
        meaning = meaning_of(text, named, is_none(text, self.cases), self.words, self.language)
        return Statement(
            sentence, text, role, groups, is_said, amount.scope, amount.k, amount.n, meaning.stated, meaning.denied,
            meaning.signs, meaning.topic, self._flags(sentence.text, text),
        )  # fmt: skip

    def _groups(self, text: str, named: Sequence[Mention], before: frozenset[int]) -> tuple[frozenset[int], bool]:
        said = frozenset(g for mention in named for g in mention.groups)
        if said:
            return said, True
        every = "|".join(sorted(self.language.all_words))
        is_all = self.cases.has(rf"\b(?:{every})\s+(?!disse|these)UNIT", text.lower())
        if is_all or compiled(self.language.both_groups).search(text):
            return ALL, True
        return before, False

    def _size(self, groups: frozenset[int]) -> int:
        if len(groups) == 1 and min(groups) < len(self.groups.sizes):
            return self.groups.sizes[min(groups)]
        return self.groups.total

    def _flags(self, whole: str, text: str) -> frozenset[str]:
        language = self.language
        tests = {
            "silence": language.silence, "inference": language.inference, "contrast": language.contrast,
            "also": language.also, "same": language.same, "exception": language.exception,
            "question": language.question, "examples": language.examples, "soft": language.soft,
            "unasked": language.unasked, "cause": language.cause, "differs": language.differs,
            "no cause": language.no_cause, "no difference": language.no_difference, "design": language.design,
            "doubted cause": language.doubted_cause, "open": language.open_question, "advice": language.advice,
            "also in": language.also_in, "same case": language.same_case, "past": language.past,
        }  # fmt: skip
        found = {name for name, pattern in tests.items() if compiled(pattern).search(text)}
        if compiled(language.announce).search(whole) or whole.rstrip().endswith("?"):
            found.add("announces")
        return frozenset(found)


def _split(sentence: str, language: Lexicon) -> list[str]:
    """The statements that a sentence makes: each at least three words."""
    parts = [part.strip() for part in re.split(language.splits, sentence) if part and part.strip()]
    whole: list[str] = []
    for part in parts:
        if whole and (len(part.split()) < 4 or len(whole[-1].split()) < 4):
            whole[-1] = f"{whole[-1]}, {part}"
        else:
            whole.append(part)
    return whole or [sentence]
