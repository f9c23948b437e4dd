"""Import: what is planned, what is written, what is recognised, and what an undo takes back."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus.cases import Case
from corpus.files import sha256
from corpus.import_files import find_files, read_imported
from corpus.import_interrupted import interrupted_imports
from corpus.import_journal import JOURNAL_FOLDER
from corpus.import_table import FileTable, Given, Known, given_from_words, read_file_table
from corpus.import_undo import undo_import
from corpus.importing import ImportPlan, apply_import, plan_import
from corpus.problems import Problem
from corpus.source import Source, read_source

MakeStudy = Callable[..., Path]
TODAY = datetime.date(2009, 3, 1)
NOW = datetime.datetime(2009, 3, 1, 12, 0)
KNOWN = Known((Case("birkeby", "Birkeby"), Case("askhavn", "Askhavn")), frozenset(("1a", "3b")))
TEXT = "Interview med leder\n\nVi har omkring tres sager.\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder outside the study for the files that are to be imported."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, content: str | bytes = TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def import_(root: Path, *paths: Path, **said: object) -> tuple[ImportPlan, list[Problem]]:
    """Find, plan and apply, as the command does."""
    found, problems = find_files(root, paths)
    plan, faults = plan_import(root, found.files, TODAY, **said)  # type: ignore[arg-type]
    done, more = apply_import(root, plan, NOW)
    return done, [*problems, *faults, *more]


def source(root: Path, id: str) -> Source:
    found, problems = read_source(root / "sources" / f"{id}.md")
    assert found is not None
    assert problems == []
    return found


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a study but its caches."""
    files = (path for path in root.rglob("*") if path.is_file() and ".crosscase" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


# What is written


def test_a_file_becomes_a_source_and_its_original_is_kept(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "Møde, leder.txt", "\ufeffInterview\r\n\r\nVi har tres sager.\r\n")
    given = Given(case="birkeby", roles=("leder", "souschef"), date=datetime.date(2009, 1, 14), asked=("1a", "3b"))
    plan, problems = import_(root, path, options=given)
    assert (problems, [s.id for s in plan.sources]) == ([], ["moede-leder"])
    imported = source(root, "moede-leder")
    assert imported.text == plan.sources[0].document.text == "Interview\n\nVi har tres sager.\n"
    assert imported.meta == plan.sources[0].meta
    assert (imported.meta.case, imported.meta.roles, imported.meta.asked) == (
        "birkeby",
        ("leder", "souschef"),
        ("1a", "3b"),
    )
    assert imported.meta.origin is not None
    assert imported.meta.origin.imported == "2009-03-01"
    kept = root / "originals" / imported.meta.origin.file
    assert kept.read_bytes() == path.read_bytes()
    assert sha256(path.read_bytes()) == imported.meta.origin.sha256


def test_a_plan_alone_writes_nothing(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "a.txt")
    before = contents(root)
    plan, _ = plan_import(root, [path], TODAY)
    assert len(plan.sources) == 1
    assert contents(root) == before


def test_repairs_and_odd_names_survive_in_the_front_matter(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    path = put(
        inbox, "Møde: »ja« #1 😀.txt", "Der var i de år en ganske stor og tydelig perso-\n\nnaleudskiftning i byen.\n"
    )
    plan, problems = import_(root, path)
    assert problems == []
    imported = source(root, plan.sources[0].id)
    assert imported.meta.origin == plan.sources[0].meta.origin
    assert imported.meta.origin is not None
    assert "personaleudskiftning" in imported.meta.origin.repairs[0]
    assert (root / "originals" / imported.meta.origin.file).exists()


def test_one_bad_file_stops_no_other(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    put(inbox, "a.txt", "Tekst a.")
    put(inbox, "b.txt", b"\x00\x01\x02")
    put(inbox, "c.docx", b"PK\x03\x04 cut off")
    put(inbox, "d.txt", "")
    put(inbox, "e.md", "Tekst e.")
    plan, problems = import_(root, inbox)
    assert [s.id for s in plan.sources] == ["a", "e"]
    assert [Path(p.file).name for p in problems] == ["b.txt", "c.docx", "d.txt"]
    assert sorted(path.name for path in (root / "originals").iterdir()) == ["a.txt", "e.md"]


def test_files_of_one_name_in_different_folders_take_the_folders_name(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    put(inbox, "Birkeby/leder.txt", "Tekst b.")
    put(inbox, "Askhavn/leder.txt", "Tekst a.")
    put(inbox, "Askhavn/note.txt", "Tekst n.")
    put(inbox, "Askhavn/note.md", "Tekst m.")
    plan, problems = import_(root, inbox)
    assert problems == []
    assert {s.id for s in plan.sources} == {"birkeby-leder", "askhavn-leder", "note-md", "note-txt"}
    originals = [s.meta.origin.file for s in plan.sources if s.meta.origin]
    assert len({name.casefold() for name in originals}) == 4
    again, problems = import_(root, inbox)
    assert (len(again.recognised), again.sources, problems) == (4, (), [])


def test_ids_are_unique_without_regard_to_case_and_do_not_inherit_codings(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study('=== sources/Leder.md\nTekst.\n=== codings/ana/sag.jsonl\n{"op":"read","id":"r1"}\n')
    put(inbox, "LEDER.txt", "Tekst 1.")
    put(inbox, "sag.txt", "Tekst 2.")
    plan, problems = import_(root, inbox)
    assert problems == []
    assert [s.id for s in plan.sources] == ["leder-2", "sag-2"]


def test_an_original_of_the_same_name_is_never_overwritten(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study("=== originals/A.txt\nEn anden fil.\n")
    plan, problems = import_(root, put(inbox, "a.txt", "Tekst a."))
    assert problems == []
    assert plan.sources[0].meta.origin is not None
    assert plan.sources[0].meta.origin.file == "a-2.txt"
    assert (root / "originals" / "A.txt").read_text() == "En anden fil.\n"


def test_files_may_be_imported_where_they_lie_in_originals(make_study: MakeStudy) -> None:
    root = make_study(f"=== originals/birkeby/leder.txt\n{TEXT}")
    plan, problems = import_(root, root / "originals")
    assert problems == []
    assert plan.sources[0].meta.origin is not None
    assert plan.sources[0].meta.origin.file == "birkeby/leder.txt"
    undo_import(root)
    assert (root / "originals" / "birkeby" / "leder.txt").exists()


# What is recognised


def test_the_same_bytes_are_recognised_under_any_name(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "a.txt"))
    before = contents(root)
    plan, problems = import_(root, put(inbox, "x/omdøbt.txt"), put(inbox, "a.txt"))
    assert problems == []
    assert plan.sources == ()
    assert {item.id for item in plan.recognised} == {"a"}
    assert contents(root) == before


def test_a_file_named_twice_is_imported_once(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "a.txt")
    copy = put(inbox, "b.txt")
    plan, problems = import_(root, path, path, inbox, copy)
    assert problems == []
    assert [s.id for s in plan.sources] == ["a"]
    assert [item.id for item in plan.recognised] == ["a"]


def test_sources_written_by_hand_are_listed_without_an_origin(make_study: MakeStudy) -> None:
    quoted = '---\ntitle: "x"\norigin:\n  file: "Møde: 1.txt"\n  sha256: ' + "a" * 64 + "\n---\nTekst.\n"
    root = make_study(f"=== sources/a.md\nTekst.\n=== sources/b.md\n{quoted}")
    assert [(i.id, i.file, i.sha256) for i in read_imported(root)] == [("a", "", ""), ("b", "Møde: 1.txt", "a" * 64)]


def test_a_source_with_a_long_list_of_repairs_is_still_recognised(make_study: MakeStudy, inbox: Path) -> None:
    halves = "".join(
        f"Her er en ganske lang begyndelse på afsnit nummer {n} i\n\nrækken af dem.\n\n" for n in range(200)
    )
    root, path = make_study(), put(inbox, "a.txt", halves)
    assert len(import_(root, path)[0].sources[0].document.repairs) == 200
    assert [item.id for item in import_(root, path)[0].recognised] == ["a"]


# Another interview of the same name


def test_another_interview_of_the_same_file_name_gets_in_under_its_own_id(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "a/leder.txt", "Tekst a."))
    plan, problems = import_(root, put(inbox, "b/leder.txt", "Noget andet."), options=Given(id="b-leder"))
    assert (problems, [s.id for s in plan.sources]) == ([], ["b-leder"])
    again, problems = import_(root, inbox)
    assert (len(again.recognised), problems) == (2, [])


def test_the_same_words_from_another_kind_of_file_are_imported_and_told(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "a.txt"))
    plan, problems = import_(root, put(inbox, "a.md", f"---\ntitle: Ét\n---\n{TEXT}"))
    assert ([s.id for s in plan.sources], rules(problems)) == (["a-2"], ["same-words"])
    assert "'a'" in problems[0].message


# The table


def table(folder: Path, content: str | bytes) -> tuple[FileTable, list[Problem]]:
    return read_file_table(put(folder, "files.csv", content), KNOWN)


def test_a_danish_table_says_whose_interview_a_file_is(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    put(inbox, "Rønneholt leder.txt", "Tekst 1.")
    put(inbox, "b.txt", "Tekst 2.")
    said = (
        "Fil;Kommune;Rolle(r);Dato;Spurgt;Type;Titel\n"
        "Rønneholt leder.txt;Birkeby;leder + sagsbehandler;14-01-2009;alle;referat;Ét\n"
        "B;askhavn;leder;2009-02-03;1a, 3b;udskrift;\n"
    )
    rows, problems = table(inbox.parent, said.encode("cp1252"))
    _, faults = import_(root, inbox, table=rows)
    assert [*problems, *faults] == []
    first, second = source(root, "roenneholt-leder").meta, source(root, "b").meta
    assert (first.case, first.roles, first.title) == ("birkeby", ("leder", "sagsbehandler"), "Ét")
    assert (first.date, first.asked, first.kind) == (datetime.date(2009, 1, 14), "all", "summary")
    assert (second.case, second.asked, second.kind) == ("askhavn", ("1a", "3b"), "transcript")


@pytest.mark.parametrize("words", ["2009-01-14", "14-01-2009", "14.1.2009", "14/1/2009", "2009-01-14 00:00:00"])
def test_a_date_can_be_written_in_several_ways(words: str) -> None:
    given, problems = given_from_words({"date": words}, "t.csv", 2, KNOWN)
    assert (given.date, problems) == (datetime.date(2009, 1, 14), [])


@pytest.mark.parametrize(
    ("field", "words", "rule", "hint"),
    [
        ("date", "1/14/2009", "bad-value", "day, month, year"),
        ("date", "14-01-09", "bad-value", "2009-01-14"),
        ("case", "birkebi", "unknown-case", "'birkeby'"),
        ("case", "Askhaven", "unknown-case", "'askhavn'"),
        ("asked", "1a 3c", "unknown-question", "codebook questions"),
        ("kind", "film", "bad-value", "transcript"),
        ("id", "Æ", "illegal-id", ""),
    ],
)
def test_a_value_that_cannot_be_meant_is_told_with_its_line(field: str, words: str, rule: str, hint: str) -> None:
    given, problems = given_from_words({field: words}, "t.csv", 7, KNOWN)
    assert (rules(problems), problems[0].line) == ([rule], 7)
    assert hint in problems[0].hint
    assert not getattr(given, field)


def test_a_row_with_a_fault_keeps_its_file_out_until_it_is_mended(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    put(inbox, "a.txt", "Tekst a.")
    put(inbox, "b.txt", "Tekst b.")
    rows, problems = table(inbox.parent, "file,case\na.txt,birkebi\nb.txt,askhavn\n")
    plan, faults = import_(root, inbox, table=rows)
    assert (rules(problems), faults) == (["unknown-case"], [])
    assert [s.id for s in plan.sources] == ["b"]


def test_rows_and_files_that_do_not_match_are_told(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    put(inbox, "x/a.txt", "Tekst a.")
    put(inbox, "y/a.txt", "Tekst b.")
    put(inbox, "c.txt", "Tekst c.")
    rows, problems = table(inbox.parent, "file,case,bemærkning\na.txt,birkeby,\nx/a.txt,birkeby,\nd.txt,,\nx/a,,\n")
    plan, faults = import_(root, inbox, table=rows)
    assert rules(problems) == ["unknown-key"]
    assert len(plan.sources) == 3
    told = sorted((p.line, p.message.split(" ")[0]) for p in faults if p.rule == "unmatched-row")
    assert [line for line, _ in told] == [0, 0, 2, 4, 5]


def test_a_table_without_a_column_for_the_file_is_told(inbox: Path) -> None:
    rows, problems = table(inbox, "case,role\nbirkeby,leder\n")
    assert (rows.rows, rules(problems)) == ((), ["missing-key"])


def test_a_table_fills_empty_fields_of_sources_imported_before(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "a.txt"), options=Given(case="birkeby"))
    path = root / "sources" / "a.md"
    path.write_text(path.read_text().replace("case: birkeby\n", "# en bemærkning\ncase: birkeby\nroles: []\n"))
    rows, _ = table(inbox.parent, "file,case,role,date,asked,kind\na.txt,birkeby,leder,14-01-2009,all,transcript\n")
    plan, problems = import_(root, table=rows)
    assert problems == []
    assert plan.filled[0].fields == ("roles", "date", "kind", "asked")
    meta = source(root, "a").meta
    assert (meta.roles, meta.asked, meta.kind, meta.case) == (("leder",), "all", "transcript", "birkeby")
    assert "# en bemærkning\ncase: birkeby\nroles: [leder]\n" in path.read_text()
    assert source(root, "a").text == TEXT


def test_what_a_source_says_already_is_never_overwritten(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    path = put(inbox, "a.txt")
    import_(root, path, options=Given(case="birkeby", asked="all"))
    before = contents(root)
    plan, problems = import_(root, path, options=Given(case="askhavn", asked="all"))
    assert (plan.filled, rules(problems)) == ((), ["import-conflict"])
    assert "'birkeby'" in problems[0].message
    assert problems[0].line == 3
    assert contents(root) == before


# Undo


def test_an_undo_removes_exactly_the_last_import(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "a.txt"))
    first = contents(root)
    rows, _ = table(inbox.parent, "file,case\na.txt,birkeby\nb.txt,askhavn\n")
    import_(root, inbox / "a.txt", put(inbox, "b.txt", "Tekst b."), table=rows)
    assert source(root, "a").meta.case == "birkeby"
    batch, problems = undo_import(root)
    assert problems == []
    assert batch is not None
    assert contents(root) == first
    undo_import(root)
    assert not (root / "sources").exists() and not (root / "originals").exists()
    assert undo_import(root) == (None, [])


def test_an_undo_keeps_the_folders_that_were_there_before(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    (root / "originals").mkdir()
    import_(root, put(inbox, "a.txt"))
    put(root, "sources/notes.txt", "Min egen.")
    undo_import(root)
    assert (root / "originals").is_dir() and (root / "sources" / "notes.txt").exists()


def test_an_import_that_goes_on_just_now_is_not_called_interrupted(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    seen: list[Problem] = []

    def look(numbers: Sequence[int]) -> Iterator[int]:
        seen.extend(interrupted_imports(root))
        yield from numbers

    plan, _ = plan_import(root, [put(inbox, "a.txt")], TODAY)
    apply_import(root, plan, NOW, look)
    assert seen == list(interrupted_imports(root)) == []


def test_an_undo_takes_nothing_back_where_work_would_be_lost(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "a.txt", "Tekst a."), put(inbox, "b.txt", "Tekst b."), put(inbox, "c.txt", "Tekst c."))
    put(root, "codings/ana/a.jsonl", '{"op":"add","id":"c1"}\n')
    put(root, "codings/ana/c.jsonl", "")
    edited = root / "sources" / "b.md"
    edited.write_text(edited.read_text() + "\nMere.\n")
    before = contents(root)
    _, problems = undo_import(root)
    assert rules(problems) == ["cannot-undo", "cannot-undo"]
    assert [p.file for p in problems] == ["sources/a.md", "sources/b.md"]
    assert contents(root) == before


def test_filled_fields_can_be_taken_back_from_a_source_that_was_coded(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "a.txt")
    import_(root, path)
    put(root, "codings/ana/a.jsonl", '{"op":"add","id":"c1"}\n')
    before = contents(root)
    import_(root, path, options=Given(case="birkeby"))
    assert undo_import(root)[1] == []
    assert contents(root) == before


def test_without_the_notes_only_the_undo_is_lost(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "a.txt")
    import_(root, path)
    for file in (root / JOURNAL_FOLDER).rglob("*.json"):
        file.unlink()
    assert undo_import(root) == (None, [])
    assert [item.id for item in import_(root, path)[0].recognised] == ["a"]


# Crashes


@pytest.mark.parametrize("after", range(7))
def test_an_import_that_is_cut_off_leaves_whole_files_and_is_finished_by_the_next(
    make_study: MakeStudy, inbox: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    root = make_study()
    whole = make_study(name="whole")
    for name in ("a.txt", "b.txt", "c.txt"):
        put(inbox, name, f"Interview {name[0]}\n\nTekst {name[0]}.\n")
    import_(whole, inbox)
    link, calls = os.link, 0

    def cut_off(*args: object, **kwargs: object) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise KeyboardInterrupt
        link(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "link", cut_off)
    if after < 6:
        with pytest.raises(KeyboardInterrupt):
            import_(root, inbox)
    monkeypatch.undo()
    said = [(p.rule, "or take it back: crosscase import --undo" in p.hint) for p in interrupted_imports(root)]
    assert said == ([("interrupted-import", True)] if after < 6 else [])
    assert all(contents(whole)[name] == data for name, data in contents(root).items())
    _, problems = import_(root, inbox)
    assert problems == []
    assert contents(root) == contents(whole)
    assert list(interrupted_imports(root)) == [], "the second import brought what was missing"
    while undo_import(root)[0]:
        pass
    assert not (root / "sources").exists()


def test_a_file_that_appears_while_importing_is_not_overwritten(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    plan, _ = plan_import(root, [put(inbox, "a.txt"), put(inbox, "b.txt", "Tekst b.")], TODAY)
    put(root, "sources/a.md", "En anden var hurtigere.\n")
    done, problems = apply_import(root, plan, NOW)
    assert ([s.id for s in done.sources], rules(problems)) == (["b"], ["unreadable-file"])
    assert "appeared" in problems[0].message
    assert (root / "sources" / "a.md").read_text() == "En anden var hurtigere.\n"
    assert not (root / "originals" / "a.txt").exists()
    assert undo_import(root)[1] == []
    assert (root / "sources" / "a.md").exists()


def test_a_file_that_changes_after_it_was_read_is_not_imported(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "a.txt")
    plan, _ = plan_import(root, [path], TODAY)
    path.write_text("Noget andet.")
    done, problems = apply_import(root, plan, NOW)
    assert (done.sources, rules(problems)) == ((), ["unreadable-file"])
    assert not (root / "sources").exists() or list((root / "sources").iterdir()) == []


# Finding files


def test_folders_are_read_through_without_hidden_and_other_files(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    for name in ("b.txt", "a.DOCX", "under/c.md", ".skjult.txt", ".git/d.txt", "~$a.docx", "Thumbs.db", "h.bak"):
        put(inbox, name, "x")
    for name in ("e.png", "f.mp3", "g.png"):
        put(inbox, name, b"\x00\x01\x02\x03" * 9)
    put(inbox, "i.log", "Referat af mødet.")
    put(inbox, "k.doc", b"\xd0\xcf\x11\xe0")
    put(inbox, "j.dat", b"{\\rtf1 hej}")
    found, problems = find_files(root, [inbox, inbox / "under"])
    assert problems == []
    assert [path.relative_to(inbox).as_posix() for path in found.files] == ["a.DOCX", "b.txt", "j.dat", "under/c.md"]
    text, old = ".log (text: name the file to import it)", ".doc (save it as docx to import it)"
    assert found.passed_over == {text: 1, old: 1, ".mp3": 1, ".png": 2}


def test_the_studys_own_files_are_not_imported_into_it(make_study: MakeStudy) -> None:
    root = make_study(
        "=== sources/a.md\nx\n=== guide.md\n# x\n=== README.md\nx\n=== originals/o.txt\nx\n=== ny/b.txt\nx\n"
    )
    found, problems = find_files(root, [root])
    assert [path.name for path in found.files] == ["b.txt"]
    assert problems == []
    assert rules(find_files(root, [root / "sources" / "a.md"])[1]) == ["unsupported-file"]


def test_a_path_that_leads_nowhere_is_told(make_study: MakeStudy, inbox: Path) -> None:
    assert rules(find_files(make_study(), [inbox / "nope.txt"])[1]) == ["missing-file"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_to_files_are_followed_and_others_are_told(make_study: MakeStudy, inbox: Path) -> None:
    path = put(inbox, "u/leder.txt")
    (inbox / "a-link.txt").symlink_to(path)
    (inbox / "broken.txt").symlink_to(inbox / "nowhere.txt")
    (inbox / "round").symlink_to(inbox)
    (inbox / "elsewhere.txt").symlink_to(put(inbox.parent / "other", "b.txt", "Tekst b."))
    found, problems = find_files(make_study(), [inbox])
    assert sorted(path.name for path in found.files) == ["elsewhere.txt", "leder.txt"]
    assert sorted(Path(problem.file).name for problem in problems) == ["broken.txt", "round"]


def test_a_name_that_is_no_utf8_is_imported_and_shown(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    path = inbox / os.fsdecode(b"m\xf8de.txt")
    try:
        path.write_text("Tekst.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    plan, problems = import_(root, inbox)
    assert problems == []
    assert plan.sources[0].file.endswith("m?de.txt")
    assert source(root, plan.sources[0].id).text == "Tekst.\n"


def test_two_imports_at_once_lose_nothing(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    for name in ("a", "b"):
        for number in range(30):
            put(inbox, f"{name}/{name}{number}.txt", f"Tekst {name} {number}.")
    code = (
        "import sys, datetime; from pathlib import Path; from corpus.importing import *\n"
        "root, folder = map(Path, sys.argv[1:]); files = sorted(folder.iterdir())\n"
        "plan, p = plan_import(root, files, datetime.date(2009, 3, 1))\n"
        "done, q = apply_import(root, plan, datetime.datetime(2009, 3, 1)); sys.exit(bool(p or q))\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(root), str(inbox / name)]) for name in ("a", "b")]
    assert [run.wait(60) for run in runs] == [0, 0]
    assert len(list((root / "sources").iterdir())) == len(list((root / "originals").iterdir())) == 60
    assert undo_import(root)[1] == undo_import(root)[1] == []
    assert not (root / "sources").exists()
