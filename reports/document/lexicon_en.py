"""English words that the rules know."""

# ruff: noqa: E501, SIM905 - a table of facts: an expression stands on one line

from reports.document.lexicon import Axis, Lexicon

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBERS |= _TENS | {
    f"{ten}-{unit}": _TENS[ten] + _NUMBERS[unit]
    for ten in _TENS
    for unit in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
}
_NUMBER = r"(?:\d+(?:[.,]\d+)*|" + "|".join(_NUMBERS) + ")"
_TELL = r"(?:mention|report|raise|bring up|brought up|refer|describe|state|note|complain|speak of|spoke of|talk about|talked about|come up|came up)(?:ed|s|d)?"

ENGLISH = Lexicon(
    code="en",
    function=frozenset(
        """
        january february march april june july august september october november december
        a about above across after again against all almost alone along already also although always am among an and
        another any are area areas as at be because been before being below between both but by can case cases certain
        clear clearly compared could did do does doing done due during each either else even ever every example examples
        few first for found from further general generally get gets give given gives had has have having he her here
        high his how however i if in instance into is it its just kind large last least less level like likely little
        long low made main mainly make makes many may might more most much must my near neither never nevertheless new
        next no nobody none nor not nothing now number of often on once one ones only or other others our out over own
        particular particularly per place possible rather reason reasons regard regarding related relatively result
        results same see seem seemed seems seen several shall she should show shown shows similar since small so some
        sometimes still such take taken than that the their them themselves then there therefore these they thing
        things this those though through thus to together too toward towards two under until up upon us use used uses
        using usually very was way ways we well were what when where whether which while who whole whose why will with
        within without would yet you your
        third fourth fifth sixth seventh eighth ninth tenth
        say says said mention mentioned mentions report reported reports describe described tell told state stated
        study interview interviews interviewed chapter section table figure annex appendix experience experienced
        point points explain explained conclude concluded conclusion indicate indicates suggest suggests allow
        account question terms respect basis extent degree
    """.split()
    ),
    negators=frozenset("not no none nobody never neither nor cannot n't n’t without hardly".split()),
    articles=frozenset("a an the any some do does did there".split()),
    none_of=r"\bnone of\b|^\W*(?:neither|no one|nobody)\b",
    all_words=frozenset("all every each both".split()),
    most=r"\bmost\b|\bthe majority\b|\ba majority\b",
    some=r"\b(?:some|several|many|various|other|others|a number of|a few|a couple of|a handful of|only a few)\b",
    one=r"\b(?:one of|only one|a single|one|a|an)\b",
    another=r"\banother\b|\b(?:the|a) (?:other|second|third|fourth|fifth|same) one\b|\bthe same\b|\bthis\b",
    same_case=r"\b(?:the same|this)\b",
    both_groups=r"\b(?:both|the two|two) (?:\w+ )?(?:groups|types|kinds|categories)\b",
    everywhere=r"\b(?:everywhere|in every place)\b",
    aside=r",\s+(?:where|which|who|whose)\b[^,;]*",
    soft=r"\b(?:generally|in general|typically|as a rule|normally|mostly|mainly|largely|often|seldom|usually|tendency|on the whole)\b",
    examples=r"\b(?:(?:several|some|two|three) )?examples of\b",
    example=r"\b(?:an |one )?example of\b",
    except_for=r"\b(?:with the exception of|except for|except|apart from) (?:one|a single)\b",
    linking=r"(?:of|to|in|on|for|from|with|at|by|about|that|which|and)\b",
    relative=frozenset("that which who where with whose".split()),
    having=frozenset("with without".split()),
    measure=frozenset("relatively comparatively rather fairly respectively very".split()),
    splits=r"[,;]?\s+(?=(?:but|whereas|while)\b)|;\s+",
    goes_on=r",\s+(?:and|which|so)\s+|;\s+",
    clause=r",\s+|\s+(?=(?:because|although|though)\b)|:\s+",
    that=r"^that\b",
    condition=r"^(?:if|unless|provided|when|whenever)\b",
    question=r"\?\s*$|\b(?:whether)\b|^(?:if)\b",
    announce=r"^(?:in this\b|this (?:chapter|section|report)\b|the (?:aim|purpose|question)\b|below\b|the table\b)|\bin this (?:section|chapter)\b",
    contrast=r"\b(?:by contrast|in contrast|on the other hand|conversely|on the contrary)\b",
    also=r"\b(?:also|too|likewise|as well|either)\b",
    also_in=r"\b(?:also|likewise) (?:in|at|for|among|found)\b|\bas well\b|\btoo\b",
    same=r"^\W*(?:the )?same\b|\bas in\b|\bin the same way\b",
    exception=r"\b(?:however|though|although|nevertheless|exception)\b",
    silence=(
        rf"\b(?:not|n't|never)\s+(?:been\s+|explicitly\s+)?{_TELL}\b|\b(?:none|no one|nobody|no \w+)\b[^.;]{{0,140}}?\b{_TELL}\b|"
        r"\bunmentioned\b"
    ),
    inference=r"^so\b|\b(?:thus|therefore|hence|consequently|accordingly|it can be concluded|it follows|(?:this|which) (?:shows|means|suggests) that)\b",
    next_step=r"\b(?:we|ask\w*|look\w*|examin\w*|return\w*)\b",
    past=r"^\W*(?:earlier|before)\b|\b(?:previously|formerly|originally|used to|at that time|before (?:19|20)\d\d|until (?:then|recently))\b",
    unasked=(
        r"\bnot\b[^.;]{0,60}\b(?:asked|cover|covered|include|included|part of the interviews?)\b|"
        r"\bwere n[o']t asked\b|\bnever asked\b|\bonly\b[^.;,]{0,60}\b(?:was|were) (?:\w+ )?asked\b|"
        r"\b(?:asked|put) only\b|\bonly (?:asked|put)\b"
    ),
    question_about=r"\bquestions? (?:about|of|on|as to|concerning) (?P<topic>[^.;,]{3,60}?)(?= (?:is|was|were|are|has|had|came)\b)",
    about=r"\b(?:about|around|roughly|approximately|almost|nearly|over|under|at least|at most|up to|more than|less than)\s*(?:\w+\s+)?$",
    amounts_to=r"\b(?:that is|which is|this is|equals|equal to|corresponds to|corresponding to|amounts to|i\.e\.)",
    total=r"(?:for )?a total of|in total|in all|altogether",
    listed=r",\s+(?:and\s+|while\s+)?|\s+(?:and|while)\s+",
    cause=(
        r"\b(?:because|thanks to|as a result of|a (?:consequence|result) of|(?:is|are|was|were) due to|caused by|the reason|the cause|leads? to|led to|explains?|can be explained by|ascribed|"
        r"attributed to|results? in|increases?|reduces?|improves?|strong indication)\b"
    ),
    doubted_cause=r"\b(?:because|due to|role|part|effect\w*|affect\w*|contribut\w*|cause\w*|reason\w*|explain\w*|explanation\w*|result|related to|linked to|make a difference|help\w*)\b",
    no_cause=(
        r"\b(?:no (?:basis|clear answer|evidence)|not (?:\w+ ){0,3}(?:possible to conclude|conclude|determine|decide|say|allow)|"
        r"cannot (?:\w+ ){0,2}(?:say|tell|conclude|determine)|unclear|not known|do not know)\b"
    ),
    open_question=r"\b(?:what|which|why|how)\b",
    differs=r"\bdifferences?\b|\bvariations?\b",
    design=r"\b(?:we (?:followed|compared|surveyed)|(?:report|evaluation|survey) (?:compares|follows|sets out|describes|covers|is based)|study (?:follows|describes|compares|covers|comprises|is based)|selected|visited|interviewed|took part|participated|questionnaires?|data set|design|would)\b",
    advice=r"\b(?:should|ought to|recommend\w*|could usefully|must)\b",
    no_difference=(
        r"^(?!\W*(?:in this respect|on this point))(?:.*\b(?:no|not|hardly)\b(?:(?!, (?:and|but)\b)[^.;]){0,110}?\b(?:differences?|differ|different)\b)"
    ),
    poles=(
        ("few", "many"),
        ("fewer", "more"),
        ("small", "large"),
        ("smaller", "larger"),
        ("low", "high"),
        ("young", "old"),
        ("new", "old"),
        ("urban", "rural"),
        ("private", "public"),
        ("northern", "southern"),
        ("eastern", "western"),
        ("quickly", "slowly"),
        ("early", "late"),
        ("poor", "rich"),
        ("seldom", "often"),
        ("male", "female"),
    ),
    axes=(
        Axis(
            "enough",
            r"sufficient\w*|enough|adequate\w*|ample|plenty|abundant",
            r"lack\w*|shortage\w*|insufficient\w*|inadequate\w*|scarc\w*|limitation\w*|restriction\w*|constraint\w*|understaffed|short|too (?:few|little|small)",
        ),
        Axis(
            "difference",
            r"differ|differs|difference|differences|different|vary|varies|varied",
            r"identical|alike|uniform|harmonised",
        ),
        Axis("influence", r"influence\w*|affect\w*|role|impact", r"irrelevant|unaffected|insignificant"),
        Axis("stable", r"stable|stability|steady", r"turnover|unstable|turbulen\w*|backlog\w*|replaced"),
        Axis("central", r"centralis\w*|centraliz\w*", r"decentral\w*"),
        Axis("safe", r"safe|safely|safer|safety", r"unsafe|afraid"),
        Axis("satisfied", r"satisfied|content|pleased|happy", r"dissatisfied|discontent|unhappy|displeased"),
        Axis("agree", r"agree|agrees|agreed|agreement", r"disagree\w*"),
        Axis("easy", r"easy|easier|easily", r"difficult\w*|hard"),
        Axis("good", r"good|better|well-run", r"bad|poor|worse"),
        Axis("tight", r"tighten\w*|stricter|strict", r"relax\w*|lenient|looser"),
        Axis("rising", r"rose|rising|risen|grew|growing|grown", r"fell|falling|fallen|declin\w*|decreas\w*"),
        Axis("open", r"open|opened", r"closed"),
        Axis("voluntary", r"voluntary", r"mandatory|compulsory|obligatory"),
        Axis("formal", r"formal|formally", r"informal\w*"),
        Axis("written", r"written", r"oral|spoken"),
        Axis("size", r"large|spacious", r"cramped"),
    ),
    concepts=(
        ("=money", r"econom\w*|budget\w*|money|funds|funding|financ\w*"),
        ("=staff", r"staff\w*|employee\w*|personnel"),
        ("=leading", r"manager\w*|management|leader\w*|leadership"),
        ("=procedure", r"procedure\w*|guideline\w*|checklist\w*|protocol\w*"),
    ),
    endings=r"(?:ations|ation|ments|ment|nesses|ness|ings|ing|ies|ied|ers|er|ed|es|ly|s|e|y)$",
    numbers=_NUMBERS,
    fraction=rf"(?<![\w-])(?P<k>{_NUMBER})\s+(?:out\s+)?of\s+(?:the\s+|these\s+)?(?P<n>{_NUMBER})\b|(?P<one>(?!))",
)
