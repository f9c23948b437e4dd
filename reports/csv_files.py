"""excerpts.csv and codebook.csv: lists for a spreadsheet or a script (UTF-8 with byte order mark, `;`, CRLF)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from reports.view import ReportView

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def excerpts_csv(view: ReportView) -> bytes:
    """Every coding of the matrix, cell by cell, with its exact words and place (code points, end exclusive)."""
    words = view.words
    names = (
        words.number, words.theme, words.code, words.group, words.case, words.roles, words.excerpt, words.place,
        words.kind, words.memo, words.coder, words.source, words.origin, words.start, words.end, words.coding_id,
    )  # fmt: skip
    rows = (
        (
            row.number, row.theme, row.code, row.group, row.case, row.roles, row.text, row.place,
            row.kind, row.memo, row.coder, row.source, row.origin, row.start, row.end, row.id,
        )
        for row in view.excerpts
    )  # fmt: skip
    return _csv(names, rows)


def codebook_csv(view: ReportView) -> bytes:
    """Every theme and code with what the codebook says about it; several entries stand on lines of their own."""
    words = view.words
    details = (
        words.definition, words.include, words.exclude, words.examples, words.questions, words.patterns,
        words.replaced_by,
    )  # fmt: skip
    rows = []
    for code in view.codebook:
        said = {name: "\n".join(lines) for name, lines in code.details}
        label = code.label if code.level else ""
        rows.append((code.theme, label, code.id, code.count, *(said.get(name, "") for name in details)))
    return _csv((words.theme, words.code, words.code_id, words.codings, *details), rows)


def _csv(names: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_safe(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
