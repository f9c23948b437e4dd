"""The same report as Word file and web page has the same alarms as in plain text."""

from __future__ import annotations

from pathlib import Path

import docx

from reports.document.check import check_document
from reports.document.languages import language_of
from reports.document.lines import read_lines

FIXTURES = Path(__file__).parent / "fixtures"


def written_as_docx(text: str, path: Path) -> None:
    """A Word file with the headings, paragraphs and table of a Markdown text."""
    document = docx.Document()
    rows: list[list[str]] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("|"):
            if "---" not in line:
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            table = document.add_table(len(rows), len(rows[0]))
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    table.cell(at, column).text = cell
            rows = []
        if line.startswith("#"):
            document.add_heading(line.lstrip("# "), len(line) - len(line.lstrip("#")))
        elif line.strip() and not line.startswith("<!--"):
            document.add_paragraph(line)
    document.save(str(path))


def test_a_word_file_has_the_alarms_of_the_text(tmp_path: Path) -> None:
    for name in ("en-schools.md", "da-skoler.md", "en-clinics.md"):
        plain, _ = read_lines(FIXTURES / name)
        path = tmp_path / f"{name}.docx"
        written_as_docx((FIXTURES / name).read_text("utf-8"), path)
        word, problems = read_lines(path)
        assert plain is not None and word is not None and not problems
        language = language_of(plain)
        expected = [(a.rule, [s.text for s in a.sides]) for a in check_document(plain, "r", language)]
        found = [(a.rule, [s.text for s in a.sides]) for a in check_document(word, "r", language)]
        assert sorted(found) == sorted(expected) and found
