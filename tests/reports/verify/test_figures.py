"""Numbers of a text against the words it rests on."""

from __future__ import annotations

import pytest

from reports.verify.figures import without_support
from reports.wording.nouns import Noun

KOMMUNE, MUNICIPALITY = Noun("en", "kommune", "kommuner"), Noun("a", "municipality", "municipalities")
DA = ("Vi har 55 sager hver, fordi to er rejst", "Budgettet er beskåret med 4 millioner")
EN = ("We have 55 files each, because two have left", "The budget was cut by 4 million")


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("Har 55 sager hver.", []),
        ("Har femoghalvtreds sager hver.", []),
        ("Har 65 sager hver.", ["65"]),
        ("Har femogtres sager hver.", ["femogtres"]),
        ("Har over 50 sager hver, og 2 er rejst.", []),
        ("Har over 60 sager hver.", ["60"]),
        ("Har højst 60 sager hver.", []),
        ("Har cirka 50 sager hver.", []),
        ("Har cirka 30 sager hver.", ["30"]),
        ("Beskåret med 4.000.000 kr.", []),
        ("Beskåret med fire mio. kr.", []),
        ("Beskåret med seks millioner.", ["seks"]),
        ("Beskåret i 2007, jf. § 18, kapitel 3 og spørgsmål 3b.", []),
        ("1) For mange sager. 2) To er rejst. 3) Tre ting er svære.", []),
        ("De siger »Vi har 55 sager hver« (Aaby, leder, afsnit 17).", []),
        ("I 79 ud af 130 kommuner; men 79 ud af 130 sager venter.", ["79", "130"]),
    ],
)
def test_danish(text: str, unsupported: list[str]) -> None:
    assert [figure.words for figure in without_support(text, DA, KOMMUNE, "da")] == unsupported


@pytest.mark.parametrize(
    ("text", "unsupported"),
    [
        ("Has more than 50 files each, cut by 4,000,000.", []),
        ("Has fifty-five files each.", []),
        ("Has sixty-five files each, cut by six million.", ["sixty-five", "six"]),
        ("They say “We have 55 files each” (Aaby, leader, paragraph 17).", []),
    ],
)
def test_english(text: str, unsupported: list[str]) -> None:
    assert [figure.words for figure in without_support(text, EN, MUNICIPALITY, "en")] == unsupported
