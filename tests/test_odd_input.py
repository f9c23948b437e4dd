"""What broke once, or could: odd studies are reported, counted rightly or refused, and never end in a traceback."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from codebook.codebook_file import read_codebook_text
from coding.acts import write_events
from coding.checks import check_study
from coding.coded_study import read_coded_study
from coding.events import Add, Memo, Recode, now
from corpus.anchor import place
from corpus.ids import why_illegal
from corpus.marked import read_yaml_text
from corpus.text import text_structure
from reports.aggregate import compare
from reports.build import build, check_build, is_up_to_date

CODEBOOK = "=== codebook.yaml\nthemes:\n- {id: t, label: T, definition: D, codes: [{id: t.a, label: A}]}\n"
CODEBOOK += "- {id: u, label: U, definition: D}\n"
SOURCE = "=== sources/k.md\n---\ncase: birkeby\n---\n\nEn to tre. En to tre.\n"
STUDY = CODEBOOK + SOURCE


def run(root: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, [*words, "--study", str(root)], env={"CROSSCASE_CODER": "ana"})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.exit_code, result.output


def log(*events: dict[str, object], coder: str = "ana", source: str = "k") -> str:
    return f"=== codings/{coder}/{source}.jsonl\n" + "".join(json.dumps(event) + "\n" for event in events)


def add(id: str, code: str = "t", **more: object) -> dict[str, object]:
    return {"op": "add", "id": id, "code": code, "start": 0, "end": 2, "quote": "En"} | more


def themes_counted(root: Path) -> dict[str, int]:
    coded, _ = read_coded_study(root)
    matrix, _, _ = compare(coded, ("ana",))
    return {row.theme.id: sum(cell.n_codings for cell in row.cells) for row in matrix.rows}


# Numbers


def test_white_space_is_no_coding(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    assert run(root, "code", "add", "k", "t", "--quote", " ", "--nth", "1")[0] == 1
    root = make_study(STUDY + log(add("c1", start=2, end=3, quote=" ")), name="other")
    assert run(root, "build", "--with-problems")[0] == 0


def test_codes_below_a_replaced_theme_follow_it(make_study: Callable[..., Path]) -> None:
    replaced = CODEBOOK.replace("label: T,", "label: T, replaced_by: u,")
    root = make_study(replaced + SOURCE + log(add("c1", "t.a"), add("c2", "t", start=3, end=5, quote="to")))
    assert themes_counted(root) == {"u": 2}


def test_a_theme_replaced_by_a_code_below_itself_is_a_fault() -> None:
    text = "themes:\n- {id: t, label: T, replaced_by: t.a, codes: [{id: t.a, label: A}]}\n"
    assert "bad-redirect" in {p.rule for p in read_codebook_text(text)[1]}


def test_an_edit_counts_even_where_the_clock_was_set_back(make_study: Callable[..., Path]) -> None:
    late = {"op": "recode", "id": "e1", "at": "2999-01-01T00:00:00Z", "target": "c1", "code": "t.a"}
    root = make_study(STUDY + log(add("c1"), late))
    assert run(root, "code", "recode", "c1", "u")[0] == 0
    assert read_coded_study(root)[0].codings[0].code == "u"
    assert run(root, "code", "undo")[0] == 0
    assert read_coded_study(root)[0].codings[0].code == "t.a"


def test_events_of_one_act_keep_their_order_when_they_are_moved_in_time(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    write_events(root, "ana", {"k": [Add(id="c1", at="2999-01-01T00:00:00Z", code="t", start=0, end=2, quote="En")]})
    changes = [Recode(id=f"e{n}", at=now(), target="c1", code=code) for n, code in enumerate(("u", "t.a", "u", "t.a"))]
    write_events(root, "ana", {"k": changes})
    assert read_coded_study(root)[0].codings[0].code == "t.a"


def test_reading_for_a_code_or_an_old_theme_is_not_reading_for_the_theme(make_study: Callable[..., Path]) -> None:
    for theme in ("t.a", "old"):
        codebook = CODEBOOK + "- {id: old, label: Old, replaced_by: t}\n"
        root = make_study(codebook + SOURCE + log({"op": "read", "id": "d1", "theme": theme}), name=theme)
        coded, _ = read_coded_study(root)
        matrix, _, _ = compare(coded, ("ana",))
        assert [case.state for case in matrix.rows[0].cells[0].cases] == ["not_coded"]


def test_sources_outside_the_groups_are_not_counted_and_are_named(make_study: Callable[..., Path]) -> None:
    cases = "=== cases.csv\nid,label,group\nbirkeby,Birkeby,few\naskhavn,Askhavn,many\nzeta,Zeta,\n"
    outside = "=== sources/z.md\n---\ntitle: Zetas referat\ncase: zeta\n---\n\nEn to tre.\n"
    root = make_study(STUDY + cases + outside + log(add("c1")) + log(add("c2"), source="z"))
    assert run(root, "build")[0] == 0
    text = (root / "build" / "matrix.md").read_text("utf-8")
    assert "2 cases · 1 kilde · 1 kodning" in text
    assert "Zetas referat" in text


def test_a_filtered_matrix_counts_filtered_sources(make_study: Callable[..., Path]) -> None:
    other = "=== sources/l.md\n---\ncase: askhavn\n---\n\nEn to tre.\n"
    root = make_study(STUDY + other + log(add("c1")))
    assert "1 case · 1 kilde" in run(root, "matrix", "--where", "group=many")[1]


def test_a_theme_that_may_or_may_not_apply_is_not_in_the_denominator(make_study: Callable[..., Path]) -> None:
    codebook = "=== codebook.yaml\nthemes:\n- {id: t, label: T, definition: D, applies_to: {size: big}}\n"
    cases = "=== cases.csv\nid,label,group,size\na,A,few,big\nb,B,few,\n"
    sources = SOURCE.replace("birkeby", "a") + SOURCE.replace("birkeby", "b").replace("k.md", "l.md")
    root = make_study(codebook + cases + sources + log(add("c1")))
    coded, _ = read_coded_study(root)
    cell = compare(coded, ("ana",))[0].rows[0].cells[0]
    assert (cell.n_group, cell.n_applicable, cell.n_mentioning) == (2, 1, 1)


def test_all_questions_asked_does_not_ask_a_theme_that_has_none(make_study: Callable[..., Path]) -> None:
    codebook = CODEBOOK.replace("{id: t,", "{id: t, questions: [1a],")
    guide = "=== guide.md\n# G\n\n## 1. S {#1}\n\na. Q? {#1a}\n"
    source = SOURCE.replace("case: birkeby", "case: birkeby\nasked: all")
    root = make_study(codebook + guide + source + log({"op": "read", "id": "d1"}))
    coded, _ = read_coded_study(root)
    states = {row.theme.id: row.cells[0].cases[0].state for row in compare(coded, ("ana",))[0].rows}
    assert states == {"t": "asked_no_answer", "u": "read_absent"}


# Builds


def test_the_order_of_memos_in_a_log_does_not_matter(make_study: Callable[..., Path]) -> None:
    root = make_study(
        STUDY + log(add("c1"), {"op": "memo", "id": "m1", "text": "A"}, {"op": "memo", "id": "m2", "text": "B"})
    )
    build(root)
    path = root / "codings" / "ana" / "k.jsonl"
    path.write_bytes(b"\n".join(reversed(path.read_bytes().splitlines())) + b"\n")
    assert check_build(root).differing == ()


def test_line_breaks_in_a_table_and_cr_alone_do_not_matter(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY + '=== cases.csv\nid,label,group\nbirkeby,"Birke\nby",few\n' + log(add("c1")))
    build(root)
    cases, source = root / "cases.csv", root / "sources" / "k.md"
    cases.write_bytes(cases.read_bytes().replace(b"\n", b"\r\n"))
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r"))
    assert check_build(root).differing == ()


def test_a_build_in_spite_of_errors_is_not_called_up_to_date(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY + log(add("c1"), add("c2", "nope")))
    assert run(root, "build", "--with-problems")[0] == 0
    assert run(root, "build")[0] == 1
    assert not is_up_to_date(root)
    assert is_up_to_date(root, with_problems=True)


def test_a_warning_does_not_make_a_build_out_of_date(make_study: Callable[..., Path]) -> None:
    toml = 'format = "crosscase-study/1"\ntitle = "På prøve"\n[matrix]\ncoders = "ana"\n'
    root = make_study(STUDY + "=== study.toml\n" + unicodedata.normalize("NFD", toml) + log(add("c1")))
    assert run(root, "build")[0] == 0
    assert "up to date" in run(root, "build")[1]


# Files


@pytest.mark.parametrize("make", ["link", "folder"])
def test_what_cannot_be_read_is_reported_by_every_command(make_study: Callable[..., Path], make: str) -> None:
    root = make_study(STUDY + log(add("c1")))
    run(root, "build")
    if make == "link":
        (root / "sources" / "y.md").symlink_to("/nowhere")
    else:
        (root / "codings" / "ana" / "x.jsonl").mkdir()
    assert run(root, "check")[0] == 1
    assert run(root, "build")[0] == 1
    assert run(root, "status")[0] == 0
    assert run(root, "build", "--check")[0] == 1


def test_a_log_that_cannot_be_written_says_what_was(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY + "=== sources/l.md\nTekst.\n")
    (root / "codings" / "ana" / "l.jsonl").mkdir(parents=True)
    code, said = run(root, "code", "read", "--all")
    assert code == 1
    assert "Written for k." in said
    assert run(root, "code", "add", "l", "t", "--quote", "Tekst")[0] == 1


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\xef\xbb\xbfana\n", b""])
def test_who_codes_may_be_written_by_any_editor(
    make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    root = make_study(STUDY)
    (root / ".crosscase").mkdir()
    (root / ".crosscase" / "me").write_bytes(content)
    result = CliRunner().invoke(main, ["code", "add", "k", "t", "--quote", "En", "--nth", "1", "--study", str(root)])
    assert result.exit_code == (0 if b"ana" in content else 2)


def test_nesting_and_aliases_without_end_are_refused() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for above, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{above}'] * 10)}]\n"
    assert [p.rule for p in read_yaml_text(bomb, "f")[1]] == ["bad-yaml"]


@pytest.mark.parametrize("depth", [240, 3000])
def test_codes_nested_beyond_meaning_are_refused(make_study: Callable[..., Path], depth: int) -> None:
    codes = (
        "{id: t0, label: T"
        + "".join(f", codes: [{{id: t{n}, label: T" for n in range(1, depth))
        + "}]" * (depth - 1)
        + "}"
    )
    root = make_study(SOURCE + f"=== codebook.yaml\nthemes: [{codes}]\n")
    assert run(root, "check")[0] == 1
    root = make_study(
        f'=== study.toml\nformat = "crosscase-study/1"\ntitle = "T"\n[{".".join("a" * depth)}]\n', name="toml"
    )
    assert run(root, "check")[0] == 1


def test_control_characters_are_found_where_escapes_hide_them(make_study: Callable[..., Path]) -> None:
    root = make_study(
        '=== study.toml\nformat = "crosscase-study/1"\ntitle = "a\\u0000b"\n[matrix]\ncoders = "ana"\n'
        + SOURCE + '=== codebook.yaml\nthemes: [{id: t, label: "x\\0y"}]\n'
        + "=== cases.csv\nid,label,group\nbirkeby,B\x00,few\n" + log(add("c1", memo="a\u0000b"))
    )  # fmt: skip
    found = {p.file for p in check_study(root)[1] if p.rule == "bad-characters"}
    assert found == {"study.toml", "codebook.yaml", "cases.csv", "codings/ana/k.jsonl"}


def test_an_id_has_no_line_break_at_its_end() -> None:
    assert why_illegal("ann\n")


def test_a_coder_whose_folder_is_no_id_is_reported(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY + log(add("c1")) + log(add("c2"), coder="ANA"))
    assert "illegal-id" in {p.rule for p in check_study(root)[1]}


def test_an_undo_is_known_by_what_it_does_and_not_by_its_first_letter(make_study: Callable[..., Path]) -> None:
    root = make_study(
        STUDY + log(add("u1", at="2009-01-02T00:00:00Z"), {"op": "read", "id": "d", "at": "2009-01-01T00:00:00Z"})
    )
    run(root, "code", "undo")
    coded = read_coded_study(root)[0]
    assert (len(coded.codings), len(coded.reads)) == (0, 1)


def test_resize_goes_from_the_latest_words(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY + log(add("c1")))
    run(root, "code", "resize", "c1", "--quote", "to tre", "--nth", "1")
    run(root, "code", "resize", "c1", "--nth", "2")
    (coding,) = read_coded_study(root)[0].codings
    assert (coding.quote, coding.start) == ("to tre", 14)
    run(root, "code", "retract", "c1")
    assert run(root, "code", "resize", "c1", "--quote", "to", "--nth", "1")[0] == 2


# Words


def test_a_quote_typed_in_another_normal_form_is_found(make_study: Callable[..., Path]) -> None:
    root = make_study(CODEBOOK + "=== sources/k.md\nDer går en sag.\n")
    assert run(root, "code", "add", "k", "t", "--quote", unicodedata.normalize("NFD", "går"))[0] == 0
    text = "går og går"
    assert place(text, 7, 11, unicodedata.normalize("NFD", "går")).how == "exact"


def test_a_colon_in_the_middle_of_a_turn_begins_no_turn() -> None:
    text = "Ana: Jeg siger\ntre ting: det første\n1: ja\nog mere.\n\nBo: Nej.\nAna: Jo."
    assert [p.speaker for p in text_structure(text, speakers=True).paragraphs] == ["Ana", "Bo", "Ana"]


def test_a_log_with_a_byte_order_mark_loses_nothing(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY + log(add("c1")))
    path = root / "codings" / "ana" / "k.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_coded_study(root)[0].codings) == 1


def test_a_memo_event_keeps_its_words(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    write_events(root, "ana", {"k": [Memo(id="m1", at=now(), text="Æ 🙂 \u2028")]})
    assert read_coded_study(root)[0].memos[0].text == "Æ 🙂 \u2028"


@pytest.mark.parametrize("title", ["\x7f", "a\nb\tc"])
def test_a_title_that_study_toml_cannot_hold_is_refused_or_mended(tmp_path: Path, title: str) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "s"), "--title", title])
    assert result.exit_code == (2 if title == "\x7f" else 0)
    if result.exit_code == 0:
        assert run(tmp_path / "s", "check")[0] == 0


# Parts of a document, and columns that are codes


def test_two_parts_of_one_file_are_two_sources_and_the_same_part_is_recognised(
    make_study: Callable[..., Path], tmp_path: Path
) -> None:
    report = tmp_path / "rapport.md"
    report.write_text("# R\n\n## 3 Mål\n\nOm mål.\n\n### 1. Punkt\n\nX.\n\n## 4 Penge\n\nOm penge.\n", "utf-8")
    root = make_study()
    assert run(root, "import", str(report), "--from", "3", "--to", "4", "--id", "kap3")[0] == 0
    assert run(root, "import", str(report), "--from", "4", "--id", "kap4")[0] == 0
    sources = {source.id: source for source in read_coded_study(root)[0].study.sources}
    assert set(sources) == {"kap3", "kap4"}
    assert sources["kap4"].text.startswith("## 4 Penge")
    assert "ecognised" in run(root, "import", str(report), "--from", "4", "--id", "kap4b")[1]
    assert len(read_coded_study(root)[0].study.sources) == 2


@pytest.mark.parametrize(
    ("columns", "rule"),
    [(["nope"], "unknown-code"), (["t", "t"], "bad-value"), (["t", "t.a"], "bad-value"), (["t", "u"], "bad-value")],
)
def test_columns_that_mean_nothing_are_an_error(make_study: Callable[..., Path], columns: list[str], rule: str) -> None:
    toml = f'format = "crosscase-study/1"\ntitle = "T"\n[matrix]\ncoders = "ana"\ncolumns = {json.dumps(columns)}\n'
    root = make_study(STUDY + f"=== study.toml\n{toml}" + log(add("c1")))
    assert rule in {p.rule for p in check_study(root)[1] if p.file == "study.toml"}


def test_a_workbook_is_no_csv(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    (root / "cases.csv").write_bytes(b"PK\x03\x04" + bytes(200))
    assert [p.rule for p in check_study(root)[1] if p.file == "cases.csv"] == ["bad-table"]


def test_a_setting_that_breaks_something_says_so_at_once(make_study: Callable[..., Path]) -> None:
    root = make_study(STUDY)
    code, said = run(root, "set", "groups.cluster", "nope")
    assert (code, "unknown-attribute" in said) == (0, True)
    assert "unknown-code" in run(root, "set", "matrix.columns", "nope")[1]
