"""Danish words that the rules know."""

# ruff: noqa: E501, SIM905 - a table of facts: an expression stands on one line

from reports.document.lexicon import Axis, Lexicon

_NUMBERS = {
    "en": 1, "én": 1, "et": 1, "ét": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9,
    "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17,
    "atten": 18, "nitten": 19, "tyve": 20,
}  # fmt: skip
_TENS = {
    "tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60, "halvfjerds": 70, "firs": 80, "halvfems": 90,
}  # fmt: skip
_NUMBERS |= _TENS | {
    f"{unit}og{ten}": _NUMBERS[unit] + _TENS[ten]
    for ten in _TENS
    for unit in ("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
}
_NUMBER = r"(?:\d+(?:[.,]\d+)*|" + "|".join(_NUMBERS) + ")"
_TELL = r"(?:nævn|omtal|berør|berett|rapporter|angiv|fortæl|fremhæv|oplys|klag|bring\w* op|kom\w* ind på|tal(?:er|te) om)\w*"

DANISH = Lexicon(
    code="da",
    function=frozenset(
        """
        heller januar februar marts april maj juni juli august september oktober november december
        af ad alene alle allerede altid altså anden andet andre at bare begge blandt blev blevet blive bliver blot bl.a.
        bør ca. da de dem den denne der deres derfor derimod dermed derudover desuden det dette dertil dig din disse dog
        du efter eksempel eksempelvis eller ellers en end endelig endnu endvidere enkelt enkelte er et eventuel f.eks.
        fik flere fleste for foran fordi forhold forholdsvis form fra frem fx få får fået før først ganske gennem
        generel generelt give giver given gives gøre gør gjort gjorde god ham han har hans havde have helt hele hen
        hende hendes henholdsvis her herefter herunder herved hinanden hos hun hvad hvem hver hverken hvilke hvilken
        hvilket hvis hvor hvordan hvorfor hvorvidt hvornår i idet igen igennem ikke imellem imidlertid imod ind inden
        inden-for indenfor indtil ingen intet især jeg jf. jo kan kom kommer komme kun kunne kunnet lige ligeledes ligesom
        ligge ligger lang langt lægge lægger lægges lagt lille lav man mange med meget mellem men mens mere mest mig min
        mindre mindst mindste mod må måde måtte måske mv. m.v. m.m. m.fl. navnlig ned nogen noget nogle nok nu ny nye når
        nær nødvendig nødvendigvis og også om omkring op osv. over overfor overordnet overhovedet pr. på pågældende
        række samlet samme sammen samt samtidig se selv ser ses side siden sig siges sin sine sit skal skete sker ske
        skulle skullet små snarere som stor store stort største større står stå så således sådan sådanne særlig særligt
        sætte sætter sat tage tager taget tages til tidligere tit tværs typisk ud uden udelukkende under undersøgelse
        undersøgelsen undersøge undtagelse var ved vedrørende vi via videre vil ville vis visse viser vise vores være
        været yderligere øvrig øvrige øvrigt både del dels måtte lade lader let
        afsnit kapitel tabel figur bilag rapport oversigt resultat resultere område områder tilfælde situation grund
        grad udstrækning omfang forbindelse hensyn vedkommende sammenhæng henblik baggrund gang udgangspunkt
        første anden tredje fjerde femte sjette syvende ottende niende tiende
        nævne nævner nævnes nævnte nævnt fremhæve fremhæver fremhæves angive angiver angives angiveligt oplyse oplyser
        oplyst fortælle fortæller beskrive beskriver beskrives beskrevet udtrykke udtrykker udtryk udtrykt anføre anføres
        anfører pege peger peges vurdere vurderer vurderes opleve oplever oplevet oplevede mene mener tale taler tales
        rapportere rapporteres fremgå fremgår fremgået synes tyde tyder finde finder findes fundet tendens indtryk
        interview interviewperson interviewpersonerne svarperson svarpersonerne bruge bruger foretage foretages
        indeholde indeholder gælde gælder følge følger følgende skyldes eksisterer eksistere sørge
        ja nej præget kendetegnet hvert årsag muligt mulig muligvis entydig entydigt klar klart tilsyneladende
        konstatere konstateres konkludere konkluderes påvise påvises henføre henføres tilskrive tilskrives forklare
        forklares belæg indikation svar besvare
    """.split()
    ),
    negators=frozenset("ikke ingen intet hverken aldrig ej næppe".split()),
    articles=frozenset("en et den det de nogen noget nogle der".split()),
    none_of=r"\bingen af (?!den |det |min|din|sin)|^\W*(?:hverken|ingen steder)\b",
    all_words=frozenset("alle samtlige hver enhver ethvert begge".split()),
    most=r"\b(?:langt )?de fleste\b|\bstørstedelen\b|\bhovedparten\b|\bflertallet\b|\bet flertal\b",
    some=r"\b(?:nogle|flere|mange|adskillige|(?<!den )(?<!det )enkelte|visse|andre|en række|et par|en del|et antal|kun få|ganske få)\b",
    one=r"\b(?:en enkelt|et enkelt|kun én|kun ét|én|ét|en|et|den ene|det ene|en af|et af|én af|ét af|den pågældende|det pågældende)\b",
    another=r"\b(?:en|et|den|det) (?:anden|andet|tredje|fjerde|femte|sjette|syvende|ottende|ene)\b|\bsamme\b|\b(?:denne|dette)\b|\b(?:den|det) pågældende\b",
    same_case=r"\b(?:samme|denne|dette|den pågældende|det pågældende)\b",
    both_groups=r"\b(?:begge|de to|to) (?:\w+ )?(?:grupper|typer|slags|kategorier)\b",
    everywhere=r"\b(?:overalt|alle steder|alle vegne)\b",
    aside=r",\s+(?:hvor|der|som|hvis)\b[^,;]*",
    soft=r"\b(?:generelt|gennemgående|typisk|som regel|normalt|stort set|overvejende|i hovedsagen|tit|ofte|sjældent|i de fleste tilfælde|generelle|tendens|hovedtendens\w*)\b",
    examples=r"\b(?:(?:flere|nogle|to|tre|fire) )?eksempler på\b",
    example=r"\b(?:et )?eksempel på\b",
    except_for=r"\b(?:med undtagelse af|bortset fra|på nær|undtagen) (?:en|én|et|ét)\b",
    linking=r"(?:af|til|i|på|for|fra|med|hos|om|ved|der|som|at|og)\b",
    relative=frozenset("der som hvor med hvis".split()),
    having=frozenset("med uden".split()),
    measure=frozenset("relativt relativ forholdsvis forholdsmæssigt henholdsvis ret meget særligt".split()),
    splits=r"[,;]?\s+(?=(?:men|mens|hvorimod|imens|medens)\b)|;\s+|\s+–\s+(?=men\b)",
    goes_on=r",\s+(?:og|hvilket|så)\s+|;\s+",
    clause=r",\s+|\s+(?=(?:fordi|selv om|selvom)\b)|:\s+",
    that=r"^(?:at|om at)\b",
    condition=r"^(?:hvis|såfremt|medmindre|i tilfælde af|når)\b",
    question=r"\?\s*$|(?<!selv )\b(?:om|hvorvidt)\s+(?:der|det|de|en|et|kommunen|man)\b|\bhvorvidt\b|^om\b",
    announce=r"^(?:i (?:dette|det følgende|de følgende|de efterfølgende)\b|formålet\b|vi (?:ser|søger|vil)\b|herefter belyses|desuden beskrives|sidst i|spørgsmålet\b|det er et spørgsmål|nedenfor\b)|\bi dette (?:afsnit|kapitel)\b",
    contrast=r"\b(?:derimod|omvendt|til gengæld|i modsætning|modsat|heroverfor)\b",
    also=r"\b(?:også|ligeledes|tillige|heller)\b",
    also_in=r"^\W*også\b|\b(?:også|ligeledes|heller) (?:i|hos|blandt|for|findes)\b",
    same=r"^\W*(?:det |den )?samme\b|\bligesom\b|\bpå samme måde\b",
    exception=r"\b(?:dog|imidlertid|undtagelse|alligevel)\b",
    silence=(
        rf"\b{_TELL}\s+(?:\w+\s+)?(?:{{0,1}})?ikke\b|\btal(?:er|te) (?:\w+ )?ikke om\b|\b(?:kom(?:mer)?|bring(?:er)?|bragte) (?:\w+ )?ikke (?:ind på|op)\b|\bikke\s+(?:er\s+|blev\s+|bliver\s+|været\s+)?(?:nævnt|omtalt|berørt|fremhævet|oplyst)\b|"
        rf"\bingen\b[^.;]{{0,140}}?\b(?:har\s+)?{_TELL}"
    ).replace("(?:{0,1})?", ""),
    inference=r"^så\b|\b(?:således|derfor|altså|dermed|følgelig|det kan konkluderes|det viser, at|det betyder, at)\b",
    next_step=r"\b(?:vi|man|spurg\w*|spørg\w*|undersøg\w*)\b",
    past=r"^\W*(?:tidligere|før)\b|\b(?:førhen|før i tiden|dengang|oprindeligt?|plejede|før (?:19|20)\d\d|hidtil)\b",
    unasked=(
        r"\bikke\b[^.;]{0,60}\b(?:spurgt|udspurgt|adspurgt|stillet spørgsmål)\b|"
        r"\bikke\b[^.;]{0,40}\bindg(?:ik|å|år|ået)\b[^.;]{0,30}\b(?:interview|skema|spørgeskema|samtale)\w*|"
        r"\bindg(?:ik|år)\b\s+ikke\b[^.;]{0,60}\b(?:interview|skema|spørgeskema|samtale)\w*|"
        r"\bikke\b[^.;]{0,40}\b(?:dækket|berørt)\b[^.;]{0,30}\binterview\w*|"
        r"\bkun\s+(?:\w+\s+){0,2}(?:stillet|spurgt|besvaret)\b|\b(?:stillet|spurgt|med)\s+kun\b|\bkun\b[^.;,]{0,50}\bblev spurgt\b|"
        r"\bkom først med\b"
    ),
    question_about=r"\bspørgsmål\w* (?:om|til|vedrørende) (?P<topic>[^.;,]{3,60}?)(?= (?:er|blev|bliver|var|kom|indgik|indgår|stod|har)\b)",
    about=r"\b(?:ca\.?|cirka|omkring|omtrent|næsten|knap|godt|over|under|mindst|højst|op mod|op til)\s*(?:\w+\s+)?$",
    amounts_to=r"\b(?:svarer til|svarende til|det er|hvilket er|udgør|det vil sige|dvs\.)",
    total=r"i alt|tilsammen|sammenlagt|en sum på",
    listed=r",\s+(?:og\s+|samt\s+|mens\s+)?|\s+(?:og|samt|mens)\s+",
    cause=r"\b(?:fordi|en følge af|på grund af|takket være|kan henføres til|henføres til|skyldes|(?:kan|kunne) (?:\w+ ){0,6}(?:tilskrives|forklares|forklare)|tilskrives|er årsag til|er grunden til|har gjort|har medført|(?:har fået|får|fik) (?:\w+ ){1,4}til at|fører til|stærk\w* indikation)\b",
    doubted_cause=r"\b(?:hæng\w* sammen|sammenhæng|betydning|rolle|medvirk\w*|bidrag\w*|årsag\w*|skyldes|forklar\w*|følge af|på grund af|fordi|virkning|effekt\w*|gør\w* forskellen)\b",
    no_cause=(
        r"\b(?:ikke (?:et )?(?:entydigt? |sikkert |klart )?(?:svar|belæg)|ikke (?:\w+ ){0,2}muligt (?:\w+ ){0,6}at (?:konkludere|afgøre|sige|differentiere)|ikke (?:\w+ ){0,2}(?:afgøre|konkluderes|konkludere|påvises|sige)|"
        r"uklart|kan ikke sige|vides ikke|ved vi ikke|vi ved ikke)\b"
    ),
    open_question=r"\b(?:hvad|hvilke|hvilken|hvorfor|hvordan)\b",
    differs=r"\bforskel(?:len|le|lene)?\b|\bvariation\w*",
    design=r"\b(?:(?:rapporten|evalueringen) (?:bygger|omfatter|handler|beskriver|følger|er baseret)|undersøgelsen (?:handler|beskriver|følger|bygger|omfatter|sammenligner|er baseret)|udvalgt|besøgt|interviewet|har talt med|deltog|deltaget|spørgeskema\w*|datamateriale\w*|\w*design\w*|ville)\b",
    advice=r"\b(?:bør|burde|anbefal(?:er|es|ede|et)|skal overvejes|kan med fordel)\b",
    no_difference=(
        r"^(?!\W*på dette punkt)(?:.*\b(?:ikke|ingen|næppe|vanskeligt)\b(?:(?!, (?:og|men)\b|, \w+ der\b)[^.;]){0,110}?\b(?:forskel(?:le|len|lene)?|anderledes|adskiller|adskille|differentiere)\b|"
        r".*\bikke\b[^.;,]{0,60}, at [^.;]{0,80}\b(?:forskel|stærkere gældende)\b|"
        r".*\bikke (?:\w+ ){0,3}henføres til\b|.*\bikke (?:\w+ )*en anden\b)"
    ),
    poles=(
        ("få", "mange"),
        ("få", "flere"),
        ("lille", "stor"),
        ("små", "store"),
        ("lav", "høj"),
        ("ung", "gammel"),
        ("yngre", "ældre"),
        ("privat", "kommunal"),
        ("private", "kommunale"),
        ("privat", "offentlig"),
        ("private", "offentlige"),
        ("hurtigt", "langsomt"),
        ("sjældent", "ofte"),
        ("nye", "gamle"),
        ("ny", "gammel"),
        ("centrale", "decentrale"),
        ("nordlige", "sydlige"),
        ("østlige", "vestlige"),
        ("mindst", "mest"),
        ("mandlige", "kvindelige"),
        ("rige", "fattige"),
    ),
    axes=(
        Axis(
            "enough",
            r"tilstrækkelig\w*|rigelig\w*|fyldestgørende|velbemand\w*",
            r"mangl\w*|mangel\w*|\w{4,}mangel(?:en)?|begrænsning\w*|restriktion\w*|utilstrækkelig\w*|savne\w*|efterlys\w*|"
            r"underbemand\w*|\w+underskud\w*|knaphed\w*|ressourceproblem\w*|for (?:få|lidt|lille|små)|ikke råd",
        ),
        Axis(
            "difference",
            r"forskel(?:len|le|lene)?|forskellig\w*|varier\w*|adskil\w*|afvig\w*",
            r"ens|ensartet\w*|ensartede\w*|identisk\w*|harmoniser\w*",
        ),
        Axis(
            "influence",
            r"indflydelse\w*|betydning\w*|rolle\w*|påvirk\w*|hensyn|hensynet",
            r"ubetydelig\w*|uafhængig\w*",
        ),
        Axis(
            "stable",
            r"stabil|stabilt|stabile|stabilitet\w*|rolig\w*",
            r"\w*udskiftning\w*|udskiftet|\w*flugt\w*|turbulen\w*|ustabil\w*|\w*pukk\w*|\w*pukler\w*|efterslæb\w*|ophob\w*",
        ),
        Axis("central", r"centralis\w*", r"decentral\w*"),
        Axis("safe", r"tryg\w*", r"utryg\w*"),
        Axis("satisfied", r"tilfreds\w*", r"utilfreds\w*"),
        Axis("agree", r"enig\w*", r"uenig\w*"),
        Axis("easy", r"let|nem|nemt|nemme|nemmere|lettere", r"svær\w*|vanskelig\w*|besværlig\w*"),
        Axis("good", r"god|godt|gode|bedre", r"dårlig\w*|ringe|værre"),
        Axis("tight", r"skærp\w*|stramme\w*|opstram\w*|strammere", r"lemp\w*|slække\w*|opblød\w*"),
        Axis("rising", r"steget|stiger|stigning\w*|stigende|vokse\w*", r"faldet|falder|faldende|nedgang\w*"),
        Axis("open", r"åben|åbent|åbne", r"lukket|lukkede"),
        Axis("fixed", r"faste|fast", r"løse|skiftende"),
        Axis("voluntary", r"frivillig\w*", r"obligatorisk\w*"),
        Axis("formal", r"formel\w*|formelle", r"uformel\w*"),
        Axis("written", r"skriftlig\w*", r"mundtlig\w*"),
    ),
    concepts=(
        ("=money", r"økonom\w*|budget\w*|penge|pengene|midler|midlerne|finans\w*|bevillingsramme\w*"),
        ("=staff", r"personale\w*|medarbejder\w*|bemanding\w*|normering\w*|ansatte"),
        ("=leading", r"led(?:er|else|elsen|ere|erne|elses\w*)|\w*leder(?:e|en|ne)?"),
        ("=procedure", r"procedure\w*|retningslinje\w*|tjekliste\w*|standarder|arbejdsgang\w*"),
    ),
    endings=r"(?:eringerne|eringens|eringen|eringer|ering|erende|erede|eret|erer|ere|ningerne|ningens|ningen|ninger|ning|ingerne|ingens|ingen|inger|ing|elsernes|elserne|elser|elsen|else|heden|hed|mæssigt|mæssige|mæssig|iskes|iske|isk|igt|ige|ig|ede|ets|et|ens|en|erne|er|es|e|s|t)$",
    numbers=_NUMBERS,
    fraction=rf"(?<![\w-])(?P<k>{_NUMBER})\s+(?:ud\s+)?af\s+(?:de\s+|disse\s+)?(?P<n>{_NUMBER})\b|\b(?:en|et|den|det)\s+(?:ene|enkelt|af)\s+(?:ud\s+)?(?:af\s+)?de\s+(?P<one>{_NUMBER})\b",
)
