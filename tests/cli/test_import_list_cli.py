"""`crosscase import-project LIST`: words found in the study, questions asked in a file, and one project of several."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result

from cli.main import main
from coding.coded_study import read_coded_study

STUDY = """\
=== sources/leder.md
---
title: Leder
case: birkeby
---

Det er svært at nå.

Økonomien fylder meget hos os.

Det er svært at nå.
"""
MORE = "Leder;Det er svært;pres;bo\nLeder;hos;andre;bo\n"
LIST = "document;segment;code;coder\nLeder;Økonomien fylder meget;økonomi;bo\nLeder;Det er svært at nå.;tid;bo\n"


def run(root: Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["import-project", *map(str, words), "--study", str(root)])


def words_by_code(root: Path) -> dict[str, list[tuple[int, str]]]:
    coded, _ = read_coded_study(root)
    found: dict[str, list[tuple[int, str]]] = {}
    for coding in coded.codings:
        found.setdefault(coding.code, []).append((coding.start, coding.quote))
    return found


def fill_in(path: Path, choice: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    rows[1][1] = choice
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def test_what_cannot_be_told_is_asked_in_a_file_and_the_answer_is_used(
    make_study: Callable[..., Path], tmp_path: Path
) -> None:
    root, choices = make_study(STUDY), tmp_path / "valg.csv"
    listed = tmp_path / "liste.csv"
    listed.write_text(LIST, "utf-8")
    result = run(root, listed)
    assert "1 segment cannot be placed without you" in result.output and "--choices" in result.output
    assert words_by_code(root) == {"oekonomi": [(21, "Økonomien fylder meget")]}
    run(root, listed, "--choices", choices)
    with choices.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert (row["row"], row["words"]) == ("3", "Det er svært at nå.")
    assert row["place 1"].startswith("leder line 6: …") and row["place 2"].startswith("leder line 10: …")
    fill_in(choices, "2")
    result = run(root, listed, "--choices", choices)
    assert result.exit_code == 0, result.output
    assert words_by_code(root)["tid"] == [(53, "Det er svært at nå.")]
    again = run(root, listed, "--choices", choices)
    assert "nothing was written" in again.output
    assert len(words_by_code(root)["tid"]) == 1


def test_questions_with_more_and_with_fewer_places_are_all_answered(
    make_study: Callable[..., Path], tmp_path: Path
) -> None:
    root, choices = make_study(STUDY.replace("hos os", "hos os, hos jer og hos dem")), tmp_path / "valg.csv"
    listed = tmp_path / "liste.csv"
    listed.write_text(LIST + MORE, "utf-8")
    run(root, listed, "--choices", choices)
    with choices.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len({len(row) for row in rows}) == 1 and len(rows) == 4
    for row in rows[1:]:
        row[1] = "1"
    with choices.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    result = run(root, listed, "--choices", choices)
    assert result.exit_code == 0, result.output
    assert {"tid", "pres", "andre"} <= words_by_code(root).keys()


def test_a_choice_that_is_no_place_is_a_problem_and_one_of_none_leaves_it_out(
    make_study: Callable[..., Path], tmp_path: Path
) -> None:
    root, choices = make_study(STUDY), tmp_path / "valg.csv"
    listed = tmp_path / "liste.csv"
    listed.write_text(LIST, "utf-8")
    run(root, listed, "--choices", choices)
    fill_in(choices, "måske")
    result = run(root, listed, "--choices", choices)
    assert result.exit_code == 1 and "valg.csv:2" in result.output
    fill_in(choices, "nej")
    result = run(root, listed, "--choices", choices)
    assert "without you" not in result.output
    assert "tid" not in words_by_code(root)


def test_a_list_makes_a_study_of_its_segments_where_there_is_none(tmp_path: Path) -> None:
    listed = tmp_path / "liste.csv"
    listed.write_text(LIST, "utf-8")
    result = CliRunner().invoke(main, ["import-project", str(listed), str(tmp_path / "ny")])
    assert result.exit_code == 0, result.output
    coded, problems = read_coded_study(tmp_path / "ny")
    assert not [problem for problem in problems if problem.severity == "error"]
    assert [source.text for source in coded.study.sources] == ["Økonomien fylder meget\n\nDet er svært at nå.\n"]
    assert len(coded.codings) == 2


def test_options_of_other_formats_are_refused(make_study: Callable[..., Path], tmp_path: Path) -> None:
    root = make_study(STUDY)
    listed = tmp_path / "liste.csv"
    listed.write_text(LIST, "utf-8")
    assert run(root, listed, "--project", "x").exit_code == 2
    database = tmp_path / "x.rqda"
    with sqlite3.connect(database) as db:
        for table in ("freecode", "coding", "source"):
            db.execute(f"CREATE TABLE {table} (id)")
    db.close()
    assert run(root, database, "--choices", tmp_path / "c.csv").exit_code == 2
