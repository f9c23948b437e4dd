"""Names that a public text must not hold: found in every form they take in a sentence, and replaced by a common noun.

A name is found as it is written, in capitals, in the genitive and, from four letters on, at the beginning of longer
words (`Askhavnmodellen`, `askhavnske`) and in small letters. Many names are words of the language too: *Vejen*,
*Lund*, the *vejle* of *vejledning*. Such a word in small letters is left alone, or a reader would see »på [en kommune]
til arbejde« and know the name; simplemma's dictionary tells which words of the language there are. It is asked only
where a text has a word that may or may not be a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from corpus.cases import Case
from corpus.lemmas import is_dictionary_word
from reports.finding_sentences import by_gender, capital
from reports.wording.nouns import Noun
from reports.words import Words, number

_GENITIVE = ("s", "es", "'s", "’s", "'", "’")
_SHORT = 3
"""Letters of a name that is only found with its capitals: it would be found in too many words."""
_START = re.compile(r"(?:^|[.!?…:][»«“”\"')\]]*\s+)[»«“”\"'(\[]*$")
_ARTICLE = re.compile(r"\b(?:an?|the|this|that|our|your|their|its)\s+$", re.IGNORECASE)
"""Before a name that stands as an English adjective: `the York plan` becomes `the [town] plan`."""
_BETWEEN = re.compile(r"(?:,\s*|,?\s+(?:og|and|eller|or|samt)\s+)")
_PAIR = re.compile(r"\b(?:både|hverken|såvel|enten|both|neither|either)\s+$", re.IGNORECASE)
"""What wants two things beside each other: `både to kommuner` is no Danish."""
_COMPOUND = re.compile(r"[\u2010\u2011-]\w")
_LETTERS = re.compile(r"[\w\u2010\u2011-]\S*")
_APART = re.compile(r"[\s\u2010\u2011-]")
_SOFT_HYPHEN = "\u00ad"


class FoundName(msgspec.Struct, frozen=True):
    """A name in a text: the stretch `[start, end)`, whose it is, and whether it is in the genitive.

    `is_part`: it is the beginning of a longer word, which goes on behind `end`.
    """

    start: int
    end: int
    whose: str
    is_genitive: bool = False
    is_part: bool = False


class HiddenNames(msgspec.Struct, frozen=True):
    """The names as one pattern; `whose` is name (in small letters) → the one who is called so; `written` are the names
    as they are written. `language` is that of the texts."""

    pattern: re.Pattern[str]
    whose: Mapping[str, str]
    written: frozenset[str]
    language: str

    def in_text(self, text: str) -> Iterator[FoundName]:
        """Every name in a text, from its beginning to its end."""
        for match in self.pattern.finditer(text):
            if found := self._name(match):
                yield found

    def found_in(self, text: str) -> tuple[str, ...]:
        """Every name in a text, as it stands there."""
        return tuple(text[found.start : found.end] for found in self.in_text(text))

    def _name(self, match: re.Match[str]) -> FoundName | None:
        said, rest = _plain(match["name"]), match["rest"]
        whose = self.whose.get(said.lower(), said)
        is_genitive = rest in _GENITIVE or (said.isupper() and rest.lower() in _GENITIVE)
        if rest and not is_genitive:
            if not self._is_beginning(said, rest, match):
                return None
            return FoundName(match.start(), match.end("name"), whose, is_part=True)
        if said not in self.written and not said.isupper() and (len(said) <= _SHORT or self._is_word(said + rest)):
            return None
        if not rest and _COMPOUND.match(match.string, match.end()):
            return FoundName(match.start(), match.end(), whose, is_part=True)
        if (
            len(said) == 1
            and self._is_word(said.lower())
            and (said == "I" or _START.search(match.string[: match.start()]))
        ):
            return None
        return FoundName(match.start(), match.end(), whose, is_genitive)

    def _is_beginning(self, said: str, rest: str, match: re.Match[str]) -> bool:
        """Whether a longer word has its beginning from the name, and not only in common with it."""
        has_capitals = said in self.written or said.isupper()
        needs_more = len(said) == _SHORT + 1 and (not has_capitals or len(rest) < _SHORT)
        if len(said) <= _SHORT or needs_more or (said[-1] + rest).isdigit():
            return False
        word = (said + rest).lower()
        if said.islower() and said in self.written:
            return True
        if self._is_word(word):
            return False
        is_marked = said[:1].isupper() and not _START.search(match.string[: match.start()])
        return is_marked or not any(self._is_word(word[:end]) for end in range(len(said) + 2, len(word)))

    def _is_word(self, word: str) -> bool:
        return word.islower() and is_dictionary_word(word, self.language)


def hidden_names(names: Mapping[str, str], language: str) -> HiddenNames | None:
    """The names to look for, longest first; None where there are none. `names` is name → whose it is."""
    whose: dict[str, str] = {}
    for name, owner in names.items():
        whose.setdefault(_plain(name), owner)
    written = sorted(set(whose) - {""}, key=lambda name: (-len(name), name))
    if not written:
        return None
    one = "|".join(map(_form, written))
    pattern = re.compile(rf"(?<![^\W_])(?P<name>{one})(?P<rest>[^\W_]*(?:['’]s?(?!\w))?)", re.IGNORECASE)
    return HiddenNames(pattern, {name.lower(): whose[name] for name in reversed(written)}, frozenset(written), language)


def _plain(name: str) -> str:
    """A name with one space wherever white space or hyphens stand between its words, and without soft hyphens."""
    return " ".join(_APART.sub(" ", unicodedata.normalize("NFC", name).replace(_SOFT_HYPHEN, "")).split())


def _form(name: str) -> str:
    return rf"{_APART.pattern}+".join(f"{_SOFT_HYPHEN}?".join(map(re.escape, word)) for word in name.split())


def case_names(cases: Iterable[Case]) -> Mapping[str, str]:
    """What cases are called → their ids: their labels, and the ids as far as those could be read as names.

    An id has no capitals: it is looked for as a name that has one.
    """
    cases = tuple(cases)
    ids = {case.id.capitalize(): case.id for case in cases if len(case.id) > _SHORT}
    return {**ids, **{case.label: case.id for case in cases}}


def without_names(text: str, names: HiddenNames | None, noun: Noun, words: Words, quoted: bool = False) -> str:
    """The text with a common noun in place of names: `en kommune`, the next `en anden kommune`, of several in a list
    `to kommuner`. Where a name is the beginning of a longer word, `[…]` stands for it.

    In words of a source (`quoted`) the noun stands in square brackets, as an insertion does.
    """
    if names is None:
        return text
    text = unicodedata.normalize("NFC", text)
    every = list(names.in_text(text))
    if not every:
        return text
    n_different = len({found.whose for found in every if not found.is_part})
    said, end = [], 0
    known: dict[str, int] = {}
    for run in _lists(every, text):
        first, last = run[0], run[-1]
        if first.start < end:
            continue
        said.append(text[end : first.start])
        end = last.end
        if first.is_part:
            said.append("[…]")
            rest = _LETTERS.match(text, end)
            end = rest.end() if rest and names.found_in(rest[0]) else end
            continue
        whose = [found.whose for found in run]
        if len(run) == 1 and words.language == "en" and _ARTICLE.search(text[: first.start]):
            common = noun.one
            known.setdefault(whose[0], 0)
        else:
            common = _common(whose, known, n_different, noun, words)
        if _START.search(text[: first.start]):
            common = capital(common)
        said.append((f"[{common}]" if quoted else common) + _genitive(last, len(run), words))
    return "".join((*said, text[end:]))


def _lists(every: Iterable[FoundName], text: str) -> Iterator[list[FoundName]]:
    """The names one by one, those of a list together: `Lindkær, Birkeby og Elmsted`."""
    run: list[FoundName] = []
    for found in every:
        is_next = run and not (run[-1].is_part or found.is_part)
        if is_next and _BETWEEN.fullmatch(text, run[-1].end, found.start) and not _PAIR.search(text[: run[0].start]):
            run.append(found)
            continue
        if run:
            yield run
        run = [found]
    if run:
        yield run


def _common(run: list[str], known: dict[str, int], n_different: int, noun: Noun, words: Words) -> str:
    """`en kommune`, `en anden kommune`, `samme kommune`, `den første kommune`, `to kommuner`, `to andre kommuner`.

    `run` are those who are named here, `known` those named before → their number; 0 for those of a list.
    """
    said, new = words.finding, [whose for whose in dict.fromkeys(run) if whose not in known]
    if len(set(run)) > 1:
        others = bool(known) and len(new) == len(set(run))
        known |= dict.fromkeys(new, 0)
        return (said.other_cases if others else "{n} {many}").format(n=number(len(set(run)), words), many=noun.many)
    if not new:
        place = known[run[0]]
        frames = said.same_case if n_different == 1 else by_gender(said.nth_case, noun)[place - 1 :] if place else ()
        return next(iter(frames), f"{noun.article} {{one}}").format(one=noun.one)
    place = len(known)
    frames = by_gender(said.next_case, noun)
    known[run[0]] = place + 1 if place < len(frames) and 0 not in known.values() else 0
    if not place:
        return f"{noun.article} {noun.one}"
    return frames[min(place, len(frames)) - 1].format(one=noun.one)


def _genitive(last: FoundName, n: int, words: Words) -> str:
    """`s`, in English `'s` or `'`, where the last name is in the genitive, and does not only end as one."""
    if not last.is_genitive:
        return ""
    return "s" if words.language == "da" else "'s" if n == 1 else "'"
