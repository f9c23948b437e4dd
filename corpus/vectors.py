"""Words as vectors, from a static model that study.toml names: a spaCy package or pipeline, or a text file of
word2vec, GloVe or fastText (.vec, .txt, also .gz).

Only the words that a study needs are kept. A text file of two million words takes minutes to read, so what was found is
kept in .crosscase/vectors; without that folder the work is done again, with the same result.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from corpus.files import sha256, write_whole
from corpus.problems import Problem
from corpus.segment import named_model, pipeline_version
from corpus.study import CACHE_FOLDER, STUDY_FILE, Study

VECTORS_FOLDER = f"{CACHE_FOLDER}/vectors"
TEXT_FILES = (".vec", ".txt", ".gz")
_MOST_DIMENSIONS = 5000


class WordVectors(msgspec.Struct, frozen=True):
    """The vectors of a study's words. `version` tells two models of the same name apart; `values` is a matrix, words ×
    dimensions, whose rows `rows` names by the word in small letters."""

    name: str
    version: str
    rows: dict[str, int]
    values: Any


class _Kept(msgspec.Struct, frozen=True):
    """What was found in a text file, as it lies on disk: `values` are 4-byte numbers, `asked` all words looked for."""

    digest: str
    dimensions: int
    asked: list[str]
    words: list[str]
    values: bytes


def check_embeddings(study: Study) -> list[Problem]:
    """A model that study.toml names and that is not there; nothing else is used in its place."""
    name = study.settings.suggest.embeddings
    if not name:
        return []
    if is_text_file(name):
        return [] if (study.root / name).is_file() else [_problem(name, "is not a file")]
    if pipeline_version(named_model(name, study.root)):
        return []
    return [_problem(name, "is neither installed nor a text file of vectors (.vec, .txt, .gz) nor a pipeline's folder")]


def is_text_file(name: str) -> bool:
    """Whether a model of this name is a text file of vectors."""
    return name.lower().endswith(TEXT_FILES)


def read_vectors(study: Study, words: Iterable[str]) -> tuple[WordVectors | None, list[Problem]]:
    """The vectors of these words by the model that study.toml names; None where it names none or it cannot be used."""
    name = study.settings.suggest.embeddings
    problems = check_embeddings(study)
    if not name or problems:
        return None, problems
    wanted = {word.lower() for word in words}
    try:
        found = _from_file(study.root, name, wanted) if is_text_file(name) else _from_spacy(study.root, name, wanted)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        return None, [_problem(name, f"cannot be read: {str(error).splitlines()[0] if str(error) else error}")]
    except Exception as error:  # the name can be any package, and its load() can fail in any way
        return None, [_problem(name, f"cannot be loaded: {type(error).__name__}")]
    if wanted and not found.rows:
        return None, [_problem(name, f"has none of the {len(wanted)} words that are looked for: another language?")]
    return found, []


def _problem(name: str, said: str) -> Problem:
    return Problem(STUDY_FILE, 0, "missing-embeddings", f"[suggest] embeddings '{name}' {said}")


def _from_spacy(root: Path, name: str, wanted: set[str]) -> WordVectors:
    import numpy as np
    import spacy

    place = named_model(name, root)
    vocab = spacy.load(place).vocab
    if not vocab.vectors_length:
        raise ValueError("it has no vectors of words")
    found = {}
    for word in sorted(wanted):
        as_written = next((w for w in (word, word.capitalize()) if vocab.has_vector(w)), None)
        if as_written is not None:
            found[word] = np.asarray(vocab.get_vector(as_written), dtype=np.float32)
    return _vectors(Path(name).name, pipeline_version(place) or "", found, vocab.vectors_length)


def _vectors(name: str, version: str, found: dict[str, Any], dimensions: int) -> WordVectors:
    import numpy as np

    words = sorted(found)
    values = np.stack([found[word] for word in words]) if words else np.zeros((0, dimensions), dtype=np.float32)
    return WordVectors(name, version, {word: row for row, word in enumerate(words)}, values)


def _from_file(root: Path, name: str, wanted: set[str]) -> WordVectors:
    import numpy as np

    path = root / name
    stat = path.stat()
    place = root / VECTORS_FOLDER / f"{sha256(f'{name} {stat.st_size} {stat.st_mtime_ns}')[:40]}.msgpack"
    kept = _kept(place)
    if kept is None or not wanted <= set(kept.asked):
        kept = _read_file(path, wanted | set(kept.asked if kept else ()))
        _write(place, kept)
    values = np.frombuffer(kept.values, dtype="<f4").reshape(len(kept.words), kept.dimensions)
    found = {word: row for word, row in zip(kept.words, values, strict=True) if word in wanted}
    return _vectors(path.name, kept.digest, found, kept.dimensions)


def _kept(place: Path) -> _Kept | None:
    try:
        kept = msgspec.msgpack.decode(place.read_bytes(), type=_Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    return kept if len(kept.values) == 4 * len(kept.words) * kept.dimensions else None


def _write(place: Path, kept: _Kept) -> None:
    """Keep what was found; a study that cannot be written to works all the same."""
    try:
        write_whole(place, msgspec.msgpack.encode(kept), durable=False)
    except OSError:
        return


def _read_file(path: Path, wanted: set[str]) -> _Kept:
    """The vectors of the wanted words, and a digest of the whole file.

    Of two spellings, `Sag` and `sag`, the one in small letters counts; of two lines of one word the first, as files are
    sorted by how frequent words are. A first line of two numbers is a heading.
    """
    import numpy as np

    digest = hashlib.sha256()
    found: dict[str, Any] = {}
    small: set[str] = set()
    dimensions = 0
    for number, line in enumerate(_lines(path, digest.update)):
        start, _, rest = line.strip().partition(b" ")
        if number == 0 and start.isdigit() and rest.isdigit():
            continue
        word = start.decode("utf-8", "replace")
        key = word.lower()
        if dimensions and (key not in wanted or key in small or (key in found and word != key)):
            continue
        values = _numbers(rest)
        if not dimensions and values is not None and len(values) > 1:
            dimensions = len(values)
        if values is not None and len(values) == dimensions and key in wanted:
            found[key] = values
            small |= {key} if word == key else set()
    if not dimensions:
        raise ValueError("no line of it is a word and its numbers")
    words = sorted(found)
    values = np.stack([found[word] for word in words]).astype("<f4") if words else np.zeros((0, dimensions), "<f4")
    return _Kept(digest.hexdigest()[:12], dimensions, sorted(wanted), words, values.tobytes())


def _numbers(text: bytes) -> Any | None:
    """The numbers of a line; None where one of its words is no number, or it has too many."""
    import numpy as np

    parts = text.split()
    if len(parts) > _MOST_DIMENSIONS:
        return None
    try:
        values = np.array([float(part) for part in parts], dtype=np.float32)
    except ValueError:
        return None
    return values if np.isfinite(values).all() else None


def _lines(path: Path, seen: Callable[[bytes], object]) -> Iterator[bytes]:
    """The lines of a file that may be compressed; every byte as it lies on disk is shown to `seen` first."""
    with path.open("rb") as raw:
        while part := raw.read(1 << 20):
            seen(part)
    with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
        yield from file
