"""Which theme the words of a heading mean, by the codebook's labels and patterns and the guide's questions.

Headings are a few words long, so the comparison is by single words: the same word in any inflection, a
compound and its part (`reformen` – `kommunalreform`), or nearly the same letters (misspellings). A word
counts the more, the fewer themes it could mean. All scores are fractions of small whole numbers, rounded, the
same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from codebook.codebook import Code, Codebook
from codebook.guide import Guide
from coding.pattern_syntax import Pattern, parse_pattern
from corpus.lemmas import stem

LEAST_SCORE = 0.55
LEAST_LEAD = 0.15
_LEAST_AMONG, _LEAST_LEAD_AMONG = 0.2, 0.05
_LEAST_WEIGHT = 0.45
_UNKNOWN_WEIGHT = 0.5
_LONGEST_TITLE = 300
_LABEL, _CODE_LABEL, _PATTERN, _QUESTION = 1.0, 0.8, 0.9, 0.75

_WORDS = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STOP = frozenset(
    """af alle alt anden andet andre at blev blive bliver brug da de del dem den denne der deres det dette dig din
    disse dog du efter egen eget egne eller en end enten er et for fordi forhold fra få før gennem gør går ham han
    har have havde hele her hos hun hvad hvem hver hvilke hvilken hvor hvordan hvorfor hvornår i ikke ind ingen ja
    jeg jer jeres jo kan kom kommer kun kunne man mange med meget mellem men mere mest mig min mod må måde måske ned
    nej noget nogen nogle nu når og også om omkring op ord os over på rolle sagt selv ses ser sig siden siger skal
    skulle slags som så sådan til ud uden under var ved vi vil ville vores være vært åbent
    a about after all an and any are as at be been but by can do does for from had has have how if in into is it its
    kind more most no not of on or other our out own part role so some such than that the their them then there they
    this to up use was way we were what when where which who why will with would words you your""".split()  # noqa: SIM905
)
"""Words of a heading that say nothing of its theme: small words, and nouns such as `rolle` in "lægens rolle"."""


class Meaning(msgspec.Struct, frozen=True):
    """What a heading means. `score` is between 0 and 1; `words` are the words of the heading that told."""

    code: str
    score: float
    why: Literal["label", "wording"]
    words: tuple[str, ...]


class Phrase(msgspec.Struct, frozen=True):
    """Words of the codebook that stand for a code: a label, a pattern, a question.

    `worth` is what a whole match counts. Of a pattern all words have to be there; of a label some suffice,
    and of the questions two.
    """

    theme: str
    code: str
    words: tuple[str, ...]
    worth: float
    kind: Literal["label", "pattern", "question"]


class ThemeWords(msgspec.Struct, frozen=True, dict=True):
    """The phrases of a codebook, and what was found out about words of headings so far (`rows`)."""

    phrases: tuple[Phrase, ...]
    rows: dict[str, dict[str, float]] = {}

    @cached_property
    def phrases_of(self) -> dict[str, tuple[int, ...]]:
        """Word of the codebook → the phrases that have it."""
        found: dict[str, list[int]] = {}
        for number, phrase in enumerate(self.phrases):
            for word in dict.fromkeys(phrase.words):
                found.setdefault(word, []).append(number)
        return {word: tuple(numbers) for word, numbers in found.items()}

    @cached_property
    def stems(self) -> dict[str, tuple[str, ...]]:
        """Stem → the words of the codebook that have it."""
        found: dict[str, list[str]] = {}
        for word in self.phrases_of:
            found.setdefault(stem(word), []).append(word)
        return {short: tuple(words) for short, words in found.items()}

    def like(self, word: str) -> dict[str, float]:
        """The words of the codebook that are like a word of a heading, and how like."""
        if word not in self.rows:
            own = stem(word)
            near = [(others, like) for short, others in self.stems.items() if (like := likeness(own, short))]
            self.rows[word] = {other: like for others, like in near for other in others}
        return self.rows[word]

    def themes_of(self, word: str) -> frozenset[str]:
        """The themes that a word of a heading could mean: those that have the word itself, else one like it.

        `penge` stands in a question about resources; that `sygedagpenge` ends with it then says nothing.
        """
        like = self.like(word)
        is_there = 1.0 in like.values()
        near = [other for other, value in like.items() if value == 1.0 or not is_there]
        return frozenset(self.phrases[number].theme for other in near for number in self.phrases_of[other])


def content_words(text: str) -> tuple[str, ...]:
    """The words of a heading that carry meaning, in small letters, each once."""
    return tuple(dict.fromkeys(word for word in _WORDS.findall(text.lower()) if word not in _STOP and len(word) > 1))


def theme_words(codebook: Codebook, guide: Guide) -> ThemeWords:
    """The phrases of every theme that is in use, with those of the codes below it."""
    phrases: list[Phrase] = []
    for theme in codebook.active_themes:
        for code in theme.walk():
            if not code.replaced_by:
                phrases += _phrases(code, theme.id, _LABEL if code is theme else _CODE_LABEL)
        questions = sorted(codebook.questions_of_theme[theme.id] & guide.by_id.keys())
        for question in questions:
            words = content_words(guide.by_id[question].text)
            phrases.append(Phrase(theme.id, theme.id, words, _QUESTION, "question"))
    return ThemeWords(tuple(phrase for phrase in phrases if phrase.words))


def _phrases(code: Code, theme: str, worth: float) -> Iterable[Phrase]:
    yield Phrase(theme, code.id, content_words(code.label), worth, "label")
    own_id = code.id.removeprefix(theme + ".").replace("-", " ").replace("_", " ").replace(".", " ")
    yield Phrase(theme, code.id, content_words(own_id), worth, "label")
    for text in code.patterns:
        pattern = parse_pattern(text)
        if isinstance(pattern, Pattern) and pattern.words:
            words = tuple(word.replace("*", "") for word in pattern.words)
            yield Phrase(theme, code.id, words, _PATTERN, "pattern")


def meaning(title: str, known: ThemeWords, among: Sequence[str] = ()) -> Meaning | None:
    """The theme or code that a heading means, or None where no theme leads clearly.

    `among` restricts the themes (a question label has said so much); then the best may win by less.
    """
    title = title[:_LONGEST_TITLE]
    parts = [title, *(part for part in re.split(r"[:–—]", title)[:1] if part.strip() and part != title)]
    found = [said for part in parts if (said := _meaning(part, known, among))]
    return max(found, key=lambda said: said.score, default=None)


def _meaning(title: str, known: ThemeWords, among: Sequence[str]) -> Meaning | None:
    heading = content_words(title)
    if not heading:
        return None
    told = _told_by_phrase(title, heading, known)
    evidence = _evidence(told, known)
    weights = {word: _weight(word, known) for word in heading}
    scores: dict[str, float] = {}
    for theme, worths in evidence.items():
        mass = sum(weights[word] * worth for word, worth in worths.items())
        if theme in among or (not among and mass >= _LEAST_WEIGHT):
            scores[theme] = round(mass / sum(weights.values()), 2)
    ranked = sorted(scores, key=lambda theme: (-scores[theme], theme))
    lead = scores[ranked[0]] - (scores[ranked[1]] if ranked[1:] else 0) if ranked else 0.0
    least, least_lead = (_LEAST_AMONG, _LEAST_LEAD_AMONG) if among else (LEAST_SCORE, LEAST_LEAD)
    if not ranked or round(lead, 2) < least_lead or scores[ranked[0]] < least:
        return None
    theme = ranked[0]
    code, is_label = _clearest_code(theme, heading, told, known)
    words = tuple(word for word in heading if word in evidence[theme])
    return Meaning(code, scores[theme], "label" if is_label else "wording", words)


def _told_by_phrase(title: str, heading: Sequence[str], known: ThemeWords) -> dict[int, dict[str, float]]:
    """Phrase → word of the heading → what the word is worth as a part of that phrase."""
    like = {word: known.like(word) for word in dict.fromkeys([*heading, *_WORDS.findall(title.lower())])}
    numbers = {n for row in like.values() for other in row for n in known.phrases_of[other]}
    told = {}
    for number in sorted(numbers):
        phrase = known.phrases[number]
        covered = [max(row.get(other, 0.0) for row in like.values()) for other in phrase.words]
        worth = phrase.worth
        if phrase.kind == "pattern" and not all(covered):
            continue
        if phrase.kind == "label":
            worth *= (1 + sum(covered) / len(covered)) / 2
        best = {word: worth * max(like[word].get(other, 0.0) for other in phrase.words) for word in heading}
        told[number] = {word: value for word, value in best.items() if value}
    return told


def _evidence(told: Mapping[int, dict[str, float]], known: ThemeWords) -> dict[str, dict[str, float]]:
    """Theme → word of the heading → how much it tells of that theme, 0–1.

    A question tells something only by two words or more: `kommune` alone stands in half of them.
    """
    found: dict[str, dict[str, float]] = {}
    for number, worths in told.items():
        phrase = known.phrases[number]
        if phrase.kind == "question" and len(worths) < 2:
            continue
        into = found.setdefault(phrase.theme, {})
        for word, worth in worths.items():
            if phrase.theme in known.themes_of(word):
                into[word] = max(into.get(word, 0.0), worth)
    return {theme: worths for theme, worths in found.items() if worths}


def _weight(word: str, known: ThemeWords) -> float:
    """What a word of a heading weighs: 1 if it could mean one theme, ½ if three, ⅛ if fifteen; ½ if none."""
    themes = known.themes_of(word)
    return 2 / (1 + len(themes)) if themes else _UNKNOWN_WEIGHT


def _clearest_code(
    theme: str, heading: Sequence[str], told: Mapping[int, dict[str, float]], known: ThemeWords
) -> tuple[str, bool]:
    """The theme, or the code below it whose label says the heading clearly better than the theme's own.

    And whether it was a label that told, not a pattern or question.
    """
    best = {theme: 0.0}
    for number, worths in told.items():
        phrase = known.phrases[number]
        if phrase.theme == theme and phrase.kind == "label":
            share = round(sum(worths.values()) / phrase.worth / len(heading), 2)
            best[phrase.code] = max(best.get(phrase.code, 0.0), share)
    code = max(sorted(best), key=lambda id: best[id])
    is_clear = best[code] >= max(best[theme] + 0.25, 0.7)
    return code if is_clear else theme, max(best.values()) > 0


def likeness(one: str, two: str) -> float:
    """How like two stems are: 1 the same, 0.8 and 0.7 the end and the beginning of a compound, 0 unlike.

    Between these, words of nearly the same letters (misspellings, `politik` and `politisk`).
    """
    if one == two:
        return 1.0
    short, long = (one, two) if len(one) < len(two) else (two, one)
    if len(short) >= 4 and short in long:
        return 0.8 if long.endswith(short) else 0.7 if long.startswith(short) else 0.0
    if short[:1] != long[:1] or len(long) - len(short) > 3:
        return 0.0
    same = _dice(short, long)
    return round(0.9 * same, 2) if same >= 0.7 else 0.0


def _dice(one: str, two: str) -> float:
    """The share of three-letter pieces that two words have in common (Dice's coefficient)."""
    pieces = [{f" {word} "[n : n + 3] for n in range(len(word))} for word in (one, two)]
    return 2 * len(pieces[0] & pieces[1]) / (len(pieces[0]) + len(pieces[1]))
