"""matrix.html as a reader uses it: by mouse, by keyboard, from a link, without scripts, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from report_values import CODINGS, SOURCES, coded_study, coding, found_in, found_view, matrices, source, view

from reports.html import html_bytes
from reports.view import report

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    if found is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open the page of the small study at a place in it; at the end, no script may have failed or loaded anything."""
    file = tmp_path / "matrix.html"
    file.write_bytes(html_bytes(view()))
    said: list[str] = []
    contexts = []

    def open_at(place: str = "", **settings: Any) -> Any:
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if "matrix.html" not in request.url else None)
        page.goto(file.as_uri() + place)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert said == []


FOCUSED = "document.activeElement.getAttribute('href') ?? document.activeElement.id"


def has_focus(page: Any, wanted: str) -> bool:
    """Whether the focus is where it should be, at once or soon: the page follows a place after the key was pressed."""
    try:
        page.wait_for_function(f"wanted => ({FOCUSED}) === wanted", arg=wanted, timeout=5000)
    except playwright.TimeoutError:
        assert page.evaluate(FOCUSED) == wanted
    return True


def is_there(page: Any, selector: str) -> bool:
    """Whether something comes to stand in the page, at once or soon."""
    page.wait_for_selector(selector, state="attached", timeout=5000)
    return True


def test_a_cell_opens_beside_the_table_and_gives_the_focus_back_when_it_closes(open_page: Open) -> None:
    page = open_page()
    link = page.locator("td.cell a.count").first
    link.focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel h3").inner_text().endswith("Økonomi")
    assert has_focus(page, "cell-oekonomi-few:title")
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert has_focus(page, "#cell-oekonomi-few")
    assert page.url.endswith("matrix.html")


def test_arrow_keys_walk_the_cells_and_an_open_panel_follows(open_page: Open) -> None:
    page = open_page("#cell-oekonomi-few")
    page.locator("td.cell a.count").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert has_focus(page, "#cell-ressourcer-many")
    assert is_there(page, "#panel .evidence#cell-ressourcer-many")
    page.locator("#panel [data-move='0 -1']").click()
    assert is_there(page, "#panel .evidence#cell-ressourcer-few")
    assert page.locator("#panel [data-move='0 -1']").is_disabled()


@pytest.mark.parametrize("place", ["#cell-oekonomi-few", "#excerpt-a3", "#excerpt-a2", "#case-oekonomi-birkeby"])
def test_a_link_to_evidence_opens_it(open_page: Open, place: str) -> None:
    page = open_page(place)
    assert is_there(page, "#panel .evidence#cell-oekonomi-few")
    assert page.locator(f"#panel {place}, #panel:has({place})").first.is_visible()


def test_a_link_to_a_paragraph_opens_its_source(open_page: Open) -> None:
    page = open_page("#source-birkeby-leder-p3")
    assert page.locator("#source-birkeby-leder").get_attribute("open") is not None
    assert page.locator("#source-birkeby-leder-p3").is_visible()
    assert page.locator("#source-elmsted-faelles").get_attribute("open") is None


def test_a_citation_leads_from_the_panel_to_the_source_and_back_again(open_page: Open) -> None:
    page = open_page("#cell-oekonomi-few")
    page.locator("#panel cite a").first.click()
    assert not page.locator("#panel").is_visible()
    assert page.locator("#source-birkeby-leder-p1").is_visible()
    page.go_back()
    assert is_there(page, "#panel .evidence#cell-oekonomi-few")


def test_evidence_goes_back_to_its_place_when_the_panel_closes(open_page: Open) -> None:
    page = open_page()
    before = page.evaluate("[...document.querySelectorAll('#evidence .evidence')].map(e => e.id)")
    for place in ("#cell-oekonomi-few", "#cell-reform-many", "#matrix"):
        page.evaluate(f"location.hash = '{place}'")
    page.wait_for_function("!document.querySelector('#panel').open")
    assert page.evaluate("[...document.querySelectorAll('#evidence .evidence')].map(e => e.id)") == before


def test_a_filter_by_case_counts_again_and_says_so(open_page: Open) -> None:
    page = open_page()
    page.click("#filter-button")
    page.uncheck("[name=case][value=elmsted]")
    cell = page.locator("td.cell").nth(2)
    assert cell.locator(".said").inner_text() == "Af de viste: den ene case"
    assert cell.locator("li:visible").count() == 1
    assert "2 cases" in page.locator("#filter-banner").inner_text()
    page.click("#filter button[type=reset]")
    page.wait_for_function("document.querySelector('#filter-banner').hidden")
    assert cell.locator(".said").inner_text() == "Nævnt hos begge"


def test_a_mark_of_a_picture_opens_the_evidence_of_its_case(open_page: Open) -> None:
    page = open_page()
    page.locator("#picture-coverage svg a").first.click()
    assert is_there(page, "#panel .evidence#cell-oekonomi-few")
    assert page.locator("#panel #case-oekonomi-birkeby").is_visible()
    page.locator("#panel-close").click()
    page.locator("#picture-sources svg a").first.click()
    page.wait_for_selector("#source-birkeby-leder[open]", timeout=5000)


def test_pictures_take_the_colours_of_the_page_and_make_way_for_a_filter(open_page: Open) -> None:
    ink = "getComputedStyle(document.querySelector('#picture-coverage use.mentioned')).color"
    assert open_page(color_scheme="light").evaluate(ink) == "rgb(23, 89, 107)"
    page = open_page(color_scheme="dark")
    assert page.evaluate(ink) == "rgb(124, 196, 210)"
    assert page.locator(".picture:visible").count() == 3
    page.click("#filter-button")
    page.uncheck("[name=case][value=elmsted]")
    assert page.locator(".picture:visible").count() == 0
    assert "kan ikke filtreres" in page.locator("#pictures-hidden").inner_text()
    page.click("#filter button[type=reset]")
    page.wait_for_function("document.querySelector('#pictures-hidden').hidden")
    assert page.locator(".picture:visible").count() == 3


def test_a_filter_by_role_leaves_the_sources_with_that_role(open_page: Open) -> None:
    page = open_page()
    page.click("#filter-button")
    page.uncheck("[name=role][value=leder]")
    said = page.locator("td.cell .said").all_inner_texts()
    assert said[:4] == ["Ingen af de viste har nævnt det", "Ingen vist", "Af de viste: den ene case", "Ingen vist"]
    assert page.locator("details.source:visible").count() == 1


def test_excerpts_that_a_filter_makes_room_for_are_shown_with_their_words(open_page: Open) -> None:
    page = open_page()
    page.click("#filter-button")
    page.uncheck("[name=case][value=elmsted]")
    excerpts = page.locator("td.cell").first.locator("li:visible blockquote")
    assert excerpts.all_inner_texts()[:2] == [
        "»Økonomien spiller ingen rolle. Budgettet er stramt, men det«", "»Budgettet er stramt«",
    ]  # fmt: skip
    page.evaluate(
        "document.querySelectorAll('td.cell')[0].querySelectorAll('.excerpts > li').forEach(li => li.remove())"
    )
    page.uncheck("[name=case][value=askhavn]")
    assert excerpts.all_inner_texts() == [
        "»Økonomien spiller ingen rolle. Budgettet er stramt, men det«", "»=cmd|' /C calc'!A0«",
    ]  # fmt: skip


def test_a_note_and_its_words_light_up_together(open_page: Open) -> None:
    page = open_page("#source-birkeby-leder-p1")
    page.locator("#source-birkeby-leder-p1 .note .code").nth(1).focus()
    lit = page.locator("#source-birkeby-leder mark.lit").all_inner_texts()
    assert lit == ["Budgettet er ", "stramt"]
    page.locator("#source-birkeby-leder mark").first.hover()
    assert "lit" in page.locator("#source-birkeby-leder .note").first.get_attribute("class")


def test_other_coders_codings_are_shown_on_demand(open_page: Open) -> None:
    page = open_page("#source-birkeby-leder-p1")
    other = page.locator("#source-birkeby-leder .note.other")
    assert not other.is_visible()
    page.click("#filter-button")
    page.check("#others-shown")
    assert other.is_visible() and "Bo Lind" in other.inner_text()


def test_light_and_dark_follow_the_system_until_the_button_is_used(open_page: Open) -> None:
    page = open_page(color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.click("#theme-button")
    light = page.evaluate(background)
    assert dark != light
    assert open_page(color_scheme="light").evaluate(background) == light


def test_without_scripts_everything_can_be_read(open_page: Open) -> None:
    page = open_page("#cell-oekonomi-few", java_script_enabled=False)
    assert page.locator("#cell-oekonomi-few figure").first.is_visible()
    assert page.locator("#source-birkeby-leder .words").first.is_visible()
    assert not page.locator("#filter-button").is_visible()
    assert not page.locator("#panel").is_visible()


def test_the_paper_shows_the_table_with_its_excerpts_and_no_buttons(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator("td.cell li").first.is_visible()
    assert page.locator("#about").is_visible()
    for hidden in (".home", "nav", "#filter-button", "#evidence", "#sources"):
        assert not page.locator(hidden).first.is_visible()


@pytest.mark.parametrize("width", [390, 800, 1600])
def test_nothing_makes_the_page_wider_than_its_window(open_page: Open, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1400])
def test_a_very_long_word_is_broken_and_stays_in_its_cell(open_page: Open, tmp_path: Path, width: int) -> None:
    text = "Vi har folk nok i " + "donaudampfschifffahrtsgesellschaft" * 6 + " og tid."
    long = source("elmsted-langt", "elmsted", text, ("leder",))
    coded = coded_study((*CODINGS, coding("a9", long, text, "ressourcer")), (*SOURCES, long))
    found = found_in(coded, evidence={"birkeby": ("a4",), "elmsted": ("a9",)})
    (tmp_path / "matrix.html").write_bytes(html_bytes(report(coded, *matrices(coded), found=found)))
    page = open_page("#finding-f-folk", viewport={"width": width, "height": 900})
    assert page.locator("#panel").is_visible()
    wide = (
        "[...document.querySelectorAll('.matrix td, #panel .evidence')].filter(e => e.scrollWidth > e.clientWidth + 1)"
    )
    assert page.evaluate(f"{wide}.length") == 0


@pytest.fixture
def open_findings(open_page: Open, tmp_path: Path) -> Open:
    """The same with the page of the small study and its findings."""
    (tmp_path / "matrix.html").write_bytes(html_bytes(found_view()))
    return open_page


def test_a_sentence_opens_its_cases_beside_the_table_and_gives_the_focus_back(open_findings: Open) -> None:
    page = open_findings()
    page.locator("td.found .sentence a").first.focus()
    page.keyboard.press("Enter")
    assert has_focus(page, "finding-f-few:title")
    assert is_there(page, "#panel .evidence#cell-oekonomi-few")
    assert page.locator("#panel .stands li.supports").first.is_visible()
    page.keyboard.press("Escape")
    assert has_focus(page, "#finding-f-few")


def test_a_sentence_about_all_groups_opens_and_the_keys_walk_past_it(open_findings: Open) -> None:
    page = open_findings()
    page.locator("td.whole .sentence a").click()
    assert page.locator("#panel h4").first.inner_text().startswith("Ét af de tre tilfælde")
    page.locator("td.whole .sentence a").focus()
    page.keyboard.press("ArrowDown")
    assert is_there(page, "#panel .evidence#cell-oekonomi-few")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert is_there(page, "#panel .evidence#cell-ressourcer-many"), "a cell without findings"
    page.keyboard.press("ArrowLeft")
    assert is_there(page, "#panel .evidence#cell-ressourcer-few")
    page.locator("#panel-close").click()
    assert has_focus(page, "#finding-f-folk")


def test_evidence_of_a_sentence_leads_to_its_passage(open_findings: Open) -> None:
    page = open_findings("#finding-f-folk")
    page.locator("#panel .stands blockquote a").first.click()
    assert is_there(page, "#panel .passage.target#excerpt-a4")


def test_a_filter_puts_the_counts_of_what_is_left_in_the_place_of_sentences(open_findings: Open) -> None:
    page = open_findings()
    cell = page.locator("td.cell.found").first
    assert cell.locator(".sentence").is_visible() and not cell.locator(".mentions").is_visible()
    page.click("#filter-button")
    page.uncheck("[name=case][value=elmsted]")
    assert not cell.locator(".sentence").is_visible()
    assert cell.locator(".said").inner_text() == "Af de viste: den ene case"
    assert page.locator("td.difference .not-filtered").first.inner_text() == "Sammenlignes kun for hele materialet."
    page.click("#filter button[type=reset]")
    page.wait_for_function("document.querySelector('#filter-banner').hidden")
    assert cell.locator(".sentence").is_visible() and not page.locator(".not-filtered").first.is_visible()


def test_without_scripts_sentences_lead_to_their_cases_in_the_page(open_findings: Open) -> None:
    page = open_findings(java_script_enabled=False)
    page.locator("td.found .sentence a").first.click()
    assert page.url.endswith("#finding-f-few")
    assert page.locator("#finding-f-few li").first.is_visible()
    assert not page.locator(".mentions").first.is_visible()


def test_on_a_narrow_screen_and_on_paper_no_column_is_cut_off(open_findings: Open) -> None:
    narrow = open_findings(viewport={"width": 380, "height": 800})
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 380
    assert narrow.locator("td.difference").first.is_visible()
    paper = open_findings(viewport={"width": 1000, "height": 800})
    paper.emulate_media(media="print")
    assert paper.locator("td.found .sentence").first.is_visible()
    assert not paper.locator("td.difference .not-filtered").first.is_visible()
