"""Shares that do not follow from the numbers beside them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.wording.arithmetic import is_times, percentage, reachable
from reports.wording.ratios import wrong_ratios
from reports.wording.recomputed import unfollowed


@pytest.mark.parametrize(
    ("text", "language", "faults"),
    [
        ("79 ud af 130 kommuner (60,8 procent) klager.", "da", []),
        ("79 ud af 130 kommuner (62 procent) klager.", "da", ["62 procent"]),
        ("62 procent, svarende til 79 ud af 130, klager.", "da", ["62 procent"]),
        ("93 procent (n = 79) klager.", "da", ["93 procent"]),
        ("92 procent (n = 79) klager.", "da", ["92 procent"][1:]),
        ("93 procent af de 79 sager er afgjort.", "da", ["93 procent af de 79 sager"]),
        ("Halvdelen, altså fire af ni, klager.", "da", ["Halvdelen"]),
        ("Halvdelen, altså fire af otte, klager.", "da", []),
        ("To tredjedele (4 af 6) klager.", "da", []),
        ("Omkring 62 procent (79 ud af 130) klager.", "da", []),
        ("79 ud af 130 klager. 62 procent tier.", "da", []),
        ("79 ud af 130 klager over, at 62 procent tier.", "da", []),
        ("5 of 8 towns (61%) object.", "en", ["61%"]),
        ("5 of 8 towns (62.5%) object.", "en", []),
    ],
)
def test_shares_beside_their_parts(text, language, faults):
    assert [fault.share.words for fault in unfollowed(text, language)] == faults


def test_a_fault_says_what_would_be_right():
    (fault,) = unfollowed("79 ud af 130 kommuner (62 procent) klager.", "da")
    assert fault.right == Fraction(608, 10) and fault.numerators == (80, 81)


@given(st.integers(1, 300), st.data())
def test_the_right_percentage_is_never_a_fault(n, data):
    k, decimals = data.draw(st.integers(0, n)), data.draw(st.integers(0, 2))
    said = f"{float(percentage(k, n, decimals)):.{decimals}f}".replace(".", ",")
    assert unfollowed(f"{k} ud af {n} sager ({said} procent) er afgjort.", "da") == ()


@given(st.integers(1, 120), st.integers(0, 100), st.integers(0, 1))
def test_reachable_is_what_trying_every_numerator_gives(n, percent, decimals):
    half = Fraction(1, 2 * 10**decimals)
    tried = tuple(k for k in range(n + 1) if abs(Fraction(100 * k, n) - percent) <= half)
    assert reachable(Fraction(percent, 100), n, decimals) == tried


def test_ratios():
    assert is_times(Fraction(2), Fraction(12), Fraction(6)) and is_times(Fraction(2), Fraction(13), Fraction(6))
    assert not is_times(Fraction(2), Fraction(9), Fraction(6)) and not is_times(Fraction(2), Fraction(3), Fraction(0))


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Der er 12 sager i nord og 6 sager i syd, altså dobbelt så mange.", "da", []),
        ("Der er 9 sager i nord og 6 sager i syd, altså dobbelt så mange.", "da", ["dobbelt så mange"]),
        ("Der er 9 sager i nord. Syd har dobbelt så mange som de 6 sager i øst.", "da", []),
        ("40 procent i nord mod 20 procent i syd: dobbelt så stor en andel.", "da", []),
        ("40 procent i nord mod 30 procent i syd: dobbelt så stor en andel.", "da", ["dobbelt så stor"]),
        ("Mere end dobbelt så mange får nej i nord, 25 sager mod 10 sager.", "da", []),
        ("Tre gange så mange får nej i nord, 25 sager mod 10 sager.", "da", ["Tre gange så mange"]),
        ("There are 12 cases in the north and 6 cases in the south, twice as many.", "en", []),
        ("There are 8 cases in the north and 6 cases in the south, twice as many.", "en", ["twice as many"]),
        ("Three times as many, 30 cases against 10 cases.", "en", []),
    ],
)
def test_a_ratio_is_that_of_the_numbers_beside_it(text, language, wrong):
    assert [ratio.words for ratio in wrong_ratios(text, language)] == wrong
