"""What the page of an evaluation says, in English and Danish. Braces are filled by `reports.evaluation.view`."""

from __future__ import annotations

import msgspec


class EvaluationWords(msgspec.Struct, frozen=True):
    """The wording of one language."""

    language: str
    decimal: str
    between: str
    """What stands between the two ends of an interval."""
    title: str
    contents: str
    light_dark: str
    lead: str
    lead_against: str
    facts: str
    facts_hidden: str
    constructed: str
    too_few: dict[str, str]
    nothing: str
    key_first: str
    key_three: str
    key_gain: str
    key_gain_words: str
    key_coverage: str
    key_none: str
    key_agreement: str
    crosscase: str
    baselines: dict[str, str]
    passages: str
    passages_none: str
    passages_all: str
    first: str
    first_three: str
    leads: str
    points: str
    interval_note: str
    learning: str
    learning_hint: str
    learning_said: str
    not_better: str
    cold_note: str
    better: str
    numbers: str
    comparisons: str
    comparisons_hint: str
    what: dict[str, str]
    verdicts: dict[str, str]
    with_it: str
    without_it: str
    adds: str
    coverage: str
    coverage_hint: str
    coverage_said: str
    coverage_none: str
    wanted: str
    proposed_share: str
    right_share: str
    codes: str
    codes_hint: str
    codes_said: str
    codes_same: str
    codes_few: str
    too_few_codings: str
    theme: str
    coded: str
    suggested: str
    both: str
    precision: str
    recall: str
    f1: str
    confusions: str
    confusions_hint: str
    confusions_said: str
    confusions_single: str
    confusions_none: str
    coded_as: str
    taken_for: str
    segments: str
    where: str
    bears_none: str
    of: str
    calibration: str
    calibration_hint: str
    calibration_said: str
    calibration_none: str
    calibration_numbers: str
    probability: str
    pairs: str
    said: str
    held: str
    methods: str
    methods_hint: str
    method_made: str
    method_pipeline: str
    method_embeddings: str
    method_held_out: str
    method_against: str
    method_hidden: str
    method_right: str
    method_baselines: str
    method_result: str
    method_cold: str
    method_intervals: str
    method_draws: str
    method_caution: str
    made_with: str
    and_: str


ENGLISH = EvaluationWords(
    language="en",
    decimal=".",
    between="–",
    title="How good the suggestions are",
    contents="Contents",
    light_dark="Light or dark",
    lead="Suggestions learned from {coder}, measured against {coder}'s own codings on cases held out.",
    lead_against="Suggestions learned from {coder}, measured against what {against} said on cases held out.",
    facts="{segments} coded segments and {without} that were read and bear no theme · {sources} sources · {cases} "
    "cases, each held out in turn · {themes} themes",
    facts_hidden="headings and question labels hidden",
    constructed="The material of this study is constructed. What it shows about suggestions need not hold for real "
    "interviews.",
    too_few={
        "cases": "Too few to tell: codings in {n} cases. At least four cases are needed, since each is held out in "
        "turn. The figures below are shown as they are, and should not be reported.",
        "segments": "Too few to tell: {n} coded segments. At least thirty are needed. The figures below are shown "
        "as they are, and should not be reported.",
        "nothing": "Nothing is coded yet, so there is nothing to measure against.",
    },
    nothing="Once some segments are coded in four cases or more, this page shows how often suggestions are right.",
    key_first="first theme right",
    key_three="one of the first three right",
    key_gain="{points} points",
    key_gain_words="lead over the better baseline",
    key_coverage="get a proposal at {wanted} % precision, {right} % of them right",
    key_none="get a proposal at {wanted} % precision",
    key_agreement="agreement of {coder} with {against} themselves",
    crosscase="crosscase",
    baselines={
        "TF-IDF + logistic regression": "TF-IDF + logistic regression",
        "the same with the codebook's texts": "the same with the codebook's texts",
    },
    passages="Coded passages a theme",
    passages_none="none",
    passages_all="all others",
    first="First theme right, %",
    first_three="One of the first three right, %",
    leads="crosscase leads by",
    points="points",
    interval_note="Lines and brackets are 95 % intervals, by drawing whole cases again.",
    learning="Learning curve",
    learning_hint="How often the right theme ranks first, or among the first three, when the model has seen no "
    "coded passage, one for each theme, two … and all of the other cases.",
    learning_said="With no coding, the first theme is right for {cold} % of the segments by crosscase, {cold_plain} "
    "% by TF-IDF with logistic regression and {cold_informed} % by the same with the codebook's texts. With all "
    "other cases coded it is {full} %, {full_plain} % and {full_informed} %.",
    not_better="Not clearly better than both baselines with {passages}: the interval of a lead reaches 0 or there "
    "is none.",
    cold_note="Where there are no codings, TF-IDF ranks by likeness to the codebook's texts; from the first coding "
    "on, logistic regression knows the codings alone, unless it is given these texts too.",
    better="Clearly better than both baselines at every point of the curve: no interval of a lead reaches 0.",
    numbers="The numbers",
    comparisons="Named models",
    comparisons_hint="What study.toml names: the same held-out segments, ranked with the named model and without "
    "it, from the same passages.",
    what={
        "pipeline": "pipeline",
        "embeddings": "word vectors",
    },
    verdicts={
        "improves": "It improves suggestions on cases held out.",
        "harms": "It makes suggestions worse on cases held out. Take it out of study.toml.",
        "unclear": "It is not clear that it helps: the intervals of what it adds reach 0, or point both ways.",
        "too_few": "There are too few codings to tell whether it helps.",
    },
    with_it="With it, first right, %",
    without_it="Without, first right, %",
    adds="It adds",
    coverage="What would be proposed",
    coverage_hint="Proposing only where the first theme leads far makes proposals rarer and more often right. The "
    "curve is what was reached on all held-out segments; the marks are what comes of it when the lead and the "
    "probability that a wanted precision needs are set on the other cases, as crosscase suggest does.",
    coverage_said="If all segments got a proposal, {all} % of the proposals would be right. {marks}",
    coverage_none="no segment",
    wanted="Wanted precision",
    proposed_share="Segments with a proposal, %",
    right_share="Of these right, %",
    codes="Each theme",
    codes_hint="If the first theme were taken everywhere, with all other cases coded. Precision: of the segments "
    "suggested for the theme, how many bear it. Recall: of those that bear it, how many were found. F1 is their "
    "harmonic mean.",
    codes_said="F1 goes from {low} % ({low_theme}) to {high} % ({high_theme}).",
    codes_same="F1 is {low} % for every theme.",
    codes_few="Too few codings to tell anything (fewer than five segments): {themes}.",
    too_few_codings="too few",
    theme="Theme",
    coded="Coded",
    suggested="Suggested",
    both="Both",
    precision="Precision",
    recall="Recall",
    f1="F1",
    confusions="Which theme is taken for which",
    confusions_hint="Rows are what was coded, columns what ranks first. The darker, the larger the share of the "
    "row. A segment with several themes that is taken for yet another counts under each of its own.",
    confusions_said="Most often {given} is taken for {proposed}: {count} of {of} segments.",
    confusions_single="No theme is taken for another one more than once.",
    confusions_none="No segment is taken for a theme that it does not bear.",
    coded_as="Coded as",
    taken_for="Taken for",
    segments="Segments",
    where="Where",
    bears_none="(bears no theme)",
    of="{k} of {n}",
    calibration="Do the probabilities hold?",
    calibration_hint="Each mark gathers suggestions of about the same probability: where it lies on the line, what "
    "was said is what held. Larger marks are more suggestions. The probabilities of each case come from the other "
    "cases.",
    calibration_said="Of suggestions with a probability of about {low_said} %, {low_held} % held; of those with "
    "about {high_said} %, {high_held} %.",
    calibration_none="No code has five codings from four cases beside the one held out, so there are no "
    "probabilities.",
    calibration_numbers="Brier score {brier} (always saying how frequent codes are: {constant}); expected "
    "calibration error {error}; {n} pairs of segment and theme.",
    probability="Probability",
    pairs="Suggestions",
    said="Said on average, %",
    held="Held, %",
    methods="For a methods section",
    methods_hint="To be copied and cut.",
    method_made="Suggestions were made with crosscase {version} ({suggesters}) from the codebook, the interview "
    "guide and the codings of {coder}.",
    method_pipeline="Lemmas came from the spaCy pipeline {name}.",
    method_embeddings="Words were also compared as vectors by the static model {name}.",
    method_held_out="They were evaluated by held-out case: for each of the {cases} cases in turn, the model learned "
    "from the codings of the other cases and ranked the {themes} themes for every coded segment (a paragraph, or an "
    "answer in a transcript) of this case. {segments} segments bear at least one theme, and {without} were read and "
    "bear none.",
    method_against="What counts as right are the codings of {against}.",
    method_hidden="Headings and question labels were hidden from the model.",
    method_right="A segment counts as right where the theme that ranks first (or one of the first three) was given "
    "to it.",
    method_baselines="Two baselines had the same segments and passages to learn from: logistic regression over "
    "TF-IDF weighted words (scikit-learn {version}), and the same with the codebook's texts as further training "
    "documents.",
    method_result="With all other cases to learn from, the first theme was right for {top1} % of the segments and "
    "one of the first three for {top3} %; the baselines' first theme was right for {plain} % and {informed} %.",
    method_cold="Without any coding, the first theme was right for {top1} % (baselines: {plain} % and {informed} %).",
    method_intervals="Brackets are 95 % intervals from {n} bootstrap samples of whole cases.",
    method_draws="Points of the learning curve between none and all are means over {n} draws of passages.",
    method_caution="The figures rest on too few codings to be reported.",
    made_with="Made with {programs}. The same study gives the same page.",
    and_="and",
)  # fmt: skip

DANISH = EvaluationWords(
    language="da",
    decimal=",",
    between="–",
    title="Hvor gode forslagene er",
    contents="Indhold",
    light_dark="Lys eller mørk",
    lead="Forslag lært af {coder}, målt mod {coder}s egne kodninger på cases, der var holdt ude.",
    lead_against="Forslag lært af {coder}, målt mod det, {against} har kodet, på cases, der var holdt ude.",
    facts="{segments} kodede tekststykker og {without} læste uden noget tema · {sources} kilder · {cases} cases, "
    "holdt ude én ad gangen · {themes} temaer",
    facts_hidden="overskrifter og spørgsmålsnumre skjult",
    constructed="Materialet i denne undersøgelse er konstrueret. Hvad det viser om forslag, behøver ikke gælde for "
    "virkelige interview.",
    too_few={
        "cases": "For lidt til at sige noget: kodninger i {n} cases. Der skal mindst fire til, da hver holdes ude "
        "efter tur. Tallene nedenfor vises, som de er, og bør ikke rapporteres.",
        "segments": "For lidt til at sige noget: {n} kodede tekststykker. Der skal mindst tredive til. Tallene "
        "nedenfor vises, som de er, og bør ikke rapporteres.",
        "nothing": "Der er endnu ikke kodet noget, så der er intet at måle mod.",
    },
    nothing="Når der er kodet tekststykker i mindst fire cases, viser denne side, hvor ofte forslag er rigtige.",
    key_first="første tema er rigtigt",
    key_three="et af de tre første er rigtigt",
    key_gain="{points} point",
    key_gain_words="foran den bedste af de simple metoder",
    key_coverage="får et forslag ved {wanted} % præcision, {right} % af dem er rigtige",
    key_none="får et forslag ved {wanted} % præcision",
    key_agreement="enighed mellem {coder} og {against} selv",
    crosscase="crosscase",
    baselines={
        "TF-IDF + logistic regression": "TF-IDF + logistisk regression",
        "the same with the codebook's texts": "det samme med kodebogens tekster",
    },
    passages="Kodede tekststykker pr. tema",
    passages_none="ingen",
    passages_all="alle andre",
    first="Første tema rigtigt, %",
    first_three="Et af de tre første rigtigt, %",
    leads="crosscase er foran med",
    points="point",
    interval_note="Streger og klammer er 95 %-intervaller ved gentagen udtrækning af hele cases.",
    learning="Læringskurve",
    learning_hint="Hvor ofte det rigtige tema står først eller blandt de tre første, når modellen ikke har set "
    "noget kodet, ét tekststykke pr. tema, to … og alle de andre cases.",
    learning_said="Uden kodninger er det første tema rigtigt for {cold} % af tekststykkerne med crosscase, "
    "{cold_plain} % med TF-IDF og logistisk regression og {cold_informed} % med det samme og kodebogens tekster. "
    "Når alle andre cases er kodet, er det {full} %, {full_plain} % og {full_informed} %.",
    not_better="Ikke klart bedre end begge simple metoder ved {passages}: forspringets interval når 0, eller der er "
    "intet.",
    cold_note="Uden kodninger ordner TF-IDF efter lighed med kodebogens tekster; fra den første kodning kender "
    "logistisk regression kun kodningerne, medmindre den også får disse tekster.",
    better="Klart bedre end begge simple metoder i hvert punkt: intet interval for forspringet når 0.",
    numbers="Tallene",
    comparisons="Nævnte modeller",
    comparisons_hint="Hvad study.toml nævner: de samme tekststykker, der var holdt ude, ordnet med modellen og uden "
    "den, ud fra de samme kodninger.",
    what={
        "pipeline": "pipeline",
        "embeddings": "ordvektorer",
    },
    verdicts={
        "improves": "Den forbedrer forslagene på cases, der var holdt ude.",
        "harms": "Den gør forslagene ringere på cases, der var holdt ude. Tag den ud af study.toml.",
        "unclear": "Det er ikke klart, at den hjælper: intervallerne for det, den lægger til, når 0 eller peger "
        "hver sin vej.",
        "too_few": "Der er for få kodninger til at sige, om den hjælper.",
    },
    with_it="Med, første rigtigt, %",
    without_it="Uden, første rigtigt, %",
    adds="Den lægger til",
    coverage="Hvad der ville blive foreslået",
    coverage_hint="Foreslås der kun noget, hvor det første tema er langt foran, er forslagene færre og oftere "
    "rigtige. Kurven viser, hvad der blev nået på alle tekststykker, der var holdt ude; mærkerne, hvad der kommer "
    "ud af det, når det nødvendige forspring og den nødvendige sandsynlighed er fastsat på de andre cases, som "
    "crosscase suggest gør.",
    coverage_said="Fik alle tekststykker et forslag, ville {all} % af forslagene være rigtige. {marks}",
    coverage_none="intet tekststykke",
    wanted="Ønsket præcision",
    proposed_share="Tekststykker med forslag, %",
    right_share="Heraf rigtige, %",
    codes="Hvert tema",
    codes_hint="Hvis det første tema blev taget overalt, og alle andre cases var kodet. Præcision: af de "
    "tekststykker, temaet blev foreslået for, hvor mange har det. Genfinding: af dem, der har det, hvor mange blev "
    "fundet. F1 er deres harmoniske gennemsnit.",
    codes_said="F1 går fra {low} % ({low_theme}) til {high} % ({high_theme}).",
    codes_same="F1 er {low} % for hvert tema.",
    codes_few="For få kodninger til at sige noget (under fem tekststykker): {themes}.",
    too_few_codings="for få",
    theme="Tema",
    coded="Kodet",
    suggested="Foreslået",
    both="Begge",
    precision="Præcision",
    recall="Genfinding (recall)",
    f1="F1",
    confusions="Hvilket tema tages for hvilket",
    confusions_hint="Rækker er det, der er kodet, kolonner det, der står først. Jo mørkere, des større andel af "
    "rækken. Et tekststykke med flere temaer, der tages for endnu et, tæller under hvert af sine egne.",
    confusions_said="Oftest tages {given} for {proposed}: {count} af {of} tekststykker.",
    confusions_single="Intet tema tages for et andet mere end én gang.",
    confusions_none="Intet tekststykke tages for et tema, det ikke har.",
    coded_as="Kodet som",
    taken_for="Taget for",
    segments="Tekststykker",
    where="Hvor",
    bears_none="(intet tema)",
    of="{k} af {n}",
    calibration="Holder sandsynlighederne?",
    calibration_hint="Hvert mærke samler forslag med omtrent samme sandsynlighed: ligger det på linjen, holdt det, "
    "der blev sagt. Større mærker er flere forslag. Hver cases sandsynligheder kommer fra de andre cases.",
    calibration_said="Af forslag med en sandsynlighed på omkring {low_said} % holdt {low_held} %; af dem med "
    "omkring {high_said} % holdt {high_held} %.",
    calibration_none="Ingen kode har fem kodninger fra fire cases ud over den, der holdes ude, så der er ingen "
    "sandsynligheder.",
    calibration_numbers="Brier-score {brier} (altid at sige, hvor hyppige koderne er: {constant}); forventet "
    "kalibreringsfejl {error}; {n} par af tekststykke og tema.",
    probability="Sandsynlighed",
    pairs="Forslag",
    said="Sagt i gennemsnit, %",
    held="Holdt, %",
    methods="Til et metodeafsnit",
    methods_hint="Til at kopiere og forkorte.",
    method_made="Forslagene er lavet med crosscase {version} ({suggesters}) ud fra kodebogen, interviewguiden og "
    "{coder}s kodninger.",
    method_pipeline="Ordenes grundformer kom fra spaCy-pipelinen {name}.",
    method_embeddings="Ord blev desuden sammenlignet som vektorer med den statiske model {name}.",
    method_held_out="De er vurderet ved at holde cases ude: for hver af de {cases} cases efter tur lærte modellen "
    "af de andre cases' kodninger og ordnede de {themes} temaer for hvert kodet tekststykke (et afsnit eller et "
    "svar i en udskrift) i denne. {segments} tekststykker har mindst ét tema, og {without} er læst og har intet.",
    method_against="Som rigtigt gælder {against}s kodninger.",
    method_hidden="Overskrifter og spørgsmålsnumre var skjult for modellen.",
    method_right="Et tekststykke regnes for rigtigt, hvor det tema, der står først (eller et af de tre første), er "
    "kodet i det.",
    method_baselines="To simple metoder havde de samme tekststykker at lære af: logistisk regression over ord "
    "vægtet med TF-IDF (scikit-learn {version}), og det samme med kodebogens tekster som yderligere "
    "træningsdokumenter.",
    method_result="Med alle andre cases at lære af var det første tema rigtigt for {top1} % af tekststykkerne og et "
    "af de tre første for {top3} %; de simple metoders første tema var rigtigt for {plain} % og {informed} %.",
    method_cold="Uden kodninger var det første tema rigtigt for {top1} % (simple metoder: {plain} % og {informed} "
    "%).",
    method_intervals="Klammer er 95 %-intervaller fra {n} bootstrap-udtræk af hele cases.",
    method_draws="Læringskurvens punkter mellem ingen og alle er gennemsnit af {n} udtræk af tekststykker.",
    method_caution="Tallene hviler på for få kodninger til at blive rapporteret.",
    made_with="Lavet med {programs}. Den samme undersøgelse giver den samme side.",
    and_="og",
)  # fmt: skip


def evaluation_words(language: str) -> EvaluationWords:
    """The wording of a report's language; English where it is not known."""
    return DANISH if language == "da" else ENGLISH
