"""What reports say, in Danish and English: one table of wordings, and numbers as METHODS wants them written.

Every sentence frame that a reader meets stands here, so that a reviewer can read them all in one place. Braces are
filled by `reports.view`, never by a writer.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from reports.findings import Stand
from reports.matrix import State


class TabulationWords(msgspec.Struct, frozen=True):
    """The wording of counts in tables of case files. `{rows}` is what a row is called, in the plural."""

    tables: str
    hint: str
    answer: str
    all: str
    no_value: str
    item: str
    documented: str
    not_documented: str
    missing: str
    not_asked: str
    unclear: str
    applies: str
    total: str
    row: tuple[str, str]
    k_of_n: str
    percent: str
    percent_said: str
    said: str
    said_of_all: str
    said_documented: str
    base_applies: str
    base_documented: str
    few: str
    several: str
    where: str
    by: str
    coded_by: str
    states: str


class FindingWords(msgspec.Struct, frozen=True):
    """The wording around findings; the sentences themselves are people's. `{one}` and `{many}` are a case's noun."""

    findings: str
    finding: str
    whole: str
    how_to_read: str
    stand: str
    stand_from: str
    by_person: str
    from_data: str
    summary: str
    summaries_hint: str
    stale: str
    draft: str
    stands: dict[Stand, str]
    stand_meanings: dict[Stand, str]
    tally: dict[Stand, tuple[str, str]]
    """How many cases have a stand, of one and of several."""
    supports_unasked: str
    of: str
    not_filled: str
    of_the_whole: str

    # Those who say otherwise
    deviates: dict[Stand, tuple[str, str]]
    """A case by its name, or several."""
    some_deviate: dict[Stand, tuple[str, str]]
    """The same where cases are not named."""

    # The column that compares the groups
    difference: str
    how_sure: str
    same: str
    same_open: tuple[str, str]
    different: str
    between: str
    holds: dict[str, str]
    """By the article of a case's noun, which tells its gender; the same holds for `a_one`."""
    holds_open: tuple[str, str]
    depends: tuple[str, str]
    depends_hidden: tuple[str, str]
    uncertain: str
    nobody: str
    one_open: str
    all_needed: str
    some_needed: str
    one_answer: str
    not_compared: str
    not_filtered: str

    # The Read me
    about_findings: str
    about_findings_text: tuple[str, ...]
    denominators: dict[str, str]
    about_difference: str
    about_difference_text: tuple[str, ...]
    left_out_by_role: str

    # The public version
    public: str
    a_one: dict[str, str]
    next_case: dict[str, tuple[str, ...]]
    """The second, third … case that is named in a text; `nth_case` the first, second … when it is named again."""
    nth_case: dict[str, tuple[str, ...]]
    same_case: tuple[str]
    other_cases: str
    not_for_all: str
    withheld_cell: str
    about_public: str
    about_public_text: tuple[str, ...]
    withheld_excerpts: tuple[str, str]
    withheld_roles: tuple[str, str]
    withheld_cells: tuple[str, str]
    withheld_tables: tuple[str, str]
    nothing_withheld: str


class Words(msgspec.Struct, frozen=True):
    """The wording of one language. A field's comment says where it stands; braces name what is filled in."""

    language: str
    quotes: tuple[str, str]
    numbers: tuple[str, ...]
    """Zero to ten."""
    months: tuple[str, ...]
    date: str
    and_: str

    # Counts of a cell: k of n cases
    share: str
    share_both: str
    share_all: str
    share_one: str
    share_applicable: str
    share_applicable_both: str
    share_applicable_all: str
    share_applicable_one: str
    mentioned_by: str
    mentioned_by_at_least: str
    mentioned_by_none: str
    mentioned_by_none_read: str
    nothing_read: str
    not_applicable_here: str
    no_cases: str
    others: str
    n_asked: str
    n_unknown: str
    n_not_asked: str
    n_not_applicable: str
    filtered_share: str
    filtered_none: str
    filtered_nobody: str
    filtered_elsewhere: str
    filtered_banner: str

    # States of a case
    states: dict[State, str]
    state_meanings: dict[State, str]
    asked: dict[bool | None, str]

    # Citations
    paragraph: str
    paragraphs: str
    before_paragraph: str
    page: str
    pages: str
    time: str
    page_column: str
    time_column: str
    at_end: str
    kinds: dict[str, str]
    kind_notes: dict[str, str]
    """What is said beside an excerpt that does not hold a person's own words; empty where it does."""
    source_counts: dict[str, tuple[str, str]]

    # Sheets and chapters
    matrix: str
    framework: str
    excerpts: str
    codebook: str
    sources: str
    evidence: str
    read_me: str
    comparison_matrix: str

    # Column and field names
    number: str
    theme: str
    group: str
    case: str
    roles: str
    source: str
    place: str
    excerpt: str
    code: str
    code_id: str
    coder: str
    coders: str
    memo: str
    origin: str
    position: str
    start: str
    end: str
    codings: str
    coding_id: str
    was_asked: str
    kind: str
    definition: str
    include: str
    exclude: str
    examples: str
    questions: str
    patterns: str
    replaced_by: str
    n_group: str
    n_applicable: str
    n_asked_name: str
    n_unknown_name: str
    n_mentioning: str
    n_codings: str
    origins: dict[str, str]
    """`{origin}` of a coding in words; others are shown as they are."""
    accepted_suggestion: str
    """Origin of a coding that a person took from a suggestion; `{origin}` is the suggester with its version."""

    # Small phrases
    n_is: str
    codings_one: str
    codings_many: str
    paragraphs_one: str
    paragraphs_many: str
    cases_one: str
    cases_many: str
    sources_one: str
    sources_many: str
    themes_one: str
    themes_many: str
    coded_by: str
    memo_on_source: str
    decimal: str
    edited_place: str
    edited_words: str
    edited_more: str
    edited_accepted: str
    edited_confidence: str
    read_by: str
    not_read: str
    no_case: str
    no_excerpts: str
    other_coder: str
    empty_matrix: str
    filtered_matrix: str
    constructed: str
    cut_cell: str
    continued: str

    # Tables
    table_by_case: str
    table_by_source: str
    columns: str
    column: str
    state: str
    case_id: str
    source_title: str
    date_name: str
    at: str
    about_table: str
    about_values: dict[str, tuple[str, ...]]
    about_filters: str

    # Pictures
    pictures: str
    pictures_hint: str
    pictures_hidden: str
    picture_empty: str
    picture_numbers: str
    coverage: str
    coverage_hint: str
    coverage_said: str
    prevalence: str
    prevalence_hint: str
    prevalence_said: str
    share_digits: str
    share_digits_at_least: str
    cases_by_state: str
    contributions: str
    contributions_hint: str
    contributions_said: str
    length: str
    shown_excerpts: str
    codings_a_thousand: str
    no_group: str

    # The page
    skip: str
    how_to_read: str
    how_to_read_passages: str
    how_to_open: str
    legend: str
    filter: str
    filter_roles: str
    filter_reset: str
    filter_note: str
    other_coders_show: str
    light_dark: str
    close: str
    up: str
    down: str
    left: str
    right: str
    keyboard: str
    to_top: str
    contents: str
    framework_hint: str
    source_hint: str
    evidence_hint: str
    print_note: str

    # The Word file
    table: str
    table_notes: str
    page_of: str

    # Read me
    about_counts: str
    about_counts_text: tuple[str, ...]
    about_groups: str
    about_material: str
    about_summaries: str
    about_coders: str
    about_coders_text: str
    about_union: str
    about_other_coders: str
    about_states: str
    about_excerpts: str
    about_excerpts_text: tuple[str, ...]
    about_listed: str
    about_regenerate: str
    about_regenerate_text: tuple[str, ...]
    about_edited: str
    about_moved: tuple[str, str]
    about_changed: tuple[str, str]
    about_unconfirmed: tuple[str, str]
    about_left: tuple[str, str]
    about_problems: str
    passages_one: str
    passages_many: str
    passages_none: str
    passages_in: str
    about_columns: str
    about_left_out: str
    about_columns_text: tuple[str, ...]
    units: dict[str, tuple[str, str]]
    errors_one: str
    errors_many: str
    about_csv: str
    tabulation: TabulationWords
    finding: FindingWords


DANISH = Words(
    language="da",
    quotes=("»", "«"),
    numbers=("nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"),
    months=(
        "januar", "februar", "marts", "april", "maj", "juni",
        "juli", "august", "september", "oktober", "november", "december",
    ),
    date="{day}. {month} {year}",
    and_="og",
    share="{k} ud af {n}",
    share_both="begge",
    share_all="alle {n}",
    share_one="den ene case",
    share_applicable="{k} af de {n}, temaet gælder for",
    share_applicable_both="begge, temaet gælder for",
    share_applicable_all="alle {n}, temaet gælder for",
    share_applicable_one="den ene, temaet gælder for",
    mentioned_by="Nævnt hos {share}",
    mentioned_by_at_least="Nævnt hos mindst {share}",
    mentioned_by_none="Ingen har nævnt det",
    mentioned_by_none_read="Ingen har nævnt det i det, der er læst",
    nothing_read="Kan ikke siges endnu",
    not_applicable_here="Temaet gælder ikke for gruppens cases",
    no_cases="Gruppen er tom i dette udsnit",
    others="Øvrige: {states}",
    n_asked="spurgt: {n}",
    n_unknown="uvist om spurgt: {n}",
    n_not_asked="ikke spurgt: {n}",
    n_not_applicable="ikke relevant: {n}",
    filtered_share="Af de viste: {share}",
    filtered_none="Ingen af de viste har nævnt det",
    filtered_nobody="Ingen vist",
    filtered_elsewhere="ikke nævnt i det viste",
    filtered_banner="Filtreret: {what}. Tallene gælder kun det viste udsnit.",
    states={
        "mentioned": "nævnt",
        "asked_no_answer": "spurgt uden svar",
        "read_absent": "læst, ikke nævnt",
        "not_coded": "ikke læst endnu",
        "not_asked": "ikke spurgt",
        "not_applicable": "ikke relevant",
        "unknown": "uvist",
    },
    state_meanings={
        "mentioned": "Mindst ét sted i casens kilder har temaets kode eller en af dens underkoder.",
        "asked_no_answer": "Der er spurgt, og kilderne er læst, men intet sted har temaets kode.",
        "read_absent": "Kilderne er læst, og intet sted har temaets kode. Det er uvist, om der er spurgt.",
        "not_coded": "Mindst én af casens kilder er ikke læst for temaet. Tavsheden siger ingenting.",
        "not_asked": "Kilderne er læst, og ingen af temaets spørgsmål er stillet.",
        "not_applicable": "Temaet gælder ifølge kodebogen ikke for casen.",
        "unknown": "Casen har ingen kilde, eller det vides ikke, om temaet gælder for den.",
    },
    asked={True: "ja", False: "nej", None: "uvist"},
    paragraph="afsnit {number}",
    paragraphs="afsnit {first}–{last}",
    before_paragraph="overskriften før afsnit {number}",
    page="s. {page}",
    pages="s. {first}–{last}",
    time="kl. {time}",
    page_column="side",
    time_column="tid",
    at_end="sidste overskrift",
    kinds={"summary": "referat", "transcript": "udskrift", "document": "dokument"},
    kind_notes={"summary": "referat", "transcript": "", "document": ""},
    source_counts={
        "summary": ("ét tematiseret referat", "{n} tematiserede referater"),
        "transcript": ("én udskrift", "{n} udskrifter"),
        "document": ("ét dokument", "{n} dokumenter"),
    },
    matrix="Matrix",
    framework="Case × tema",
    excerpts="Uddrag",
    codebook="Kodebog",
    sources="Kilder",
    evidence="Belæg",
    read_me="Læs mig",
    comparison_matrix="Sammenligningsmatrix",
    number="Nr.",
    theme="Tema",
    group="Gruppe",
    case="Case",
    roles="Roller",
    source="Kilde",
    place="Sted",
    excerpt="Uddrag",
    code="Kode",
    code_id="Id",
    coder="Koder",
    coders="Kodere",
    memo="Note",
    origin="Oprindelse",
    position="Position i teksten",
    start="Fra tegn",
    end="Til tegn",
    codings="Kodninger",
    coding_id="Kodning",
    was_asked="Spurgt",
    kind="Art",
    definition="Definition",
    include="Med",
    exclude="Ikke med",
    examples="Eksempler",
    questions="Spørgsmål",
    patterns="Mønstre",
    replaced_by="Erstattet af",
    n_group="i gruppen",
    n_applicable="temaet gælder for",
    n_asked_name="spurgt",
    n_unknown_name="uvist om spurgt",
    n_mentioning="nævner temaet",
    n_codings="kodninger",
    origins={
        "person": "læst og vurderet",
        "sheet": "læst og vurderet (kodeark)",
        "import": "kodet i et andet program",
        "structure": "overskrift",
        "pattern": "mønster",
        "carry-over": "videreført",
    },
    accepted_suggestion="accepteret forslag ({origin})",
    n_is="n = {n}",
    codings_one="1 kodning",
    codings_many="{n} kodninger",
    paragraphs_one="1 afsnit",
    paragraphs_many="{n} afsnit",
    cases_one="1 case",
    cases_many="{n} cases",
    sources_one="1 kilde",
    sources_many="{n} kilder",
    themes_one="1 tema",
    themes_many="{n} temaer",
    coded_by="kodet af {coders}",
    memo_on_source="Note om hele kilden ({coder})",
    decimal=",",
    edited_place="flyttet i teksten",
    edited_words="rettet i teksten: {what}",
    edited_more="og {n} steder til",
    edited_accepted="bekræftet af {coder}",
    edited_confidence="sikkerhed {score}",
    read_by="Læst af {coders}",
    not_read="Ikke læst endnu",
    no_case="Uden case",
    no_excerpts="Intet sted i kilderne har temaets kode.",
    other_coder="Denne kodning tæller ikke i matrixen.",
    empty_matrix="Matrixen er tom: den skal bruge cases med en værdi i grupperingen og en kodebog med temaer.",
    filtered_matrix="Udsnit af materialet: {filters}. Alle tal gælder dette udsnit.",
    constructed="Konstrueret eksempel. Alle steder, personer, tal og udsagn er opdigtede.",
    cut_cell=" […] (forkortet: en celle i Excel kan højst rumme 32.767 tegn)",
    continued="fortsat",
    table_by_case="Case × kode",
    table_by_source="Kilde × kode",
    columns="Kolonner",
    column="Kolonne",
    state="tilstand",
    case_id="Case-id",
    source_title="Titel",
    date_name="Dato",
    at="Tidspunkt",
    about_table="Sådan læses tabellen",
    about_values={
        "presence": (
            "1: mindst ét sted har koden. En case tæller én gang, hvor mange kilder den end har.",
            "0: alle kilder er læst for temaet, og intet sted har koden.",
            "Tom: det kan ikke siges. En kilde er ikke læst for temaet, temaet gælder ikke, eller der er ingen kilde.",
            "Også den, der ikke er spurgt, har 0, når alt er læst uden omtale. Ellers ville de uspurgte kun tælle, når "
            "de nævner temaet. Arket »Tilstande« siger, hvad hvert 0 og hver tom celle er.",
        ),
        "counts": (
            "Tallet er kodninger af koden og dens underkoder; samme ord med samme kode tæller én gang.",
            "0: alle kilder er læst for temaet, og intet sted har koden.",
            "Tom: det kan ikke siges. En kilde er ikke læst for temaet, temaet gælder ikke, eller der er ingen kilde.",
            "Arket »Tilstande« siger, hvad hvert 0 og hver tom celle er.",
        ),
    },
    about_filters="Udsnit",
    pictures="Billeder",
    pictures_hint="Hvert mærke er en case: hold musen over det for at se hvilken, og klik for at se belægget.",
    pictures_hidden="Billederne viser hele materialet og kan ikke filtreres. Vis alt for at se dem.",
    picture_empty="Der er ikke noget at vise.",
    picture_numbers="Tallene bag billedet",
    coverage="Dækning: hvilke temaer hver case nævner",
    coverage_hint="Et udfyldt mærke: temaet er nævnt, og jo større, jo flere kodninger. De andre mærker siger, hvorfor "
    "der ikke står noget.",
    coverage_said="{themes} og {cases}: {states}.",
    prevalence="Udbredelse: hvor mange cases der nævner temaet",
    prevalence_hint="Ét mærke for hver case, de nævnende først. Tallet er cases, der nævner temaet, af dem, det gælder "
    "for.",
    prevalence_said="{themes} sammenlignet mellem {groups}.",
    share_digits="{k} af {n}",
    share_digits_at_least="mindst {k} af {n}",
    cases_by_state="{group}: hvilke",
    contributions="Længde og uddrag: hvor meget hver kilde bidrager med",
    contributions_hint="Ord i hele teksten, kodninger, der tæller, og uddrag, der er vist i matrixen.",
    contributions_said="{sources} med {shortest} til {longest} ord og {fewest} til {most} kodninger.",
    length="Ord",
    shown_excerpts="Viste uddrag",
    codings_a_thousand="Kodninger pr. 1.000 ord",
    no_group="Uden gruppe",
    skip="Spring til tabellen",
    how_to_read="Hver celle siger, hos hvor mange af gruppens cases temaet er nævnt, hvad der gælder for de øvrige, "
    "og viser uddrag med henvisning.",
    how_to_read_passages="Hver celle siger, hvor mange passager der har både rækkens tema og kolonnens kode, og viser "
    "uddrag med henvisning.",
    how_to_open="Åbn en celle for at se alle dens belæg i sammenhæng.",
    legend="Ét tegn for hver case",
    filter="Filtrér",
    filter_roles="Roller",
    filter_reset="Vis alt",
    filter_note="Tallene regnes om, så de gælder det viste.",
    other_coders_show="Vis også andre koderes kodninger i kilderne",
    light_dark="Lys eller mørk",
    close="Luk",
    up="Forrige tema",
    down="Næste tema",
    left="Forrige gruppe",
    right="Næste gruppe",
    keyboard="Piletaster flytter mellem celler, Enter åbner, Esc lukker.",
    to_top="Til toppen",
    contents="Indhold",
    framework_hint="Det første sted i hver case, som har temaets kode. Åbn en celle for at se resten.",
    source_hint="Hele teksten med alle kodninger markeret. Koderne står ud for det afsnit, de hører til.",
    evidence_hint="Alle kodninger bag hver celle, vist i det afsnit, de står i.",
    print_note="Udskriften viser tabellerne og de uddrag, de indeholder. Belæg og kilder i deres helhed findes i "
    "filen.",
    table="Tabel",
    table_notes="Noter til tabellen",
    page_of="Side {page} af {pages}",
    about_counts="Sådan tælles der",
    about_counts_text=(
        "Tallene er cases, ikke interview: en case tæller én gang, hvor mange kilder den end har, og et fælles "
        "interview er én kilde.",
        "Nævneren er de cases i gruppen, som temaet gælder for. Hvad der gælder for de øvrige, står altid ved siden "
        "af. At ingen har nævnt noget, er ikke et fund om, at det ikke findes.",
        "»Mindst« står der, når en eller flere cases endnu ikke er læst for temaet.",
        "En case er spurgt, når det vides, at mindst ét af temaets spørgsmål er stillet i mindst ét af dens interview. "
        "Et tema kan være nævnt, uden at der er spurgt.",
    ),
    about_groups="Grupper",
    about_material="Materiale",
    about_summaries="Uddrag mærket »referat« er interviewerens gengivelse, ikke den interviewedes egne ord. De er "
    "ordrette uddrag af referatet.",
    about_coders="Kodere",
    about_coders_text="Matrixen bygger på kodninger af {coders}.",
    about_union="Kodningerne er lagt sammen; et sted, som flere har givet samme kode, tæller én gang.",
    about_other_coders="I kilderne ses desuden kodninger af {coders}, som ikke tæller i matrixen.",
    about_states="Tilstande",
    about_excerpts="Uddrag",
    about_excerpts_text=(
        "Uddrag er ordrette udsnit af kilden. Det eneste, der kan være ændret, er, at linjeskift er blevet til "
        "mellemrum.",
        "Tabellen viser højst {k} uddrag i hver celle, valgt af programmet efter en fast regel: fra forskellige "
        "cases og roller, og så ordene går igen hos flere.",
    ),
    about_listed="Alle kodninger står under »Uddrag«.",
    about_regenerate="Sådan er filen lavet",
    about_regenerate_text=(
        "Filen er skrevet af crosscase ud fra studiets mappe. Samme mappe giver samme fil, byte for byte: crosscase "
        "build",
        "Om filen stadig følger af data, afprøves med: crosscase build --check",
    ),
    passages_one="1 passage",
    passages_many="{n} passager",
    passages_none="Ingen passager",
    passages_in="{passages} i {k} ud af {n} tekster",
    about_columns="Kolonnerne er koder",
    about_left_out="Uden for grupperne, og ikke talt med: {sources} ({names}).",
    about_columns_text=(
        "En celle rummer de passager, der både har rækkens tema og kolonnens kode i samme {unit}.",
        "{several} under et tema taler om flere af kolonnerne, {none} om ingen af dem. De står i ingen celle.",
    ),
    units={"sentence": ("sætning", "{n} sætninger"), "paragraph": ("afsnit", "{n} afsnit")},
    about_edited="Rettede tekster",
    about_moved=(
        "1 kodning står et andet sted i sin tekst, end da den blev lavet; ordene er de samme.",
        "{n} kodninger står et andet sted i deres tekst, end da de blev lavet; ordene er de samme.",
    ),
    about_changed=(
        "I 1 kodning er ordene rettet, siden den blev lavet; uddrag viser ordene, som de står nu.",
        "I {n} kodninger er ordene rettet, siden de blev lavet; uddrag viser ordene, som de står nu.",
    ),
    about_unconfirmed=(
        "1 af dem er fundet af programmet og ikke bekræftet af nogen (sikkerhed {score} på en skala fra 0 til 1).",
        "{n} af dem er fundet af programmet og ikke bekræftet af nogen (mindste sikkerhed {score} på en skala fra 0 "
        "til 1).",
    ),
    about_left=(
        "1 kodning tæller ikke med: Dens ord står ikke længere sikkert noget sted i teksten.",
        "{n} kodninger tæller ikke med: Deres ord står ikke længere sikkert noget sted i teksten.",
    ),
    about_problems="Fejl i studiet",
    errors_one="Studiet har én fejl. Det, den angår, er ikke med. Se: crosscase check",
    errors_many="Studiet har {n} fejl. Det, de angår, er ikke med. Se: crosscase check",
    about_csv="I csv-filerne har en celle, der begynder med =, +, - eller @, en apostrof foran, så et regneark ikke "
    "læser den som en formel.",
    tabulation=TabulationWords(
        tables="Optællinger",
        hint="Hvert tal står med sin nævner: dem, spørgsmålet gælder for. Hvad der ikke er spurgt om, og hvad der ikke "
        "er dokumenteret, står for sig.",
        answer="Svar",
        all="I alt",
        no_value="Uoplyst",
        item="Spørgsmål",
        documented="Dokumenteret svar",
        not_documented="Ikke dokumenteret",
        missing="Ikke udfyldt",
        not_asked="Ikke spurgt",
        unclear="Uvist, om der er spurgt",
        applies="Spørgsmålet gælder for",
        total="Alle",
        row=("sag", "sager"),
        k_of_n="{k} af {n}",
        percent="{p}\u00a0%",
        percent_said=" ({p} procent)",
        said="{value}: {k} ud af de {n} {rows}, som spørgsmålet gælder for{percent}, af {all} i alt.",
        said_of_all="{value}: {k} ud af {n} {rows}{percent}.",
        said_documented="{value}: {k} ud af de {n} {rows} med et dokumenteret svar{percent}, af {all} i alt.",
        base_applies="Procenterne er af de {rows}, som spørgsmålet gælder for, også dem uden et dokumenteret svar.",
        base_documented="Procenterne af svarene er af de {rows} med et dokumenteret svar.",
        few="Hvor nævneren er ti eller derunder, står der ingen procent.",
        several="Flere svar er mulige; tallene kan tilsammen give mere end i alt.",
        where="Udsnit: {where}. Alle tal gælder dette udsnit.",
        by="Sammenlignet efter: {by}.",
        coded_by="Temaer er talt efter kodninger af {coders}; en case tæller én gang.",
        states="Ikke spurgt, ikke dokumenteret og ikke udfyldt er hver sin ting: det første er uden for nævneren, de "
        "to andre er med i den.",
    ),
    finding=FindingWords(
        findings="Udsagn",
        finding="Udsagn",
        whole="Alle grupper",
        how_to_read="Hver celle begynder med, hvad der kan siges om gruppen. Derefter følger uddrag med henvisning, og "
        "hvor mange cases udsagnet hviler på. Den, der siger noget andet, vises altid.",
        stand="Stilling",
        stand_from="Sagt af",
        by_person="en person",
        from_data="data",
        summary="Sammenfatning",
        summaries_hint="Hvad hver case siger om temaet, sammenfattet, eller, hvor ingen har skrevet det, dens første "
        "uddrag. Åbn en celle for at se resten.",
        stale="ikke ajour: belægget er ændret, siden det blev skrevet",
        draft="udkast, som ingen har taget til sig",
        stands={
            "supports": "støtter",
            "contradicts": "modsiger",
            "mixed": "både for og imod",
            "unclear": "uklar",
            "mentioned": "nævnt, ikke vurderet",
            "asked_no_answer": "spurgt uden svar",
            "read_absent": "læst, ikke nævnt",
            "not_coded": "ikke læst endnu",
            "not_asked": "ikke spurgt",
            "not_applicable": "ikke relevant",
            "unknown": "uvist",
        },
        stand_meanings={
            "supports": "En person har vurderet, at casen støtter udsagnet.",
            "contradicts": "En person har vurderet, at casen modsiger udsagnet.",
            "mixed": "Casen taler både for og imod, for eksempel når leder og sagsbehandler er uenige.",
            "unclear": "En person har set på casen og kan ikke afgøre det.",
            "mentioned": "Temaet er nævnt, men ingen har vurderet, om casen støtter udsagnet. Det tæller ikke som "
            "støtte.",
        },
        tally={
            "supports": ("{n} støtter", "{n} støtter"),
            "contradicts": ("{n} modsiger", "{n} modsiger"),
            "mixed": ("{n} både for og imod", "{n} både for og imod"),
            "unclear": ("{n} uklar", "{n} uklare"),
            "mentioned": ("{n} ikke vurderet", "{n} ikke vurderet"),
            "asked_no_answer": ("{n} spurgt uden svar", "{n} spurgt uden svar"),
            "read_absent": ("{n} læst, ikke nævnt", "{n} læst, ikke nævnt"),
            "not_coded": ("{n} ikke læst endnu", "{n} ikke læst endnu"),
            "not_asked": ("{n} ikke spurgt", "{n} ikke spurgt"),
            "not_applicable": ("{n} ikke relevant", "{n} ikke relevante"),
            "unknown": ("{n} uvist", "{n} uvist"),
        },
        supports_unasked="{n} støtter uden at være spurgt",
        of="{k} af {n}",
        not_filled="Andelen kan ikke siges med de stillinger, der er.",
        of_the_whole="Sætningen er skrevet om hele materialet, ikke om udsnittet.",
        deviates={
            "contradicts": ("{cases} modsiger", "{cases} modsiger"),
            "mixed": ("{cases} taler både for og imod", "{cases} taler både for og imod"),
        },
        some_deviate={
            "contradicts": ("{a_one} modsiger", "{n} {many} modsiger"),
            "mixed": ("{a_one} taler både for og imod", "{n} {many} taler både for og imod"),
        },
        difference="Forskel",
        how_sure="og hvor sikker den er",
        same="Ingen forskel",
        same_open=("Ét svar er åbent.", "{n} svar er åbne."),
        different="Forskel",
        between="Mellem {more} og {less}.",
        holds={
            "en": "Holder, uanset hvilken {one} der udelades.",
            "et": "Holder, uanset hvilket {one} der udelades.",
        },
        holds_open=("Det åbne svar kan ikke ændre det.", "De {n} åbne svar kan ikke ændre det."),
        depends=("Afhænger af {a_one}: {cases}.", "Afhænger af {n} {many}, hver for sig: {cases}."),
        depends_hidden=("Afhænger af {a_one}.", "Afhænger af {n} {many}, hver for sig."),
        uncertain="Uafklaret",
        nobody="I {group} har ingen vurderet svarene endnu.",
        one_open="I {group} er ét svar åbent ({parts}). Var det et ja, var der ingen forskel.",
        all_needed="I {group} er {n} svar åbne ({parts}). Var de alle et ja, var der ingen forskel.",
        some_needed="I {group} er {n} svar åbne ({parts}). Var blot {k} af dem et ja, var der ingen forskel.",
        one_answer="ét",
        not_compared="Grupperne har intet udsagn til fælles.",
        not_filtered="Sammenlignes kun for hele materialet.",
        about_findings="Udsagn",
        about_findings_text=(
            "Et udsagn er en sætning om en gruppe. For hver case har en person afgjort, om den støtter eller modsiger "
            "det; ellers står der, hvad data siger. At temaet er nævnt, er ikke i sig selv støtte.",
            "Andele og antal i sætningerne er regnet ud fra de stillinger. {denominator}",
            "Linjen under sætningen tæller alle gruppens cases, også dem, der ikke er spurgt, ikke er læst eller ikke "
            "er vurderet.",
        ),
        denominators={
            "applicable": "De er af de cases, temaet gælder for.",
            "asked": "De er af de cases, der er spurgt.",
        },
        about_difference="Forskel",
        about_difference_text=(
            "Grupper sammenlignes på de udsagn, de har fælles. Kan andelene aldrig mødes, hvad de åbne svar end ville "
            "være, er der en forskel. Kan de åbne svar udligne den, er den uafklaret.",
            "Derefter udelades hver case efter tur: så ses det, om forskellen hviler på en enkelt.",
            "Forskellen gælder cases i dette studie. Så få kan ikke vise noget om andre, og tabellen siger ikke "
            "hvorfor.",
        ),
        left_out_by_role="Udsagn er udeladt: de gælder alle roller, ikke et udsnit af dem.",
        public="Offentlig udgave: {many} er ikke navngivet.",
        a_one={"en": "én {one}", "et": "ét {one}"},
        next_case={
            "en": ("en anden {one}", "en tredje {one}", "en fjerde {one}", "en femte {one}", "endnu en {one}"),
            "et": ("et andet {one}", "et tredje {one}", "et fjerde {one}", "et femte {one}", "endnu et {one}"),
        },
        nth_case={
            "en": ("den første {one}", "den anden {one}", "den tredje {one}", "den fjerde {one}", "den femte {one}"),
            "et": ("det første {one}", "det andet {one}", "det tredje {one}", "det fjerde {one}", "det femte {one}"),
        },
        same_case=("samme {one}",),
        other_cases="{n} andre {many}",
        not_for_all="ikke relevant for alle",
        withheld_cell="Udeladt: handler kun om {a_one}",
        about_public="Hvad der er udeladt",
        about_public_text=(
            "Navne på {many} er erstattet af »{a}«. Uddrag er ordrette udsnit af kilden på nær linjeskift og det, der "
            "står i kantede parenteser; »[…]« er et navn, der var en del af et længere ord. Steder i kilderne er ikke "
            "angivet.",
            "Roller står kun, hvor mindst to {many} i gruppen har interview med de samme roller.",
        ),
        withheld_excerpts=("1 uddrag er udeladt med dem.", "{n} uddrag er udeladt med dem."),
        withheld_roles=("Ved 1 uddrag er rollen udeladt.", "Ved {n} uddrag er rollen udeladt."),
        withheld_cells=(
            "1 celle eller udsagn er udeladt, fordi det ville sige noget om {a_one} alene.",
            "{n} celler og udsagn er udeladt, fordi de hver ville sige noget om {a_one} alene.",
        ),
        withheld_tables=("1 tabel er udeladt, fordi et af dens tal er 1.",
                         "{n} tabeller er udeladt, fordi et af deres tal er 1."),
        nothing_withheld="Intet uddrag og ingen celle er udeladt.",
    ),
)  # fmt: skip

ENGLISH = Words(
    language="en",
    quotes=("“", "”"),
    numbers=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    date="{day} {month} {year}",
    and_="and",
    share="{k} of {n} cases",
    share_both="both cases",
    share_all="all {n} cases",
    share_one="the one case",
    share_applicable="{k} of the {n} cases that the theme applies to",
    share_applicable_both="both cases that the theme applies to",
    share_applicable_all="all {n} cases that the theme applies to",
    share_applicable_one="the one case that the theme applies to",
    mentioned_by="Mentioned in {share}",
    mentioned_by_at_least="Mentioned in at least {share}",
    mentioned_by_none="Nobody has mentioned it",
    mentioned_by_none_read="Nobody has mentioned it in what has been read",
    nothing_read="Cannot be said yet",
    not_applicable_here="The theme does not apply to the cases of this group",
    no_cases="The group is empty in this selection",
    others="The others: {states}",
    n_asked="asked: {n}",
    n_unknown="not known whether asked: {n}",
    n_not_asked="not asked: {n}",
    n_not_applicable="not applicable: {n}",
    filtered_share="Of those shown: {share}",
    filtered_none="None of those shown has mentioned it",
    filtered_nobody="None shown",
    filtered_elsewhere="not mentioned in what is shown",
    filtered_banner="Filtered: {what}. The counts hold for what is shown only.",
    states={
        "mentioned": "mentioned",
        "asked_no_answer": "asked, no answer",
        "read_absent": "read, not mentioned",
        "not_coded": "not read yet",
        "not_asked": "not asked",
        "not_applicable": "not applicable",
        "unknown": "unknown",
    },
    state_meanings={
        "mentioned": "At least one passage in the case's sources has the theme's code or a code below it.",
        "asked_no_answer": "It was asked and the sources were read, but no passage has the theme's code.",
        "read_absent": "The sources were read and no passage has the theme's code. Whether it was asked is unknown.",
        "not_coded": "At least one of the case's sources has not been read for the theme. Silence says nothing.",
        "not_asked": "The sources were read, and none of the theme's questions was put.",
        "not_applicable": "According to the codebook the theme does not apply to the case.",
        "unknown": "The case has no source, or it is not known whether the theme applies to it.",
    },
    asked={True: "yes", False: "no", None: "unknown"},
    paragraph="para. {number}",
    paragraphs="paras. {first}–{last}",
    before_paragraph="heading before para. {number}",
    page="p. {page}",
    pages="pp. {first}–{last}",
    time="at {time}",
    page_column="page",
    time_column="time",
    at_end="last heading",
    kinds={"summary": "summary", "transcript": "transcript", "document": "document"},
    kind_notes={"summary": "summary", "transcript": "", "document": ""},
    source_counts={
        "summary": ("one themed summary", "{n} themed summaries"),
        "transcript": ("one transcript", "{n} transcripts"),
        "document": ("one document", "{n} documents"),
    },
    matrix="Matrix",
    framework="Case × theme",
    excerpts="Excerpts",
    codebook="Codebook",
    sources="Sources",
    evidence="Evidence",
    read_me="Read me",
    comparison_matrix="Comparison matrix",
    number="No.",
    theme="Theme",
    group="Group",
    case="Case",
    roles="Roles",
    source="Source",
    place="Place",
    excerpt="Excerpt",
    code="Code",
    code_id="Id",
    coder="Coder",
    coders="Coders",
    memo="Memo",
    origin="Origin",
    position="Position in the text",
    start="From character",
    end="To character",
    codings="Codings",
    coding_id="Coding",
    was_asked="Asked",
    kind="Kind",
    definition="Definition",
    include="Include",
    exclude="Exclude",
    examples="Examples",
    questions="Questions",
    patterns="Patterns",
    replaced_by="Replaced by",
    n_group="in the group",
    n_applicable="theme applies to",
    n_asked_name="asked",
    n_unknown_name="not known whether asked",
    n_mentioning="mention the theme",
    n_codings="codings",
    origins={
        "person": "read and judged",
        "sheet": "read and judged (coding sheet)",
        "import": "coded in another program",
        "structure": "heading",
        "pattern": "pattern",
        "carry-over": "carried over",
    },
    accepted_suggestion="accepted suggestion ({origin})",
    n_is="n = {n}",
    codings_one="1 coding",
    codings_many="{n} codings",
    paragraphs_one="1 paragraph",
    paragraphs_many="{n} paragraphs",
    cases_one="1 case",
    cases_many="{n} cases",
    sources_one="1 source",
    sources_many="{n} sources",
    themes_one="1 theme",
    themes_many="{n} themes",
    coded_by="coded by {coders}",
    memo_on_source="Memo on the whole source ({coder})",
    decimal=".",
    edited_place="moved in the text",
    edited_words="edited in the text: {what}",
    edited_more="and {n} more places",
    edited_accepted="confirmed by {coder}",
    edited_confidence="confidence {score}",
    read_by="Read by {coders}",
    not_read="Not read yet",
    no_case="Without a case",
    no_excerpts="No passage in the sources has the theme's code.",
    other_coder="This coding does not count in the matrix.",
    empty_matrix="The matrix is empty: it needs cases with a value for the grouping and a codebook with themes.",
    filtered_matrix="Part of the material: {filters}. All counts hold for this part.",
    constructed="Constructed example. All places, persons, numbers and statements are invented.",
    cut_cell=" […] (cut: an Excel cell holds at most 32,767 characters)",
    continued="continued",
    table_by_case="Case × code",
    table_by_source="Source × code",
    columns="Columns",
    column="Column",
    state="state",
    case_id="Case id",
    source_title="Title",
    date_name="Date",
    at="At",
    about_table="How to read the table",
    about_values={
        "presence": (
            "1: at least one passage has the code. A case counts once, however many sources it has.",
            "0: all sources were read for the theme, and no passage has the code.",
            "Empty: it cannot be said. A source was not read for the theme, the theme does not apply, or there is no "
            "source.",
            "Who was not asked has 0 too where all was read without a mention. Otherwise those not asked would count "
            "only when they mention the theme. The sheet “States” says what each 0 and each empty cell is.",
        ),
        "counts": (
            "The number is codings of the code and of those below it; the same words with the same code count once.",
            "0: all sources were read for the theme, and no passage has the code.",
            "Empty: it cannot be said. A source was not read for the theme, the theme does not apply, or there is no "
            "source.",
            "The sheet “States” says what each 0 and each empty cell is.",
        ),
    },
    about_filters="Part of the material",
    pictures="Pictures",
    pictures_hint="Each mark is a case: point at it to see which, and click to see its evidence.",
    pictures_hidden="The pictures show the whole material and cannot be filtered. Show all to see them.",
    picture_empty="There is nothing to show.",
    picture_numbers="The numbers behind the picture",
    coverage="Coverage: which themes each case mentions",
    coverage_hint="A filled mark: the theme is mentioned, and the larger, the more codings. The other marks say why "
    "there is nothing.",
    coverage_said="{themes} and {cases}: {states}.",
    prevalence="Prevalence: how many cases mention the theme",
    prevalence_hint="One mark for each case, those that mention the theme first. The number is cases that mention it, "
    "of those it applies to.",
    prevalence_said="{themes} compared between {groups}.",
    share_digits="{k} of {n}",
    share_digits_at_least="at least {k} of {n}",
    cases_by_state="{group}: which",
    contributions="Length and excerpts: how much each source contributes",
    contributions_hint="Words in the whole text, codings that count, and excerpts that the matrix shows.",
    contributions_said="{sources} with {shortest} to {longest} words and {fewest} to {most} codings.",
    length="Words",
    shown_excerpts="Excerpts shown",
    codings_a_thousand="Codings per 1,000 words",
    no_group="Without a group",
    skip="Skip to the table",
    how_to_read="Each cell says in how many of the group's cases the theme is mentioned, what holds for the others, "
    "and shows excerpts with their citation.",
    how_to_read_passages="Each cell says how many passages bear both the row's theme and the column's code, and shows "
    "excerpts with their citation.",
    how_to_open="Open a cell to see all its evidence in context.",
    legend="One sign for each case",
    filter="Filter",
    filter_roles="Roles",
    filter_reset="Show all",
    filter_note="Counts are recomputed for what is shown.",
    other_coders_show="Also show other coders' codings in the sources",
    light_dark="Light or dark",
    close="Close",
    up="Previous theme",
    down="Next theme",
    left="Previous group",
    right="Next group",
    keyboard="Arrow keys move between cells, Enter opens, Esc closes.",
    to_top="To the top",
    contents="Contents",
    framework_hint="The first passage in each case that has the theme's code. Open a cell to see the rest.",
    source_hint="The whole text with all codings marked. The codes stand beside the paragraph they belong to.",
    evidence_hint="All codings behind each cell, shown in the paragraph they stand in.",
    print_note="The print shows the tables and the excerpts they hold. All evidence and the whole sources are in "
    "the file.",
    table="Table",
    table_notes="Notes to the table",
    page_of="Page {page} of {pages}",
    about_counts="How things are counted",
    about_counts_text=(
        "The counts are cases, not interviews: a case counts once, however many sources it has, and a joint "
        "interview is one source.",
        "The denominator is the cases of the group that the theme applies to. What holds for the others always "
        "stands beside it. That nobody has mentioned something is not a finding that it does not exist.",
        "“At least” is said where one or more cases have not yet been read for the theme.",
        "A case was asked where at least one of the theme's questions is known to have been put in at least one of its "
        "interviews. A theme can be mentioned without having been asked about.",
    ),
    about_groups="Groups",
    about_material="Material",
    about_summaries="Excerpts marked “summary” are the interviewer's account, not the informant's own words. They "
    "are verbatim excerpts of the summary.",
    about_coders="Coders",
    about_coders_text="The matrix rests on codings by {coders}.",
    about_union="The codings are put together; a passage that several gave the same code counts once.",
    about_other_coders="The sources also show codings by {coders}, which do not count in the matrix.",
    about_states="States",
    about_excerpts="Excerpts",
    about_excerpts_text=(
        "Excerpts are verbatim slices of the source. The only thing that may differ is that line breaks have become "
        "spaces.",
        "The table shows at most {k} excerpts in each cell, chosen by the program by a fixed rule: from different "
        "cases and roles, and such that their words recur in several.",
    ),
    about_listed="All codings are listed under “Excerpts”.",
    about_regenerate="How this file was made",
    about_regenerate_text=(
        "The file was written by crosscase from the study's folder. The same folder gives the same file, byte for "
        "byte: crosscase build",
        "Whether the file still follows from the data is tested with: crosscase build --check",
    ),
    passages_one="1 passage",
    passages_many="{n} passages",
    passages_none="No passages",
    passages_in="{passages} in {k} of {n} texts",
    about_columns="The columns are codes",
    about_left_out="Outside the groups, and not counted: {sources} ({names}).",
    about_columns_text=(
        "A cell holds the passages that bear both the row's theme and the column's code in the same {unit}.",
        "{several} under a theme speak of several of the columns, {none} of none of them. They stand in no cell.",
    ),
    units={"sentence": ("sentence", "{n} sentences"), "paragraph": ("paragraph", "{n} paragraphs")},
    about_edited="Edited texts",
    about_moved=(
        "1 coding stands at another place of its text than when it was made; its words are the same.",
        "{n} codings stand at another place of their text than when they were made; their words are the same.",
    ),
    about_changed=(
        "The words of 1 coding were edited since it was made; excerpts show the words as they stand now.",
        "The words of {n} codings were edited since they were made; excerpts show the words as they stand now.",
    ),
    about_unconfirmed=(
        "1 of them was found by the program and confirmed by nobody (confidence {score} on a scale from 0 to 1).",
        "{n} of them were found by the program and confirmed by nobody (least confidence {score} on a scale from 0 "
        "to 1).",
    ),
    about_left=(
        "1 coding does not count: its words stand nowhere in the text with certainty any more.",
        "{n} codings do not count: their words stand nowhere in the text with certainty any more.",
    ),
    about_problems="Errors in the study",
    errors_one="The study has one error. What it concerns is left out. See: crosscase check",
    errors_many="The study has {n} errors. What they concern is left out. See: crosscase check",
    about_csv="In the csv files a cell that begins with =, +, - or @ has an apostrophe before it, so that a "
    "spreadsheet does not read it as a formula.",
    tabulation=TabulationWords(
        tables="Counts",
        hint="Every number stands with its denominator: those that the question applies to. What was not asked and "
        "what is not documented stand by themselves.",
        answer="Answer",
        all="In all",
        no_value="No value",
        item="Item",
        documented="Documented answer",
        not_documented="Not documented",
        missing="Not filled in",
        not_asked="Not asked",
        unclear="Unknown whether it was asked",
        applies="The question applies to",
        total="All",
        row=("case file", "case files"),
        k_of_n="{k} of {n}",
        percent="{p}\u00a0%",
        percent_said=" ({p} percent)",
        said="{value}: {k} of the {n} {rows} that the question applies to{percent}, of {all} in all.",
        said_of_all="{value}: {k} of {n} {rows}{percent}.",
        said_documented="{value}: {k} of the {n} {rows} with a documented answer{percent}, of {all} in all.",
        base_applies="Percentages are of the {rows} that the question applies to, also those without a documented "
        "answer.",
        base_documented="Percentages of the answers are of the {rows} with a documented answer.",
        few="Where the denominator is ten or less there is no percentage.",
        several="Several answers are possible; together the numbers can be more than the total.",
        where="Selection: {where}. All numbers hold for this selection.",
        by="Compared by: {by}.",
        coded_by="Themes are counted by the codings of {coders}; a case counts once.",
        states="Not asked, not documented and not filled in are different things: the first is outside the "
        "denominator, the other two are in it.",
    ),
    finding=FindingWords(
        findings="Findings",
        finding="Finding",
        whole="All groups",
        how_to_read="Each cell begins with what can be said of the group. Excerpts with their citations follow, and "
        "how many cases the sentence rests on. Those who say otherwise are always shown.",
        stand="Stand",
        stand_from="Told by",
        by_person="a person",
        from_data="the data",
        summary="Summary",
        summaries_hint="What each case says about the theme, summarised, or, where nobody has written that, its first "
        "excerpt. Open a cell to see the rest.",
        stale="out of date: its evidence changed since it was written",
        draft="a draft that nobody has taken on",
        stands={
            "supports": "supports",
            "contradicts": "contradicts",
            "mixed": "for and against",
            "unclear": "unclear",
            "mentioned": "mentioned, not judged",
            "asked_no_answer": "asked, no answer",
            "read_absent": "read, not mentioned",
            "not_coded": "not read yet",
            "not_asked": "not asked",
            "not_applicable": "not applicable",
            "unknown": "unknown",
        },
        stand_meanings={
            "supports": "A person has judged that the case supports the sentence.",
            "contradicts": "A person has judged that the case contradicts the sentence.",
            "mixed": "The case speaks for and against it, as when leader and caseworker disagree.",
            "unclear": "A person has looked at the case and cannot tell.",
            "mentioned": "The theme is mentioned, but nobody has judged whether the case supports the sentence. It "
            "does not count as support.",
        },
        tally={
            "supports": ("{n} supports", "{n} support"),
            "contradicts": ("{n} contradicts", "{n} contradict"),
            "mixed": ("{n} for and against", "{n} for and against"),
            "unclear": ("{n} unclear", "{n} unclear"),
            "mentioned": ("{n} not judged", "{n} not judged"),
            "asked_no_answer": ("{n} asked, no answer", "{n} asked, no answer"),
            "read_absent": ("{n} read, not mentioned", "{n} read, not mentioned"),
            "not_coded": ("{n} not read yet", "{n} not read yet"),
            "not_asked": ("{n} not asked", "{n} not asked"),
            "not_applicable": ("{n} not applicable", "{n} not applicable"),
            "unknown": ("{n} unknown", "{n} unknown"),
        },
        supports_unasked="{n} in favour without having been asked",
        of="{k} of {n}",
        not_filled="The share cannot be said with the stances there are.",
        of_the_whole="The sentence was written about all the material, not about this part of it.",
        deviates={
            "contradicts": ("{cases} contradicts", "{cases} contradict"),
            "mixed": ("{cases} speaks for and against", "{cases} speak for and against"),
        },
        some_deviate={
            "contradicts": ("{a_one} contradicts", "{n} {many} contradict"),
            "mixed": ("{a_one} speaks for and against", "{n} {many} speak for and against"),
        },
        difference="Difference",
        how_sure="and how sure it is",
        same="No difference",
        same_open=("One answer is open.", "{n} answers are open."),
        different="Difference",
        between="Between {more} and {less}.",
        holds={"": "Holds whichever {one} is left out."},
        holds_open=("The open answer cannot change that.", "The {n} open answers cannot change that."),
        depends=("Depends on {a_one}: {cases}.", "Depends on {n} {many}, each by itself: {cases}."),
        depends_hidden=("Depends on {a_one}.", "Depends on {n} {many}, each by itself."),
        uncertain="Unsettled",
        nobody="In {group} nobody has judged the answers yet.",
        one_open="In {group} one answer is open ({parts}). Were it a yes, there would be no difference.",
        all_needed="In {group} {n} answers are open ({parts}). Were they all a yes, there would be no difference.",
        some_needed="In {group} {n} answers are open ({parts}). Were only {k} of them a yes, there would be no "
        "difference.",
        one_answer="one",
        not_compared="The groups have no finding in common.",
        not_filtered="Compared for the whole material only.",
        about_findings="Findings",
        about_findings_text=(
            "A finding is a sentence about a group. For each case a person has judged whether it supports or "
            "contradicts the sentence; otherwise it says what the data tell. That a theme is mentioned is not in "
            "itself support.",
            "Shares and counts in the sentences are computed from these stands. {denominator}",
            "The line below a sentence counts all cases of the group, also those that were not asked, not read or not "
            "judged.",
        ),
        denominators={
            "applicable": "They are of the cases that the theme applies to.",
            "asked": "They are of the cases that were asked.",
        },
        about_difference="Difference",
        about_difference_text=(
            "Groups are compared on the findings that they have in common. Where the shares can never meet, whatever "
            "the open answers would be, there is a difference. Where the open answers could close it, it is unsettled.",
            "Then each case is left out in turn, to see whether the difference rests on a single one.",
            "The difference holds for the cases of this study. So few cannot show anything about others, and the table "
            "does not say why.",
        ),
        left_out_by_role="Findings are left out: they are about all roles, not about some of them.",
        public="Public version: {many} are not named.",
        a_one={"": "one {one}"},
        next_case={
            "a": ("another {one}", "a third {one}", "a fourth {one}", "a fifth {one}", "yet another {one}"),
        },
        nth_case={
            "a": ("the first {one}", "the second {one}", "the third {one}", "the fourth {one}", "the fifth {one}"),
        },
        same_case=("the same {one}",),
        other_cases="{n} other {many}",
        not_for_all="not applicable to all",
        withheld_cell="Withheld: about {a_one} only",
        about_public="What is withheld",
        about_public_text=(
            "Names of {many} are replaced by “{a}”. Excerpts are the words of the source but for line breaks and what "
            "stands in square brackets; “[…]” is a name that was part of a longer word. Places in the sources are not "
            "given.",
            "Roles stand only where at least two {many} of the group have interviews with the same roles.",
        ),
        withheld_excerpts=("1 excerpt is withheld with them.", "{n} excerpts are withheld with them."),
        withheld_roles=("For 1 excerpt the role is withheld.", "For {n} excerpts the role is withheld."),
        withheld_cells=(
            "1 cell or finding is withheld, since it would tell something of {a_one} alone.",
            "{n} cells and findings are withheld, since each would tell something of {a_one} alone.",
        ),
        withheld_tables=("1 table is withheld, since one of its numbers is 1.",
                         "{n} tables are withheld, since one of their numbers is 1."),
        nothing_withheld="No excerpt and no cell is withheld.",
    ),
)  # fmt: skip

_BY_LANGUAGE = {"da": DANISH, "en": ENGLISH}


def words_for(language: str) -> Words:
    """The wording of a report's language: Danish or English; English for every other language."""
    return _BY_LANGUAGE.get(language, ENGLISH)


def number(n: int, words: Words, beside: int = 0) -> str:
    """`n` as a word up to ten, else in digits; in digits too where the number `beside` it has to be."""
    return words.numbers[n] if max(n, beside) <= 10 else digits(n, words)


def digits(n: int, words: Words) -> str:
    """`n` in digits, grouped from four digits on: 14.750 in Danish, 14,750 in English."""
    return f"{n:,}".replace(",", "." if words.language == "da" else ",")


def share(k: int, n: int, words: Words, applicable: bool = False) -> str:
    """`k` (at least 1) of `n` cases as a fraction in words; `applicable` where the `n` are fewer than the group."""
    frames = (
        (
            words.share_applicable_one,
            words.share_applicable_both,
            words.share_applicable_all,
            words.share_applicable,
        )
        if applicable
        else (words.share_one, words.share_both, words.share_all, words.share)
    )
    frame = frames[3] if k < n else frames[min(n, 3) - 1]
    return frame.format(k=number(k, words, n), n=number(n, words, k))


def unbroken(line: str) -> str:
    """A citation or fact whose numbers stay on the line of the word they belong to."""
    return re.sub(r" (?=\d[\d–]*$)|(?<=\d) ", "\u00a0", line)


def unbroken_parts(line: str) -> str:
    """Parts between middle dots that each stay on one line."""
    return " · ".join(part.replace(" ", "\u00a0") for part in line.split(" · "))


def counted(n: int, one: str, many: str, words: Words) -> str:
    """`n` things with their noun: `1 kilde`, `14 kilder`."""
    return one if n == 1 else many.format(n=digits(n, words))


def joined(parts: Sequence[str], words: Words) -> str:
    """A list as a sentence has it: `a, b og c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {words.and_} {parts[-1]}"


def date_words(date: datetime.date | None, words: Words) -> str:
    """A date as it is written in the language; empty where there is none."""
    if date is None:
        return ""
    return words.date.format(day=date.day, month=words.months[date.month - 1], year=date.year)
