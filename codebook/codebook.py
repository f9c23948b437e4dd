"""The codebook: themes (matrix rows) and their codes, as values."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec

from corpus.ids import Id


class Code(msgspec.Struct, frozen=True, omit_defaults=True):
    """A theme or a code below it.

    `questions` are ids of guide.md; `patterns` are read by `coding.patterns`. `applies_to` restricts a theme to the
    cases whose attribute has one of the values: elsewhere its state is `not_applicable`. `carry_over` holds patterns of
    paragraph openings that go on about this code (`coding.carry_over`). `replaced_by` sends codings
    of an old code to another. `color` is `#rrggbb`, as another program showed the code; nothing counts by it.
    """

    id: Id
    label: str
    definition: str = ""
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    applies_to: dict[str, str | tuple[str, ...]] = {}
    codes: tuple[Code, ...] = ()
    carry_over: tuple[str, ...] = ()
    replaced_by: str = ""
    color: str = ""
    line: int = 0

    def walk(self) -> Iterator[Code]:
        """This code and all below it, in order."""
        yield self
        for code in self.codes:
            yield from code.walk()


class CodebookFile(msgspec.Struct, frozen=True):
    """codebook.yaml."""

    themes: tuple[Code, ...] = ()


class Codebook(msgspec.Struct, frozen=True, dict=True):
    """All themes in the order of the matrix."""

    themes: tuple[Code, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Code]:
        """Id → theme or code, in order of the file."""
        found: dict[str, Code] = {}
        for theme in self.themes:
            for code in theme.walk():
                found.setdefault(code.id, code)
        return found

    @cached_property
    def theme_of(self) -> dict[str, Code]:
        """Id of a theme or code → the theme it rolls up to, redirects of it and of the theme above it followed."""
        above = {code.id: theme for theme in reversed(self.themes) for code in theme.walk()}
        found: dict[str, Code] = {}
        for id in above:
            at, steps = self.current(id), 0
            while at in above and above[at].replaced_by and steps <= len(self.themes):
                at, steps = self.current(above[at].id), steps + 1
            if at in above and not above[at].replaced_by:
                found[id] = above[at]
        return found

    @cached_property
    def active_themes(self) -> tuple[Code, ...]:
        """The rows of the matrix: themes that are not replaced by another."""
        return tuple(theme for theme in self.themes if not theme.replaced_by)

    @cached_property
    def questions_of_theme(self) -> dict[str, frozenset[str]]:
        """Theme id → ids of the questions of the theme and of every code below it."""
        return {theme.id: frozenset(q for code in theme.walk() for q in code.questions) for theme in self.themes}

    def current(self, id: str) -> str:
        """The code that `id` leads to once every `replaced_by` is followed; `id` itself where that is a circle."""
        return self._current.get(id, id)

    @cached_property
    def _current(self) -> dict[str, str]:
        return {id: self._followed(id) for id in self.by_id}

    def _followed(self, id: str) -> str:
        seen = [id]
        while (code := self.by_id.get(seen[-1])) is not None and code.replaced_by:
            if code.replaced_by in seen:
                return id
            seen.append(code.replaced_by)
        return seen[-1]
