"""How an excerpt is cited: whose words, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from functools import lru_cache

from corpus.places import NO_PLACES
from corpus.source import Source
from corpus.study import Study
from reports.passages import blocks_at
from reports.words import Words, date_words, joined

_FIELD = re.compile(r"\{(\w+)\}")
_LEFT_OVER = re.compile(r"\(\s*\)|\[\s*\]")
_REPEATED = re.compile(r"\s*[,;·:–—-]\s*(?=[,;·:–—-]|$)")
_LEADING = re.compile(r"^\s*[,;·:–—-]\s*")


def citation(study: Study, source: Source, start: int, end: int, words: Words) -> str:
    """`Birkeby, leder, afsnit 12`: the study's citation filled in for `[start, end)` of the source.

    A field without a value is left out with the comma before it. A name in braces that is not a field stays as it is
    written.
    """
    template = study.settings.citation
    values = {name: _VALUES[name](study, source, start, end, words) for name in _fields(template) if name in _VALUES}
    if not all(values.values()):
        template = _without_empty(template, frozenset(name for name, value in values.items() if not value))
    return _FIELD.sub(lambda field: values.get(field[1], field[0]), template)


@lru_cache
def _fields(template: str) -> tuple[str, ...]:
    return tuple(_FIELD.findall(template))


@lru_cache
def _without_empty(template: str, empty: Set[str]) -> str:
    """The template without its empty fields and the punctuation that stood for them."""
    template = _FIELD.sub(lambda field: "" if field[1] in empty else field[0], template)
    template = _LEFT_OVER.sub("", template)
    return _LEADING.sub("", _REPEATED.sub("", template)).strip()


def place(source: Source, start: int, end: int, words: Words) -> str:
    """The paragraphs that `[start, end)` touches, by number: `afsnit 12`, `afsnit 12–14`."""
    blocks = source.structure.paragraphs
    first, last = blocks_at(source.structure, start, end)
    numbers = [block.number for block in blocks[first:last] if not block.is_heading]
    if numbers:
        one = words.paragraph.format(number=numbers[0])
        return one if len(numbers) == 1 else words.paragraphs.format(first=numbers[0], last=numbers[-1])
    after = next((block.number for block in blocks[last:] if not block.is_heading), 0)
    return words.before_paragraph.format(number=after) if after else words.at_end


def page(study: Study, source: Source, start: int, end: int, words: Words) -> str:
    """The pages that `[start, end)` stands on: `s. 12`, `s. 12–13`; empty where the source has none."""
    places = study.places.get(source.id, NO_PLACES)
    first, last = (places.value_at("page", position) for position in (start, max(end - 1, start)))
    if first and last and first != last:
        return words.pages.format(first=first, last=last)
    return words.page.format(page=first) if first else ""


def time(study: Study, source: Source, start: int, words: Words) -> str:
    """The time in the recording at which `start` is spoken, or the last one before it: `kl. 0:01:23`."""
    said = study.places.get(source.id, NO_PLACES).value_at("time", start)
    return words.time.format(time=said) if said else ""


def whole_place(study: Study, source: Source, start: int, end: int, words: Words) -> str:
    """Paragraph, and page or time where the source has them: `afsnit 12, s. 4`."""
    where = place(source, start, end, words), page(study, source, start, end, words), time(study, source, start, words)
    return ", ".join(filter(None, where))


def heading_title(source: Source, position: int) -> str:
    """The title of the heading that `position` stands under; empty above the first."""
    block = source.structure.paragraph_at(position)
    if block is None or block.heading is None:
        return ""
    return source.structure.headings[block.heading].title


def _label(study: Study, source: Source, *_: object) -> str:
    case = study.case_by_id.get(source.meta.case)
    return case.label if case else source.title


_VALUES: Mapping[str, Callable[[Study, Source, int, int, Words], str]] = {
    "label": _label,
    "roles": lambda study, source, start, end, words: joined(source.meta.roles, words),
    "date": lambda study, source, start, end, words: date_words(source.meta.date, words),
    "source": lambda study, source, start, end, words: source.id,
    "title": lambda study, source, start, end, words: source.title,
    "kind": lambda study, source, start, end, words: words.kinds[source.meta.kind],
    "place": lambda study, source, start, end, words: place(source, start, end, words),
    "heading": lambda study, source, start, end, words: heading_title(source, start),
    "page": page,
    "time": lambda study, source, start, end, words: time(study, source, start, words),
}
"""Field of `citation` → what stands for it; `corpus.study.CITATION_FIELDS` tells what each one is."""
