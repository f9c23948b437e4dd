"""What of a study's folder an export to REFI-QDA takes along beside its codings, and what it has to leave behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coding.exchange.notes_file import read_notes
from coding.exchange.project import Loss
from coding.exchange.refi_kept import is_carried
from coding.exchange.refi_write import StudyFiles
from corpus.files import files_below, read_text
from corpus.problems import Problem

_UNPLACED = {
    "lost-quote": "their words are not found in the source",
    "ambiguous-quote": "their words stand at several places",
    "unknown-source": "their source is not there",
    "empty-coding": "they hold no words",
}
_LEFT = {
    "originals": "the imported files stay in the study; their texts travel",
    "codebook.log.jsonl": "the history of the codebook has no place in REFI-QDA",
    "anchors": "where codings went when texts were edited has no place in REFI-QDA; they travel where they are now",
    "places": "pages and times of texts have no place in REFI-QDA",
    "tables": "case-file sheets have no place in REFI-QDA",
    "surveys": "survey items have no place in REFI-QDA; attributes of cases and sources travel",
    "private": "real names never leave the study",
}


def read_study_files(root: Path) -> StudyFiles:
    """Notes, settings, guide, charts and findings of the study in `root`."""
    paths = ["study.toml", "guide.md"]
    for folder in ("charts", "findings"):
        paths += [f"{folder}/{path.name}" for path in files_below(root / folder, ".yaml")]
    files = {}
    left = []
    for path in paths:
        if (root / path).is_file():
            text = read_text(root / path, path)[0] if is_carried(path) else None
            if text is None:
                left.append(path)
            else:
                files[path] = text
    return StudyFiles(tuple(read_notes(root)[0]), files, tuple(left))


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
