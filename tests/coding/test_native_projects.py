"""Projects of QualCoder, RQDA and Taguette: every quote at its place, deleted rows deleted, and losses told."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from coding.exchange import qualcoder, rqda, taguette
from coding.exchange.formats import format_of, read_any_project
from coding.exchange.project import Loss, Project

TEXT = "Vi så på økonomien først. 😀 Så kom praksis.\nOg til sidst æøå."


def write_database(path: Path, tables: Mapping[str, Sequence[Mapping[str, object]]]) -> Path:
    """A database with these tables: name → rows, whose columns are those of the first row."""
    with sqlite3.connect(path) as db:
        for name, rows in tables.items():
            columns = list(rows[0])
            db.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            db.executemany(f"INSERT INTO {name} VALUES ({marks})", [list(row.values()) for row in rows])
    db.close()
    return path


def read(module: object, path: Path) -> Project:
    assert module.recognises(path, path.read_bytes()[:64] if path.is_file() else b"")  # type: ignore[attr-defined]
    project, problems = module.read_project(path)  # type: ignore[attr-defined]
    assert problems == []
    assert isinstance(project, Project)
    return project


def quotes_fit(project: Project) -> int:
    texts = {source.key: source.text for source in project.sources}
    return sum(texts[c.source][c.start : c.end] == c.quote for c in project.codings)


def lost(project: Project) -> dict[str, int]:
    return {loss.what: loss.count for loss in project.losses}


def qualcoder_tables() -> dict[str, list[dict[str, object]]]:
    start = TEXT.index("praksis")
    return {
        "project": [{"databaseversion": "v6", "about": "QualCoder 3.4", "memo": "Om projektet"}],
        "source": [
            {"id": 1, "name": "leder.txt", "fulltext": TEXT, "mediapath": None, "memo": "stille", "owner": "ana",
             "date": "2024-01-01 10:00:00"},
            {"id": 2, "name": "billede.png", "fulltext": None, "mediapath": "/images/billede.png", "memo": "",
             "owner": "ana", "date": ""},
        ],
        "code_cat": [{"catid": 1, "name": "Rammer", "memo": "", "supercatid": None}],
        "code_name": [
            {"cid": 1, "name": "økonomi", "memo": "penge", "catid": 1, "owner": "ana", "color": "#ff0000"},
            {"cid": 2, "name": "praksis", "memo": "", "catid": None, "owner": "ana", "color": ""},
        ],
        "code_text": [
            {"cid": 1, "fid": 1, "seltext": "økonomien", "pos0": 9, "pos1": 18, "owner": "ana", "date": "", "memo": "m",
             "important": 1},
            {"cid": 2, "fid": 1, "seltext": "praksis", "pos0": start, "pos1": start + 7, "owner": "bo", "date": "",
             "memo": None, "important": None},
            {"cid": 2, "fid": 2, "seltext": "", "pos0": 0, "pos1": 3, "owner": "bo", "date": "", "memo": "",
             "important": None},
        ],
        "cases": [{"caseid": 1, "name": "Birkeby", "memo": ""}],
        "case_text": [{"caseid": 1, "fid": 1, "pos0": 0, "pos1": 20}],
        "attribute_type": [{"name": "alder", "memo": "", "valuetype": "numeric"}],
        "attribute": [{"name": "alder", "attr_type": "case", "value": "33", "id": 1}],
        "annotation": [{"anid": 1, "fid": 1, "pos0": 3, "pos1": 5, "memo": "se her", "owner": "ana", "date": ""}],
        "journal": [{"jid": 1, "name": "dagbog", "jentry": "i dag", "owner": "ana", "date": ""}],
        "code_image": [{"imid": 1}],
    }  # fmt: skip


def test_a_qualcoder_folder_is_read_whole(tmp_path: Path) -> None:
    folder = tmp_path / "min undersøgelse.qda"
    folder.mkdir()
    write_database(folder / "data.qda", qualcoder_tables())
    project = read(qualcoder, folder)
    assert (project.tool, project.name) == ("QualCoder 3.4", "min undersøgelse")
    assert [c.name for c in project.coders] == ["ana", "bo"]
    assert [(c.name, c.parent, c.codable, c.colour) for c in project.codes] == [
        ("Rammer", "", False, ""), ("økonomi", "category 1", True, "#ff0000"), ("praksis", "", True, ""),
    ]  # fmt: skip
    assert quotes_fit(project) == len(project.codings) == 2
    assert project.codings[0].memo == "m"
    case = project.cases[0]
    assert (case.name, case.attributes, case.sources) == ("Birkeby", {"alder": "33"}, ("1",))
    assert project.attributes[0].type == "integer"
    assert [(note.text, note.about[0].kind, note.about[0].start) for note in project.notes] == [
        ("se her", "source", 3), ("i dag", "project", 0),
    ]  # fmt: skip
    assert lost(project) == {
        "pictures, sound and film": 1, "parts of texts that belong to a case": 1, "codings": 1,
        "marks »important« on codings": 1, "codings of pictures": 1,
    }  # fmt: skip


def test_an_older_qualcoder_without_newer_tables_and_columns_is_read(tmp_path: Path) -> None:
    tables = qualcoder_tables()
    kept = {name: tables[name] for name in ("source", "code_name", "code_text")}
    for row in kept["code_name"]:
        del row["catid"], row["color"]
    project = read(qualcoder, write_database(tmp_path / "data.qda", kept))
    assert quotes_fit(project) == 2
    assert not project.cases and not project.notes


def rqda_tables() -> dict[str, list[dict[str, object]]]:
    return {
        "source": [
            {"id": 1, "name": "leder", "file": TEXT, "memo": None, "owner": "R", "date": "Thu Apr 30 18:53:37 2015",
             "status": 1},
            {"id": 2, "name": "slettet", "file": "Væk.", "memo": None, "owner": "R", "date": "", "status": 0},
        ],
        "freecode": [
            {"id": 1, "name": "økonomi", "memo": None, "status": 1, "color": None},
            {"id": 2, "name": "slettet kode", "memo": None, "status": 0, "color": None},
        ],
        "codecat": [{"catid": 1, "name": "Rammer", "memo": None, "status": 1},
                    {"catid": 2, "name": "Andet", "memo": None, "status": 1}],
        "treecode": [{"cid": 1, "catid": 1, "status": 1}, {"cid": 1, "catid": 2, "status": 1}],
        "coding": [
            {"cid": 1, "fid": 1, "seltext": "økonomien", "selfirst": 9.0, "selend": 18.0, "owner": "R",
             "date": "Sat May  2 16:24:45 2015", "memo": None, "status": 1},
            {"cid": 1, "fid": 1, "seltext": "Vi", "selfirst": 0.0, "selend": 2.0, "owner": "R", "date": "",
             "memo": None, "status": -1},
            {"cid": 2, "fid": 1, "seltext": "Vi", "selfirst": 0.0, "selend": 2.0, "owner": "R", "date": "",
             "memo": None, "status": 1},
        ],
        "caseAttr": [{"variable": "alder", "value": "NA", "caseID": 1, "status": 1}],
        "cases": [{"id": 1, "name": "Birkeby", "memo": None, "status": 1}],
    }  # fmt: skip


def test_what_was_deleted_in_rqda_stays_deleted(tmp_path: Path) -> None:
    project = read(rqda, write_database(tmp_path / "studie.rqda", rqda_tables()))
    assert [source.name for source in project.sources] == ["leder"]
    assert project.sources[0].at == "2015-04-30T18:53:37"
    assert [code.name for code in project.codes if code.codable] == ["økonomi"]
    assert quotes_fit(project) == len(project.codings) == 1
    assert project.codings[0].at == "2015-05-02T16:24:45"
    assert lost(project) == {
        "further categories of a code": 1, "deleted texts": 1, "deleted codes": 1, "deleted codings": 1,
        "deleted codings of deleted codes or texts": 1,
    }  # fmt: skip
    assert project.cases[0].attributes == {}, "NA is R's word for nothing"


HTML = "<h1>Samtale</h1>\n<p>Vi s\u00e5 p\u00e5 <b>\u00f8konomien</b> &amp; 😀 praksis.</p><p>Andet afsnit.</p>"
STRIPPED = "Samtale\nVi så på økonomien & 😀 praksis.Andet afsnit."


def taguette_tables(*quotes: str) -> dict[str, list[dict[str, object]]]:
    highlights = []
    for number, quote in enumerate(quotes, 1):
        start = len(STRIPPED[: STRIPPED.index(quote)].encode())
        highlights.append({
            "id": number, "document_id": 1, "start_offset": start, "end_offset": start + len(quote.encode()),
            "snippet": f"<p>{quote.replace('&', '&amp;')}</p>",
        })  # fmt: skip
    return {
        "projects": [{"id": 1, "name": "Prøve", "description": "om"}],
        "project_members": [{"project_id": 1, "user_login": "admin"}],
        "documents": [{"id": 1, "name": "leder", "description": "", "filename": "leder.docx", "created": "",
                       "project_id": 1, "contents": HTML}],
        "tags": [{"id": 1, "project_id": 1, "path": "økonomi", "description": "penge"},
                 {"id": 2, "project_id": 1, "path": "økonomi.drift", "description": ""},
                 {"id": 3, "project_id": 1, "path": "a.b", "description": ""}],
        "highlights": highlights,
        "highlight_tags": [{"highlight_id": n, "tag_id": tag} for n in range(1, len(quotes)) for tag in (1, 2)],
        "commands": [{"user_login": "bo", "date": "2024-05-05 10:00:00",
                      "payload": '{"type": "highlight_add", "highlight_id": 1}'}],
    }  # fmt: skip


def test_taguettes_bytes_become_places_in_a_text_with_paragraphs(tmp_path: Path) -> None:
    tables = taguette_tables("økonomien & 😀 praksis", "praksis.Andet", "Samtale", "afsnit")
    project = read(taguette, write_database(tmp_path / "taguette.sqlite3", tables))
    assert project.sources[0].text == "# Samtale\n\nVi så på økonomien & 😀 praksis.\n\nAndet afsnit.\n"
    assert quotes_fit(project) == len(project.codings) == 6
    assert {c.quote for c in project.codings} == {"økonomien & 😀 praksis", "praksis.\n\nAndet", "Samtale"}
    assert [(c.name, c.parent) for c in project.codes] == [("økonomi", ""), ("drift", "1"), ("a.b", "")]
    assert {c.coder for c in project.codings} == {"admin", "bo"}
    assert project.sources[0].positions == "UTF-8 bytes, as 4 of 4 highlights show by their words"
    assert lost(project) == {"highlights without a tag": 1}


def test_a_highlight_whose_words_are_others_is_not_passed_off_as_fitting(tmp_path: Path) -> None:
    tables = taguette_tables("økonomien", "praksis", "afsnit")
    tables["highlights"][1]["snippet"] = "<p>noget andet</p>"
    project = read(taguette, write_database(tmp_path / "t.sqlite3", tables))
    assert [c.quote for c in project.codings if c.start > 30] == ["noget andet", "noget andet"]
    assert quotes_fit(project) == 2


def test_one_of_several_taguette_projects_must_be_named(tmp_path: Path) -> None:
    tables = taguette_tables("Samtale", "afsnit")
    tables["projects"].append({"id": 2, "name": "Anden", "description": ""})
    path = write_database(tmp_path / "t.sqlite3", tables)
    project, problems = taguette.read_project(path)
    assert project is None and "»Prøve« (1), »Anden« (2)" in problems[0].hint
    chosen, problems = taguette.read_project(path, "Prøve")
    assert problems == [] and chosen is not None and chosen.name == "Prøve"


@pytest.mark.parametrize("module", [qualcoder, rqda, taguette])
def test_a_damaged_database_is_a_problem_with_its_name(module: object, tmp_path: Path) -> None:
    made = {qualcoder: qualcoder_tables, rqda: rqda_tables, taguette: lambda: taguette_tables("Samtale", "afsnit")}
    tables = made[module]()  # type: ignore[index, no-untyped-call]
    for name in tables:
        tables[name] *= 1 if name == "projects" else 400
    path = write_database(tmp_path / "whole.sqlite", tables)
    whole = path.read_bytes()
    for share in (0.1, 0.4, 0.7, 0.95):
        damaged = bytearray(whole)
        start = max(4096, int(len(whole) * share))
        damaged[start : start + 6000] = b"\xff" * len(damaged[start : start + 6000])
        cut = tmp_path / f"{share}.sqlite"
        cut.write_bytes(bytes(damaged))
        project, problems = module.read_project(cut)  # type: ignore[attr-defined]
        assert project is not None or str(cut) in problems[0].file
        cut.write_bytes(whole[:start])
        project, problems = module.read_project(cut)  # type: ignore[attr-defined]
        assert project is not None or str(cut) in problems[0].file


def test_a_database_with_letters_that_are_none_is_damaged_and_a_wrong_suffix_does_not_matter(tmp_path: Path) -> None:
    path = write_database(tmp_path / "studie.rqda", rqda_tables())
    named = tmp_path / "studie.qdpx"
    named.write_bytes(path.read_bytes())
    assert format_of(named) == ("rqda", [])
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE freecode", b"CREATE TABLE \xff\xfe\xffecode"))
    project, problems = read_any_project(path)
    assert project is None and "damaged" in problems[0].message


def test_what_is_no_project_is_not_recognised(tmp_path: Path) -> None:
    other = write_database(tmp_path / "other.sqlite", {"something": [{"a": 1}]})
    text = tmp_path / "noter.txt"
    text.write_text("SQLite er en database", "utf-8")
    for module in (qualcoder, rqda, taguette):
        assert not module.recognises(other, other.read_bytes()[:64])
        assert not module.recognises(text, text.read_bytes()[:64])
        assert not module.recognises(tmp_path, b"")


@pytest.mark.parametrize(("module", "file", "codings", "losses"), [
    (qualcoder, "qualcoder4-synthetic.qda.sqlite", 2000, {}),
    (rqda, "OPCW-CSP-DG.rqda", 21, {"deleted codings": 1}),
    (taguette, "taguette152.sqlite3", 50, {}),
])  # fmt: skip
def test_every_quote_of_the_real_projects_stands_where_it_should(
    shared: Path, module: object, file: str, codings: int, losses: dict[str, int]
) -> None:
    project = read(module, shared / "interop" / "native" / file)
    assert quotes_fit(project) == len(project.codings) == codings
    assert lost(project) == losses
    assert all(isinstance(loss, Loss) for loss in project.losses)
