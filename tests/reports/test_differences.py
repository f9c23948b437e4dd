"""What differs between groups of which the same is said: the verdict, and how sure it is."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from corpus.cases import Case
from reports.differences import ClaimDifference, claim_differences
from reports.finding_sentences import claim_in_short, sureness, verdict_line
from reports.findings import CaseStand, Finding, Ledger, Stand
from reports.wording.nouns import noun_of
from reports.words import DANISH, ENGLISH, Words

STANDS: dict[str, Stand] = {
    "s": "supports", "c": "contradicts", "m": "mixed", "u": "unclear", "-": "mentioned", "n": "not_asked",
    "x": "not_applicable",
}  # fmt: skip


def ledger(group: str, stands: str, text: str = "{andel} har folk nok.", claim: str = "") -> Ledger:
    """A finding of `group`; a letter for each case, called A, B, C … after it."""
    cases = tuple(
        CaseStand(
            Case(f"{group}{n}", f"{group.upper()}{n}"), STANDS[letter], letter in "scmu", letter != "n", letter != "x"
        )
        for n, letter in enumerate(stands)
    )
    return Ledger(Finding(f"f-{group}", "t", group, text, claim), cases)


def compared(*groups: str) -> ClaimDifference:
    """The comparison of groups a, b, c … that have these stands."""
    names = "abcdefg"[: len(groups)]
    (claim,) = claim_differences([ledger(g, stands) for g, stands in zip(names, groups, strict=True)], names)
    return claim


def said(claim: ClaimDifference, words: Words = DANISH, named: bool = True) -> str:
    noun = noun_of(("en kommune", "kommuner") if words is DANISH else ("a town", "towns"), words.language)
    case = str.upper if named else None
    return " ".join((f"{verdict_line(claim, words)}.", *sureness(claim, words, noun, lambda g: f"»{g}«", case)))


def test_the_same_share_is_no_difference() -> None:
    assert said(compared("ssssss", "sss")) == "Ingen forskel."
    assert said(compared("ssc", "sscssc")) == "Ingen forskel."
    assert said(compared("ss-", "ssc")) == "Ingen forskel. Ét svar er åbent."


def test_groups_differ_where_no_open_answer_could_make_them_meet() -> None:
    assert said(compared("ssssss", "ccc")) == "Forskel. Holder, uanset hvilken kommune der udelades."
    assert said(compared("ssss-m", "ccc")) == (
        "Forskel. Holder, uanset hvilken kommune der udelades. De to åbne svar kan ikke ændre det."
    )


def test_a_difference_that_rests_on_one_case_names_it() -> None:
    claim = compared("sssss-", "ssc")
    assert claim.rests_on == ("b2",)
    assert said(claim) == "Forskel. Afhænger af én kommune: B2. Det åbne svar kan ikke ændre det."
    assert said(claim, named=False) == "Forskel. Afhænger af én kommune. Det åbne svar kan ikke ændre det."
    assert said(claim, ENGLISH) == "Difference. Depends on one town: B2. The open answer cannot change that."


def test_a_group_of_one_case_always_rests_on_it() -> None:
    assert "b0" in compared("sss", "c").rests_on


def test_a_difference_that_open_answers_could_close_is_unsettled_and_says_how_many() -> None:
    assert said(compared("ssssss", "s-n")) == (
        "Uafklaret. I »b« er to svar åbne (1 ikke vurderet · 1 ikke spurgt). Var de alle et ja, var der ingen forskel."
    )
    assert said(compared("sscc", "c-mn")) == (
        "Uafklaret. I »b« er tre svar åbne (1 både for og imod · 1 ikke vurderet · 1 ikke spurgt). Var blot to af dem "
        "et ja, var der ingen forskel."
    )
    assert said(compared("sss", "ss-")) == (
        "Uafklaret. I »b« er ét svar åbent (nævnt, ikke vurderet). Var det et ja, var der ingen forskel."
    )


def test_nothing_is_compared_where_nobody_has_judged_a_group() -> None:
    assert said(compared("sss", "--")) == "Uafklaret. I »b« har ingen vurderet svarene endnu."


def test_of_several_groups_the_two_that_are_surest_to_differ_are_named() -> None:
    claim = compared("ssss", "sscc", "cccc")
    assert (claim.verdict, claim.more, claim.less) == ("different", "a", "c")
    assert said(claim) == "Forskel. Mellem »a« og »c«. Holder, uanset hvilken kommune der udelades."
    assert compared("ss", "ss", "ss").verdict == "same"


def test_groups_to_which_the_theme_does_not_apply_are_not_compared() -> None:
    ledgers = [ledger("a", "ss"), ledger("b", "xx")]
    assert claim_differences(ledgers, ["a", "b"]) == ()
    (claim,) = claim_differences([*ledgers, ledger("c", "cc")], ["a", "b", "c"])
    assert [share.group for share in claim.shares] == ["a", "c"]


def test_only_findings_with_the_same_claim_are_compared_and_those_of_all_groups_never() -> None:
    everyone = msgspec.structs.replace(ledger("a", "ss"), finding=Finding("f-all", "t", "", "{andel} har folk nok."))
    assert claim_differences([ledger("a", "s"), ledger("b", "s", "Andet."), everyone], ["a", "b"]) == ()
    named = [ledger("a", "s", "Det ene.", "tid"), ledger("b", "s", "Det andet.", "tid")]
    assert [claim.claim for claim in claim_differences(named, ["a", "b"])] == ["tid"]


@given(*[st.text(alphabet="scmun-", min_size=1, max_size=5)] * 2)
def test_the_verdict_is_that_of_trying_every_way_the_open_answers_could_go(one: str, other: str) -> None:
    claim = compared(one, other)

    def ways(stands: str) -> set[Fraction]:
        choices = ["sc" if letter not in "sc" else letter for letter in stands]
        return {Fraction(way.count("s"), len(way)) for way in product(*choices)}

    meet_or_cross = any(x <= y for x in ways(one) for y in ways(other)) and any(
        x >= y for x in ways(one) for y in ways(other)
    )
    judged = all(set(stands) & set("scmu") for stands in (one, other))
    equal_now = Fraction(one.count("s"), len(one)) == Fraction(other.count("s"), len(other))
    expected = "uncertain" if not judged else "same" if equal_now else "uncertain" if meet_or_cross else "different"
    assert claim.verdict == expected


@given(*[st.text(alphabet="sc-n", min_size=2, max_size=5)] * 2)
def test_a_case_is_named_exactly_where_leaving_it_out_ends_the_difference(one: str, other: str) -> None:
    claim = compared(one, other)
    if claim.verdict != "different":
        assert claim.rests_on == ()
        return
    more_first = claim.more == "a"
    expected = set()
    for group, stands in (("a", one), ("b", other)):
        for n in range(len(stands)):
            left = stands[:n] + stands[n + 1 :]
            pair = (left, other) if group == "a" else (one, left)
            above, below = pair if more_first else pair[::-1]
            low = Fraction(above.count("s"), len(above))
            high = Fraction(len(below) - below.count("c"), len(below))
            if low <= high:
                expected.add(f"{group}{n}")
    assert set(claim.rests_on) == expected


def test_a_claim_in_short_is_what_its_sentences_have_in_common() -> None:
    few = "{andel} har pladser nok til arbejdsprøvning; i Lindkær er der ventetid."
    many = "{andel} har pladser nok til arbejdsprøvning; i Askhavn er der ventetid."
    assert claim_in_short([few, many]) == "… har pladser nok til arbejdsprøvning"
    assert claim_in_short(["{andel} har ro.", "{andel} har ro."]) == "… har ro"
    assert claim_in_short(["{share} {has|have} enough staff."]) == "… have enough staff"
    assert claim_in_short(["Lederen bestemmer.", "Udvalget bestemmer."]) == ""
