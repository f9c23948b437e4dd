from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt
from report_values import CODINGS, SOURCES, coded_study, same_as_gold, settings, source, view

from reports.markdown import codebook_md, escaped, matrix_md


def rendered(markdown: str) -> html.HtmlElement:
    """The page that a reader of `markdown` sees."""
    return html.fragment_fromstring(MarkdownIt("commonmark").enable("table").render(markdown), create_parent="div")


def test_the_matrix_reads_as_it_should() -> None:
    same_as_gold("matrix.md", matrix_md(view()).decode())


def test_the_codebook_reads_as_it_should() -> None:
    same_as_gold("codebook.md", codebook_md(view()).decode())


def test_excerpts_survive_the_way_through_markdown() -> None:
    page = rendered(matrix_md(view()).decode())
    shown = [quote.text_content() for quote in page.xpath("//blockquote/p[1]")]
    words = {c.id: f"»{' '.join(c.quote.split())}«" for c in CODINGS}
    assert shown[1:] == [words[id] for id in ("a1", "a2", "a6", "a4", "a5")], "after the banner, cell by cell"


def test_every_row_of_a_table_has_as_many_cells_as_its_header() -> None:
    for table in rendered(matrix_md(view()).decode()).xpath("//table"):
        widths = {len(row.xpath("./td | ./th")) for row in table.xpath(".//tr")}
        assert len(widths) == 1


def test_citations_lead_to_the_sources_of_the_study() -> None:
    links = rendered(matrix_md(view()).decode()).xpath("//a/@href")
    assert set(links) == {f"../sources/{source.id}.md" for source in SOURCES}


@pytest.mark.parametrize(
    "text",
    [
        "1. januar",
        "12) a",
        "# nej",
        "- nej",
        "+ a",
        "> a",
        "=cmd()",
        "a | b",
        "*a* _b_ `c`",
        "[x](y)",
        "<b>&amp;",
        "$x$",
    ],
)
def test_words_that_look_like_markup_are_shown_as_words(text: str) -> None:
    assert rendered(escaped(text)).text_content().strip() == text


@given(st.text(alphabet="ab1.)#*_`[]()<>|\\~&;!-+= é🙂", max_size=30))
def test_any_words_are_shown_as_they_are(text: str) -> None:
    line = " ".join(text.split())
    assert " ".join(rendered(f"> »{escaped(line)}«").text_content().split()) == f"»{line}«"


def test_a_constructed_study_says_so_in_both_files() -> None:
    for data in (matrix_md(view()), codebook_md(view())):
        assert "Konstrueret eksempel" in data.decode().split("\n## ")[0]


def test_files_end_with_one_newline_and_have_no_trailing_spaces() -> None:
    odd = source("elmsted-b", "elmsted", "Ord.  \n\n", ("leder",))
    for data in (
        matrix_md(view()),
        codebook_md(view()),
        matrix_md(view(coded_study((), (odd,), settings(description="x ")))),
    ):
        said = data.decode()
        assert said.endswith("\n") and not said.endswith("\n\n")
        assert re.findall(r"[ \t]+$", said, re.MULTILINE) == []
