"""What a comparison of two versions says, in English and Danish. Braces are filled by `reports.diff.view`."""

from __future__ import annotations

import msgspec


class DiffWords(msgspec.Struct, frozen=True):
    """The wording of one language.

    `changes` are sentences by kind and act of a change (`coding.added`), and of a field where there is one of its own
    (`code.changed.label`). `kinds` and `fields` name what is counted and what is edited.
    """

    title: str
    old: str
    new: str
    sides: dict[str, str]
    """What `now` and `build` are called; other sides are called as they were named."""
    equal: str
    cells_differ: tuple[str, str]
    heads_differ: str
    causes: dict[str, str]
    errors: tuple[str, str]
    what_changed: str
    shown_in: tuple[str, str]
    no_effect: str
    no_effect_none: str
    inputs: str
    because: str
    numbers: dict[str, str]
    of: str
    nothing: str
    states: dict[str | None, str]
    rows: dict[str, str]
    columns: dict[str, str]
    cell_new: str
    cell_gone: str
    cited: str
    sentences: str
    sentences_differ: tuple[str, str]
    only_sentences: str
    sentence_places: dict[str, str]
    """A summary, finding or word on what differs, by kind; `{group}` is a column's label or `all_groups`."""
    all_groups: str
    stances: dict[str, str]
    evidence_new: str
    evidence_gone: str
    became_stale: str
    memo: str
    more: str
    more_changes: str
    changes: dict[str, str]
    fields: dict[str, str]
    kinds: dict[str, tuple[str, str]]
    and_: str


ENGLISH = DiffWords(
    title="What changed",
    old="old",
    new="new",
    sides={"now": "now", "build": "the last build"},
    equal="The two matrices are the same: no row, column or cell differs.",
    cells_differ=("{n} of {total} cells differs.", "{n} of {total} cells differ, in {themes} of {rows} themes."),
    heads_differ="No cell differs in its states, numbers or excerpts, but rows or columns do.",
    causes={
        "exact": "",
        "partly": "Some inputs of a build can no longer be read as they were; cells that only they explain say so. "
                  "A study kept in git can always be read.",
        "inputs": "A build alone does not tell what caused a difference; these of its inputs differ.",
        "none": "Nothing is known of what these matrices were made from, so no causes can be named.",
    },
    errors=("{side}: the study has 1 error; what it concerns is left out (crosscase check).",
            "{side}: the study has {n} errors; what they concern is left out (crosscase check)."),
    what_changed="What was changed",
    shown_in=("1 cell", "{n} cells"),
    no_effect="Without effect on the matrix: {what}.",
    no_effect_none="Everything else is the same.",
    inputs="Inputs that differ",
    because="because",
    numbers={
        "n_group": "cases in the group",
        "n_applicable": "the theme applies to",
        "n_asked": "known to be asked",
        "n_unknown": "not known if asked",
        "n_mentioning": "mentioned by",
        "n_codings": "codings",
    },
    of="{k} of {n}",
    nothing="nothing",
    states={
        "mentioned": "mentioned",
        "asked_no_answer": "asked, no answer",
        "read_absent": "read, not mentioned",
        "not_coded": "not read yet",
        "not_asked": "not asked",
        "not_applicable": "not applicable",
        "unknown": "unknown",
        None: "not in this group",
    },
    rows={
        "new": "new row: {label}",
        "gone": "row gone: {label}",
        "renamed": "row renamed: {was} → {label}",
        "reordered": "the rows stand in another order",
    },
    columns={
        "new": "new column: {label}",
        "gone": "column gone: {label}",
        "renamed": "column renamed: {was} → {label}",
        "reordered": "the columns stand in another order",
    },
    cell_new="new cell",
    cell_gone="cell gone",
    cited="cited otherwise: {was} → {citation}",
    sentences="Findings and summaries",
    sentences_differ=("1 finding or summary differs.", "{n} findings and summaries differ."),
    only_sentences="No row, column or cell differs.",
    sentence_places={
        "finding": "{theme} · {group} ({id})",
        "summary": "{theme} · summary of {case}",
        "difference": "{theme} · what differs",
    },
    all_groups="all groups",
    stances={"supports": "supports", "contradicts": "contradicts", "mixed": "mixed", "unclear": "unclear",
             "": "no stance"},
    evidence_new="evidence new",
    evidence_gone="evidence gone",
    became_stale="stale: words that it rests on changed",
    memo="note: {memo}",
    more="… and {n} more",
    more_changes="More of what was changed",
    changes={
        "coding.added": "{coder} coded {quote} in {source} as {code}",
        "coding.restored": "{coder} brought back {code} on {quote} in {source}",
        "coding.retracted": "{coder} retracted {code} from {quote} in {source}",
        "coding.removed": "{coder}’s {code} on {quote} in {source} is not in the log of the new version",
        "coding.recoded": "{coder} recoded {quote} in {source}: {was} → {now}",
        "coding.resized": "{coder} gave {code} in {source} to other words: {was} → {now}",
        "coding.lost": "{quote} (coded {code} by {coder}) is no longer in the text of {source}; there is now: {now}",
        "coding.found": "{quote} (coded {code} by {coder}) is in the text of {source} again",
        "coding.reworded": "words that {coder} coded {code} were edited in {source}: {was} → {now}",
        "coding.settled": "it was decided that {quote} (coded {code} by {coder}) now reads {now} in {source}",
        "coding.orphaned": "it was decided that {quote} (coded {code} by {coder}) is no longer in the text of {source}",
        "read.added": "{coder} marked {source} as read{theme}",
        "read.restored": "{coder} brought back the read mark on {source}{theme}",
        "read.retracted": "{coder} took back the read mark on {source}{theme}",
        "read.removed": "{coder}’s read mark on {source}{theme} is not in the log of the new version",
        "read.theme": " for {code}",
        "code.new": "{code} is new in the codebook",
        "code.gone": "{code} is no longer in the codebook",
        "code.reordered": "the themes stand in another order in the codebook",
        "code.changed": "{code}: {field} {was} → {now}",
        "code.changed.label": "{subject} is called {now} (was {was})",
        "code.changed.theme": "{code} now stands under {now} (was under {was})",
        "code.changed.replaced_by": "{code} is replaced by {now}",
        "code.changed.replaced_by.back": "{code} is no longer replaced by {was}",
        "case.new": "{case} is new",
        "case.gone": "{case} is no longer a case",
        "case.reordered": "the cases stand in another order",
        "case.changed": "{case}: {field} {was} → {now}",
        "source.new": "{source} is new",
        "source.gone": "{source} is no longer a source",
        "source.changed": "{source}: {field} {was} → {now}",
        "text.edited": "the text of {source} was edited: {was} → {now}",
        "text.edited.more": "the text of {source} was edited at {n} places, first: {was} → {now}",
        "setting.changed": "{subject}: {was} → {now}",
        "setting.follows": "the matrix is filled by {now} (was {was}), since study.toml names nobody",
        "setting.reordered": "{subject}: another order",
        "guide.new": "question {subject} is new",
        "guide.gone": "question {subject} is no longer in the guide",
        "guide.changed": "question {subject}: {was} → {now}",
        "guide.changed.sections": "the sections of the guide are others",
        "input.new": "{subject} was not among the inputs",
        "input.gone": "{subject} is no longer among the inputs",
        "input.changed": "{subject} was changed, and what it held before can no longer be read",
        "tool.changed": "the program, or a library, gives another result from the same inputs: {was} → {now}",
    },
    fields={"places": "pages and times"},
    kinds={
        "setting": ("1 setting", "{n} settings"),
        "case": ("1 change of cases", "{n} changes of cases"),
        "source": ("1 change in front matter", "{n} changes in front matter"),
        "code": ("1 change of the codebook", "{n} changes of the codebook"),
        "guide": ("1 change of the guide", "{n} changes of the guide"),
        "text": ("1 edited text", "{n} edited texts"),
        "coding": ("1 coding", "{n} codings"),
        "read": ("1 read mark", "{n} read marks"),
        "memo": ("1 note", "{n} notes"),
    },
    and_="and",
)  # fmt: skip

DANISH = DiffWords(
    title="Hvad er ændret",
    old="før",
    new="nu",
    sides={"now": "studiet, som det er nu", "build": "den seneste build"},
    equal="De to matricer er ens: ingen række, kolonne eller celle er anderledes.",
    cells_differ=("{n} af {total} celler er anderledes.",
                  "{n} af {total} celler er anderledes, i {themes} af {rows} temaer."),
    heads_differ="Ingen celle har andre tilstande, tal eller uddrag, men rækker eller kolonner er anderledes.",
    causes={
        "exact": "",
        "partly": "Noget af det, en tidligere matrix er lavet af, kan ikke læses mere; celler, som kun det forklarer, "
                  "siger det. Et studie, der ligger i git, kan altid læses.",
        "inputs": "En færdig matrix siger ikke selv, hvad der har ændret den. Disse filer er anderledes.",
        "none": "Det vides ikke, hvad matricerne er lavet af, så årsager kan ikke nævnes.",
    },
    errors=("{side}: studiet har 1 fejl; det, den angår, er ikke med (crosscase check).",
            "{side}: studiet har {n} fejl; det, de angår, er ikke med (crosscase check)."),
    what_changed="Hvad der er ændret",
    shown_in=("1 celle", "{n} celler"),
    no_effect="Uden virkning på matrixen: {what}.",
    no_effect_none="Alt andet er det samme.",
    inputs="Filer, der er anderledes",
    because="fordi",
    numbers={
        "n_group": "cases i gruppen",
        "n_applicable": "temaet gælder for",
        "n_asked": "spurgt",
        "n_unknown": "uvist om spurgt",
        "n_mentioning": "nævnt hos",
        "n_codings": "kodninger",
    },
    of="{k} af {n}",
    nothing="intet",
    states={
        "mentioned": "nævnt",
        "asked_no_answer": "spurgt uden svar",
        "read_absent": "læst, ikke nævnt",
        "not_coded": "ikke læst endnu",
        "not_asked": "ikke spurgt",
        "not_applicable": "ikke relevant",
        "unknown": "uvist",
        None: "ikke i gruppen",
    },
    rows={
        "new": "ny række: {label}",
        "gone": "rækken er væk: {label}",
        "renamed": "rækken har nyt navn: {was} → {label}",
        "reordered": "rækkerne står i en anden orden",
    },
    columns={
        "new": "ny kolonne: {label}",
        "gone": "kolonnen er væk: {label}",
        "renamed": "kolonnen har nyt navn: {was} → {label}",
        "reordered": "kolonnerne står i en anden orden",
    },
    cell_new="ny celle",
    cell_gone="cellen er væk",
    cited="ny henvisning: {was} → {citation}",
    sentences="Sætninger og sammenfatninger",
    sentences_differ=("1 sætning eller sammenfatning er anderledes.",
                      "{n} sætninger og sammenfatninger er anderledes."),
    only_sentences="Ingen række, kolonne eller celle er anderledes.",
    sentence_places={
        "finding": "{theme} · {group} ({id})",
        "summary": "{theme} · sammenfatning af {case}",
        "difference": "{theme} · hvad der er forskelligt",
    },
    all_groups="alle grupper",
    stances={"supports": "støtter", "contradicts": "modsiger", "mixed": "både og", "unclear": "uklar",
             "": "ingen stilling"},
    evidence_new="nyt belæg",
    evidence_gone="belæg, der er væk",
    became_stale="forældet: ord, som den bygger på, er ændret",
    memo="note: {memo}",
    more="… og {n} til",
    more_changes="Mere af det, der er ændret",
    changes={
        "coding.added": "{coder} har kodet {quote} i {source} som {code}",
        "coding.restored": "{coder} har taget {code} på {quote} i {source} tilbage",
        "coding.retracted": "{coder} har fjernet {code} fra {quote} i {source}",
        "coding.removed": "{coder}: {code} på {quote} i {source} findes ikke i den nye udgaves log",
        "coding.recoded": "{coder} har omkodet {quote} i {source}: {was} → {now}",
        "coding.resized": "{coder} har givet {code} i {source} til andre ord: {was} → {now}",
        "coding.lost": "{quote} (kodet {code} af {coder}) står ikke længere i {source}; nu står der: {now}",
        "coding.found": "{quote} (kodet {code} af {coder}) står igen i {source}",
        "coding.reworded": "ord, som {coder} har kodet {code}, er rettet i {source}: {was} → {now}",
        "coding.settled": "det er afgjort, at {quote} (kodet {code} af {coder}) nu lyder {now} i {source}",
        "coding.orphaned": "det er afgjort, at {quote} (kodet {code} af {coder}) ikke længere står i {source}",
        "read.added": "{coder} har markeret {source} som læst{theme}",
        "read.restored": "{coder} har igen markeret {source} som læst{theme}",
        "read.retracted": "{coder} har fjernet læsemærket på {source}{theme}",
        "read.removed": "{coder}: læsemærket på {source}{theme} findes ikke i den nye udgaves log",
        "read.theme": " for {code}",
        "code.new": "{code} er ny i kodebogen",
        "code.gone": "{code} er ikke længere i kodebogen",
        "code.reordered": "temaerne står i en anden orden i kodebogen",
        "code.changed": "{code}: {field} {was} → {now}",
        "code.changed.label": "{subject} hedder {now} (før {was})",
        "code.changed.theme": "{code} står nu under {now} (før under {was})",
        "code.changed.replaced_by": "{code} er erstattet af {now}",
        "code.changed.replaced_by.back": "{code} er ikke længere erstattet af {was}",
        "case.new": "{case} er ny",
        "case.gone": "{case} er ikke længere en case",
        "case.reordered": "casene står i en anden orden",
        "case.changed": "{case}: {field} {was} → {now}",
        "source.new": "{source} er ny",
        "source.gone": "{source} er ikke længere en kilde",
        "source.changed": "{source}: {field} {was} → {now}",
        "text.edited": "teksten i {source} er rettet: {was} → {now}",
        "text.edited.more": "teksten i {source} er rettet {n} steder, først: {was} → {now}",
        "setting.changed": "{subject}: {was} → {now}",
        "setting.follows": "matrixen bygger på {now} (før {was}), da study.toml ikke nævner nogen",
        "setting.reordered": "{subject}: en anden orden",
        "guide.new": "spørgsmål {subject} er nyt",
        "guide.gone": "spørgsmål {subject} er ikke længere i guiden",
        "guide.changed": "spørgsmål {subject}: {was} → {now}",
        "guide.changed.sections": "guidens afsnit er andre",
        "input.new": "{subject} var ikke med",
        "input.gone": "{subject} er ikke længere med",
        "input.changed": "{subject} er ændret, og hvad der stod før, kan ikke læses mere",
        "tool.changed": "programmet eller et bibliotek giver et andet resultat af det samme: {was} → {now}",
    },
    fields={
        "label": "navn", "roles": "roller", "title": "titel", "date": "dato", "kind": "art", "asked": "spurgt",
        "questions": "spørgsmål", "definition": "definition", "applies_to": "gælder for",
        "places": "sider og tider",
    },
    kinds={
        "setting": ("1 indstilling", "{n} indstillinger"),
        "case": ("1 ændring af cases", "{n} ændringer af cases"),
        "source": ("1 ændring af oplysninger om kilder", "{n} ændringer af oplysninger om kilder"),
        "code": ("1 ændring af kodebogen", "{n} ændringer af kodebogen"),
        "guide": ("1 ændring af guiden", "{n} ændringer af guiden"),
        "text": ("1 rettet tekst", "{n} rettede tekster"),
        "coding": ("1 kodning", "{n} kodninger"),
        "read": ("1 læsemærke", "{n} læsemærker"),
        "memo": ("1 note", "{n} noter"),
    },
    and_="og",
)  # fmt: skip


def diff_words(language: str) -> DiffWords:
    """The wording for a language; English where it is not Danish."""
    return DANISH if language == "da" else ENGLISH
