"""matrix-public.docx: no case is named, nothing is said that singles one out, and no real name slips through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from report_values import coded_study, found_in, matrices, settings

from cli.main import main
from coding.coded_study import CodedStudy
from corpus.new_study import copy_study
from corpus.study import Groups
from reports.build import build, check_build, is_up_to_date
from reports.docx import docx_bytes
from reports.findings import Finding, ThemeFindings
from reports.hidden_names import HiddenNames, hidden_names, without_names
from reports.matrix import Column, ComparisonMatrix, Row
from reports.matrix_findings import NO_FINDINGS, matrix_findings
from reports.private_names import private_names_in, word_texts
from reports.public_view import public_report
from reports.tabulate import Column as Counts
from reports.tabulate import Tabulation
from reports.view import ReportView, report
from reports.wording.nouns import noun_of
from reports.words import DANISH, ENGLISH

EXAMPLE = Path(__file__).parents[2] / "cli" / "example_study"
KOMMUNE = Groups(labels={"few": "Tildeler få", "many": "Tildeler mange"}, noun=("en kommune", "kommuner"))
TOWN = noun_of(("en kommune", "kommuner"), "da")


def names(*labels: str) -> HiddenNames:
    found = hidden_names({label: label for label in labels}, "da")
    assert found is not None
    return found


def hidden(text: str, *labels: str, quoted: bool = False) -> str:
    return without_names(text, names(*labels), TOWN, DANISH, quoted)


def test_a_name_becomes_a_common_noun_in_every_form() -> None:
    labels = ("Askhavn", "Lindkær", "Elmsted", "Elmsnæs")
    assert hidden("I Askhavn er der ventetid.", *labels) == "I en kommune er der ventetid."
    assert (
        hidden("Askhavns leder siger nej. Askhavn tøver.", *labels)
        == "En kommunes leder siger nej. Samme kommune tøver."
    )
    assert hidden("i Lindkær, Elmsted og Askhavn", *labels) == "i tre kommuner"
    assert hidden("Lindkærs og Elmsteds ledere", *labels) == "To kommuners ledere"
    assert hidden("ASKHAVN og den askhavnske model", *labels) == "En kommune og den […]ske model"
    assert hidden("folk i Askhavn", *labels, quoted=True) == "folk i [en kommune]"
    assert hidden("Askhavns folk", *labels, quoted=True) == "[En kommune]s folk"
    assert hidden("Elmsnæs er ude.", *labels) == "En kommune er ude.", "a name that ends in s is no genitive"


def test_a_noun_in_place_of_a_name_stands_as_a_sentence_wants_it() -> None:
    assert hidden("»Ja.« Elmsted er enig.", "Elmsted") == "»Ja.« En kommune er enig."
    town = noun_of(("a town", "towns"), "en")
    said = without_names("The York plan, York's plan and a York man", names("York"), town, ENGLISH, quoted=True)
    assert said == "The [town] plan, [the same town]'s plan and a [town] man"


def test_the_notes_do_not_say_that_nothing_but_line_breaks_was_changed() -> None:
    def about(shown: ReportView) -> str:
        return " ".join(text for section in shown.notes for text in section.paragraphs)

    coded = coded_study(settings=settings(groups=KOMMUNE))
    assert "Det eneste, der kan være ændret" in about(report(coded, *matrices(coded)))
    assert "Det eneste, der kan være ændret" not in about(public()) and "kantede parenteser" in about(public())


def test_short_names_are_only_found_as_they_are_written() -> None:
    assert hidden("K1 og K2, ikke k10 eller Rykort.", "K1", "K2", "Ry") == "To kommuner, ikke k10 eller Rykort."
    assert hidden("Ry ligger her, ry gør ikke.", "Ry") == "En kommune ligger her, ry gør ikke."
    assert hidden("Odder har Odders egen", "Odde") == "Odder har Odders egen"


def test_a_name_that_is_a_word_of_the_language_hides_only_where_it_is_a_name() -> None:
    assert (
        hidden("I Vejle er vejledningen god, og vejlederne ved det. Vejledning er alt.", "Vejle")
        == "I en kommune er vejledningen god, og vejlederne ved det. Vejledning er alt."
    )
    assert hidden("På vejen kom Vejens leder.", "Vejen", quoted=True) == "På vejen kom [en kommune]s leder."
    assert hidden("lund og lunden, men LUND og Lunds", "Lund") == "lund og lunden, men en kommunes"
    assert hidden("Folk i Elmeparken og elm, ikke i Elm", "Elm") == "Folk i Elmeparken og elm, ikke i en kommune"
    assert hidden("i viborg med lille", "Viborg") == "i en kommune med lille", "the dictionary knows it as a name only"
    assert hidden("I siger, at A er god.", "A", "I") == "I siger, at en kommune er god."


def test_a_name_in_a_longer_word_is_cut_out_of_it() -> None:
    said = "Elmstedborgere, Elmsted-modellen, interview_elmsted.docx, Elm\u00adsted, Vejleborgere og Lundborgere"
    assert (
        hidden(said, "Elmsted", "Vejle", "Lund")
        == "[…]borgere, […]-modellen, interview_en kommune.docx, samme kommune, […]borgere og […]borgere"
    )
    assert hidden("Elmstedbirkeby og Elmsted-Birkeby", "Elmsted", "Birkeby") == "[…] og […]"
    assert hidden("Kommune 1 og Kommune 12", "Kommune 1") == "En kommune og Kommune 12"
    assert hidden("Ny-Elmsted og Ny\u00a0Elmsted", "Ny Elmsted") == "En kommune"


def test_several_cases_in_one_text_are_told_apart() -> None:
    labels = ("Birkeby", "Elmsted", "Askhavn", "Lindkær", "Egemose", "Rønneholt")
    assert (
        hidden("Birkeby siger ja og Elmsted nej; i Birkeby er det nyt, i Elmsteds ikke.", *labels)
        == "En kommune siger ja og en anden kommune nej; i den første kommune er det nyt, i den anden kommunes ikke."
    )
    assert (
        hidden("Birkeby og Elmsted siger ja, Askhavn nej.", *labels) == "To kommuner siger ja, en tredje kommune nej."
    )
    assert hidden("Birkeby siger nej, men Elmsted og Askhavn ja", *labels) == (
        "En kommune siger nej, men to andre kommuner ja"
    )
    assert hidden("Både Birkeby og Elmsted", *labels) == "Både en kommune og en anden kommune"
    six = "; ".join(f"i {label}" for label in labels)
    assert hidden(six, *labels) == (
        "i en kommune; i en anden kommune; i en tredje kommune; i en fjerde kommune; i en femte kommune; "
        "i endnu en kommune"
    )
    centre = noun_of(("et jobcenter", "jobcentre"), "da")
    found = names("Nord", "Syd")
    assert (
        without_names("Nord ja, i Syd nej, i Nord igen", found, centre, DANISH)
        == "Et jobcenter ja, i et andet jobcenter nej, i det første jobcenter igen"
    )
    town = noun_of(("an area", "areas"), "en")
    assert (
        without_names("Nord yes, in Syd no, in Syd again", found, town, ENGLISH)
        == "An area yes, in another area no, in the second area again"
    )


def test_english_has_its_own_genitives() -> None:
    town = noun_of(("a town", "towns"), "en")
    found = names("Leeds", "York", "Whitby")
    assert without_names("Whitby's leader and York", found, town, ENGLISH) == "A town's leader and another town"
    assert without_names("In Leeds and York's reports", found, town, ENGLISH) == "In two towns' reports"


@given(st.text(alphabet="aks hvnAKSHVN,.og-'s", max_size=60), st.booleans())
def test_no_name_is_left_whatever_stands_around_it(text: str, quoted: bool) -> None:
    found = names("Askhavn", "Ahs", "Sko og")
    assert found.found_in(without_names(f"{text}Askhavn{text} Askhavns", found, TOWN, DANISH, quoted)) == ()


def public(coded: CodedStudy | None = None, matrix: ComparisonMatrix | None = None) -> ReportView:
    coded = coded or coded_study(settings=settings(groups=KOMMUNE))
    whole, framework = matrices(coded)
    matrix = matrix or whole
    found = found_in(coded) if matrix is whole else NO_FINDINGS
    return public_report(report(coded, matrix, framework, found=found), matrix, coded.study, found, ())


def strings(value: object) -> Iterator[str]:
    """Every word of a report but the wording of the language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name != "words":
                yield from strings(getattr(value, name))


def test_no_label_of_a_case_is_in_a_public_report() -> None:
    found = names("Birkeby", "Elmsted", "Askhavn")
    assert [text for text in strings(public()) if found.found_in(text)] == []
    assert [text for text in word_texts(docx_bytes(public())) if found.found_in(text)] == []


def test_who_says_otherwise_is_counted_and_its_excerpt_cited_without_place() -> None:
    (people,) = public().rows[1].findings[0]
    assert people.text == "Én af de to kommuner mangler folk, men ikke en kommune."
    assert people.deviations[0].said == "Én kommune modsiger"
    assert people.deviations[0].excerpts[0].citation == "En kommune"
    assert (people.stands, people.signs, people.note) == ((), (), "")


def test_a_cell_about_one_case_is_withheld_and_counted_and_nothing_is_compared_with_it() -> None:
    shown = public()
    few, many = shown.rows[0].cells
    assert many.count == "Udeladt: handler kun om én kommune"
    assert (many.excerpts, many.rest, shown.rows[0].findings[1]) == ((), "", ())
    assert shown.rows[0].difference.texts == ()
    assert few.count == "Nævnt hos én ud af to"
    assert (
        shown.notes[-1]
        .paragraphs[-1]
        .startswith("4 celler og udsagn er udeladt, fordi de hver ville sige noget om én kommune alene.")
    )


def test_a_sentence_about_all_is_withheld_where_it_tells_what_a_withheld_cell_would() -> None:
    coded = coded_study(settings=settings(groups=KOMMUNE))
    whole, framework = matrices(coded)

    def shown(**changes: object) -> ReportView:
        found = found_in(coded, **changes)
        return public_report(report(coded, whole, framework, found=found), whole, coded.study, found, ())

    assert [one.id for one in shown().rows[0].whole] == ["f-all"], "it says something else than the cells"
    told = shown(claim="penge")
    assert told.rows[0].whole == (), "two of three and two of two give what holds for the third"
    assert told.notes[-1].paragraphs[-1].startswith("5 celler og udsagn er udeladt")


def test_a_sentence_that_only_one_case_is_counted_for_is_withheld() -> None:
    coded = coded_study(settings=settings(groups=KOMMUNE))
    whole, framework = matrices(coded)
    rows = tuple(
        Row(row.theme, tuple(
            msgspec.structs.replace(cell, cases=tuple(
                msgspec.structs.replace(case, state="not_applicable", applies=False, codings=()) for case in cell.cases
            ))
            for cell in row.cells
        ))
        for row in whole.rows
    )  # fmt: skip
    matrix = msgspec.structs.replace(whole, rows=rows)
    by_case = {(c.case.id, c.theme.id): c for row in rows for cell in row.cells for c in cell.cases}
    cells = tuple(tuple(by_case[c.case.id, c.theme.id] for c in line) for line in framework.cells)
    framework = msgspec.structs.replace(framework, cells=cells)
    stances = {"birkeby": "supports"}
    of_group = Finding("f-1", "oekonomi", "few", "Det er sådan.", "", stances)
    of_all = Finding("f-2", "oekonomi", "", "Sådan er det.", "", stances)
    one = ThemeFindings("oekonomi", "", (of_group, of_all))
    found = matrix_findings(coded, matrix, framework, (one,), ())
    view = report(coded, matrix, framework, found=found)
    assert [f.id for f in (*view.rows[0].findings[0], *view.rows[0].whole)] == ["f-1", "f-2"]
    shown = public_report(view, matrix, coded.study, found, ())
    assert (shown.rows[0].findings[0], shown.rows[0].whole) == ((), ())
    assert shown.rows[0].cells[0].count == "Udeladt: handler kun om én kommune"


def test_a_role_is_told_only_where_two_cases_of_the_group_have_it() -> None:
    coded = coded_study(settings=settings(groups=KOMMUNE))
    whole, framework = matrices(coded)
    cases = tuple(case for cell in whole.rows[0].cells for case in cell.cases)
    one = Column("all", "Alle", tuple(case.case for case in cases))
    rows = []
    for row in whole.rows:
        inside = tuple(case for cell in row.cells for case in cell.cases)
        excerpts = tuple(excerpt for cell in row.cells for excerpt in cell.excerpts)
        codings = tuple(coding for case in inside for coding in case.codings)
        cell = msgspec.structs.replace(row.cells[0], column=one, cases=inside, codings=codings, excerpts=excerpts)
        rows.append(Row(row.theme, (cell,)))
    shown = public(coded, ComparisonMatrix((one,), tuple(rows), whole.coders))
    cited = [excerpt.citation for row in shown.rows for cell in row.cells for excerpt in cell.excerpts]
    assert cited == ["En kommune, leder"] * 4 + ["En kommune"], "the joint interview is the only one of its kind"
    assert "Ved 1 uddrag er rollen udeladt." in shown.notes[-1].paragraphs[-1]
    assert "ikke relevant for alle" in shown.rows[2].cells[0].rest, "an attribute would tell which one it is"
    assert framework.cases, "the cases of both groups"


def test_a_table_with_a_count_of_one_is_withheld() -> None:
    coded = coded_study(settings=settings(groups=KOMMUNE))
    matrix, framework = matrices(coded)

    def table(n: int) -> Tabulation:
        column = Counts("few", "Tildeler få", {"answered": n + 2}, {"a": n, "b": 2})
        return Tabulation("T", ("a",), (), (), "applies", ("sag", "sager"), (("a", "A"), ("b", "B")), (column,), {})

    tables = (table(1), table(2))
    view = report(coded, matrix, framework, 0, tables)
    shown = public_report(view, matrix, coded.study, NO_FINDINGS, tables)
    assert len(shown.tabulations) == 1
    assert "1 tabel er udeladt, fordi et af dens tal er 1." in shown.notes[-1].paragraphs[-1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example study with both Word files."""
    root = tmp_path_factory.mktemp("public") / "study"
    copy_study(EXAMPLE, root)
    assert not build(root, kinds=("docx",)).stopped
    return root


def test_the_public_file_of_the_example_study_names_no_municipality_and_says_as_much(built: Path) -> None:
    labels = [line.split(",")[1] for line in (built / "cases.csv").read_text("utf-8").splitlines()[1:]]
    found = names(*labels)
    inside, outside = (
        list(word_texts((built / "build" / name).read_bytes())) for name in ("matrix.docx", "matrix-public.docx")
    )
    assert len([text for text in inside if found.found_in(text)]) > 100, "the internal version has names"
    assert [text for text in outside if found.found_in(text)] == []
    raw = zipfile.ZipFile(io.BytesIO((built / "build" / "matrix-public.docx").read_bytes()))
    assert not any(label.encode() in raw.read(name) for label in labels for name in raw.namelist())
    assert sum("Én kommune modsiger" in text for text in outside) > 3
    assert any("[en kommune]" in text for text in outside)
    quotes = [sum(text.startswith("»") for text in texts) for texts in (inside, outside)]
    assert quotes[0] == quotes[1], "no excerpt is left out, since no group is of one"


def test_a_real_name_keeps_the_public_file_from_being_written(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    copy_study(built, root)
    assert build(root, kinds=("docx",)).stopped is False
    (root / "private").mkdir(exist_ok=True)
    (root / "private" / "names.csv").write_text("name,label\nIngen Sådan,Askhavn\n", "utf-8")
    assert is_up_to_date(root, ("docx",)), "a name that stands nowhere changes nothing"
    before = (root / "build" / "matrix-public.docx").read_bytes()
    (root / "private" / "names.csv").write_text("name,label\nIngen Sådan,Askhavn\npensionsnævn,Birkeby\n", "utf-8")
    assert not is_up_to_date(root, ("docx",))
    done = CliRunner().invoke(main, ["build", "--only", "docx", "--study", str(root)])
    assert done.exit_code == 1
    assert "private/names.csv:3" in done.output and "[private-name]" in done.output
    assert (root / "build" / "matrix.docx").exists() and not (root / "build" / "matrix-public.docx").exists()
    (root / "private" / "names.csv").unlink()
    assert not build(root, kinds=("docx",)).withheld
    assert (root / "build" / "matrix-public.docx").read_bytes() == before, "private/ is not read to make it"
    assert check_build(root).differing == ()


def test_a_table_of_names_without_the_column_is_told(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "names.csv").write_text("navn\nX\n", "utf-8")
    assert [problem.rule for problem in private_names_in(tmp_path, {})] == ["missing-key"]
    (tmp_path / "private" / "names.csv").write_text("name\nBirkeby\n", "utf-8")
    (problem,) = private_names_in(
        tmp_path, {"matrix.docx": docx_bytes(report(coded_study(), *matrices(coded_study())))}
    )
    assert (problem.rule, problem.line) == ("private-name", 2)
    assert "Birkeby" in problem.message
