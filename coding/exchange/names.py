"""Names and times of other tools as a study writes them: ids, labels on one line, times in UTC."""

from __future__ import annotations

import datetime
import re
import unicodedata
from functools import lru_cache

from corpus.files import forbidden_character

_PRECISE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_SECONDS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_DATE_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$")


def one_line(name: str) -> str:
    """A name in normal form C on one line, without characters that no report can hold."""
    return _BREAKS.sub(" ", _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", name))).strip()


def clean_text(text: str) -> str:
    """A memo or description in normal form C with LF line ends, without characters that no report can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    if forbidden_character(text):
        text = _FORBIDDEN.sub("", text)
    return unicodedata.normalize("NFC", text).strip()


@lru_cache(maxsize=100_000)
def utc_time(at: str) -> str:
    """A time of any zone as events have it: UTC with microseconds. Without a zone it is taken for UTC; empty where it
    cannot be read."""
    if _PRECISE.fullmatch(at):
        return at
    if _SECONDS.fullmatch(at) and _is_real(at):
        return f"{at[:-1]}.000000Z"
    found = _DATE_AND_TIME.match(at.strip())
    if not found:
        return ""
    day, clock, zone = found.groups()
    try:
        moment = datetime.datetime.fromisoformat(f"{day}T{clock or '00:00:00'}{zone or 'Z'}")
        moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _is_real(at: str) -> bool:
    try:
        datetime.datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and spaces."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """A name for comparing."""
    return " ".join(one_line(name).casefold().split())
