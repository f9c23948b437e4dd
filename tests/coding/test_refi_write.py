"""A study as REFI-QDA: valid, the same bytes every time, and the same study when it comes back."""

from __future__ import annotations

import datetime
import io
import random
import tempfile
import unicodedata
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from codebook.codebook import Code, Codebook
from codebook.codebook_file import codebook_text
from coding.coded_study import CodedStudy, read_coded_study
from coding.events import Add, Memo, Read
from coding.exchange.code_description import description_of, parts_of
from coding.exchange.into_study import into_study
from coding.exchange.notes_file import FreeNote, NoteMatter, note_text, read_notes
from coding.exchange.refi_files import left_behind, read_study_files
from coding.exchange.refi_kept import guid_of
from coding.exchange.refi_notes import StudyFiles
from coding.exchange.refi_read import read_project
from coding.exchange.refi_write import refi_codebook, refi_project
from coding.log import append_events
from corpus.anchor import context
from corpus.source import FrontMatter, Origin, source_file_text

AT = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def facts(coded: CodedStudy) -> dict[str, object]:
    """What must be the same after a round trip: everything but lines of files."""
    replace = msgspec.structs.replace

    def code(found: Code) -> Code:
        return replace(found, line=0, codes=tuple(map(code, found.codes)))

    return {
        "settings": coded.study.settings,
        "cases": [replace(case, line=0) for case in coded.study.cases],
        "attributes": coded.study.attributes,
        "sources": [(source.id, source.meta, source.text) for source in coded.study.sources],
        "codes": [code(theme) for theme in coded.codebook.themes],
        "codings": [replace(coding, file_line=0) for coding in coded.codings],
        "reads": [replace(mark, file_line=0) for mark in coded.reads],
        "memos": coded.memos,
        "coders": coded.coders,
        "guide": coded.guide,
    }


def notes_of(root: Path) -> list[tuple[object, ...]]:
    """The notes; what a note is about is a set."""
    return [
        (note.id, note.matter.title, note.matter.kind, note.matter.by, set(note.matter.about), note.text)
        for note in read_notes(root)[0]
    ]


def exported(root: Path) -> bytes:
    return refi_project(read_coded_study(root)[0], read_study_files(root)[0], "crosscase 0").data


def round_trip(root: Path, there: Path) -> Path:
    """The study exported to a file and imported into a new folder."""
    file = there / "study.qdpx"
    file.write_bytes(exported(root))
    project, problems = read_project(file)
    assert project is not None, problems
    report, problems = into_study(project, there / "back", at=AT, file=file)
    assert report is not None, problems
    return there / "back"


def schema(shared: Path, name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "interop" / "xsd" / f"{name}.xsd")))


WORDS = ["Penge & <tal>", "ø", 'en "gåseøjne"', "a\u0301", "😀 ord", "to  mellemrum", "linje\nto", "-", "§ 12", "x: y"]
IN_TEXTS = [*WORDS, "\n\n", "Anna: hej", "# Overskrift", "\x0c", "\t"]
SEEDS = st.integers(0, 10**9)
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)


def write_some_study(root: Path, seed: int) -> Path:
    """A study on disk with whatever a study can hold: odd characters, nested codes, several coders, memos, notes."""
    rng = random.Random(seed)
    root.mkdir()
    labels = [unicodedata.normalize("NFC", rng.choice(WORDS).replace("\n", " ")) for _ in range(6)]
    leaf = Code("t1.a.x", labels[0], patterns=("ord*",), color="#ff00aa")
    themes = (
        Code(
            "t1",
            labels[1],
            "Defineret.\n\nInclude: ikke en regel",
            "med",
            "uden",
            ("et eksempel", "to\nlinjer"),
            ("1a",),
            codes=(Code("t1.a", labels[2], codes=(leaf,)), Code("t1.b", labels[3], replaced_by="t1.a")),
        ),
        Code("t2", labels[4], applies_to={"merged": ("ja", "nej")}, carry_over=("dertil",)),
    )
    codes = [code.id for theme in themes for code in theme.walk()]
    (root / "codebook.yaml").write_text(codebook_text(Codebook(themes)), "utf-8")
    (root / "study.toml").write_text(
        'format = "crosscase-study/1"\ntitle = "Et <studie> & mere"\n[coders]\nana = "Ana Ø"\n'
    )
    (root / "guide.md").write_text("# Guide\n\n## Et\n\n1a. Hvad? {#1a}\n", "utf-8")
    (root / "cases.csv").write_text(
        'id,label,group,merged,n,from\nb1,"By, 1",few,ja,12,2009-01-14\nb2,By 2,many,,3,\nb3,By 1,few,nej,,2008-05-01\n'
    )
    for number in range(rng.randint(1, 3)):
        text = unicodedata.normalize("NFC", " ".join(rng.choices(IN_TEXTS, k=rng.randint(2, 12)))).strip() + "\n"
        if not text.strip("\n\t \x0c"):
            text = "ord\n"
        meta = FrontMatter(
            f"Kilde {labels[5]}", rng.choice(["b1", "b2", ""]), rng.choice([(), ("leder", "borger")]),
            rng.choice([None, datetime.date(2009, 1, 14)]), rng.choice(["summary", "transcript", "document"]),
            rng.choice(["all", "unknown", ("1a",)]), "", {"score": "3"} if number else {},
            Origin("a.docx", "0" * 64, "2009-01-01") if number else None,
        )  # fmt: skip
        id = f"s{number}"
        (root / "sources").mkdir(exist_ok=True)
        (root / "sources" / f"{id}.md").write_bytes(source_file_text(meta, text).encode())
        text = read_coded_study(root)[0].study.source_by_id[id].text
        for coder in ("ana", "bo", "consensus"):
            events: list[Add | Memo | Read] = []
            for n in range(rng.randint(0, 4)):
                start = rng.randrange(len(text))
                end = rng.randint(start + 1, len(text))
                if text[start:end].strip():
                    prefix, suffix = context(text, start, end)
                    events.append(Add(
                        id=f"c{coder}{number}{n}", at=rng.choice(["", "2009-03-02T08:30:00.123456Z"]),
                        code=rng.choice(codes), start=start, end=end, quote=text[start:end], prefix=prefix,
                        suffix=suffix, memo=rng.choice(["", "en & <note>"]),
                        origin=rng.choice(["person", "pattern"]), run=rng.choice(["", "x1"]),
                    ))  # fmt: skip
            events.append(Memo(id=f"m{coder}{number}", at="2009-03-02T08:30:00.000000Z", text="om kilden"))
            events.append(Read(id=f"r{coder}{number}", at="2009-03-02T08:30:00.000000Z", theme=rng.choice(["", "t1"])))
            append_events(root / "codings" / coder / f"{id}.jsonl", events)
    notes = [
        FreeNote(
            "tanke", NoteMatter("En tanke", "note", "ana", "", ("code:t1", "source:s0 0-1", "project")), "Vigtigt."
        ),
        FreeNote("gruppe", NoteMatter("Gruppe", "set", "", "", ("source:s0", "code:t2", "note:tanke")), "Hvorfor."),
    ]
    for note in notes:
        (root / "notes").mkdir(exist_ok=True)
        (root / "notes" / f"{note.id}.md").write_text(note_text(note), "utf-8")
    for folder in ("charts", "findings"):
        (root / folder).mkdir()
        (root / folder / "t1.yaml").write_text("theme: t1\n# en kommentar\n", "utf-8")
    return root


@settings(max_examples=40, phases=NO_SHRINKING)
@given(SEEDS)
def test_a_study_comes_back_as_it_was(seed: int) -> None:
    """Sources, codes, codings, cases, attributes, coders, memos, read marks, notes, sets, settings, guide, findings."""
    with tempfile.TemporaryDirectory() as folder:
        root = write_some_study(Path(folder) / "study", seed)
        back = round_trip(root, Path(folder))
        assert facts(read_coded_study(back)[0]) == facts(read_coded_study(root)[0])
        assert notes_of(back) == notes_of(root)
        for name in ("study.toml", "guide.md", "charts/t1.yaml", "findings/t1.yaml"):
            assert (back / name).read_bytes() == (root / name).read_bytes()
        assert exported(root) == exported(root)


@settings(max_examples=10, phases=NO_SHRINKING)
@given(SEEDS)
def test_the_same_project_again_adds_nothing(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        back = round_trip(write_some_study(Path(folder) / "study", seed), Path(folder))
        before = {p: p.read_bytes() for p in back.rglob("*") if p.is_file() and ".crosscase" not in p.parts}
        project, _ = read_project(Path(folder) / "study.qdpx")
        assert project is not None
        report, _ = into_study(project, back, at=AT + datetime.timedelta(1))
        assert report is not None and report.adds_nothing
        report, _ = into_study(project, Path(folder) / "study", at=AT)
        assert report is not None and report.adds_nothing, "nor to the study that it was exported from"
        assert before == {p: p.read_bytes() for p in back.rglob("*") if p.is_file() and ".crosscase" not in p.parts}


@pytest.mark.parametrize("seed", range(8))
def test_an_export_is_valid_by_the_schema(shared: Path, tmp_path: Path, seed: int) -> None:
    root = write_some_study(tmp_path / "study", seed)
    xml = zipfile.ZipFile(io.BytesIO(exported(root))).read("project.qde")
    schema(shared, "Project").assertValid(etree.fromstring(xml))
    codebook = refi_codebook(read_coded_study(root)[0].codebook, "crosscase 0")
    schema(shared, "Codebook").assertValid(etree.fromstring(codebook))


def test_an_empty_study_is_valid_too(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text('format = "crosscase-study/1"\ntitle = "Tomt"\n')
    xml = zipfile.ZipFile(io.BytesIO(exported(tmp_path))).read("project.qde")
    schema(shared, "Project").assertValid(etree.fromstring(xml))


def test_the_file_is_what_the_standard_wants(tmp_path: Path) -> None:
    """UTF-8 without a byte order mark, LF, flat sources/, half-open code points, nothing that XML forbids."""
    (tmp_path / "study.toml").write_text('format = "crosscase-study/1"\ntitle = "Prøve"\n')
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.md").write_bytes("---\ntitle: A\n---\n\n😀 side\x0cto\n".encode())
    (tmp_path / "codebook.yaml").write_text("themes:\n- {id: t, label: T}\n")
    add = Add(id="c1", code="t", start=2, end=9, quote="side\x0cto", memo="en\x0cnote")
    append_events(tmp_path / "codings" / "ana" / "a.jsonl", [add])
    archive = zipfile.ZipFile(io.BytesIO(exported(tmp_path)))
    guid = guid_of("source", "a")
    assert archive.namelist() == ["project.qde", f"sources/{guid}.txt"]
    assert archive.read(f"sources/{guid}.txt").decode() == "😀 side\x0cto\n"
    xml = archive.read("project.qde").decode()
    assert xml.startswith("<?xml") and 'startPosition="2" endPosition="9"' in xml and "\x0c" not in xml
    assert "<Description>ennote</Description>" in xml
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_guids_are_uuid5_and_stay_the_same() -> None:
    import uuid

    assert uuid.UUID(guid_of("code", "t1")).version == 5
    assert guid_of("code", "t1") == guid_of("code", "t1") != guid_of("case", "t1")


def test_descriptions_are_read_by_people_and_taken_apart_again() -> None:
    code = Code("t", "T", "Hvad det er.", "Med det.", "Uden det.", ("Et.", "To."), ("1a", "2b"))
    text = description_of(code)
    assert text.startswith("Hvad det er.\n\nInclude: Med det.\n\nExclude: Uden det.\n\nExamples:\n- Et.\n- To.")
    definition, details = parts_of(text)
    assert definition == code.definition
    assert details == {"include": code.include, "exclude": code.exclude, "examples": code.examples,
                       "questions": code.questions}  # fmt: skip
    assert parts_of("Use Include: in the middle") == ("Use Include: in the middle", {})


def test_what_does_not_travel_is_told(tmp_path: Path) -> None:
    (tmp_path / "originals").mkdir()
    (tmp_path / "originals" / "a.docx").write_bytes(b"x")
    said = {(loss.what, loss.where) for loss in left_behind(tmp_path, [])}
    assert ("files", "originals") in said and ("the history of codings", "") in said
    files = StudyFiles(notes=(FreeNote("n", NoteMatter("N", about=("case:gone",)), "ord"),))
    (tmp_path / "study.toml").write_text('format = "crosscase-study/1"\ntitle = "Prøve"\n')
    made = refi_project(read_coded_study(tmp_path)[0], files, "crosscase 0")
    assert [loss.where for loss in made.losses] == ["n"]


@pytest.mark.parametrize(
    "path", ["../evil.toml", "charts/../../x.yaml", "originals/a", ".crosscase/me", "codings/a.jsonl"]
)
def test_a_note_cannot_write_any_other_file(tmp_path: Path, path: str) -> None:
    from refi_samples import packed, project, read

    record = '{"format": "crosscase-refi/1"}'
    notes = "".join(
        f'<Note guid="{n}" name="{title}"><PlainTextContent>{text}</PlainTextContent></Note>'
        for n, (title, text) in enumerate(
            [
                (f"crosscase: file {path}", "evil"),
                ("crosscase: study record (for crosscase, not for reading)", record),
            ]
        )
    )
    found = read(tmp_path, packed(project(f"<Notes>{notes}</Notes>", origin="crosscase 0")))
    assert found.files == {}


def test_codings_that_stand_nowhere_travel_too(tmp_path: Path) -> None:
    """A text was edited after it was coded: what is lost is told with ids, and comes back as it was recorded."""
    root = tmp_path / "study"
    (root / "sources").mkdir(parents=True)
    (root / "study.toml").write_text('format = "crosscase-study/1"\ntitle = "Prøve"\n')
    (root / "sources" / "a.md").write_text("---\ntitle: A\n---\n\nHer er intet tilbage af det.\n")
    (root / "codebook.yaml").write_text("themes:\n- {id: t, label: T}\n")
    append_events(root / "codings" / "ana" / "a.jsonl", [
        Add(id="c1", at="2009-03-02T08:30:00.000000Z", code="t", start=0, end=14, quote="budget & <tal>", prefix="før ",
            suffix=" efter", memo="en note", origin="sheet", run="x1"),
        Add(id="c2", code="t", start=0, end=3, quote="Her"),
        Add(id="c3", code="ukendt", start=4, end=6, quote="er"),
    ])  # fmt: skip
    made = refi_project(read_coded_study(root)[0], read_study_files(root)[0], "crosscase 0")
    said = [loss for loss in made.losses if loss.what == "codings"]
    assert [("c1" in loss.why, "c3" in loss.why, "crosscase reanchor" in loss.why) for loss in said] == [
        (True, False, True), (False, True, False),
    ]  # fmt: skip
    back = round_trip(root, tmp_path)
    assert facts(read_coded_study(back)[0]) == facts(read_coded_study(root)[0])
    lost, before = (read_coded_study(folder)[0].anchored[0] for folder in (back, root))
    assert (lost.id, lost.recorded, lost.memo, lost.state) == ("c1", before.recorded, "en note", "lost")
    assert '"at":"2009-03-02T08:30:00.000000Z"' in (log := (back / "codings" / "ana" / "a.jsonl").read_text())
    assert '"origin":"sheet","run":"x1"' in log
    project, _ = read_project(tmp_path / "study.qdpx")
    assert project is not None
    for folder in (root, back):
        report, _ = into_study(project, folder, at=AT)
        assert report is not None and report.adds_nothing


def test_ids_of_codes_come_back_from_a_codebook_alone(tmp_path: Path) -> None:
    book = Codebook((Code("maal", "Politiske mål", "Hvad.", include="Med.", codes=(Code("maal.x", "Andet"),)),))
    (tmp_path / "c.qdc").write_bytes(data := refi_codebook(book, "crosscase 0"))
    project, _ = read_project(tmp_path / "c.qdc")
    assert project is not None
    assert [(code.id, code.description, code.details) for code in project.codes] == [
        ("maal", "Hvad.", {"include": "Med."}), ("maal.x", "", {}),
    ]  # fmt: skip
    (tmp_path / "c.qdc").write_bytes(data.replace(b"Id: maal<", b"Id: andet<"))
    project, _ = read_project(tmp_path / "c.qdc")
    assert project is not None and project.codes[0].id == "", "the GUID was not made from it"
