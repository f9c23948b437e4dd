"""Lists of codings: tables with a row for each coded segment, as ATLAS.ti, MAXQDA, Dedoose and people write them.

Such a list has the words of each segment, its code or codes, and often the document and the coder, but not the texts.
The words are looked for in the sources of the study (`coding.exchange.locate`); a document that the study does not have
becomes a source that holds the listed segments alone, and is marked as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from coding.exchange.code_names import parents_of, split_codes
from coding.exchange.list_dates import iso_dates
from coding.exchange.project import Loss, Project, ProjectCode, ProjectCoder, ProjectCoding, ProjectSource
from corpus.files import shown
from corpus.problems import Problem
from corpus.spreadsheets.file import SUFFIXES, read_sheet
from corpus.spreadsheets.header import HeadedTable, headed_table

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "words": (
        "text content", "quotation content", "quotation", "quote", "segment", "coded segment", "coded text", "excerpt",
        "excerpt copy", "words", "text", "content", "highlight", "snippet", "coded",
        "uddrag", "citat", "tekst", "ord", "kodet tekst", "indhold",
        "textinhalt", "zitatinhalt", "zitat", "codiertes segment", "textstelle",
        "conteúdo do texto", "conteúdo da citação", "citação", "contenido de texto", "contenido de la cita", "cita",
        "contenu du texte", "contenu de la citation", "citation",
    ),
    "codes": (
        "codes", "code", "code name", "codes applied", "codes applied combined", "tag", "tags", "theme", "label",
        "kode", "koder", "tema", "kodes", "códigos", "código", "codes appliqués",
    ),
    "number": (
        "number of codes", "anzahl der codes", "anzahl codes", "anzahl kodes", "antal koder", "número de códigos",
        "nombre de codes",
    ),
    "document": (
        "document", "document name", "document title", "source", "file", "filename", "file name", "media title",
        "transcript", "dokument", "dokumentname", "dokumentnavn", "kilde", "fil", "filnavn", "interview",
        "documento", "nome do documento", "nombre del documento", "fichier",
    ),
    "coder": (
        "coder", "coder_id", "user", "created by", "excerpt creator", "author", "annotator", "rater",
        "koder (person)", "kodet af", "bruger", "oprettet af", "erstellt von", "autor", "criado por", "creado por",
        "créé par",
    ),
    "memo": ("comment", "memo", "note", "kommentar", "bemærkning", "comentário", "comentario", "commentaire"),
    "at": (
        "creation date", "created", "created on", "date", "excerpt date", "dato", "oprettet", "erstellt",
        "erstellungsdatum", "data de criação", "fecha de creación", "date de création",
    ),
    "start": ("start", "startposition", "pos0", "start_offset"),
    "end": ("end", "endposition", "pos1", "end_offset"),
    "reference": ("reference", "position", "referenz", "reference (paragraph)", "excerpt range", "begin", "beginning",
                  "anfang", "referência", "referencia", "référence"),
}  # fmt: skip
"""Field → the names that its column has in lists of other tools, in their languages."""


class ListedCoding(msgspec.Struct, frozen=True):
    """A row of the list: its row number, and what it says. `start` and `end` are -1 where it says no position."""

    row: int
    words: str
    codes: tuple[str, ...]
    document: str = ""
    coder: str = ""
    memo: str = ""
    at: str = ""
    start: int = -1
    end: int = -1


class CodingsList(msgspec.Struct, frozen=True):
    """A list of codings: its rows, the columns that were not used, and what could not be read."""

    file: str
    rows: tuple[ListedCoding, ...]
    losses: tuple[Loss, ...] = ()


def recognises(path: Path, head: bytes) -> bool:
    """Whether `path` is a table with a column of words and one of codes."""
    if path.suffix.lower() not in SUFFIXES or path.is_dir():
        return False
    table, _ = _table(path)
    return table is not None and {"words", "codes"} <= _fields(table).keys()


def read_project(path: Path) -> tuple[Project | None, list[Problem]]:
    """The list in `path` as a project in which every document holds its listed segments alone."""
    listed, problems = read_list(path)
    return (None if listed is None else project_of(listed, segments_only(listed))), problems


def read_list(path: Path) -> tuple[CodingsList | None, list[Problem]]:
    """The rows of the list in `path`, and its faults: rows that cannot be read are reported and left out."""
    table, problems = _table(path)
    if table is None:
        return None, problems
    file, places = shown(path), _fields(table)
    cells = [{field: row.cells[place].strip() for field, place in places.items()} for row in table.rows]
    for said, at in zip(cells, iso_dates([said.get("at", "") for said in cells]), strict=True):
        said["at"] = at
    codes = split_codes([(said["codes"], _number(said.get("number", ""))) for said in cells])
    rows = []
    for row, said, names in zip(table.rows, cells, codes, strict=True):
        if not said["words"]:
            problems.append(Problem(file, row.line, "bad-table", "the row has no words"))
        elif names is None:
            said_number = said.get("number", "")
            told = f"it cannot be told which {said_number} codes these are: {said['codes'][:120]}"
            near = "Write one code in a row, or separate the codes with ; in the list."
            problems.append(Problem(file, row.line, "bad-table", told, near))
        elif names:
            rows.append(_listed(row.line, said, names))
    uncoded = sum(names == () for names in codes)
    losses = (Loss("segments without a code", "a coding needs a code", count=uncoded),) if uncoded else ()
    return CodingsList(file, tuple(rows), (*losses, *_unused(table, places))), problems


def _table(path: Path) -> tuple[HeadedTable | None, list[Problem]]:
    sheet, problems = read_sheet(path)
    if sheet is None:
        return None, problems
    table, faults = headed_table(sheet, shown(path))
    return table, [*problems, *faults]


def _fields(table: HeadedTable) -> dict[str, int]:
    """Field → the place of its column: of the names it may have, the one that comes first."""
    places = {" ".join(column.name.casefold().split()): place for place, column in enumerate(table.columns)}
    found = {}
    for field, names in _COLUMNS.items():
        if (name := next((name for name in names if name in places), None)) is not None:
            found[field] = places[name]
    return found


def _listed(line: int, said: Mapping[str, str], codes: tuple[str, ...]) -> ListedCoding:
    start, end = _number(said.get("start", "")), _number(said.get("end", ""))
    has_place = start is not None and end is not None and end > start
    return ListedCoding(
        line, _unquoted(said["words"]), tuple(dict.fromkeys(codes)), said.get("document", ""), said.get("coder", ""),
        said.get("memo", ""), said.get("at", ""),
        start if has_place and start is not None else -1, end if has_place and end is not None else -1,
    )  # fmt: skip


def _unquoted(words: str) -> str:
    """Words without the quotation marks that ATLAS.ti puts around every segment."""
    marked = len(words) > 2 and words[0] == words[-1] == '"'
    return words[1:-1].strip() if marked and '"' not in words[1:-1] else words


def _number(words: str) -> int | None:
    return int(words) if words.isdecimal() and len(words) < 10 else None


def _unused(table: HeadedTable, places: Mapping[str, int]) -> Iterator[Loss]:
    """Columns with something in them that a coding has no place for."""
    used = {place for field, place in places.items() if field != "reference"}
    for place, column in enumerate(table.columns):
        filled = sum(bool(cell) for cell in table.values(place))
        if place not in used and filled:
            yield Loss(f"the column »{column.name}«", "a coding has no place for it", count=filled)


def segments_only(listed: CodingsList) -> dict[str, str]:
    """Document → a text that holds its listed segments, each once, in the order of the list."""
    segments: dict[str, dict[str, None]] = {}
    for row in listed.rows:
        segments.setdefault(row.document, {})[row.words] = None
    return {document: "\n\n".join(words) + "\n" for document, words in segments.items()}


def project_of(listed: CodingsList, texts: Mapping[str, str]) -> Project:
    """The project of a list whose documents have these texts; a segment stands where it is first found in its text."""
    codings, sources = [], []
    for document, text in texts.items():
        rows = [row for row in listed.rows if row.document == document]
        told = f"the text is put together from the {len({row.words for row in rows})} segments of a list of codings"
        name = document or Path(listed.file).stem
        sources.append(ProjectSource(document, name, text, repairs=(f"{told}; the document itself was not at hand",)))
        codings += [
            ProjectCoding(document, start, start + len(row.words), code, row.coder, row.memo, row.at, row.words)
            for row in rows
            for start in (_segment_start(text, row.words),)
            for code in row.codes
        ]
    why = "the list has their words alone: a source holds the listed segments, until the document is imported"
    apart = (Loss("texts of documents", why, count=len(sources), kept=True),) if sources else ()
    return Project(
        tool="a list of codings", name=Path(listed.file).stem, coders=coders_of(listed), codes=codes_of(listed),
        sources=tuple(sources), codings=tuple(codings), losses=(*listed.losses, *apart),
    )  # fmt: skip


def _segment_start(text: str, words: str) -> int:
    """Where a segment stands in a text of segments: as a whole paragraph, not within another one."""
    return f"\n\n{text}".find(f"\n\n{words}\n")


def coders_of(listed: CodingsList) -> tuple[ProjectCoder, ...]:
    """Everyone whom the list names as a coder."""
    return tuple(ProjectCoder(name, name) for name in dict.fromkeys(row.coder for row in listed.rows) if name)


def codes_of(listed: CodingsList) -> tuple[ProjectCode, ...]:
    """The codes of the list in order of their first row, those above them before them."""
    names = tuple(dict.fromkeys(code for row in listed.rows for code in row.codes))
    parents = parents_of(names)
    found: dict[str, ProjectCode] = {}
    for name in names:
        _add_code(name, parents, names, found)
    return tuple(found.values())


def _add_code(
    name: str, parents: Mapping[str, tuple[str, str]], used: Sequence[str], found: dict[str, ProjectCode]
) -> None:
    above, own = parents.get(name, ("", name))
    if above and above not in found:
        _add_code(above, parents, used, found)
    if name not in found:
        found[name] = ProjectCode(name, own, above, codable=name in used)
