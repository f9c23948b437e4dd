"""What is denied, how far a denial reaches, and how sure a text sounds where it is denied."""

from __future__ import annotations

import time

import pytest

from reports.wording.certainty import certainty, hedges
from reports.wording.negation import is_negated, negations
from reports.wording.quantities import quantities


@pytest.mark.parametrize(
    ("text", "word", "language", "negated"),
    [
        ("Der er ikke ventetid.", "ventetid", "da", True),
        ("Ventetiden er lang, og den falder ikke.", "lang", "da", False),
        ("Der er ingen ventetid, men der er kø.", "kø", "da", False),
        ("De mener ikke, at der er ventetid.", "mener", "da", False),
        ("Hverken leder eller sagsbehandler har set ventetid.", "ventetid", "da", True),
        ("Det er ikke uden problemer.", "problemer", "da", False),
        ("Uden ventetid, siger de, er alt godt.", "godt", "da", False),
        ("Der mangler folk.", "folk", "da", True),
        ("Der mangler ikke folk.", "folk", "da", False),
        ("Gruppen er ustabil.", "ustabil", "da", False),
        ("Det er ikke kun ventetid.", "ventetid", "da", False),
        ("Der er uden tvivl ventetid.", "ventetid", "da", False),
        ("De har aldrig set kø (og ventetid).", "ventetid", "da", False),
        ("Ikke-faglærte har ventetid.", "ventetid", "da", False),
        ("There is no waiting, but there is a queue.", "queue", "en", False),
        ("They don't wait.", "wait", "en", True),
        ("They lack staff.", "staff", "en", True),
        ("They never lack staff.", "staff", "en", False),
        ("Not only staff is short.", "staff", "en", False),
        ("It is unstable, no doubt.", "unstable", "en", False),
        ("No one has a queue.", "queue", "en", True),
    ],
)
def test_what_is_denied(text, word, language, negated):
    assert is_negated(text, text.index(word), language) is negated


def test_each_negation_says_how_it_denies():
    text = "Ingen venter, ikke længe, uden kø; der mangler folk."
    assert [(n.words, n.kind) for n in negations(text, "da")] == [
        ("Ingen", "none"), ("ikke", "not"), ("uden", "without"), ("mangler", "lack"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "rung"),
    [
        ("Der er ingen tendens til uro.", "da", None),
        ("Uroen skyldes ikke reformen.", "da", None),
        ("Uroen skyldes ikke kun reformen.", "da", 5),
        ("Uroen kan ikke henføres til reformen.", "da", None),
        ("Det kan tyde på uro.", "da", 0),
        ("Det viser, at der er uro.", "da", 4),
        ("Det dokumenterer uro.", "da", 5),
        ("Der er ingen tvivl om uroen.", "da", 4),
        ("Der er klart uro.", "da", 4),
        ("Der er formentlig en stærk indikation.", "da", 3),
        ("It is not an indication of unrest.", "en", None),
        ("It shows that there is unrest.", "en", 4),
        ("It may be attributed to it, and examples of it exist.", "en", 0),
    ],
)
def test_certainty(text, language, rung):
    assert certainty(text, language) == rung


def test_each_hedge_says_what_it_is():
    text = "Måske er der en tendens, og det viser, at uroen klart skyldes reformen."
    assert [(h.rung, h.kind) for h in hedges(text, "da")] == [
        (0, "soft"), (2, "ladder"), (4, "evidence"), (4, "certain"), (5, "cause"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "piece", ["ikke ", "ingen uden ", "måske ", ", ", "der ", "a", " ", "\n", "1 ", "1.000", "tre ", "alle de "]
)
def test_odd_texts_take_no_longer(piece):
    text = piece * (50_000 // len(piece))
    started = time.process_time()
    negations(text, "da"), hedges(text, "da"), quantities(text, "da")
    assert time.process_time() - started < 5
