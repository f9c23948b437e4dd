"""The plain ways to do the same work, measured beside ours: the json module, SQLite, openpyxl, spaCy, python-docx.

Each is written as one would write it in a script, and does less than crosscase does: nothing is checked, nothing is
compared with the texts, nothing is formatted.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import CODERS
from benchmarks.ours import LAST_WORDS, documents, long_text
from benchmarks.timing import Measured, timed
from coding.coded_study import read_coded_study
from coding.log import log_files
from corpus.collector import collector_paused


def json_module(study: Path, times: int) -> Measured:
    """Every line of every log through json.loads, and nothing kept."""
    logs = log_files(study)

    def decoded() -> int:
        n = 0
        for _, _, path in logs:
            with path.open("rb") as file:
                n += sum(json.loads(line)["op"] == "add" for line in file)
        return n

    return Measured(timed(decoded, times), decoded())


def msgspec_alone(study: Path, times: int) -> Measured:
    """The same through msgspec, into events of the right type."""
    import msgspec

    from coding.events import Add, AnyEvent

    logs, decoder = log_files(study), msgspec.json.Decoder(AnyEvent)

    def decoded() -> int:
        return sum(isinstance(event, Add) for _, _, path in logs for event in decoder.decode_lines(path.read_bytes()))

    return Measured(timed(decoded, times), decoded())


def msgspec_kept(study: Path, times: int) -> Measured:
    """The same, and all events are kept, as a program must that counts them afterwards."""
    import msgspec

    from coding.events import AnyEvent

    logs, decoder = log_files(study), msgspec.json.Decoder(AnyEvent)
    with collector_paused():
        seconds = timed(lambda: [decoder.decode_lines(path.read_bytes()) for _, _, path in logs], times)
    return Measured(seconds, json_module(study, 0).n)


def sqlite_counts(study: Path, times: int) -> Measured:
    """Distinct codings by case and theme, counted by SQLite in memory; filling the table is not counted."""
    import sqlite3

    coded = read_coded_study(study)[0]
    sources, theme_of = coded.study.source_by_id, coded.codebook.theme_of
    rows = ((sources[c.source].meta.case, theme_of[c.code].id, c.source, c.code, c.start, c.end) for c in coded.codings)
    database = sqlite3.connect(":memory:")
    database.execute('CREATE TABLE coding ("case" TEXT, theme TEXT, source TEXT, code TEXT, start INT, "end" INT)')
    database.executemany("INSERT INTO coding VALUES (?, ?, ?, ?, ?, ?)", rows)
    query = 'SELECT "case", theme, count(*) FROM (SELECT DISTINCT * FROM coding) GROUP BY "case", theme'
    return Measured(timed(lambda: database.execute(query).fetchall(), times), len(coded.codings))


def counter_counts(study: Path, times: int) -> Measured:
    """Distinct codings by case and theme, counted by collections.Counter."""
    coded = read_coded_study(study)[0]
    case = {source.id: source.meta.case for source in coded.study.sources}
    theme = {code: theme.id for code, theme in coded.codebook.theme_of.items()}

    def counted() -> Counter[tuple[str, str]]:
        distinct = {(c.source, c.code, c.start, c.end) for c in coded.codings}
        return Counter((case[source], theme[code]) for source, code, _, _ in distinct)

    return Measured(timed(counted, times), len(coded.codings))


def phrase_matcher(study: Path, times: int) -> Measured:
    """PhraseMatcher of spaCy for the patterns as they are written, without lemmas; cutting texts into words is not
    counted."""
    import spacy
    from spacy.matcher import PhraseMatcher

    coded = read_coded_study(study)[0]
    nlp = spacy.blank("da")
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    phrases = [text for code in coded.codebook.by_id.values() for text in code.patterns]
    for text in phrases:
        matcher.add(text, [nlp.make_doc(text.rstrip("*"))])
    docs = [nlp.make_doc(source.text) for source in coded.study.sources]
    return Measured(timed(lambda: [matcher(doc) for doc in docs], times), len(phrases))


def regular_expressions(study: Path, times: int) -> Measured:
    """One regular expression a pattern over every text, without lemmas."""
    coded = read_coded_study(study)[0]
    phrases = [text for code in coded.codebook.by_id.values() for text in code.patterns]
    written = [r"\b" + re.escape(text).replace(r"\*", r"\w*") + r"\b" for text in phrases]
    compiled = [re.compile(text, re.IGNORECASE) for text in written]
    texts = [source.text for source in coded.study.sources]
    return Measured(timed(lambda: [regex.findall(text) for regex in compiled for text in texts], times), len(phrases))


def openpyxl_rows(study: Path, times: int) -> Measured:
    """The same rows through openpyxl, as most scripts write them: without looks, links or heights."""
    return _openpyxl(study, times, write_only=False)


def openpyxl_write_only(study: Path, times: int) -> Measured:
    """The same in openpyxl's mode for large tables."""
    return _openpyxl(study, times, write_only=True)


def _openpyxl(study: Path, times: int, write_only: bool) -> Measured:
    from openpyxl import Workbook

    coded = read_coded_study(study)[0]
    sources, codes = coded.study.source_by_id, coded.codebook
    rows = [
        (
            number, codes.theme_of[c.code].label, codes.by_id[c.code].label, sources[c.source].meta.case,
            ", ".join(sources[c.source].meta.roles), c.quote, c.memo, c.coder, c.source, c.origin, c.start, c.end, c.id,
        )
        for number, c in enumerate(coded.codings, 1)
        if c.coder in CODERS
    ]  # fmt: skip

    def written() -> None:
        book = Workbook(write_only=write_only)
        sheet = book.create_sheet("Excerpts")
        for row in rows:
            sheet.append(row)
        book.save(io.BytesIO())

    return Measured(timed(written, times), len(rows))


def python_docx(study: Path, times: int) -> Measured:
    """The words of the paragraphs of .docx files, and nothing mended."""
    from docx import Document

    with documents(study, ".docx") as files:
        work = timed(lambda: [[p.text for p in Document(str(path)).paragraphs] for path in files], times)
        return Measured(work, len(files))


def copied_txt(study: Path, times: int) -> Measured:
    """Texts read and written again, a file at a time, each waited for until it is on disk."""
    with documents(study, ".txt") as files, tempfile.TemporaryDirectory() as folder:

        def copied() -> None:
            for path in files:
                with open(Path(folder) / path.name, "wb") as file:  # noqa: PTH123
                    file.write(path.read_bytes())
                    file.flush()
                    os.fsync(file.fileno())

        return Measured(timed(copied, times), len(files))


def fsync_alone(study: Path, times: int) -> Measured:
    """A line at the end of a file, waited for until it is on disk: what no program can do without."""
    return _appended(lambda: None, times)


def fsync_and_find(study: Path, times: int) -> Measured:
    """The same after a text of a million characters was searched for words at its end."""
    text = long_text()
    return _appended(lambda: text.find(LAST_WORDS), times)


def _appended(before: Callable[[], object], times: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log"

        def append() -> None:
            before()
            with path.open("ab") as file:
                file.write(b"x" * 400 + b"\n")
                file.flush()
                os.fsync(file.fileno())

        append()
        return Measured(timed(append, times))
