"""Several codes in one cell of a list, told apart although their names may hold the sign between them.

ATLAS.ti writes `A, B, C, and D, E` and says beside it that these are three codes. Which three is judged by the names
that other rows show without doubt; a row of which that cannot be told is left to people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

_SURE_SIGNS = ("\n", ";", "|")
"""Signs that hardly stand in a name, so that they divide even where no number of codes is given."""
_SIGNS = (", ", *_SURE_SIGNS, ",")
_MOST_PIECES = 400
_LONGEST = 12
"""Pieces of one name; eleven commas in a name are no name."""
_KNOWN, _LIKELY = 4, 3
_ROUNDS = 5


def split_codes(cells: Sequence[tuple[str, int | None]]) -> list[tuple[str, ...] | None]:
    """The names in each cell (its words, and how many codes they name, None where that is not said).

    None for a cell that can be divided in several ways, none of which is better known than the others.
    """
    sign = _sign_of(cells)
    pieces = [_pieces(words, sign) for words, _ in cells]
    found: list[tuple[str, ...] | None] = [
        tuple(parts) if count == len(parts) else None for parts, (_, count) in zip(pieces, cells, strict=True)
    ]
    known: set[str] = {name for names in found if names for name in names}
    for index, (words, count) in enumerate(cells):
        if count is None:
            found[index] = _by_sure_signs(words)
            known |= set(found[index] or ())
    for _ in range(_ROUNDS):
        open_cells = [i for i, names in enumerate(found) if names is None]
        for index in open_cells:
            found[index] = _divided(pieces[index], cells[index][1] or 0, sign, known)
        fresh = {name for i in open_cells for name in found[i] or ()} - known
        known |= fresh
        if not fresh:
            break
    by_comma = {index: _by_comma(names, known) for index, names in enumerate(found) if cells[index][1] is None}
    return [by_comma.get(index, names) for index, names in enumerate(found)]


def _sign_of(cells: Sequence[tuple[str, int | None]]) -> str:
    """The sign between codes: the one that divides most cells into as many names as they are said to hold."""
    counted = [(words, count) for words, count in cells if count is not None and count > 1]
    if not counted:
        return _SIGNS[0]
    return max(_SIGNS, key=lambda sign: sum(len(_pieces(words, sign)) == count for words, count in counted))


def _pieces(words: str, sign: str) -> list[str]:
    return [piece.strip() for piece in words.split(sign) if piece.strip()]


def _by_sure_signs(words: str) -> tuple[str, ...]:
    sign = next((sign for sign in _SURE_SIGNS if sign in words), "")
    return tuple(_pieces(words, sign)) if sign else tuple(filter(None, (words.strip(),)))


def _by_comma(names: tuple[str, ...] | None, known: Collection[str]) -> tuple[str, ...] | None:
    """A name with commas in it, as several, where each of them is a name elsewhere."""
    if names is None or len(names) != 1 or ", " not in names[0]:
        return names
    parts = _pieces(names[0], ", ")
    return tuple(parts) if all(part in known for part in parts) else names


def _divided(pieces: Sequence[str], count: int, sign: str, known: Collection[str]) -> tuple[str, ...] | None:
    """`pieces` put together again to `count` names, those best known; None where two ways are as good."""
    if not 0 < count < len(pieces) <= _MOST_PIECES:
        return None
    between = sign if sign.endswith(" ") or sign == "\n" else f"{sign} "
    above = {name.partition(": ")[0] for name in known if ": " in name}
    best: list[dict[int, tuple[int, int, tuple[str, ...]]]] = [{0: (0, 1, ())}]
    for end in range(1, len(pieces) + 1):
        here: dict[int, tuple[int, int, tuple[str, ...]]] = {}
        for start in range(max(0, end - _LONGEST), end):
            name = between.join(pieces[start:end])
            worth = _worth(name, known, above)
            for used, (score, ways, names) in best[start].items():
                _keep(here, used + 1, (score + worth, ways, (*names, name)), count)
        best.append(here)
    score, ways, names = best[-1].get(count, (0, 0, ()))
    return names if ways == 1 and score >= _KNOWN * (count - 1) - _LIKELY else None


def _worth(name: str, known: Collection[str], above: Collection[str]) -> int:
    """How well known a name is: itself, or as a name in quotation marks, or by the theme before its colon."""
    if name in known or (len(name) > 1 and name[0] == name[-1] == '"' and name.count('"') == 2):
        return _KNOWN
    return _LIKELY if ": " in name and name.partition(": ")[0] in above else 0


def _keep(
    here: dict[int, tuple[int, int, tuple[str, ...]]], used: int, one: tuple[int, int, tuple[str, ...]], count: int
) -> None:
    """Remember the way with the most known names, and how many there are that are as good."""
    if used > count:
        return
    score, ways, _ = here.get(used, (-1, 0, ()))
    if one[0] > score:
        here[used] = one
    elif one[0] == score:
        here[used] = (score, ways + one[1], here[used][2])


def parents_of(names: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """Name → (name of the code above it, own name), for names such as `Theme: code`, `Theme > code` or `Theme\\code`.

    The part before a colon is a code above only where it is a code itself or stands before at least two names: a colon
    may also be a part of a name.
    """
    found: dict[str, tuple[str, str]] = {}
    for sign in (">>", " > ", "\\"):
        for name in names:
            above, _, own = name.rpartition(sign)
            if above.strip() and own.strip():
                found.setdefault(name, (above.strip(), own.strip()))
    before = Counter(name.partition(": ")[0] for name in names if ": " in name)
    for name in names:
        above, _, own = name.partition(": ")
        if name not in found and own.strip() and (above in names or before[above] > 1) and not name.startswith('"'):
            found[name] = (above.strip(), own.strip())
    return found
