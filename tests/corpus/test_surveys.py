"""Survey exports: what columns become; importing again adds only what is new and overwrites nothing unasked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.case_tables.table import case_names
from corpus.cases import read_cases
from corpus.files import sha256
from corpus.import_undo import undo_import
from corpus.problems import Problem
from corpus.source import Source, read_source
from corpus.spreadsheets.file import sheet_from_bytes
from corpus.spreadsheets.header import HeadedTable, headed_table
from corpus.study import read_study
from corpus.surveys.answers import answer_text
from corpus.surveys.earlier import earlier_survey
from corpus.surveys.importing import (
    SurveyFile,
    SurveyPlan,
    apply_survey,
    change_problems,
    plan_survey,
    respondents_of,
    shape_of,
)
from corpus.surveys.survey import ColumnUse, Respondents, Said, Survey, guess_uses, read_survey

MakeStudy = Callable[..., Path]
NOW = datetime.datetime(2009, 3, 2, 8, 30)
NO_CASES = "=== cases.csv\nid,label\n"
QUESTIONS = {"3b": "Er der folk nok til sagerne?", "5a": "Hvad får jer til at vælge et fleksjob frem for en pension?"}
SURVEY = """\
Svar-ID;Tidsstempel;E-mail;Kommune;Alder;Tilfreds;3b. Er der folk nok?;Andet, I vil sige
R1;02-03-2009 08:30;a@x.dk;Birkeby;20;Ja;"Nej, vi mangler to hver eneste uge.

# Sådan er det.";Det er et fint skema, I har lavet her
R2;02-03-2009 09:30;b@x.dk;Askhavn;;Nej;Vi har folk nok til alle sager.;
R3;02-03-2009 10:30;c@x.dk;Askhavn;40;Ja;;
"""


def headed(text: str) -> HeadedTable:
    sheet, problems = sheet_from_bytes(text.encode(), "svar.csv")
    assert sheet is not None, problems
    found, faults = headed_table(sheet, "svar.csv")
    assert found is not None and faults == []
    return found


def uses(text: str, root: Path | None = None, said: Said | None = None) -> dict[str, str]:
    names = case_names([(case.id, case.label) for case in read_cases(root)[0]]) if root else {}
    return {use.name: use.use for use in guess_uses(headed(text), names, QUESTIONS, said or Said())[0]}


def plan(
    root: Path, text: str, update: bool = False, respondents: Respondents | None = None, said: Said | None = None
) -> tuple[SurveyPlan, list[Problem]]:
    path = root.parent / "svar.csv"
    path.write_text(text)
    table = headed(text)
    cases = read_cases(root)[0]
    columns, _ = guess_uses(table, case_names([(c.id, c.label) for c in cases]), QUESTIONS, said or Said())
    shape = respondents or shape_of(columns, respondents_of(table, columns, "svar.csv")[0], cases)
    assert shape != "unclear"
    survey = Survey(columns, "Svar", shape)
    return plan_survey(
        root, SurveyFile(path, sha256(path.read_bytes()), table), "svar", survey, cases, NOW.date(), update
    )


def import_(root: Path, text: str, update: bool = False, respondents: Respondents | None = None) -> SurveyPlan:
    made, problems = plan(root, text, update, respondents)
    assert problems == []
    assert apply_survey(root, made, NOW) == []
    return made


def source(root: Path, id: str) -> Source:
    found, problems = read_source(root / "sources" / f"{id}.md")
    assert found is not None and problems == []
    return found


# What columns become


def test_columns_are_guessed_from_names_and_values(make_study: MakeStudy) -> None:
    assert uses(SURVEY, make_study()) == {
        "Svar-ID": "id", "Tidsstempel": "skip", "E-mail": "skip", "Kommune": "case", "Alder": "closed",
        "Tilfreds": "closed", "3b. Er der folk nok?": "open", "Andet, I vil sige": "open",
    }  # fmt: skip


def test_what_is_said_about_columns_counts_and_unknown_names_are_told() -> None:
    said = Said(id="E-mail", open=("tilfreds",), skip=("Andet, I vil sige", "Nix"))
    found, unknown = guess_uses(headed(SURVEY), {}, {}, said)
    assert unknown == ["Nix"]
    by_name = {use.name: use.use for use in found}
    assert (by_name["E-mail"], by_name["Tilfreds"], by_name["Andet, I vil sige"]) == ("id", "open", "skip")


LIMESURVEY = """\
"Response ID","Date submitted","Last page","Start language","Seed","G01Q01. Hvad er svært?","G01Q02 [SQ001]"
1,"2009-03-02 08:30:00",3,da,8817,"Der er alt for mange sager og for lidt tid.",Y
2,"2009-03-02 09:30:00",3,da,9127,"Det er svært at finde praktikpladser herude.",N
"""
GOOGLE = """\
Tidsstempel,Mailadresse,Hvor gammel er du?,Hvad er det bedste ved jobbet?
2009/03/02 8:30:00 AM CET,a@x.dk,20,Kollegerne er det bedste ved hele jobbet her
2009/03/02 8:31:00 AM CET,b@x.dk,30,At man kan hjælpe nogen videre i livet igen
"""
QUALTRICS = """\
StartDate,Status,IPAddress,Duration (in seconds),ResponseId,RecipientEmail,Q1,Q2,Q3_1
Start Date,Response Type,IP Address,Duration,Response ID,Recipient Email,How old are you?,What is hard?,Pick: A
@IDS@
2009-03-02,0,1.2.3.4,55,R_1,a@x.dk,20,There are far too many cases for us all,A
2009-03-02,0,1.2.3.5,65,R_2,b@x.dk,30,Finding a place for people to train here,
""".replace("@IDS@", ",".join(f'"{{""ImportId"":""QID{n}""}}"' for n in range(9)))
SURVEYXACT = """\
respondentnr;stato_4;s_1;s_2;s_3
17;1;2;Vi mangler folk i hele jobcentret i år;1
18;1;1;Der er for mange sager til hver enkelt;2
"""


@pytest.mark.parametrize(
    ("export", "id", "opens", "closed"),
    [
        pytest.param(LIMESURVEY, "Response ID", ["G01Q01. Hvad er svært?"], ["G01Q02 [SQ001]"], id="LimeSurvey"),
        pytest.param(GOOGLE, "", ["Hvad er det bedste ved jobbet?"], ["Hvor gammel er du?"], id="Google Forms"),
        pytest.param(QUALTRICS, "ResponseId", ["Q2"], ["Q1", "Q3_1"], id="Qualtrics"),
        pytest.param(SURVEYXACT, "respondentnr", ["s_2"], ["s_1", "s_3"], id="SurveyXact"),
    ],
)
def test_exports_of_survey_tools_are_understood(export: str, id: str, opens: list[str], closed: list[str]) -> None:
    found = uses(export)
    assert [name for name, use in found.items() if use == "id"] == ([id] if id else [])
    assert [name for name, use in found.items() if use == "open"] == opens
    assert [name for name, use in found.items() if use == "closed"] == closed


@pytest.mark.parametrize(
    ("header", "question"),
    [("3b", "3b"), ("3b. Er der folk?", "3b"), ("Q3b", "3b"), ("Er der folk nok til sagerne", "3b"),
     ("Hvad får jer til at vælge et fleksjob", "5a"), ("Er der", ""), ("Alder", "")],
)  # fmt: skip
def test_a_column_asks_a_question_of_the_guide_by_its_id_or_its_words(header: str, question: str) -> None:
    text = f'"{header}";x\nDet har vi ikke nær nok af her;1\nVi har faktisk rigeligt i forvejen;2\n'
    found, _ = guess_uses(headed(text), {}, QUESTIONS, Said())
    assert found[0].question == question


# Sources and cases


def test_respondents_become_sources_of_their_cases(make_study: MakeStudy) -> None:
    root = make_study()
    made = import_(root, SURVEY)
    assert (made.sources, made.silent, made.survey.respondents) == (("svar-r1", "svar-r2"), 1, "sources")
    first = source(root, "svar-r1")
    assert (first.meta.case, first.meta.kind, first.meta.asked) == ("birkeby", "document", ("3b",))
    assert first.meta.attributes == {"Alder": "20", "Tilfreds": "Ja"}
    assert first.meta.origin is not None
    assert (first.meta.origin.file, first.meta.origin.row) == ("private/originals/svar.csv", "R1")
    assert first.meta.origin.sha256 == sha256((root / "private/originals/svar.csv").read_bytes())
    assert [heading.title for heading in first.structure.headings] == ["3b. Er der folk nok?", "Andet, I vil sige"]
    assert "Nej, vi mangler to hver eneste uge.\n\n#\u00a0Sådan er det.\n" in first.text
    assert read_study(root)[1] == []


def test_respondents_become_cases_where_there_are_none(make_study: MakeStudy) -> None:
    root = make_study(NO_CASES)
    made = import_(root, SURVEY)
    cases, attributes, problems = read_cases(root)
    assert problems == [] and made.cases == ("r1", "r2", "r3")
    assert attributes == ("Kommune", "Alder", "Tilfreds")
    assert [(case.id, case.label, case.attributes.get("Alder")) for case in cases] == [
        ("r1", "R1", "20"), ("r2", "R2", None), ("r3", "R3", "40")
    ]  # fmt: skip
    assert source(root, "svar-r2").meta.case == "r2"


def test_a_study_with_other_cases_does_not_get_new_ones_unasked(make_study: MakeStudy) -> None:
    table = headed(SURVEY.replace("Birkeby", "Nord").replace("Askhavn", "Syd"))
    columns, _ = guess_uses(table, {}, {}, Said())
    cases = read_cases(make_study())[0]
    assert shape_of(columns, respondents_of(table, columns, "svar.csv")[0], cases) == "unclear"


def test_a_case_that_is_not_there_and_a_respondent_twice_are_reported_and_left_out(make_study: MakeStudy) -> None:
    root = make_study()
    text = SURVEY.replace("b@x.dk;Askhavn", "b@x.dk;Askhvn") + "R1;x;y;Birkeby;1;Ja;Igen;\n"
    made, problems = plan(root, text)
    assert {(problem.rule, problem.line) for problem in problems} == {("unknown-case", 5), ("duplicate-id", 7)}
    assert made.sources == ("svar-r1",)


def test_respondents_without_an_id_are_numbered(make_study: MakeStudy) -> None:
    root = make_study(NO_CASES)
    made = import_(root, GOOGLE)
    assert made.sources == ("svar-0001", "svar-0002")
    assert [case.label for case in read_cases(root)[0]] == ["Respondent 0001", "Respondent 0002"]
    assert import_(root, GOOGLE).files == ()


def test_an_answer_is_kept_word_for_word_and_no_answer_gives_no_heading() -> None:
    columns = (ColumnUse("a", "open", "Hvad?"), ColumnUse("b", "open", question="3b"), ColumnUse("c", "open"))
    text = answer_text(columns, {"a": "  =1+1 \n\n\n\n## nej\n---", "b": "-", "c": "N/A"})
    assert text == "## Hvad?\n\n=1+1\n\n##\u00a0nej\n---\n"
    assert answer_text(columns, {"a": "-"}) == ""


# Again, later, changed


def test_the_same_export_again_writes_nothing(make_study: MakeStudy) -> None:
    root = make_study()
    import_(root, SURVEY)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    again = import_(root, SURVEY)
    assert (again.files, again.unchanged) == ((), 3)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_only_a_file_with_columns_that_may_identify_is_kept_as_private(make_study: MakeStudy) -> None:
    technical = "Svar-ID;Tidsstempel;Alder\nR1;02-03-2009 08:30;20\n"
    assert import_(make_study(NO_CASES), technical).original == "originals/svar.csv"
    root = make_study(NO_CASES, name="private")
    assert import_(root, SURVEY).original == "private/originals/svar.csv"
    assert (root / "private" / ".gitignore").read_text() == "*\n"
    assert not (root / "originals").exists()
    assert plan(root, SURVEY)[0].files == (), "recognised"
    assert undo_import(root)[1] == []
    assert not (root / "private").exists() and not (root / "surveys").exists()


def test_a_later_export_adds_only_the_new_respondents(make_study: MakeStudy) -> None:
    root = make_study(NO_CASES)
    import_(root, SURVEY)
    before = (root / "cases.csv").read_text()
    later = import_(root, SURVEY + "R4;02-03-2009 11:30;d@x.dk;Nord;50;Nej;Vi kunne godt bruge en mere her.;\n")
    assert (later.cases, later.sources, later.unchanged) == (("r4",), ("svar-r4",), 3)
    assert (root / "cases.csv").read_text() == before + "r4,R4,Nord,50,Nej\n"
    assert source(root, "svar-r4").meta.origin.file == "private/originals/svar-2.csv"  # type: ignore[union-attr]


def test_changed_answers_are_reported_and_taken_over_only_when_asked(make_study: MakeStudy) -> None:
    root = make_study()
    import_(root, SURVEY)
    changed = SURVEY.replace("Vi har folk nok", "Vi har ikke folk nok").replace(";20;Ja", ";21;Ja")
    made, _ = plan(root, changed)
    assert made.files == ()
    assert {row.respondent: row.what for row in made.changed} == {
        "R1": ("Alder: '20' → '21'",), "R2": ("an open answer",)
    }  # fmt: skip
    assert [problem.rule for problem in change_problems(made, "svar.csv")] == ["import-conflict", "import-conflict"]
    assert import_(root, changed, update=True).updated == ("R1", "R2")
    assert "ikke folk nok" in source(root, "svar-r2").text
    assert source(root, "svar-r1").meta.attributes["Alder"] == "21"
    assert undo_import(root)[1] == []
    assert "ikke folk nok" not in source(root, "svar-r2").text


def test_a_text_that_was_edited_by_hand_is_never_overwritten(make_study: MakeStudy) -> None:
    root = make_study()
    import_(root, SURVEY)
    path = root / "sources" / "svar-r2.md"
    path.write_text(path.read_text().replace("folk nok til", "nok folk til"))
    assert import_(root, SURVEY).changed == (), "the export says what it said before"
    changed, _ = plan(root, SURVEY.replace("Vi har folk nok", "Vi har ikke folk nok"), update=True)
    assert [(row.respondent, row.edited) for row in changed.changed] == [("R2", True)]
    assert not any(file.path.endswith("svar-r2.md") for file in changed.files)


def test_an_answer_that_is_gone_takes_no_text_away(make_study: MakeStudy) -> None:
    root = make_study()
    import_(root, SURVEY)
    made, _ = plan(root, SURVEY.replace("Vi har folk nok til alle sager.", ""), update=True)
    assert made.files == ()


def test_an_import_is_taken_back_whole(make_study: MakeStudy) -> None:
    root = make_study(NO_CASES)
    before = (root / "cases.csv").read_bytes()
    import_(root, SURVEY)
    assert undo_import(root)[1] == []
    assert (root / "cases.csv").read_bytes() == before
    assert [path.name for path in root.glob("[so]*/*")] == []


def test_how_a_survey_was_imported_is_kept_and_read_back(make_study: MakeStudy) -> None:
    root = make_study()
    made = import_(root, SURVEY)
    survey, problems = read_survey(root, "svar")
    assert problems == [] and survey is not None
    assert [(c.name, c.use, c.question) for c in survey.columns] == [
        (c.name, c.use, c.question) for c in made.survey.columns
    ]  # fmt: skip
    columns = [column.name for column in survey.columns]
    assert earlier_survey(root, "", "svar_ny", columns[1:])[0] == "svar", "a later file has another name"
    assert earlier_survey(root, "", "andet", columns[:5]) == ("andet", None)


def test_columns_of_cases_csv_keep_their_spelling_and_empty_cells_are_filled(make_study: MakeStudy) -> None:
    root = make_study("=== cases.csv\nid;label;alder;x\nr1;R1;;1\nr2;R2;30;2\n")
    import_text = "Svar-ID;Alder;Tilfreds\nR1;20;Ja\nR2;31;Nej\n"
    made, problems = plan(root, import_text)
    assert problems == [] and made.filled == 3
    assert [row.what for row in made.changed] == [("alder: '30' → '31'",)]
    apply_survey(root, made, NOW)
    assert (root / "cases.csv").read_text() == "id;label;alder;x;Tilfreds\nr1;R1;20;1;Ja\nr2;R2;30;2;Nej\n"
