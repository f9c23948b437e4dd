"""Projects of other tools: one module for each format reads it into a `Project`, and `into_study` makes a study of it.

A format is a module in this folder with

    recognises(path: Path, head: bytes) -> bool          `head`: the first bytes of the file, empty for a folder
    read_project(path: Path) -> tuple[Project | None, list[Problem]]

Neither raises for what stands in a file. `FORMATS` names the modules in the order in which they are asked.
"""

from __future__ import annotations

FORMATS: tuple[str, ...] = ("qualcoder", "taguette", "rqda", "refi_read", "codings_list")
"""Modules of this package that read projects, imported when they are needed. Databases come first: they are known by
their first bytes, whatever their name."""

SEVERAL = frozenset({"taguette"})
"""Those whose files may hold several projects: their `read_project` takes the name of one as its second argument."""
