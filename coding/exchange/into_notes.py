"""The notes of a project: a coder's note on a source, a code's definition, or a file in notes/."""

from __future__ import annotations

from pathlib import Path

import msgspec

from coding.exchange.into_coders import Coders
from coding.exchange.into_codings import PlacedLogs, place_memo
from coding.exchange.into_sources import PlacedSource
from coding.exchange.losses import Losses
from coding.exchange.names import clean_text, one_line, utc_time
from coding.exchange.notes_file import FreeNote, NoteMatter, read_notes
from coding.exchange.project import About, Project, ProjectNote
from corpus.ids import make_id, why_illegal


class Things(msgspec.Struct, frozen=True):
    """What notes can be about: ids in the study by the project's keys."""

    sources: dict[str, PlacedSource]
    codes: dict[str, str]
    cases: dict[str, str]

    def words(self, about: About, notes: dict[str, str]) -> str:
        """`code:ID`, `source:ID 12-34`, … as notes have it; empty for a thing that is not in the study."""
        if about.kind == "project":
            return "project"
        if about.kind == "source":
            placed = self.sources.get(about.key)
            if placed is None:
                return ""
            start, end = placed.text.span(about.start, about.end)
            return f"source:{placed.id} {start}-{end}" if about.end else f"source:{placed.id}"
        ids = {"code": self.codes, "case": self.cases, "set": notes}[about.kind]
        return f"{'note' if about.kind == 'set' else about.kind}:{ids[about.key]}" if about.key in ids else ""


def with_definitions(project: Project, losses: Losses) -> Project:
    """The project with the only note on a code as its description, where it has none of its own."""
    about: dict[str, list[ProjectNote]] = {}
    for note in project.notes:
        if len(note.about) == 1 and note.about[0].kind == "code" and not note.id:
            about.setdefault(note.about[0].key, []).append(note)
    empty = {code.key for code in project.codes if not code.description}
    moved = {key: notes[0] for key, notes in about.items() if len(notes) == 1 and key in empty}
    if not moved:
        return project
    losses.add("notes on codes", "became the code's definition", "", len(moved), kept=True)
    codes = tuple(
        msgspec.structs.replace(code, description=_titled(moved[code.key])) if code.key in moved else code
        for code in project.codes
    )
    gone = {note.key for note in moved.values()}
    return msgspec.structs.replace(
        project, codes=codes, notes=tuple(note for note in project.notes if note.key not in gone)
    )


def _titled(note: ProjectNote) -> str:
    """The words of a note, with its title in front where that says something else."""
    title, text = one_line(note.title), clean_text(note.text)
    return text if not title or text.startswith(title) else f"{title}\n\n{text}".strip()


def _on_source(note: ProjectNote) -> bool:
    """Whether a note is about one whole source, and so becomes a coder's note on it."""
    return len(note.about) == 1 and note.about[0].kind == "source" and not note.about[0].end


def source_memos(project: Project, placed: dict[str, PlacedSource], coders: Coders, logs: PlacedLogs) -> int:
    """Add the notes on whole sources to their coders' logs; how many were new."""
    new = 0
    for source in project.sources:
        memo = "\n\n".join(filter(None, (clean_text(source.description), clean_text(source.memo))))
        if memo and source.key in placed:
            new += place_memo(logs, coders.id_of(source.coder), placed[source.key].id, memo, source.at, "")
    for note in project.notes:
        if _on_source(note) and note.about[0].key in placed and (text := _titled(note)):
            id = note.id if note.id and not why_illegal(note.id) else ""
            new += place_memo(logs, coders.id_of(note.coder), placed[note.about[0].key].id, text, note.at, id)
    return new


def free_notes(project: Project, things: Things, coders: Coders, root: Path | None) -> list[FreeNote]:
    """The notes and sets that notes/ does not have yet."""
    there = read_notes(root)[0] if root else []
    known = {(note.matter.title, note.text, frozenset(note.matter.about)): note.id for note in there}
    in_use = {note.id for note in there}
    taken = set(in_use)
    taken |= {note.id for note in project.notes} | {group.id for group in project.sets}
    found: list[FreeNote] = []
    id_of: dict[str, str] = {}

    def add(key: str, wanted: str, label: str, matter: NoteMatter, text: str) -> None:
        same = known.get((matter.title, text, frozenset(matter.about)))
        own = wanted if wanted and wanted not in in_use and not why_illegal(wanted) else ""
        id = same or own or make_id(label or "note", taken)
        taken.add(id)
        id_of[key] = id
        if not same:
            found.append(FreeNote(id, matter, text))

    for note in project.notes:
        if not _on_source(note) and (note.text.strip() or note.title.strip()):
            about = tuple(filter(None, (things.words(a, {}) for a in note.about if a.kind != "set")))
            by = coders.id_of(note.coder) if note.coder else ""
            title, text = one_line(note.title), clean_text(note.text)
            matter = NoteMatter(title, "note", by, utc_time(note.at) if note.at else "", about)
            add(note.key, note.id, title or " ".join(text.split()[:6]), matter, text)
    for case in project.cases:
        if text := clean_text(case.description):
            about = (f"case:{things.cases[case.key]}",)
            add(f"of {case.key}", "", case.name, NoteMatter(one_line(case.name), "note", "", "", about), text)
    for group in project.sets:
        members = [About("source", key) for key in group.sources] + [About("code", key) for key in group.codes]
        notes = (f"note:{id_of[key]}" for key in group.notes if key in id_of)
        about = (*(things.words(member, {}) for member in members), *notes)
        matter = NoteMatter(one_line(group.name), "set", "", "", tuple(filter(None, about)))
        add(group.key, group.id, f"set {group.name}", matter, clean_text(group.description))
    return found
