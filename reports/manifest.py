"""build/manifest.json: what a build was made from and what it wrote, so that anyone can see whether it still follows.

Inputs are named by a digest of what they mean: line ends do not count, and of a coder's log only the set of its
lines. A changed past (a log line altered or taken out) changes the digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from coding.anchors import ANCHORS_FOLDER, anchor_files, anchors_file
from coding.log import CODINGS_FOLDER, log_file, log_files
from corpus.case_tables.table import TABLES_FOLDER
from corpus.files import files_below, printable, sha256
from corpus.places import PLACES_FOLDER
from corpus.source import SOURCES_FOLDER
from reports.charts_file import CHARTS_FOLDER
from reports.findings_file import FINDINGS_FOLDER

BUILD_FOLDER = "build"
MANIFEST_FILE = "manifest.json"
_STUDY_FILES = ("study.toml", "cases.csv", "guide.md", "codebook.yaml")


class Manifest(msgspec.Struct, frozen=True):
    """Inputs and outputs of a build: path relative to the study folder → sha256."""

    format: str
    tool: str
    coders: tuple[str, ...]
    pipeline: str
    events: str
    errors: int
    inputs: dict[str, str]
    outputs: dict[str, str]


def input_digests(root: Path) -> dict[str, str]:
    """Digest of every file that the reports rest on. All coders' logs are among them: the sources show all codings."""
    paths = [root / name for name in _STUDY_FILES if (root / name).is_file()]
    paths += [*files_below(root / SOURCES_FOLDER, ".md"), *files_below(root / PLACES_FOLDER, ".csv")]
    paths += [path for folder in (CHARTS_FOLDER, FINDINGS_FOLDER) for path in files_below(root / folder, ".yaml")]
    paths += [path for suffix in (".csv", ".yaml") for path in files_below(root / TABLES_FOLDER, suffix)]
    files = {path.relative_to(root).as_posix(): path for path in paths}
    files |= {log_file(coder, source): path for coder, source, path in log_files(root)}
    files |= {anchors_file(source): path for source, path in anchor_files(root).items()}
    return {printable(file): _digest_of(file, path) for file, path in files.items()}


def _digest_of(file: str, path: Path) -> str:
    """Digest of an input; of one that cannot be read (a broken link, a folder) that it cannot."""
    try:
        return input_digest(file, path.read_bytes())
    except OSError:
        return "unreadable"


def input_digest(file: str, data: bytes) -> str:
    """Digest of one input by what it means: line ends do not count, nor in a log the order of its lines."""
    return sha256(event_set(data) if is_log(file) else data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"))


def is_log(file: str) -> bool:
    """Whether an input is only ever appended to: a coder's log, or decisions on where codings went."""
    return file.startswith((f"{CODINGS_FOLDER}/", f"{ANCHORS_FOLDER}/"))


def event_set(data: bytes) -> bytes:
    """The lines of a log as a set: sorted, each once."""
    return b"\n".join(sorted({line.strip() for line in data.split(b"\n")} - {b""}))


def events_digest(inputs: Mapping[str, str]) -> str:
    """One digest of all logs among the inputs."""
    logs = sorted(f"{file} {digest}\n" for file, digest in inputs.items() if is_log(file))
    return hashlib.sha256("".join(logs).encode()).hexdigest()


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as it is written: indented, keys of inputs and outputs sorted."""
    ordered = msgspec.structs.replace(
        manifest,
        inputs=dict(sorted(manifest.inputs.items())),
        outputs=dict(sorted(manifest.outputs.items())),
    )
    return msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n"


def read_manifest(root: Path) -> Manifest | None:
    """The manifest of the last build, or None where there is none that can be read."""
    try:
        return msgspec.json.decode((root / BUILD_FOLDER / MANIFEST_FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def changed_inputs(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """In words, which inputs differ: `changed: x`, `new: x`, `gone: x`."""
    return [
        f"{'new' if file not in old else 'gone' if file not in new else 'changed'}: {file}"
        for file in sorted({*old, *new})
        if old.get(file) != new.get(file)
    ]
