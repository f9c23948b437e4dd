"""How Danish words quantities: a table of facts for `reports.wording.quantities`."""

# ruff: noqa: E501 - a row of the table stays on its line

from __future__ import annotations

from reports.wording.quantity_words import QuantityWords, wordings

_MENTIONED = (
    r"(?:(?:har|havde) )?(?:selv )?(?:nævn(?:t|er|te)|omtal(?:t|er|te)|berør(?:t|er|te)|peg(?:et|er|ede) på|"
    r"fortalt (?:om|at)|fortæller (?:om|at)|fortalte (?:om|at)|kommer ind på|kom ind på)"
)
_PART = r"tredjedele?|fjerdedele?|femtedele?|sjettedele?|syvendedele?|ottendedele?|niendedele?|tiendedele?"
TABLE = wordings(
    ("fraction", "#", r"<K>(?: af)? ud af (?:de |i alt |alle |de i alt )?<N><NOUN>"),
    ("fraction", "#", r"<KN> (?P<noun><WORD>) (?:ud )?af (?:de |i alt |alle |de i alt )?<N>"),
    ("fraction", "#", r"<K> af (?:de |i alt |vores |alle |de i alt )?<N><NOUN>"),
    ("all_but", "alle samtlige", r"(?:alle|samtlige)(?: <N>)?<NOUN> (?:på nær|undtagen|bortset fra|med undtagelse af) (?P<but><LOOSE>)"),
    ("all_but", "alle samtlige", r"(?:alle|samtlige)(?: <N>)?<NOUN> (?:på nær|undtagen|bortset fra|med undtagelse af)"),
    ("none_mentioned", "ingen slet ikke", r"(?:slet )?(?:ingen|ikke (?:én|en|ét|et) eneste)(?: af (?:de )?<N>)?<NOUN> " + _MENTIONED),
    ("neither", "hverken", r"hverken (?:<WORD> ){1,4}eller"),
    ("not_all", "ikke langt langtfra næppe", r"(?:ikke|langt fra|langtfra|næppe) (?:af |i |hos |for |ved )?(?:alle|samtlige|begge)(?: (?:de )?<N>)?<NOUN>"),
    ("none", "slet ingen intet", r"(?:slet )?(?:ingen|intet) af (?:de )?<N><NOUN>"),
    ("none", "slet ingen intet", r"(?:slet )?(?:ingen|intet)(?: af de)?<NOUN>"),
    ("none", "ikke", r"ikke (?:én|en|ét|et) eneste<NOUN>"),
    ("large_majority", "langt", r"langt (?:de (?:aller)?fleste)<NOUN>"),
    ("large_majority", "langt", r"langt (?:størstedelen|hovedparten|den overvejende del|den største del|flertallet)<OF>"),
    ("large_majority", "stort næsten så", r"(?:stort set|næsten|så godt som) (?:alle|samtlige)(?: (?:de )?<N>)?<NOUN>"),
    ("large_majority", "det et", r"(?:det|et) (?:store|stort|overvældende|overvejende|klart|klare) flertal<OF>"),
    ("large_majority", "den", r"den altovervejende del<OF>"),
    ("most", "de", r"de (?:aller)?fleste<NOUN>"),
    ("most", "størstedelen hovedparten størsteparten", r"(?:størstedelen|hovedparten|størsteparten)<OF>"),
    ("most", "den", r"den (?:største|overvejende) del<OF>"),
    ("majority", "et det flertal flertallet", r"(?:(?:et|det) )?(?:flertal|flertallet)<OF>"),
    ("majority", "over mere godt", r"(?:over|mere end|godt(?: og vel)?) halvdelen<OF>"),
    ("minority", "et mindretal mindretallet fåtal", r"(?:(?:et|det) )?(?:mindretal|mindretallet|fåtal)<OF>"),
    ("minority", "under mindre", r"(?:under|mindre end) halvdelen<OF>"),
    ("half", "halvdelen den", r"(?:den ene |den anden )?halvdelen<OF>"),
    ("half", "hver hvert", r"(?:hver|hvert) (?:anden|andet)<NOUN>"),
    ("part", "#", rf"(?P<top>en|to|tre|fire|fem|seks|syv|otte|ni|\d) (?P<part>{_PART})<OF>"),
    ("part", "hver hvert", r"(?:hver|hvert) (?P<part>tredje|fjerde|femte|sjette|syvende|ottende|niende|tiende)<NOUN>"),
    ("percent", "mellem", r"mellem <K>(?: (?:%|pct\.?|procent))? og <M> ?(?:%|pct\.?|procent)<NOUN>"),
    ("percent", "#", r"<K> ?(?:%|pct\.?|procent)? ?(?:-|–|til) ?<M> ?(?:%|pct\.?|procent)<NOUN>"),
    ("percent", "#", r"<K> ?(?:%|pct\.?|procent)<NOUN>"),
    ("ratio", "dobbelt halvt", r"(?P<times>dobbelt|halvt) så (?:mange|få|stor|stort|store|ofte|meget|høj|højt|høje|hyppigt)<NOUN>"),
    ("ratio", "#", r"<K> gange så (?:mange|stor|stort|store|ofte|meget|høj|højt|høje|hyppigt)<NOUN>"),
    ("examples", "eksempler eksemplerne", r"eksempler(?:ne)? på"),
    ("examples", "flere nogle adskillige mange enkelte en", r"(?:flere|nogle|adskillige|mange|enkelte|en række) (?:<WORD> )?eksempler på"),
    ("example", "et ét eksempel", r"(?:(?:et|ét)(?: enkelt)? )?eksempel på"),
    ("all", "alle samtlige", r"(?:alle|samtlige) (?:de )?<N><NOUN>"),
    ("all", "alle samtlige hver hvert", r"(?:alle|samtlige|hver eneste|hvert eneste)(?: de)?<NOUN>"),
    ("all", "begge", r"(?P<both>begge)(?: de)?(?: to)?<NOUN>"),
    ("couple", "et", r"et par<NOUN>"),
    ("one", "kun blot bare", r"(?:kun|blot|bare) (?:én|ét|en|et)(?: enkelt)?<NOUN>"),
    ("one", "en et én ét", r"(?:en|et|én|ét) enkelt<NOUN>"),
    ("one", "en et én ét", r"(?:en|et|én|ét)<OF>"),
    ("one", "én ét den det", r"(?:én|ét|den ene|det ene)<NOUN>"),
    ("some", "nogle nogen enkelte visse", r"(?:nogle|nogen|enkelte|visse)(?: få| enkelte)?<NOUN>"),
    ("some", "en", r"en (?:vis )?del<NOUN>"),
    ("several", "flere adskillige en", r"(?:flere(?! end)|adskillige|en (?:lang )?række)<NOUN>"),
    ("many", "rigtig meget temmelig ganske mange", r"(?:(?:rigtig|meget|temmelig|ganske) )?mange<NOUN>"),
    ("many", "en", r"en (?:stor|væsentlig|betydelig|god) del<NOUN>"),
    ("few", "meget ganske kun relativt få", r"(?:(?:meget|ganske|kun|relativt) )?få<NOUN>"),
    ("few", "de", r"de færreste<NOUN>"),
    ("few", "en", r"en (?:lille|mindre) del<NOUN>"),
    ("base", "n", r"n ?= ?<N>"),
    ("count", "mellem", r"mellem <K> og <M><NOUN>"),
    ("count", "#", r"<K>(?: ?[-–] ?| til | eller )<M><NOUN>"),
    ("count", "#", r"<N><NOUN>"),
)  # fmt: skip
DANISH = QuantityWords(
    table=TABLE,
    bounds={
        "at_least": r"mindst|i hvert fald|minimum",
        "at_most": r"højst|højest|maksimalt|op til",
        "more_than": r"(?:mere|flere) end|over",
        "less_than": r"(?:mindre|færre) end|under",
        "about": r"omkring|cirka|ca\.|omtrent|rundt regnet|omtrentlig",
        "just_below": r"knap|næsten|lige under|lidt under",
        "just_above": r"godt|lidt over|lige over|godt og vel",
    },
    not_after=(
        r"(?:§+|paragraf|kapitel|kap\.|afsnit|bilag|tabel|figur|side|sider|s\.|nr\.|nummer|kl\.|klokken|år|året|årene|stk\.|"
        r"punkt|pkt\.|spørgsmål|fase|trin|bind|januar|februar|marts|april|maj|juni|juli|august|september|oktober|"
        r"november|december|match|matchgruppe|matchkategori|type|niveau|version|note|fodnote|lov nr\.|den|d\.) ?$"
    ),
    denied=r"(?:ikke|næppe|aldrig) $",
    no_noun=frozenset(
        """
        har er var kan vil skal må bør siger sagde sige mener mente mene oplever oplevede nævner nævnte bruger brugte
        peger pegede angiver angav fortæller fortalte og eller men som der at i på til for fra med om ved ikke også kun
        hver af de den det dem havde blev bliver giver gav ser så synes syntes finder fandt lægger lagde gør gjorde går
        gik kommer kom får fik ud over under mellem efter før når hvis hvor hvad sig heraf hos begge tager tog ligger lå
        stiller stillede arbejder arbejdede svarer svarede beskriver beskrev vurderer vurderede fremhæver fremhævede
        anvender anvendte mens dog altså altid aldrig endda netop især særligt således fortsat stadig allerede selv
        samtidig derimod tværtimod her nu da desuden imidlertid kunne ville skulle måtte burde burde kræver krævede
        ønsker ønskede tror troede ved vidste kender kendte mangler manglede savner savnede oplyser oplyste tilkendegiver
        understreger understregede deler lader lod holder holdt følger fulgte sender sendte møder mødte venter ventede
        henviser henviste forsøger forsøgte prøver prøvede sætter satte begrunder begrundede fører førte benytter
        benyttede har fortaler udtrykker udtrykte gennemfører gennemførte prioriterer vægter tillægger indgår indgik
        samarbejder anser betragter betegner forklarer forklarede gentager eksempelvis ligeledes ingen mindre mere lige
        nogenlunde enige uenige tilfredse utilfredse ens forskellige tilsammen sammen tilsyneladende sandsynligvis et en gange
        to tre fire fem seks syv otte ni ti mange få flere alle nogle enkelte samtlige hverken uden inden siden trods end
        """.split()  # noqa: SIM905
    ),
    units=frozenset(
        """
        kr kroner mio mia mill millioner milliarder time timer minut minutter sekunder dag dage uge uger ugers måned
        måneder måneders år års årig årige årsværk årene årsværker procent procentpoint pct promille januar februar
        marts april maj juni juli august september oktober november december euro km meter kilometer gang gange grad
        grader timers dages kapitler afsnit sider tabeller stk point tid tiden minutters
        """.split()  # noqa: SIM905
    ),
    adjectives=(
        r"(?:<L>+(?:ede|ende|ige|iske|elle|nte|agte|algte|ivne|agne|nale|nelle)|nye|første|sidste|tidligere|senere|små|store|mindre|større|mange|andre|øvrige|"
        r"spurgte|interviewede|undersøgte|danske|gamle|rige|fattige|få|ene|anden|tredje|sammenlagte)"
    ),
    of=r"(?:de|det|den|disse|vores|deres|alle|samtlige)(?: i alt)?",
    parts={"tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "syvende": 7, "ottende": 8, "niende": 9, "tiende": 10},
    tops={"en": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9},
    times={"dobbelt": (2, 1), "halvt": (1, 2)},
    not_behind={
        "many": r"(?:hvor|lige så|så|dobbelt så|halvt så|gange så|alt for|for) $",
        "few": r"(?:hvor|lige så|så|for|at|kan|vil|skal|må|bør|og|kunne|ville|skulle|måtte|gerne|ikke) $",
        "one": r"(?:den|det|hver|hvert) $",
        "some": r"(?:den|det|hver|hvert|de) $",
    },
)
