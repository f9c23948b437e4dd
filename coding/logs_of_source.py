"""Which logs hold work on a source: asked before an import takes the source back, or gives its id to another one."""

from __future__ import annotations

from pathlib import Path, PurePath

from coding.fold import anything_counts
from coding.log import CODINGS_FOLDER, parse_log
from coding.reanchor import state_after
from corpus.files import read_bytes
from corpus.import_journal import logs_of


def logs_that_count(root: Path, source: str) -> list[str]:
    """The logs of `source`, relative to the study, in which something counts, or a line cannot be read.

    A log in which everything was retracted is not among them, nor decisions on where codings went: they are about
    codings, and these stand in the other logs.
    """
    logs = [file for file in logs_of(root, source) if PurePath(file).parts[0] == CODINGS_FOLDER]
    return [file for file in logs if _counts(root / file, file)]


def _counts(path: Path, file: str) -> bool:
    lines, problems = parse_log(read_bytes(path), file)
    return anything_counts(lines) or any(problem.rule != "torn-line" for problem in problems)


def why_keep_text(root: Path, source: str, now: str, before: str) -> str:
    """Why a source may not get the text back that it had `before`: codings that count `now` would lose their words.

    Empty where none would.
    """
    waiting = {(anchor.coder, anchor.id) for anchor in state_after(root, source, now).anchored if anchor.waits}
    lost = [
        anchor
        for anchor in state_after(root, source, before).anchored
        if anchor.waits and (anchor.coder, anchor.id) not in waiting
    ]
    if not lost:
        return ""
    words = " ".join(lost[0].recorded.quote.split())
    said = f"»{words if len(words) <= 60 else words[:59] + '…'}«"
    what = "a coding rests" if len(lost) == 1 else f"{len(lost)} codings rest"
    return f"{what} on words that the text before does not have: {said} ({lost[0].coder}, {lost[0].id})"
