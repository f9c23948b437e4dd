"""A Word document on A4 landscape with styles of our own, the same bytes on any machine.

python-docx writes paragraphs and tables into a document that holds nothing but what stands here: its own template
would leave a hundred styles, a thumbnail and its maker's name in every report. How things look is decided by the
styles in templates/word_styles.xml alone, so that whoever pastes the table into a report can change them in one place.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Twips
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.office_file import for_xml, office_bytes, office_parts

PAGE = (16838, 11906)
"""A4 landscape; lengths are in twips, twentieths of a point."""
MARGIN, TOP, BOTTOM = 1134, 1134, 1077
TEXT_WIDTH = PAGE[0] - 2 * MARGIN
TEXT_HEIGHT = PAGE[1] - TOP - BOTTOM
LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_STYLES = Path(__file__).parent / "templates" / "word_styles.xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LONGEST_PROPERTY = 255
_WHOLE = 5000
"""A table's whole width, in fiftieths of a percent."""


def new_document(title: str, language: str) -> WordDocument:
    """An empty document in a language (`da` or `en`), with the styles and nothing else."""
    tag = LANGUAGES.get(language, LANGUAGES["da"])
    styles = _STYLES.read_text("utf-8").replace("@LANGUAGE@", tag).replace("@WIDTH@", str(TEXT_WIDTH))
    texts = {**_skeleton(tag), "word/styles.xml": styles}
    document = Document(io.BytesIO(office_bytes({name: text.encode() for name, text in texts.items()})))
    properties = document.core_properties
    properties.title, properties.author = for_xml(title)[:_LONGEST_PROPERTY], "crosscase"
    properties.language = tag
    return document


def document_bytes(document: WordDocument) -> bytes:
    """The document's file: its parts in order, stored, without times."""
    out = io.BytesIO()
    document.save(out)
    return office_bytes(office_parts(out.getvalue()))


def _skeleton(tag: str) -> dict[str, str]:
    """The parts of a document without content, but for its styles."""
    types = {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "word/styles.xml": f"{_WORD}.styles+xml",
        "word/settings.xml": f"{_WORD}.settings+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items())
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations(
            (f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/settings", "settings.xml")
        ),
        "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>',
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"><w:body><w:sectPr>'
        f'<w:pgSz w:w="{PAGE[0]}" w:h="{PAGE[1]}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{TOP}" w:right="{MARGIN}" w:bottom="{BOTTOM}" w:left="{MARGIN}" w:header="567" '
        'w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>',
        "word/settings.xml": f'{_XML}<w:settings xmlns:w="{_MAIN}"><w:zoom w:percent="100"/><w:autoHyphenation/>'
        '<w:consecutiveHyphenLimit w:val="2"/><w:hyphenationZone w:val="284"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{tag}"/></w:settings>',
    }


def _relations(*targets: tuple[str, str]) -> str:
    """The parts that a part refers to: (kind of relation, name)."""
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{name}"/>' for n, (kind, name) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def add_paragraph(place: WordDocument | _Cell, style: str, text: str = "") -> Paragraph:
    """A paragraph at the end of a document or cell, in the style with this id."""
    return _styled(place.add_paragraph(), style, text)


def first_paragraph(cell: _Cell, style: str, text: str) -> Paragraph:
    """The paragraph that every cell begins with."""
    return _styled(cell.paragraphs[0], style, text)


def _styled(paragraph: Paragraph, style: str, text: str) -> Paragraph:
    # By id, on the element: python-docx looks through all styles for each paragraph that is given one by name.
    paragraph._p.style = style
    if text:
        say(paragraph, text)
    return paragraph


def say(paragraph: Paragraph, text: str, style: str = "") -> Run:
    """Add words to a paragraph, in a character style where one is given."""
    run = paragraph.add_run(for_xml(text))
    if style:
        run._r.style = style
    return run


def say_field(paragraph: Paragraph, instruction: str, style: str = "") -> None:
    """Add a field that Word fills in: `PAGE`, `NUMPAGES`, `SEQ Tabel`. Until then it shows 1."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {instruction} ")
    field.append(say(paragraph, "1", style)._r)
    paragraph._p.append(field)


def add_table(document: WordDocument, widths: Sequence[int], style: str, title: str, about: str) -> Table:
    """A table without rows, as wide as the text. `title` and `about` are read aloud where it cannot be seen."""
    table: Table = document.add_table(0, len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    settings = table._tbl.tblPr
    settings.style = style
    _set_share(settings.find(qn("w:tblW")), _WHOLE)
    for name, text in (("w:tblCaption", title), ("w:tblDescription", about)):
        settings.append(_element(name, val=for_xml(text)))
    return table


def add_row(table: Table, header: bool = False, whole: bool = True) -> tuple[_Cell, ...]:
    """Another row. A header is repeated on every page; what is `whole` is not divided between two pages."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    settings = row._tr.get_or_add_trPr()
    if whole:
        settings.append(_element("w:cantSplit"))
    if header:
        settings.append(_element("w:tblHeader"))
    for cell in row.cells:
        inside = cell._tc.get_or_add_tcPr()
        # A share of the table, not a length: so the columns follow when the table is pasted on a narrower page.
        _set_share(inside.get_or_add_tcW(), round(_WHOLE * (cell.width or 0) / Twips(TEXT_WIDTH)))
        if header:
            # The table's style says it too, but LibreOffice does not draw it from there.
            borders = _element("w:tcBorders")
            borders.append(_element("w:bottom", val="single", sz="6", space="0", color="20242A"))
            inside.append(borders)
    return row.cells


def _set_share(width: Any, share: int) -> None:
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), str(share))


def _element(name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element
