"""The matrix with findings: the sentence first, who says otherwise by name, every case counted, in every form."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from lxml import html
from openpyxl import load_workbook
from report_values import (
    CODINGS,
    SOURCES,
    coded_study,
    coding,
    findings_and_charts,
    found_in,
    found_view,
    matrices,
    same_as_gold,
    settings,
    source,
    view,
)

from cli.main import main
from corpus.study import FindingSettings, Groups
from reports.docx import docx_bytes
from reports.finding_view import FindingView
from reports.html import html_bytes
from reports.json_file import MatrixJson, matrix_json
from reports.markdown import matrix_md
from reports.matrix_findings import NO_FINDINGS, matrix_findings
from reports.view import ReportView, report
from reports.xlsx import xlsx_bytes

KOMMUNE = Groups(labels={"few": "Tildeler få", "many": "Tildeler mange"}, noun=("en kommune", "kommuner"))


def towns(**changes: object) -> ReportView:
    return found_view(coded_study(settings=settings(groups=KOMMUNE, **changes)))


def finding(shown: ReportView, id: str) -> FindingView:
    every = (f for row in shown.rows for found in (row.whole, *row.findings) for f in found)
    return next(f for f in every if f.id == id)


def page(shown: ReportView | None = None) -> html.HtmlElement:
    return html.document_fromstring(html_bytes(shown or towns()).decode())


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").split())


def test_a_sentence_is_filled_in_and_every_case_of_the_group_is_counted_once() -> None:
    shown = towns()
    assert finding(shown, "f-few").text == "Én af de to kommuner (én er ikke spurgt) ser <i>ikke</i> på økonomien."
    assert finding(shown, "f-few").tally == "1 af 2 · 1 ikke spurgt"
    assert finding(shown, "f-folk").tally == "1 af 2 · 1 modsiger"
    assert finding(shown, "f-all").tally == "1 af 3 · 1 både for og imod · 1 ikke spurgt"


def test_a_nought_never_stands_alone_and_a_share_that_cannot_be_said_is_not_said() -> None:
    many = finding(towns(), "f-many")
    assert many.tally == "1 af 1 modsiger", "the first of the others has the denominator"
    assert many.text == "… ser ikke på økonomien"
    assert many.fault == "Andelen kan ikke siges med de stillinger, der er."


def test_the_denominator_follows_the_setting() -> None:
    asked = finding(towns(findings=FindingSettings("asked")), "f-few")
    assert asked.text == "Den ene spurgte kommune ser <i>ikke</i> på økonomien."
    assert asked.tally == "1 af 1 · 1 ikke spurgt"


def test_who_says_otherwise_is_named_with_an_excerpt_whatever_the_number_of_excerpts() -> None:
    for k in (0, 1, 5):
        shown = towns(matrix=msgspec.structs.replace(settings().matrix, excerpts=k))
        (deviation,) = finding(shown, "f-folk").deviations
        assert deviation.said == "Elmsted modsiger"
        assert [excerpt.case_id for excerpt in deviation.excerpts] == ["elmsted"]
        (mixed,) = finding(shown, "f-all").deviations
        assert mixed.said == "Askhavn taler både for og imod"
        assert len(finding(shown, "f-folk").excerpts) == min(k, 1), "only those whom the sentence rests on"


def test_a_case_that_speaks_for_and_against_is_heard_with_both_voices() -> None:
    other = source("birkeby-sagsb", "birkeby", "Vi når det aldrig.", ("sagsbehandler",))
    never = coding("a9", other, "Vi når det aldrig.", "oekonomi")
    coded = coded_study((*CODINGS, never), (*SOURCES, other), settings(groups=KOMMUNE))

    def voices(*evidence: str, stance: str = "mixed") -> list[tuple[str, str]]:
        found = found_in(coded, stances={"birkeby": stance}, evidence={"birkeby": evidence})
        (deviation,) = finding(report(coded, *matrices(coded), found=found), "f-few").deviations
        return [(excerpt.source_id, excerpt.quote[1:9]) for excerpt in deviation.excerpts]

    assert voices("a1", "a3", "a9") == [("birkeby-leder", "Økonomie"), ("birkeby-sagsb", "Vi når d")]
    assert voices("a1", "a3") == [("birkeby-leder", "Økonomie"), ("birkeby-leder", "=cmd|' /")]
    assert voices("a1") == [("birkeby-leder", "Økonomie")]
    assert voices("a1", "a3", "a9", stance="contradicts") == [("birkeby-leder", "Økonomie")]


def test_those_who_all_contradict_are_what_a_sentence_of_none_rests_on() -> None:
    coded = coded_study(settings=settings(groups=KOMMUNE))
    found = found_in(coded, stances={"birkeby": "contradicts", "elmsted": "contradicts", "askhavn": "contradicts"})
    shown = report(coded, *matrices(coded), found=found)
    none = finding(shown, "f-folk")
    assert none.text == "Ingen af de to kommuner mangler folk, men ikke Elmsted."
    assert (none.deviations, none.tally) == ((), "2 af 2 modsiger")
    assert {excerpt.case_id for excerpt in none.excerpts} == {"birkeby", "elmsted"}


def test_evidence_of_another_coder_leads_to_its_place_in_the_source() -> None:
    (excerpt,) = finding(towns(), "f-all").excerpts
    assert (excerpt.anchor, excerpt.row) == ("source-birkeby-leder-p1", 0)


def test_the_difference_is_a_persons_sentence_first_then_what_was_counted() -> None:
    economy, staff, reform = (row.difference for row in towns().rows)
    assert economy.texts == (
        "Forskel. Afhænger af to kommuner, hver for sig: Birkeby og Askhavn. Det åbne svar kan ikke ændre det.",
    )
    assert staff.texts == ("Kun Birkeby mangler folk.",)
    assert reform.texts == ()


def test_the_page_reads_as_it_should() -> None:
    lines = []
    for row in page().xpath("//table[@class='matrix said']/tbody/tr"):
        lines += ["", *(text(th) for th in row.xpath("./th"))]
        for cell in row.xpath("./td"):
            lines.append(f"  {cell.get('data-label')}")
            parts = cell.xpath(
                ".//*[@class='sentence' or @class='fault' or @class='tally' or starts-with(@class, 'deviates')]"
                " | .//*[@class='finding']//li | ./p | ./a[@class='count']"
            )
            lines += [f"    {text(part)}" for part in parts if text(part)]
    same_as_gold("findings_page.txt", "\n".join(lines[1:]) + "\n")


def test_every_sentence_leads_to_its_cases_with_stance_summary_and_evidence() -> None:
    root = page()
    for link in root.xpath("//p[@class='sentence']/a"):
        stands = root.get_element_by_id(link.get("href")[1:])
        assert text(stands.xpath("./h4")[0]) == text(link)
        assert stands.xpath("ancestor::article[@class='evidence']"), "so it opens in the panel"
    folk = root.get_element_by_id("finding-f-folk")
    assert [(li.get("class"), text(li.xpath(".//*[@class='state']")[0])) for li in folk.xpath("./ul/li")] == [
        ("supports", "støtter"), ("contradicts", "modsiger"),
    ]  # fmt: skip
    assert text(folk.xpath(".//p[@class='summary']")[0]) == "Folk nok. udkast, som ingen har taget til sig"
    assert folk.xpath(".//blockquote/a/@href") == ["#excerpt-a4", "#excerpt-a5"]
    stale = root.xpath("//section[@id='finding-f-many']//p[@class='summary stale']")[0]
    assert "ikke ajour" in text(stale)


def test_names_are_used_once_links_lead_somewhere_and_signs_are_drawn_and_silent() -> None:
    root = page()
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
    for attribute in ("href", "aria-labelledby", "aria-describedby"):
        assert [link for link in root.xpath(f"//@{attribute}") if link.removeprefix("#") not in names] == []
    assert all(svg.get("aria-hidden") == "true" for svg in root.xpath("//svg[not(@role='img')]"))
    assert root.xpath("//i[text()='ikke']") == [], "a sentence cannot become markup"


def test_every_row_of_the_page_is_as_wide_as_its_head() -> None:
    for table in page().xpath("//table[@class='matrix said']"):
        width = len(table.xpath("./thead/tr/th"))
        left = 0
        for row in table.xpath("./tbody/tr"):
            cells = [
                (int(c.get("colspan", 1)), int(c.get("rowspan", 1))) for c in row.xpath("./*[self::th or self::td]")
            ]
            assert sum(columns for columns, _ in cells) + left == width
            left = sum(columns for columns, rows in cells if rows == 2)


def test_summaries_stand_in_the_framework_matrix_in_place_of_excerpts() -> None:
    cells = page().xpath("//table[@class='framework']//td[not(@colspan)]")
    assert [text(cell) for cell in cells][:2] == [
        "3 kodningerPenge afgør ikke sagen.",
        "1 kodning»Der mangler <script>alert(1)</script> folk 🙂 & tid.«",
    ]
    framework = load_workbook(io.BytesIO(xlsx_bytes(towns())))["Case × tema"]
    assert "Penge afgør ikke sagen." in [cell.value for row in framework for cell in row]


def test_a_study_without_findings_looks_as_it_did() -> None:
    coded = coded_study()
    same = report(coded, *matrices(coded), found=NO_FINDINGS)
    assert same == view(coded)
    assert b"difference" not in matrix_md(same) and b"Forskel" not in html_bytes(same)
    assert "findings" not in msgspec.json.decode(matrix_json(matrices(coded)[0], coded.study))["rows"][0]


def test_a_cell_without_findings_looks_as_today() -> None:
    with_findings, without = towns().rows[1].cells[1], view().rows[1].cells[1]
    assert (with_findings.count, with_findings.rest, with_findings.excerpts) == (
        without.count, without.rest, without.excerpts,
    )  # fmt: skip


def test_the_word_file_reads_as_it_should() -> None:
    table = Document(io.BytesIO(docx_bytes(towns()))).tables[0]
    lines = []
    for n, row in enumerate(table.rows):
        lines.append(f"row {n}")
        for cell in row.cells:
            lines += [f"  [{p.style.name}] {p.text}".replace("\u00a0", " ") for p in cell.paragraphs]
    same_as_gold("findings_document.txt", "\n".join(lines) + "\n")


def test_the_markdown_reads_as_it_should() -> None:
    same_as_gold("findings.md", matrix_md(towns()).decode())


def test_the_matrix_sheet_reads_as_it_should() -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(towns())))
    lines = []
    for sheet in (book["Matrix"], book["Udsagn"]):
        for row in sheet.iter_rows(values_only=True):
            lines.append("\t".join(str(value).replace("\n", " / ") for value in row if value is not None))  # noqa: PERF401
    same_as_gold("findings_sheet.txt", "\n".join(lines) + "\n")


def test_every_link_of_the_workbook_leads_to_a_cell_with_something_in_it() -> None:
    book = load_workbook(io.BytesIO(xlsx_bytes(towns())))
    links = [(sheet, cell) for sheet in book for row in sheet for cell in row if cell.hyperlink]
    for sheet, cell in links:
        name, place = re.fullmatch(r"'?(.+?)'?!([A-Z]+\d+)", cell.hyperlink.location).groups()
        assert book[name][place].value is not None, f"{sheet.title}!{cell.coordinate} leads to {place}"
    assert {name for sheet, _ in links if (name := sheet.title)} >= {"Matrix", "Udsagn", "Uddrag"}


def test_the_json_holds_findings_ledgers_differences_and_charts() -> None:
    coded = coded_study(settings=settings(groups=KOMMUNE))
    data = matrix_json(matrices(coded)[0], coded.study, found_in(coded))
    row = msgspec.json.decode(data, type=MatrixJson).rows[0]
    few = row.findings[0]
    assert few.text == "Én af de to kommuner (én er ikke spurgt) ser <i>ikke</i> på økonomien."
    assert few.template == "{andel} ser <i>ikke</i> på økonomien."
    assert (few.supports, few.silent, few.n_applicable, few.bounds) == (1, 1, 2, (0.5, 1.0))
    assert (few.cases["birkeby"].by, few.cases["birkeby"].evidence) == ("person", ("a1", "a3"))
    assert (few.cases["elmsted"].stand, few.cases["elmsted"].by, few.cases["elmsted"].asked) == (
        "not_asked",
        "data",
        False,
    )
    assert row.difference is not None and row.difference.claims[0].rests_on == ("birkeby", "askhavn")
    assert row.charts["askhavn"].stale and not row.charts["birkeby"].stale


def test_a_matrix_of_some_roles_has_no_findings_and_says_so() -> None:
    coded = coded_study()
    matrix, framework = matrices(coded)
    part = msgspec.structs.replace(matrix, filters=("role=leder",))
    found = matrix_findings(coded, part, framework, *findings_and_charts(coded))
    shown = report(coded, part, framework, found=found)
    assert not shown.has_findings and not shown.has_charts
    assert shown.banners[-1] == "Udsagn er udeladt: de gælder alle roller, ikke et udsnit af dem."


def test_a_matrix_of_some_cases_counts_these_and_leaves_out_sentences_on_the_whole() -> None:
    coded = coded_study()
    matrix, framework = matrices(coded)
    part = msgspec.structs.replace(matrix, filters=("merged=ja",))
    found = matrix_findings(coded, part, framework, *findings_and_charts(coded))
    assert found.of_theme("ressourcer").difference == ""
    assert found.of_theme("ressourcer").ledgers


def test_the_terminal_shows_the_sentence_and_what_differs(tmp_path) -> None:  # type: ignore[no-untyped-def]
    study = tmp_path / "study"
    run = CliRunner()
    assert run.invoke(main, ["demo", str(study)]).exit_code == 0
    said = run.invoke(main, ["matrix", "--study", str(study), "--theme", "ressourcer"], terminal_width=110).output
    flat = " ".join(re.sub(r"\s+", " ", said).split())
    assert "modsiger" in flat and "Forskel" in flat
    every = run.invoke(main, ["matrix", "--study", str(study), "--by-group"], terminal_width=110).output
    assert "sygedagpengesager" in every and "…  " not in every, "a long word is folded and not cut off"
    by_role = run.invoke(main, ["matrix", "--study", str(study), "--theme", "ressourcer", "--role", "leder"]).output
    assert "Udsagn er udeladt" in by_role and "modsiger" not in by_role


def test_a_row_of_all_groups_that_is_higher_than_a_page_is_divided_in_word() -> None:
    long = found_in(coded_study(settings=settings(groups=KOMMUNE)), text="{andel} mener det. " + "Ord på ord. " * 700)
    coded = coded_study(settings=settings(groups=KOMMUNE))

    def divided(shown: ReportView) -> bool:
        row = Document(io.BytesIO(docx_bytes(shown))).tables[0].rows[1]
        return not row._tr.findall(f".//{qn('w:cantSplit')}")

    assert divided(report(coded, *matrices(coded), found=long))
    assert not divided(towns())


@pytest.mark.parametrize(
    ("text", "shown", "is_told"),
    [
        ("{andel} mangler folk.", "Den ene kommune mangler folk.", False),
        ("{andel} mangler folk, men ikke Elmsted.", "… mangler folk, men ikke Elmsted", True),
        ("{andel} mangler folk; én kommune gør ikke.", "… mangler folk; én kommune gør ikke", True),
        ("Én af de to kommuner mangler folk.", "Én af de to kommuner mangler folk", True),
    ],
)
def test_of_a_part_of_the_cases_nothing_is_said_that_was_written_about_all(
    text: str, shown: str, is_told: bool
) -> None:
    coded = coded_study(settings=settings(groups=KOMMUNE))
    whole, framework = matrices(coded)
    rows = tuple(
        msgspec.structs.replace(row, cells=(
            msgspec.structs.replace(
                row.cells[0],
                cases=row.cells[0].cases[:1],
                column=msgspec.structs.replace(row.cells[0].column, cases=row.cells[0].column.cases[:1]),
            ),
            row.cells[1],
        ))
        for row in whole.rows
    )  # fmt: skip
    columns = tuple(cell.column for cell in rows[0].cells)
    part = msgspec.structs.replace(whole, columns=columns, rows=rows, filters=("merged=ja",))
    themes, charts = findings_and_charts(coded)
    (people,) = themes[1].findings
    one = msgspec.structs.replace(themes[1], findings=(msgspec.structs.replace(people, text=text),))
    found = finding(
        report(coded, part, framework, found=matrix_findings(coded, part, framework, (one,), charts)), "f-folk"
    )
    assert (found.text, found.fault != "") == (shown, is_told)
    assert found.tally == "1 af 1"


def test_summaries_without_findings_have_their_looks_too() -> None:
    coded = coded_study()
    _, charts = findings_and_charts(coded)
    shown = report(coded, *matrices(coded), found=matrix_findings(coded, *matrices(coded), (), charts))
    assert shown.has_charts and not shown.has_findings
    styles = " ".join(element.text or "" for element in page(shown).iter("style"))
    assert ".summary .mark" in styles, "or `a draft` reads as if it were a part of the summary"


def test_english_words_are_those_of_the_language() -> None:
    english = found_view(
        coded_study(settings=settings(language="en", groups=Groups(labels={"few": "Few", "many": "Many"})))
    )
    assert finding(english, "f-folk").deviations[0].said == "Elmsted contradicts"
    assert finding(english, "f-folk").tally == "1 of 2 · 1 contradicts"
    assert english.rows[0].difference.claims[0].label == "Difference"


@pytest.mark.parametrize("made", [html_bytes, xlsx_bytes, docx_bytes, matrix_md])
def test_equal_studies_give_equal_bytes(made) -> None:  # type: ignore[no-untyped-def]
    assert made(towns()) == made(found_view(coded_study(tuple(CODINGS), settings=settings(groups=KOMMUNE))))
