"""What the codebook and the guide say about a code, as texts that segments can be compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from codebook.codebook import Code, Codebook
from codebook.guide import Guide

_LABEL_TIMES = 3


class ThemeText(msgspec.Struct, frozen=True):
    """A code in words. `text` speaks for it; `counter` holds what its definition leaves to other codes."""

    code: str
    text: str
    counter: str = ""


def theme_texts(codes: Sequence[Code], codebook: Codebook, guide: Guide) -> tuple[ThemeText, ...]:
    """The text of each of `codes`, with those of the codes below it.

    The label counts three times; then come definition, inclusion rules, examples and the guide's questions. An
    exclusion rule that names the code that its words belong to (`Mangel på personale (ressourcer)`) speaks for that
    code, and against this one.
    """
    given = _given_away(codebook)
    return tuple(_theme_text(code, guide, given) for code in codes)


def _theme_text(code: Code, guide: Guide, given: dict[str, list[str]]) -> ThemeText:
    inner = [c for c in code.walk() if not c.replaced_by or c is code]
    questions = dict.fromkeys(q for c in inner for q in c.questions)
    said = [c.label for c in inner] * _LABEL_TIMES
    said += [text for c in inner for text in (c.definition, c.include, *c.examples, *given.get(c.id, ()))]
    said += [guide.by_id[q].text for q in questions if q in guide.by_id]
    return ThemeText(code.id, "\n".join(filter(None, said)), "\n".join(c.exclude for c in inner if c.exclude))


def _given_away(codebook: Codebook) -> dict[str, list[str]]:
    """Code → what the exclusion rules of other codes leave to it by naming its id in brackets."""
    found: dict[str, list[str]] = {}
    for code in codebook.by_id.values():
        for words, ids in re.findall(r"([^().;]+)\(([^()]+)\)", code.exclude):
            for id in _named(ids, codebook.by_id):
                if id != code.id:
                    found.setdefault(id, []).append(words.strip())
    return found


def _named(ids: str, known: Iterable[str]) -> list[str]:
    parts = [part.strip() for part in re.split(r"[,/]", ids)]
    known = set(known)
    return [part for part in parts if part in known]
