from __future__ import annotations

import csv
import io

from report_values import CODINGS, view

from corpus.tables import table_from_bytes
from reports.csv_files import codebook_csv, excerpts_csv


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_danish_excel_opens_the_lists_as_they_are() -> None:
    for data in (excerpts_csv(view()), codebook_csv(view())):
        assert data.startswith(b"\xef\xbb\xbf")
        assert b";" in data.split(b"\r\n")[0] and b"," not in data.split(b"\r\n")[0]


def test_every_coding_has_its_exact_words_and_place() -> None:
    found = {row["Kodning"]: row for row in rows(excerpts_csv(view()))}
    assert set(found) == {"a1", "a2", "a3", "a4", "a5", "a6"}
    for coding in CODINGS[:2]:
        row = found[coding.id]
        assert (row["Uddrag"], row["Kilde"]) == (coding.quote, coding.source)
        assert (int(row["Fra tegn"]), int(row["Til tegn"])) == (coding.start, coding.end)
    assert found["a2"]["Kode"] == "Budget" and found["a2"]["Tema"] == "Økonomi"


def test_a_spreadsheet_finds_no_formula() -> None:
    row = next(row for row in rows(excerpts_csv(view())) if row["Kodning"] == "a3")
    assert (row["Uddrag"], row["Note"]) == ("'=cmd|' /C calc'!A0", "'=1+1")


def test_the_codebook_keeps_its_order_and_its_lists() -> None:
    theme, code, *_ = rows(codebook_csv(view()))
    assert (theme["Tema"], theme["Kode"], theme["Id"]) == ("Økonomi", "", "oekonomi")
    assert (code["Tema"], code["Kode"], code["Id"]) == ("Økonomi", "Budget", "oekonomi.budget")
    assert theme["Mønstre"] == "økonomi* · budget*"


def test_crosscase_can_read_its_own_lists() -> None:
    table, problems = table_from_bytes(excerpts_csv(view()), "excerpts.csv")
    assert problems == [] and len(table.rows) == 6
