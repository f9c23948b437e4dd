"""Subtitles in SubRip files (.srt): numbered cues with times."""

from __future__ import annotations

from corpus.problems import Problem
from corpus.readers.characters import decoded_text
from corpus.readers.cues import document_from_cues
from corpus.readers.document import Document


def read(data: bytes, file: str, encoding: str = "") -> tuple[Document | None, list[Problem]]:
    """The transcript that the SubRip file holds; None where there are no cues in it."""
    text, repairs, problems = decoded_text(data, file, encoding)
    if text is None:
        return None, problems
    document = document_from_cues(text, [(0, repair) for repair in repairs])
    if document is None:
        said = "there is no cue in the file: no line such as 00:00:03,000 --> 00:00:07,000"
        return None, [*problems, Problem(file, 0, "unreadable-file", said, "Is it plain text? Call it .txt.")]
    return document, problems
