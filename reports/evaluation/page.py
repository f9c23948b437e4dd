"""The page of an evaluation: one file that needs no network and, but for its light switch, no scripts."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from coding.suggest.evaluation import Evaluation
from reports.evaluation.sections import evaluation_view
from reports.evaluation.view import Section
from reports.evaluation.words import evaluation_words
from reports.pictures.svg import svg_element

TEMPLATES = Path(__file__).parents[1] / "templates"


def evaluation_page(found: Evaluation, language: str) -> bytes:
    """The whole page as UTF-8, in Danish for `da` and in English for every other language."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    words = evaluation_words(language)
    style = "".join((TEMPLATES / name).read_text("utf-8") for name in ("style.css", "evaluation.css"))
    page = environment.get_template("evaluation.html").render(
        view=evaluation_view(found, words), words=words, style=Markup(style), drawing=_drawing
    )
    return page.encode()


def _drawing(section: Section) -> Markup:
    """The picture of a section, with what it shows in words for those who do not see it."""
    assert section.picture is not None
    return Markup(svg_element(section.picture, section.id, section.title, section.said, 'class="drawing plot"'))
