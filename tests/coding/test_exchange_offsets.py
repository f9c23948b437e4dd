"""Positions of other tools as code points, and the way of positions through normalisation."""

from __future__ import annotations

import random
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from coding.exchange.evidence import Selected, chosen_rule, is_cut_off, same_words, whole_words
from coding.exchange.offsets import PLAIN, Offsets, Rule, normal_text, rules_for
from corpus.source import source_from_bytes

ODD = st.sampled_from(
    [
        *"aeåé \r\n\x00\x0b\x0c😀한각ᄒ",
        "\u0301",
        "\u030a",
        "\u0323",
        "\u09be",
        "\u09c7",
        "\u1161",
        "\u11a8",
        "\u1100",
        "\u0344",
        "\u0958",
        "\u212b",
        "\ufeff",
        "\u2028",
        "\r\n",
        "\u0f71",
        "\u0f72",
        "\u0f73",
        "\ud800",
    ]
)
TEXTS = st.one_of(st.text(st.characters(codec="utf-8")), st.lists(ODD).map("".join))


def units(text: str, rule: Rule) -> int:
    """How long a tool with this rule takes `text` to be."""
    if rule.line_ends == "CRLF as one":
        text = text.replace("\r\n", "\n")
    elif rule.line_ends == "LF as two":
        text = re.sub("(?<!\r)\n", "\r\n", text)
    if rule.unit == "UTF-16 units":
        return len(text.encode("utf-16-le", "surrogatepass")) // 2
    return len(text.encode("utf-8", "surrogatepass")) if rule.unit == "UTF-8 bytes" else len(text)


@given(TEXTS)
def test_positions_in_any_unit_lead_back_to_the_code_point(text: str) -> None:
    for rule in rules_for(text, ((0, 0),)):
        offsets = Offsets(text, rule)
        for point in range(len(text) + 1):
            if rule.line_ends == "CRLF as one" and text[max(0, point - 1) : point + 1] == "\r\n":
                continue  # no position of such a tool is between the two
            position = units(text[:point], rule)
            assert offsets.start(position) == point
            assert offsets.end(position) == point


@given(TEXTS)
def test_a_text_is_normalised_as_its_file_is_read(text: str) -> None:
    normal = normal_text(text)
    assert unicodedata.is_normalized("NFC", normal.text)
    if normal.text.strip():
        source, problems = source_from_bytes("a", f"---\ntitle: x\n---\n\n{normal.text}".encode())
        assert source is not None
        assert (source.text, problems) == (normal.text, [])


@given(TEXTS, st.data())
def test_a_span_keeps_its_words_through_normalisation(text: str, data: st.DataObject) -> None:
    """What a span held is what it holds afterwards, or that with the marks that belong to its last letter."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    normal = normal_text(text)
    new_start, new_end = normal.span(start, end)
    assert 0 <= new_start <= new_end <= len(normal.text)
    before, held = normal_text(text[:start]).text, normal.text[new_start:new_end]
    plain = re.sub("[\x00-\x1f]", "", unicodedata.normalize("NFC", text[start:end]))
    if text.isprintable() and text.isascii() and text.strip():
        assert held == text[start:end] and len(before.rstrip("\n")) == new_start
    elif all(unicodedata.combining(c) == 0 and c < "\u0300" for c in text) and "\r" not in text and "\x0b" not in text:
        assert re.sub("[\x00-\x1f]", "", held) in plain


def test_decomposed_letters_are_counted_once_and_stay_whole() -> None:
    text = "Ba\u030adene a\u030a"
    normal = normal_text(text)
    assert normal.text == "Bådene å\n"
    assert normal.span(0, 3) == (0, 2)
    assert normal.span(1, 2) == (1, 2), "half a letter takes the whole one"
    assert normal.span(3, 7) == (2, 6)


WORDS = [
    "Kommunen",
    "bruger",
    "praktik",
    "før",
    "fleksjob",
    "æøå",
    "😀😀",
    "og",
    "så",
    "videre,",
    "siger",
    "én.",
    "Nej!\n",
]


def test_the_rule_is_found_for_every_unit_line_end_and_shift() -> None:
    """Selections named by their words: each of the rules that make a difference is recognised."""
    rng = random.Random(3)
    for line_end in ("\n", "\r\n"):
        text = " ".join(rng.choice(WORDS) for _ in range(300)).replace("\n", line_end)
        spans = [found.span() for found in re.finditer(r"[\w😀]+", text)]
        for rule in rules_for(text):
            mark = units("\ufeff", rule) if (rule.start, rule.end) == (-1, -1) else 1
            selections = []
            for _ in range(12):
                first = rng.randrange(len(spans) - 6)
                start, end = spans[first][0], spans[first + rng.randrange(6)][1]
                name = " ".join(text[start:end].split())
                shifts = rule.start * mark, rule.end * mark
                selections.append(
                    Selected(units(text[:start], rule) - shifts[0], units(text[:end], rule) - shifts[1], name)
                )
            assert chosen_rule(text, selections).rule == rule


def test_without_names_whole_words_decide() -> None:
    text = "Ærø er én ø. " * 30 + "Der er få sager på øen i år, siger lederen.\n" * 5
    spans = [found.span() for found in re.finditer(r"\w+", text)][::7]
    bytes_ = [Selected(len(text[:s].encode()), len(text[:e].encode()), "") for s, e in spans]
    assert chosen_rule(text, bytes_).rule == Rule("UTF-8 bytes")
    assert chosen_rule(text, [Selected(s, e, "") for s, e in spans]).rule == PLAIN


def test_two_selections_without_words_are_no_evidence() -> None:
    assert chosen_rule("Få ord på øen, siger de.", [Selected(1, 5, ""), Selected(2, 9, "")]).rule == PLAIN


def test_one_late_emoji_is_enough() -> None:
    text = "Mange ord uden noget særligt. " * 40 + "😀 Her slutter det."
    names = [(30 * n, 30 * n + 29) for n in range(40)] + [(1202, 1206)]
    selections = [
        Selected(units(text[:s], Rule("UTF-16 units")), units(text[:e], Rule("UTF-16 units")), text[s:e])
        for s, e in names
    ]
    assert chosen_rule(text, selections).rule == Rule("UTF-16 units")


def test_quotes_are_the_same_words_whatever_a_tool_did_to_them() -> None:
    assert same_words("two\nlines of text", "two lines of text") == 1
    assert same_words("a long quotation about work", "1:12 a long quotation about work") == 1
    assert 0 < same_words("a long quotation about work", "a long quotation…") < 1
    assert same_words("a long quotation about work", "another quotation…") == 0
    assert same_words("words", "") == 0
    assert is_cut_off("a long…") and is_cut_off("a long...") and not is_cut_off("a long one.")


def test_whole_words_end_where_words_do() -> None:
    assert whole_words("one two three", 4, 7)
    assert not whole_words("one two three", 5, 7)
    assert not whole_words("one two three", 3, 7)
    assert whole_words("one\ntwo\nthree", 4, 8), "a whole line with its end"
