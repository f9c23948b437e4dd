"""Words and sentences of a source, found by spaCy and mended by a few rules of our own.

spaCy's tokeniser knows the abbreviations of each language (`f.eks.`, `bl.a.`, `pr.`); its rule-based sentence
splitter does not know quotations, ordinals or abbreviations at the end of a sentence. What is mended, and
why, stands at `sentence_starts`. spaCy is imported only when a text is segmented.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from corpus.problems import Problem
from corpus.source import Source
from corpus.study import STUDY_FILE, Nlp

BLANK = "blank"
LANGUAGES = ("da", "en", "nb", "nn", "sv", "de")
_SAME_LANGUAGE = {"no": "nb"}
UNKNOWN_LANGUAGE = "xx"

_WORD = re.compile(r"\w+(?:[-‑'’]\w+)*")
_NUMERAL = re.compile(r"\d{1,2}\.")
_QUOTES = frozenset("\"“”„»«'‘’")
_OPENING = frozenset("([{")
_CLOSING_BRACKETS = frozenset(")]}")
_CLOSING = frozenset(")]}.,;:!?…")
_DASHES = frozenset("-–—")
_FINAL = frozenset(
    """osv. o.s.v. etc. mv. m.v. mm. m.m. mfl. m.fl. o.l. o.lign. og.lign. o.a. m.a. e.l. f.kr. e.kr.
    kr. mio. mia. mill. pct. md. mdr. stk. usw. u.a. u.ä. osb. m.h. inc. ltd. jr.""".split()  # noqa: SIM905
)
LONGEST_QUOTE = 300


class Segments(msgspec.Struct, frozen=True):
    """The words and sentences of one text.

    `spans`: `(start, end)` of every word and punctuation mark, in code points. `lemmas`: one for each span,
    or none at all where the pipeline has no lemmas. `sentences`: `(first, last + 1, paragraph)`: indexes into
    `spans`, and the number of the paragraph, from 1.
    """

    spans: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int, int], ...]
    lemmas: tuple[str, ...] = ()


def known_language(language: str) -> str:
    """The code under which a language is known here (`no` is `nb`); `xx` for one that is not."""
    code = _SAME_LANGUAGE.get(language.lower(), language.lower())
    return code if code in LANGUAGES else UNKNOWN_LANGUAGE


def named_model(name: str, root: Path) -> str:
    """A model as spaCy loads it: the name of a package, or, of a name with a slash, the path of a folder.

    A path in study.toml begins at the study's folder.
    """
    return str(root / name) if "/" in name or "\\" in name else name


def pipeline_version(pipeline: str) -> str | None:
    """The version of an installed pipeline, found without loading it; None where it is not installed.

    That of a folder ends in a digest of all its files: a pipeline trained again is another one.
    """
    if pipeline == BLANK:
        return ""
    if "/" in pipeline or "\\" in pipeline:
        return _folder_version(Path(pipeline))
    try:
        return metadata.version(pipeline)
    except (metadata.PackageNotFoundError, ValueError):
        return None


def _folder_version(folder: Path) -> str | None:
    try:
        said = msgspec.json.decode((folder / "meta.json").read_bytes(), type=_Meta).version
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        digest = hashlib.sha256()
        for path in files:
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    except (OSError, msgspec.MsgspecError):
        return None
    return f"{said}-{digest.hexdigest()[:12]}"


class _Meta(msgspec.Struct, frozen=True):
    """What meta.json of a spaCy pipeline says of it, as far as it is wanted."""

    version: str = "0"


def check_pipeline(nlp: Nlp, root: Path = Path()) -> list[Problem]:
    """A pipeline that study.toml names and that is not there: nothing else is used in its place."""
    if pipeline_version(named_model(nlp.pipeline, root)) is not None:
        return []
    is_path = named_model(nlp.pipeline, root) != nlp.pipeline
    return [_pipeline_problem(nlp.pipeline, "is not a folder with a pipeline" if is_path else "is not installed")]


def _pipeline_problem(pipeline: str, said: str) -> Problem:
    return Problem(STUDY_FILE, 0, "missing-pipeline", f"[nlp] pipeline '{pipeline}' {said}")


def load_pipeline(language: str, pipeline: str) -> tuple[Any, list[Problem]]:
    """The spaCy pipeline for a language, loaded once; None and a problem where it cannot be loaded."""
    try:
        return _load(known_language(language), pipeline), []
    except Exception as error:  # the name can be any package, and its load() can fail in any way
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        return None, [_pipeline_problem(pipeline, f"cannot be loaded: {first}")]


@cache
def _load(language: str, pipeline: str) -> Any:
    import spacy

    nlp = spacy.blank(language) if pipeline == BLANK else spacy.load(pipeline, exclude=["ner"])
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        nlp.add_pipe("sentencizer")
    return nlp


def segment(source: Source, nlp: Any) -> Segments:
    """The words and sentences of the text paragraphs of a source; headings and speaker labels are left out.

    No sentence crosses a paragraph. Every span, cut out of the text, is the word itself.
    """
    paragraphs = [p for p in source.structure.paragraphs if not p.is_heading and p.body < p.end]
    spans: list[tuple[int, int]] = []
    lemmas: list[str] = []
    sentences: list[tuple[int, int, int]] = []
    docs = nlp.pipe(source.text[p.body : p.end] for p in paragraphs)
    for paragraph, doc in zip(paragraphs, docs, strict=True):
        pieces = [token for token in doc if not token.is_space]
        if not pieces:
            continue
        words = _whole_words(pieces)
        cut = [token.text if n == 1 else doc.text[s:e] for token, n, s, e in words]
        spaced = [i > 0 and words[i][2] > words[i - 1][3] for i in range(len(words))]
        said = [bool(token.is_sent_start) for token, _, _, _ in words]
        first = len(spans)
        starts = sentence_starts(cut, spaced, said, ordinals=doc.lang_ != "de")
        ends = [*starts[1:], len(words)]
        sentences += [(first + s, first + e, paragraph.number) for s, e in zip(starts, ends, strict=True)]
        spans += [(paragraph.body + s, paragraph.body + e) for _, _, s, e in words]
        if pieces[0].lemma_:
            lemmas += [_lemma(doc, token, n, s, e) for token, n, s, e in words]
    return Segments(tuple(spans), tuple(sentences), tuple(lemmas) if len(lemmas) == len(spans) else ())


def _whole_words(pieces: Sequence[Any]) -> list[tuple[Any, int, int, int]]:
    """`(first piece, pieces, start, end)`: `it-system` and `mother's` are one word in every language.

    spaCy cuts such words in English and German, and leaves them whole in Danish. A pattern's word has to mean
    the same in all of them.
    """
    words: list[tuple[Any, int, int, int]] = []
    text = pieces[0].doc.text
    open_end = -1
    for piece in pieces:
        start, end = piece.idx, piece.idx + len(piece)
        if start < open_end:
            token, n, first, _ = words[-1]
            words[-1] = (token, n + 1, first, end)
            continue
        words.append((piece, 1, start, end))
        whole = _WORD.match(text, start)
        open_end = whole.end() if whole and whole.end() > end else -1
    return words


def _lemma(doc: Any, token: Any, n: int, start: int, end: int) -> str:
    if n == 1:
        return str(token.lemma_).lower()
    last = doc[token.i + n - 1]
    is_ending = "'" in last.text or "’" in last.text
    whole: str = token.lemma_ if is_ending else doc.text[start : last.idx] + last.lemma_
    return whole.lower()


def sentence_starts(
    words: Sequence[str], spaced: Sequence[bool], said: Sequence[bool], ordinals: bool = True
) -> list[int]:
    """Where sentences begin in one paragraph: what the splitter `said`, mended.

    `spaced[i]` tells whether there is white space before word `i`. With `ordinals`, `4.` before a capital
    ends a sentence (not in German, where nouns have capitals). The rules:

    - An opening quotation mark, bracket or dash belongs to the sentence that follows it.
    - A sentence does not begin with a small letter: `»Kom!« råbte han`, `cand.jur. og`.
    - `osv.`, `m.fl.`, `kr.` and the like, a numeral with its full stop, and `…` directly after a word end a
      sentence if a capital follows. A numeral that begins a sentence is the number of a list.
    - A quotation of up to 300 characters is kept whole, with its closing mark.
    """
    opens, closes = _quotation_marks(words, spaced)
    starts = {0}
    for at in range(1, len(words)):
        if not said[at] and not _ends_after_all(words, spaced, at, starts, ordinals):
            continue
        begin = at
        while begin > 0 and (begin - 1 in opens or words[begin - 1] in _OPENING or _is_dash(words, spaced, begin - 1)):
            begin -= 1
        while begin < len(words) and (begin in closes or words[begin] in _CLOSING):
            begin += 1
        if begin < len(words) and not _first_letter(words, begin).islower():
            starts.add(begin)
    for first, last in _quotations(opens, closes):
        if sum(len(word) + 1 for word in words[first : last + 1]) <= LONGEST_QUOTE:
            starts -= set(range(first + 1, last + 1))
    return sorted(starts)


def _ends_after_all(
    words: Sequence[str], spaced: Sequence[bool], at: int, starts: Iterable[int], ordinals: bool
) -> bool:
    """Whether a sentence ends before word `at` though the splitter did not see it."""
    if not spaced[at] or not _first_letter(words, at).isupper():
        return False
    last = at - 1
    while last > 0 and not spaced[last] and (words[last] in _QUOTES or words[last] in _CLOSING_BRACKETS):
        last -= 1
    word = words[last].lower()
    if word in _FINAL:
        return True
    if word in ("…", "..."):
        return last > 0 and not spaced[last]
    if word.endswith("…"):
        return True
    return ordinals and bool(_NUMERAL.fullmatch(word)) and last not in starts


def _quotation_marks(words: Sequence[str], spaced: Sequence[bool]) -> tuple[set[int], set[int]]:
    """Which marks open and which close a quotation.

    White space decides: »…« and «…» are both in use, and Danish writes ”…” with the same mark twice.
    """
    opens, closes = set(), set()
    for at, word in enumerate(words):
        if word not in _QUOTES:
            continue
        if at == 0 or spaced[at] or words[at - 1] in _OPENING or at - 1 in opens:
            opens.add(at)
        else:
            closes.add(at)
    return opens, closes


def _quotations(opens: set[int], closes: set[int]) -> list[tuple[int, int]]:
    """`(opening mark, closing mark)` of every quotation, without those inside another."""
    found: list[tuple[int, int]] = []
    first = -1
    for at in sorted(opens | closes):
        if at in opens and first < 0:
            first = at
        elif at in closes and first >= 0:
            found.append((first, at))
            first = -1
    return found


def _is_dash(words: Sequence[str], spaced: Sequence[bool], at: int) -> bool:
    return words[at] in _DASHES and (at == 0 or spaced[at])


def _first_letter(words: Sequence[str], at: int) -> str:
    """The first letter or digit at or after `at`, past opening marks; empty where a paragraph ends before."""
    for word in words[at : at + 4]:
        if word[0].isalnum():
            return word[0]
    return ""
