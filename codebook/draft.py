"""What deriving a codebook writes: the guide with its ids, and a first codebook that replaces nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from pathlib import Path

import msgspec

from codebook.codebook import Codebook
from codebook.codebook_file import codebook_text, read_codebook
from codebook.derive import derive_guide
from codebook.guide import GUIDE_FILE, Guide
from codebook.guide_file import guide_from_text, guide_text, read_guide_document, text_with_ids
from corpus.files import read_text
from corpus.problems import Problem, errors
from corpus.study import read_study


class GuideDraft(msgspec.Struct, frozen=True):
    """A guide with ids, the text it was found in, and the bytes that guide.md should get (None: leave it).

    `kept` is true where guide.md is there already, came from elsewhere and has other questions.
    """

    guide: Guide
    document: str
    new_ids: tuple[str, ...] = ()
    data: bytes | None = None
    kept: bool = False


def read_guide_draft(
    path: Path, heading: str, guide_file: Path, taken: Set[str]
) -> tuple[GuideDraft | None, list[Problem]]:
    """The guide in the document `path` and what to write to `guide_file`; None where a fault prevents it.

    Where the document is `guide_file` itself only ids are added to it. Where there is none yet, it gets the
    guide in its one form.
    """
    is_own = guide_file.exists() and path.samefile(guide_file)
    text, problems = _own_text(path) if is_own else read_guide_document(path)
    if text is None:
        return None, problems
    words = unicodedata.normalize("NFC", text)
    guide, faults = derive_guide(words, heading, taken, path.name)
    if errors(faults):
        return None, faults
    draft = GuideDraft(guide, words)
    if is_own:
        data = text_with_ids(text, guide)
        return _changed(draft, text, data), []
    if not guide_file.exists():
        ids = tuple(question.id for question in guide.questions)
        return msgspec.structs.replace(draft, new_ids=ids, data=guide_text(guide).encode()), []
    there, _ = read_text(guide_file, GUIDE_FILE)
    is_same = there is not None and guide_text(guide_from_text(there)[0]) == guide_text(guide)
    return msgspec.structs.replace(draft, kept=not is_same), []


def _own_text(path: Path) -> tuple[str | None, list[Problem]]:
    """guide.md exactly as it is, line ends and byte order mark included, since only ids are added to it."""
    text, problems = read_text(path, GUIDE_FILE)
    return (None, problems) if text is None else (path.read_bytes().decode(), problems)


def _changed(draft: GuideDraft, before: str, after: str) -> GuideDraft:
    """The draft with the ids that guide.md did not have; nothing to write where it had them all."""
    had = guide_from_text(before)[0].by_id
    new = tuple(question.id for question in draft.guide.questions if question.id not in had)
    return msgspec.structs.replace(draft, new_ids=new, data=after.encode() if after != before else None)


def ids_in_use(root: Path) -> frozenset[str]:
    """Ids that codes, themes and sources of the study refer to, so that no new question takes one of them."""
    codebook, _ = read_codebook(root)
    study, _ = read_study(root)
    asked = {q for s in study.sources if isinstance(s.meta.asked, tuple) for q in s.meta.asked}
    return frozenset(asked | {q for c in codebook.by_id.values() for q in c.questions} | set(codebook.by_id))


def codebook_bytes(codebook: Codebook, empty: str = "") -> bytes:
    """The file of a first codebook. `empty` is the text of one without themes: its comments stay on top."""
    comments = re.findall(r"^[ \t]*#.*\n?", empty, flags=re.MULTILINE)
    return ("".join([*comments, "\n"] if comments else "") + codebook_text(codebook)).encode()
