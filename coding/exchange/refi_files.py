"""What of a study's folder an export to REFI-QDA takes along beside its codings, and what it has to leave behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coding.exchange.notes_file import read_notes
from coding.exchange.project import Loss
from coding.exchange.refi_kept import FOLDERS, is_carried
from coding.exchange.refi_notes import StudyFiles
from corpus.files import files_below, read_text
from corpus.problems import Problem

_UNPLACED = {
    "unknown-source": "logs of theirs are of a source that is not there",
    "empty-coding": "they hold no words",
}
_LEFT = {
    "originals": "the imported files stay in the study; their texts travel",
    "codebook.log.jsonl": "the history of the codebook has no place in REFI-QDA",
    "anchors": "where codings went when texts were edited has no place in REFI-QDA; they travel where they are now",
    "private": "real names never leave the study",
}


def read_study_files(root: Path) -> tuple[StudyFiles, list[Problem]]:
    """Notes, settings, guide, charts, findings, tables and places of the study in `root`, and the faults in notes."""
    paths = ["study.toml", "guide.md"]
    for folder, suffixes in FOLDERS.items():
        paths += [f"{folder}/{path.name}" for suffix in suffixes for path in files_below(root / folder, suffix)]
    files = {}
    left = []
    for path in paths:
        if (root / path).is_file():
            text = read_text(root / path, path)[0] if is_carried(path) else None
            if text is None:
                left.append(path)
            else:
                files[path] = text
    notes, problems = read_notes(root)
    return StudyFiles(tuple(notes), files, tuple(left)), problems


def left_behind(root: Path, problems: Sequence[Problem]) -> tuple[Loss, ...]:
    """Files that stay, and codings that could not be placed when the study was read."""
    losses = [
        Loss("files", why, name)
        for name, why in _LEFT.items()
        if (root / name).is_file() or ((root / name).is_dir() and any((root / name).iterdir()))
    ]
    counts = Counter(problem.rule for problem in problems)
    losses += [Loss("codings", why, count=counts[rule]) for rule, why in _UNPLACED.items() if counts[rule]]
    return (*losses, Loss("the history of codings", "what was retracted, recoded or resized travels as it is now"))
