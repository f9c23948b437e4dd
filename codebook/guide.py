"""The interview guide: sections with questions, each with an id that survives editing (guide.md)."""

from __future__ import annotations

from functools import cached_property

import msgspec

GUIDE_FILE = "guide.md"


class Question(msgspec.Struct, frozen=True):
    """One question. `id` is what `{#…}` says (empty where the guide gives none); `label` is its letter as written."""

    id: str
    label: str
    text: str
    line: int = 0


class Section(msgspec.Struct, frozen=True):
    """A section of the guide with its questions; `number` as written, empty where there is none."""

    id: str
    number: str
    title: str
    questions: tuple[Question, ...]
    line: int = 0


class Guide(msgspec.Struct, frozen=True, dict=True):
    """The whole guide, in order."""

    title: str = ""
    sections: tuple[Section, ...] = ()

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Question id → question."""
        return {question.id: question for question in self.questions if question.id}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """Question id → its section."""
        return {q.id: section for section in self.sections for q in section.questions if q.id}
