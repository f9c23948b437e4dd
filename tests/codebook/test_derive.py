"""From a guide to a codebook: the guide is found, ids survive every edit, labels are ones a researcher would keep."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.codebook import Code, Codebook
from codebook.codebook_file import codebook_text, read_codebook
from codebook.derive import derive_codebook, derive_guide, guide_headings, has_heading, home_of, uncoded_questions
from codebook.guide import Guide
from codebook.guide_file import guide_from_text, guide_text
from codebook.labels import MAX_LABEL, guide_language, short_label, short_title
from corpus.ids import why_illegal

EXAMPLE = Path(__file__).resolve().parents[2] / "cli" / "example_study" / "guide.md"

DOCUMENT = """\
# En rapport

## 1 Indledning

I interviewene blev der spurgt om:

### *1. Tid*

### *2. Penge*

- a. et bogstav, der ikke er et spørgsmål

## 2 Litteratur

1. Hansen, H.: Hvem får hvad?

# Bilag 1

## Interviewguide: Tid og penge

### Om projektet

Vi vil vide

- om der er tid nok,

#### **1. Tid**

- a. Er der tid
nok?
- b. Hvem planlægger?

### 2. Penge

- a. Er der penge nok?

## 3. Andet

- a. Er der andet at sige?

## 4 Noter

Noterne handler om penge.

# Bilag 2

## 1. Skema

- a. Hvad er dit navn?
"""


def letters(guide: Guide) -> list[str]:
    return [question.id for question in guide.questions]


@pytest.mark.parametrize("heading", ["Bilag 1", "bilag 1", "BILAG 1.", "Interviewguide", "tid og penge"])
def test_the_guide_is_found_below_its_heading_and_ends_where_its_numbers_end(heading: str) -> None:
    guide, problems = derive_guide(DOCUMENT, heading)
    assert letters(guide) == ["1a", "1b", "2a", "3a"] and not problems
    assert [(s.id, s.title) for s in guide.sections] == [("1", "Tid"), ("2", "Penge"), ("3", "Andet")]
    assert guide.title == "Interviewguide: Tid og penge"
    assert guide.questions[0].text == "Er der tid nok?"


def test_without_a_heading_the_part_that_is_mostly_questions_is_taken() -> None:
    filler = "# Kapitel\n\n" + "Mange ord om noget andet end spørgsmål. " * 40 + "\n\n"
    guide, _ = derive_guide(filler + DOCUMENT)
    assert letters(guide) == ["1a", "1b", "2a", "3a"]
    assert not derive_guide(filler)[0].questions


def test_headings_are_shown_with_the_questions_below_them() -> None:
    found = {h.title: h.questions for h in guide_headings(DOCUMENT)}
    assert found["Bilag 1"] == 4 and found["Om projektet"] == 4 and found["Bilag 2"] == 1 and found["4 Noter"] == 0
    assert has_heading(DOCUMENT, "bilag 2") and not has_heading(DOCUMENT, "bilag 3")


@pytest.mark.parametrize("heading", ["Bilag 1", "bilag 1", "INTERVIEWGUIDE", "Interviewguide", ""])
def test_the_real_annex_gives_six_sections_and_thirty_four_lettered_questions(shared: Path, heading: str) -> None:
    text = next(shared.glob("study/001_*.txt")).read_text("utf-8")
    guide, problems = derive_guide(text, heading)
    lettered = enumerate(("a", "abcd", "abcdefg", "abc", "abcdefghijkl", "abcdefg"), 1)
    assert letters(guide) == [f"{number}{letter}" for number, section in lettered for letter in section]
    assert [s.number for s in guide.sections] == list("123456") and not problems
    written = re.findall(r"^- [a-l]\. (.+)$", text[text.index("\n# Bilag 1") :], flags=re.MULTILINE)
    assert [q.text for q in guide.questions] == written
    codebook = derive_codebook(guide)
    labels = [code.label for code in codebook.by_id.values()]
    assert len(codebook.themes) == 6 and len(codebook.by_id) == 40
    assert all(4 <= len(label) <= MAX_LABEL and "?" not in label for label in labels)
    assert not any(re.match(r"(?:Hv|Kan|Er |Har |I hvilke|Mener)", label) for label in labels)
    assert all(code.definition.endswith(guide.by_id[code.id].text) for t in codebook.themes for code in t.codes)


def test_the_example_guide_has_six_sections_and_thirty_four_questions_with_ids() -> None:
    guide, problems = guide_from_text(EXAMPLE.read_text("utf-8"))
    assert len(guide.sections) == 6 and len(guide.by_id) == 34 and not problems
    assert derive_guide(EXAMPLE.read_text("utf-8"))[0] == guide


GUIDE = "# Guide\n\n## 3. Tid {#3}\n\na. Et? {#3a}\nb. To? {#3b}\nc. Tre? {#3c}\n"


def test_a_question_put_in_between_gets_a_new_id_and_changes_no_old_one() -> None:
    edited = GUIDE.replace("c. Tre?", "c. Ny?\nd. Nyere?\ne. Tre?") + "f. Sidst?\n"
    assert letters(derive_guide(edited)[0]) == ["3a", "3b", "3b-1", "3d", "3c", "3f"]
    first = GUIDE.replace("a. Et?", "a. Ny?\nb. Et?")
    assert letters(derive_guide(first)[0]) == ["3-1", "3a", "3b", "3c"]
    again = edited.replace("c. Ny?", "c. Ny? {#3b-1}\nd. Igen?")
    assert letters(derive_guide(again)[0])[2:4] == ["3b-1", "3d"]


def test_an_id_that_codes_still_use_is_not_given_to_a_new_question() -> None:
    edited = GUIDE.replace("b. To? {#3b}\n", "b. En helt anden?\n")
    assert letters(derive_guide(edited)[0]) == ["3a", "3b", "3c"]
    assert letters(derive_guide(edited, taken={"3b", "3a-1"})[0]) == ["3a", "3a-2", "3c"]
    assert letters(derive_guide("## 3. Tid\na. Et?\nb. To?\n", taken={"3a", "3b"})[0]) == ["3a", "3b"]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## A\n1. Et?\n2. To?\n\n## B\n1. Tre?\n", ["1.1", "1.2", "2.1"]),
        ("## A\n1. Et?\n2. To?\n\n## B\n3. Tre?\n", ["q1", "q2", "q3"]),
        ("1. Et?\n2. To?\n", ["q1", "q2"]),
        ("## 1. A\na. Et?\n\n## 1. B\na. To?\n", ["1a", "1-1a"]),
        ("## 2.1 A\n1. Et?\n   a. Hvor?\n   b. Hvornår?\n2. To?\n", ["2.1.1", "2.1.1a", "2.1.1b", "2.1.2"]),
        ("## A\n- Et?\n- To?\n", ["1a", "1b"]),
        ("## A. Tid\nHvad?\n\nHvem?\n", ["aa", "ab"]),
        ("## 1. Æble\nå. Hvad?\n", ["1aa"]),
    ],
)
def test_every_way_of_numbering_gives_legal_ids_that_differ(text: str, ids: list[str]) -> None:
    guide, _ = derive_guide(text)
    assert letters(guide) == ids and not any(map(why_illegal, ids))
    assert letters(guide_from_text(guide_text(guide))[0]) == ids


LINES = st.lists(
    st.sampled_from(
        [
            "## 1. A",
            "## B",
            "a. Et?",
            "b. To?",
            "c. Tre?",
            "1. Fire?",
            "2. Fem?",
            "1a. Seks?",
        ]
    ),
    max_size=12,
)


@given(LINES, st.integers(0, 12), st.sampled_from(["a. Ny?", "b. Ny?", "z. Ny?", "1. Ny?"]))
def test_ids_are_unique_and_stay_with_their_questions(lines: list[str], place: int, new: str) -> None:
    numbered = [f"{line[:-1]} {n}?" if line.endswith("?") else line for n, line in enumerate(lines)]
    guide, _ = derive_guide("\n\n".join(numbered))
    written = guide_text(guide).split("\n")
    again, problems = derive_guide("\n".join([*written[:place], new, *written[place:]]))
    ids = [*letters(again), *(s.id for s in again.sections)]
    assert len(set(ids)) == len(ids) and all(ids) and not any(map(why_illegal, ids)) and not problems
    kept = {q.text: q.id for q in again.questions}
    assert all(kept[q.text] == q.id for q in guide.questions)


def test_beside_an_illegal_id_new_ids_are_legal() -> None:
    guide, problems = derive_guide("## 3. Tid {#CON}\na. Et?\nb. To? {#Tre B}\nb. Tre?\nb. Fire?\n")
    assert letters(guide) == ["cona", "Tre B", "conb", "conb-1"]
    assert [(p.line, p.rule) for p in problems] == [(1, "illegal-id"), (3, "illegal-id")]


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Vil du indledningsvis fortælle om din stilling og din uddannelse?", "Stilling og uddannelse"),
        ("Kan du kort sige noget om, hvilket ansvar du har?", "Ansvar"),
        ("Nogle giver mange, andre få. Hvor tror du, at jeres kommune hører til?", "Kommunens placering"),
        ("Hvordan har reformen påvirket arbejdet med fleksjob?", "Reformens betydning for arbejdet med fleksjob"),
        ("Er der nogen fælles mål (fx for unge)?", "Fælles mål"),
        ("Er der sat mål for, hvor mange der må få pension?", "Mål for, hvor mange der må få pension"),
        ("Spiller økonomien nogen rolle for afgørelserne?", "Økonomien"),
        ("Hvordan er jobcentret organiseret?", "Organisering af jobcentret"),
        ("Hvem er med, når der træffes afgørelse om fleksjob?", "Afgørelse om fleksjob"),
        ("Har praksis ændret sig efter sammenlægningen?", "Ændringer i praksis efter sammenlægningen"),
        ("Hvad skal der til for at få tildelt et fleksjob?", "Betingelser for tildeling af et fleksjob"),
        ("Hvilke oplysninger skal ligge i sagen, før den kan afgøres?", "Oplysninger, der skal ligge i sagen"),
        ("Hvordan vurderes det, at en borger har behov for hjælp?", "Vurdering af behov for hjælp"),
        ("I hvilken grad bruger I lægekonsulenten?", "Brug af lægekonsulenten"),
        ("Er der kurser i løn, tid og orden, som alle medarbejdere kan melde sig til?", "Kurser i løn, tid og orden"),
        ("Er der penge nok til aktivering, arbejdsprøvning, ansættelse og revalidering?", "Penge nok til aktivering"),
        ("Gjorde de gamle kommuner det forskelligt?", "Gjorde de gamle kommuner det forskelligt?"),
        ("Hvor længe har du arbejdet her?", "Hvor længe har du arbejdet her?"),
        ("Hvorfor?", "Hvorfor?"),
    ],
)  # fmt: skip
def test_danish_questions_become_short_labels(question: str, label: str) -> None:
    assert guide_language(question) == "da"
    assert short_label(question, "da") == label


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Could you briefly tell me about your role on the ward?", "Role on the ward"),
        ("What are the main challenges in planning a discharge?", "Main challenges in planning a discharge"),
        ("How do you decide when a patient is ready to go home?", "Deciding when a patient is ready to go home"),
        (
            "How has the new system affected cooperation with the municipality?",
            "Effect of the new system on cooperation",
        ),
        ("Do you use any checklists or other tools?", "Use of checklists or other tools"),
        ("In your opinion, what does it take to avoid a readmission?", "Requirements for avoiding a readmission"),
        ("Are there enough beds (including at weekends)?", "Enough beds"),
        ("How are decisions made about rehabilitation?", "How decisions are made about rehabilitation"),
        ("Who is responsible for the medication list?", "Who is responsible for the medication list?"),
    ],
)
def test_english_questions_become_short_labels(question: str, label: str) -> None:
    assert guide_language(question) == "en"
    assert short_label(question, "en") == label


def test_section_titles_lose_openings_that_say_nothing() -> None:
    assert short_title("Om afgørelserne", "da") == "Afgørelserne"
    assert short_title("Åbent spørgsmål om grundene til, at praksis er, som den er", "da") == "Grundene til praksis"
    assert short_title("Questions about time", "en") == "Time"


@given(st.text(max_size=200), st.sampled_from(["da", "en"]))
def test_every_question_gets_a_label_of_bounded_length(question: str, language: str) -> None:
    assert len(short_label(question, language)) <= MAX_LABEL + 2
    assert len(short_title(question, language)) <= MAX_LABEL + 2


def test_a_text_without_full_stops_takes_no_time() -> None:
    assert len(short_label("hvad er der for en " * 20_000, "da")) <= MAX_LABEL


def test_a_codebook_has_a_theme_for_each_section_and_a_code_for_each_question() -> None:
    guide, _ = derive_guide(DOCUMENT, "Bilag 1")
    codebook = derive_codebook(guide)
    assert [(t.id, t.label, [c.id for c in t.codes]) for t in codebook.themes] == [
        ("t1", "Tid", ["1a", "1b"]), ("t2", "Penge", ["2a"]), ("t3", "Andet", ["3a"]),
    ]  # fmt: skip
    assert codebook.by_id["1b"].questions == ("1b",)
    assert codebook.by_id["1b"].definition == "Spørgsmål 1b: Hvem planlægger?"
    assert codebook.themes[0].definition == "Svar på spørgsmål 1a–1b i guidens afsnit »Tid«."
    assert codebook.questions_of_theme["t1"] == {"1a", "1b"}
    assert derive_codebook(guide) == codebook


def test_labels_that_would_be_alike_carry_their_id() -> None:
    guide, _ = derive_guide("## 1. Time\na. Is there time?\nb. Is there a budget?\nc. Are there any budget?\n")
    assert [c.label for c in derive_codebook(guide).by_id.values()] == ["Time", "Time (1a)", "Budget", "Budget (1c)"]


def test_questions_without_a_code_are_named_with_the_theme_they_belong_to() -> None:
    guide, _ = derive_guide(DOCUMENT, "Bilag 1")
    codebook = Codebook(
        (Code("tid", "Tid", questions=("1a",)), Code("penge", "Penge", codes=(Code("p", "P", questions=("2a",)),)))
    )
    missing = uncoded_questions(guide, codebook)
    assert [q.id for q in missing] == ["1b", "3a"]
    homes = [home_of(q, guide, codebook) for q in missing]
    assert [home.id if home else "" for home in homes] == ["tid", ""]


SAFE = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=150,
)


LABEL = SAFE.filter(str.strip)


@given(st.lists(st.tuples(LABEL, SAFE, st.lists(SAFE, max_size=4)), min_size=1, max_size=3))
def test_a_codebook_that_is_written_is_read_again(parts: list[tuple[str, str, list[str]]]) -> None:
    import tempfile
    import unicodedata

    def nfc(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    themes = tuple(
        Code(
            f"t{n}",
            nfc(label),
            nfc(said),
            examples=tuple(map(nfc, examples)),
            codes=(Code(f"{n}a", nfc(label), nfc(said)),),
        )
        for n, (label, said, examples) in enumerate(parts)
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "codebook.yaml").write_text(codebook_text(Codebook(themes)), "utf-8", newline="")
        again, problems = read_codebook(Path(folder))
    assert not problems
    assert tuple(map(without_line, again.themes)) == themes


def without_line(code: Code) -> Code:
    return msgspec.structs.replace(code, line=0, codes=tuple(map(without_line, code.codes)))


def test_a_written_codebook_reads_nicely() -> None:
    guide, _ = derive_guide("## 1. Time\na. Is there time? " + "And how is it planned, and by whom, and when? " * 3)
    assert codebook_text(derive_codebook(guide)) == (
        "themes:\n- id: t1\n  label: Time\n  definition: Answers to question 1a in the guide's section “Time”.\n"
        "  codes:\n  - id: 1a\n    label: Time (1a)\n    definition: >-\n"
        "      Question 1a: Is there time? And how is it planned, and by whom, and when? And how is it planned,\n"
        "      and by whom, and when? And how is it planned, and by whom, and when?\n"
        "    questions: [1a]\n"
    )
