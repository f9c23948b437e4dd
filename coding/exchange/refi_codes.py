"""The codes of a REFI-QDA project: keys of their own, descriptions taken apart, colours in one form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coding.exchange.code_description import parts_of
from coding.exchange.losses import Losses
from coding.exchange.project import ProjectCode
from coding.exchange.refi_kept import guid_of
from coding.exchange.refi_raw import NO_GUID, RawCode

_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})$")
_ID = re.compile(r"(?:^|\n)[ \t]*Id: ([a-z0-9][a-z0-9._-]{0,63})\s*$")


def colour_of(said: str) -> str:
    """`#RRGGBB` in lower case from any way of writing it; empty where it is no colour."""
    found = _COLOUR.match(said.strip())
    if not found:
        return ""
    digits = found[1].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def with_id(description: str, id: str) -> str:
    """The description with a last line that says which id the code has in a study of ours."""
    return f"{description}\n\nId: {id}" if description else f"Id: {id}"


def without_id(description: str, guid: str) -> tuple[str, str]:
    """The description without such a line, and the id; it counts only where the GUID was made from the id."""
    found = _ID.search(description)
    if not found or guid_of("code", found[1]) != guid:
        return description, ""
    return description[: found.start()].rstrip(), found[1]


def project_codes(
    raw: Sequence[RawCode], losses: Losses, whole_descriptions: bool
) -> tuple[list[ProjectCode], dict[str, str]]:
    """The codes with keys of their own, and GUID → key. Two codes with one GUID keep apart if their names differ.

    `whole_descriptions`: they are not taken apart, since they are compared first with what was exported.
    """
    codes: list[ProjectCode] = []
    key_of: dict[str, str] = {}
    known: dict[str, RawCode] = {}
    for number, code in enumerate(raw):
        key = code.guid
        if key.startswith(NO_GUID):
            losses.add("codes", "it has no GUID, so no coding can be with it", code.name, kept=True)
        if key in known:
            if known[key].name == code.name:
                losses.add("codes", "the same code stood twice and was taken once", code.name, kept=True)
                continue
            losses.add(
                "codes",
                f"its GUID is also that of '{known[key].name}', whose codings it may share",
                code.name,
                kept=True,
            )
            key = f"{key}#{number}"
        known.setdefault(key, code)
        key_of.setdefault(code.guid, key)
        if code.colour and not colour_of(code.colour):
            losses.add("colours", f"'{code.colour[:20]}' is no colour", code.name)
        description, id = without_id(code.description, code.guid)
        definition, details = parts_of(description)
        if whole_descriptions:
            definition, details, id = code.description, {}, ""
        codes.append(
            ProjectCode(
                key,
                code.name or "unnamed code",
                key_of.get(code.parent, ""),
                definition,
                colour_of(code.colour),
                code.codable,
                id=id,
                details=details,
            )
        )
    return codes, key_of
