"""Small constructed studies in five languages: three themes, four cases, each with a sentence on every theme.

What a theme is about stands in the texts inside inflected compounds (English: in other inflections) and never as the
word of the label.
"""

from __future__ import annotations

import json

THEMES: dict[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "da": (
        ("sygdom", "Sygedagpenge", "Ydelsen ved langvarig sygdom.", (
            "Sygedagpengesagerne hober sig op efter ferien.", "En sygedagpengemodtager venter i flere måneder.",
            "Uden sygedagpengene kan hun ikke betale.", "Sygdommens varighed afgør ydelsens størrelse.",
        )),
        ("laege", "Lægekonsulent", "Den læge, som teamet spørger til råds.", (
            "Lægekonsulentens vurdering vejer tungt på mødet.", "Lægekonsulenterne har kun to timer.",
            "Teamets lægekonsulentordning er ny.", "Konsulentens råd følges af de fleste i teamet.",
        )),
        ("bolig", "Bolig", "Hvor borgeren bor, og hvad det koster.", (
            "Huslejestigningerne rammer dem, der bor alene.", "Boligforeningens ventelister er lange.",
            "Almene boliger er sjældne i byen.", "Boligmanglen betyder, at mange flytter.",
        )),
    ),
    "nb": (
        ("sykdom", "Sykepenger", "Ytelsen ved lang sykdom.", (
            "Sykepengesakene hoper seg opp etter ferien.", "En sykepengemottaker venter i flere måneder.",
            "Uten sykepengene kan hun ikke betale.", "Sykdommens varighet avgjør ytelsen.",
        )),
        ("lege", "Rådgivende lege", "Legen som kontoret spør om råd.", (
            "Rådgivningslegenes vurdering veier tungt på møtet.", "Legekontoret har bare to timer.",
            "Legeerklæringene kommer sent.", "Legens råd følges av de fleste.",
        )),
        ("bolig", "Bolig", "Hvor brukeren bor, og hva det koster.", (
            "Boligkøene er lange i byen.", "Boligbyggelagets leiligheter er dyre.",
            "Boligmangelen gjør at mange flytter.", "Kommunale boliger finnes knapt.",
        )),
    ),
    "nn": (
        ("sjukdom", "Sjukepengar", "Ytinga ved lang sjukdom.", (
            "Sjukepengesakene hopar seg opp etter ferien.", "Ein sjukepengemottakar ventar i fleire månader.",
            "Utan sjukepengane kan ho ikkje betale.", "Sjukdommen avgjer ytinga.",
        )),
        ("lege", "Rådgjevande lege", "Legen som kontoret spør om råd.", (
            "Legevurderingane veg tungt på møtet.", "Legekontoret har berre to timar.",
            "Legeerklæringane kjem seint.", "Råda frå legen blir følgde.",
        )),
        ("bustad", "Bustad", "Kvar brukaren bur, og kva det kostar.", (
            "Bustadkøane er lange i byen.", "Bustadbyggelaget har dyre leilegheiter.",
            "Bustadmangelen gjer at mange flyttar.", "Kommunale bustader finst knapt.",
        )),
    ),
    "sv": (
        ("sjukdom", "Sjukpenning", "Ersättningen vid lång sjukdom.", (
            "Sjukpenningärendena hopar sig efter semestern.", "En sjukpenningsmottagare väntar i flera månader.",
            "Utan sjukpenningen kan hon inte betala.", "Sjukdomens längd avgör ersättningen.",
        )),
        ("lakare", "Försäkringsläkare", "Läkaren som kontoret frågar till råds.", (
            "Försäkringsläkarens bedömning väger tungt på mötet.", "Försäkringsläkarna har bara två timmar.",
            "Läkarutlåtandena kommer sent.", "Läkarens råd följs av de flesta.",
        )),
        ("bostad", "Bostad", "Var den sökande bor, och vad det kostar.", (
            "Bostadsköerna är långa i staden.", "Bostadsföreningens lägenheter är dyra.",
            "Bostadsbristen gör att många flyttar.", "Kommunala bostäder finns knappt.",
        )),
    ),
    "de": (
        ("krankheit", "Krankengeld", "Die Leistung bei langer Krankheit.", (
            "Die Krankengeldanträge häufen sich nach den Ferien.", "Eine Krankengeldempfängerin wartet monatelang.",
            "Ohne das Krankengeld kann sie nicht zahlen.", "Die Dauer der Krankheiten bestimmt die Leistung.",
        )),
        ("arzt", "Vertrauensarzt", "Der Arzt, den das Amt um Rat fragt.", (
            "Das vertrauensärztliche Gutachten wiegt schwer.", "Die Vertrauensärzte haben nur zwei Stunden.",
            "Die Arztberichte kommen spät.", "Dem Rat des Vertrauensarztes folgen die meisten.",
        )),
        ("wohnung", "Wohnung", "Wo jemand wohnt, und was es kostet.", (
            "Die Wohnungswartelisten sind lang.", "Die Wohnungsbaugesellschaften verlangen hohe Mieten.",
            "Wegen des Wohnungsmangels ziehen viele fort.", "Sozialwohnungen gibt es kaum.",
        )),
    ),
    "en": (
        ("sickness", "Sickness benefit", "What is paid during a long illness.", (
            "Sickness-benefit cases pile up after the summer.", "Claimants of benefits wait for months.",
            "Without the benefits she cannot pay.", "Long illnesses decide what is paid.",
        )),
        ("doctor", "Medical adviser", "The doctor whom the team asks for advice.", (
            "The medical advisers' opinion weighs heavily.", "The doctors have two hours only.",
            "Doctors' reports arrive late.", "Most follow the adviser's advice.",
        )),
        ("housing", "Housing", "Where a person lives, and what it costs.", (
            "Houses are rare in the town.", "Housing-association waiting lists are long.",
            "The housing shortage makes many people move.", "Council housing hardly exists.",
        )),
    ),
}  # fmt: skip
"""Language → (id, label, definition, sentences) of each theme."""

COMPOUNDS = {
    "da": "Sygedagpengesagerne", "nb": "Sykepengesakene", "nn": "Sjukepengesakene", "sv": "Sjukpenningärendena",
    "de": "Krankengeldanträge", "en": "Sickness-benefit",
}  # fmt: skip
"""An inflected compound of the first theme in each language; it stands in the first case."""
CASES = ("birkeby", "askhavn", "elmsted", "lindkaer")


def study_text(language: str, extra_settings: str = "", write_as: str = "") -> str:
    """The study of a language as `make_study` takes it, all of it coded by ana. `write_as` is how study.toml names the
    language."""
    themes = THEMES[language]
    book = "".join(
        f"- {json.dumps({'id': id, 'label': label, 'definition': said}, ensure_ascii=False)}\n"
        for id, label, said, _ in themes
    )
    parts = [
        f'=== study.toml\nformat = "crosscase-study/1"\ntitle = "Prøve"\nlanguage = "{write_as or language}"\n'
        f"{extra_settings}",
        "=== cases.csv\nid,label,group\n"
        + "".join(f"{c},{c},{'few' if n < 2 else 'many'}\n" for n, c in enumerate(CASES)),
        "=== codebook.yaml\nthemes:\n" + book,
    ]
    for number, case in enumerate(CASES):
        said = [(id, sentences[number]) for id, _, _, sentences in themes]
        text = "\n\n".join(sentence for _, sentence in said) + "\n"
        parts.append(f"=== sources/{case}.md\n---\ncase: {case}\n---\n\n{text}")
        events = [
            {"op": "add", "id": f"{case}{n}", "code": id, "start": (at := text.index(sentence)),
             "end": at + len(sentence), "quote": sentence}
            for n, (id, sentence) in enumerate(said)
        ]  # fmt: skip
        lines = "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)
        parts.append(f"=== codings/ana/{case}.jsonl\n{lines}")
    return "".join(part if part.endswith("\n") else part + "\n" for part in parts)
