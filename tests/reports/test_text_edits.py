"""Where two texts differ, and the words shown of it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reports.diff.text_edits import differing, edit_at, edits

TEXTS = st.lists(st.sampled_from(["Her er penge.", "Her er folk nok til alt.", "", "# Penge", "🙂 Å"]), max_size=8).map(
    "\n".join
)


@given(TEXTS, TEXTS)
def test_edits_are_where_the_lines_differ_in_order_and_apart(old: str, new: str) -> None:
    found = edits(old, new)
    before, after = old.split("\n"), new.split("\n")
    assert (found == ()) == (old == new)
    assert all(one.last <= other.first and one.line <= other.line for one, other in pairwise(found))
    first, at = 0, 0
    for edit in found:
        assert before[first : edit.first] == after[edit.line - (edit.first - first) : edit.line]
        first, at = edit.last, edit.line
    assert "\n".join(after[at:]).endswith("\n".join(before[first:]))


def test_an_edit_is_found_by_the_words_it_touches() -> None:
    old = "Et.\nTo og tre.\nFire."
    found = edits(old, "Et.\nTo eller tre.\nFire.")
    assert edit_at(found, old, old.index("To"), old.index("tre") + 3) == found[0]
    assert edit_at(found, old, 0, 3) is None
    assert edit_at(found, old, old.index("Fire"), len(old)) is None
    assert (found[0].was, found[0].now) == ("To og tre.", "To eller tre.")


def test_of_a_long_paragraph_only_the_words_around_are_shown() -> None:
    filler = "ord " * 60
    was, now = differing(f"{filler}penge nok {filler}", f"{filler}penge {filler}")
    assert was.startswith("… ord") and was.endswith(" …") and len(was) < 80
    assert "penge nok" in was and "nok" not in now
    assert differing("", "Nyt.") == ("", "Nyt.")
    assert differing("Gammelt.", "") == ("Gammelt.", "")
