"""From a study to the files in build/: computed in memory, compared, and written whole.

A build may be of some kinds of file only. Of the others the manifest then keeps what was built from the same inputs by
the same version; a file that was built from others is no longer named in it. Such a *stale* file stays where it is and
is reported, by the build and by every check, until a build of its kind renews it or someone removes it.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec

from coding.coded_study import coders_for
from coding.log import coder_ids
from corpus.collector import collector_paused
from corpus.files import sha256, write_whole
from corpus.problems import Problem, errors
from corpus.study import read_settings
from reports.kept_inputs import keep_inputs
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
from reports.outputs import KINDS, OUTPUTS, PUBLIC_FILES, Progress, names_of, outputs
from reports.private_names import private_names_in
from reports.verify.study import verified_study
from reports.whole_study import WholeStudy


class Build(msgspec.Struct, frozen=True):
    """What a build did. `written` and `unchanged` are files below build/; empty where errors stopped it.

    `stale` are files below build/ that are left from an earlier build, as they were not asked for. `withheld`: reports
    for the public were not written, since they would hold a real name.
    """

    problems: tuple[Problem, ...] = ()
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    stopped: bool = False
    withheld: bool = False


def tool_version() -> str:
    """`crosscase 0.1.0`."""
    return f"crosscase {importlib.metadata.version('crosscase')}"


def is_up_to_date(root: Path, kinds: Collection[str] = (), with_problems: bool = False) -> bool:
    """Whether the last build is of this version, from these inputs, and its files are as it left them.

    With `kinds`: whether that holds for every file of these kinds, whatever became of the others. Without: whether it
    holds for the files that were built, be they all or some, and none beside them is stale. A build in spite of errors
    is up to date only for those who ask for one.
    """
    manifest = read_manifest(root)
    settings, faults = read_settings(root)
    if manifest is None or settings is None or errors(faults) or manifest.tool != tool_version():
        return False
    if manifest.coders != coders_for(settings, coder_ids(root)) or manifest.inputs != input_digests(root):
        return False
    if manifest.errors and not with_problems:
        return False
    names = names_of(kinds) if kinds else tuple(manifest.outputs)
    if not kinds and stale_files(root):
        return False
    if private_names_in(root, {name: _content(root, name) for name in PUBLIC_FILES if name in names}):
        return False
    return set(names) <= set(manifest.outputs) and not set(names) & set(_altered(root, manifest))


def stale_files(root: Path) -> tuple[str, ...]:
    """Reports that are in build/, though the manifest does not name them: they are of an earlier build."""
    manifest = read_manifest(root)
    named = manifest.outputs if manifest else {}
    return tuple(name for name in OUTPUTS if name not in named and (root / BUILD_FOLDER / name).is_file())


def _altered(root: Path, manifest: Manifest) -> list[str]:
    """Outputs that are gone or are not as the build wrote them."""
    return [name for name, digest in manifest.outputs.items() if _digest(root / BUILD_FOLDER / name) != digest]


def _content(root: Path, name: str) -> bytes:
    """A file below build/; empty where there is none."""
    try:
        return (root / BUILD_FOLDER / name).read_bytes()
    except OSError:
        return b""


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


@collector_paused()
def build(
    root: Path, with_problems: bool = False, progress: Progress = lambda _: None, kinds: Collection[str] = KINDS
) -> Build:
    """Write every report of the study in `root` to build/, or those of some kinds.

    Errors stop it before anything is written, unless `with_problems`: then what they concern is left out, and the
    reports say how many there are. A report for the public that holds a real name is not written, and one
    of an earlier build is removed. Raises OSError where a file cannot be written; the manifest is written last.
    """
    progress("reading and checking")
    whole, problems = verified_study(root)
    coders = whole.coders
    if errors(problems) and (not with_problems or not coders):
        return Build(tuple(problems), stopped=True)
    made, manifest = _made(root, whole, coders, problems, names_of(kinds), progress)
    private = private_names_in(root, {name: made[name] for name in PUBLIC_FILES if name in made})
    if private:
        made = {name: data for name, data in made.items() if name not in PUBLIC_FILES}
        manifest = msgspec.structs.replace(manifest, outputs={n: d for n, d in manifest.outputs.items() if n in made})
    old = read_manifest(root)
    manifest = _with_kept(manifest, old, PUBLIC_FILES if private else ())
    progress("writing")
    written, unchanged = [], []
    for name, data in {**made, MANIFEST_FILE: manifest_bytes(manifest)}.items():
        path = root / BUILD_FOLDER / name
        if _digest(path) == sha256(data):
            unchanged.append(name)
        else:
            write_whole(path, data)
            written.append(name)
    gone = set(old.outputs if old else ()) - set(OUTPUTS)
    for name in gone | (set(PUBLIC_FILES) if private else set()):
        _inside(root, name).unlink(missing_ok=True)
    keep_inputs(root, manifest.inputs)
    return Build((*problems, *private), tuple(written), tuple(unchanged), stale_files(root), withheld=bool(private))


def _with_kept(manifest: Manifest, old: Manifest | None, withheld: Collection[str]) -> Manifest:
    """The manifest, with the outputs of the last build that it does not name if they are from the same inputs."""
    if old is None or msgspec.structs.replace(old, outputs={}) != msgspec.structs.replace(manifest, outputs={}):
        return manifest
    kept = {name: digest for name, digest in old.outputs.items() if name in OUTPUTS and name not in withheld}
    return msgspec.structs.replace(manifest, outputs=kept | manifest.outputs)


def _inside(root: Path, name: str) -> Path:
    """A file below build/; a manifest that names anything else is not followed."""
    path = (root / BUILD_FOLDER / name).resolve()
    return path if path.is_relative_to((root / BUILD_FOLDER).resolve()) else root / BUILD_FOLDER / ".none"


def _made(
    root: Path,
    whole: WholeStudy,
    coders: Sequence[str],
    problems: Sequence[Problem],
    names: Collection[str],
    progress: Progress,
) -> tuple[dict[str, bytes], Manifest]:
    """The outputs `names`, and a manifest that names them."""
    n_errors = len(errors(problems))
    made = outputs(whole.coded, coders, names, n_errors, progress, whole.findings, whole.charts)
    inputs = input_digests(root)
    digests = {name: sha256(data) for name, data in made.items()}
    manifest = Manifest("crosscase-build/1", tool_version(), tuple(coders), whole.coded.study.settings.nlp.pipeline,
                        events_digest(inputs), n_errors, inputs, digests)  # fmt: skip
    return made, manifest


class Check(msgspec.Struct, frozen=True):
    """Whether the files in build/ follow from the study. `differing` are files that do not, `reasons` say why."""

    problems: tuple[Problem, ...]
    differing: tuple[str, ...]
    reasons: tuple[str, ...]


def check_build(
    root: Path, with_problems: bool = False, progress: Progress = lambda _: None, kinds: Collection[str] = ()
) -> Check:
    """Compute the reports anew, compare them with build/, and write nothing.

    Looked at are the manifest, the files that it names, and stale files beside them; a kind that was never built is
    not missed. With `kinds` every file of these kinds is looked at, and nothing else.
    """
    manifest = read_manifest(root)
    if manifest is None:
        return Check((), (f"{BUILD_FOLDER}/{MANIFEST_FILE}",), ("nothing has been built yet, or its manifest is gone",))
    whole, problems = verified_study(root)
    coders = whole.coders
    if errors(problems) and (not with_problems or not coders):
        return Check(tuple(problems), (f"{BUILD_FOLDER}/",), ("the study has errors now",))
    names = names_of(kinds) or (*manifest.outputs, *stale_files(root))
    made, now = _made(root, whole, coders, problems, names, progress)
    expected = {name: sha256(made[name]) if name in made else "" for name in names}
    if not kinds:
        now = msgspec.structs.replace(now, outputs={n: d for n, d in expected.items() if n in manifest.outputs})
        expected[MANIFEST_FILE] = sha256(manifest_bytes(now))
    differing = [name for name, digest in sorted(expected.items()) if _digest(root / BUILD_FOLDER / name) != digest]
    reasons = _reasons(root, manifest, now, differing) if differing else ()
    return Check(tuple(problems), tuple(f"{BUILD_FOLDER}/{name}" for name in differing), tuple(reasons))


def _reasons(root: Path, old: Manifest, now: Manifest, differing: Collection[str]) -> list[str]:
    reasons = changed_inputs(old.inputs, now.inputs)
    if old.coders != now.coders:
        reasons.append(f"the matrix is now filled by {', '.join(now.coders)}, it was by {', '.join(old.coders)}")
    if old.tool != now.tool:
        reasons.append(f"built by {old.tool}, this is {now.tool}")
    altered, stale = _altered(root, old), stale_files(root)
    for name in differing:
        file = f"{BUILD_FOLDER}/{name}"
        if name in altered:
            gone = not (root / file).exists()
            reasons.append(f"{file} {'is gone' if gone else 'was changed after it was built'}")
        elif name in stale:
            reasons.append(f"{file} is left from an earlier build: the last one was of other kinds of file only")
        elif name not in {*OUTPUTS, MANIFEST_FILE}:
            reasons.append(f"{file} is no report of this version")
        elif name not in {*old.outputs, MANIFEST_FILE}:
            reasons.append(f"{file} has not been built")
    return reasons or ["another version of a library wrote these files (see requirements.lock)"]
