"""Ids: names that are safe as file names on every computer and as keys in every log."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import Annotated

import msgspec

ID_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"
Id = Annotated[str, msgspec.Meta(pattern=ID_PATTERN)]
"""An id, as the JSON Schemas describe it."""

_ID = re.compile(ID_PATTERN.strip("^$"))
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_RANDOM = "abcdefghjkmnpqrstuvwxyz23456789"


def why_illegal(id: str) -> str:
    """Why `id` cannot be an id, as the end of a sentence; empty where it can."""
    if not id:
        return "is empty"
    if id.split(".")[0] in _DEVICES:
        return "is a device name on Windows"
    if id.endswith("."):
        return "ends with a full stop"
    if not _ID.fullmatch(id):
        return "has characters other than a-z, 0-9, '.', '_' and '-', or is longer than 64"
    return ""


def make_id(label: str, taken: set[str] | frozenset[str] = frozenset()) -> str:
    """An id that reads like `label` and is not in `taken`: `Birkeby, leder` → `birkeby-leder`."""
    plain = unicodedata.normalize("NFKD", label.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")[:56].rstrip("-._") or "x"
    if why_illegal(base):
        base = f"x-{base}"
    id, n = base, 2
    while id in taken:
        id, n = f"{base}-{n}", n + 1
    return id


def random_id(prefix: str = "") -> str:
    """A new id of an event: 12 random characters, 59 bits, without look-alikes."""
    return prefix + "".join(secrets.choice(_RANDOM) for _ in range(12))
