"""From a study to the files in build/: computed in memory, compared, and written whole."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from coding.checks import check_study
from coding.coded_study import CodedStudy, coders_for, matrix_coders
from coding.log import coder_ids
from corpus.files import sha256, write_whole
from corpus.problems import Problem, errors
from corpus.study import read_settings
from reports.manifest import (
    BUILD_FOLDER,
    MANIFEST_FILE,
    Manifest,
    changed_inputs,
    events_digest,
    input_digests,
    manifest_bytes,
    read_manifest,
)

Progress = Callable[[str], None]


class Build(msgspec.Struct, frozen=True):
    """What a build did. `written` and `unchanged` are files below build/; empty where errors stopped it."""

    problems: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    stopped: bool = False


def tool_version() -> str:
    """`crosscase 0.1.0`."""
    return f"crosscase {importlib.metadata.version('crosscase')}"


def is_up_to_date(root: Path) -> bool:
    """Whether the last build is of this version, from these inputs, and its files are as it left them."""
    manifest = read_manifest(root)
    settings, faults = read_settings(root)
    if manifest is None or settings is None or faults or manifest.tool != tool_version():
        return False
    if manifest.coders != coders_for(settings, coder_ids(root)):
        return False
    return manifest.inputs == input_digests(root) and not _altered(root, manifest)


def _altered(root: Path, manifest: Manifest) -> list[str]:
    """Outputs that are gone or are not as the build wrote them."""
    return [name for name, digest in manifest.outputs.items() if _digest(root / BUILD_FOLDER / name) != digest]


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def build(root: Path, with_problems: bool = False, progress: Progress = lambda _: None) -> Build:
    """Write every report of the study in `root` to build/.

    Errors stop it before anything is written, unless `with_problems`: then what they concern is left out, and the
    reports say how many there are. Raises OSError where a file cannot be written; the manifest is written last.
    """
    progress("reading and checking")
    coded, problems = check_study(root)
    coders, _ = matrix_coders(coded)
    if errors(problems) and (not with_problems or not coders):
        return Build(tuple(problems), stopped=True)
    made, manifest = _made(root, coded, coders, problems, progress)
    old = read_manifest(root)
    progress("writing")
    written, unchanged = [], []
    for name, data in {**made, MANIFEST_FILE: manifest_bytes(manifest)}.items():
        path = root / BUILD_FOLDER / name
        if _digest(path) == sha256(data):
            unchanged.append(name)
        else:
            write_whole(path, data)
            written.append(name)
    for name in set(old.outputs if old else ()) - set(made):
        _inside(root, name).unlink(missing_ok=True)
    return Build(tuple(problems), tuple(written), tuple(unchanged))


def _inside(root: Path, name: str) -> Path:
    """A file below build/; a manifest that names anything else is not followed."""
    path = (root / BUILD_FOLDER / name).resolve()
    return path if path.is_relative_to((root / BUILD_FOLDER).resolve()) else root / BUILD_FOLDER / ".none"


def _made(
    root: Path, coded: CodedStudy, coders: Sequence[str], problems: Sequence[Problem], progress: Progress
) -> tuple[dict[str, bytes], Manifest]:
    """Every output, and the manifest that names it."""
    made = outputs(coded, coders, len(errors(problems)), progress)
    inputs = input_digests(root)
    digests = {name: sha256(data) for name, data in made.items()}
    manifest = Manifest("crosscase-build/1", tool_version(), tuple(coders), coded.study.settings.nlp.pipeline,
                        events_digest(inputs), inputs, digests)  # fmt: skip
    return made, manifest


def outputs(
    coded: CodedStudy, coders: Sequence[str], n_errors: int = 0, progress: Progress = lambda _: None
) -> dict[str, bytes]:
    """Every report as bytes: file name below build/ → content. Equal studies give equal bytes on any machine."""
    from reports import csv_files, html, json_file, markdown, xlsx
    from reports.aggregate import compare
    from reports.view import report

    progress("comparing groups")
    matrix, framework, _ = compare(coded, coders)
    view = report(coded, matrix, framework, n_errors)
    made: dict[str, bytes] = {}
    writers: Mapping[str, Callable[[], bytes]] = {
        "matrix.html": lambda: html.html_bytes(view),
        "matrix.xlsx": lambda: xlsx.xlsx_bytes(view),
        "matrix.md": lambda: markdown.matrix_md(view),
        "matrix.json": lambda: json_file.matrix_json(matrix, coded.study),
        "codebook.md": lambda: markdown.codebook_md(view),
        "codebook.csv": lambda: csv_files.codebook_csv(view),
        "excerpts.csv": lambda: csv_files.excerpts_csv(view),
    }
    for name, write in writers.items():
        progress(name)
        made[name] = write()
    return made


class Check(msgspec.Struct, frozen=True):
    """Whether the files in build/ follow from the study. `differing` are files that do not, `reasons` say why."""

    problems: tuple[Problem, ...]
    differing: tuple[str, ...]
    reasons: tuple[str, ...]


def check_build(root: Path, with_problems: bool = False, progress: Progress = lambda _: None) -> Check:
    """Compute every report anew, compare it with build/, and write nothing."""
    manifest = read_manifest(root)
    if manifest is None:
        return Check((), (f"{BUILD_FOLDER}/{MANIFEST_FILE}",), ("nothing has been built yet, or its manifest is gone",))
    coded, problems = check_study(root)
    coders, _ = matrix_coders(coded)
    if errors(problems) and (not with_problems or not coders):
        return Check(tuple(problems), (f"{BUILD_FOLDER}/",), ("the study has errors now",))
    made, now = _made(root, coded, coders, problems, progress)
    folder = root / BUILD_FOLDER
    made[MANIFEST_FILE] = manifest_bytes(now)
    differing = [
        f"{BUILD_FOLDER}/{name}" for name, data in sorted(made.items()) if _digest(folder / name) != sha256(data)
    ]
    return Check(tuple(problems), tuple(differing), tuple(_reasons(root, manifest, now) if differing else ()))


def _reasons(root: Path, old: Manifest, now: Manifest) -> list[str]:
    reasons = changed_inputs(old.inputs, now.inputs)
    if old.coders != now.coders:
        reasons.append(f"the matrix is now filled by {', '.join(now.coders)}, it was by {', '.join(old.coders)}")
    if old.tool != now.tool:
        reasons.append(f"built by {old.tool}, this is {now.tool}")
    for name in _altered(root, old):
        gone = not (root / BUILD_FOLDER / name).exists()
        reasons.append(f"{BUILD_FOLDER}/{name} {'is gone' if gone else 'was changed after it was built'}")
    return reasons or ["another version of a library wrote these files (see requirements.lock)"]
