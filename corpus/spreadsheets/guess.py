"""What a column of a spreadsheet holds, judged by its name and its values: ids, cases, numbers, choices, free text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from corpus.spreadsheets.header import Column

_ID_NAMES = re.compile(
    r"(respondent|response|svar|besvarelses?|sags?|case|record|journal|løbe|l[oø]be|external)?[ _.-]*"
    r"(id|nr\.?|no\.?|nummer|number|kode|key|nøgle)|respondent|case|sag|id|løbenummer|sagsnummer|journalnummer",
    re.IGNORECASE,
)
_SURE_ID = re.compile(r"(^|[ _.-])(id|nr\.?|no\.?)$|nummer$|number$|id$", re.IGNORECASE)
_NOISE = re.compile(
    r"timestamp|tidsstempel|submitdate|datestamp|startdate|enddate|recordeddate|startdato|slutdato|lastpage|sidsteside"
    r"|startlanguage|startsprog|seed|refurl|progress|finished|status|duration.*|userlanguage|interviewtime"
    r"|distributionchannel|datesubmitted|datestarted|datelastaction|afsendtdato|datoafsendt|datostartet"
    r"|datoforsidstehandling|responsetype|(group|gruppe|question|spørgsmål)(time|tid)\W?.*|stato\d*|g\d+q\d+\w*time",
    re.IGNORECASE,
)
"""Names without spaces and signs."""
_PERSONAL = re.compile(
    r"ip[- _]?addr.*|ip[- _]?adresse|.*e-?mail.*|mailadresse|username|brugernavn|(recipient)?(first|last)name|fornavn"
    r"|efternavn|navn|name|full name|fulde navn|cpr.*|telefon.*|phone.*|mobil.*|location(latitude|longitude)|adresse"
    r"|address|token",
    re.IGNORECASE,
)
_PERSONAL_VALUE = re.compile(r"\d{6}-?\d{4}|[^\s@]+@[^\s@]+\.[a-z]{2,}|\d{1,3}(\.\d{1,3}){3}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*|\d{1,2}:\d\d(:\d\d)?")
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|[-+]?\d+(?:[.,]\d+)?%?")


class Facts(msgspec.Struct, frozen=True):
    """What was counted in a column. `long` is the share of its values with at least five words or a line break."""

    filled: int
    distinct: int
    most_common: int
    long: float
    mean_words: float
    numbers: float
    dates: float
    parts: int
    """Different parts between `;`, where some value has such a sign; else 0."""

    @property
    def is_free_text(self) -> bool:
        """Whether people wrote in their own words: long values, and mostly different ones."""
        if not self.filled or self.numbers > 0.8 or self.dates > 0.8 or self.parts:
            return False
        differs = self.distinct / self.filled
        return (self.long >= 0.3 and differs >= 0.5) or (self.mean_words >= 3.5 and differs >= 0.8)

    @property
    def is_number(self) -> bool:
        """Whether the values are measured, not chosen: numbers, and more of them than anybody would put in a list."""
        return self.numbers >= 0.95 and self.distinct > 12

    @property
    def is_unique(self) -> bool:
        """Whether no value stands twice."""
        return self.filled > 0 and self.most_common == 1


def facts_of(values: Sequence[str]) -> Facts:
    """The facts of a column's values; empty ones say nothing."""
    counts = Counter(value for value in values if value)
    filled = counts.total()
    words = sum(n * len(value.split()) for value, n in counts.items())
    long = sum(n for value, n in counts.items() if "\n" in value or len(value.split()) >= 5)
    numbers = sum(n for value, n in counts.items() if _NUMBER.fullmatch(value))
    dates = sum(n for value, n in counts.items() if _DATE.fullmatch(value))
    share = 1 / filled if filled else 0.0
    most = max(counts.values(), default=0)
    return Facts(filled, len(counts), most, long * share, words * share, numbers * share, dates * share,
                 _parts(counts))  # fmt: skip


def _parts(counts: Mapping[str, int]) -> int:
    """How many different answers stand between `;`; 0 where the column is no list of answers."""
    lists = [value for value in counts if ";" in value]
    if not lists or len(lists) * 20 < len(counts):
        return 0
    parts = Counter(part.strip() for value in counts for part in value.split(";") if part.strip())
    short = all(len(part) <= 80 for part in parts)
    return len(parts) if short and len(parts) <= 40 and len(parts) < parts.total() else 0


def is_noise(column: Column) -> bool:
    """Whether the survey tool wrote the column, and nobody answered it: when, how long, with what."""
    return bool(_NOISE.fullmatch(re.sub(r"[\s_.-]", "", column.name)))


def is_personal(column: Column, values: Sequence[str]) -> bool:
    """Whether the column tells who somebody is: by its name, or by CPR numbers, e-mail or IP addresses in it."""
    if _PERSONAL.fullmatch(column.name) or _PERSONAL.fullmatch(column.text):
        return True
    filled = [value for value in values if value]
    return bool(filled) and sum(bool(_PERSONAL_VALUE.fullmatch(value)) for value in filled) > len(filled) / 2


def may_identify(column: Column, values: Sequence[str]) -> bool:
    """Whether a column that stays out of the study may tell who somebody is: any but an empty or a technical one."""
    return any(values) and (column.hidden or is_personal(column, values) or not is_noise(column))


def id_column(columns: Sequence[Column], values: Sequence[Sequence[str]], facts: Sequence[Facts], n_rows: int) -> int:
    """The column that tells the rows apart: different in each row, short, and named like one. -1 where none is.

    The first column needs no such name, where it holds words with a number in them (`R-17`). In one that is called an
    id some rows may be alike: they are a fault of the file.
    """
    short = [
        place
        for place, fact in enumerate(facts)
        if fact.filled == n_rows and not fact.dates and max(map(len, values[place]), default=99) <= 64
        and not is_personal(columns[place], values[place])
    ]  # fmt: skip
    unique = [place for place in short if facts[place].is_unique]
    named = [place for place in unique if _ID_NAMES.fullmatch(columns[place].name)]
    sure = [place for place in short if _SURE_ID.search(columns[place].name) and facts[place].distinct >= 0.75 * n_rows]
    coded = [place for place in unique if place == 0 and all(re.fullmatch(r"\S*\d\S*", v) for v in values[place])]
    return next(iter((*named, *[p for p in sure if _ID_NAMES.fullmatch(columns[p].name)], *coded)), -1)


def case_column(values: Sequence[Sequence[str]], names: Mapping[str, str]) -> int:
    """The column whose values are cases of the study, by id or label (casefolded in `names`); -1 where none is."""
    best, score = -1, 0.7
    for place, column in enumerate(values):
        filled = [" ".join(value.split()).casefold() for value in column if value]
        share = sum(value in names for value in filled) / len(filled) if filled else 0.0
        if share > score:
            best, score = place, share
    return best
