"""matrix.html: one page that needs no network, no server and, for reading, no scripts.

The page itself is in templates/: `matrix.html` (what stands where), `style.css` (looks, also on paper) and `page.js`
(panel, filter, keys). Texts with codings, which are most of a large page, are put together in `reports.html_blocks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from markupsafe import Markup

from reports.finding_view import Sign
from reports.findings import STANCES
from reports.html_blocks import passage_blocks, source_blocks
from reports.matrix import STATES
from reports.pictures.pen import SIGNS, STANCE_SIGNS
from reports.pictures.picture import Picture
from reports.pictures.svg import inline_svg
from reports.view import ReportView
from reports.words import unbroken, unbroken_parts

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
    environment.filters |= {"lines": "\n".join, "unbroken": unbroken, "unbroken_parts": unbroken_parts}
    parts = environment.get_template("matrix.html").generate(
        view=view,
        words=view.words,
        style=Markup((TEMPLATES / "style.css").read_text("utf-8")),
        finding_style=Markup((TEMPLATES / "findings.css").read_text("utf-8")),
        script=Markup((TEMPLATES / "page.js").read_text("utf-8")),
        script_words=_script_words(view),
        signs_shown=_signs_shown(view),
        passage_blocks=partial(passage_blocks, view=view),
        source_blocks=partial(source_blocks, view=view),
        signs={name: Markup(shape.format(ink="currentColor")) for name, shape in _signs(view).items()},
        drawings=lambda picture: _drawings(picture, view),
    )
    return "".join(parts).encode()


def _drawings(picture: Picture, view: ReportView) -> list[Markup]:
    """The pages of a picture."""
    return [Markup(inline_svg(picture, index, view.words)) for index in range(len(picture.pages))]


def _signs_shown(view: ReportView) -> list[tuple[Sign, str]]:
    """The signs that the matrix shows, with what they say: of cells with findings those of the findings."""
    words, found = view.words, set[Sign]()
    for row in view.rows:
        findings = [*row.whole, *(finding for _, inside in row.said for finding in inside)]
        found.update(sign for finding in findings for sign, _ in finding.signs)
        found.update(case.state for cell, inside in row.said if not inside for case in cell.cases)
    known: dict[Sign, str] = {stance: words.finding.stands[stance] for stance in STANCES}
    known["unjudged"] = words.finding.stands["mentioned"]
    known.update((state, words.states[state]) for state in STATES)
    return [(sign, said) for sign, said in known.items() if sign in found]


def _signs(view: ReportView) -> Mapping[str, str]:
    """The signs that the page draws."""
    return {**SIGNS, **STANCE_SIGNS} if view.has_findings else SIGNS


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
