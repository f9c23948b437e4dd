"""What `make bench` measures: each row a piece of work, its target (DESIGN.md, "Speed and size"), and plain ways to do
the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from benchmarks.timing import Measured

Unit = Literal["s", "ms", "a second"]


class Row(NamedTuple):
    """A piece of work on a study of one size.

    `target` is in `unit`: at most so many seconds, at least so many a second; with `against` it is at most so many
    times what that takes. None where there is only something to be known. `runs` is for a quick run, a full one has
    more. `ours` is a function of benchmarks.ours, or `module.function`.
    """

    work: str
    ours: str
    size: str
    unit: Unit
    target: float | None = None
    against: str = ""
    others: Sequence[tuple[str, str]] = ()
    runs: int = 3
    full_only: bool = False


ROWS = (
    Row("`crosscase --help`", "help_text", "tiny", "s", 2.5, "import click", [("click", "ours.import_click")], 9),
    Row("build of the example study, nothing changed", "unchanged_build", "tiny", "s", 1.0, runs=5),
    Row("import txt", "import_txt", "large", "a second", 2000, "", [("copy and fsync", "others.copied_txt")]),
    Row("– reading alone", "read_txt", "large", "a second"),
    Row("import docx", "import_docx", "large", "a second", 500),
    Row("– reading alone", "read_docx", "large", "a second", None, "", [("python-docx", "others.python_docx")]),
    Row("one coding, on disk", "add_coding", "tiny", "ms", 1.0, "", [("fsync alone", "others.fsync_alone")], 301),
    Row("– after 1,000,000 codings", "add_coding_after_a_million", "tiny", "ms", 1.0, runs=301),
    Row("– in a text of 1,000,000 characters, by its place", "add_coding_in_long_text", "tiny", "ms", 1.0, runs=301),
    Row("– – by its words, which are looked for", "add_coding_by_words", "tiny", "ms", 1.0, "",
        [("fsync and str.find", "others.fsync_and_find")], 301),
    Row("– by `crosscase code add`, medium", "add_by_command", "medium", "s"),
    Row("open all codings from the logs, large", "open_codings", "large", "s", 3.0, "",
        [("json module", "others.json_module"), ("msgspec alone", "others.msgspec_alone"),
         ("and all kept", "others.msgspec_kept")]),
    Row("– with all texts, cases, codebook", "open_study", "large", "s", runs=1),
    Row("10,000 codings found again in a text of 1,000,000 characters, one letter put in",
        "find_again_after_a_letter", "medium", "s"),
    Row("– a paragraph put in front", "find_again_after_a_paragraph", "medium", "s"),
    Row("– a letter put into 100 of them", "find_again_after_many_letters", "medium", "s"),
    Row("counts for the matrix, both coders, large", "counts", "large", "s", 0.3, "",
        [("SQLite", "others.sqlite_counts"), ("Counter", "others.counter_counts")]),
    Row("– and states, and who was asked", "states_and_counts", "large", "s"),
    Row("matrices with excerpts, medium", "comparison", "medium", "s", runs=3),
    Row("matrices with excerpts, large", "comparison", "large", "s", full_only=True),
    Row("words and lemmas of all texts, medium, first time", "index_words", "medium", "s", runs=1),
    Row("– read again from .crosscase", "read_indexes", "medium", "s"),
    Row("twenty best paragraphs with two frequent words, large", "search_ranked", "large", "ms", 10.0),
    Row("– all paragraphs with one word", "search_all", "large", "ms", 60.0),
    Row("– by `search`, which looks whether texts have changed", "search_again", "large", "ms"),
    Row("patterns over medium", "patterns", "medium", "s", 1.0, "",
        [("PhraseMatcher", "others.phrase_matcher"), ("regular expressions", "others.regular_expressions")]),
    Row("suggestions: model fitted and calibrated again after a coding, example study", "suggesting.refit", "tiny", "s",
        1.0, "", [("TF-IDF + logistic regression", "suggesting.plain_refit")], 5),
    Row("– without calibration", "suggesting.refit_alone", "tiny", "s", 0.5, "",
        [("TF-IDF + logistic regression", "suggesting.plain_refit")], 5),
    Row("– 1,000 new paragraphs, all codes ranked with the words for them", "suggesting.thousand", "tiny", "s", 2.0, "",
        [("TF-IDF + logistic regression", "suggesting.plain_thousand")], 5),
    Row("excerpts to xlsx, both coders, medium", "xlsx", "medium", "s", 6.0, "",
        [("openpyxl", "others.openpyxl_rows"), ("openpyxl write-only", "others.openpyxl_write_only")], 1),
    Row("codings from REFI-QDA into a new study, medium", "refi_in", "medium", "a second", 60_000),
    Row("codings out to REFI-QDA, medium", "refi_out", "medium", "a second", 50_000),
    Row("words of the report, medium", "words_of_report", "medium", "s", runs=1),
    Row("web page, medium", "html", "medium", "s", runs=1),
    Row("`crosscase build`, medium", "first_build", "medium", "s", runs=1),
    Row("– after one coding was changed", "build_after_one_coding", "medium", "s", runs=1),
    Row("– nothing changed", "build_without_change", "medium", "s", runs=1),
)  # fmt: skip

GROWTH = (
    ("open all codings from the logs", "open_codings"),
    ("codings found again in an edited text", "find_again_in_an_eighth"),
    ("states and counts", "states_and_counts"),
    ("matrices with excerpts", "comparison"),
    ("patterns", "patterns"),
    ("words of the report", "words_of_report"),
    ("web page", "html"),
    ("excerpts to xlsx", "xlsx"),
    ("codings from REFI-QDA", "refi_in"),
    ("codings out to REFI-QDA", "refi_out"),
)
"""Work that is measured on a study and on one of twice its size."""


def shown(measured: Measured, unit: Unit) -> str:
    """What was measured, in the row's unit."""
    if unit == "a second":
        return f"{measured.rate:,.0f} a second"
    return f"{measured.typical * 1000:.2f} ms" if unit == "ms" else f"{measured.typical:.2f} s"


def target_words(row: Row) -> str:
    """The row's target in words; a dash where there is none."""
    if row.target is None:
        return "–"
    if row.against:
        return f"≤ {row.target:g} × {row.against}"
    return f"≥ {row.target:,.0f} a second" if row.unit == "a second" else f"≤ {row.target:g} {row.unit}"


def is_met(row: Row, measured: Measured, others: Sequence[Measured]) -> bool | None:
    """Whether the target is met; None where there is none."""
    if row.target is None:
        return None
    if row.against:
        return measured.typical <= row.target * others[0].typical
    if row.unit == "a second":
        return measured.rate >= row.target
    return measured.typical <= row.target / (1000 if row.unit == "ms" else 1)


def ratio(measured: Measured, other: Measured) -> str:
    """How many times what `other` takes for each thing done: `0.35 ×`."""
    return f"{(measured.typical / measured.n) / (other.typical / other.n):.2f} ×"
