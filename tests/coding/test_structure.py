"""Headings and question labels of a themed summary: which theme they mean, and when they mean none."""

import json
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.codebook import Code, Codebook
from codebook.guide import Guide, Question, Section
from coding.heading_words import likeness
from coding.question_labels import label_reader
from coding.structure import asked_by_structure, heading_themes, suggest_by_structure
from corpus.ids import make_id
from corpus.lemmas import stem
from corpus.source import FrontMatter, Source

GUIDE = Guide(
    "Guide",
    (
        Section("2", "2", "Kommunen selv", (Question("2a", "a", "Hvor ligger jeres kommune?"),)),
        Section(
            "3",
            "3",
            "Politik og penge",
            (
                Question("3a", "a", "Hvad lægger politikerne vægt på over for de langvarigt syge?"),
                Question("3b", "b", "Er der mål for de lange sager?"),
                Question("3c", "c", "Spiller kommunens økonomi en rolle, når en sag afgøres?"),
                Question("3d", "d", "Er der folk og timer nok til at gøre sagerne klar?"),
                Question("3d-1", "e", "Hvor længe venter borgeren på en arbejdsprøvning?"),
            ),
        ),
    ),
)
BOOK = Codebook(
    (
        Code("maal", "Politiske mål", questions=("3a", "3b"), patterns=("målsætning*", "byråd*")),
        Code(
            "oekonomi", "Kommunens økonomi", questions=("3c",), patterns=("*budget*", "refusion*", '"intet loft"'),
            codes=(Code("oekonomi.loft", "Loft over bevillinger", patterns=("loft",)),),
        ),
        Code(
            "ressourcer", "Ressourcer", questions=("3d", "3b"),
            codes=(Code("ressourcer.ventetid", "Ventetid", questions=("3d-1",)),),
        ),
        Code("kommunalreform", "Sammenlægningen"),
        Code("laege", "Lægekonsulentens rolle"),
        Code("oensker", "Borgerens egne ønsker"),
        Code("gammel", "Helbred", replaced_by="laege"),
    )
)  # fmt: skip


def source(text: str) -> Source:
    return Source("s", FrontMatter(), text)


def theme_of(title: str, codebook: Codebook = BOOK, guide: Guide = GUIDE) -> str:
    found = heading_themes(source(f"# Et interview\n\n## {title}\n\nTekst."), codebook, guide)
    assert len(found) <= 1
    return found[0].code if found else ""


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Politiske mål", "maal"), ("Mål", "maal"), ("POLITISKE MÅLSÆTNINGER", "maal"), ("2.1 Politiske mål", "maal"),
        ("Økonomien", "oekonomi"), ("Om kommunens budgetter", "oekonomi"), ("Økonomi: hvad det koster", "oekonomi"),
        ("Reformen", "kommunalreform"), ("Efter sammenlægningen", "kommunalreform"), ("Lægekonsulenten", "laege"),
        ("Lægekonsulenternes vurdering", "laege"), ("Borgernes ønsker", "oensker"), ("Resourcer", "ressourcer"),
        ("Ventetider", "ressourcer.ventetid"), ("Loftet", "oekonomi.loft"),
        ("Er der timer nok til sagerne?", "ressourcer"),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_its_words_in_any_inflection_or_compound(title, code):
    assert theme_of(title) == code


@pytest.mark.parametrize(
    "title",
    ["Indledning", "Til sidst", "Kommunen og borgeren", "Politik, økonomi og ressourcer", "22 punkter",
     "3 Politik og penge", "Økonomi og ressourcer", "Sagen", "…", "🙂", "Helbred", "Med egne ord",
     "2. Lederens egen forklaring"],
)  # fmt: skip
def test_a_heading_that_means_nothing_or_two_things_is_left_open(title):
    assert theme_of(title) == ""


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("3a. Noget", "maal"), ("3.a Noget", "maal"), ("Spørgsmål 3c: penge", "oekonomi"), ("spm. 3 c", "oekonomi"),
        ("(3d) Folk", "ressourcer"), ("Question 3d", "ressourcer"), ("{#3c} Noget", "oekonomi"),
        ("Penge {#3c}", "oekonomi"),
        ("3a-3b. Udvalget", "maal"), ("3a og b", "maal"), ("3A–3B", "maal"), ("3d-1. Kø", "ressourcer.ventetid"),
        ("3b. Målene", "maal"), ("3b. Ressourcerne", "ressourcer"),
        ("3b. Noget", ""), ("3a-3d. Det hele", ""), ("2a. Økonomi", ""), ("3 A-kasser", ""), ("3z. Noget", ""),
        ("3c eller ej", "oekonomi"),
    ],
)  # fmt: skip
def test_a_question_label_says_the_theme_and_between_equals_the_words_do(title, code):
    assert theme_of(title) == code


def test_english_headings_and_labels():
    book = Codebook((Code("money", "Local budget", questions=("q3",)), Code("doctor", "Role of medical consultants")))
    guide = Guide("", (Section("s", "", "All", (Question("q3", "", "Does money matter?"),)),))
    assert theme_of("The budgets", book, guide) == "money"
    assert theme_of("Medical consultant", book, guide) == "doctor"
    assert theme_of("Question q3", book, guide) == "money"
    assert theme_of("What happened next", book, guide) == ""


TEXT = """\
# Askhavn, leder: økonomi

Lederen er ny.

## 2a. Placeringen

Højt.

## Kommunens økonomi

Penge er der.

### Det første år

Det gik.

### 1.1 Noget helt andet

Hvad som helst.

## Afrunding

Tak.

## Spørgsmålene

(3d) Er der folk nok?

Nej, der mangler to.

3c. Ja, det spiller ind. Meget.

Det gør det.

## Lægekonsulentens rolle

Stor 🙂.
"""


def test_paragraphs_stand_under_the_nearest_heading_that_says_something():
    text = source(TEXT)
    drafts = suggest_by_structure(text, BOOK, GUIDE)
    assert [(draft.code, text.text[draft.start : draft.end]) for draft in drafts] == [
        ("oekonomi", "Penge er der."),
        ("oekonomi", "Det gik."),
        ("ressourcer", "Nej, der mangler to."),
        ("oekonomi", "3c. Ja, det spiller ind. Meget."),
        ("oekonomi", "Det gør det."),
        ("laege", "Stor 🙂."),
    ]
    evidence = [text.text[start:end] for draft in drafts for start, end in draft.evidence]
    assert evidence == ["Kommunens økonomi", "Kommunens økonomi", "(3d)", "3c.", "3c.", "Lægekonsulentens rolle"]
    assert drafts[0].why == "heading 'Kommunens økonomi': kommunens, økonomi"
    assert drafts[2].why == "question 3d"
    assert all(draft.origin == "structure" and draft.source == "s" for draft in drafts)


def test_a_heading_or_label_in_the_text_counts_as_asked():
    assert asked_by_structure(source(TEXT), BOOK, GUIDE) == {"oekonomi", "ressourcer", "laege"}
    assert asked_by_structure(source("# H\n\n## 3b. Noget\n\nTekst"), BOOK, GUIDE) == {"maal", "ressourcer"}
    assert asked_by_structure(source("## Ventetid\n\nTekst"), BOOK, GUIDE) == {"ressourcer"}
    assert asked_by_structure(source("Kommunens økonomi er god."), BOOK, GUIDE) == frozenset()


def test_a_sentence_that_begins_like_a_label_is_none():
    text = "## Andet\n\n3c er en matchgruppe.\n\n3d Noget."
    assert asked_by_structure(source(text), BOOK, GUIDE) == frozenset()


def test_questions_without_a_codebook_and_a_codebook_without_a_guide():
    assert suggest_by_structure(source(TEXT), Codebook(), GUIDE) == []
    assert asked_by_structure(source(TEXT), Codebook(), Guide()) == frozenset()
    assert asked_by_structure(source("## 3c. Noget\n\nTekst"), BOOK, Guide()) == {"oekonomi"}


TITLES = st.sampled_from(
    ["Økonomi", "3a-3b. Mål", "(3d)", "{#3c} 🙂", "Lægens", "é", "Reformen #", "1. Ressourcer", "2 Ønsker"]
)
BLOCKS = st.lists(
    st.tuples(st.sampled_from(["# ", "## ", "### ", ""]), TITLES | st.text("ab3c.:({# é🙂\n", max_size=12)), max_size=12
)


@given(BLOCKS)
def test_every_span_is_a_heading_or_paragraph_of_the_text(blocks):
    text = source("\n\n".join(marks + words for marks, words in blocks))
    paragraphs = {(p.body, p.end) for p in text.structure.paragraphs if not p.is_heading}
    titles = {heading.title for heading in text.structure.headings}
    themes = heading_themes(text, BOOK, GUIDE)
    for theme in themes:
        words = text.text[theme.start : theme.end]
        assert theme.code in BOOK.by_id and 0 < theme.score <= 1
        assert words in titles if theme.heading is not None else theme.start in {start for start, _ in paragraphs}
    drafts = suggest_by_structure(text, BOOK, GUIDE)
    assert all((draft.start, draft.end) in paragraphs for draft in drafts)
    assert len({(draft.start, draft.code) for draft in drafts}) == len(drafts)
    assert {BOOK.theme_of[t.code].id for t in themes} <= asked_by_structure(text, BOOK, GUIDE)


@given(st.text(max_size=15), st.booleans())
def test_label_reading_never_fails_and_ends_inside_the_text(text, is_heading):
    questions, end = label_reader(BOOK, GUIDE).read(text, is_heading)
    assert 0 <= end <= len(text) and (end == 0 or questions)
    assert set(questions) <= set(GUIDE.by_id)


@given(st.text("abcdeæøå", min_size=1, max_size=10), st.text("abcdeæøå", min_size=1, max_size=10))
def test_likeness_is_symmetric_and_whole_only_for_the_same_stem(one, two):
    a, b = stem(one), stem(two)
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b) <= 1 and (likeness(a, b) == 1) == (a == b)


def test_structure_needs_neither_spacy_nor_simplemma():
    script = """
import sys, json
from codebook.codebook import Code, Codebook
from codebook.guide import Guide
from coding.structure import asked_by_structure
from corpus.source import FrontMatter, Source
source = Source("s", FrontMatter(), "## Politiske mål\\n\\nJa")
asked = asked_by_structure(source, Codebook((Code("m", "Mål", patterns=("måltal*", "/x/")),)), Guide())
print(json.dumps([sorted(asked), sorted({"spacy", "simplemma", "numpy"} & set(sys.modules))]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert json.loads(done.stdout) == [["m"], []]


def test_the_report_s_own_sections_are_known_by_the_rows_of_its_table(shared):
    text = (shared / "study" / "001_bad7c9a2a162f5e5.txt").read_text("utf-8")
    table = text[text.index("## 1.1 ") : text.index("## 1.2 ")]
    labels = re.findall(r"^([A-ZÆØÅ][^\t\n]+)\t[^\t\n]+\t[^\t\n]+$", table, re.MULTILINE)
    book = Codebook(tuple(Code(make_id(label), label) for label in labels))
    body = text[text.index("### 3 Politiske") : text.index("## 8 Litteratur")]
    report = source(re.sub(r"^(#+) \**(.*?)\**$", r"\1 \2", body, flags=re.MULTILINE))
    by_number = {
        report.structure.headings[found.heading].number: found.code
        for found in heading_themes(report, book, Guide())
        if found.heading is not None and "." in report.structure.headings[found.heading].number
    }
    assert len(labels) == 15
    assert len(by_number) == len(set(by_number.values())) == 14  # chapter 4 is one theme without numbered sections
    assert len(asked_by_structure(report, book, Guide())) == 15
