"""Pattern coding: the codebook's patterns, looked for in the token indexes of the sources.

The different words of all sources are compared with the patterns once. After that the work follows the number
of matches, not patterns × words. `coding.pattern_syntax` says what a pattern means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from codebook.codebook import Codebook
from codebook.codebook_file import CODEBOOK_FILE
from coding.draft import Draft
from coding.pattern_syntax import Pattern, parse_pattern
from corpus.problems import Problem
from corpus.source import Source
from corpus.tokens import TokenIndex

__all__ = ["Match", "Pattern", "check_patterns", "parse_pattern", "pattern_matches", "suggest_by_patterns"]

_CASELESS_TWINS = ("ı", "ſ")
"""Letters that Python's re takes for i and s, and that `lower` leaves as they are."""

Slot = tuple[int, int]
"""The number of a pattern, and the number of a word in it."""


class Match(msgspec.Struct, frozen=True, gc=False):
    """Words that a code's pattern matched. `start` and `end` are code points into the text, end exclusive."""

    source: str
    code: str
    start: int
    end: int
    pattern: str


def check_patterns(codebook: Codebook) -> list[Problem]:
    """Every pattern of the codebook that cannot be read."""
    return [
        Problem(CODEBOOK_FILE, code.line, "bad-pattern", f"pattern {text!r} of '{code.id}' {parsed}")
        for code in codebook.by_id.values()
        for text in (*code.patterns, *code.carry_over)
        if isinstance(parsed := parse_pattern(text), str)
    ]


def pattern_matches(codebook: Codebook, indexes: Mapping[str, TokenIndex], sources: Iterable[Source]) -> list[Match]:
    """Everything that the patterns of the codebook match, in order of source, place and code.

    Patterns that cannot be read (`check_patterns` tells) and codes that were replaced match nothing. A source
    without an index is left out.
    """
    patterns, codes = _patterns_with_codes(codebook)
    indexed = [(source, indexes[source.id]) for source in sources if source.id in indexes]
    slots = _slots_of_words(patterns, [index for _, index in indexed])
    found: list[Match] = []
    for source, index in indexed:
        spans = {*_word_spans(patterns, slots, source, index), *_regex_spans(patterns, source, index)}
        in_order = sorted(
            (start, end, code, patterns[number].text) for number, start, end in spans for code in codes[number]
        )
        found += [Match(source.id, code, start, end, text) for start, end, code, text in in_order]
    return found


def suggest_by_patterns(
    codebook: Codebook, indexes: Mapping[str, TokenIndex], sources: Iterable[Source]
) -> list[Draft]:
    """One draft for each code and sentence that a pattern matches, in order of source, place and code.

    The draft covers the whole sentence; sentences that follow each other in a paragraph with the same code
    become one draft. Where the same words match a theme and a code below it, only the code below counts.
    """
    sources = list(sources)
    of_source: dict[str, list[Match]] = {source.id: [] for source in sources}
    for match in pattern_matches(codebook, indexes, sources):
        of_source[match.source].append(match)
    drafts: list[Draft] = []
    for source in sources:
        if matches := _without_those_above(codebook, of_source[source.id]):
            made = _drafts(matches, indexes[source.id])
            drafts += sorted(made, key=lambda draft: (draft.start, draft.end, draft.code))
    return drafts


def _without_those_above(codebook: Codebook, matches: Sequence[Match]) -> list[Match]:
    """The matches, less those whose words are also matched by a code below the same code."""
    below = {id: {inner.id for inner in code.walk()} - {id} for id, code in codebook.by_id.items()}
    codes_at: dict[tuple[int, int], set[str]] = {}
    for match in matches:
        codes_at.setdefault((match.start, match.end), set()).add(match.code)
    return [match for match in matches if not below[match.code] & codes_at[match.start, match.end]]


def _drafts(matches: Sequence[Match], index: TokenIndex) -> Iterator[Draft]:
    by_code: dict[str, dict[int, list[Match]]] = {}
    for match in matches:
        sentence = index.sentence_at(match.start)
        by_code.setdefault(match.code, {}).setdefault(sentence, []).append(match)
    for code, sentences in by_code.items():
        for run in _neighbours(sorted(sentences), index):
            inside = [match for sentence in run for match in sentences[sentence]]
            patterns = ", ".join(dict.fromkeys(match.pattern for match in inside))
            yield Draft(
                source=inside[0].source,
                start=index.sentence_span(run[0])[0],
                end=index.sentence_span(run[-1])[1],
                code=code,
                origin="pattern",
                evidence=tuple(sorted({(match.start, match.end) for match in inside})),
                why=f"pattern {patterns}",
            )


def _neighbours(sentences: Sequence[int], index: TokenIndex) -> list[list[int]]:
    """The sentences in runs that follow each other within a paragraph."""
    runs: list[list[int]] = []
    for sentence in sentences:
        last = runs[-1][-1] if runs else -2
        if sentence == last + 1 and index.paragraphs[sentence] == index.paragraphs[last]:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    return runs


def _patterns_with_codes(codebook: Codebook) -> tuple[list[Pattern], list[list[str]]]:
    """Each different pattern, and the codes that have it."""
    codes: dict[str, list[str]] = {}
    for code in codebook.by_id.values():
        for text in () if code.replaced_by else dict.fromkeys(code.patterns):
            codes.setdefault(text, []).append(code.id)
    parsed = [(parse_pattern(text), ids) for text, ids in codes.items()]
    good = [(pattern, ids) for pattern, ids in parsed if isinstance(pattern, Pattern)]
    return [pattern for pattern, _ in good], [ids for _, ids in good]


def _slots_of_words(patterns: Sequence[Pattern], indexes: Sequence[TokenIndex]) -> dict[str, list[Slot]]:
    """Word or lemma of the sources → the slots that it can fill."""
    vocabulary = frozenset().union(*(index.words for index in indexes), *(index.lemmas for index in indexes))
    lines = "\n" + "\n".join(vocabulary) + "\n"
    slots: dict[str, list[Slot]] = {}
    for number, pattern in enumerate(patterns):
        if pattern.kind == "lemmas":
            for place, word in enumerate(pattern.words):
                for fit in _words_like(word, vocabulary, lines):
                    slots.setdefault(fit, []).append((number, place))
        elif pattern.kind == "exact":
            # The tokeniser may cut the first word (`§7`): a token that begins it is where to look.
            first = pattern.words[0]
            for fit in {first[:n] for n in range(1, len(first) + 1)} & vocabulary:
                slots.setdefault(fit, []).append((number, 0))
    return slots


def _words_like(word: str, vocabulary: frozenset[str], lines: str) -> set[str]:
    """The words of the vocabulary that a word of a pattern matches. `lines` holds them one a line."""
    if "*" not in word:
        return {word} & vocabulary
    parts = word.split("*")
    begins, ends = "\n" + parts[0], parts[-1] + "\n"
    core = max([begins, *parts[1:-1], ends], key=len)
    found = set()
    at = lines.find(core)
    while at >= 0:
        first = lines.rfind("\n", 0, at + 1) + 1
        last = lines.find("\n", first)
        if _is_like(lines[first:last], parts):
            found.add(lines[first:last])
        at = lines.find(core, last)
    return found


def _is_like(word: str, parts: Sequence[str]) -> bool:
    """Whether the word consists of these parts with anything between them."""
    at, last = len(parts[0]), len(word) - len(parts[-1])
    if at > last or not (word.startswith(parts[0]) and word.endswith(parts[-1])):
        return False
    for part in parts[1:-1]:
        at = word.find(part, at, last)
        if at < 0:
            return False
        at += len(part)
    return True


def _word_spans(
    patterns: Sequence[Pattern], slots: Mapping[str, list[Slot]], source: Source, index: TokenIndex
) -> Iterator[tuple[int, int, int]]:
    """`(pattern, start, end)` of every match of lemmas and of exact words in one source."""
    filled: dict[Slot, set[int]] = {}
    for entry in [entry for entry, word in enumerate(index.words) if word in slots]:
        for slot in slots[index.words[entry]]:
            filled.setdefault(slot, set()).add(entry)
    for entry in [entry for entry, lemma in enumerate(index.lemmas) if lemma in slots]:
        for slot in slots[index.lemmas[entry]]:
            if patterns[slot[0]].kind == "lemmas":
                filled.setdefault(slot, set()).add(entry)
    starts, ends = index.starts, index.ends
    for number in {number for number, _ in filled}:
        pattern = patterns[number]
        if pattern.kind == "exact":
            runs = _exact_runs(pattern, filled[number, 0], source, index)
        elif len(pattern.words) == 1:
            runs = ((token, token) for entry in filled[number, 0] for token in index.tokens_of(entry))
        else:
            runs = _runs([filled.get((number, place), set()) for place in range(len(pattern.words))], index)
        for first, last in runs:
            yield number, starts[first], ends[last]


def _runs(places: Sequence[set[int]], index: TokenIndex) -> Iterator[tuple[int, int]]:
    """`(first token, last token)` wherever tokens of these entries stand in a row within a sentence."""
    if not all(places):
        return
    counts = [sum(index.firsts[e + 1] - index.firsts[e] for e in entries) for entries in places]
    rarest = counts.index(min(counts))
    for token in (token for entry in places[rarest] for token in index.tokens_of(entry)):
        first, last = token - rarest, token - rarest + len(places) - 1
        if (
            first >= 0
            and last < len(index.entries)
            and all(index.entries[first + n] in entries for n, entries in enumerate(places))
            and index.sentence_of(first) == index.sentence_of(last)
        ):
            yield first, last


def _exact_runs(pattern: Pattern, entries: set[int], source: Source, index: TokenIndex) -> Iterator[tuple[int, int]]:
    """`(first token, last token)` wherever whole tokens within a sentence read as the pattern does."""
    wanted = " ".join(pattern.words)
    for entry in entries:
        is_whole = index.words[entry] == pattern.words[0]
        for first in index.tokens_of(entry):
            if is_whole and len(pattern.words) == 1:
                yield first, first
                continue
            if not is_whole and index.ends[first] not in index.starts[first + 1 : first + 2]:
                continue
            for last in range(first, index.sentences[index.sentence_of(first) + 1]):
                said = " ".join(source.text[index.starts[first] : index.ends[last]].lower().split())
                if said == wanted:
                    yield first, last
                if not wanted.startswith(said):
                    break


def _regex_spans(patterns: Sequence[Pattern], source: Source, index: TokenIndex) -> Iterator[tuple[int, int, int]]:
    """`(pattern, start, end)` of every match of a regular expression in one source."""
    wanted = [(number, p) for number, p in enumerate(patterns) if p.kind == "regex"]
    if not wanted:
        return
    text = source.text.replace("\n", " ")
    small = text.lower()
    can_look_up = len(small) == len(text) and not any(twin in small for twin in _CASELESS_TWINS)
    for number, pattern in wanted:
        assert pattern.regex is not None
        if can_look_up and pattern.needles:
            sentences: Iterable[int] = _sentences_with(pattern.needles, small, index)
        else:
            sentences = range(len(index.paragraphs))
        for sentence in sentences:
            start, end = index.sentence_span(sentence)
            for match in pattern.regex.finditer(text[start:end]):
                if match.end() > match.start():
                    yield number, start + match.start(), start + match.end()


def _sentences_with(needles: Sequence[str], small: str, index: TokenIndex) -> set[int]:
    """The sentences in which one of the needles begins."""
    found = set()
    for needle in needles:
        at = small.find(needle)
        while at >= 0:
            found.add(index.sentence_at(at))
            at = small.find(needle, at + 1)
    return found - {-1}
