"""A project of another tool, in our words: what every format is read into before it becomes a study.

Things point to each other by `key`: whatever the other tool calls them by (a GUID, a row's number), as text, unique
among things of one kind. Nothing is tidied here: texts are as the other tool shows them, and positions count code
points of that text from 0, end exclusive. `coding.exchange.into_study` normalises texts, moves the positions along,
gives ids, and reports what does not fit.
"""

from __future__ import annotations

from typing import Literal

import msgspec

ValueType = Literal["text", "boolean", "integer", "float", "date", "datetime"]
AboutKind = Literal["project", "source", "case", "code", "set"]


class Loss(msgspec.Struct, frozen=True):
    """Something of the project that is not carried over, or is carried over otherwise than it was, and why.

    `what` names the kind of thing (`links between codings`, `picture selections`), `where` the one that it was
    (a source's name; empty for the whole project), `count` how many, and `kept` is true where it is not lost but has
    changed its form (a set of documents that becomes an attribute).
    """

    what: str
    why: str
    where: str = ""
    count: int = 1
    kept: bool = False


class ProjectCoder(msgspec.Struct, frozen=True):
    """A person who codes. `id` is the id that the coder had in a study of ours, empty otherwise."""

    key: str
    name: str
    id: str = ""


class ProjectCode(msgspec.Struct, frozen=True):
    """A code, below the code with the key `parent` or, where that is empty, at the top. Order is the tuple's.

    A key that is its own ancestor is mended and reported by `into_study`. `codable` is false for a folder of codes.
    `colour` is `#RRGGBB` or empty. `details` holds keys of codebook.yaml beyond label and definition, where the
    project came from a study of ours (`include`, `examples`, `questions`, …).
    """

    key: str
    name: str
    parent: str = ""
    description: str = ""
    colour: str = ""
    codable: bool = True
    id: str = ""
    details: dict[str, object] = {}


class ProjectAttribute(msgspec.Struct, frozen=True):
    """What is known about an attribute: cases and sources name it by `name` in their own `attributes`."""

    name: str
    type: ValueType = "text"
    description: str = ""


class Original(msgspec.Struct, frozen=True):
    """The file that a source's text came from, to be kept in originals/: its name and its bytes."""

    name: str
    data: bytes


class ProjectSource(msgspec.Struct, frozen=True):
    """A text. `text` is as stored; `memo` is the other tool's note on it, `description` what it says it is.

    `at` is when it was made (any ISO 8601). `positions` says in words how the positions in it were understood, where
    that was a choice (`UTF-8 bytes, as 41 of 41 quotes show`). `front` holds keys of the front matter, where the
    project came from a study of ours. `sentences` of `repairs` end up in its front matter.
    """

    key: str
    name: str
    text: str
    memo: str = ""
    description: str = ""
    coder: str = ""
    at: str = ""
    attributes: dict[str, str] = {}
    original: Original | None = None
    positions: str = ""
    repairs: tuple[str, ...] = ()
    id: str = ""
    front: dict[str, object] = {}


class ProjectCase(msgspec.Struct, frozen=True):
    """A case and the keys of its sources. `attributes` is name → value as text; empty values are left out."""

    key: str
    name: str
    description: str = ""
    attributes: dict[str, str] = {}
    sources: tuple[str, ...] = ()
    id: str = ""


class ProjectCoding(msgspec.Struct, frozen=True, gc=False):
    """`coder` gave `code` to the span `[start, end)` of `source`; all three are keys.

    An empty `coder` is nobody known. `quote` is the words as the other tool stored them, to be compared with the text;
    empty where it stores none. `at` is any ISO 8601 time (without a zone: UTC), empty where unknown. `id` and `origin`
    are those of a study of ours.
    """

    source: str
    start: int
    end: int
    code: str
    coder: str = ""
    memo: str = ""
    at: str = ""
    quote: str = ""
    id: str = ""
    origin: str = ""
    run: str = ""


class ProjectUnplaced(msgspec.Struct, frozen=True):
    """A coding of a study of ours whose words its source has no more, as it was recorded; the first three are keys.

    `code_id` is the code where the project has none with that key.
    """

    source: str
    coder: str
    code: str
    code_id: str
    quote: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    memo: str = ""
    at: str = ""
    id: str = ""
    origin: str = "person"
    run: str = ""


class ProjectRead(msgspec.Struct, frozen=True):
    """`coder` has read `source`, or has read it for the theme with the key `code`."""

    source: str
    coder: str
    code: str = ""
    at: str = ""
    id: str = ""


class About(msgspec.Struct, frozen=True):
    """What a note is about: a thing by kind and key, and for a source perhaps a span of it (end 0: the whole)."""

    kind: AboutKind
    key: str = ""
    start: int = 0
    end: int = 0


class ProjectNote(msgspec.Struct, frozen=True):
    """A memo that is not the memo of a coding. About one whole source it becomes a coder's note on that source."""

    key: str
    text: str
    title: str = ""
    coder: str = ""
    at: str = ""
    about: tuple[About, ...] = ()
    id: str = ""


class ProjectSet(msgspec.Struct, frozen=True):
    """A named set of sources, codes and notes (document groups, code groups); members are keys."""

    key: str
    name: str
    description: str = ""
    sources: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    id: str = ""


class Project(msgspec.Struct, frozen=True):
    """All that a project of another tool holds. `tool` is shown to people (`QualCoder 3.6`, `MAXQDA 24 (REFI-QDA)`).

    `language` is da or en where the project says so. `files` are whole files of a study (`guide.md`,
    `findings/x.yaml`), path → text, where the project came from a study of ours. `losses` is what the reader could
    not carry over.
    """

    tool: str
    name: str
    description: str = ""
    language: str = ""
    coders: tuple[ProjectCoder, ...] = ()
    codes: tuple[ProjectCode, ...] = ()
    attributes: tuple[ProjectAttribute, ...] = ()
    sources: tuple[ProjectSource, ...] = ()
    cases: tuple[ProjectCase, ...] = ()
    codings: tuple[ProjectCoding, ...] = ()
    unplaced: tuple[ProjectUnplaced, ...] = ()
    reads: tuple[ProjectRead, ...] = ()
    notes: tuple[ProjectNote, ...] = ()
    sets: tuple[ProjectSet, ...] = ()
    files: dict[str, str] = {}
    losses: tuple[Loss, ...] = ()
