"""What changed between two versions of a study: one edit at a time, and many at once against a slow twin."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.build import build
from reports.diff.cell_facts import cell_facts
from reports.diff.changes import input_changes
from reports.diff.coding_changes import coding_changes
from reports.diff.difference import CellDifference, Difference, difference, of_themes
from reports.diff.markdown import diff_markdown
from reports.diff.revisions import CannotCompare, read_sides
from reports.diff.two_versions import responsible
from reports.diff.view import diff_view
from reports.diff.words import DANISH, ENGLISH

TEXT = "Her er penge nok til alle. Her er folk nok til alt. Det er ikke nemt at sige."
FILES = {
    "study.toml": """format = "crosscase-study/1"
title = "Prøve"
language = "da"
[groups.labels]
few = "Få"
many = "Mange"
[matrix]
coders = "ana"
excerpts = 1
""",
    "cases.csv": "id,label,group,cluster,merged\na,Askov,few,nord,ja\nb,Borris,few,syd,nej\nm,Mern,many,nord,ja\n",
    "guide.md": "# G\n\n## 1. S {#1}\n\na. Penge? {#1a}\nb. Folk? {#1b}\n",
    "codebook.yaml": """themes:
- {id: penge, label: Penge, definition: D, questions: [1a], codes: [{id: penge.budget, label: Budget}]}
- {id: folk, label: Folk, definition: D, questions: [1b]}
- {id: reform, label: Reform, definition: D, applies_to: {merged: ja}}
""",
}
SOURCES = {"a1": ("a", "leder"), "a2": ("a", "sagsbehandler"), "b1": ("b", "leder"), "m1": ("m", "leder")}
MONEY, FOLK, LAST = (TEXT[:26], TEXT[27:51], TEXT[52:])


def event(op: str, id: str, code: str = "", quote: str = "", **more: object) -> dict[str, object]:
    """An event; of a coding also where its words stand."""
    fields: dict[str, object] = {"op": op, "id": id, "at": "2026-03-01T10:00:00Z", **more}
    if code:
        fields["code"] = code
    if quote:
        fields |= {"start": TEXT.index(quote), "end": TEXT.index(quote) + len(quote), "quote": quote}
    return fields


LOGS: dict[tuple[str, str], list[dict[str, object]]] = {
    ("ana", "a1"): [event("read", "r1"), event("add", "c1", "penge", MONEY), event("add", "c2", "penge.budget", LAST)],
    ("ana", "a2"): [event("read", "r2"), event("add", "c3", "penge", LAST)],
    ("ana", "b1"): [event("add", "c4", "folk", FOLK)],
    ("ana", "m1"): [event("read", "r3"), event("add", "c5", "penge", MONEY)],
    ("bo", "a1"): [event("read", "r4"), event("add", "d1", "folk", MONEY)],
}


def write(root: Path) -> Path:
    """The study that all tests begin with."""
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for id, (case, role) in SOURCES.items():
        front = f"---\ncase: {case}\nroles: [{role}]\nasked: {'[1a]' if id == 'b1' else 'all'}\n---\n\n"
        (root / "sources").mkdir(exist_ok=True)
        (root / "sources" / f"{id}.md").write_text(f"{front}{TEXT}\n", "utf-8")
    for (coder, source), events in LOGS.items():
        log(root, coder, source, *events)
    return root


def log(root: Path, coder: str, source: str, *events: dict[str, object]) -> None:
    """Append events, later than all that the study begins with."""
    file = root / "codings" / coder / f"{source}.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as lines:
        lines.writelines(json.dumps(entry) + "\n" for entry in events)


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Put other words into a file; nothing where the old ones are not in it (another edit took them)."""
    text = (root / file).read_text("utf-8")
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


Edit = Callable[[Path], None]


def logs(coder: str, source: str, *events: dict[str, object]) -> Edit:
    return lambda root: log(root, coder, source, *events)


def replaces(file: str, old: str, new: str) -> Edit:
    return lambda root: replace(root, file, old, new)


def case(id: str, column: str, value: str) -> Edit:
    """Another value in one cell of cases.csv."""

    def edit(root: Path) -> None:
        header, *rows = [line.split(",") for line in (root / "cases.csv").read_text("utf-8").splitlines()]
        for row in rows:
            if row[0] == id:
                row[header.index(column)] = value
        (root / "cases.csv").write_text("".join(",".join(row) + "\n" for row in [header, *rows]), "utf-8")

    return edit


FEW, MANY = "few", "many"
ALL = {(theme, column) for theme in ("penge", "folk", "reform") for column in (FEW, MANY)}
EDITS: dict[str, tuple[Edit, set[tuple[str, str]], set[tuple[str, str]]]] = {
    # what is done: the edit, the cells that differ, the kind and subject of every cause
    "a coding added": (
        logs("ana", "m1", event("add", "n1", "folk", FOLK, memo="se igen")),
        {("folk", MANY)}, {("coding", "n1")},
    ),
    "a coding retracted": (
        logs("ana", "m1", event("retract", "n2", target="c5")), {("penge", MANY)}, {("coding", "c5")},
    ),
    "a coding recoded to another theme": (
        logs("ana", "m1", event("recode", "n3", "folk", target="c5")),
        {("penge", MANY), ("folk", MANY)}, {("coding", "c5")},
    ),
    "a coding made shorter": (
        logs("ana", "m1", event("resize", "n4", quote="penge nok", target="c5")),
        {("penge", MANY)}, {("coding", "c5")},
    ),
    "a coding of a coder who fills no matrix": (logs("bo", "m1", event("add", "n5", "folk", FOLK)), set(), set()),
    "a note": (logs("ana", "m1", event("memo", "n6", target="c5", text="Tja.")), set(), set()),
    "a recoding inside its theme": (
        logs("ana", "m1", event("recode", "n7", "penge.budget", target="c5")), set(), set(),
    ),
    "a source read": (
        logs("ana", "b1", event("read", "n8")), {("penge", FEW)}, {("read", "n8")},
    ),
    "a source read for one theme": (
        logs("ana", "b1", event("read", "n9", theme="penge")), {("penge", FEW)}, {("read", "n9")},
    ),
    "a read mark taken back": (
        logs("ana", "m1", event("retract", "n10", target="r3")),
        {("folk", MANY), ("reform", MANY)}, {("read", "r3")},
    ),
    "a theme called otherwise": (replaces("codebook.yaml", "label: Folk", "label: Personale"), set(), set()),
    "a theme replaced by another": (
        replaces("codebook.yaml", "id: folk, ", "id: folk, replaced_by: penge, "),
        {("penge", FEW), ("folk", FEW), ("folk", MANY)}, {("code", "folk")},
    ),
    "a theme that applies to others": (
        replaces("codebook.yaml", "merged: ja", "merged: nej"),
        {("reform", FEW), ("reform", MANY)}, {("code", "reform")},
    ),
    "a theme with other questions": (
        replaces("codebook.yaml", "questions: [1b]", "questions: [1a]"), {("folk", FEW)}, {("code", "folk")},
    ),
    "a definition": (replaces("codebook.yaml", "definition: D", "definition: Mere"), set(), set()),
    "a theme that is new": (
        lambda root: (root / "codebook.yaml").write_text(
            (root / "codebook.yaml").read_text("utf-8") + "- {id: ny, label: Ny, definition: D}\n", "utf-8"
        ) and None,
        {("ny", FEW), ("ny", MANY)}, {("code", "ny")},
    ),
    "a case in the other group": (case("b", "group", MANY), ALL, {("case", "b")}),
    "a case called otherwise": (case("b", "label", "Balle"), {("folk", FEW)}, {("case", "b")}),
    "an attribute that decides what applies": (
        case("a", "merged", "nej"), {("reform", FEW)}, {("case", "a")},
    ),
    "an attribute that nothing rests on": (case("b", "cluster", "vest"), set(), set()),
    "a source of another case": (
        replaces("sources/a2.md", "case: a", "case: b"), {("penge", FEW), ("folk", FEW)}, {("source", "a2")},
    ),
    "what was asked": (
        replaces("sources/b1.md", "asked: [1a]", "asked: [1b]"),
        {("penge", FEW), ("folk", FEW)}, {("source", "b1")},
    ),
    "roles that are cited": (
        replaces("sources/m1.md", "[leder]", "[chef]"), {("penge", MANY)}, {("source", "m1")},
    ),
    "a date that is not cited": (replaces("sources/m1.md", "roles:", "date: 2009-01-02\nroles:"), set(), set()),
    "words that are coded": (
        replaces("sources/m1.md", "penge nok til alle", "penge nok"), {("penge", MANY)}, {("coding", "c5")},
    ),
    "words that are not coded": (replaces("sources/m1.md", "Det er ikke", "Det er vel ikke"), set(), set()),
    "a paragraph before": (
        replaces("sources/m1.md", "Her er penge", "Først dette.\n\nHer er penge"),
        {("penge", MANY)}, {("text", "m1")},
    ),
    "a heading that asks": (
        replaces("sources/b1.md", "Her er penge", "# Borris\n\n## Folk\n\nHer er penge"),
        {("folk", FEW)}, {("text", "b1")},
    ),
    "a source that is new": (
        lambda root: (root / "sources" / "m2.md").write_text(f"---\ncase: m\nasked: all\n---\n\n{TEXT}\n") and None,
        {("folk", MANY), ("reform", MANY)}, {("source", "m2")},
    ),
    "a page that is cited": (
        lambda root: (root / "places").mkdir() or ((root / "places/m1.csv").write_text(
            "start,kind,value\n0,page,12\n"
        ) and None),
        {("penge", MANY)}, {("source", "m1")},
    ),
    "another coder": (
        replaces("study.toml", 'coders = "ana"', 'coders = "bo"'), ALL, {("setting", "matrix.coders")},
    ),
    "more excerpts": (
        replaces("study.toml", "excerpts = 1", "excerpts = 2"), {("penge", FEW)}, {("setting", "matrix.excerpts")},
    ),
    "another citation": (
        replaces("study.toml", "[groups.labels]", 'citation = "{label}"\n[groups.labels]'),
        {("penge", FEW), ("penge", MANY), ("folk", FEW)}, {("setting", "citation")},
    ),
    "a group called otherwise": (replaces("study.toml", "Få", "De få"), set(), set()),
    "a title": (replaces("study.toml", "Prøve", "En prøve"), set(), set()),
    "the guide": (replaces("guide.md", "Penge?", "Er der penge?"), set(), set()),
}  # fmt: skip


def compared(edits: list[str], reverse: bool = False) -> Difference:
    """The study before and after these edits."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = write(Path(folder, "old")), write(Path(folder, "new"))
        for name in edits:
            EDITS[name][0](new)
        sides = (str(new), str(old)) if reverse else (str(old), str(new))
        return difference(*read_sides(*sides, None))


@pytest.mark.parametrize("name", EDITS)
def test_one_edit_shows_in_its_cells_and_nowhere_else(name: str) -> None:
    found = compared([name])
    _, cells, causes = EDITS[name]
    assert {(cell.theme, cell.column) for cell in found.cells} == cells
    for cell in found.cells:
        assert {(found.changes[i].kind, found.changes[i].subject) for i in cell.causes} == causes, cell
    assert found.causes == "exact"
    if not cells and not found.rows and not found.columns:
        assert found.equal and sum(found.no_effect.values()) == 1
    else:
        assert not found.equal and not found.no_effect


CANCELLING = {
    "a coding retracted": "c5",
    "a coding recoded to another theme": "c5",
    "a recoding inside its theme": "c5",
    "a coding made shorter": "c5",
    "words that are coded": "c5",
    "a theme replaced by another": "c5",
    "a theme that applies to others": "reform",
    "an attribute that decides what applies": "reform",
}
"""Edits that can make each other's effect undone, so that neither is to be named."""
SEVERAL = st.lists(st.sampled_from(sorted(EDITS)), unique_by=lambda name: CANCELLING.get(name, name), max_size=5)


@settings(max_examples=25)
@given(SEVERAL)
def test_every_cell_that_differs_has_a_cause_and_what_is_not_named_has_no_effect_on_it(names: list[str]) -> None:
    found = compared(names)
    differing = {(cell.theme, cell.column): cell for cell in found.cells}
    assert all(cell.causes for cell in found.cells)
    assert {(cell.theme, cell.column) for cell in compared(names, reverse=True).cells} == set(differing)
    for name in names:
        without = {(cell.theme, cell.column): cell for cell in compared([n for n in names if n != name]).cells}
        for key, cell in differing.items():
            named = {(found.changes[i].kind, found.changes[i].subject) for i in cell.causes}
            if cell.change == "changed" and not named & changes_of(name):
                assert facts(without.get(key)) == facts(cell), f"'{name}' is not named for {key}"


@functools.cache
def changes_of(name: str) -> frozenset[tuple[str, str]]:
    """Kind and subject of every change that an edit is, whether it shows or not."""
    with tempfile.TemporaryDirectory() as folder:
        old, new = write(Path(folder, "old")), write(Path(folder, "new"))
        EDITS[name][0](new)
        one, other = (side.version for side in read_sides(str(old), str(new), None))
        assert one is not None and other is not None
        every = [*input_changes(one, other), *coding_changes(one, other)]
    return frozenset((change.kind, change.subject) for change in every)


def facts(cell: CellDifference | None) -> object:
    """What differs in a cell; how an excerpt that is new or gone is cited is no difference of its own."""
    if cell is None:
        return None
    excerpts = [(e.change, e.source, e.text, e.citation if e.change == "cited" else "") for e in cell.excerpts]
    return cell.numbers, cell.of, cell.states, excerpts


@settings(max_examples=10)
@given(SEVERAL)
def test_a_study_does_not_differ_from_itself(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write(Path(folder, "study"))
        for name in names:
            EDITS[name][0](root)
        found = difference(*read_sides(str(root), str(root), None))
    assert found.equal and not found.changes and not found.no_effect


def test_rows_and_columns_say_why_they_are_called_otherwise_came_or_went() -> None:
    renamed = compared(["a theme called otherwise", "a group called otherwise"])
    assert [(h.change, h.was, h.label) for h in (*renamed.rows, *renamed.columns)] == [
        ("renamed", "Folk", "Personale"), ("renamed", "Få", "De få"),
    ]  # fmt: skip
    assert [renamed.changes[i].subject for h in (*renamed.rows, *renamed.columns) for i in h.causes] == [
        "folk", "groups.labels.few",
    ]  # fmt: skip
    merged = compared(["a theme replaced by another", "a theme that is new"])
    assert {(h.id, h.change) for h in merged.rows} == {("folk", "gone"), ("ny", "new")}
    assert {c.change for c in merged.cells if c.theme in ("folk", "ny")} == {"gone", "new"}


def test_a_new_row_names_the_codings_that_fill_it(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old"), write(tmp_path / "new")
    EDITS["a theme that is new"][0](new)
    log(new, "ana", "m1", event("add", "n20", "ny", FOLK))
    found = of(old, new)
    causes = {(c.theme, c.column): {found.changes[i].subject for i in c.causes} for c in found.cells}
    assert causes == {("ny", FEW): {"ny"}, ("ny", MANY): {"ny", "n20"}} and not found.no_effect


def test_a_cause_tells_who_did_what_where_and_when() -> None:
    (change,) = compared(["a coding added"]).changes
    assert (change.act, change.coder, change.source, change.code) == ("added", "ana", "m1", "folk")
    assert (change.quote, change.memo, change.at) == (FOLK, "se igen", "2026-03-01T10:00:00Z")
    assert (change.file, change.line) == ("codings/ana/m1.jsonl", 3)
    (lost,) = (c for c in compared(["words that are coded"]).changes if c.kind == "coding")
    assert (lost.act, lost.file, lost.line) == ("lost", "sources/m1.md", 7)
    assert "penge nok. Her" in lost.now


def test_numbers_states_and_excerpts_before_and_after() -> None:
    (cell,) = compared(["a coding retracted"]).cells
    assert cell.numbers == {"n_mentioning": (1, 0), "n_codings": (1, 0)} and cell.of == (1, 1)
    assert cell.states == {"m": ("mentioned", "asked_no_answer")}
    assert [(e.change, e.text, e.citation) for e in cell.excerpts] == [("gone", MONEY, "Mern, leder, afsnit 1")]


def test_where_two_changes_were_both_needed_both_are_named() -> None:
    both = compared(["a coding of a coder who fills no matrix", "another coder"])
    (cell,) = (c for c in both.cells if (c.theme, c.column) == ("folk", MANY))
    assert {both.changes[i].kind for i in cell.causes} == {"setting", "coding"}


def test_a_read_mark_on_a_case_that_mentions_the_theme_anyway_is_no_cause(make_study: Callable[..., Path]) -> None:
    found = compared(["a source read", "a coding added"])
    causes = {(c.theme, c.column): {found.changes[i].kind for i in c.causes} for c in found.cells}
    assert causes == {("penge", FEW): {"read"}, ("folk", MANY): {"coding"}}


def test_responsible_is_what_changes_the_answer_alone_else_all_together() -> None:
    assert responsible(lambda a, b: a, "a", "b") == ["a"]
    assert responsible(lambda a, b: a and b, "a", "b") == ["a", "b"]
    assert responsible(lambda a, b: a or b, "a", "b") == ["a", "b"]
    assert responsible(lambda a, b, c: a + b + c >= 2, "a", "b", "c") == ["a", "b", "c"]
    assert responsible(lambda a, b: 5, "a", "b") == []


# Unions of coders, and columns that are codes


def union(root: Path) -> Path:
    replace(root, "study.toml", 'coders = "ana"', 'coders = ["ana", "bo"]')
    log(root, "bo", "m1", event("add", "u1", "penge", MONEY))
    return root


def of(old: Path, new: Path) -> Difference:
    return difference(*read_sides(str(old), str(new), None))


def test_in_a_union_a_coding_that_the_other_coder_shares_can_go_without_effect(tmp_path: Path) -> None:
    old, new = union(write(tmp_path / "old")), union(write(tmp_path / "new"))
    log(new, "ana", "m1", event("retract", "u2", target="c5"))
    found = of(old, new)
    assert found.equal and found.no_effect == {"coding": 1}
    log(new, "bo", "m1", event("retract", "u3", target="u1"))
    found = of(old, new)
    assert [(c.theme, c.column) for c in found.cells] == [("penge", MANY)] and found.cells[0].causes
    log(old, "bo", "m1", event("resize", "u4", quote="penge nok", target="u1"))
    assert all(cell.causes for cell in of(old, union(write(tmp_path / "third"))).cells)


CODES = "- {id: faa, label: Få, definition: D}\n- {id: mange, label: Mange, definition: D}\n"


def by_codes(root: Path) -> Path:
    """Columns are codes; m1 speaks of the few in its first sentence and of the many in its last."""
    write(root)
    replace(root, "study.toml", "excerpts = 1", 'excerpts = 1\ncolumns = ["faa", "mange"]')
    (root / "codebook.yaml").write_text(FILES["codebook.yaml"] + CODES, "utf-8")
    log(root, "ana", "m1", event("add", "k1", "faa", MONEY), event("add", "k2", "mange", LAST))
    return root


@pytest.mark.parametrize(
    ("edit", "cells", "cause"),
    [
        (logs("ana", "m1", event("recode", "x", "mange", target="k1")),
         {("penge", "faa"), ("penge", "mange")}, ("coding", "k1")),
        (logs("ana", "m1", event("add", "x2", "folk", LAST)), {("folk", "faa"), ("folk", "mange")}, ("coding", "x2")),
        (logs("ana", "m1", event("retract", "x3", target="c5")),
         {("penge", "faa"), ("penge", "mange")}, ("coding", "c5")),
        (logs("ana", "a1", event("add", "x4", "mange", MONEY)), {("penge", "mange")}, ("coding", "x4")),
        (logs("ana", "m1", event("add", "x5", "folk", FOLK)), {("folk", "faa"), ("folk", "mange")}, ("coding", "x5")),
        (logs("bo", "m1", event("add", "x6", "mange", MONEY)), set(), ("", "")),
        (replaces("codebook.yaml", "id: faa,", "id: faa, replaced_by: mange,"), None, ("code", "faa")),
        (replaces("study.toml", "Prøve", "Ny"), set(), ("", "")),
    ],
)  # fmt: skip
def test_where_columns_are_codes_what_bears_them_is_a_cause_too(
    tmp_path: Path, edit: Edit, cells: set[tuple[str, str]] | None, cause: tuple[str, str]
) -> None:
    old, new = by_codes(tmp_path / "old"), by_codes(tmp_path / "new")
    edit(new)
    found = of(old, new)
    assert cells is None or {(cell.theme, cell.column) for cell in found.cells} == cells
    for cell in found.cells:
        assert cause in {(found.changes[i].kind, found.changes[i].subject) for i in cell.causes}


# Builds


def built(root: Path) -> Path:
    assert not build(root, with_problems=True).stopped
    return root


def test_a_build_is_read_as_it_was_since_logs_only_grow(tmp_path: Path) -> None:
    root = built(write(tmp_path / "study"))
    EDITS["a coding retracted"][0](root)
    EDITS["a coding added"][0](root)
    found = difference(*read_sides("build", "now", root))
    assert found.causes == "exact"
    assert {found.changes[i].subject for cell in found.cells for i in cell.causes} == {"c5", "n1"}
    assert all(found.changes[i].at for cell in found.cells for i in cell.causes)


@pytest.mark.parametrize("name", ["words that are coded", "a theme called otherwise", "a case called otherwise"])
def test_what_was_edited_since_a_build_is_known_without_git(tmp_path: Path, name: str) -> None:
    root = built(write(tmp_path / "study"))
    kept = list((root / ".crosscase" / "inputs").iterdir())
    assert len(kept) == len(FILES) + len(SOURCES)
    built(root)
    assert sorted((root / ".crosscase" / "inputs").iterdir()) == sorted(kept)
    EDITS[name][0](root)
    found = difference(*read_sides("build", "now", root))
    assert found.causes == "exact" and not found.equal
    assert {(change.kind, change.subject) for change in found.changes} == (EDITS[name][2] or {("code", "folk")})
    for file in kept:
        file.write_bytes(b"damaged")
    assert difference(*read_sides("build", "now", root)).causes == "partly"
    built(root)
    assert sum(file.exists() for file in kept) == len(kept) - 1, "what was edited is not kept for longer"


def test_a_build_without_matrix_json_is_made_again_from_its_inputs(tmp_path: Path) -> None:
    root = built(write(tmp_path / "study"))
    EDITS["a coding added"][0](root)
    assert build(root, with_problems=True, kinds=("md",)).stale
    EDITS["a coding retracted"][0](root)
    found = difference(*read_sides("build", "now", root))
    assert {found.changes[i].subject for cell in found.cells for i in cell.causes} == {"c5"}
    EDITS["words that are coded"][0](root)
    assert difference(*read_sides("build", "now", root)).causes == "exact"
    shutil.rmtree(root / ".crosscase")
    with pytest.raises(CannotCompare, match="no longer to be had"):
        read_sides("build", "now", root)


def test_an_input_that_can_no_longer_be_read_is_named_instead_of_a_guess(tmp_path: Path) -> None:
    root = built(write(tmp_path / "study"))
    shutil.rmtree(root / ".crosscase")
    EDITS["words that are coded"][0](root)
    EDITS["a coding added"][0](root)
    found = difference(*read_sides("build", "now", root))
    causes = {c.theme: [(found.changes[i].kind, found.changes[i].subject) for i in c.causes] for c in found.cells}
    assert causes == {"penge": [("input", "sources/m1.md")], "folk": [("coding", "n1")]}
    assert found.causes == "partly" and [change.subject for change in found.inputs] == ["sources/m1.md"]


def test_two_builds_without_a_study_give_the_cells_and_the_inputs_that_differ(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old"), write(tmp_path / "new")
    EDITS["a coding added"][0](new)
    for root in (old, new):
        shutil.move(built(root) / "build", tmp_path / f"{root.name}-build")
    found = difference(*read_sides(str(tmp_path / "old-build"), str(tmp_path / "new-build"), None))
    assert [(c.theme, c.column, c.causes) for c in found.cells] == [("folk", MANY, ())]
    assert found.causes == "inputs"
    assert [change.subject for change in found.inputs] == ["codings/ana/m1.jsonl"]
    alone = [shutil.copy(tmp_path / f"{n}-build" / "matrix.json", tmp_path / f"{n}.json") for n in ("old", "new")]
    assert difference(*read_sides(*map(str, alone), None)).causes == "none"


def test_two_builds_of_one_study_are_both_read_from_it(tmp_path: Path) -> None:
    root = built(write(tmp_path / "study"))
    shutil.copytree(root / "build", tmp_path / "first")
    EDITS["a coding added"][0](root)
    shutil.copytree(built(root) / "build", tmp_path / "second")
    EDITS["a coding retracted"][0](root)
    found = difference(*read_sides(str(tmp_path / "first"), str(tmp_path / "second"), root))
    assert found.causes == "exact"
    assert [found.changes[i].subject for cell in found.cells for i in cell.causes] == ["n1"]


def test_a_build_whose_cells_do_not_follow_from_its_inputs_blames_the_program(tmp_path: Path) -> None:
    root = built(write(tmp_path / "study"))
    matrix, manifest = root / "build" / "matrix.json", root / "build" / "manifest.json"
    digest = msgspec.json.decode(manifest.read_bytes())["outputs"]["matrix.json"]
    replace(root, "build/matrix.json", '"n_codings": 1', '"n_codings": 9')
    from corpus.files import sha256

    replace(root, "build/manifest.json", digest, sha256(matrix.read_bytes()))
    found = difference(*read_sides("build", "now", root))
    (cell,) = found.cells
    assert cell.numbers == {"n_codings": (9, 1)} and [found.changes[i].kind for i in cell.causes] == ["tool"]


def test_what_cannot_be_compared_says_why(tmp_path: Path) -> None:
    root = write(tmp_path / "study")
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.json").write_text("{}", "utf-8")
    for old, said in (("build", "crosscase build"), (str(tmp_path / "empty"), "neither"),
                      (str(tmp_path / "other.json"), "no matrix.json")):  # fmt: skip
        with pytest.raises(CannotCompare, match=said):
            read_sides(old, "now", root)
    built(root)
    (root / "build" / "filtered.json").write_text(
        (root / "build" / "matrix.json").read_text("utf-8").replace('"filters": []', '"filters": ["role=leder"]'),
        "utf-8",
    )
    with pytest.raises(CannotCompare, match="role=leder"):
        read_sides(str(root / "build" / "filtered.json"), "now", root)


# Words


def test_every_change_has_a_sentence_in_both_languages() -> None:
    for name in EDITS:
        for reverse in (False, True):
            found = compared([name], reverse)
            for words in (ENGLISH, DANISH):
                view = diff_view(found, words)
                text = diff_markdown(view).decode()
                assert "{" not in text or name == "another citation"
                assert all(change.sentence for change in view.changes)
    assert ENGLISH.changes.keys() == DANISH.changes.keys() and ENGLISH.kinds.keys() == DANISH.kinds.keys()


def test_the_words_for_a_reader() -> None:
    view = diff_view(compared(["a case in the other group", "a note"]), ENGLISH)
    assert view.summary == "6 of 6 cells differ, in 3 of 3 themes."
    assert view.no_effect == "Without effect on the matrix: 1 note."
    (change,) = view.changes
    assert (change.sentence, change.place, change.cells) == ("Borris: group few → many", "cases.csv:3", "6 cells")
    facts = dict(view.rows[0].cells[0].facts)
    assert facts["cases in the group"] == "2 → 1" and "mentioned by" not in facts
    assert facts["Borris"] == "not read yet → not in this group"
    assert diff_view(compared([]), DANISH).summary.startswith("De to matricer er ens")


def test_one_theme_alone() -> None:
    found = of_themes(compared(["a coding recoded to another theme"]), ["folk"])
    assert [cell.theme for cell in found.cells] == ["folk"] and not found.equal
    assert of_themes(found, ["reform"]).equal
    assert diff_view(found, ENGLISH).no_effect == ""


def test_a_place_that_moved_without_other_words_or_citation_is_no_difference() -> None:
    from reports.json_file import CellJson, ExcerptJson

    excerpt = ExcerptJson("m1", 0, 5, "Penge", "Mern, afsnit 1", ("c1",))
    cell = CellJson("few", {"m": "mentioned"}, 1, 1, 1, 0, 1, 1, (excerpt,))
    moved = msgspec.structs.replace(cell, excerpts=(msgspec.structs.replace(excerpt, start=9, end=14, codings=("d",)),))
    assert cell_facts(cell, moved) is None and cell_facts(None, None) is None
