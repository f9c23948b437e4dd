"""Sentences with a planted fault, and sound ones that look like them, in Danish and English, on one small study.

Six municipalities in `few`, three in `many`; in each a leader and a caseworker were interviewed. A row is the rule that
has to find it (none for a sound one), the sentence, and a letter for the stance of each case: s(upports),
c(ontradicts), m(ixed), u(nclear), - for none.
"""

# ruff: noqa: E501 - a sentence stays on its line

from __future__ import annotations

import json
from typing import Any, NamedTuple

CASES = {"aaby": "Aaby", "birk": "Birk", "colling": "Colling", "dalby": "Dalby", "egsted": "Egsted", "fjord": "Fjord", "gran": "Gran", "holm": "Holm", "ikle": "Ikle"}  # fmt: skip
FEW, MANY = list(CASES)[:6], list(CASES)[6:]
SAID = {
    "da": {
        "l": ("Vi har 55 sager hver, fordi to er rejst", "Måske bliver det bedre til efteråret", "Lægekonsulenten kommer hver uge"),
        "s": ("Der er travlt hele dagen", "Vi når ikke opfølgningen til tiden", "Budgettet er beskåret med 4 millioner"),
    },
    "en": {
        "l": ("We have 55 files each, because two have left", "Perhaps it gets better in autumn", "The medical adviser comes every week"),
        "s": ("It is busy all day", "We do not reach the follow-up in time", "The budget was cut by 4 million"),
    },
}  # fmt: skip
ROLES_OF = {"l": "leder", "s": "sagsbehandler"}
NOUNS = {"da": '["en kommune", "kommuner"]', "en": '["a municipality", "municipalities"]'}
JOBCENTRES = '["et jobcenter", "jobcentre"]'
STANCES = {"s": "supports", "c": "contradicts", "m": "mixed", "u": "unclear"}
OTHERWISE = "Aaby, Birk, Colling, Dalby, Egsted og Fjord siger det modsatte."

QUANTITY, NONE, UNASKED, EXAMPLES = (
    "quantifier-not-licensed",
    "none-with-silences",
    "share-of-unasked",
    "examples-of-one",
)
EVIDENCE, QUOTE, CONTRADICTION = "finding-without-evidence", "excerpt-not-slice", "contradiction-not-mentioned"
CELLS, STRENGTH, NUMBER = "cells-contradict", "stronger-than-evidence", "number-does-not-follow"
ROLES, BALANCE, SILENCE = "merged-roles", "one-interview-carries", "silence-as-claim"


class F(NamedTuple):
    """A finding; `evidence` names the codings cited for each case with a stance, `l0` the first of its leader."""

    text: str
    stances: str = ""
    group: str = "few"
    note: str = ""
    evidence: str = "l0 s0"


class Row(NamedTuple):
    """What is written, and the rule that has to find it; `unasked` are cases whose theme was not asked."""

    rule: str
    findings: tuple[F, ...] = ()
    chart: str = ""
    chart_evidence: str = "l0 s0"
    difference: str = ""
    unasked: str = ""
    language: str = "da"
    noun: str = ""
    charts: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """The sentences, for the report of a failed test."""
        findings = [f"{one.text} [{one.stances}]" for one in self.findings]
        charts = [self.chart, *(summary for _, summary in self.charts), self.difference]
        return " | ".join(filter(None, (*findings, *charts)))


def one(
    rule: str, text: str, stances: str, note: str = "", *, group: str = "few", evidence: str = "l0 s0", **more: Any
) -> Row:
    """One Danish finding."""
    return Row(rule, (F(text, stances, group, note, evidence),), **more)


def en(rule: str, text: str, stances: str, note: str = "", **more: Any) -> Row:
    """One English finding."""
    return one(rule, text, stances, note, language="en", **more)


PLANTED: list[Row] = [
    # quantifier not licensed
    one(QUANTITY, "Alle seks kommuner har for lidt tid.", "sssssc", "Fjord har tid."),
    one(QUANTITY, "Samtlige kommuner har for lidt tid.", "sssss-"),
    one(QUANTITY, "De fleste kommuner har for lidt tid.", "ssscc-", "Dalby og Egsted har tid."),
    one(QUANTITY, "Et flertal af kommunerne har for lidt tid.", "sss---"),
    one(QUANTITY, "Flere kommuner har for lidt tid.", "s-----"),
    one(QUANTITY, "Et par kommuner har for lidt tid.", "ssss--"),
    one(QUANTITY, "En enkelt kommune har for lidt tid.", "ss----"),
    one(QUANTITY, "Tre ud af seks kommuner har for lidt tid.", "ssss--"),
    one(QUANTITY, "Fire af de seks kommuner har for lidt tid.", "sss---"),
    one(QUANTITY, "Halvdelen af kommunerne har for lidt tid.", "ss----"),
    one(QUANTITY, "Langt de fleste kommuner har for lidt tid.", "ssss--"),
    one(QUANTITY, "Ni ud af ti kommuner har for lidt tid.", "ssssss"),
    one(QUANTITY, "67 procent af kommunerne har for lidt tid.", "ssss--"),
    one(QUANTITY, "To tredjedele af kommunerne har for lidt tid.", "sss---"),
    one(QUANTITY, "Begge kommuner har for lidt tid.", "sss", group="many"),
    one(QUANTITY, "Det gælder alle kommuner, at tiden er knap.", "sssss-"),
    one(QUANTITY, "Tiden er knap i alle kommuner undtagen Fjord.", "ssss--"),
    one(QUANTITY, "Mindst fem kommuner har for lidt tid.", "ssss--"),
    one(QUANTITY, "To-tre kommuner har for lidt tid.", "ssss--"),
    one(QUANTITY, "Hver anden kommune har for lidt tid.", "ss----"),
    one(QUANTITY, "Alle har for lidt tid.", "sssss-"),
    one(QUANTITY, "Kommunerne har alle for lidt tid.", "sssss-"),
    one(QUANTITY, "Tre kommuner har for lidt tid, mens to har tid nok.", "sssc--", "Dalby."),
    one(QUANTITY, "Alle kommuner på nær én har for lidt tid.", "ssss--"),
    one(QUANTITY, "Ifølge lederne har alle kommuner for lidt tid.", "sssss-"),
    one(QUANTITY, "I fem kommuner er tiden knap.", "ssss--"),
    one(QUANTITY, "Hver eneste kommune har for lidt tid.", "sssss-"),
    one(QUANTITY, "Kun Aaby og Birk har for lidt tid.", "sss---"),
    one(QUANTITY, "Ikke alle kommuner har for lidt tid.", "ssssss"),
    one(QUANTITY, "Et mindretal af kommunerne har for lidt tid.", "ssss--"),
    one(QUANTITY, "Hovedparten af kommunerne har for lidt tid.", "sss---"),
    one(QUANTITY, "Det er et fåtal af kommunerne, der har for lidt tid.", "ssss--"),
    one(QUANTITY, "{andel} har for lidt tid, og alle seks har for få folk.", "sssss-"),
    one(QUANTITY, "Alle seks jobcentre har for lidt tid.", "sssss-", noun=JOBCENTRES),
    one(QUANTITY, "Ét jobcenter har for lidt tid.", "ss----", noun=JOBCENTRES),
    one(QUANTITY, "Alle kommuner i begge grupper har for lidt tid.", "ssssssss-", group=""),
    # ingen
    one(NONE, "Ingen af de seks kommuner har tid nok.", "cc----", "Aaby, Birk."),
    one(NONE, "Ingen kommuner har tid nok.", "ccccc-", OTHERWISE),
    one(NONE, "Ikke én eneste kommune har tid nok.", "ccc---", OTHERWISE),
    one(NONE, "Der er ingen kommuner, der har tid nok.", "ccc---", OTHERWISE),
    one(NONE, "Ingen har tid nok.", "ccc---", OTHERWISE),
    one(NONE, "Intet jobcenter har tid nok.", "ccc---", OTHERWISE, noun=JOBCENTRES),
    one(QUANTITY, "Ingen af kommunerne har nævnt tidnød.", "s-----"),
    # unasked
    one(UNASKED, "Fire ud af seks kommuner har for lidt tid.", "ssss--", unasked="egsted fjord"),
    one(UNASKED, "De fleste kommuner har for lidt tid.", "ssss--", unasked="egsted fjord"),
    one(UNASKED, "To tredjedele af kommunerne har for lidt tid.", "ssss--", unasked="egsted"),
    one(UNASKED, "Et flertal af kommunerne har for lidt tid.", "ssss--", unasked="egsted"),
    one(UNASKED, "Et mindretal af kommunerne har for lidt tid.", "ss----", unasked="egsted"),
    # examples
    one(EXAMPLES, "Der er eksempler på travlhed.", "s-----"),
    one(EXAMPLES, "Der ses eksempler på, at sager bliver liggende.", "s-----"),
    one(EXAMPLES, "Der er flere eksempler på travlhed.", "s-----"),
    one(EXAMPLES, "Interviewene giver eksempler på, at tiden er knap.", "s-----"),
    one(EXAMPLES, "Eksemplerne på travlhed er mange.", "s-----"),
    # evidence
    one(EVIDENCE, "{andel} har for lidt tid.", "ssssss", evidence=""),
    one(EVIDENCE, "{andel} har for lidt tid.", "------"),
    one(SILENCE, "{andel} har for lidt tid.", "sssssc", "Fjord.", unasked="fjord", evidence=""),
    # quotes
    one(QUOTE, "{andel} har for lidt tid: »Vi løber stærkt hver dag«.", "ssssss"),
    one(QUOTE, "{andel} har for lidt tid: “Der er travlt hele ugen”.", "ssssss"),
    one(QUOTE, '{andel} har for lidt tid ("Der er aldrig ro").', "ssssss"),
    one(QUOTE, "{andel} har for lidt tid.", "ssssss", "En siger: »Det er umuligt at nå«."),
    Row(QUOTE, chart="Har travlt: »Vi drukner i sager«."),
    one(QUOTE, "{andel} har »alt for mange sager« på bordet.", "ssssss"),
    # contradiction not mentioned
    one(CONTRADICTION, "De fleste kommuner har for lidt tid.", "ssssc-"),
    one(CONTRADICTION, "{kvantor} har for lidt tid.", "ssssc-"),
    one(CONTRADICTION, "{andel} har for lidt tid.", "sssc--"),
    one(CONTRADICTION, "{andel} har for lidt tid.", "sssssm"),
    one(CONTRADICTION, "Kommunerne har for lidt tid på grund af sagerne.", "sssssc", evidence="l0 s0"),
    one(CONTRADICTION, "Flere af kommunerne har for lidt tid.", "sss-cc"),
    # cells contradict
    Row(CELLS, (F("Kommunerne mangler tid til opfølgning.", "ssssss"), F("Kommunerne mangler ikke tid til opfølgning.", "ssssss"))),
    Row(CELLS, (F("{andel} har tid nok til opfølgningen.", "ssssss"), F("{andel} har ikke tid nok til opfølgningen.", "ssssss"))),
    Row(CELLS, (F("{andel} har tid nok til opfølgningen.", "ssssss"),), charts=(("aaby", "Har ikke tid nok til opfølgningen."),)),
    Row(CELLS, (F("{andel} oplever økonomiske begrænsninger i arbejdet.", "ssssss"), F("Ingen af kommunerne oplever økonomiske begrænsninger i arbejdet.", "cccccc", note=OTHERWISE))),
    Row(CELLS, (F("{andel} har tid nok til opfølgningen.", "ssssss"), F("{andel} har for lidt tid til opfølgningen.", "ssssss"))),
    Row(CELLS, (F("{andel} har mange ressourcer til opfølgningen.", "ssssss"), F("{andel} har få ressourcer til opfølgningen.", "ssssss"))),
    Row(CELLS, (F("{andel} følger altid op på sagerne.", "ssssss"), F("{andel} følger aldrig op på sagerne.", "ssssss"))),
    Row(CELLS, (F("{andel} har tid nok til opfølgningen.", "ssssss"),), difference="Ingen af kommunerne har tid nok til opfølgningen."),
    # strength
    one(STRENGTH, "Det er en klar indikation på tidnød.", "ssssss", evidence="l1"),
    one(STRENGTH, "Tidnøden skyldes budgettet.", "ssssss", evidence="s0"),
    one(STRENGTH, "Der er en tendens til tidnød.", "s-----"),
    Row(STRENGTH, chart="Det viser klart, at det bliver bedre.", chart_evidence="l1"),
    one(STRENGTH, "Der er en stærk indikation på tidnød.", "sss---"),
    Row(STRENGTH, chart="Bliver bedre til efteråret.", chart_evidence="l1"),
    # numbers
    Row(NUMBER, chart="Har 65 sager hver.", chart_evidence="l0"),
    one(NUMBER, "{andel} har 65 sager pr. medarbejder.", "ssssss"),
    one(NUMBER, "79 ud af 130 sager (62 procent) venter.", "ssssss"),
    Row(NUMBER, chart="93 procent af de 79 sager venter.", chart_evidence="l0"),
    Row(NUMBER, chart="Budgettet er beskåret med 6 millioner.", chart_evidence="s2"),
    Row(NUMBER, chart="Budgettet er beskåret med seks millioner.", chart_evidence="s2"),
    Row(NUMBER, chart="Har femogtres sager hver.", chart_evidence="l0"),
    Row(NUMBER, chart="To ud af tre sager (50 procent) venter.", chart_evidence="l0"),
    one(NUMBER, "50 procent af sagerne (to ud af tre) venter.", "ssssss"),
    Row(NUMBER, (F("{andel} har 55 sager hver.", "ssssss"),), difference="Få-kommunerne har 65 sager hver."),
    Row(NUMBER, chart="Dobbelt så mange sager: 40 mod 25.", chart_evidence="l0"),
    # voices
    one(ROLES, "{andel} har for lidt tid.", "ssssss", evidence="l0"),
    one(ROLES, "{andel} har for lidt tid.", "ssssss", evidence="s0"),
    Row(ROLES, (F("{andel} har for lidt tid.", "ssssss", evidence="l0"),)),
    Row(BALANCE, (F("Aaby og Birk har for lidt tid.", "ss----", evidence="s0"), F("Aaby har travlt.", "s-----", evidence="l0 l1 l2"))),
    # English
    en(QUANTITY, "All six municipalities are short of time.", "sssss-"),
    en(QUANTITY, "Most municipalities are short of time.", "ssscc-", "Dalby and Egsted have time."),
    en(QUANTITY, "A majority of the municipalities are short of time.", "sss---"),
    en(QUANTITY, "Every municipality is short of time.", "sssss-"),
    en(QUANTITY, "Both municipalities are short of time.", "sss", group="many"),
    en(QUANTITY, "Half of the municipalities are short of time.", "ss----"),
    en(QUANTITY, "The municipalities are all short of time.", "sssss-"),
    en(QUANTITY, "Three municipalities are short of time, while two have enough.", "sssc--", "Dalby."),
    en(QUANTITY, "Several municipalities are short of time.", "s-----"),
    en(QUANTITY, "Four of the six municipalities are short of time.", "sss---"),
    en(QUANTITY, "Nine out of ten municipalities are short of time.", "ssssss"),
    en(QUANTITY, "All but one municipality are short of time.", "ssss--"),
    en(NONE, "None of the six municipalities has enough time.", "cc----", "Aaby, Birk."),
    en(NONE, "No municipality has enough time.", "ccccc-", OTHERWISE),
    en(NONE, "There is no municipality that has enough time.", "ccccc-", OTHERWISE),
    en(NONE, "Not one municipality has enough time.", "ccccc-", OTHERWISE),
    en(UNASKED, "Four of the six municipalities are short of time.", "ssss--", unasked="egsted fjord"),
    en(EXAMPLES, "There are examples of files left lying.", "s-----"),
    en(EXAMPLES, "There are several examples of files left lying.", "s-----"),
    en(QUOTE, "{share} are short of time: “We run all day”.", "ssssss"),
    en(QUOTE, '{share} are short of time: "We never rest".', "ssssss"),
    en(CONTRADICTION, "{quantifier} are short of time.", "ssssc-"),
    en(CONTRADICTION, "Most of the municipalities are short of time.", "ssssc-"),
    Row(CELLS, (F("{share} {has|have} enough time for follow-up.", "ssssss"), F("{share} {does|do} not have enough time for follow-up.", "ssssss")), language="en"),
    Row(CELLS, (F("{share} {has|have} enough time for follow-up.", "ssssss"), F("{share} {lacks|lack} time for follow-up.", "ssssss")), language="en"),
    Row(CELLS, (F("{share} {experiences|experience} economic limits in the work.", "ssssss"), F("None of the municipalities experiences economic limits in the work.", "cccccc", note=OTHERWISE)), language="en"),
    en(STRENGTH, "This is a strong indication of a shortage.", "ssssss", evidence="l1"),
    en(STRENGTH, "The shortage is due to the budget.", "ssssss", evidence="s0"),
    Row(NUMBER, chart="Has 65 files each.", chart_evidence="l0", language="en"),
    en(NUMBER, "79 of 130 files (62 per cent) wait.", "ssssss"),
    en(ROLES, "{share} are short of time.", "ssssss", evidence="l0"),
    one(QUANTITY, "I alle seks kommuner mangler der sagsbehandlere.", "ssssc-", "Egsted."),
    one(QUANTITY, "Størstedelen af kommunerne mangler sagsbehandlere.", "sss---"),
    one(QUANTITY, "Over halvdelen af kommunerne mangler sagsbehandlere.", "sss---"),
    one(QUANTITY, "Det er kun en enkelt kommune, der mangler sagsbehandlere.", "sss---"),
    one(QUANTITY, "Sagsbehandlere mangler i fem af de seks kommuner.", "ssss--"),
    one(QUANTITY, "Næsten alle kommuner mangler sagsbehandlere.", "ssss--"),
    one(QUANTITY, "En tredjedel af kommunerne mangler sagsbehandlere.", "sss---"),
    one(QUANTITY, "Samtlige tre kommuner mangler sagsbehandlere.", "ss-", group="many"),
    one(QUANTITY, "Alle på nær to kommuner mangler sagsbehandlere.", "sss---"),
    one(QUANTITY, "Højst to kommuner mangler sagsbehandlere.", "sss---"),
    one(QUANTITY, "Fire kommuner mangler sagsbehandlere, hvorimod to ikke gør.", "ssssc-", "Egsted."),
    one(QUANTITY, "Alle jobcentre bortset fra Fjord mangler folk.", "ssss--", noun=JOBCENTRES),
    one(QUANTITY, "Kun Aaby, Birk og Colling mangler folk.", "ss-c--", "Dalby."),
    one(QUANTITY, "Mange kommuner mangler folk.", "s-----"),
    one(QUANTITY, "Tre fjerdedele af kommunerne mangler folk.", "ssss--"),
    one(NONE, "Ingen jobcentre har en plan for det.", "cccc--", OTHERWISE, noun=JOBCENTRES),
    one(NONE, "I ingen af kommunerne er der en plan.", "cc----", OTHERWISE),
    one(NONE, "Ingen af de seks kommuner har nogen plan.", "-c----", "Birk."),
    one(UNASKED, "Halvdelen af kommunerne mangler folk.", "sss---", unasked="fjord"),
    one(UNASKED, "Langt de fleste kommuner mangler folk.", "sssss-", unasked="fjord"),
    one(UNASKED, "Alle på nær én kommune mangler folk.", "sssss-", unasked="fjord"),
    one(EXAMPLES, "Der findes eksempler på sager, der går i stå.", "s-----"),
    one(EXAMPLES, "Nogle eksempler på sager, der går i stå, nævnes.", "s-----"),
    one(QUOTE, "{andel} mangler folk, for »der er altid travlt«.", "ssssss"),
    one(QUOTE, "{andel} siger, at det er »umuligt at følge op«.", "ssssss"),
    Row(QUOTE, (F("{andel} mangler folk.", "ssssss"),), difference="De mange siger: »Vi har ro på«."),
    one(CONTRADICTION, "Et flertal af kommunerne mangler folk.", "ssssc-"),
    one(CONTRADICTION, "I fire kommuner mangler der folk.", "ssssc-"),
    one(CONTRADICTION, "{antal} mangler folk.", "ssss-m"),
    Row(CELLS, (F("{andel} bruger praktik før fleksjob.", "ssssss"), F("{andel} bruger ikke praktik før fleksjob.", "ssssss"))),
    Row(CELLS, (F("{andel} har utilstrækkelige midler til revalidering.", "ssssss"), F("{andel} har tilstrækkelige midler til revalidering.", "ssssss"))),
    Row(CELLS, (F("{andel} presser borgerne til praktik.", "cccccc", note=OTHERWISE),), charts=(("birk", "Presser borgerne til praktik."),)),
    Row(CELLS, (F("Samarbejdet med lægekonsulenten fungerer godt.", "ssssss"), F("Samarbejdet med lægekonsulenten fungerer dårligt.", "ssssss"))),
    Row(CELLS, (F("Ventetiden på lægekonsulenten er lang.", "ssssss"), F("Ventetiden på lægekonsulenten er kort.", "ssssss"))),
    one(STRENGTH, "Uden tvivl bliver det bedre.", "ssssss", evidence="l1"),
    one(STRENGTH, "Det bliver bedre til efteråret.", "ssssss", evidence="l1"),
    one(STRENGTH, "Der er tydelige tegn på tidnød.", "ss----"),
    Row(NUMBER, chart="Har 45 sager pr. medarbejder.", chart_evidence="l0"),
    one(NUMBER, "12 af 50 sager (30 procent) ligger stille.", "ssssss"),
    Row(NUMBER, chart="Budgettet er beskåret med 5 mio. kr.", chart_evidence="s2"),
    one(ROLES, "{kvantor} mangler folk.", "ssss--", evidence="s0 s1"),
    en(QUANTITY, "In every municipality caseworkers are missing.", "sssss-"),
    en(QUANTITY, "The majority of municipalities are short of staff.", "sss---"),
    en(QUANTITY, "Five of the six municipalities are short of staff.", "ssss--"),
    en(QUANTITY, "Only one municipality is short of staff.", "sss---"),
    en(QUANTITY, "The six municipalities are all short of staff.", "sssss-"),
    en(QUANTITY, "Only Aaby and Birk are short of staff.", "sss---"),
    en(QUANTITY, "A couple of municipalities are short of staff.", "ssss--"),
    en(NONE, "Not a single municipality has a plan.", "ccc---", OTHERWISE),
    en(NONE, "None of them has a plan.", "ccc---", OTHERWISE),
    en(UNASKED, "Half of the municipalities are short of staff.", "sss---", unasked="fjord"),
    en(QUOTE, "{share} say that “there is never any peace”.", "ssssss"),
    en(CONTRADICTION, "A majority of the municipalities are short of staff.", "ssssc-"),
    Row(CELLS, (F("{share} have sufficient funds for rehabilitation.", "ssssss"), F("{share} have insufficient funds for rehabilitation.", "ssssss")), language="en"),
    Row(NUMBER, chart="Was cut by 5 million.", chart_evidence="s2", language="en"),
    en(STRENGTH, "Things clearly get better in autumn.", "ssssss", evidence="l1"),
]  # fmt: skip
MISSED: list[Row] = [
    one(QUANTITY, "Kommunerne har uden undtagelse for lidt tid.", "sssss-"),
    one(QUANTITY, "Tiden er knap for kommunerne, undtagen én.", "ssss--"),
    one(STRENGTH, "Tidnøden kan henføres til lægekonsulenten.", "ssssss", evidence="l2"),
    one(QUANTITY, "Kommunerne mangler alle sagsbehandlere til opgaven.", "sssss-"),
]  # fmt: skip
"""Planted faults that are not found: known limits, told in docs/verify-study.md."""
SOUND: list[Row] = [
    one("", "Alle seks kommuner har for lidt tid.", "ssssss"),
    one("", "Samtlige kommuner har for lidt tid.", "ssssss"),
    one("", "De fleste kommuner har for lidt tid; Fjord har tid.", "sssssc"),
    one("", "Et flertal af kommunerne har for lidt tid.", "ssss--"),
    one("", "Flere kommuner har for lidt tid.", "ss----"),
    one("", "Et par kommuner har for lidt tid.", "ss----"),
    one("", "En enkelt kommune har for lidt tid.", "s-----"),
    one("", "Tre ud af seks kommuner har for lidt tid.", "sss---"),
    one("", "Halvdelen af kommunerne har for lidt tid.", "sss---"),
    one("", "To tredjedele af kommunerne har for lidt tid.", "ssss--"),
    one("", "Alle tre kommuner har for lidt tid.", "sss", group="many"),
    one("", "Tre kommuner har for lidt tid, mens to har tid nok.", "ssscc-", "Dalby og Egsted har tid nok."),
    one("", "Fire kommuner har for lidt tid, de to øvrige har ikke.", "sssscc"),
    one("", "Tre kommuner har for lidt tid, to har tid nok, og én har ikke nævnt det.", "ssscc-"),
    one("", "Fem kommuner har for lidt tid; den sjette, Fjord, har tid nok.", "sssssc"),
    one("", "Alle kommuner undtagen Fjord har for lidt tid.", "sssssc"),
    one("", "Alle på nær én kommune har for lidt tid.", "sssss-"),
    one("", "Mindst fire kommuner har for lidt tid.", "ssss--"),
    one("", "Hver anden kommune har for lidt tid.", "sss---"),
    one("", "Kommunerne har alle for lidt tid.", "ssssss"),
    one("", "{andel} har for lidt tid, og flere sagsbehandlere er rejst.", "ssss--"),
    one("", "{andel} har for lidt tid til alle opgaver.", "ssss--"),
    one("", "{andel} siger, at ingen har tid til det hele.", "ssss--"),
    one("", "{andel} siger, at alle har travlt.", "ssss--"),
    one("", "{andel} bruger tiden på de fleste borgere.", "ssss--"),
    one("", "{andel} samarbejder med andre kommuner.", "ssss--"),
    one("", "{andel} samarbejder med to andre kommuner om opgaven.", "ssss--"),
    one("", "{andel} har for lidt tid; ikke alle sager følges op.", "ssss--"),
    one("", "{andel} får hjælp af en anden kommune.", "ssss--"),
    one("", "{andel} sammenligner sig med de fleste kommuner i landet.", "ssss--"),
    one("", "Kommunerne er presset hver især.", "ssssss"),
    one("", "Ifølge {andel} er tiden knap.", "ssss--"),
    one("", "Tiden er knap i {andel}.", "ssss--"),
    one("", "Ikke alle kommuner har for lidt tid.", "sssssc", "Fjord har tid."),
    one("", "Begge faggrupper i {andel} har for lidt tid.", "ssss--"),
    one("", "I tre af de seks kommuner er tiden knap.", "sss---"),
    one("", "Alle seks jobcentre har for lidt tid.", "ssssss", noun=JOBCENTRES),
    one("", "Ét af de seks jobcentre har for lidt tid.", "s-----", noun=JOBCENTRES),
    one("", "Ingen af de seks kommuner har tid nok.", "cccccc", OTHERWISE),
    one("", "Ingen kommuner har tid nok.", "cccccc", OTHERWISE),
    one("", "Ingen har nævnt en plan.", "u-----"),
    one("", "Ingen af de seks kommuner har nævnt en plan.", "cc----", "Aaby og Birk siger, at de ingen har."),
    one("", "{andel} har ingen plan.", "ssss--"),
    one("", "{andel} har ingen tid, og ingen ved hvorfor.", "ssss--"),
    one("", "Fire ud af seks kommuner har for lidt tid; to er ikke spurgt.", "ssss--", unasked="egsted fjord"),
    one("", "Fire ud af seks kommuner har for lidt tid.", "ssss--", "Egsted og Fjord blev ikke spurgt.", unasked="egsted fjord"),
    one("", "Fire kommuner har for lidt tid.", "ssss--", unasked="egsted fjord"),
    one("", "Fire ud af seks kommuner har for lidt tid; spørgsmålet blev ikke stillet i Egsted og Fjord.", "ssss--", unasked="egsted fjord"),
    one("", "Der er eksempler på travlhed.", "ss----"),
    one("", "Der er et eksempel på travlhed.", "s-----"),
    one("", "Et eksempel på travlhed er, at sager bliver liggende i flere dage.", "s-----"),
    one("", "{andel} har for lidt tid: »Der er travlt hele dagen«.", "ssssss"),
    one("", "{andel} har for lidt tid: “Vi når ikke […] til tiden”.", "ssssss"),
    one("", "{andel} har en såkaldt »hurtig« sagsgang.", "ssssss"),
    one("", "{andel} har for lidt tid (»travlt«).", "ssssss"),
    one("", "{andel} har for lidt tid: »[Vi] har 55 sager hver«.", "ssssss"),
    one("", "{andel} har for lidt tid.", "sssssc"),
    one("", "{andel} har for lidt tid.", "ssscm-", "Dalby har tid nok; Egsted er delt."),
    one("", "Kommunerne har for lidt tid, bortset fra Fjord.", "sssssc"),
    one("", "{kvantor} har for lidt tid, Fjords leder undtaget.", "sssssc"),
    Row("", (F("{andel} har tid nok til opfølgningen.", "ssss--"), F("{andel} har ikke tid nok til opfølgningen.", "----ss"))),
    Row("", (F("{andel} har tid nok til opfølgningen.", "ssscc-", note="Dalby, Egsted"), F("{andel} har ikke tid nok til opfølgningen.", "cccss-", note="Aaby, Birk, Colling"))),
    Row("", (F("{andel} har tid nok til opfølgningen.", "ssssss"), F("{andel} har ikke folk nok til opfølgningen.", "ssssss"))),
    Row("", (F("{andel} har tid nok til opfølgningen.", "ssssss"), F("{andel} har ikke tid nok til opfølgningen.", "sss", group="many"))),
    Row("", (F("{andel} har ikke tid nok til opfølgningen.", "ssssss"),), charts=(("aaby", "Har for lidt tid til opfølgningen."),)),
    Row("", (F("{andel} følger sjældent op på sagerne.", "ssssss"), F("{andel} følger ikke altid op på sagerne.", "ssssss"))),
    Row("", (F("{andel} følger altid op på nye sager.", "ssssss"), F("{andel} følger aldrig op på gamle sager.", "ssssss"))),
    Row("", (F("Det er ikke kun tiden, der mangler til opfølgningen.", "ssssss"), F("Tiden mangler til opfølgningen.", "ssssss"))),
    one("", "Tidnøden skyldes, at to er rejst.", "ssssss", evidence="l0 s0"),
    one("", "Der er en tendens til tidnød.", "sss---"),
    one("", "Tidnøden skyldes ikke budgettet.", "ssssss", evidence="l0 s0"),
    Row("", chart="Bliver måske bedre til efteråret.", chart_evidence="l1"),
    Row("", chart="Det kan tyde på, at det bliver bedre.", chart_evidence="l1"),
    Row("", chart="Har 55 sager hver.", chart_evidence="l0"),
    Row("", chart="Har femoghalvtreds sager hver, da to er rejst.", chart_evidence="l0"),
    Row("", chart="Budgettet er beskåret med 4.000.000 kr.", chart_evidence="s2"),
    Row("", chart="Budgettet er beskåret med 4 mio. kr. efter reformen i 2007.", chart_evidence="s2"),
    Row("", chart="Har 55 sager, jf. § 18 og kapitel 3.", chart_evidence="l0"),
    one("", "{andel} har for lidt tid (spørgsmål 3b).", "ssss--"),
    Row("", chart="Har over 50 sager hver.", chart_evidence="l0"),
    Row("", chart="1) For mange sager. 2) To er rejst.", chart_evidence="l0"),
    one("", "{andel} har for lidt tid.", "ssssss", "Kun lederens ord.", evidence="l0"),
    one("", "{andel} har for lidt tid.", "ssssss", evidence="l0 s0"),
    one("", "Lederne i {andel} har for lidt tid.", "ssssss", evidence="l0"),
    one("", "Ifølge sagsbehandlerne har {andel} for lidt tid.", "ssssss", evidence="s0"),
    Row("", chart="Har travlt. Alle medarbejdere er presset, og ingen når det hele.", chart_evidence="l0 s0"),
    Row("", (F("{andel} har for lidt tid.", "ssssss"),), difference="Begge grupper har for lidt tid; de fleste i den ene."),
    # English
    en("", "All six municipalities are short of time.", "ssssss"),
    en("", "Most municipalities are short of time; Fjord is not.", "sssssc"),
    en("", "Three municipalities are short of time, while two have enough.", "ssscc-", "Dalby and Egsted have enough."),
    en("", "Four municipalities are short of time; the other two are not.", "sssscc"),
    en("", "All but one municipality are short of time.", "sssss-"),
    en("", "Every municipality is short of time.", "ssssss"),
    en("", "{share} {is|are} short of time for most citizens.", "ssss--"),
    en("", "{share} {works|work} with two other municipalities.", "ssss--"),
    en("", "{share} {says|say} that nobody has enough time.", "ssss--"),
    en("", "None of the six municipalities has enough time.", "cccccc", OTHERWISE),
    en("", "None has mentioned a plan.", "u-----"),
    en("", "Four of the six municipalities are short of time; two were not asked.", "ssss--", unasked="egsted fjord"),
    en("", "There are examples of files left lying.", "ss----"),
    en("", "There is an example of files left lying.", "s-----"),
    en("", "{share} are short of time: “It is busy all day”.", "ssssss"),
    en("", "{share} don't reach it, and the caseworkers' work isn't done in time.", "ssss--"),
    en("", "{share} {is|are} short of time.", "sssssc"),
    Row("", (F("{share} {has|have} enough time for follow-up.", "ssss--"), F("{share} {does|do} not have enough time for follow-up.", "----ss")), language="en"),
    en("", "The shortage is due to two having left.", "ssssss", evidence="l0 s0"),
    Row("", chart="Has fifty-five files each.", chart_evidence="l0", language="en"),
    Row("", chart="Has more than 50 files each, as two have left.", chart_evidence="l0", language="en"),
    one("", "I alle seks kommuner mangler der sagsbehandlere.", "ssssss"),
    one("", "Størstedelen af kommunerne mangler folk, men Fjord gør ikke.", "sssssc"),
    one("", "Over halvdelen af kommunerne mangler folk.", "ssss--"),
    one("", "Det er kun en enkelt kommune, der mangler folk.", "s-----"),
    one("", "En tredjedel af kommunerne mangler folk.", "ss----"),
    one("", "Alle på nær to kommuner mangler folk.", "ssss--"),
    one("", "Højst tre kommuner mangler folk.", "sss---"),
    one("", "Fire kommuner mangler folk, hvorimod to ikke gør.", "sssscc"),
    one("", "Alle jobcentre bortset fra Fjord mangler folk.", "sssssc", noun=JOBCENTRES),
    one("", "Kun Aaby og Birk mangler folk.", "ss----"),
    one("", "{andel} mangler folk, men to sagsbehandlere er på vej.", "ssss--"),
    one("", "{andel} mangler folk, men får hjælp af to andre jobcentre.", "ssss--"),
    one("", "{andel} har alle sager på ét sted.", "ssss--"),
    one("", "Kommunerne samarbejder med alle om det.", "ssss--"),
    one("", "{andel} har begge faggrupper i huset, og alle tre teams deltager.", "ssss--"),
    one("", "Ingen borgere bliver presset i {andel}.", "ssss--"),
    one("", "{andel} har aldrig tid til det hele.", "ssss--"),
    one("", "{andel} mangler ikke folk.", "ssss--"),
    one("", "Ingen har omtalt en plan.", "u-----"),
    one("", "Halvdelen af kommunerne mangler folk; én blev ikke spurgt.", "sss---", unasked="fjord"),
    one("", "{kvantor} mangler folk.", "ssss--", unasked="fjord"),
    one("", "Der er for eksempel travlt i Aaby.", "s-----"),
    one("", "Et eksempel på det er sagerne, der går i stå.", "s-----"),
    one("", "Nogle eksempler på travlhed nævnes.", "sss---"),
    one("", "{andel} siger, at de »når ikke opfølgningen til tiden«.", "ssssss"),
    one("", "{andel} kalder det »hurtig« og »grundig« sagsbehandling.", "ssssss"),
    one("", "I fire kommuner mangler der folk; de to øvrige siger det modsatte.", "sssscc"),
    one("", "I fire kommuner mangler der folk, resten siger det modsatte.", "sssscc"),
    one("", "{antal} mangler folk; Fjord er delt.", "ssss-m"),
    Row("", (F("{andel} bruger praktik før fleksjob.", "ssssss"), F("{andel} bruger ikke praktik efter fleksjob.", "ssssss"))),
    Row("", (F("{andel} har få unge borgere.", "ssssss"), F("{andel} har mange ældre borgere.", "ssssss"))),
    Row("", (F("{andel} har for få folk.", "ssssss"), F("{andel} mangler folk.", "ssssss"))),
    Row("", (F("{andel} har for mange sager.", "ssssss"), F("{andel} har mange sager.", "ssssss"))),
    Row("", (F("{andel} har for lidt tid til opfølgning.", "ssssss"), F("{andel} har ikke tid nok til opfølgning.", "ssssss"))),
    Row("", (F("{andel} har tid nok til nye sager.", "ssssss"), F("{andel} har for lidt tid til gamle sager.", "ssssss"))),
    one("", "Det bliver formentlig bedre til efteråret.", "ssssss", "Lederens ord.", evidence="l1"),
    one("", "Der er tegn på tidnød.", "sss---"),
    Row("", chart="Har mere end 50 sager, fordi to er rejst.", chart_evidence="l0"),
    Row("", chart="Omkring 55 sager hver (se kap. 4, side 12).", chart_evidence="l0"),
    Row("", chart="Beskåret med omkring 4 mio. kr. i 2006-2007.", chart_evidence="s2"),
    one("", "Sagsbehandlerne i {andel} mangler tid.", "ssss--", evidence="s0 s1"),
    one("", "{andel} mangler folk, ifølge lederne.", "ssss--", evidence="l0"),
    en("", "In every municipality caseworkers are missing.", "ssssss"),
    en("", "Only one municipality is short of staff.", "s-----"),
    en("", "Only Aaby and Birk are short of staff.", "ss----"),
    en("", "All municipalities except Fjord are short of staff.", "sssssc"),
    en("", "The municipalities work with all of the staff.", "ssss--"),
    en("", "{share} {has|have} no plan at all for most files.", "ssss--"),
    en("", "Nobody has mentioned a plan.", "u-----"),
    en("", "{share} {is|are} short of staff, but two caseworkers are on their way.", "ssss--"),
    en("", "Four municipalities are short of staff, whereas two are not.", "sssscc"),
    Row("", (F("{share} have too few staff.", "ssssss"), F("{share} {lacks|lack} staff.", "ssssss")), language="en"),
    Row("", chart="Was cut by about 4 million in 2006, see section 3.", chart_evidence="s2", language="en"),
    en("", "Things may get better in autumn.", "ssssss", "The leader's word (leder).", evidence="l1"),
]  # fmt: skip


def study_text(row: Row) -> str:
    """The study as `make_study` takes it."""
    noun = row.noun or NOUNS[row.language]
    groups = f'[groups]\nattribute = "group"\nnoun = {noun}\n[groups.labels]\nfew = "Få"\nmany = "Mange"\n'
    settings = f'format = "crosscase-study/1"\ntitle = "Ni kommuner"\nlanguage = "{row.language}"\n'
    themes = "".join(
        f"- {{id: {id}, label: {id.title()}, definition: Om {id}., questions: [{q}]}}\n"
        for id, q in (("tid", "q1"), ("ro", "q2"))
    )
    guide = "# Guide\n\n## 1. Tid {#s}\n\na. Tid? {#q1}\nb. Ro? {#q2}\n"
    cases = "".join(f"{id},{label},{'few' if id in FEW else 'many'}\n" for id, label in CASES.items())
    parts = [f"=== study.toml\n{settings}{groups}", f"=== codebook.yaml\nthemes:\n{themes}", f"=== guide.md\n{guide}"]
    parts += [f"=== cases.csv\nid,label,group\n{cases}", *(_interview(row, case, r) for case in CASES for r in "ls")]
    if row.findings or row.difference:
        difference = f"difference: {_json(row.difference)}\n" if row.difference else ""
        entries = "".join(f"- {_json(_finding(f, n))}\n" for n, f in enumerate(row.findings))
        parts.append(f"=== findings/tid.yaml\ntheme: tid\n{difference}findings:\n{entries}")
    charts = row.charts or ((("aaby", row.chart),) if row.chart else ())
    if charts:
        entries = "".join(f"- {_json(_chart(case, said, row))}\n" for case, said in charts)
        parts.append(f"=== charts/tid.yaml\ntheme: tid\ncharts:\n{entries}")
    return "".join(parts)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _interview(row: Row, case: str, role: str) -> str:
    """One source, and the log that codes each of its sentences (none where the case was not asked)."""
    quotes, is_asked = SAID[row.language][role], case not in row.unasked.split()
    text, asked = ". ".join(quotes) + ".", "all" if is_asked else "[q2]"
    events: list[dict[str, object]] = []
    for n, quote in enumerate(quotes if is_asked else ()):
        start = text.index(quote)
        place = {"start": start, "end": start + len(quote), "quote": quote}
        events.append({"op": "add", "id": f"{case}{role}{n}", "code": "tid", **place})
    log = "".join(f"{_json(event)}\n" for event in (*events, {"op": "read", "id": f"r{case}{role}"}))
    meta = f"---\ncase: {case}\nroles: [{ROLES_OF[role]}]\nasked: {asked}\n---\n"
    return f"=== sources/{case}-{role}.md\n{meta}\n{text}\n=== codings/ana/{case}-{role}.jsonl\n{log}"


def _finding(said: F, number: int) -> dict[str, object]:
    cases = FEW if said.group == "few" else MANY if said.group == "many" else list(CASES)
    stances = {case: STANCES[one] for case, one in zip(cases, said.stances, strict=False) if one != "-"}
    evidence = {case: [f"{case}{id}" for id in said.evidence.split()] for case in stances} if said.evidence else {}
    entry = {"id": f"f-{number}abc", "group": said.group, "text": said.text, "note": said.note}
    return {**{key: value for key, value in entry.items() if value}, "stances": stances, "evidence": evidence}


def _chart(case: str, summary: str, row: Row) -> dict[str, object]:
    return {"case": case, "summary": summary, "evidence": [f"{case}{id}" for id in row.chart_evidence.split()]}
