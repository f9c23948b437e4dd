"""The words of a coding sheet in Danish and English: names of tabs and columns, and the instructions."""

from __future__ import annotations

import msgspec


class SheetWords(msgspec.Struct, frozen=True):
    """What a coding sheet says in one language. `instructions` are pairs of heading and text."""

    instructions_tab: str
    codes_tab: str
    title: str
    coded_by: str
    source: str
    speaker: str
    text: str
    code: str
    memo: str
    read: str
    read_help: str
    read_short: str
    source_title: str
    yes: str
    no: str
    paragraph: str
    paragraphs: str
    theme: str
    code_id: str
    label: str
    definition: str
    include: str
    exclude: str
    choice: str
    not_in_list: str
    instructions: tuple[tuple[str, str], ...]


DANISH = SheetWords(
    instructions_tab="Vejledning",
    codes_tab="Koder",
    title="Kodningsark",
    coded_by="Kodes af",
    source="Kilde",
    speaker="Taler",
    text="Tekst",
    code="Kode",
    memo="Memo",
    read="Har du læst hele kilden?",
    read_help="ja, når du har læst det hele",
    read_short="Læst",
    source_title="Titel",
    yes="ja",
    no="nej",
    paragraph="Afsnit",
    paragraphs="Afsnit",
    theme="Tema",
    code_id="Kode",
    label="Navn",
    definition="Definition",
    include="Medtag",
    exclude="Medtag ikke",
    choice="På rullelisten",
    not_in_list="Det står ikke på listen over koder. Kodens id eller navn kan også bruges.",
    instructions=(
        (
            "Kod",
            "Hver kilde har sin egen fane og hvert afsnit sin egen række. Vælg en kode på rullelisten i "
            "Kode 1; er der flere, så brug Kode 2, Kode 3 og så videre. Du kan også skrive eller "
            "indsætte kodens id eller dens navn. Fanen Koder viser alle koder med definitioner.",
        ),
        (
            "Ret",
            "En ny kode gælder hele afsnittet. Tømmer du en celle, tages koden tilbage. Vælger du en "
            "anden kode i samme celle, skifter kodningen kode og beholder sine ord og sit memo. Det, du "
            "ikke rører, bliver stående, som det er, også koder, der kun dækker en del af afsnittet. "
            "Dækker en kode flere afsnit, tages den kun tilbage i dem, hvor du tømmer cellen.",
        ),
        (
            "Memo",
            "Et memo gælder alle koder i rækken. Skal det kun gælde én af dem, så begynd linjen med "
            "kodens id og et kolon. Et memo i en række uden koder gemmes som et memo til kilden med "
            "afsnittets nummer og første ord.",
        ),
        (
            "Læst",
            "Skriv »ja« øverst på fanen, når du har læst hele kilden. Først da ved matricen, at et tema "
            "uden koder ikke nævnes, og ikke blot mangler at blive kodet.",
        ),
        (
            "Frit",
            "Du må ændre bredder og højder, filtrere, sortere hele rækker, skjule rækker og omdøbe "
            "faner. Lad nummeret, teksten og overskrifterne stå. En slettet række eller fane ændrer "
            "intet. Egne kolonner og faner læses ikke.",
        ),
        (
            "Læs ind",
            "Gem som xlsx, og skriv: crosscase code import FIL.xlsx. Ændringerne vises først, og intet "
            "skrives, før du siger ja. Det samme ark kan læses ind flere gange. Har du i mellemtiden "
            "ændret de samme kodninger et andet sted, så lav et nyt ark, før du fortsætter.",
        ),
    ),
)

ENGLISH = SheetWords(
    instructions_tab="Instructions",
    codes_tab="Codes",
    title="Coding sheet",
    coded_by="Coded by",
    source="Source",
    speaker="Speaker",
    text="Text",
    code="Code",
    memo="Memo",
    read="Have you read the whole source?",
    read_help="yes, once you have read all of it",
    read_short="Read",
    source_title="Title",
    yes="yes",
    no="no",
    paragraph="Paragraph",
    paragraphs="Paragraphs",
    theme="Theme",
    code_id="Code",
    label="Label",
    definition="Definition",
    include="Include",
    exclude="Exclude",
    choice="In the drop-down list",
    not_in_list="This is not in the list of codes. A code's id or label can be used as well.",
    instructions=(
        (
            "Code",
            "Each source has a tab of its own and each paragraph a row. Choose a code from the "
            "drop-down list in Code 1; if there are more, use Code 2, Code 3 and so on. You can also "
            "type or paste a code's id or its label. The tab Codes shows all codes with their "
            "definitions.",
        ),
        (
            "Change",
            "A new code covers the whole paragraph. If you empty a cell, its code is taken back. If you "
            "choose another code in the same cell, the coding changes its code and keeps its words and "
            "its memo. What you do not touch stays as it is, also codes that cover a part of the "
            "paragraph. A code that covers several paragraphs is taken back only where you empty its cell.",
        ),
        (
            "Memo",
            "A memo holds for all codes of its row. If it is about one of them only, begin the line "
            "with that code's id and a colon. A memo in a row without codes is kept as a memo on the "
            "source, with the number and the first words of the paragraph.",
        ),
        (
            "Read",
            "Write “yes” at the top of the tab when you have read the whole source. Only then does the "
            "matrix know that a theme without codes is not mentioned, and not merely still to be coded.",
        ),
        (
            "Freely",
            "You may change widths and heights, filter, sort whole rows, hide rows and rename tabs. "
            "Leave the number, the text and the headings as they are. A deleted row or tab changes "
            "nothing. Columns and tabs of your own are not read.",
        ),
        (
            "Bring back",
            "Save as xlsx and type: crosscase code import FILE.xlsx. The changes are shown first, and "
            "nothing is written before you say yes. The same sheet can be imported several times. If "
            "you have meanwhile changed the same codings elsewhere, make a new sheet before you go on.",
        ),
    ),
)

WORDS = {"da": DANISH, "en": ENGLISH}
YES = frozenset(("ja", "j", "yes", "y", "x", "1", "true", "sand", "✓"))
NO = frozenset(("", "nej", "n", "no", "0", "false", "falsk", "-"))
