"""States and counts, each from the least study that gives it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coding.coded_study import read_coded_study
from reports.aggregate import EVERYTHING, Filters, comparison_matrix, framework_matrix
from reports.matrix import CaseTheme, Cell

CASES = "=== cases.csv\nid,label,group,cluster,merged\na,A,few,nord,ja\nb,B,few,syd,nej\nm,M,many,nord,\n"
CODEBOOK = """=== codebook.yaml
themes:
- {id: penge, label: Penge, definition: D, questions: [1a], codes: [{id: penge.budget, label: Budget, questions: [1c]}]}
- {id: folk, label: Folk, definition: D, questions: [1b]}
- {id: reform, label: Reform, definition: D, applies_to: {merged: ja}}
- {id: gammel, label: Gammel, definition: D, replaced_by: penge.budget}
"""
GUIDE = "=== guide.md\n# G\n\n## 1. S {#1}\n\na. Penge? {#1a}\nb. Folk? {#1b}\nc. Budget? {#1c}\n"
TEXT = "Her er penge nok. Her er folk nok."


def source(id: str, case: str, asked: str = "unknown", roles: str = "leder", text: str = TEXT) -> str:
    return f"=== sources/{id}.md\n---\ncase: {case}\nroles: [{roles}]\nasked: {asked}\n---\n\n{text}\n"


def log(source: str, *events: dict[str, object], coder: str = "ana") -> str:
    lines = [json.dumps({"id": f"{coder}-{source}-{n}", **event}) for n, event in enumerate(events)]
    return f"=== codings/{coder}/{source}.jsonl\n" + "".join(line + "\n" for line in lines)


READ: dict[str, object] = {"op": "read"}


def add(code: str, start: int = 0, end: int = 17) -> dict[str, object]:
    return {"op": "add", "code": code, "start": start, "end": end, "quote": TEXT[start:end]}


@pytest.fixture
def cell(make_study: Callable[..., Path]) -> Callable[..., CaseTheme]:
    def find(study: str, case: str, theme: str, coders: tuple[str, ...] = ("ana",), **filters: object) -> CaseTheme:
        coded, _ = read_coded_study(make_study(CASES + CODEBOOK + GUIDE + study))
        framework = framework_matrix(coded, coders, Filters(**filters))  # type: ignore[arg-type]
        row = next(i for i, c in enumerate(framework.cases) if c.id == case)
        return framework.cells[row][[t.id for t in framework.themes].index(theme)]

    return find


@pytest.mark.parametrize(
    ("study", "case", "theme", "state", "asked"),
    [
        (source("s", "a") + log("s", add("penge")), "a", "penge", "mentioned", None),
        (source("s", "a") + log("s", add("penge.budget")), "a", "penge", "mentioned", None),
        (source("s", "a") + log("s", add("gammel")), "a", "penge", "mentioned", None),
        (source("s", "a", "all") + log("s", READ), "a", "folk", "asked_no_answer", True),
        (source("s", "a", "[1c]") + log("s", READ), "a", "penge", "asked_no_answer", True),
        (source("s", "a", "[1a]") + log("s", READ), "a", "folk", "not_asked", False),
        (source("s", "a") + log("s", READ), "a", "folk", "read_absent", None),
        (source("s", "a", "[1a]") + log("s", READ), "a", "reform", "read_absent", None),
        (
            source("s", "a", "all") + log("s", {"op": "read", "theme": "folk"}),
            "a",
            "folk",
            "asked_no_answer",
            True,
        ),
        (
            source("s", "a", "all") + log("s", {"op": "read", "theme": "folk"}),
            "a",
            "penge",
            "not_coded",
            True,
        ),
        (source("s", "a", "all") + log("s", add("penge")), "a", "folk", "not_coded", True),
        (source("s", "a", "all"), "a", "folk", "not_coded", True),
        ("", "a", "folk", "unknown", None),
        (source("s", "b") + log("s", READ), "b", "reform", "not_applicable", None),
        (source("s", "m") + log("s", READ), "m", "reform", "unknown", None),
        (source("s", "b") + log("s", add("reform")), "b", "reform", "mentioned", None),
        (source("s", "a", text="## Folk\n\n" + TEXT) + log("s", READ), "a", "folk", "asked_no_answer", True),
    ],
)
def test_the_state_that_the_data_give(
    cell: Callable[..., CaseTheme], study: str, case: str, theme: str, state: str, asked: bool | None
) -> None:
    found = cell(study, case, theme)
    assert (found.state, found.asked) == (state, asked)


def test_one_unread_interview_leaves_the_case_undecided(cell: Callable[..., CaseTheme]) -> None:
    both = source("s", "a", "all") + source("t", "a", "all") + log("s", READ)
    assert cell(both, "a", "folk").state == "not_coded"


def test_a_case_is_asked_when_one_of_its_interviews_was(cell: Callable[..., CaseTheme]) -> None:
    both = source("s", "a", "[1a]") + source("t", "a", "[1b]") + log("s", READ) + log("t", READ)
    assert cell(both, "a", "folk").state == "asked_no_answer"
    assert cell(both, "a", "folk").asked is True


def test_another_coders_reading_and_codings_do_not_count(cell: Callable[..., CaseTheme]) -> None:
    study = source("s", "a", "all") + log("s", READ, add("penge"), coder="bo") + log("s", coder="ana")
    assert cell(study, "a", "folk").state == "not_coded"
    assert cell(study, "a", "penge", coders=("bo",)).state == "mentioned"


def test_a_union_counts_the_same_code_on_the_same_words_once(cell: Callable[..., CaseTheme]) -> None:
    study = source("s", "a") + log("s", add("penge")) + log("s", add("penge"), add("penge.budget"), coder="bo")
    found = cell(study, "a", "penge", coders=("ana", "bo"))
    assert [(c.coder, c.code) for c in found.codings] == [("ana", "penge"), ("bo", "penge.budget")]


def test_roles_filter_sources_and_a_joint_interview_stays(cell: Callable[..., CaseTheme]) -> None:
    study = (
        source("s", "a", "all") + source("t", "a", "all", roles="medarbejder")
        + source("u", "m", "all", "leder, medarbejder")
        + log("s", READ, add("penge")) + log("t", READ) + log("u", add("penge"))
    )  # fmt: skip
    assert cell(study, "a", "penge", roles=("medarbejder",)).state == "asked_no_answer"
    assert cell(study, "m", "penge", roles=("medarbejder",)).state == "mentioned"


def matrix_cells(
    root: Path, coders: tuple[str, ...] = ("ana",), filters: Filters = EVERYTHING
) -> dict[tuple[str, str], Cell]:
    coded, _ = read_coded_study(root)
    matrix = comparison_matrix(coded, framework_matrix(coded, coders, filters), coders, filters)
    return {(row.theme.id, cell.column.id): cell for row in matrix.rows for cell in row.cells}


def test_counts_have_their_denominators_and_a_case_counts_once(make_study: Callable[..., Path]) -> None:
    study = (
        source("s", "a", "[1a]") + source("t", "a", "all") + source("u", "b")
        + log("s", READ, add("penge"), add("penge", 18, 34))
        + log("t", READ, add("penge")) + log("u", READ)
    )  # fmt: skip
    cells = matrix_cells(make_study(CASES + CODEBOOK + GUIDE + study))
    few = cells["penge", "few"]
    assert (few.n_group, few.n_applicable, few.n_asked, few.n_unknown, few.n_mentioning, few.n_codings) == (
        2,
        2,
        1,
        1,
        1,
        3,
    )
    reform = cells["reform", "few"]
    assert (reform.n_group, reform.n_applicable) == (2, 1)
    assert ("gammel", "few") not in cells, "a replaced theme is no row"


def test_a_filter_on_cases_shrinks_the_denominator_and_keeps_the_columns(
    make_study: Callable[..., Path],
) -> None:
    cells = matrix_cells(
        make_study(CASES + CODEBOOK + GUIDE + source("s", "a")), filters=Filters(where=(("cluster", "syd"),))
    )
    assert cells["penge", "few"].n_group == 1
    assert cells["penge", "many"].n_group == 0


def test_excerpts_never_overlap_come_from_different_cases_and_are_slices(
    make_study: Callable[..., Path],
) -> None:
    study = (
        source("s", "a") + source("t", "b")
        + log("s", add("penge"), add("penge.budget", 3, 34), add("penge", 18, 34)) + log("t", add("penge"))
    )  # fmt: skip
    excerpts = matrix_cells(make_study(CASES + CODEBOOK + GUIDE + study))["penge", "few"].excerpts
    assert {e.source.meta.case for e in excerpts} == {"a", "b"}
    for excerpt in excerpts:
        assert excerpt.text == excerpt.source.text[excerpt.start : excerpt.end]
        assert excerpt.codings
        assert all(c.start < excerpt.end and c.end > excerpt.start for c in excerpt.codings)
