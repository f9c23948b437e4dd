"""Exact statistics against published numbers, floors of the design, and a slow twin."""

import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reports.robust.exact import Design, exact_statistics

NINE = Design(
    {c: c[0] == "f" for c in ("f1", "f2", "m1", "f3", "f4", "m2", "f5", "f6", "m3")},
    {c: k for k, cs in {"n": ("f1", "f2", "m1"), "o": ("f3", "f4", "m2"), "s": ("f5", "f6", "m3")}.items() for c in cs},
)


def test_the_floors_of_six_against_three_are_those_of_the_design():
    said = exact_statistics(NINE, {"x": {c: c[0] == "f" for c in NINE.first}})["x"]
    assert said.fisher is not None and said.blocked is not None
    assert (said.fisher.p, said.fisher.floor) == (Fraction(1, 84), Fraction(1, 84))
    assert (said.blocked.p, said.blocked.floor) == (Fraction(1, 27), Fraction(1, 27))
    assert said.fisher.any == Fraction(1, 84), "with one sentence, any sentence is this sentence"


def test_fishers_own_tea_table_and_the_lady():
    """Fisher 1935, The Design of Experiments, ch. II: 3 of 4 and 1 of 4: 34 of 70 two-sided."""
    design = Design({f"{g}{i}": g == "a" for g in "ab" for i in range(4)}, {})
    said = exact_statistics(design, {"tea": {c: c in ("a0", "a1", "a2", "b0") for c in design.first}})["tea"]
    assert said.fisher is not None and said.fisher.p == Fraction(34, 70)
    assert said.blocked is None, "without clusters nothing can be exchanged within one"


def test_a_silent_case_counts_in_neither_share():
    said = exact_statistics(NINE, {"x": {"f1": True, "f2": True, "m1": False}})["x"]
    assert said.cases == 3 and said.fisher is not None and said.fisher.floor == Fraction(1, 3)
    assert exact_statistics(NINE, {"x": {"f1": True, "f2": False}})["x"].fisher is None


def test_the_chance_of_any_grows_with_the_number_of_sentences():
    one = {"x": {c: c[0] == "f" for c in NINE.first}}
    more = one | {f"y{i}": {c: (3 * i + int(c[1])) % 2 == 0 or c == "f1" for c in NINE.first} for i in range(4)}
    alone, among = exact_statistics(NINE, one)["x"].fisher, exact_statistics(NINE, more)["x"].fisher
    assert alone is not None and among is not None and alone.any is not None and among.any is not None
    assert among.any >= alone.any


@given(st.lists(st.sampled_from([True, False, None]), min_size=9, max_size=9))
def test_against_a_slow_twin(says):
    """The blocked permutation, every relabelling written out."""
    cases = list(NINE.first)
    answers = {c: s for c, s in zip(cases, says, strict=True) if s is not None}
    found = exact_statistics(NINE, {"x": answers})["x"].blocked
    ways = []
    for many in itertools.product(range(3), repeat=3):
        second = {cases[3 * block + one] for block, one in enumerate(many)}
        a = [s for c, s in answers.items() if c not in second]
        b = [s for c, s in answers.items() if c in second]
        ways.append(abs(Fraction(sum(a), len(a)) - Fraction(sum(b), len(b))) if a and b else Fraction(0))
    here = ways[[*itertools.product(range(3), repeat=3)].index((2, 2, 2))]
    if found is None:
        assert here == 0
    else:
        assert found.p == Fraction(sum(w >= here for w in ways), 27)
