"""The page of an evaluation: whole, offline, in two languages, with words for every picture."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from coding.coded_study import read_coded_study
from coding.suggest.evaluate import ALL, evaluate
from coding.suggest.evaluation import Compared, Comparison, Evaluation
from coding.suggest.measures import Interval
from reports.evaluation.page import evaluation_page
from reports.evaluation.sections import evaluation_view
from reports.evaluation.view import signed
from reports.evaluation.words import DANISH, ENGLISH, evaluation_words


@pytest.fixture(scope="module")
def found() -> Evaluation:
    with as_file(files("cli") / "example_study") as root:
        coded = read_coded_study(Path(root))[0]
    return evaluate(coded, "ana", passages=(0, 3, ALL), repeats=1, structure=False)


@pytest.fixture(scope="module")
def nothing() -> Evaluation:
    with as_file(files("cli") / "example_study") as root:
        coded = read_coded_study(Path(root))[0]
    return evaluate(coded, "nobody", passages=(0,))


@pytest.mark.parametrize("language", ["da", "en", "nb"])
def test_the_page_needs_nothing_from_outside_and_names_every_picture(found: Evaluation, language: str) -> None:
    page = evaluation_page(found, language)
    tree = html.fromstring(page)
    assert tree.get("lang") == ("da" if language == "da" else "en")
    assert not re.search(rb"https?://(?!www\.w3\.org)", page)
    assert not tree.xpath("//link|//img|//iframe|//*[@src]")
    pictures = tree.xpath("//figure//*[local-name()='svg']")
    assert len(pictures) == 5
    for picture in pictures:
        assert picture.get("role") == "img"
        named = [picture.get("aria-labelledby"), picture.get("aria-describedby")]
        assert all(tree.xpath(f"//*[@id='{id}']")[0].text_content().strip() for id in named)
    ids = [node.get("id") for node in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert all(tree.xpath(f"//*[@id='{a.get('href')[1:]}']") for a in tree.xpath("//nav//a"))


def test_the_same_evaluation_gives_the_same_bytes(found: Evaluation) -> None:
    again = msgspec.json.decode(msgspec.json.encode(found), type=Evaluation)
    assert again == found
    assert evaluation_page(found, "da") == evaluation_page(again, "da")


def test_every_picture_has_its_numbers_as_a_table(found: Evaluation) -> None:
    view = evaluation_view(found, ENGLISH)
    assert [section.id for section in view.sections] == ["learning", "coverage", "themes", "confusions", "calibration"]
    for section in view.sections:
        assert section.picture and section.said and section.tables
        assert all(len(row) == len(table.head) for table in section.tables for row in table.rows)
    curve = view.sections[0].tables[0]
    assert len(curve.rows) == 9 and [row[0] for row in curve.rows if row[0]] == ["none", "3", "all others"]
    top1 = found.curve[-1].top1.value or 0.0
    assert f"{100 * top1:.1f}" in view.method[2] and f"{100 * top1:.1f}" in curve.rows[6][2]
    assert len(view.sections[2].tables[0].rows) == len(found.themes)


def test_numbers_are_written_as_the_language_does(found: Evaluation) -> None:
    top1 = f"{100 * (found.curve[-1].top1.value or 0.0):.1f}"
    assert top1 in evaluation_page(found, "en").decode()
    danish = evaluation_page(found, "da").decode()
    assert top1.replace(".", ",") in danish
    assert top1 not in re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", danish, flags=re.DOTALL)
    assert (signed(0.25, ENGLISH), signed(-0.031, DANISH, 1), signed(0.001, ENGLISH)) == ("+25", "−3,1", "0")


def test_too_few_codings_are_said_before_any_number(found: Evaluation) -> None:
    few = msgspec.structs.replace(found, reason="cases", cases=3, too_few="3 cases are too few")
    page = evaluation_page(few, "en").decode()
    assert page.index("Too few to tell") < page.index("<section")
    assert 'class="keys"' not in page, "no number stands out that should not be reported"
    assert "too few codings to be reported" in page
    rare = msgspec.structs.replace(found, codes=tuple(msgspec.structs.replace(c, given=4) for c in found.codes))
    view = evaluation_view(rare, ENGLISH)
    assert any(found.themes[0].label in warning for section in view.sections for warning in section.warnings)


def test_without_any_coding_the_page_says_so_and_shows_no_numbers(nothing: Evaluation) -> None:
    page = evaluation_page(nothing, "da").decode()
    assert DANISH.too_few["nothing"] in page
    assert 'class="keys"' not in page and "<figure" not in page


def test_against_another_coder_their_own_agreement_stands_beside(found: Evaluation) -> None:
    other = msgspec.structs.replace(found, against="bo", agreement=Interval(0.8, 0.7, 0.9))
    page = evaluation_page(other, "en").decode()
    assert "measured against what bo said" in page and "agreement of ana with bo themselves" in page
    assert "What counts as right are the codings of bo." in page


def test_a_named_model_has_a_verdict(found: Evaluation) -> None:
    gains = (Interval(0.9, 0.8, 1.0), Interval(0.8, 0.7, 0.9), Interval(0.1, 0.02, 0.2))
    for verdict in ("improves", "harms", "unclear", "too_few"):
        entry = Comparison("embeddings", "da.vec-1", (Compared(0, *gains),), verdict)  # type: ignore[arg-type]
        view = evaluation_view(msgspec.structs.replace(found, comparisons=(entry,)), DANISH)
        section = next(s for s in view.sections if s.id == "comparisons")
        assert DANISH.verdicts[verdict] in " ".join((*section.notes, *section.warnings))
        assert bool(section.warnings) == (verdict != "improves")
        assert section.tables[0].rows == (("ingen", "90,0 [80–100]", "80,0 [70–90]", "+10,0 [+2; +20]"),)


def test_labels_of_themes_cannot_break_the_page(found: Evaluation) -> None:
    rude = '<script>alert("x")</script> & »ø« ' + "lang " * 60
    themes = tuple(msgspec.structs.replace(theme, label=rude) for theme in found.themes)
    page = evaluation_page(msgspec.structs.replace(found, themes=themes, title=rude), "en").decode()
    assert "<script>alert" not in page and page.count("<script>") == 1


def test_both_languages_have_the_same_gaps_to_fill() -> None:
    def gaps(text: Any) -> list[str]:
        return sorted(set(re.findall(r"{(\w+)}", str(text))))

    for field in ENGLISH.__struct_fields__:
        english, danish = getattr(ENGLISH, field), getattr(DANISH, field)
        ours, theirs = (list(v.values()) if isinstance(v, dict) else [v] for v in (english, danish))
        for one, other in zip(ours, theirs, strict=True):
            assert gaps(one) == gaps(other), field
            assert one.strip() and other.strip()
    assert evaluation_words("sv") is ENGLISH


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    if program is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.mark.browser
def test_in_a_browser_nothing_is_loaded_fits_and_turns_dark(found: Evaluation, browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "evaluation.html"
    file.write_bytes(evaluation_page(found, "da"))
    for width in (1200, 390):
        page = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="light").new_page()
        said: list[str] = []
        page.on("request", lambda request, said=said: said.append(request.url))
        page.on("console", lambda message, said=said: said.append(message.text))
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        page.goto(file.as_uri())
        assert said == [file.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        paper = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(paper)
        page.click("#theme-button")
        assert page.evaluate(paper) != light
        page.context.close()
