"""Names that a public text must not hold: found in every form they take in a sentence, and replaced by a common noun.

A name of five letters or more is also found inside longer words that begin with it (`Askhavnmodellen`, `askhavnske`),
one of four as a whole word with or without a genitive, whatever its capitals; a shorter one (`K1`, `Ry`) only with the
capitals it is written with, since it could be a word of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from corpus.study import Study
from reports.wording.nouns import Noun
from reports.words import Words, number

_GENITIVE = ("s", "es", "'s", "’s", "'", "’")
_LONG, _SHORT = 5, 3
_START = re.compile(r"(?:^|[.!?…:]\s+)[»«“”\"'(\[]*$")


class HiddenNames(msgspec.Struct, frozen=True):
    """The names as one pattern, `several` of them in a list (`Lindkær, Birkeby og Elmsted`) as another."""

    one: re.Pattern[str]
    several: re.Pattern[str]

    def found_in(self, text: str) -> tuple[str, ...]:
        """Every name in a text, as it stands there."""
        return tuple(match[0] for match in self.one.finditer(text))


def hidden_names(names: Iterable[str]) -> HiddenNames | None:
    """The names to look for, longest first; None where there are none."""
    known = sorted({" ".join(name.split()) for name in names} - {""}, key=lambda name: (-len(name), name))
    if not known:
        return None
    one = rf"(?<!\w)(?:{'|'.join(map(_form, known))})"
    return HiddenNames(re.compile(one), re.compile(rf"{one}(?:(?:,\s*|,?\s+(?:og|and|eller|or|samt)\s+){one})*"))


def _form(name: str) -> str:
    """A name with what can follow it."""
    said = r"\s+".join(map(re.escape, name.split()))
    if len(name) >= _LONG:
        return rf"(?i:{said})(?:\w+|['’]s?)?"
    ending = r"(?:es|s|['’]s?)?(?!\w)"
    return rf"{said}{ending}" if len(name) <= _SHORT else rf"(?i:{said}){ending}"


def case_names(study: Study) -> tuple[str, ...]:
    """What cases are called: their labels, and their ids as far as those could be read as names."""
    ids = (case.id for case in study.cases if len(case.id) > _SHORT)
    return (*(case.label for case in study.cases), *ids)


def without_names(text: str, names: HiddenNames | None, noun: Noun, words: Words, quoted: bool = False) -> str:
    """The text with a common noun in place of names: `en kommune`, of several in a list `to kommuner`.

    In words of a source (`quoted`) it stands in square brackets, as an insertion does.
    """
    if names is None:
        return text

    def common(found: re.Match[str]) -> str:
        inside = names.found_in(found[0])
        said = f"{noun.article} {noun.one}" if len(inside) == 1 else f"{number(len(inside), words)} {noun.many}"
        if quoted:
            said = f"[{said}]"
        elif _START.search(text[: found.start()]):
            said = said[:1].upper() + said[1:]
        return said + _genitive(found[0], len(inside), names, words)

    return names.several.sub(common, text)


def _genitive(found: str, n: int, names: HiddenNames, words: Words) -> str:
    """`s`, in English `'s` or `'`, where the last name is in the genitive, and does not only end as one."""
    last = names.found_in(found)[-1]
    if not any(last.endswith(end) and names.one.fullmatch(last.removesuffix(end)) for end in _GENITIVE):
        return ""
    return "s" if words.language == "da" else "'s" if n == 1 else "'"
