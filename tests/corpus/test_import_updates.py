"""A file that has changed since it was imported: when it updates its source, and what is never lost by that."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document_part import Part
from corpus.files import sha256
from corpus.import_files import find_files
from corpus.import_interrupted import interrupted_imports
from corpus.import_table import Given
from corpus.import_undo import undo_import
from corpus.import_updates import IN_COMMON, words_in_common
from corpus.importing import ImportPlan, apply_import, plan_import
from corpus.problems import Problem
from corpus.source import Origin, Source, read_source

MakeStudy = Callable[..., Path]
NOW = datetime.datetime(2009, 3, 1, 12, 0)
TEXT = (
    "# Interview med leder\n\nVi har omkring tres sager, og de fleste af dem er gamle.\n\nDet går bedre nu end før.\n"
)
LONGER = TEXT + "\nDer kom et afsnit til.\n"
OTHER = "# Sagsbehandler\n\nEn helt anden samtale med en anden person om noget ganske andet.\n"


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
    plan, faults = plan_import(root, found.files, NOW.date(), **said)  # type: ignore[arg-type]
    done, more = apply_import(root, plan, NOW)
    return done, [*problems, *faults, *more]


def source(root: Path, id: str) -> Source:
    found, problems = read_source(root / "sources" / f"{id}.md")
    assert found is not None
    assert problems == []
    return found


def origin(root: Path, id: str) -> Origin:
    found = source(root, id).meta.origin
    assert found is not None
    return found


def edit(root: Path, id: str, old: str, new: str) -> None:
    path = root / "sources" / f"{id}.md"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a study but its caches."""
    files = (path for path in root.rglob("*") if path.is_file() and ".crosscase" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def rules(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


# What is kept and what is new


def test_a_changed_file_updates_its_source_and_keeps_what_the_front_matter_says(
    make_study: MakeStudy, inbox: Path
) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path, options=Given(case="birkeby", asked="all"))
    edit(root, "leder", "asked: all\n", "asked: all\n# spurgt i to omgange\n")
    put(inbox, "leder.txt", LONGER)
    plan, problems = import_(root, path, options=Given(roles=("leder",)))
    assert (problems, [(s.id, s.replaces, s.changes_text) for s in plan.sources]) == ([], [("leder", True, True)])
    meta = source(root, "leder").meta
    assert (meta.case, meta.asked, meta.roles, meta.title) == ("birkeby", "all", ("leder",), "Interview med leder")
    assert "# spurgt i to omgange\n" in (root / "sources" / "leder.md").read_text()
    assert source(root, "leder").text == LONGER
    assert origin(root, "leder").sha256 == sha256(LONGER)
    assert origin(root, "leder").earlier == (sha256(TEXT),)


def test_an_original_never_changes_and_each_version_gets_a_number(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    versions = [TEXT, LONGER, LONGER + "\nOg et til.\n"]
    for text in versions:
        assert import_(root, put(inbox, "leder.txt", text))[1] == []
    names = ["leder.txt", "leder.2.txt", "leder.3.txt"]
    assert [(root / "originals" / name).read_text() for name in names] == versions
    assert origin(root, "leder").file == "leder.3.txt"


def test_a_source_with_codings_is_updated_and_its_logs_are_left_alone(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    log = put(root, "codings/ana/leder.jsonl", '{"op":"add","id":"c1"}\n')
    before = log.read_bytes()
    put(inbox, "leder.txt", LONGER)
    plan, problems = import_(root, path)
    assert (problems, [s.id for s in plan.updates]) == ([], ["leder"])
    assert log.read_bytes() == before


def test_a_file_that_was_only_saved_again_changes_no_word(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    put(inbox, "leder.txt", TEXT.replace("\n", "\r\n"))
    plan, problems = import_(root, path)
    assert (problems, plan.updates, [s.changes_text for s in plan.sources]) == ([], (), [False])
    assert source(root, "leder").text == TEXT
    assert [item.id for item in import_(root, path)[0].recognised] == ["leder"]


def test_the_version_before_is_recognised_and_comes_back_only_when_asked_for(
    make_study: MakeStudy, inbox: Path
) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    import_(root, put(inbox, "leder.txt", LONGER))
    put(inbox, "leder.txt", TEXT)
    plan, problems = import_(root, inbox, root / "originals")
    assert (problems, plan.sources) == ([], ())
    assert sorted((item.id, item.earlier) for item in plan.recognised) == [
        ("leder", False),
        ("leder", True),
        ("leder", True),
    ]
    plan, problems = import_(root, path, replace=True)
    assert (problems, source(root, "leder").text) == ([], TEXT)
    assert origin(root, "leder").earlier == (sha256(LONGER),)


def cues(*words: str) -> str:
    """Subtitles with a minute between the beginnings of any two of `words`."""
    return "WEBVTT\n\n" + "\n\n".join(
        f"00:{n:02}:00.000 --> 00:{n:02}:50.000\n<v Leder>{said}</v>" for n, said in enumerate(words, 1)
    )


def test_the_times_of_a_recording_go_with_the_text_they_belong_to(make_study: MakeStudy, inbox: Path) -> None:
    said = ["Vi har omkring tres sager.", "De fleste er gamle.", "Det går bedre nu end før."]
    root, path = make_study(), put(inbox, "leder.vtt", cues(*said))
    import_(root, path)
    places = root / "places" / "leder.csv"
    before = contents(root)
    assert "0:03:00,Det går" in places.read_text()
    put(inbox, "leder.vtt", cues("Et spørgsmål kom til.", *said))
    assert import_(root, path)[1] == []
    assert "0:04:00,Det går" in places.read_text()
    undo_import(root)
    assert contents(root) == before
    edit(root, "leder", "tres sager", "60 sager")
    put(inbox, "leder.vtt", cues(*said).replace("50.000", "40.000"))
    assert import_(root, path)[1] == []
    assert places.read_bytes() == before["places/leder.csv"]


# Which source it is


def test_another_interview_that_only_shares_the_name_is_not_taken_for_an_update(
    make_study: MakeStudy, inbox: Path
) -> None:
    root = make_study()
    import_(root, put(inbox, "a/interview.txt"))
    before = contents(root)
    path = put(inbox, "b/interview.txt", OTHER)
    plan, problems = import_(root, path)
    assert (plan.sources, rules(problems), contents(root)) == ((), ["changed-file"], before)
    assert "--id" in problems[0].hint
    assert "--replace" in problems[0].hint
    plan, problems = import_(root, path, options=Given(id="sagsbehandler"))
    assert (problems, [s.id for s in plan.sources]) == ([], ["sagsbehandler"])


def test_replace_lets_a_rewritten_file_take_the_place_all_the_same(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "interview.txt"))
    before = contents(root)
    _, problems = import_(root, put(inbox, "interview.txt", OTHER), replace=True)
    assert (problems, source(root, "interview").text) == ([], OTHER)
    assert undo_import(root)[1] == []
    assert contents(root) == before


def test_files_of_one_name_in_two_folders_find_their_own_sources(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    put(inbox, "a/leder.txt", TEXT)
    put(inbox, "b/leder.txt", OTHER)
    import_(root, inbox)
    put(inbox, "a/leder.txt", LONGER)
    put(inbox, "b/leder.txt", OTHER + "\nOg mere.\n")
    for paths in ([inbox / "b"], [inbox]):
        assert import_(root, *paths)[1] == []
    assert source(root, "a-leder").text == LONGER
    assert source(root, "b-leder").text == OTHER + "\nOg mere.\n"
    assert len(list((root / "sources").iterdir())) == 2


def test_two_files_that_could_both_be_the_new_version_are_told_and_neither_is_taken(
    make_study: MakeStudy, inbox: Path
) -> None:
    root = make_study()
    import_(root, put(inbox, "leder.txt"))
    before = contents(root)
    put(inbox, "leder.txt", LONGER)
    put(inbox, "kopi/leder.txt", TEXT + "\nEt andet afsnit.\n")
    plan, problems = import_(root, inbox)
    assert (plan.sources, rules(problems), contents(root)) == ((), ["changed-file"] * 2, before)


def test_a_new_name_is_the_same_source_when_its_id_is_named(make_study: MakeStudy, inbox: Path) -> None:
    root = make_study()
    import_(root, put(inbox, "leder.txt"))
    plan, problems = import_(root, put(inbox, "leder rettet.txt", LONGER), options=Given(id="leder"))
    assert (problems, [(s.id, s.replaces) for s in plan.sources]) == ([], [("leder", True)])
    assert len(list((root / "sources").iterdir())) == 1


def test_each_part_of_a_changed_report_is_updated(make_study: MakeStudy, inbox: Path) -> None:
    chapters = (
        "# 1 Mål\n\nOm mål står der en hel del her.\n\n# 2 Midler\n\nOm midler står der lidt.\n\n# 3 Slut\n\nX.\n"
    )
    root, path = make_study(), put(inbox, "rapport.md", chapters)
    import_(root, path, part=Part("1", "2"), options=Given(id="maal"))
    import_(root, path, part=Part("2", "3"), options=Given(id="midler"))
    put(inbox, "rapport.md", chapters.replace("lidt.", "lidt mere."))
    plan, problems = import_(root, path)
    assert (problems, sorted(s.id for s in plan.sources), [s.id for s in plan.updates]) == (
        [],
        ["maal", "midler"],
        ["midler"],
    )
    assert source(root, "midler").text == "# 2 Midler\n\nOm midler står der lidt mere.\n"
    assert origin(root, "maal").file == origin(root, "midler").file == "rapport.2.md"


def test_an_encoding_that_was_found_wrong_can_be_said_later(make_study: MakeStudy, inbox: Path) -> None:
    words = "På øen så vi færre små børn, og så gik vi hjem igen over åen. " * 3
    root, path = make_study(), put(inbox, "leder.txt", words.encode("mac_roman"))
    import_(root, path, encoding="cp1252")
    assert "øen" not in source(root, "leder").text
    plan, problems = import_(root, path, encoding="mac-roman")
    assert (problems, [s.id for s in plan.updates]) == ([], ["leder"])
    assert [item.id for item in import_(root, path)[0].recognised] == ["leder"]
    assert "På øen så vi færre små børn" in source(root, "leder").text
    put(inbox, "leder.txt", (words + "Og ål.").encode("mac_roman"))
    import_(root, path)
    assert source(root, "leder").text.endswith("Og ål.\n")


def test_a_file_whose_wrong_encoding_is_no_longer_said_is_read_anew(make_study: MakeStudy, inbox: Path) -> None:
    words = "På øen så vi færre små børn, og så gik vi hjem igen over åen.\n"
    root, path = make_study(), put(inbox, "leder.txt", words.encode("mac_roman"))
    assert rules(import_(root, path, encoding="cp865")[1]) == ["uncertain-encoding"]
    plan, _ = import_(root, path)
    assert [s.id for s in plan.updates] == ["leder"]
    assert (source(root, "leder").text, origin(root, "leder").encoding) == (words, "")


def test_an_encoding_that_nothing_speaks_against_holds_on_when_it_is_not_said_again(
    make_study: MakeStudy, inbox: Path
) -> None:
    root, path = make_study(), put(inbox, "leder.txt", "Привет, это интервью о работе.\n".encode("koi8-r"))
    import_(root, path, encoding="koi8-r")
    plan, problems = import_(root, path)
    assert (problems, plan.updates, [item.id for item in plan.recognised]) == ([], (), ["leder"])


# Edits by hand


def test_text_that_was_edited_by_hand_is_not_overwritten(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    edit(root, "leder", "tres sager", "60 sager")
    before = contents(root)
    put(inbox, "leder.txt", LONGER)
    plan, problems = import_(root, path)
    assert (plan.sources, rules(problems), contents(root)) == ((), ["edited-source"], before)
    assert "--replace" in problems[0].hint
    _, problems = import_(root, path, replace=True)
    assert (problems, source(root, "leder").text) == ([], LONGER)
    undo_import(root)
    assert contents(root) == before


def test_edits_by_hand_stay_where_the_file_brings_no_other_words(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    edit(root, "leder", "tres sager", "60 sager")
    edited = source(root, "leder").text
    put(inbox, "leder.txt", TEXT.replace("\n", "\r\n"))
    plan, problems = import_(root, path)
    assert (problems, plan.updates, source(root, "leder").text) == ([], (), edited)
    put(inbox, "leder.txt", LONGER)
    assert rules(import_(root, path)[1]) == ["edited-source"]


def test_a_file_with_the_very_edits_that_were_made_by_hand_is_no_conflict(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    edit(root, "leder", "tres sager", "60 sager")
    put(inbox, "leder.txt", TEXT.replace("tres sager", "60 sager"))
    assert import_(root, path)[1] == []
    put(inbox, "leder.txt", LONGER.replace("tres sager", "60 sager"))
    assert import_(root, path)[1] == []


@pytest.mark.parametrize("original_is_there", [True, False])
def test_a_source_that_does_not_say_what_its_text_was_is_compared_with_its_original(
    make_study: MakeStudy, inbox: Path, original_is_there: bool
) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    said = f"  text_sha256: {sha256(TEXT)}\n"
    edit(root, "leder", said, "")
    if not original_is_there:
        (root / "originals" / "leder.txt").unlink()
    put(inbox, "leder.txt", LONGER)
    _, problems = import_(root, path)
    assert rules(problems) == ([] if original_is_there else ["edited-source"])


# Undo and crashes


def test_an_undo_brings_back_the_version_before(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path, options=Given(case="birkeby"))
    before = contents(root)
    import_(root, put(inbox, "leder.txt", LONGER))
    assert undo_import(root)[1] == []
    assert contents(root) == before


def test_whether_codings_allow_an_undo_is_asked_with_the_text_that_would_come_back(
    make_study: MakeStudy, inbox: Path
) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    import_(root, put(inbox, "leder.txt", LONGER))
    put(root, "codings/ana/leder.jsonl", '{"op":"add","id":"c1"}\n')
    asked = []

    def why_keep(id: str, now: str, before: str) -> str:
        asked.append((id, now, before))
        return "fordi"

    _, problems = undo_import(root, why_keep=why_keep)
    assert [(p.rule, p.message) for p in problems] == [("cannot-undo", "fordi")]
    assert asked == [("leder", LONGER, TEXT)]
    assert undo_import(root, why_keep=lambda id, now, before: "")[1] == []
    assert source(root, "leder").text == TEXT


@pytest.mark.parametrize("after", range(4))
def test_an_update_that_is_cut_off_leaves_one_whole_version_and_is_finished_by_the_next(
    make_study: MakeStudy, inbox: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    root, whole = make_study(), make_study(name="whole")
    for name in ("a", "b"):
        put(inbox, f"{name}.txt", f"{TEXT}\nTekst {name}.\n")
    for folder in (root, whole):
        import_(folder, inbox)
    before = contents(root)
    for name in ("a", "b"):
        put(inbox, f"{name}.txt", f"{LONGER}\nTekst {name}.\n")
    import_(whole, inbox)
    calls = 0
    for module, name in ((os, "link"), (Path, "replace")):
        monkeypatch.setattr(module, name, _cut_off(getattr(module, name), lambda: calls > after, lambda: _count()))

    def _count() -> None:
        nonlocal calls
        calls += 1

    with pytest.raises(KeyboardInterrupt):
        import_(root, inbox)
    monkeypatch.undo()
    assert rules(list(interrupted_imports(root))) == ["interrupted-import"]
    expected = contents(whole)
    for name, data in contents(root).items():
        assert data in (before.get(name), expected[name]), name
    assert import_(root, inbox)[1] == []
    assert contents(root) == expected
    assert list(interrupted_imports(root)) == []
    while undo_import(root)[0]:
        pass
    assert not (root / "sources").exists()


def test_an_update_that_is_cut_off_before_anything_is_replaced_can_be_taken_back(
    make_study: MakeStudy, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    before = contents(root)
    put(inbox, "leder.txt", LONGER)

    def cut_off(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus.import_journal._stage", cut_off)
    with pytest.raises(KeyboardInterrupt):
        import_(root, path)
    monkeypatch.undo()
    assert undo_import(root)[1] == []
    assert contents(root) == before


def _cut_off(
    call: Callable[..., object], is_over: Callable[[], bool], count: Callable[[], None]
) -> Callable[..., object]:
    def cut_off(*args: object, **kwargs: object) -> object:
        if "staged" in str(args[0]):
            count()
            if is_over():
                raise KeyboardInterrupt
        return call(*args, **kwargs)

    return cut_off


def test_a_source_that_changes_between_plan_and_writing_is_not_overwritten(make_study: MakeStudy, inbox: Path) -> None:
    root, path = make_study(), put(inbox, "leder.txt")
    import_(root, path)
    put(inbox, "leder.txt", LONGER)
    plan, _ = plan_import(root, [path], NOW.date())
    edit(root, "leder", "tres sager", "60 sager")
    before = contents(root)
    done, problems = apply_import(root, plan, NOW)
    assert (done.sources, rules(problems)) == ((), ["unreadable-file"])
    assert "changed" in problems[0].message
    assert contents(root) == before


# How much two texts have in common


def test_additions_count_nothing_and_what_is_taken_out_counts_fully() -> None:
    assert words_in_common(TEXT, LONGER) == words_in_common(TEXT, TEXT.upper()) == 1
    assert words_in_common(LONGER, TEXT) < 1
    assert words_in_common(TEXT, OTHER) < IN_COMMON / 4
    assert words_in_common("", "") == 1
    assert words_in_common("", "ord") == words_in_common("ord", "") == 0


@given(st.lists(st.sampled_from(["en", "to", "tre", "fire"])), st.lists(st.sampled_from(["to", "tre", "syv"])))
def test_what_two_texts_have_in_common_is_a_share(old: list[str], new: list[str]) -> None:
    assert 0 <= words_in_common(" ".join(old), " ".join(new)) <= 1
    assert words_in_common(" ".join(old), " ".join([*new, *old, *new])) == 1 or len(old) < 3
