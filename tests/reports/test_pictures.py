"""Pictures: their numbers against a count by hand, and SVG that reads well with any label, however many there are."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from random_study import TEXT, large_study, random_studies, study_of
from report_values import coded_study, matrices

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from coding.coding import Coding, ReadMark
from corpus.cases import Case
from corpus.source import FrontMatter, Source
from corpus.text import word_count
from reports.aggregate import compare
from reports.html import html_bytes
from reports.matrix import STATES, Cell
from reports.pictures.pen import SIGNS
from reports.pictures.picture import PICTURES, Bars, Grid, Picture, Strips
from reports.pictures.png import NoFontsError, png_bytes
from reports.pictures.svg import Frame, frame_of, page_svgs, picture_files, picture_svg
from reports.pictures.text_width import one_line, shortened, text_width, wrapped
from reports.view import ReportView, report
from reports.words import DANISH

SVG = "{http://www.w3.org/2000/svg}"
ANY = st.text(st.characters(), max_size=90)


def view_of(coded: CodedStudy) -> ReportView:
    matrix, framework, _ = compare(coded, ("ana",))
    return report(coded, matrix, framework)


def pictures_of(coded: CodedStudy) -> dict[str, Picture]:
    return {picture.key: picture for picture in view_of(coded).pictures}


def parsed(svg: bytes) -> etree._Element:
    return etree.fromstring(svg)


def small(theme: str = "Penge", case: str = "Åby", group: str = "Få", title: str = "Studie") -> CodedStudy:
    """Two cases in two groups, one of which mentions the theme."""
    cases = (Case("a", case, {"group": "few"}), Case("b", "Birk", {"group": "many"}))
    sources = tuple(Source(f"s{c.id}", FrontMatter(case=c.id, roles=("leder",)), TEXT) for c in cases)
    codings = (Coding("k", "ana", "sa", "t", 0, 5, TEXT[:5]),)
    groups = {"few": group, "many": "Mange"}
    return study_of(cases, sources, (Code("t", theme),), codings, (ReadMark("r", "ana", "sa"),), groups, title=title)


@given(random_studies())
def test_coverage_has_one_mark_for_each_case_and_theme_with_its_state_and_codings(coded: CodedStudy) -> None:
    _, framework, _ = compare(coded, ("ana",))
    marks = Counter()
    for page in pictures_of(coded)["coverage"].pages:
        assert isinstance(page, Grid)
        labels = [name for _, group in page.groups for name in group]
        for row in page.rows:
            for name, mark in zip(labels, (mark for group in row.marks for mark in group), strict=True):
                marks[row.label, name, mark.state, mark.codings] += 1
    expected = Counter((c.theme.label, c.case.label, c.state, len(c.codings)) for row in framework.cells for c in row)
    assert marks == expected


@given(random_studies())
def test_prevalence_counts_the_cases_that_mention_of_those_the_theme_applies_to(coded: CodedStudy) -> None:
    matrix, _, _ = compare(coded, ("ana",))
    pages = pictures_of(coded)["prevalence"].pages
    for page in pages:
        assert isinstance(page, Strips)
        for row, of_matrix in zip(page.rows, matrix.rows, strict=True):
            for strip, cell in zip(row.strips, of_matrix.cells, strict=True):
                order = [STATES.index(mark.state) for mark in strip.marks]
                assert order == sorted(STATES.index(case.state) for case in cell.cases)
                assert strip.said == said_by_hand(cell)


def said_by_hand(cell: Cell) -> str:
    states = Counter(case.state for case in cell.cases if case.applies or case.state == "mentioned")
    k, n, unread = states["mentioned"], states.total(), states["not_coded"] + states["unknown"]
    if n:
        return "ikke læst endnu" if unread == n else f"mindst {k} af {n}" if unread else f"{k} af {n}"
    known = all(case.applies is False for case in cell.cases)
    return ("ikke relevant" if known else "uvist") if cell.cases else "–"


@given(random_studies())
def test_each_source_has_its_words_its_codings_and_the_excerpts_shown_of_it(coded: CodedStudy) -> None:
    matrix, framework, _ = compare(coded, ("ana",))
    counted = {c.id for row in framework.cells for cell in row for c in cell.codings}
    found = {}
    for page in pictures_of(coded)["sources"].pages:
        assert isinstance(page, Bars)
        found |= {row.link: row.numbers for _, rows in page.groups for row in rows}
    for source in coded.study.sources:
        codings = [c for c in coded.codings if c.source == source.id and c.id in counted]
        excerpts = [e for row in matrix.rows for cell in row.cells for e in cell.excerpts if e.source.id == source.id]
        assert found[f"source-{source.id}"] == (13, len(codings), len(excerpts))
    assert len(found) == len(coded.study.sources)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("Et to. 3!", 3), ("# 1. Økonomi\n\n– ja –", 3), ("»Nå?«\tsagde\nhan", 3), ("a-kasse 🙂 ...", 1)],
)
def test_words_are_what_stands_between_spaces_and_has_a_letter_or_a_digit(text: str, words: int) -> None:
    assert word_count(text) == words


def test_no_picture_shows_a_percentage() -> None:
    for coded in (small(), coded_study()):
        for data in picture_files(view_of(coded)).values():
            assert b"%" not in data.replace(b'width="100%" height="100%"', b"")


def test_the_numbers_stand_beside_each_picture_as_a_table() -> None:
    found = pictures_of(small())
    assert found["coverage"].table == (("Tema", "Åby", "Birk"), ("Penge", "nævnt, 1 kodning", "ikke læst endnu"))
    assert found["prevalence"].table[1] == ("Penge", "1 af 1", "nævnt: Åby", "ikke læst endnu", "ikke læst endnu: Birk")
    assert found["sources"].table[1][-4:] == ("13", "1", "77", "1")
    page = lxml_html.document_fromstring(html_bytes(view_of(small())).decode())
    for key, picture in found.items():
        rows = page.xpath(f"//*[@id='picture-{key}']//table//tr")
        assert [tuple(cell.text_content() for cell in row) for row in rows] == list(picture.table)
        assert len(rows[0].xpath("./th[@scope='col']")) == len(rows[0])
        assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in rows[1:])


def names_and_texts(root: etree._Element) -> list[str]:
    return [el.text or "" for el in root.iter(f"{SVG}text", f"{SVG}title")] + [
        title.tail or "" for title in root.iter(f"{SVG}title")
    ]


@given(ANY, ANY, ANY, ANY)
def test_any_label_gives_a_picture_that_is_well_formed_and_says_what_it_is(
    theme: str, case: str, group: str, title: str
) -> None:
    view = view_of(small(theme, case, group, title))
    for name, data in picture_files(view).items():
        root = parsed(data)
        assert (root.tag, root.get("role")) == (f"{SVG}svg", "img"), name
        named = {el.get("id"): el for el in root.iter() if el.get("id")}
        picture = view.pictures[PICTURES.index(name.partition(".")[0])]
        assert named[root.get("aria-labelledby")].text == one_line(f"{picture.title} · {title}")
        assert named[root.get("aria-describedby")].text
        assert not [el for el in root.iter() if el.tag in (f"{SVG}script", f"{SVG}foreignObject", f"{SVG}image")]
        if name != "sources.svg" and len(one_line(theme)) < 20:
            assert any(one_line(theme) == said for said in names_and_texts(root)) or not one_line(theme)


@given(ANY, ANY, ANY)
def test_no_word_is_drawn_outside_the_picture(theme: str, case: str, group: str) -> None:
    for data in picture_files(view_of(small(theme, case, group))).values():
        root = parsed(data)
        width = float(root.get("width") or 0)
        for text in root.iter(f"{SVG}text"):
            said = "".join(text.xpath("text()"))
            moves = (re.match(r"translate\(([\d.]+)", above.get("transform") or "") for above in text.iterancestors())
            x = float(text.get("x") or 0) + sum(float(move[1]) for move in moves if move)
            room = text_width(said, float(text.get("font-size") or 0), text.get("font-weight") == "600")
            if text.get("text-anchor") == "middle":
                x -= room / 2
            if not text.get("transform"):
                assert x >= -0.5 and x + room <= width + 0.5, said


def test_rows_do_not_run_into_one_another_when_labels_take_three_lines() -> None:
    long = "Beskæftigelsesindsatsens organisering og samarbejdet med a-kasser og andre aktører i de enkelte kommuner"
    coded = small(long)
    themes = tuple(Code(f"t{n}" if n else "t", f"{long} {n}") for n in range(4))
    coded = msgspec.structs.replace(coded, codebook=type(coded.codebook)(themes))
    root = parsed(picture_files(view_of(coded))["coverage.svg"])
    lines = [float(t.get("y") or 0) for t in root.iter(f"{SVG}text") if t.get("font-size") == "13"]
    assert len(lines) == 12
    assert all(after - before >= 15 for before, after in pairwise(lines))


def test_every_mark_says_its_case_theme_and_state() -> None:
    root = parsed(picture_files(view_of(small()))["prevalence.svg"])
    said = [title.text for title in root.iter(f"{SVG}title")][1:]
    assert said == ["Penge · Åby: nævnt, 1 kodning", "Penge · Birk: ikke læst endnu"]


def test_a_page_and_a_file_draw_the_same_signs() -> None:
    page = lxml_html.document_fromstring(html_bytes(view_of(small())).decode())
    symbols = {symbol.get("id"): symbol for symbol in page.xpath("//symbol")}
    assert set(symbols) == {f"sign-{name}" for name in SIGNS}
    assert {use.get("href") for use in page.xpath("//use")} <= {f"#{id}" for id in symbols}
    assert set(STATES) < set(SIGNS)


def test_a_mark_in_the_page_leads_to_the_evidence_of_its_case() -> None:
    page = lxml_html.document_fromstring(html_bytes(view_of(small())).decode())
    for key in ("coverage", "prevalence"):
        links = page.xpath(f"//*[@id='picture-{key}']//svg//a/@href")
        assert links == ["#case-t-a", "#case-t-b"]
        assert set(page.xpath(f"//*[@id='picture-{key}']//svg//a/@tabindex")) == {"-1"}
    assert page.xpath("//*[@id='picture-sources']//svg//a/@href") == ["#source-sa", "#source-sb"]


def test_ids_are_unique_in_the_page_even_where_codes_are_called_like_pictures() -> None:
    cases = (Case("coverage", "Å", {"group": "few"}),)
    themes = (Code("picture-coverage", "P"), Code("pictures", "Q"))
    coded = study_of(cases, (Source("coverage-1-title", FrontMatter(case="coverage"), TEXT),), themes)
    page = lxml_html.document_fromstring(html_bytes(view_of(coded)).decode())
    assert [id for id, n in Counter(page.xpath("//@id")).items() if n > 1] == []


def test_a_large_study_is_shown_on_pages_that_can_be_read() -> None:
    coded = large_study()
    found = pictures_of(coded)
    assert [len(found[key].pages) for key in PICTURES] == [4, 1, 10]
    cases = [name for page in found["coverage"].pages if isinstance(page, Grid) for _, g in page.groups for name in g]
    assert len(cases) == len(set(cases)) == 150
    frame = Frame(DANISH, "Studie")
    for picture in found.values():
        for data in page_svgs(picture, frame):
            root = parsed(data)
            assert float(root.get("width") or 0) < 1500 and float(root.get("height") or 0) < 1600
            assert min(float(text.get("font-size") or 0) for text in root.iter(f"{SVG}text")) >= 11
    names = picture_files(view_of(coded))
    assert {"coverage-1.svg", "coverage-4.svg", "prevalence.svg", "sources-10.svg"} <= set(names)


def test_equal_studies_give_equal_pictures() -> None:
    assert picture_files(view_of(small())) == picture_files(view_of(small()))


def test_an_empty_study_has_pictures_that_say_so_and_a_page_without_them() -> None:
    view = view_of(study_of((), (), ()))
    assert picture_files(view) == {}
    for picture in view.pictures:
        root = parsed(picture_svg(picture, frame_of(view)))
        assert "Der er ikke noget at vise." in [text.text for text in root.iter(f"{SVG}text")]
    assert not lxml_html.document_fromstring(html_bytes(view).decode()).xpath("//*[@id='pictures']")


def test_a_constructed_or_filtered_study_says_so_in_every_file() -> None:
    coded = small()
    settings = msgspec.structs.replace(coded.study.settings, constructed=True)
    coded = msgspec.structs.replace(coded, study=msgspec.structs.replace(coded.study, settings=settings))
    for data in picture_files(view_of(coded)).values():
        assert "Konstrueret eksempel." in data.decode()


def test_two_sources_of_one_case_and_role_are_told_apart() -> None:
    cases = (Case("a", "Åby", {"group": "few"}),)
    sources = tuple(Source(id, FrontMatter(case="a", roles=("leder",)), TEXT) for id in ("s1", "s2"))
    coded = study_of(cases, (*sources, Source("s3", FrontMatter(title="Et brev"), TEXT)), ())
    (page,) = pictures_of(coded)["sources"].pages
    assert isinstance(page, Bars)
    names = [(group, [row.label for row in rows]) for group, rows in page.groups]
    assert names == [("Få", ["Åby, leder (s1)", "Åby, leder (s2)"]), ("Uden gruppe", ["Et brev"])]


def test_codes_as_columns_have_coverage_and_no_prevalence() -> None:
    coded = coded_study()
    matrix, framework = matrices(coded)
    columns = tuple(msgspec.structs.replace(column, code="oekonomi") for column in matrix.columns)
    rows = tuple(
        msgspec.structs.replace(row, cells=tuple(
            msgspec.structs.replace(cell, column=column) for cell, column in zip(row.cells, columns, strict=True)
        ))
        for row in matrix.rows
    )  # fmt: skip
    view = report(coded, msgspec.structs.replace(matrix, columns=columns, rows=rows), framework)
    assert [bool(picture.pages) for picture in view.pictures] == [True, False, True]


@given(st.text(max_size=200), st.integers(20, 300), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_no_word_before_the_cut(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, 12, most)
    assert len(lines) <= most
    assert all(text_width(line, 12) <= width or len(line) <= 2 for line in lines)
    shown, whole = "".join(lines), one_line(text)
    if shown.endswith("…") and not whole.endswith("…"):
        shown = shown[:-1]
    letters = re.sub(r"[\s,;:·–-]", "", shown)
    assert re.sub(r"[\s,;:·–-]", "", whole).startswith(letters)


def test_a_label_that_fits_is_not_touched() -> None:
    assert shortened("Økonomi", 100, 12) == "Økonomi"
    assert wrapped("Økonomi og mål", 200, 12) == ("Økonomi og mål",)
    assert wrapped("Beskæftigelsesindsats", 84, 12) == ("Beskæftigels-", "esindsats")


def test_a_png_shows_the_words_or_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    svg = picture_files(view_of(small()))["coverage.svg"]
    try:
        png = png_bytes(svg, 2)
    except NoFontsError:
        pytest.skip("no fonts on this machine")
    root = parsed(svg)
    assert png.startswith(b"\x89PNG\r\n")
    size = [int.from_bytes(png[i : i + 4]) for i in (16, 20)]
    assert size == [2 * int(root.get("width") or 0), 2 * int(root.get("height") or 0)]
    assert png == png_bytes(svg, 2)
    import resvg_py

    draw = resvg_py.svg_to_bytes
    monkeypatch.setattr(resvg_py, "svg_to_bytes", lambda **given: draw(**given, skip_system_fonts=True))
    with pytest.raises(NoFontsError):
        png_bytes(svg)
