from __future__ import annotations

import re
from collections import Counter

import msgspec
from lxml import html
from report_values import BIRKEBY, CODINGS, SOURCES, coded_study, coding, matrices, same_as_gold, settings, view

from reports.html import html_bytes
from reports.html_blocks import marked
from reports.passages import Segment
from reports.source_view import Block, CodingNote
from reports.view import ReportView, report


def page(shown: ReportView | None = None) -> html.HtmlElement:
    return html.document_fromstring(html_bytes(shown or view()).decode())


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_name_is_used_once_and_every_link_leads_somewhere() -> None:
    long = coding("a7", SOURCES[1], "sagen.\n\n=cmd|' /C calc'!A0 stod", "oekonomi")
    twice = coding("a1", SOURCES[2], "Vi har folk nok.", "oekonomi")
    root = page(view(coded_study((*CODINGS, long, twice))))
    names = Counter(root.xpath("//@id"))
    assert [name for name, n in names.items() if n > 1] == []
    for attribute in ("href", "aria-labelledby", "aria-describedby", "aria-controls"):
        for link in root.xpath(f"//@{attribute}"):
            assert link.removeprefix("#") in names, f"{attribute} leads to {link}, which is not there"


def test_the_page_begins_as_a_page() -> None:
    assert html_bytes(view()).startswith(b'<!DOCTYPE html>\n<html lang="da">\n')


def test_the_page_loads_nothing_and_says_so_to_the_browser() -> None:
    data = html_bytes(view()).decode()
    root = page()
    assert root.xpath("//@src | //link | //img | //iframe | //form[@action]") == []
    assert all(link.startswith("#") for link in root.xpath("//@href"))
    assert re.findall(r"url\(|@import|fetch\(|XMLHttpRequest|https?://", data) == []
    assert "default-src 'none'" in root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_words_of_sources_memos_and_settings_cannot_become_markup() -> None:
    root = page()
    assert len(root.xpath("//script")) == 2, "the wording and our own script"
    assert root.xpath("//b[text()='fed']") == []
    assert "<script>alert(1)</script>" in text(root.get_element_by_id("source-birkeby-leder"))
    assert "Afbrudt af en <brandøvelse>." in text(root.get_element_by_id("source-birkeby-leder"))
    assert "Modsat <Askhavn>." in text(root.get_element_by_id("excerpt-a1"))


def test_the_table_is_a_table_for_those_who_hear_it() -> None:
    root = page()
    assert root.get("lang") == "da"
    table = root.xpath("//table[@class='matrix']")[0]
    assert [text(th) for th in table.xpath(".//th[@scope='col']")] == [
        "Tema",
        "Tildeler få n = 2",
        "Tildeler mange n = 1",
    ]
    assert [text(th.xpath(".//*[@class='theme']")[0]) for th in table.xpath(".//th[@scope='row']")] == [
        "Økonomi", "Ressourcer", "Sammenlægning",
    ]  # fmt: skip
    signs = root.xpath("//svg[not(@role='img')]")
    assert all(svg.get("aria-hidden") == "true" for svg in signs), "signs are said in words beside them"


def test_the_matrix_reads_as_it_should() -> None:
    lines = []
    for row in page().xpath("//table[@class='matrix']/tbody/tr"):
        lines += ["", text(row.xpath("./th")[0])]
        for cell in row.xpath("./td"):
            lines += [f"  {cell.get('data-label')}", f"    {text(cell.xpath('.//a/*[2]')[0])}"]
            lines += [f"    {text(rest)}" for rest in cell.xpath(".//p[@class='rest']") if text(rest)]
            lines += [f"    {text(excerpt)}" for excerpt in cell.xpath(".//li")]
    same_as_gold("matrix_page.txt", "\n".join(lines[1:]) + "\n")


def test_each_cell_leads_to_the_states_of_all_its_cases_and_all_its_codings_in_context() -> None:
    root = page()
    link = root.xpath("//td[@data-label='Tildeler få']//a[@class='count']/@href")[0]
    evidence = root.get_element_by_id(link[1:])
    assert [text(li.xpath("./*[@class='state']")[0]) for li in evidence.xpath("./ul[@class='cases']/li")] == [
        "nævnt", "ikke spurgt",
    ]  # fmt: skip
    passages = evidence.xpath(".//figure")
    paragraph = "Økonomien spiller ingen rolle. Budgettet er stramt, men det er ikke det, der afgør sagen."
    assert text(passages[0].xpath("./p[@class='text']")[0]) == paragraph, "the whole paragraph"
    assert "".join(passages[0].xpath(".//mark/text()")) == CODINGS[0].quote, "and only the excerpt marked in it"
    assert text(passages[0].xpath("./figcaption")[0]).replace("\u00a0", " ") == "Birkeby, leder, afsnit 1referat"
    assert passages[0].xpath(".//cite/a/@href") == ["#source-birkeby-leder-p1"]


def test_every_coding_of_the_matrix_is_evidence_once() -> None:
    evidence = page().get_element_by_id("evidence")
    places = [name for name in evidence.xpath(".//@id") if name.startswith("excerpt-")]
    assert sorted(places) == [f"excerpt-a{n}" for n in range(1, 7)]


def test_overlapping_codings_are_cut_so_that_each_stretch_names_all_of_its_codings() -> None:
    source = page().get_element_by_id("source-birkeby-leder")
    marks = [(mark.text, mark.get("class"), mark.get("data-k")) for mark in source.xpath(".//mark")][:4]
    assert marks == [
        ("Økonomien spiller ingen rolle. ", "d1", "0"),
        ("Budgettet er ", "d2", "0 1"),
        ("stramt", "d2", "0 1 2"),
        (",\nmen det", "d1", "0 2"),
    ]
    notes = source.xpath(".//*[@id='source-birkeby-leder-p1']//li[contains(@class, 'note')]")
    assert [(note.get("data-k"), "other" in note.get("class")) for note in notes] == [
        ("0", False), ("1", False), ("2", True),
    ]  # fmt: skip


def test_marking_changes_no_character_of_the_text() -> None:
    notes = tuple(CodingNote(n, f"c{n}", "x", "x", "", "", "", False, True, False, "") for n in range(5))
    segments = (Segment("a <b> & "), Segment('"c"', (0, 1, 2, 3, 4)), Segment("🙂\n ", (4,)), Segment("", (1,)))
    shown = html.fragment_fromstring(str(marked(Block("p", 0, 1, "", segments, notes))), create_parent="p")
    assert shown.text_content() == 'a <b> & "c"🙂\n '
    assert [mark.get("class") for mark in shown.xpath(".//mark")] == ["d3", "d1"]


def test_a_source_shows_its_whole_text() -> None:
    source = page().get_element_by_id("source-birkeby-leder")
    words = "".join(text(part) for part in source.xpath(".//*[contains(@class, 'words')]"))
    assert words.replace(" ", "") == re.sub(r"[#\s]", "", BIRKEBY)


def test_a_constructed_study_says_so_first() -> None:
    assert text(page().xpath("//section[@class='opening']/p[@class='banner']")[0]).startswith("Konstrueret eksempel.")
    assert page(view(coded_study(settings=settings(constructed=False)))).xpath("//p[@class='banner']") == []


def test_a_study_without_groups_themes_or_sources_still_makes_a_page() -> None:
    coded = coded_study((), ())
    matrix, framework = matrices(coded)
    empty = msgspec.structs.replace(matrix, columns=(), rows=())
    none = msgspec.structs.replace(framework, themes=(), cases=(), cells=())
    root = page(report(coded, empty, none))
    assert "Matrixen er tom" in text(root)
    assert all(link[1:] in root.xpath("//@id") for link in root.xpath("//@href"))


def test_equal_studies_give_equal_bytes() -> None:
    assert html_bytes(view()) == html_bytes(view(coded_study()))
