"""The token index: the words, lemmas and sentences of every source, kept between runs.

An index is derived from the text alone. It is kept in .crosscase/tokens under a name made of everything it
depends on, so that an old one is never taken for a new one; without the folder the work is done again, with
the same result.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from corpus.files import files_below, sha256, write_whole
from corpus.lemmas import lemmas
from corpus.problems import Problem
from corpus.segment import (
    BLANK,
    UNKNOWN_LANGUAGE,
    Segments,
    check_pipeline,
    known_language,
    load_pipeline,
    named_model,
    pipeline_version,
    segment,
)
from corpus.source import Source
from corpus.study import CACHE_FOLDER, Study

TOKENS_FOLDER = f"{CACHE_FOLDER}/tokens"
INDEX_FORMAT = 1


class TokenIndex(msgspec.Struct, frozen=True):
    """The words of one source, in order. A token is a word or a punctuation mark of a text paragraph.

    - `starts`, `ends`: the span of each token in the text, in code points.
    - `entries`: for each token, which entry of `words` and `lemmas` it is.
    - `words`, `lemmas`: the different words of the source, in small letters, and their lemmas. The same word
      stands twice where a pipeline gave it two lemmas.
    - `sentences`: the first token of each sentence, and the number of tokens at the end.
    - `paragraphs`: for each sentence, the number of its paragraph.
    - `order`, `firsts`: the tokens sorted by entry; those of entry `e` are `order[firsts[e]:firsts[e + 1]]`.
    """

    starts: array[int]
    ends: array[int]
    entries: array[int]
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    sentences: array[int]
    paragraphs: array[int]
    order: array[int]
    firsts: array[int]

    def tokens_of(self, entry: int) -> Sequence[int]:
        """The tokens that are this entry, in order."""
        return self.order[self.firsts[entry] : self.firsts[entry + 1]]

    def sentence_of(self, token: int) -> int:
        """The sentence that holds a token."""
        return bisect_right(self.sentences, token) - 1

    def sentence_at(self, position: int) -> int:
        """The sentence that holds a position of the text, or the last one before it; -1 before the first."""
        token = bisect_right(self.starts, position) - 1
        return self.sentence_of(token) if token >= 0 else -1

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Where a sentence stands in the text."""
        return self.starts[self.sentences[sentence]], self.ends[self.sentences[sentence + 1] - 1]

    @property
    def sentence_spans(self) -> list[tuple[int, int]]:
        """Where each sentence stands in the text."""
        return [self.sentence_span(number) for number in range(len(self.paragraphs))]


class _Kept(msgspec.Struct, frozen=True):
    """An index as it lies on disk: arrays of 4-byte numbers, and words one a line."""

    starts: bytes
    ends: bytes
    entries: bytes
    sentences: bytes
    paragraphs: bytes
    order: bytes
    firsts: bytes
    words: str
    lemmas: str


def token_index(source: Source, segments: Segments, language: str) -> TokenIndex:
    """The index of one source from its segments; lemmas come from simplemma where the pipeline gave none."""
    words = [source.text[start:end].lower() for start, end in segments.spans]
    known = {} if segments.lemmas else lemmas(set(words), language)
    said = segments.lemmas or [known[word] for word in words]
    numbers: dict[tuple[str, str], int] = {}
    entries = [numbers.setdefault(pair, len(numbers)) for pair in zip(words, said, strict=True)]
    counts = [0] * (len(numbers) + 1)
    for entry in entries:
        counts[entry + 1] += 1
    for entry in range(len(numbers)):
        counts[entry + 1] += counts[entry]
    return TokenIndex(
        starts=_array(start for start, _ in segments.spans),
        ends=_array(end for _, end in segments.spans),
        entries=_array(entries),
        words=tuple(word for word, _ in numbers),
        lemmas=tuple(lemma for _, lemma in numbers),
        sentences=_array([*(first for first, _, _ in segments.sentences), len(entries)]),
        paragraphs=_array(paragraph for _, _, paragraph in segments.sentences),
        order=_array(sorted(range(len(entries)), key=entries.__getitem__)),
        firsts=_array(counts),
    )


def _array(values: Iterable[int] | bytes) -> array[int]:
    """Numbers, or the bytes of numbers, as an array; ValueError where the bytes are not whole numbers."""
    return array("I", values)


def check_nlp(study: Study) -> list[Problem]:
    """A pipeline that is not installed, and sources in a language that is not known here."""
    return [
        *check_pipeline(study.settings.nlp, study.root),
        *(
            Problem(source.file, 0, "unknown-language", f"language '{source.meta.language}' is not known here")
            for source in study.sources
            if source.meta.language and known_language(source.meta.language) == UNKNOWN_LANGUAGE
        ),
    ]


def read_tokens(study: Study, forget: bool = True) -> tuple[dict[str, TokenIndex], list[Problem]]:
    """Source id → token index for every source, and what stood in the way.

    What was indexed before is read from .crosscase/tokens, and then neither spaCy nor simplemma is imported.
    A source whose pipeline cannot be loaded has no index; that is a problem, never another pipeline. `forget` what
    was kept of texts and pipelines that are no longer the study's.
    """
    problems = check_nlp(study)
    folder = study.root / TOKENS_FOLDER
    versions = _versions(named_model(study.settings.nlp.pipeline, study.root))
    found: dict[str, TokenIndex] = {}
    names: set[str] = set()
    shared: dict[str, str] = {}
    was_written = False
    for source in study.sources:
        language, pipeline = _language(source, study), _pipeline(source, study)
        if pipeline_version(pipeline) is None:
            continue
        name = _name(source, language, pipeline, versions)
        names.add(name)
        index = _read(folder / name, source, shared)
        if index is None:
            nlp, faults = load_pipeline(language, pipeline)
            problems += [fault for fault in faults if fault not in problems]
            if nlp is None:
                continue
            index = token_index(source, segment(source, nlp), language)
            was_written = _write(folder / name, index) or was_written
        found[source.id] = index
    if was_written and forget:
        _forget_others(folder, names)
    return found, problems


def _language(source: Source, study: Study) -> str:
    return known_language(source.meta.language or study.settings.language)


def _pipeline(source: Source, study: Study) -> str:
    """A pipeline is made for one language: a source in another than the study's gets the blank one."""
    is_main = _language(source, study) == known_language(study.settings.language)
    return named_model(study.settings.nlp.pipeline, study.root) if is_main else BLANK


def _versions(pipeline: str) -> str:
    parts = [f"{name} {metadata.version(name)}" for name in ("spacy", "simplemma")]
    return " ".join([f"index {INDEX_FORMAT}", sys.byteorder, *parts, pipeline, pipeline_version(pipeline) or ""])


def _name(source: Source, language: str, pipeline: str, versions: str) -> str:
    """The file of an index: a digest of all that it depends on."""
    has_turns = str(source.meta.kind == "transcript")
    return sha256("\n".join((source.sha256, language, pipeline, has_turns, versions)))[:40] + ".msgpack"


def _write(path: Path, index: TokenIndex) -> bool:
    """Keep an index; false where the folder cannot be written: a read-only study works all the same."""
    kept = _Kept(
        starts=index.starts.tobytes(),
        ends=index.ends.tobytes(),
        entries=index.entries.tobytes(),
        sentences=index.sentences.tobytes(),
        paragraphs=index.paragraphs.tobytes(),
        order=index.order.tobytes(),
        firsts=index.firsts.tobytes(),
        words="\n".join(index.words),
        lemmas="\n".join(index.lemmas),
    )
    try:
        write_whole(path, msgspec.msgpack.encode(kept), durable=False)
    except OSError:
        return False
    return True


def _read(path: Path, source: Source, shared: dict[str, str]) -> TokenIndex | None:
    """A kept index, or None where there is none that fits. `shared` holds each word once over all sources."""
    try:
        kept = msgspec.msgpack.decode(path.read_bytes(), type=_Kept)
        index = TokenIndex(
            starts=_array(kept.starts),
            ends=_array(kept.ends),
            entries=_array(kept.entries),
            words=_words(kept.words, shared),
            lemmas=_words(kept.lemmas, shared),
            sentences=_array(kept.sentences),
            paragraphs=_array(kept.paragraphs),
            order=_array(kept.order),
            firsts=_array(kept.firsts),
        )
    except (OSError, msgspec.MsgspecError, ValueError):
        return None
    return index if _fits(index, source) else None


def _words(text: str, shared: dict[str, str]) -> tuple[str, ...]:
    return tuple([shared.setdefault(word, word) for word in text.split("\n")]) if text else ()


def _fits(index: TokenIndex, source: Source) -> bool:
    """Whether the parts of an index fit each other and the text, so that using it cannot fail."""
    n, entries = len(index.starts), len(index.words)
    return (
        len(index.ends) == len(index.entries) == len(index.order) == n
        and len(index.lemmas) == entries == len(index.firsts) - 1
        and len(index.sentences) == len(index.paragraphs) + 1
        and index.sentences[-1] == index.firsts[-1] == n
        and (n == 0 or (index.ends[-1] <= len(source.text) and max(index.entries) < entries and max(index.order) < n))
    )


def _forget_others(folder: Path, names: set[str]) -> None:
    """Remove the indexes of texts that are no longer in the study."""
    for path in files_below(folder, ".msgpack"):
        if path.name not in names:
            path.unlink(missing_ok=True)
