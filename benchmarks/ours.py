"""What is measured of crosscase: each function does one piece of work on a study some times and tells how long it took.

What a piece of work needs is read before the clock runs.
"""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from benchmarks.generate import CODERS
from benchmarks.timing import Measured, of_commands, timed
from coding.coded_study import CodedStudy, read_coded_study, read_codings
from coding.events import Add, Recode, now
from coding.log import append_events, event_line, log_file, log_files
from corpus.ids import random_id
from corpus.study import read_study

if TYPE_CHECKING:
    from coding.acts import Span
    from corpus.source import Source
    from reports.view import ReportView

COMMAND = (sys.executable, "-c", "from cli.main import main; main()")
LONG_TEXT = 1_000_000
"""Characters of the long text in which a coding is made."""
LONG_LOG = 1_000_000
"""Codings in the long log to which one is added."""
LAST_WORDS = "De sidste ord."


def help_text(study: Path, times: int) -> Measured:
    """`crosscase --help`."""
    return Measured(of_commands([*COMMAND, "--help"], times))


def import_click(study: Path, times: int) -> Measured:
    """What every command-line program with click takes to start."""
    return Measured(of_commands([sys.executable, "-c", "import click"], times))


def unchanged_build(study: Path, times: int) -> Measured:
    """`crosscase build` of the example study when nothing has changed since the last."""
    with tempfile.TemporaryDirectory() as folder:
        of_commands([*COMMAND, "demo", f"{folder}/demo"], 0)
        return Measured(of_commands([*COMMAND, "build", "--study", f"{folder}/demo"], times))


def import_txt(study: Path, times: int) -> Measured:
    """Import the texts of the study as .txt files, from the list of files to the last one on disk."""
    return _import(study, times, ".txt")


def import_docx(study: Path, times: int) -> Measured:
    """The same with .docx files."""
    return _import(study, times, ".docx")


def read_txt(study: Path, times: int) -> Measured:
    """Read .txt files and mend their texts, without writing anything."""
    return _read_documents(study, times, ".txt")


def read_docx(study: Path, times: int) -> Measured:
    """The same with .docx files."""
    return _read_documents(study, times, ".docx")


def _import(study: Path, times: int, suffix: str) -> Measured:
    from corpus.importing import apply_import, plan_import
    from corpus.new_study import write_new_study

    moment = datetime.datetime(2009, 1, 14, tzinfo=datetime.UTC)
    with documents(study, suffix) as files, tempfile.TemporaryDirectory() as folder:
        roots = iter([Path(folder) / str(n) for n in range(times)])

        def imported() -> None:
            plan, problems = plan_import(root, files, moment.date())
            done, faults = apply_import(root, plan, moment)
            assert len(done.sources) == len(files), [*problems, *faults]

        seconds: list[float] = []
        for root in roots:
            write_new_study(root, "Import", "da")
            seconds += timed(imported, 1)
        return Measured(tuple(seconds), len(files))


def _read_documents(study: Path, times: int, suffix: str) -> Measured:
    from corpus.readers import read_document

    with documents(study, suffix) as files:
        return Measured(timed(lambda: [read_document(path) for path in files], times), len(files))


@contextmanager
def documents(study: Path, suffix: str, most: int = 2000) -> Iterator[Sequence[Path]]:
    """The texts of the study's sources as files to be imported; of .docx a tenth as many."""
    from corpus.study import read_study

    sources = read_study(study)[0].sources[: most if suffix == ".txt" else most // 10]
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{source.id}{suffix}" for source in sources]
        for source, path in zip(sources, paths, strict=True):
            if suffix == ".txt":
                path.write_text(source.text, "utf-8")
            else:
                _write_docx(path, source.text)
        yield paths


def _write_docx(path: Path, text: str) -> None:
    from docx import Document

    document = Document()
    for paragraph in text.split("\n\n"):
        title = paragraph.removeprefix("## ")
        if title == paragraph:
            document.add_paragraph(paragraph)
        else:
            document.add_heading(title, 2)
    document.save(str(path))


def add_coding(study: Path, times: int) -> Measured:
    """One coding, on disk, in a log with nothing in it."""
    return _append(b"", times)


def add_coding_after_a_million(study: Path, times: int) -> Measured:
    """One coding, on disk, at the end of a log with a million."""
    block = b"".join(event_line(_new_coding("Ord." * 50)) for _ in range(1000))
    return _append(block, times, LONG_LOG // 1000)


def add_coding_in_long_text(study: Path, times: int) -> Measured:
    """One coding in a text of a million characters, its place known, as where words are marked in a browser."""
    from coding.acts import Span

    text = long_text()
    return _code(text, lambda _: Span(len(text) - len(LAST_WORDS), len(text)), times)


def add_coding_by_words(study: Path, times: int) -> Measured:
    """The same with the words alone: they are looked for, and whether they stand there once only."""
    from coding.acts import Span, find_span

    def place(source: Source) -> Span:
        span = find_span(source, LAST_WORDS)
        assert isinstance(span, Span)
        return span

    return _code(long_text(), place, times)


def long_text() -> str:
    """A text of a million characters."""
    return "".join(f"Ord nummer {n}. " for n in range(LONG_TEXT // 17)) + LAST_WORDS


def _code(text: str, place: Callable[[Source], Span], times: int) -> Measured:
    from coding.acts import added
    from corpus.source import FrontMatter, Source

    source = Source("lang", FrontMatter(), text)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / log_file("ana", source.id)
        append_events(log, [_new_coding("Ord")])
        return Measured(timed(lambda: append_events(log, [added(source, "t0", place(source), "")]), times))


def _append(content: bytes, times: int, blocks: int = 1) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / log_file("ana", "k")
        log.parent.mkdir(parents=True)
        with log.open("wb") as file:
            for _ in range(blocks):
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return Measured(timed(lambda: append_events(log, [_new_coding("Ord." * 50)]), times))


def _new_coding(quote: str) -> Add:
    return Add(id=random_id("c"), at=now(), code="t0", start=0, end=len(quote), quote=quote, prefix="", suffix="Ord")


def add_by_command(study: Path, times: int) -> Measured:
    """`crosscase code add`, which reads and checks the study first."""
    with _copy(study) as root:
        source = log_files(root)[0][1]
        starts = iter(range(times + 1))

        def add() -> None:
            start = next(starts)
            span = ["--start", str(start), "--end", str(start + 10)]
            of_commands([*COMMAND, "code", "add", source, "t0", *span, "--coder", "ana", "--study", str(root)], 0)

        return Measured(timed(add, times))


def open_codings(study: Path, times: int) -> Measured:
    """All codings from their logs: read, folded, compared with the texts, sorted and checked."""
    coded, _ = read_coded_study(study)
    parts = coded.study, coded.guide, coded.codebook
    n = len(coded.codings)
    del coded
    return Measured(timed(lambda: read_codings(*parts), times), n)


def open_study(study: Path, times: int) -> Measured:
    """The same with everything else in the folder: sources, cases, guide, codebook."""
    n = len(log_files(study))
    return Measured(timed(lambda: read_coded_study(study), times), n)


def find_again_after_a_letter(study: Path, times: int) -> Measured:
    """10,000 codings in a text of a million characters, into the middle of which one letter was put."""
    return _find_again(study, times, lambda text, starts: f"{text[: len(text) // 2]}x{text[len(text) // 2 :]}")


def find_again_after_a_paragraph(study: Path, times: int) -> Measured:
    """The same after a paragraph was put in front."""
    return _find_again(study, times, lambda text, starts: f"{text[-300:]}\n\n{text}")


def find_again_after_many_letters(study: Path, times: int) -> Measured:
    """The same after a letter was put into a hundred of the passages that were coded."""
    return _find_again(study, times, _with_letters)


def find_again_in_an_eighth(study: Path, times: int) -> Measured:
    """The same in an eighth of the study's texts, joined."""
    return _find_again(study, times, _with_letters, sys.maxsize)


def _with_letters(text: str, starts: Sequence[int]) -> str:
    parts, at = [], 0
    for start in starts[:: max(1, len(starts) // 100)]:
        parts += [text[at : start + 20], "x"]
        at = start + 20
    return "".join((*parts, text[at:]))


def _find_again(study: Path, times: int, edit: Callable[[str, Sequence[int]], str], most: int = LONG_TEXT) -> Measured:
    """Codings of 60 characters, one in 100 characters of text, looked for in the edited text."""
    from coding.acts import Span, added
    from coding.fold import Folded
    from coding.placing import LogCodings, placed_codings
    from corpus.source import FrontMatter, Source
    from corpus.study import read_study

    sources = read_study(study)[0].sources
    sources = sources[: max(1, len(sources) // 8)] if most > LONG_TEXT else sources
    text = "\n\n".join(source.text for source in sources)[:most]
    old, starts = Source("lang", FrontMatter(), text), range(0, len(text) - 60, 100)
    adds = [added(old, "t0", Span(start, start + 60)) for start in starts]
    folded = [Folded(add, add.code, add, "", line) for line, add in enumerate(adds, 1)]
    new = Source("lang", FrontMatter(), edit(text, starts))

    def find() -> None:
        (found,) = placed_codings(new, [LogCodings("ana", "log", (), folded)], {})
        assert len(found.codings) > 0.9 * len(folded)

    find()
    return Measured(timed(find, times), len(folded))


def states_and_counts(study: Path, times: int) -> Measured:
    """State and codings of every case under every theme, of both coders together."""
    from reports.aggregate import framework_matrix

    coded, _ = read_coded_study(study)
    framework_matrix(coded, CODERS)
    return Measured(timed(lambda: framework_matrix(_anew(coded), CODERS), times), len(coded.codings))


def counts(study: Path, times: int) -> Measured:
    """Only the codings by case and theme, sub-codes rolled up, the same code on the same words counted once."""
    from reports.aggregate import codings_by_case_theme

    coded, _ = read_coded_study(study)
    return Measured(timed(lambda: codings_by_case_theme(_anew(coded), CODERS), times), len(coded.codings))


def _anew(coded: CodedStudy) -> CodedStudy:
    """The same study without what it has remembered of earlier runs: its codings by source."""
    return msgspec.structs.replace(coded)


def comparison(study: Path, times: int) -> Measured:
    """Both matrices of one coder's codings, with the excerpts of every cell."""
    from reports.aggregate import compare

    coded, _ = read_coded_study(study)
    n = sum(coding.coder == CODERS[0] for coding in coded.codings)
    return Measured(timed(lambda: compare(coded, CODERS[:1]), times), n)


def index_words(study: Path, times: int) -> Measured:
    """The words, sentences and lemmas of all texts, found anew with spaCy and simplemma and kept in .crosscase."""
    from corpus.study import read_study
    from corpus.tokens import read_tokens

    found, _ = read_study(study)
    kept = study / ".crosscase"
    seconds = timed(lambda: read_tokens(found), times, lambda: shutil.rmtree(kept, ignore_errors=True))
    return Measured(seconds, len(found.sources))


def read_indexes(study: Path, times: int) -> Measured:
    """The words of all texts with their lemmas, as they are kept in .crosscase once they have been found."""
    from corpus.study import read_study
    from corpus.tokens import read_tokens

    found, _ = read_study(study)
    read_tokens(found)
    return Measured(timed(lambda: read_tokens(found), times), len(found.sources))


def patterns(study: Path, times: int) -> Measured:
    """All that the codebook's patterns match in all texts."""
    from coding.patterns import pattern_matches
    from corpus.tokens import read_tokens

    coded, _ = read_coded_study(study)
    indexes, _ = read_tokens(coded.study)
    n = sum(len(code.patterns) for code in coded.codebook.by_id.values())
    return Measured(timed(lambda: pattern_matches(coded.codebook, indexes, coded.study.sources), times), n)


def refi_in(study: Path, times: int) -> Measured:
    """Carry a REFI-QDA project over into a new study, from the file to the last log on disk."""
    from coding.exchange.into_study import into_study
    from coding.exchange.refi_read import read_project

    moment = datetime.datetime(2009, 1, 14, tzinfo=datetime.UTC)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "study.qdpx"
        file.write_bytes(_refi(study))
        roots = iter([Path(folder) / str(n) for n in range(times)])
        carried: list[int] = []

        def imported() -> None:
            project, problems = read_project(file)
            assert project is not None, problems
            report, problems = into_study(project, next(roots), at=moment, file=file)
            assert report is not None, problems
            carried.append(report.codings)

        seconds = timed(imported, times)
        return Measured(seconds, carried[0])


def refi_out(study: Path, times: int) -> Measured:
    """Write the study as a REFI-QDA project, from its files to the bytes of the .qdpx."""
    return Measured(timed(lambda: _refi(study), times), len(read_coded_study(study)[0].codings))


def _refi(study: Path) -> bytes:
    from coding.exchange.refi_files import read_study_files
    from coding.exchange.refi_write import refi_project

    return refi_project(read_coded_study(study)[0], read_study_files(study)[0], "crosscase").data


def search_ranked(study: Path, times: int) -> Measured:
    """The twenty best paragraphs that hold two frequent words, from an open index."""
    return _search(study, times, 20)


def search_all(study: Path, times: int) -> Measured:
    """Every paragraph with a less frequent word, from an open index."""
    return _search(study, times, 0)


def _search(study: Path, times: int, limit: int) -> Measured:
    from corpus.search import hits, search_index

    word = Counter(word for s in read_study(study)[0].sources[:50] for word in s.text.lower().split() if word.isalpha())
    common = [w for w, _ in word.most_common(900)]
    query = f'"{common[40]}" AND "{common[50]}"' if limit else f'"{common[-1]}"'
    with closing(search_index(study)) as db:
        found, _ = hits(db, query, limit)
        return Measured(timed(lambda: hits(db, query, limit), times), len(found))


def search_again(study: Path, times: int) -> Measured:
    """The same with a look at every file whether it has changed, as the command does."""
    from corpus.search import search

    search(study, "kommune", 20)
    return Measured(timed(lambda: search(study, "kommune", 20), times))


def xlsx(study: Path, times: int) -> Measured:
    """The Excel workbook of both coders' codings: matrix, framework, every coding in a row, codebook, Read me."""
    from reports.xlsx import xlsx_bytes

    view = _view(study, CODERS)
    return Measured(timed(lambda: xlsx_bytes(view), times), len(view.excerpts))


def words_of_report(study: Path, times: int) -> Measured:
    """Every string of a report (reports.view), of one coder's codings."""
    from reports.aggregate import compare
    from reports.view import report

    coded, _ = read_coded_study(study)
    matrix, framework, _ = compare(coded, CODERS[:1])
    return Measured(timed(lambda: report(coded, matrix, framework), times), len(coded.codings))


def html(study: Path, times: int) -> Measured:
    """The web page, of one coder's codings with the other's in the texts."""
    from reports.html import html_bytes

    view = _view(study, CODERS[:1])
    return Measured(timed(lambda: html_bytes(view), times), len(view.excerpts))


def _view(study: Path, coders: Sequence[str]) -> ReportView:
    from reports.aggregate import compare
    from reports.view import report

    coded, _ = read_coded_study(study)
    matrix, framework, _ = compare(coded, coders)
    return report(coded, matrix, framework)


def first_build(study: Path, times: int) -> Measured:
    """`crosscase build` where nothing was built before."""
    with _copy(study) as root:
        return Measured(timed(lambda: _build(root), times, lambda: shutil.rmtree(root / "build", ignore_errors=True)))


def build_after_one_coding(study: Path, times: int) -> Measured:
    """`crosscase build` after one coding got another code."""
    with _copy(study) as root:
        _build(root)
        coder, source, path = log_files(root)[0]
        coded, _ = read_coded_study(root)
        targets = iter([coding.id for coding in coded.codings_in(source, coder)] * times)

        def recode() -> None:
            append_events(path, [Recode(id=random_id("e"), at=now(), target=next(targets), code="t0")])

        return Measured(timed(lambda: _build(root), times, recode))


def build_without_change(study: Path, times: int) -> Measured:
    """`crosscase build` where nothing has changed."""
    with _copy(study) as root:
        _build(root)
        return Measured(timed(lambda: _build(root), times))


def _build(root: Path) -> None:
    of_commands([*COMMAND, "build", "--study", str(root)], 0)


@contextmanager
def _copy(study: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "study"
        shutil.copytree(study, root, ignore=shutil.ignore_patterns("build"))
        yield root
