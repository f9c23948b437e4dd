"""excerpts.csv and codebook.csv: the codings of the matrix and the codebook as lists."""

from __future__ import annotations

from reports.listing import Entry, Listing, csv_bytes
from reports.view import ReportView


def excerpts_csv(view: ReportView) -> bytes:
    """excerpts.csv, as a Danish Excel opens it."""
    return csv_bytes(excerpts_listing(view))


def codebook_csv(view: ReportView) -> bytes:
    """codebook.csv, as a Danish Excel opens it."""
    return csv_bytes(codebook_listing(view))


def excerpts_listing(view: ReportView) -> Listing:
    """Every coding of the matrix, cell by cell, with its exact words and place (code points, end exclusive)."""
    words = view.words
    keys = (
        "number", "theme", "code", "group", "case", "roles", "excerpt", "place",
        "kind", "memo", "coder", "source", "origin", "start", "end", "coding",
    )  # fmt: skip
    names = (
        words.number, words.theme, words.code, words.group, words.case, words.roles, words.excerpt, words.place,
        words.kind, words.memo, words.coder, words.source, words.origin, words.start, words.end, words.coding_id,
    )  # fmt: skip
    rows = tuple(
        (
            row.number, row.theme, row.code, row.group, row.case, row.roles, row.text, row.place,
            row.kind, row.memo, row.coder, row.source, row.origin, row.start, row.end, row.id,
        )
        for row in view.excerpts
    )  # fmt: skip
    return Listing(keys, names, rows)


def codebook_listing(view: ReportView) -> Listing:
    """Every theme and code with what the codebook says about it; several entries stand on lines of their own."""
    words = view.words
    keys = ("theme", "code", "id", "codings", "definition", "include", "exclude", "examples", "questions", "patterns",
            "replaced_by")  # fmt: skip
    details = (
        words.definition, words.include, words.exclude, words.examples, words.questions, words.patterns,
        words.replaced_by,
    )  # fmt: skip
    rows: list[tuple[Entry, ...]] = []
    for code in view.codebook:
        said = {name: "\n".join(lines) for name, lines in code.details}
        label = code.label if code.level else ""
        rows.append((code.theme, label, code.id, code.n_codings, *(said.get(name, "") for name in details)))
    return Listing(keys, (words.theme, words.code, words.code_id, words.codings, *details), tuple(rows))
