"""Short labels for codes from the questions of an interview guide, in Danish and English.

A question becomes the thing it asks about: »Er der mål for de lange sager?« becomes »Mål for de lange sager«.
The rules in `codebook.label_rules` are tried in order and the first that fits is used. Where none fits the
question keeps its own words, since a question makes a better label than a mangled sentence. Every label is a
proposal for a person to reword; the whole question stands in the code's definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from codebook.label_rules import DANISH, ENGLISH, LabelRules

MAX_LABEL = 60

_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+(?=[\"“”«»'(]?[A-ZÆØÅÄÖÜ]|– )")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")
_STRANDED = re.compile(r"\b(?:at|to) \w+ (?:på|med|i|om|efter|in|with|on|for)$")
_CONJUNCTION = re.compile(r"(?:,|,? (?:og|eller|samt|and|or)\b)")
_OPEN_LIST = re.compile(r",(?!.*\b(?:og|eller|samt|and|or)\b)[^,]*$")
_SHORTEST = 4
_LONGEST = 500
"""No rule looks further into a sentence: a text without full stops takes no longer than others."""


def guide_language(text: str) -> str:
    """`da` or `en`, whichever has more of its own words in `text`; `en` where neither has any."""
    words = re.findall(r"[a-zæøå]+", text.lower())
    danish, english = (sum(word in rules.common for word in words) for rules in (DANISH, ENGLISH))
    danish += sum(any(letter in word for letter in "æøå") for word in words)
    return "da" if danish > english else "en"


def short_label(question: str, language: str) -> str:
    """A label of at most `MAX_LABEL` characters: what the question is about, else its own words."""
    rules = _rules(language)
    sentence = _main_sentence(_ASIDE.sub("", question), rules)[:_LONGEST]
    topic = _replaced(_topic(_lower_first(sentence.rstrip(" ?.!…:")), rules), rules.tidy)
    label = _shortened(topic, rules)
    if len(label) >= _SHORTEST:
        return label
    return _capital(sentence) if len(sentence) <= MAX_LABEL else _shortened(sentence, rules)


def short_title(title: str, language: str) -> str:
    """A label for a section: its title, without an opening that says nothing, cut where it is long."""
    rules = _rules(language)
    return _shortened(_replaced(" ".join(title.split()), rules.title), rules)


def _rules(language: str) -> LabelRules:
    return DANISH if language == "da" else ENGLISH


def _main_sentence(text: str, rules: LabelRules) -> str:
    """The sentence that puts the question: the first with a question mark, or a request at the beginning."""
    sentences = _SENTENCE_END.split(" ".join(text.split()))
    if rules.request.match(sentences[0]):
        return sentences[0]
    return next((s for s in sentences if s.endswith("?") and len(s.split()) > 2), sentences[0])


def _lower_first(sentence: str) -> str:
    """The sentence without its capital, so that each rule needs one form; the Danish pronoun `I` keeps it."""
    is_pronoun = re.match(r"I (?!hvilke)", sentence)
    return sentence if is_pronoun else sentence[:1].lower() + sentence[1:]


def _topic(question: str, rules: LabelRules) -> str:
    """What the question is about; empty where no rule says so."""
    words = question
    while opening := next(filter(None, (pattern.match(words) for pattern in rules.openings)), None):
        words = words[opening.end() :]
    for pattern, said in rules.rules:
        if found := pattern.fullmatch(words):
            groups = {name: rules.convert.get(name, str)(x) if x else "" for name, x in found.groupdict().items()}
            return said.format_map(groups).strip()
    return words if words != question else ""


def _replaced(words: str, pairs: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, said in pairs:
        words = pattern.sub(said, words)
    return " ".join(words.split())


def _shortened(words: str, rules: LabelRules) -> str:
    """`words` cut to length at the end of a clause, a phrase or a word, without loose words at the end."""
    label = words
    for boundary in (rules.clause, rules.phrase):
        if len(label) > MAX_LABEL:
            label = _cut(label, boundary)
    if len(label) > MAX_LABEL:
        label = label[: MAX_LABEL + 1].rpartition(" ")[0] or label[:MAX_LABEL]
    label = label.strip(" ,;:–—-")
    bare = label if _STRANDED.search(label) else rules.stop.sub("", label).strip(" ,;:–—-")
    return _capital(bare or label)


def _cut(label: str, boundary: re.Pattern[str]) -> str:
    """The longest beginning of `label` that ends at a boundary and is short enough, else all of it.

    A list is not cut between its items: `a, b and c` gives `a`, since `a, b` reads as if that were all.
    """
    ends = [found.start() for found in boundary.finditer(label) if 2 * _SHORTEST <= found.start() <= MAX_LABEL]
    whole = [end for end in ends if not (_CONJUNCTION.match(label, end) and _OPEN_LIST.search(label[:end]))]
    return label[: whole[-1]] if whole else label


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
