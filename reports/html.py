"""matrix.html: one page that needs no network, no server and, for reading, no scripts.

The page itself is in templates/: `matrix.html` (what stands where), `style.css` (looks, also on paper) and `page.js`
(panel, filter, keys). Texts with codings, which are most of a large page, are put together in `reports.html_blocks`.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from markupsafe import Markup

from reports.html_blocks import passage_blocks, source_blocks
from reports.matrix import STATES, State
from reports.pictures.pen import SIGNS
from reports.pictures.picture import Picture
from reports.pictures.svg import inline_svg
from reports.view import ReportView
from reports.words import unbroken

TEMPLATES = Path(__file__).parent / "templates"


def html_bytes(view: ReportView) -> bytes:
    """The whole page as UTF-8."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"lines": "\n".join, "unbroken": unbroken}
    parts = environment.get_template("matrix.html").generate(
        view=view,
        words=view.words,
        style=Markup((TEMPLATES / "style.css").read_text("utf-8")),
        script=Markup((TEMPLATES / "page.js").read_text("utf-8")),
        script_words=_script_words(view),
        states=_states_shown(view),
        passage_blocks=partial(passage_blocks, view=view),
        source_blocks=partial(source_blocks, view=view),
        signs={name: Markup(shape.format(ink="currentColor")) for name, shape in SIGNS.items()},
        drawings=lambda picture: _drawings(picture, view),
    )
    return "".join(parts).encode()


def _drawings(picture: Picture, view: ReportView) -> list[Markup]:
    """The pages of a picture."""
    return [Markup(inline_svg(picture, index, view.words)) for index in range(len(picture.pages))]


def _states_shown(view: ReportView) -> tuple[State, ...]:
    """The states that occur in the matrix, in their order."""
    found = {case.state for row in view.rows for cell in row.cells for case in cell.cases}
    return tuple(state for state in STATES if state in found)


def _script_words(view: ReportView) -> dict[str, object]:
    """The wording that scripts need to count again what a filter leaves."""
    words = view.words
    return {
        "numbers": words.numbers,
        "share": [words.share_one, words.share_both, words.share_all, words.share],
        "some": words.filtered_share,
        "none": words.filtered_none,
        "nobody": words.filtered_nobody,
        "elsewhere": words.filtered_elsewhere,
        "banner": words.filtered_banner,
        "cases": [words.cases_one, words.cases_many],
        "quotes": words.quotes,
    }
