"""Paragraphs with their codings marked and noted, as HTML: what most of a large page consists of.

They are put together here and not in the template, which would take three times as long for the same characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from reports.cell_view import Passage
from reports.source_view import Block, CodingNote, SourceView
from reports.view import ReportView


def passage_blocks(passage: Passage, theme: str, view: ReportView) -> Markup:
    """The paragraphs of a passage, as evidence of a cell in the row labelled `theme`."""
    return Markup("".join(_passage_block(block, passage.anchor, theme, view) for block in passage.blocks))


def _passage_block(block: Block, scope: str, theme: str, view: ReportView) -> str:
    kind = "heading" if block.level else "text"
    return f'<p class="{kind}">{_speaker(block)}{marked(block)}</p>\n{_notes(block.notes, scope, theme, view)}'


def source_blocks(source: SourceView, view: ReportView) -> Markup:
    """All paragraphs and headings of a source."""
    return Markup("".join(_source_block(block, view) for block in source.blocks))


def _source_block(block: Block, view: ReportView) -> str:
    anchor, notes = _escaped(block.anchor), _notes(block.notes, "", "", view)
    if block.level:
        level = min(block.level + 2, 6)
        words = f'<h{level} class="words">{marked(block)}</h{level}>'
        return f'<div class="block heading" id="{anchor}">{words}{notes}</div>\n'
    label = _escaped(view.words.paragraph.format(number=block.number))
    number = f'<a class="number" href="#{anchor}" aria-label="{label}">{block.number}</a>'
    words = f'<p class="words">{_speaker(block)}{marked(block)}</p>'
    return f'<div class="block" id="{anchor}">{number}{words}{notes}</div>\n'


def _speaker(block: Block) -> str:
    return f'<b class="speaker">{_escaped(block.speaker)}</b>' if block.speaker else ""


def marked(block: Block) -> str:
    """The words of a block with its codings marked: `d1`, `d2`, `d3` for as many codings (`d3` also for more), `d0`
    where only other coders' codings lie. `data-k` holds the numbers of the codings."""
    counting = {note.number for note in block.notes if note.counts}
    parts: list[str] = []
    for segment in block.segments:
        text = _escape(segment.text)
        if segment.marks and text:
            depth = min(len(counting.intersection(segment.marks)), 3)
            numbers = " ".join(map(str, segment.marks))
            parts.append(f'<mark class="d{depth}" data-k="{numbers}">{text}</mark>')
        else:
            parts.append(text)
    return "".join(parts)


def _notes(notes: Sequence[CodingNote], scope: str, theme: str, view: ReportView) -> str:
    """What stands beside a paragraph. `scope` is the place of the passage that it is in, empty in a source."""
    if not notes:
        return ""
    entries = "\n".join(_note(note, scope, theme, view) for note in notes)
    return f'<ul class="notes">\n{entries}\n</ul>\n'


def _note(note: CodingNote, scope: str, theme: str, view: ReportView) -> str:
    kinds = "note" if note.counts else "note other"
    if note.continued:
        kinds += " continued"
    elif note.code == theme and not (note.memo or note.machine or note.edited or len(view.coders) > 1):
        kinds += " bare"
    has_own_place = scope and note.evidence and not note.continued and note.evidence != scope
    place = f' id="{_escaped(note.evidence)}"' if has_own_place else ""
    title = "" if note.counts else f' title="{_escaped(view.words.other_coder)}"'
    said = f"{_code(note, scope)}{_said(note, scope, view)}"
    return f'<li class="{kinds}" data-k="{note.number}"{place}{title}>{said}</li>'


def _code(note: CodingNote, scope: str) -> str:
    """The code; in a source it leads to the evidence, where it is evidence of a cell."""
    if scope or not note.evidence:
        return f'<span class="code" tabindex="0">{_escaped(note.code if scope else note.path)}</span>'
    return f'<a class="code" href="#{_escaped(note.evidence)}">{_escaped(note.path)}</a>'


def _said(note: CodingNote, scope: str, view: ReportView) -> str:
    """Who coded, how, and the memo."""
    if note.continued:
        return f'<span class="by">{_escaped(view.words.continued)}</span>'
    parts = []
    if len(view.coders) > 1 or (view.other_coders and not scope):
        only = " only" if len(view.coders) == 1 and note.counts else ""
        parts.append(f'<span class="by{only}">{_escaped(note.coder)}</span>')
    if note.machine:
        parts.append(f'<span class="by">{_escaped(note.origin)}</span>')
    if note.edited:
        parts.append(f'<span class="edited">{_escaped(note.edited)}</span>')
    if note.memo:
        parts.append(f'<span class="memo">{_escaped(note.memo)}</span>')
    return "".join(parts)


def _escape(text: str) -> str:
    """`text` as HTML; markupsafe gives the same, by way of an object for each of half a million pieces."""
    text = text.replace("&", "&amp;")
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace('"', "&#34;")


_escaped = lru_cache(10_000)(_escape)
"""For labels, which stand beside thousands of paragraphs."""
