"""Where the pages and the times of a source begin: `places/<source>.csv`, written by import and used by citations.

A row is a place: its position in the text, `page` or `time`, the page or the time itself, and the first words there.
When the text is edited, the words say where the place is now (`corpus.places_found`).
"""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from corpus.files import files_below, printable, stray_files
from corpus.problems import Problem, did_you_mean
from corpus.source import Source
from corpus.tables import Row, read_table

PLACES_FOLDER = "places"
_COLUMNS = ("start", "kind", "value", "words")
_MOST_WORDS, _MOST_CHARACTERS = 8, 60
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,]\d*)?")

PlaceKind = Literal["page", "time"]


class Place(msgspec.Struct, frozen=True):
    """Where a page or a time begins: `start` counts code points of the text.

    `value` is the page as it is printed (`12`, `xii`), or hours, minutes and seconds (`0:01:23`). An empty value says
    that from here on the page or time is not known, since a place was lost when the text was edited.
    """

    kind: PlaceKind
    start: int
    value: str


class WrittenPlace(msgspec.Struct, frozen=True):
    """A place as it was written down, and the first words that stood there then."""

    place: Place
    words: str


class Places(tuple[Place, ...]):
    """The places of one source in order of the text, asked again and again what page or time a position is in."""

    @cached_property
    def of_kind(self) -> dict[PlaceKind, tuple[list[int], list[str]]]:
        """Kind → where its places start, and their values."""
        found: dict[PlaceKind, tuple[list[int], list[str]]] = {"page": ([], []), "time": ([], [])}
        for place in self:
            found[place.kind][0].append(place.start)
            found[place.kind][1].append(place.value)
        return found

    def value_at(self, kind: PlaceKind, position: int) -> str:
        """The page or time in which `position` lies; empty before the first, and where it is not known."""
        starts, values = self.of_kind[kind]
        index = bisect_right(starts, position)
        return values[index - 1] if index else ""


NO_PLACES = Places()


class PlacesOfSources(Mapping[str, Places]):
    """Source id → its places; a source's file is read when it is asked for the first time."""

    def __init__(self, root: Path, sources: Mapping[str, Source]) -> None:
        self.root = root
        self.sources = sources
        self.ids = {path.stem for path in files_below(root / PLACES_FOLDER, ".csv")} & sources.keys()
        self.read: dict[str, Places] = {}

    def __getitem__(self, id: str) -> Places:
        if id not in self.sources:
            raise KeyError(id)
        if id not in self.read:
            self.read[id] = read_places(self.root, self.sources[id])[0] if id in self.ids else NO_PLACES
        return self.read[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)

    def read_all(self) -> None:
        """Read every file now, since the folder will not be there later."""
        for id in self.ids:
            self[id]


def places_file(source: str) -> str:
    """The file with the places of a source, relative to the study folder."""
    return f"{PLACES_FOLDER}/{source}.csv"


def places_text(text: str, places: Iterable[Place]) -> str:
    """The content of the file for these places of `text`; a header alone where there are none."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for place in places:
        writer.writerow((place.start, place.kind, place.value, first_words(text, place.start)))
    return lines.getvalue()


def first_words(text: str, start: int) -> str:
    """The words that `text` has from `start` on, at most eight and 60 characters, with single spaces."""
    words = text[start : start + 4 * _MOST_CHARACTERS].split(None, _MOST_WORDS)[:_MOST_WORDS]
    said = " ".join(words)[: _MOST_CHARACTERS + 1]
    return said if len(said) <= _MOST_CHARACTERS else said[: max(said.rfind(" "), 0)] or said[:_MOST_CHARACTERS]


def clock(seconds: float) -> str:
    """`seconds` as they are cited: hours, minutes, seconds, `0:01:23`; fractions are cut off."""
    whole = max(0, int(seconds))
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def seconds_of(words: str) -> float | None:
    """The seconds of `1:02:03`, `02:03` or `00:02:03,500`; None for anything else."""
    found = _CLOCK.fullmatch(words)
    if found is None or int(found[3]) > 59 or (found[1] and int(found[2]) > 59):
        return None
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + float(words[found.start(3) :].replace(",", ".").rstrip("."))


def read_places(root: Path, source: Source) -> tuple[Places, list[Problem]]:
    """The places of `source`, found again where its text was edited, and the rows that cannot be read."""
    from corpus.places_found import found_again

    file = places_file(source.id)
    table, problems = read_table(root / file, file)
    problems = [msgspec.structs.replace(p, rule="bad-place") if p.rule == "bad-table" else p for p in problems]
    missing = [column for column in _COLUMNS[:3] if column not in table.columns]
    if table.columns and missing:
        said = f"there is no column '{missing[0]}'"
        problems.append(Problem(file, 1, "bad-place", said, f"The first line is {','.join(_COLUMNS)}"))
    written: list[WrittenPlace] = []
    for row in table.rows if not missing else ():
        if isinstance(found := _written_place(row), WrittenPlace):
            written.append(found)
        else:
            problems.append(Problem(file, row.line, "bad-place", found))
    written.sort(key=lambda entry: entry.place.start)
    places = Places(found_again(source.text, written))
    lost = sum(not place.value for place in places)
    if lost:
        where = "1 page or time was" if lost == 1 else f"{lost} pages or times were"
        problems.append(Problem(file, 0, "lost-place", f"{where} not found again in {source.file}"))
    return places, problems


def _written_place(row: Row) -> WrittenPlace | str:
    """The place in a row, or what is wrong with it."""
    start, kind, value = (row.cells.get(column, "") for column in _COLUMNS[:3])
    if not (start.isascii() and start.isdecimal() and len(start) < 12):
        return f"'{start}' is no position in the text"
    if kind == "time":
        seconds = seconds_of(value)
        if seconds is None:
            return f"'{value}' is no time, such as 0:01:23"
        value = clock(seconds)
    elif kind != "page":
        return f"'{kind}' is neither page nor time"
    elif not value:
        return "the page has no name"
    return WrittenPlace(Place("time" if kind == "time" else "page", int(start), value), row.cells.get("words", ""))


def check_places(root: Path, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Files of places/ that are not read, rows in them that cannot be read, and places that were lost."""
    yield from stray_files(root / PLACES_FOLDER, ".csv", PLACES_FOLDER)
    for path in files_below(root / PLACES_FOLDER, ".csv"):
        if path.stem in sources:
            yield from read_places(root, sources[path.stem])[1]
        else:
            said = f"there is no source '{printable(path.stem)}'"
            yield Problem(printable(places_file(path.stem)), 0, "stray-file", said, did_you_mean(path.stem, sources))
