"""Words and sentences: what a Danish summary needs, and spans that are the words they claim to be."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.segment import Segments, check_pipeline, load_pipeline, segment
from corpus.source import FrontMatter, Source, source_from_bytes
from corpus.study import Nlp


def segments_of(text: str, language: str = "da") -> tuple[Source, Segments]:
    nlp, problems = load_pipeline(language, "blank")
    assert problems == []
    source = Source("s", FrontMatter(), text)
    return source, segment(source, nlp)


def sentences(text: str, language: str = "da") -> list[str]:
    source, found = segments_of(text, language)
    return [source.text[found.spans[a][0] : found.spans[b - 1][1]] for a, b, _ in found.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "Det gælder f.eks. borgere, bl.a. dem med stress.",
        "Det er pr. 1. januar 2007 ændret. Den 14. marts kom nr. 7 kl. 9.30.",
        "Det koster ca. 14.750 kr. om året. Resten er 2,5 mio. kr. ekstra.",
        "Jf. § 7, stk. 2, skal det ske. Hun er på 3. år.",
        "De har teams, kurser mv. Resten mangler. De er læger m.fl. Andre er ikke.",
        "Borgeren var i match 4. Han fik pension. Brevet kom den 3. Lederen sagde nej.",
        "Det sker hos hr. Holm, cand.jur. og leder. Dr. Dam er enig.",
        "Vi har 60 sager. 12 af dem er nye. Det skete i 2007. 14 borgere kom.",
        "Han sagde: »Det er svært. Vi har ikke tid.« Så gik han.",
        "»Vi lærer dem loven bagefter,« siger han. »Kom!« råbte hun.",
        "”Nej, aldrig.” svarede hun. “Vi har ikke råd.” Det siger de.",
        '"Ja." "Nej." Det var alt. (Se side 12.) Slut.',
        "– Det er svært, siger hun. – Ja, siger han.",
        "Det … det ved jeg ikke… Måske. Hvad så?! Ja!",
        "1. Først dette. 2. Så dette.",
    ],
)
def test_sentences_of_danish_summaries_end_where_a_reader_ends_them(text):
    marks = {
        "Det gælder": 1, "Det er pr.": 2, "Det koster": 2, "Jf. §": 2, "De har teams": 4, "Borgeren var": 4,
        "Det sker hos": 2, "Vi har 60": 4, "Han sagde": 2, "»Vi lærer": 2, "”Nej": 3, '"Ja."': 5, "– Det": 2,
        "Det … det": 4, "1. Først": 2,
    }  # fmt: skip
    found = sentences(text)
    assert len(found) == next(n for begins, n in marks.items() if text.startswith(begins)), found
    assert " ".join(found) == text
    assert not any(sentence[-1] in "»“„(–" or sentence[0] in "«).,!?" for sentence in found)


def test_a_quotation_stays_whole_unless_it_is_long():
    assert sentences("»Det er svært. Vi har ikke tid.« Det sagde han.")[0] == "»Det er svært. Vi har ikke tid.«"
    assert sentences("«Det er vanskelig. Vi har ikke tid.» Han gikk.", "nb")[0].endswith("tid.»")
    long = "»" + "Det er en ganske almindelig sætning om en sag. " * 8 + "Slut.« Så gik han."
    assert len(sentences(long)) == 10


def test_no_sentence_crosses_a_paragraph_or_takes_in_a_heading_or_speaker():
    text = "# Om penge\n\nHan siger at\n\nder er nok\n## Mere\nJa"
    assert sentences(text) == ["Han siger at", "der er nok", "Ja"]
    source = Source("s", FrontMatter(kind="transcript"), "Ana: Ja. Nej.\nBo: Måske.")
    nlp, _ = load_pipeline("da", "blank")
    found = segment(source, nlp)
    assert [source.text[found.spans[a][0] : found.spans[b - 1][1]] for a, b, _ in found.sentences] == [
        "Ja.",
        "Nej.",
        "Måske.",
    ]
    assert [paragraph for _, _, paragraph in found.sentences] == [1, 1, 2]


@pytest.mark.parametrize("language", ["da", "en", "nb", "sv", "de", "no", "fr"])
def test_words_with_hyphen_or_apostrophe_are_one_word_in_every_language(language):
    source, found = segments_of("An it-system's end, don't", language)
    assert [source.text[s:e] for s, e in found.spans] == ["An", "it-system's", "end", ",", "don't"]


PIECES = [
    "Sagen", "er", "🙂", "👩‍👩‍👧", "e\u0301n", "Ålborg", "f.eks.", "1.", "»", "«", '"', ".", "…", ",", "–", "(", ")",
    " ", "  ", "\n", "\n\n", "# H\n", "\u00a0", "İ", "ß", "2007", "it-system", "don't",
]  # fmt: skip


@settings(deadline=None)  # the first example loads spaCy or a dictionary
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_every_span_is_a_word_and_every_character_stands_in_one(pieces):
    text = unicodedata.normalize("NFC", "".join(pieces))
    source, found = segments_of(text)
    words = [source.text[start:end] for start, end in found.spans]
    assert all(word and word == word.strip() for word in words)
    assert all(a[1] <= b[0] for a, b in zip(found.spans, found.spans[1:], strict=False))
    body = "".join(text[p.body : p.end] for p in source.structure.paragraphs if not p.is_heading)
    assert "".join(words) == "".join(body.split())
    edges = [n for first, last, _ in found.sentences for n in (first, last)]
    assert edges == sorted(edges) and all(a < b for a, b, _ in found.sentences)
    assert [n for a, b, _ in found.sentences for n in range(a, b)] == list(range(len(words)))
    for first, last, number in found.sentences:
        paragraph = next(p for p in source.structure.paragraphs if p.number == number and not p.is_heading)
        assert paragraph.body <= found.spans[first][0] and found.spans[last - 1][1] <= paragraph.end


def test_line_ends_of_windows_change_nothing():
    text = "Første sætning. Anden\nsætning 🙂.\n\nNyt afsnit é.\n"
    unix, _ = source_from_bytes("s", text.encode())
    windows, _ = source_from_bytes("s", text.replace("\n", "\r\n").encode())
    nlp, _ = load_pipeline("da", "blank")
    assert segment(unix, nlp) == segment(windows, nlp)


def test_a_pipeline_that_is_not_installed_is_a_problem_and_never_replaced():
    assert check_pipeline(Nlp("blank")) == []
    assert [p.rule for p in check_pipeline(Nlp("xx_not_there_md"))] == ["missing-pipeline"]
    assert [p.rule for p in check_pipeline(Nlp(""))] == ["missing-pipeline"]
    nlp, problems = load_pipeline("da", "xx_not_there_md")
    assert nlp is None and [p.rule for p in problems] == ["missing-pipeline"]
    nlp, problems = load_pipeline("da", "click")
    assert nlp is None and [p.rule for p in problems] == ["missing-pipeline"]
