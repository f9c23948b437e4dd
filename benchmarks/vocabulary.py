"""Danish-looking words for studies that nobody wrote: as many of them, and as unevenly used, as in interviews."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

WORDS = 25_000
"""Different words: about what 450 interview summaries hold."""
FREQUENT = """og i at det er en til af på som der de med for ikke den har kan om et fra men vi man så skal var eller sig
    bliver også hvis meget ved når dem være over mere vil blev efter hvor end kun under deres nogle andre fordi selv
    mange kommunen borgeren borgere sagen sager sagsbehandleren lederen""".split()  # noqa: SIM905
STEMS = """arbejdsevne arbejdsprøvning aktivering afklaring ankestyrelse arbejdsgiver budget borger fleksjob forvaltning
    førtidspension forløb handleplan helbred hospital jobcenter kommune ledelse lægekonsulent læge lovgivning metode
    møde nævn opfølgning pension praktik praksis procedure prøvning psykiater rehabilitering ressource ressourceprofil
    revalidering sag sagsbehandler samarbejde socialforvaltning speciallæge sygedagpenge tilkendelse udvalg uddannelse
    virksomhed virksomhedspraktik visitation vurdering økonomi ægtefælle årsag åbenhed""".split()  # noqa: SIM905
_ONSETS = "b bl br d dr f fl fr g gl gr h hv j k kl kn kr l m n p pl pr r s sk sl sm sn sp st str sv t tr v".split()  # noqa: SIM905
_NUCLEI = "a e i o u y æ ø å ej øj av".split()  # noqa: SIM905
_CODAS = "b d ds f g k l ld lg lk lm m n nd ng nk ns p r rd rg rk rm rn rs s sk st t v".split()  # noqa: SIM905
_ENDINGS = ("", "en", "er", "erne", "ens", "s", "et", "ede", "ende")


class Vocabulary:
    """Words, and how often each is used: the nth about as often as 1/n (Zipf 1935)."""

    def __init__(self, rng: random.Random) -> None:
        self.words: Sequence[str] = tuple(_words(rng))
        self._shares = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def draw(self, rng: random.Random, n: int) -> list[str]:
        """`n` words, the frequent ones more often."""
        return rng.choices(self.words, cum_weights=self._shares, k=n)


def _words(rng: random.Random) -> Iterator[str]:
    """Every word once, those that are used most first: small words, then those of the field, then many rare ones."""
    known = dict.fromkeys(FREQUENT)
    for ending in _ENDINGS:
        known |= dict.fromkeys(stem + ending for stem in STEMS)
    while len(known) < WORDS:
        syllables = (
            rng.choice(_ONSETS) + rng.choice(_NUCLEI) + rng.choice(_CODAS) for _ in range(rng.choice((1, 1, 2)))
        )
        before = rng.choice(STEMS) if rng.random() < 0.1 else ""
        known[before + "e".join(syllables) + rng.choice(_ENDINGS)] = None
    yield from known
