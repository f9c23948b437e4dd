"""Editing hand-written YAML: what is meant changes, and nothing else does."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.marked import Marked, read_yaml_text
from corpus.yaml_edit import CannotEdit, Path, with_entries, with_value, without

FILE = """# Øverst
theme: sager  # hvorfor
charts:
# om a
- case: a   # den første
  summary: Mange sager.
  # midt i
  evidence: [c1, c2]
  # efter a

- {case: b, summary: "x, y"}
- case: c
  summary: >
    Lang
    tekst

  evidence:
  - c4
  - c5
  # slut
# nederst
"""


@pytest.fixture(autouse=True, params=["in C", "in Python"])
def either_parser(request: pytest.FixtureRequest) -> Iterator[None]:
    """The parser in C and Python's own mark the ends of some nodes at other places; edits are the same."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "in Python":
            patch.setattr("corpus.yaml_edit._Loader", yaml.SafeLoader)
        yield


def plain(text: str) -> Any:
    def value(marked: Marked) -> Any:
        if isinstance(marked.value, dict):
            return {key: value(entry) for key, entry in marked.value.items()}
        return [value(entry) for entry in marked.value] if isinstance(marked.value, tuple) else marked.value or ""

    marked, problems = read_yaml_text(text, "f.yaml")
    assert problems == [] and marked is not None
    return value(marked)


def one_more(text: str, key: str, entry: Any) -> str:
    return with_entries(text, key, [entry])


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("charts", 0, "summary"), "Nyt: her, [x] # y"),
        (("charts", 0, "evidence"), ["c7"]),
        (("charts", 0, "evidence_sha"), "0123"),
        (("charts", 0, "stances", "a"), "supports"),
        (("charts", 1, "summary"), "ord, {x} 'y'"),
        (("charts", 1, "by"), "ana"),
        (("charts", 2, "summary"), "ord " * 60 + "slut"),
        (("charts", 2, "evidence"), ["c4"]),
        (("charts", 2, "evidence", 1), "c6"),
        (("difference",), "to\nlinjer"),
    ],
)
def test_one_value_changes_and_every_comment_stays(path: Path, value: Any) -> None:
    edited = with_value(FILE, path, value)
    here = plain(edited)
    for step in path:
        here = here[step]
    assert here == value
    assert comments(edited) == comments(FILE)
    unchanged = set(FILE.split("\n")) - set(edited.split("\n"))
    assert len(unchanged) <= 4, "only lines of the value are other lines now"


def test_an_entry_is_added_at_the_end_of_the_list_in_its_own_indent() -> None:
    edited = one_more(FILE, "charts", {"case": "d", "summary": "Ny."})
    assert edited.index("- case: d") > edited.index("# slut")
    assert edited.endswith("# nederst\n")
    indented = one_more("theme: x\ncharts:\n  - case: a\n    summary: S\n", "charts", {"case": "b", "summary": "T"})
    assert indented.endswith("  - case: b\n    summary: T\n")


@pytest.mark.parametrize("text", ["theme: x\n", "theme: x\ncharts:\n", "theme: x\ncharts: []\n", "theme: x"])
def test_a_list_that_is_not_there_or_empty_is_begun(text: str) -> None:
    assert plain(one_more(text, "charts", {"case": "a"})) == {"theme": "x", "charts": [{"case": "a"}]}


@pytest.mark.parametrize(
    "path",
    [("charts", 0), ("charts", 1), ("charts", 2), ("charts", 0, "case"), ("charts", 0, "evidence"),
     ("charts", 1, "summary"), ("charts", 2, "evidence"), ("charts", 2, "evidence", 0)],
)  # fmt: skip
def test_taking_something_out_leaves_the_rest(path: Path) -> None:
    wanted = plain(FILE)
    here = wanted
    for step in path[:-1]:
        here = here[step]
    del here[path[-1]]
    assert plain(without(FILE, path)) == wanted


def test_the_last_key_of_a_mapping_goes_with_it_and_the_last_entry_leaves_an_empty_list() -> None:
    text = "theme: x\nfindings:\n- id: f\n  stances: {a: supports}\n"
    assert without(text, ("findings", 0, "stances", "a")) == "theme: x\nfindings:\n- id: f\n"
    assert plain(without(text, ("findings", 0))) == {"theme": "x", "findings": []}


def test_what_an_alias_stands_for_is_not_changed_by_accident() -> None:
    text = "a: &x {k: v}\nb: *x\n"
    with pytest.raises(CannotEdit):
        with_value(text, ("b", "k"), "w")


@pytest.mark.parametrize("text", ["- a\n- b\n", "a: [\n"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(CannotEdit):
        with_value(text, ("a",), "b")


WORDS = st.text(st.sampled_from(string.ascii_letters + "æøå 0:#-,[]{}'\"&*!|>%@`\n"), max_size=40)
NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=6)
ENTRY = st.dictionaries(NAMES, st.one_of(WORDS, st.lists(WORDS, max_size=3), st.dictionaries(NAMES, WORDS, max_size=3)),
                        min_size=1, max_size=4)  # fmt: skip


def test_many_entries_are_added_at_once() -> None:
    several = with_entries("theme: x\ncharts:\n- {case: a}\n", "charts", [{"case": "b"}, {"case": "c"}])
    assert plain(several)["charts"] == [{"case": "a"}, {"case": "b"}, {"case": "c"}]
    assert with_entries("theme: x\n", "charts", []) == "theme: x\n"
    flow = with_entries("{theme: x, charts: []}\n", "charts", [{"case": "b"}, {"case": "c"}])
    assert plain(flow)["charts"] == [{"case": "b"}, {"case": "c"}]


@given(
    st.lists(ENTRY, max_size=4), st.booleans(), NAMES, ENTRY, st.one_of(WORDS, st.lists(WORDS, max_size=3)), st.data()
)
def test_any_edit_of_any_file_gives_what_was_meant(
    entries: list[Any], flow: bool, key: str, entry: Any, value: Any, data: st.DataObject
) -> None:
    start = {"theme": "x", "list": entries}
    text = yaml.dump(start, allow_unicode=True, default_flow_style=flow or None, sort_keys=False)
    added = one_more(text, "list", entry)
    assert plain(added) == {"theme": "x", "list": [*entries, entry]}
    n = data.draw(st.integers(0, len(entries)))
    changed = plain(with_value(added, ("list", n, key), value))
    assert changed["list"][n] == [*entries, entry][n] | {key: value}
    assert plain(without(added, ("list", n)))["list"] == [e for i, e in enumerate([*entries, entry]) if i != n]
