"""A project becomes a study, or is added to one: positions kept, nothing overwritten, nothing half-written."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from coding.coded_study import CodedStudy, read_coded_study
from coding.exchange.into_study import Report, into_study
from coding.exchange.notes_file import read_notes
from coding.exchange.project import (
    About,
    Original,
    Project,
    ProjectAttribute,
    ProjectCase,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
)
from corpus.import_undo import undo_import
from corpus.problems import errors

AT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
TEXT = "\ufeff\r\n\r\nAnna: jeg har ingen penge.\r\nBo: a\u030ar for a\u030ar.\r\n"


def span(quote: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(quote), text.index(quote) + len(quote)


def coding(quote: str, code: str = "k1", coder: str = "u1", **more: str) -> ProjectCoding:
    start, end = span(quote)
    return ProjectCoding("s1", start, end, code, coder, quote=quote, **more)


PROJECT = Project(
    "Tool 1", "Trial",
    coders=(ProjectCoder("u1", "Ana Holm"), ProjectCoder("u2", "Bo.Lund")),
    codes=(ProjectCode("k1", "Penge", colour="#ff0000", description="Hvad det koster."),
           ProjectCode("k2", "Tid", "k1"), ProjectCode("k3", "Tid", "k4"), ProjectCode("k4", "Andet", codable=False)),
    sources=(ProjectSource("s1", "Interview 1.docx", TEXT, memo="En note.", coder="u2"),),
    codings=(coding("ingen penge", at="2020-05-01T10:00:00+02:00", memo="hvorfor"),
             coding("a\u030ar for a\u030ar", "k3", "u2"), coding("ingen penge")),
)  # fmt: skip


def carried(project: Project, root: Path, **more: bool) -> Report:
    report, problems = into_study(project, root, at=AT, **more)  # type: ignore[arg-type]
    assert report is not None and not problems, problems
    return report


def study(root: Path) -> CodedStudy:
    coded, problems = read_coded_study(root)
    assert not errors(problems), problems
    return coded


def test_a_project_becomes_a_study(tmp_path: Path) -> None:
    report = carried(PROJECT, tmp_path / "new")
    coded = study(tmp_path / "new")
    (source,) = coded.study.sources
    assert source.id == "interview-1" and source.title == "Interview 1.docx"
    assert source.text == "Anna: jeg har ingen penge.\nBo: år for år.\n"
    assert [(c.coder, c.code, c.quote, c.memo, c.origin) for c in coded.codings] == [
        ("ana-holm", "penge", "ingen penge", "hvorfor", "import"),
        ("bo-lund", "andet.tid", "år for år", "", "import"),
    ]
    assert coded.codings[0].at == "2020-05-01T08:00:00.000000Z" and coded.codings[1].at == ""
    assert coded.study.settings.coders == {"ana-holm": "Ana Holm", "bo-lund": "Bo.Lund"}
    assert [(m.coder, m.text) for m in coded.memos] == [("bo-lund", "En note.")]
    assert (report.sources[0].quotes, report.sources[0].exact) == (3, 3)
    assert [loss.what for loss in report.losses] == ["codings"], "the same coding twice counts once, and is told"


def test_codes_keep_tree_label_colour_and_definition(tmp_path: Path) -> None:
    carried(PROJECT, tmp_path / "new")
    money, other = study(tmp_path / "new").codebook.themes
    assert (money.id, money.label, money.color, money.definition) == ("penge", "Penge", "#ff0000", "Hvad det koster.")
    assert [code.id for code in money.codes] == ["tid"] and [code.id for code in other.codes] == ["andet.tid"]


def test_codes_in_a_circle_or_below_nothing_go_to_the_top_and_are_told(tmp_path: Path) -> None:
    codes = (ProjectCode("a", "A", "b"), ProjectCode("b", "B", "a"), ProjectCode("c", "C", "gone"))
    report = carried(Project("T", "P", codes=codes), tmp_path / "new")
    assert {code.id for code in study(tmp_path / "new").codebook.by_id.values()} == {"a", "b", "c"}
    assert len(report.losses) == 2 and all(loss.kept for loss in report.losses)


def test_the_same_project_again_adds_nothing_even_where_its_codings_were_retracted(tmp_path: Path) -> None:
    from coding.acts import acts, read_logs_of, undoing, write_events

    root = tmp_path / "new"
    carried(PROJECT, root)
    (act, *_) = acts(read_logs_of(root, "ana-holm"))
    write_events(root, "ana-holm", undoing(act))
    assert len(study(root).codings) == 1
    report = carried(PROJECT, root)
    assert report.adds_nothing and len(study(root).codings) == 1


def test_a_study_is_added_to_and_what_is_there_stays(make_study: Callable[..., Path]) -> None:
    root = make_study(
        "=== codebook.yaml\n# our codes\nthemes:\n- id: money   # kept\n  label: penge\n  definition: Vores.\n"
        "=== sources/leder.md\n---\ncase: birkeby\n---\n\nAnna: jeg har ingen penge.\nBo: år for år.\n"
    )
    before = (root / "codebook.yaml").read_text()
    report = carried(PROJECT, root)
    coded = study(root)
    assert [(c.source, c.code) for c in coded.codings] == [("leder", "money"), ("leder", "andet.tid")]
    assert coded.codebook.by_id["money"].definition == "Vores."
    assert [code.id for code in coded.codebook.by_id["money"].codes] == ["tid"]
    text = (root / "codebook.yaml").read_text()
    assert text.startswith(before.split("  definition")[0]), "comments and layout stay"
    assert (report.codes, report.codes_known, report.sources[0].known) == (3, 1, True)
    assert carried(PROJECT, root).adds_nothing


def test_new_codings_are_appended_to_a_log_that_is_there(tmp_path: Path) -> None:
    root = tmp_path / "new"
    carried(PROJECT, root)
    log = root / "codings" / "ana-holm" / "interview-1.jsonl"
    before = log.read_bytes()
    more = msgspec.structs.replace(PROJECT, codings=(*PROJECT.codings, coding("jeg har")))
    assert carried(more, root).codings == 1
    assert log.read_bytes().startswith(before) and len(study(root).codings) == 3


def test_an_import_into_a_study_can_be_taken_back(make_study: Callable[..., Path]) -> None:
    root = make_study("=== codebook.yaml\nthemes:\n- {id: t, label: T, definition: D}\n")

    def content() -> dict[str, bytes]:
        return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and p.name != "lock"}

    before = content()
    carried(PROJECT, root)
    assert content() != before
    _, problems = undo_import(root)
    assert not problems and content() == before


def test_a_dry_run_writes_nothing(tmp_path: Path, make_study: Callable[..., Path]) -> None:
    assert carried(PROJECT, tmp_path / "new", dry_run=True).codings == 2
    assert not (tmp_path / "new").exists()
    root = make_study("")
    before = sorted(root.rglob("*"))
    carried(PROJECT, root, dry_run=True)
    assert sorted(root.rglob("*")) == before


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"x")
    report, problems = into_study(PROJECT, tmp_path, at=AT)
    assert report is None and "not empty" in problems[0].message
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_nothing_is_left_where_writing_fails(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    import coding.exchange.into_files as module

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "sync_folder", fails)
    monkeypatch.setattr(module, "_write_all", fails)
    with pytest.raises(OSError):
        into_study(PROJECT, tmp_path / "new", at=AT)
    assert list(tmp_path.iterdir()) == []


def test_a_quote_that_stands_elsewhere_moves_its_coding_and_others_are_shown(tmp_path: Path) -> None:
    text = "Der er mange sager i kommunen. Lederen ved ikke hvorfor."
    codings = (
        ProjectCoding("s", 0, 10, "k", quote="Lederen ved ikke"),
        ProjectCoding("s", 11, 16, "k", quote="et helt andet citat"),
    )
    project = Project(
        "T", "P", codes=(ProjectCode("k", "K"),), sources=(ProjectSource("s", "S", text),), codings=codings
    )
    report = carried(project, tmp_path / "new")
    assert {c.quote for c in study(tmp_path / "new").codings} == {"e sag", "Lederen ved ikke"}
    (source,) = report.sources
    assert (source.exact, source.moved, source.elsewhere) == (0, 1, 1)
    assert source.mismatches[0].quote == "et helt andet citat"


def test_attributes_of_cases_and_sources_find_their_place(tmp_path: Path) -> None:
    project = Project(
        "T", "P", attributes=(ProjectAttribute("age", "integer"), ProjectAttribute("id")),
        sources=(ProjectSource("s1", "One", "Et.", attributes={"age": "41"}), ProjectSource("s2", "Two", "To."),
                 ProjectSource("s3", "Three", "Tre.", attributes={"age": "9"})),
        cases=(ProjectCase("c1", "Anna", "Hun er leder.", {"id": "7"}, ("s1", "s2")),
               ProjectCase("c2", "Bo", sources=("s2",))),
    )  # fmt: skip
    report = carried(project, tmp_path / "new")
    coded = study(tmp_path / "new")
    assert [(c.label, c.attributes) for c in coded.study.cases] == [
        ("Anna", {"id (2)": "7"}), ("Bo", {}), ("Three", {"age": "9"}),
    ]  # fmt: skip
    assert coded.study.source_by_id["one"].meta.attributes == {"age": "41"}
    assert coded.study.source_by_id["two"].meta.case == "anna"
    assert any("stays with" in loss.why for loss in report.losses)
    assert [note.text for note in read_notes(tmp_path / "new")[0]] == ["Hun er leder."]


def test_sets_of_sources_become_groups(tmp_path: Path) -> None:
    """Document groups (MAXQDA) divide the sources; `gender: male` (ATLAS.ti) is a value."""
    sources = tuple(ProjectSource(f"s{n}", f"S{n}", f"Tekst {n}.") for n in range(3))
    sets = (
        ProjectSet("a", "Few", sources=("s0",)),
        ProjectSet("b", "Many", sources=("s1", "s2")),
        ProjectSet("c", "gender: male", sources=("s1",)),
    )
    report = carried(Project("T", "P", sources=sources, sets=sets), tmp_path / "new")
    coded = study(tmp_path / "new")
    assert [case.attributes.get("group") for case in coded.study.cases] == ["Few", "Many", "Many"]
    assert coded.study.cases[1].attributes["gender"] == "male"
    assert report.group == coded.study.settings.groups.attribute == "group"


def test_notes_go_to_the_source_the_code_or_the_notes_folder(tmp_path: Path) -> None:
    notes = (
        ProjectNote("n1", "Om kilden.", "Titel", "u1", about=(About("source", "s1"),)),
        ProjectNote("n2", "Om tiden.", about=(About("code", "k2"),)),
        ProjectNote("n3", "Om ordene.", about=(About("source", "s1", *span("ingen penge")),)),
        ProjectNote("n4", "Om det hele.", "Dagbog"),
    )
    root = tmp_path / "new"
    carried(msgspec.structs.replace(PROJECT, notes=notes), root)
    coded = study(root)
    assert ("ana-holm", "Titel\n\nOm kilden.") in [(m.coder, m.text) for m in coded.memos]
    assert coded.codebook.by_id["tid"].definition == "Om tiden."
    found = {note.text: note.matter.about for note in read_notes(root)[0]}
    start, end = span("ingen penge", coded.study.sources[0].text)
    assert found == {"Om ordene.": (f"source:interview-1 {start}-{end}",), "Om det hele.": ()}
    assert carried(msgspec.structs.replace(PROJECT, notes=notes), root).adds_nothing


def test_codings_without_a_coder_are_the_only_coders_or_nobodys(tmp_path: Path) -> None:
    nobody = msgspec.structs.replace(PROJECT, codings=(coding("ingen penge", coder=""),))
    carried(nobody, tmp_path / "two")
    assert study(tmp_path / "two").codings[0].coder == "unknown-coder"
    alone = msgspec.structs.replace(nobody, coders=PROJECT.coders[:1])
    carried(alone, tmp_path / "one")
    assert study(tmp_path / "one").codings[0].coder == "ana-holm"


def test_sources_of_one_name_and_one_text_stay_two(tmp_path: Path) -> None:
    sources = (ProjectSource("a", "Same", "Ord."), ProjectSource("b", "same", "Ord."), ProjectSource("c", "x", "  \n"))
    project = Project("T", "P", sources=sources)
    report = carried(project, tmp_path / "new")
    assert {source.id for source in study(tmp_path / "new").study.sources} == {"same", "same-2"}
    assert [loss.what for loss in report.losses] == ["sources without a text"]
    assert carried(project, tmp_path / "new").adds_nothing


def test_a_source_that_was_edited_since_is_known_and_its_codings_find_their_words(tmp_path: Path) -> None:
    (source,) = PROJECT.sources
    kept = msgspec.structs.replace(source, original=Original("a.txt", b"x"))
    first = msgspec.structs.replace(PROJECT, sources=(kept,), codings=PROJECT.codings[:1])
    root = tmp_path / "new"
    carried(first, root)
    path = root / "sources" / "interview-1.md"
    path.write_text(path.read_text("utf-8").replace("Anna: jeg", "Anna: altså, jeg"), "utf-8")
    report = carried(msgspec.structs.replace(first, codings=PROJECT.codings), root)
    assert report.sources[0].known and report.codings == 1
    assert {coding.quote for coding in read_coded_study(root)[0].codings} == {"ingen penge", "år for år"}


def test_an_original_is_kept_with_its_source(tmp_path: Path) -> None:
    source = ProjectSource("a", "One", "Ord.", original=Original("../../One?.docx", b"bytes"))
    carried(Project("T", "P", sources=(source,)), tmp_path / "new")
    origin = study(tmp_path / "new").study.sources[0].meta.origin
    assert origin is not None
    assert (tmp_path / "new" / "originals" / origin.file).read_bytes() == b"bytes"
    assert "/" not in origin.file and "?" not in origin.file


def test_odd_names_and_values_are_made_writable(tmp_path: Path) -> None:
    project = Project(
        "T", "A\x00 \"title\"\n", coders=(ProjectCoder("u", "consensus"), ProjectCoder("v", "con")),
        codes=(ProjectCode("k", ""), ProjectCode("l", "Привет"), ProjectCode("m", "x" * 300),
               ProjectCode("n", "a\x00b")),
        sources=(ProjectSource("s", "con.txt", "Ord\x00 her.", memo="\x01 note"),),
        cases=(ProjectCase("c", "=1+1\n", attributes={"a\nb": "x\x00y", "": "z"}, sources=("s",)),),
        codings=(ProjectCoding("s", 0, 4, "k", "u", memo="m\x00"), ProjectCoding("s", 5, 8, "l", "v"),
                 ProjectCoding("s", 3, 4, "l", "v"), ProjectCoding("s", 50, 60, "l"), ProjectCoding("x", 0, 1, "l")),
    )  # fmt: skip
    report = carried(project, tmp_path / "new")
    coded = study(tmp_path / "new")
    assert len(coded.codings) == 2 and len(coded.codebook.by_id) == 4
    assert "consensus" not in coded.coders
    assert sum(loss.count for loss in report.losses if loss.what == "codings") == 3


def test_quotes_that_are_not_in_the_text_are_a_problem_and_the_rest_is_written(tmp_path: Path) -> None:
    text = "Her står noget helt andet end det, som blev kodet i det andet program.\n"
    codings = tuple(ProjectCoding("s1", n, n + 8, "k1", "u1", quote=f"ord nummer {n}") for n in range(6))
    project = msgspec.structs.replace(PROJECT, sources=(ProjectSource("s1", "A", text),), codings=codings)
    report, problems = into_study(project, tmp_path / "new", at=AT)
    assert report is not None and report.codings == 6
    assert [problem.rule for problem in problems] == ["doubtful-positions"]
    assert "0 of 6" in problems[0].message and "'A'" in problems[0].message
    few = msgspec.structs.replace(project, codings=codings[:4])
    assert into_study(few, tmp_path / "few", at=AT)[1] == [], "four say too little"
