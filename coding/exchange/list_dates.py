"""Dates in the lists of other tools: day and month told apart by the whole column, never by guessing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

_DATE = re.compile(
    r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:[ ,T]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([AaPp][Mm]))?)?"
)


def iso_dates(cells: Sequence[str]) -> list[str]:
    """Each cell as an ISO date or time where it is `25/3/2025`, `25.3.25` or `3/25/25`; other cells as they are.

    With dots the day comes first. With slashes the column decides: a number above 12 is a day. Where no row tells, the
    cells are left as they are.
    """
    found = [_DATE.fullmatch(cell.strip()) for cell in cells]
    first, second = ({int(m[group]) for m in found if m and m[2] != "."} for group in (1, 3))
    month_first = max(second, default=0) > 12 and max(first, default=0) <= 12
    day_first = max(first, default=0) > 12 and max(second, default=0) <= 12
    return [_iso(match, month_first, day_first) or cell for match, cell in zip(found, cells, strict=True)]


def _iso(match: re.Match[str] | None, month_first: bool, day_first: bool) -> str:
    if match is None or not (month_first or day_first or match[2] == "."):
        return ""
    one, other = int(match[1]), int(match[3])
    month, day = (one, other) if month_first and match[2] != "." else (other, one)
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    try:
        if match[5] is None:
            return datetime.date(year, month, day).isoformat()
        hour = int(match[5]) % 12 + 12 * (match[8].lower() == "pm") if match[8] else int(match[5])
        return datetime.datetime(year, month, day, hour, int(match[6]), int(match[7] or 0)).isoformat()
    except ValueError:
        return ""
