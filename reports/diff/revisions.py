"""What `crosscase diff` compares, read: the study as it is, another copy, a git revision, a build, or a matrix.json."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from coding.anchors import ANCHORS_FOLDER, anchors_file
from coding.coded_study import matrix_coders
from coding.log import CODINGS_FOLDER, LogLine, log_file, log_files, read_log
from corpus.case_tables.table import TABLES_FOLDER
from corpus.cases import CASES_FILE
from corpus.files import sha256, shown
from corpus.places import PLACES_FOLDER, PlacesOfSources
from corpus.problems import errors
from corpus.source import SOURCES_FOLDER
from corpus.study import STUDY_FILE
from reports.aggregate import compare
from reports.build import tool_version
from reports.charts_file import CHARTS_FOLDER
from reports.diff.changes import Version
from reports.diff.git_files import GitError, commit_of, contents, files_in, repository_of
from reports.diff.recovered import is_inside, write_recovered
from reports.diff.side import Side
from reports.findings_file import FINDINGS_FOLDER
from reports.json_file import MatrixJson, matrix_value
from reports.manifest import BUILD_FOLDER, MANIFEST_FILE, Manifest, input_digests
from reports.whole_study import read_whole_study

T = TypeVar("T")

MATRIX_FILE = "matrix.json"
_FILES = (STUDY_FILE, CASES_FILE, "guide.md", "codebook.yaml")
_FOLDERS = (f"{SOURCES_FOLDER}/", f"{PLACES_FOLDER}/", f"{CODINGS_FOLDER}/", f"{ANCHORS_FOLDER}/",
            f"{TABLES_FOLDER}/", f"{CHARTS_FOLDER}/", f"{FINDINGS_FOLDER}/")  # fmt: skip
_ENOUGH = 0.5
"""The share of a build's inputs that has to be found for its study to be read as it was."""


class CannotCompare(Exception):
    """What was named cannot be compared; the message says why and what can be done."""


class _Opened(msgspec.Struct):
    """A side whose files are on disk: a folder with a study (`root`), a matrix and manifest, or both.

    `home` is the study that a build lies in, if any.
    """

    label: str
    kind: Literal["study", "revision", "build"]
    root: Path | None = None
    home: Path | None = None
    matrix: MatrixJson | None = None
    manifest: Manifest | None = None
    unread: tuple[str, ...] = ()


def read_sides(old: str, new: str, root: Path | None) -> tuple[Side, Side]:
    """Both sides of a comparison, with what their causes are found by. Raises CannotCompare.

    Each is `now`, `build` (of the study in `root`), a folder with a study or a build, a matrix.json, or a git revision
    of the study in `root` (`HEAD~3`, `v1`, `REV:path`).
    """
    with ExitStack() as stack:
        one, other = (_opened(name, root, stack) for name in (old, new))
        for side, beside in ((one, other), (other, one)):
            if side.kind == "build":
                _recover(side, _homes(side, beside, root), stack)
        read = [_version(side.root) if side.root else None for side in (one, other)]
        if read[0] and read[1] and one.root and other.root:
            with_logs = _with_logs(one.root, other.root, (read[0][0], read[1][0]))
            read = [(version, n) for version, (_, n) in zip(with_logs, (read[0], read[1]), strict=True)]
        sides = _side(one, read[0]), _side(other, read[1])
    filters = [", ".join(side.matrix.filters) or "everything" for side in sides]
    if filters[0] != filters[1]:
        raise CannotCompare(
            f"One side shows {filters[0]}, the other {filters[1]}: compare matrices of the same part of the material."
        )
    return sides


# Finding and opening what is named


def _opened(name: str, root: Path | None, stack: ExitStack) -> _Opened:
    if name in ("now", "build"):
        if root is None:
            raise CannotCompare(f"'{name}' is that of a study. Go to its folder, or name it with --study DIR.")
        return _Opened("now", "study", root) if name == "now" else _build(root / BUILD_FOLDER, "build")
    path = Path(name)
    if path.is_dir() and (path / STUDY_FILE).is_file():
        return _Opened(shown(path), "study", path.resolve())
    if path.exists():
        return _build(path, shown(path))
    return _revision(name, root, stack)


def _build(path: Path, label: str) -> _Opened:
    """A build folder, or a matrix.json with or without the manifest beside it."""
    file = path if path.is_file() else path / MATRIX_FILE
    matrix, manifest = _decoded(file, MatrixJson), _decoded(file.with_name(MANIFEST_FILE), Manifest)
    if matrix is None and file.exists():
        raise CannotCompare(f"{shown(file)} is no matrix.json that this version of crosscase can read.")
    if matrix is not None and manifest is not None and sha256(file.read_bytes()) not in manifest.outputs.values():
        if path != file and MATRIX_FILE not in manifest.outputs:
            matrix = None  # left from an earlier build: the last one wrote other kinds of files
        else:
            manifest = None  # it says nothing about the inputs of this matrix
    if matrix is None and manifest is None:
        if label == "build":
            raise CannotCompare("Nothing has been built yet: run crosscase build, or name two sides to compare.")
        raise CannotCompare(f"'{label}' is neither a study ({STUDY_FILE}) nor a build ({MATRIX_FILE}).")
    above = file.resolve().parent.parent
    return _Opened(label, "build", None, above if (above / STUDY_FILE).is_file() else None, matrix, manifest)


def _decoded(path: Path, type_: type[T]) -> T | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=type_)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _revision(name: str, root: Path | None, stack: ExitStack) -> _Opened:
    """The study as git has it, written to a folder of its own for as long as it is read."""
    try:
        return _checked_out(name, root or Path.cwd(), stack)
    except GitError as error:
        raise CannotCompare(f"There is no folder '{name}', and it is no git revision either: {error}.") from error


def _checked_out(name: str, root: Path, stack: ExitStack) -> _Opened:
    revision, colon, path = name.partition(":")
    top, prefix = repository_of(root)
    commit = commit_of(top, revision)
    if commit is None:
        raise CannotCompare(f"'{name}' is no folder here and no revision that git knows (git log shows them).")
    if colon:
        path = prefix + path[2:] if path.startswith("./") else path
        prefix = path.strip("/") + "/" if path.strip("/") else ""
    files = {file: id for file, id in files_in(top, commit.id, prefix).items() if _is_input(file)}
    if STUDY_FILE not in files:
        at = f"in {prefix.rstrip('/')} " if prefix else ""
        raise CannotCompare(f"{revision} has no {STUDY_FILE} {at}(a study that stood elsewhere: {revision}:FOLDER).")
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crosscase-")))
    for file, content in zip(files, contents(top, list(files.values())), strict=True):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(content or b"")
    subject = commit.subject if len(commit.subject) <= 50 else commit.subject[:49] + "…"
    return _Opened(f"{name} ({commit.short}, {commit.date}: {subject})", "revision", folder)


def _is_input(file: str) -> bool:
    """Whether a matrix rests on the file; originals, builds and private files are left where they are."""
    return is_inside(file) and (file in _FILES or file.startswith(_FOLDERS)) and "/." not in file


# The study behind a build


def _homes(build: _Opened, other: _Opened, root: Path | None) -> list[Path]:
    """Studies that may still have what a build was made from: the one it lies in, that at hand, the other side."""
    return list(dict.fromkeys(home for home in (build.home, root, other.home, other.root) if home))


def _recover(build: _Opened, homes: Sequence[Path], stack: ExitStack) -> None:
    """Read the study of a build as it was, as far as its inputs can still be had; else leave the build alone."""
    if build.manifest is not None and homes:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crosscase-")))
        build.unread = write_recovered(homes, build.manifest.inputs, folder)
        found = len(build.manifest.inputs) - len(build.unread)
        if found > _ENOUGH * len(build.manifest.inputs) and (folder / STUDY_FILE).is_file():
            build.root = folder
    if build.matrix is None and (build.root is None or build.unread):
        raise CannotCompare(f"'{build.label}' has no {MATRIX_FILE}, and what it was made from is no longer to be had.")


# Reading


def _version(root: Path) -> tuple[Version, int]:
    """The study in `root` with its matrices, and how many errors it has; what they concern is left out."""
    whole, problems = read_whole_study(root)
    coded = whole.coded
    if isinstance(coded.study.places, PlacesOfSources):
        coded.study.places.read_all()  # the folder of a revision is gone when they are asked for
    coders, faults = matrix_coders(coded)
    matrix, framework, more = compare(coded, coders)
    return Version(coded, coders, matrix, framework, whole), len(errors([*problems, *faults, *more]))


def _side(opened: _Opened, read: tuple[Version, int] | None) -> Side:
    version, n_errors = read or (None, 0)
    matrix = opened.matrix
    if matrix is None:
        assert version is not None
        matrix = matrix_value(version.matrix, version.coded.study)
    manifest = opened.manifest
    inputs = manifest.inputs if manifest else input_digests(opened.root) if opened.root else {}
    tool = manifest.tool if manifest else tool_version()
    return Side(
        opened.label, opened.kind, matrix, version, inputs, opened.unread, tool, 0 if opened.unread else n_errors
    )


def _with_logs(old: Path, new: Path, versions: tuple[Version, Version]) -> tuple[Version, Version]:
    """The versions with those logs that differ, or whose source has another text or other decisions about it."""
    digests = input_digests(old), input_digests(new)
    texts = [version.coded.study.source_by_id for version in versions]
    keys = {(coder, source) for root in (old, new) for coder, source, _ in log_files(root)}
    wanted = [
        (coder, source)
        for coder, source in sorted(keys)
        if any(digests[0].get(file) != digests[1].get(file) for file in (log_file(coder, source), anchors_file(source)))
        or (source in texts[0] and source in texts[1] and texts[0][source].text != texts[1][source].text)
    ]
    before, after = ({key: _log(root, *key) for key in wanted} for root in (old, new))
    return msgspec.structs.replace(versions[0], logs=before), msgspec.structs.replace(versions[1], logs=after)


def _log(root: Path, coder: str, source: str) -> list[LogLine]:
    file = log_file(coder, source)
    return read_log(root / file, file)[0]
