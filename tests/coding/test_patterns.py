"""Patterns: what they mean, that the index finds what a slow search and spaCy find, and what is suggested."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.codebook import Code, Codebook
from coding.patterns import Pattern, check_patterns, parse_pattern, pattern_matches, suggest_by_patterns
from coding.regex_cost import compiled_regex
from corpus.segment import Segments, load_pipeline, segment
from corpus.source import FrontMatter, Source
from corpus.tokens import TokenIndex, token_index

LEMMAS = {
    "sag": "sag", "sager": "sag", "sagen": "sag", "lægekonsulenten": "lægekonsulent", "psykiske": "psykisk",
    "psykisk": "psykisk", "lidelser": "lidelse", "lidelse": "lidelse", "økonomi": "økonomi", "it-systemer": "it-system",
    "kommunes": "kommune", "sagsbehandler": "sagsbehandler", "§": "§", "7": "7", "🙂": "🙂", "én": "én", "ı": "ı",
    "ſag": "ſag", ",": ",", ".": ".",
}  # fmt: skip
WORDS = st.sampled_from([*LEMMAS, "Sager", "ØKONOMI", "Lægekonsulenten", "Psykiske", "Én"])
TEXTS = st.lists(st.lists(st.lists(WORDS, min_size=1, max_size=7), min_size=1, max_size=3), max_size=3)
"""A text: paragraphs of sentences of words."""


def built(paragraphs: list[list[list[str]]], joint: str = " ") -> tuple[Source, TokenIndex]:
    """A source and its index, made of given words without spaCy."""
    spans, sentences, text = [], [], ""
    for number, paragraph in enumerate(paragraphs, 1):
        for sentence in paragraph:
            first = len(spans)
            for word in sentence:
                spans.append((len(text), len(text) + len(word)))
                text += word + joint
            sentences.append((first, len(spans), number))
        text += "\n\n"
    lemmas = [LEMMAS.get(text[s:e].lower(), text[s:e].lower()) for s, e in spans]
    return Source("s", FrontMatter(), text), token_index(
        Source("s", FrontMatter(), text), Segments(tuple(spans), tuple(sentences), tuple(lemmas)), "xx"
    )


def read(text: str, language: str = "da") -> tuple[Source, TokenIndex]:
    nlp, _ = load_pipeline(language, "blank")
    source = Source("s", FrontMatter(), text)
    return source, token_index(source, segment(source, nlp), language)


def book(*patterns: str) -> Codebook:
    return Codebook((Code("t", "T", patterns=patterns),))


def found(source: Source, index: TokenIndex, *patterns: str) -> list[str]:
    matches = pattern_matches(book(*patterns), {"s": index}, [source])
    return [source.text[match.start : match.end] for match in matches]


# What patterns mean


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("lægekonsulent", ["lægekonsulenten", "Lægekonsulentens"]),
        ("Psykisk lidelse", ["psykiske lidelser"]),
        ("lægekonsulent*", ["lægekonsulenten", "Lægekonsulentens", "lægekonsulentrollen"]),
        ("*dagpenge*", ["sygedagpengesagerne"]),
        ("syge*sag", ["sygedagpengesagerne"]),
        ("it-system", ["it-systemerne"]),
        ("*pukkel", ["Sagspuklen"]),
        ('"psykiske lidelser"', ["psykiske lidelser"]),
        ('"psykisk lidelse"', []),
        ("“§ 7”", ["§ 7"]),
        ('"it"', []),
        ("§ 7", ["§ 7"]),
        ("lidelse stress", []),
        ("stress sag", []),
        (r"/\d+ (sager|timer)\b/", ["60 sager", "3 timer"]),
        ("/^der er/", ["Der er"]),
        ("/lidelser.*sager/", []),
    ],
)
def test_a_pattern_finds_inflections_compounds_and_exact_words(pattern, wanted):
    source, index = read(
        "Vurderingen fra lægekonsulenten vejer. Lægekonsulentens ord og lægekonsulentrollen. Der er "
        "psykiske\nlidelser, stress. Sagspuklen: 60 sager\npå 3 timer i sygedagpengesagerne, jf. § 7, og it-systemerne."
    )
    assert [words.replace("\n", " ") for words in found(source, index, pattern)] == wanted


def test_exact_words_are_found_across_a_line_break_and_where_the_tokeniser_cuts_them():
    source, index = read("Jf. §7 og de gamle\nkommuner (psyk.).")
    assert found(source, index, '"§7"') == ["§7"]
    assert found(source, index, '"gamle kommuner"') == ["gamle\nkommuner"]
    source, index = read("It isn't well-being, it's the mother's ring.", "en")
    assert found(source, index, '"mother\'s ring"', "well-being") == ["well-being", "mother's ring"]


@pytest.mark.parametrize(
    "text",
    ["", "  ", "/", "//", "/abc", "/(/", "/x*/", '"', '"abc', '""', '"…"', "a, b", "sag.:", "*", "a*", "* sag",
     "a*b*c*d*e", "»sag«", "…", "-", "(sag)", "/" + "(" * 5000 + "/", "/a{9999999999999}/"],
)  # fmt: skip
def test_a_pattern_that_cannot_be_read_says_why(text):
    assert isinstance(parse_pattern(text), str) and parse_pattern(text)


@given(st.text(max_size=20))
def test_any_text_is_a_pattern_or_a_reason(text):
    parsed = parse_pattern(text)
    assert isinstance(parsed, Pattern) or parsed
    if isinstance(parsed, Pattern):
        assert pattern_matches(book(text), {}, []) == []


def test_every_bad_pattern_is_a_problem_on_the_line_of_its_code():
    codes = (Code("t.a", "A", patterns=("(", "sag*"), line=7), Code("t.b", "B", patterns=("/(a+)+b/",), line=9))
    problems = check_patterns(Codebook((Code("t", "T", codes=codes, line=3),)))
    assert [(p.file, p.line, p.rule) for p in problems] == [
        ("codebook.yaml", 7, "bad-pattern"),
        ("codebook.yaml", 9, "bad-pattern"),
    ]


@pytest.mark.parametrize(
    "text",
    ["(a+)+b", r"(\w+\s*)+x", "(a|a)*b", "(a|ab)*c", "(.*)*x", r"\w*\w*\w*\w*x", ".*a.*b", "(a?){30}a{30}", "(x+x+)+y",
     "([a-z]+)*[0-9]", r"(\s*\w*)*!", "((a{1,9}){1,9}){1,9}b", "(?=(a+)+b)a"],
)  # fmt: skip
def test_expressions_that_could_take_for_ever_are_refused(text):
    assert isinstance(compiled_regex(text), str)


@pytest.mark.parametrize(
    "text",
    [r"\b\d+ sager hver\b", r"taste\w* ind", "(kontant|syge)hjælp", r"ikke (\w+ ){0,3}job", r"a.*b",
     "(foo|bar)+x", "[æøå]+", r"a.{0,60}b.{0,60}c", r"(?<=a)b", r"\d+(\.\d{3})*"],
)  # fmt: skip
def test_ordinary_expressions_are_allowed_and_end_on_a_hard_text(text):
    regex = compiled_regex(text)
    assert isinstance(regex, re.Pattern)
    for hard in ("a" * 3000, "x" * 3000 + "!", "ab " * 1000, "a b" * 1000, "1.234" * 600):
        regex.findall(hard)  # an expression that should have been refused would hang here


# The index finds what slow searches find

ELEMENT = st.sampled_from(
    ["sag", "sager", "sag*", "*sag*", "s*g", "*lidelse", "psykisk", "psykisk*", "økonomi", "it-system", "*konsul*",
     "én", "lægekonsulent", "§", "7", "kommune"]
)  # fmt: skip
LEMMA_PATTERNS = st.lists(ELEMENT, min_size=1, max_size=3).map(" ".join)
EXACT = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: '"' + " ".join(words) + '"')
REGEX = st.sampled_from(
    ["/sag/", "/[is]ag/", "/^sag/", r"/sag\w* \w+$/", "/(psykisk|økonomi)/", r"/\w+er\b/", "/i/", r"/[^ ]+ 7/",
     "/sag, sag/", "/én/", r"/sag(er)? (sag|7)?/"]
)  # fmt: skip


def slowly(source: Source, index: TokenIndex, text: str) -> set[tuple[int, int]]:
    """What a pattern matches, by trying it at every word of every sentence."""
    pattern = parse_pattern(text)
    assert isinstance(pattern, Pattern)
    spans = set()
    for sentence in range(len(index.paragraphs)):
        begin, end = index.sentence_span(sentence)
        if pattern.kind == "regex":
            said = source.text[begin:end].replace("\n", " ")
            found = [m.span() for m in re.finditer(text[1:-1], said, re.IGNORECASE) if m[0]]
            spans |= {(begin + a, begin + b) for a, b in found}
            continue
        tokens = range(index.sentences[sentence], index.sentences[sentence + 1])
        for first in tokens:
            for last in tokens[first - tokens.start :]:
                run = range(first, last + 1)
                if pattern.kind == "exact":
                    said = " ".join(source.text[index.starts[first] : index.ends[last]].lower().split())
                    fits = said == " ".join(text[1:-1].lower().split())
                else:
                    fits = len(run) == len(pattern.words) and all(map(_is_like, pattern.words, run, [index] * len(run)))
                if fits:
                    spans.add((index.starts[first], index.ends[last]))
    return spans


def _is_like(word: str, token: int, index: TokenIndex) -> bool:
    entry = index.entries[token]
    return any(
        re.fullmatch(re.escape(word).replace(r"\*", ".*"), said) for said in (index.words[entry], index.lemmas[entry])
    )


@given(
    TEXTS, st.lists(LEMMA_PATTERNS | EXACT | REGEX, min_size=1, max_size=4, unique=True), st.sampled_from([" ", "\n"])
)
def test_the_index_finds_what_trying_everywhere_finds(paragraphs, patterns, joint):
    source, index = built(paragraphs, joint)
    patterns = [pattern for pattern in patterns if isinstance(parse_pattern(pattern), Pattern)]
    matches = pattern_matches(book(*patterns), {"s": index}, [source])
    assert len(matches) == len(set(matches)) and matches == sorted(matches, key=lambda m: (m.start, m.end, m.code))
    for pattern in patterns:
        spans = {(match.start, match.end) for match in matches if match.pattern == pattern}
        assert spans == slowly(source, index, pattern)


@settings(deadline=None)  # the first example loads spaCy
@given(TEXTS, LEMMA_PATTERNS)
def test_lemma_patterns_find_what_spacys_matcher_finds(paragraphs, text):
    from itertools import product

    from spacy.matcher import Matcher

    source, index = built(paragraphs)
    doc = _doc(index)
    matcher = Matcher(doc.vocab)
    patterns = [re.escape(word).replace(r"\*", ".*") for word in text.split()]
    for attributes in product(["LOWER", "LEMMA"], repeat=len(patterns)):
        rule = [{a: {"REGEX": f"^(?:{p})$"}} for a, p in zip(attributes, patterns, strict=True)]
        matcher.add(str(attributes), [rule])
    assert _spans(index, text, source) == _inside_sentences(index, [(s, e) for _, s, e in matcher(doc)])


@settings(deadline=None)  # the first example loads spaCy
@given(TEXTS, EXACT)
def test_exact_patterns_find_what_spacys_phrase_matcher_finds(paragraphs, text):
    from spacy.matcher import PhraseMatcher

    source, index = built(paragraphs)
    doc = _doc(index)
    matcher = PhraseMatcher(doc.vocab, attr="LOWER")
    words = text[1:-1].split()
    matcher.add("exact", [_doc_of(doc.vocab, words)])
    wanted = _inside_sentences(index, [(s, e) for _, s, e in matcher(doc)])
    assert isinstance(parse_pattern(text), str) or _spans(index, text, source) == wanted


def _doc(index: TokenIndex):
    nlp, _ = load_pipeline("da", "blank")
    doc = _doc_of(nlp.vocab, [index.words[entry] for entry in index.entries])
    for token, entry in zip(doc, index.entries, strict=True):
        token.lemma_ = index.lemmas[entry]
    return doc


def _doc_of(vocab, words: list[str]):
    from spacy.tokens import Doc

    return Doc(vocab, words=words)


def _spans(index: TokenIndex, text: str, source: Source) -> set[tuple[int, int]]:
    return {(match.start, match.end) for match in pattern_matches(book(text), {"s": index}, [source])}


def _inside_sentences(index: TokenIndex, runs: list[tuple[int, int]]) -> set[tuple[int, int]]:
    return {
        (index.starts[first], index.ends[last - 1])
        for first, last in runs
        if index.sentence_of(first) == index.sentence_of(last - 1)
    }


@given(TEXTS, st.lists(LEMMA_PATTERNS | EXACT, min_size=1, max_size=3))
def test_every_match_slices_to_whole_words(paragraphs, patterns):
    source, index = built(paragraphs)
    source = Source("s", FrontMatter(), unicodedata.normalize("NFC", source.text))
    for match in pattern_matches(book(*patterns), {"s": index}, [source]):
        assert match.start in index.starts and match.end in index.ends
        assert source.text[match.start : match.end].strip()


# Which codes count


def test_replaced_codes_and_sources_without_an_index_match_nothing():
    source, index = read("En sag.")
    codes = Codebook((Code("t", "T", patterns=("sag",)), Code("old", "O", patterns=("sag",), replaced_by="t")))
    assert [m.code for m in pattern_matches(codes, {"s": index}, [source])] == ["t"]
    assert pattern_matches(codes, {}, [source]) == []


# Drafts


def drafts(text: str, codebook: Codebook) -> list[tuple[str, str]]:
    source, index = read(text)
    made = suggest_by_patterns(codebook, {"s": index}, [source])
    assert all(draft.start <= a < b <= draft.end for draft in made for a, b in draft.evidence)
    assert all(draft.origin == "pattern" for draft in made)
    return [(draft.code, source.text[draft.start : draft.end]) for draft in made]


def test_a_draft_covers_the_sentence_and_neighbours_become_one():
    text = "Tiden er knap. Sagen er tung. To sager til. Vejret er godt. Sagen.\n\nEn sag."
    assert drafts(text, book("sag")) == [("t", "Sagen er tung. To sager til."), ("t", "Sagen."), ("t", "En sag.")]


def test_the_code_below_takes_the_words_that_its_theme_matches_too():
    below = Code("t.a", "A", patterns=("tjekliste*",))
    codebook = Codebook((Code("t", "T", patterns=("tjekliste*", "it-system*"), codes=(below,)),))
    assert drafts("Vi har en tjekliste.", codebook) == [("t.a", "Vi har en tjekliste.")]
    both = "Tjeklisten ligger i it-systemet."
    assert drafts(both, codebook) == [("t", both), ("t.a", both)]


def test_two_themes_may_have_the_same_sentence_and_evidence_names_the_words():
    codebook = Codebook((Code("a", "A", patterns=("sag", "tung")), Code("b", "B", patterns=('"tunge sager"',))))
    source, index = read("Tunge sager.")
    first, second = suggest_by_patterns(codebook, {"s": index}, [source])
    assert [source.text[s:e] for s, e in first.evidence] == ["Tunge", "sager"]
    assert [source.text[s:e] for s, e in second.evidence] == ["Tunge sager"]
    assert first.why == "pattern tung, sag" and second.why == 'pattern "tunge sager"'
