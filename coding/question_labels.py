"""Question labels in a text: `3d.`, `3a-3c.`, `Spørgsmål 5j:`, `Question 3b`, `(3d)`, `{#3b}`."""

from __future__ import annotations

import re
from functools import cached_property

import msgspec

from codebook.codebook import Codebook
from codebook.guide import Guide

_WORD = r"(?:spørgsmål|spoergsmaal|spm\.?|questions?|q\.?|spørsmål|fråga|frågor|fragen?)"
_AND = r"(?:[-‐‑–—,/+&]|og|samt|and|to|til|og|und|bis|och|till)"
_UNTIL = re.compile(r"^(?:[-‐‑–—]|to|til|till|bis)$", re.IGNORECASE)
_BRACED = re.compile(r"\{#([^{}\s]+)\}")
_LONGEST_RANGE = 15


class LabelReader(msgspec.Struct, frozen=True, dict=True):
    """Finds the question labels of one guide.

    `order`: the ids in the order of the guide. `ids`: what may stand in a text, in small letters → id: the
    ids themselves, and section number with letter where that is not another question's id.
    """

    order: tuple[str, ...]
    ids: dict[str, str]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """A label at the beginning of a text; None where there are no questions."""
        if not self.ids:
            return None
        written = sorted(self.ids, key=lambda id: (-len(id), id))
        one = "|".join(_loose(id) for id in written)
        return re.compile(
            rf"[(\[]?\s*(?P<word>{_WORD}\s*)?(?P<first>{one})(?!\w)"
            rf"(?P<more>(?:\s*{_AND}\s*(?:{one}|[a-zæøå])(?!\w))*)\s*(?P<close>[)\].:]*)",
            re.IGNORECASE,
        )

    @cached_property
    def _each(self) -> re.Pattern[str]:
        written = sorted(self.ids, key=lambda id: (-len(id), id))
        return re.compile(rf"({_AND})\s*({'|'.join(map(_loose, written))}|[a-zæøå])(?!\w)", re.IGNORECASE)

    def read(self, text: str, is_heading: bool) -> tuple[tuple[str, ...], int]:
        """The questions that a heading or paragraph begins with, and where its own words begin.

        `{#3b}` counts anywhere in a heading. In a paragraph a bare label has to be closed (`3d.` `3d)`
        `(3d)`), since a sentence can begin with one. A label without both digit and letter counts only after
        `Spørgsmål`.
        """
        if (braced := _BRACED.search(text)) and braced[1] in self.ids and (is_heading or not braced.start()):
            return (self.ids[braced[1]],), braced.end() if not braced.start() else 0
        found = self._pattern.match(text) if self._pattern else None
        if not found:
            return (), 0
        first = found["first"]
        is_bare = not found["word"]
        is_plain = bool(re.search(r"\d", first) and re.search(r"[^\W\d]", first) and not re.search(r"\s", first))
        if is_bare and not (is_plain and (is_heading or found["close"])):
            return (), 0
        questions = self._expanded(first, found["more"])
        return questions, found.end() if questions else 0

    def _expanded(self, first: str, more: str) -> tuple[str, ...]:
        """All questions of `3a-c, 4b`: ranges in the order of the guide."""
        ids: list[str] = []
        section = re.match(r"\d*", first)
        for sign, written in [("", first), *self._each.findall(more)]:
            id = self._id(written) or self._id((section[0] if section else "") + written)
            if id is None:
                continue
            if ids and _UNTIL.match(sign):
                low, high = self.order.index(ids[-1]), self.order.index(id)
                if low < high <= low + _LONGEST_RANGE:
                    ids += self.order[low + 1 : high]
            ids.append(id)
        return tuple(dict.fromkeys(ids))

    def _id(self, written: str) -> str | None:
        """The question of a label as written: `2.d` and `2 D` are `2d`."""
        small = written.lower()
        return self.ids.get(small) or self.ids.get(re.sub(r"[\s.]", "", small))


def _loose(id: str) -> str:
    """A label as people write it: `2d` also as `2.d` and, after `Spørgsmål`, `2 d`."""
    parts = re.fullmatch(r"(\d+)([^\W\d_])", id)
    return rf"{parts[1]}\s?\.?\s?{parts[2]}" if parts else re.escape(id)


def label_reader(codebook: Codebook, guide: Guide) -> LabelReader:
    """The reader for the questions of the guide, or of the codebook alone where there is no guide."""
    order = list(guide.by_id) or sorted({q for code in codebook.by_id.values() for q in code.questions})
    ids = {id.lower(): id for id in order}
    for section in guide.sections:
        for question in section.questions:
            written = f"{section.number}{question.label}".lower()
            if question.id and section.number and question.label:
                ids.setdefault(written, question.id)
    return LabelReader(tuple(order), ids)
