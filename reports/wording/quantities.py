"""What a text says of how many: fractions, quantifiers and percentages found in prose, with the noun they are of.

Years, paragraphs of a law, chapters, dates, times, sums of money and ages are numbers and no quantities. What a
quantity counts is told by its noun; whether that concerns the reader of the answer is for him to say
(`Quantity.is_of`). The wordings are a table per language (`quantity_words_da`, `quantity_words_en`); each word of the
text is looked up among their first words, so that the time grows with the text and not with the table.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

import msgspec

from reports.wording.arithmetic import reachable
from reports.wording.nouns import Noun
from reports.wording.numbers import number_of, number_pattern, number_words, whole_number_of
from reports.wording.quantity_words import Bound, Kind, QuantityWords, Wording
from reports.wording.quantity_words_da import DANISH
from reports.wording.quantity_words_en import ENGLISH

__all__ = ["Bound", "Kind", "Quantity", "quantities", "reachable"]

_BEFORE = 32
"""How many characters before a quantity are looked at: mindst, kapitel, ikke."""
_GAP = r"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)"
_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}[\w-]*"
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


class Quantity(msgspec.Struct, frozen=True):
    """One statement of how many, at `[start, end)` of the text.

    `k` of `n` where they are said (`to`: the greater number of a range, `to-tre`); `share` where one is said without
    them (a half; 67,7 percent: 0.677; twice as many: 2), `share_to` the end of a range, `decimals` how many places a
    percentage is given with; `but` in "all but two". `bound` is a word before it: at least, about. `noun` is the word
    for what is counted, in small letters, empty where none follows. `negated`: `ikke mange`, `not several`.
    `definite`: `de tre`, which points at cases known from before. `part_of`: `af`/`of` stands before the noun.
    """

    start: int
    end: int
    kind: Kind
    words: str
    k: int | None = None
    n: int | None = None
    share: Fraction | None = None
    decimals: int = 0
    noun: str = ""
    negated: bool = False
    to: int | None = None
    share_to: Fraction | None = None
    but: int | None = None
    bound: Bound = ""
    definite: bool = False
    part_of: bool = False

    def is_of(self, noun: Noun) -> bool:
        """Whether it counts cases: its noun is that of the cases, or it has none."""
        return not self.noun or self.noun in noun.forms()


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities of a text in its order; where two overlap the one that begins first, of those the longest."""
    tongue = "da" if language == "da" else "en"
    first, kept, at = _by_first_word(tongue), [], 0
    for word in _first_words(tongue).finditer(text):
        if word.start() < at:
            continue
        found = word[0].lower()
        rows = first.get(found) or (first["#"] if found[0].isdigit() else ())
        quantity = _longest(rows, text, word.start(), at, tongue)
        if quantity is not None:
            kept.append(quantity)
            at = quantity.end
    return tuple(kept)


@cache
def words_of(language: str) -> QuantityWords:
    """The wordings of a language: Danish, or English for any other."""
    return DANISH if language == "da" else ENGLISH


@cache
def _by_first_word(language: str) -> dict[str, tuple[tuple[Kind, re.Pattern[str]], ...]]:
    """First word → the rows that can begin with it, in the order of the table; `#` are those of numbers in digits."""
    known: dict[str, list[tuple[Kind, re.Pattern[str]]]] = {"#": []}
    numbers = {"#", *(word.split("-")[0].split()[0] for word in number_words(language))}
    numbers |= {"hundrede", "tusind", "tusinde"} if language == "da" else {"hundred", "thousand"}
    if language == "da":
        numbers |= {f"{word}hundrede" for word in number_words("da")}
    for row in words_of(language).table:
        pattern = _compiled(row, language)
        firsts = (row.first - {"#"}) | (numbers if "#" in row.first else set())
        for first in firsts:
            known.setdefault(first, []).append((row.kind, pattern))
    return {first: tuple(rows) for first, rows in known.items()}


@cache
def _first_words(language: str) -> re.Pattern[str]:
    """The places where a quantity can begin: one of the first words, or a digit."""
    words = sorted(_by_first_word(language).keys() - {"#"}, key=len, reverse=True)
    return re.compile(rf"(?<![\w§/.,–-])(?:\d|(?:{'|'.join(map(re.escape, words))})(?!\w))", re.IGNORECASE)


def _compiled(row: Wording, language: str) -> re.Pattern[str]:
    words = words_of(language)
    strict, loose = number_pattern(language), number_pattern(language, with_articles=True)
    adjectives = words.adjectives.replace("<L>", _LETTER)
    of, noun = ("af", "of")[language != "da"], rf"(?: {adjectives}){{0,2}} (?P<noun>{_WORD})"
    of_them = rf"(?P<of> {of})(?: {words.of})?(?: (?P<base><B>))?(?:{noun})?"
    either = rf"(?:(?P<of> {of})(?: {words.of})?(?: (?P<base><B>))?|(?: {words.of}))?(?:{noun})?"
    pattern = row.pattern.replace("<NOUN>", rf"(?P<tail>{either})?").replace("<OF>", rf"(?P<tail>{of_them})?")
    pattern = pattern.replace(" ", _GAP)
    for name, filled in (
        ("<WORD>", _WORD),
        ("<KN>", rf"(?P<k>{strict})"),
        ("<K>", rf"(?P<k>{loose})"),
        ("<M>", rf"(?P<to>{loose})"),
        ("<N>", rf"(?P<n>{strict})"),
        ("<LOOSE>", loose),
        ("<B>", strict),
    ):
        pattern = pattern.replace(name, filled)
    return re.compile(rf"{pattern}(?!\w)", re.IGNORECASE)


def _longest(
    rows: tuple[tuple[Kind, re.Pattern[str]], ...], text: str, at: int, least: int, language: str
) -> Quantity | None:
    """Of what the rows find at a place, the longest that is a quantity."""
    found = [(kind, match) for kind, pattern in rows if (match := pattern.match(text, at))]
    made = (_quantity(kind, match, text, least, language) for kind, match in found)
    return max((q for q in made if q is not None), key=lambda q: q.end, default=None)


def _quantity(kind: Kind, found: re.Match[str], text: str, least: int, language: str) -> Quantity | None:
    words, parts = words_of(language), found.groupdict()
    before = re.sub(r"\s", " ", text[max(least, found.start() - _BEFORE) : found.start()].split("\n\n")[-1])
    if kind in words.not_behind and _ends(before, words.not_behind[kind]):
        return None
    noun, end = _noun(parts, found, words)
    if noun in words.units or (found[0][0].isdigit() and _is_label(found, text, before, language)):
        return None
    bound, start = _bound(before, found.start(), words)
    made = Quantity(
        start,
        end,
        kind,
        text[start:end],
        noun=noun,
        negated=_ends(before[: len(before) - (found.start() - start)], words.denied),
        bound=bound,
        definite=_ends(before, r"(?:de|disse|the|these|those) $"),
        part_of=bool(parts.get("of")) and bool(noun),
    )
    return _with_numbers(made, found, language)


def _ends(before: str, pattern: str) -> bool:
    return re.search(rf"(?<!\w){pattern}", before, re.IGNORECASE) is not None


def _bound(before: str, start: int, words: QuantityWords) -> tuple[Bound, int]:
    """The word before a quantity that makes it a least or a most, and where the whole then begins."""
    for bound, pattern in words.bounds.items():
        found = re.search(rf"(?<!\w)(?:{pattern}) $", before, re.IGNORECASE)
        if found:
            return bound, start - len(found[0])
    return "", start


def _is_label(found: re.Match[str], text: str, before: str, language: str) -> bool:
    """Whether digits name something (kapitel 3, § 7), number a heading (`3 Kommunerne`) or stand in an address.

    In Danish what is counted has a small letter; in English it has a capital in a heading only.
    """
    if re.search(rf"(?<!\w){words_of(language).not_after}", before, re.IGNORECASE):
        return True
    if not (found.groupdict().get("noun") or "")[:1].isupper():
        return False
    return language == "da" or text[max(0, found.start() - 1) : found.start()] in ("", "\n")


def _noun(parts: dict[str, str | None], found: re.Match[str], words: QuantityWords) -> tuple[str, int]:
    """The noun, and where the quantity ends: a verb or a small word behind it is none and stays outside."""
    noun = (parts.get("noun") or "").lower()
    if noun and noun not in words.no_noun:
        return noun, found.end()
    if not parts.get("tail") or found.end("tail") != found.end():
        return "", found.end()
    return "", found.end("base") if parts.get("base") else found.start("tail")


def _with_numbers(made: Quantity, found: re.Match[str], language: str) -> Quantity | None:
    """The quantity with the numbers that its words say; None where they make none."""
    words, parts = words_of(language), found.groupdict()
    k, n, to, but = (
        whole_number_of(parts[name] or "", language) if parts.get(name) else None for name in ("k", "n", "to", "but")
    )
    if n is None and parts.get("base"):
        n = whole_number_of(parts["base"] or "", language)
    change = msgspec.structs.replace
    match made.kind:
        case "fraction":
            return change(made, k=k, n=n) if k is not None and n and k <= n else None
        case "percent":
            return _percent(change(made, n=n), parts["k"] or "", parts.get("to") or "", language)
        case "part":
            top = words.tops.get((parts.get("top") or "").lower()) or int(parts.get("top") or 1)
            part = next((of for name, of in words.parts.items() if (parts["part"] or "").lower().startswith(name)), 0)
            return change(made, n=n, share=Fraction(top, part)) if part and top < part else None
        case "half":
            return change(made, n=n, share=Fraction(1, 2))
        case "ratio":
            return change(made, share=_times(parts, words, language))
        case "count":
            return _count(made if k is None else change(made, n=n), parts, k, n, to)
        case "one":
            return change(made, k=1, n=n) if made.noun or made.words.lower() not in ("one", "en", "et") else None
        case "all":
            return change(made, n=2 if parts.get("both") else n)
        case _:
            return change(made, n=n, but=but)


def _times(parts: dict[str, str | None], words: QuantityWords, language: str) -> Fraction | None:
    if parts.get("times"):
        return Fraction(*words.times[(parts["times"] or "").lower()])
    number = number_of(parts.get("k") or "", language)
    return None if number is None else Fraction(number)


def _percent(made: Quantity, said: str, to: str, language: str) -> Quantity | None:
    number, greater = number_of(said, language), number_of(to, language) if to else None
    if number is None or (to and (greater is None or greater < number)):
        return None
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    share_to = None if greater is None else Fraction(greater) / 100
    return msgspec.structs.replace(made, share=Fraction(number) / 100, decimals=decimals, share_to=share_to)


def _count(
    made: Quantity, parts: dict[str, str | None], k: int | None, n: int | None, to: int | None
) -> Quantity | None:
    """A number of things: with a noun, and not a year."""
    number = n if k is None else k
    is_year = any(_YEAR.fullmatch(parts.get(name) or "") for name in ("k", "n", "to"))
    if number is None or not made.noun or is_year or (parts.get("to") and (to is None or to <= number)):
        return None
    return msgspec.structs.replace(made, k=number, to=to)
