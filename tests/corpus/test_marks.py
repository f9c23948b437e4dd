"""Marks of pages and times: carried in lines, taken out at the end, at the words that they stood before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.document_part import Part, part_of
from corpus.places import Place
from corpus.readers.blocks import Block
from corpus.readers.characters import tidy_characters
from corpus.readers.document import Document, document_from_blocks
from corpus.readers.marks import page_mark, split_marks, time_mark, without_marks

WORDS = st.lists(st.sampled_from(["Vi", "gik", "hjem.", "æbler", "10:30", "Anna:", "sags-", "\n", "\n\n"]), max_size=30)


def at(document: Document) -> list[tuple[str, str]]:
    """The value of each place, and the first word there."""
    return [(place.value, document.text[place.start :].split()[0]) for place in document.places]


@given(WORDS, st.data())
def test_words_with_marks_are_the_words_without_them_and_each_mark_stands_before_its_word(words, data):
    marked, wanted = [], []
    for number, word in enumerate(words):
        if word.strip() and data.draw(st.booleans()):
            mark = data.draw(st.sampled_from([page_mark(f"{number}"), time_mark(number)]))
            marked.append(mark + data.draw(st.sampled_from(["", " "])))
            wanted.append(word)
        marked.append(word if word.isspace() else f"{word} ")
    clean, places = split_marks("".join(marked))
    assert clean.split() == [word for word in words if word.strip()]
    assert [clean[place.start :].split()[0] for place in places] == wanted


@given(st.text(), st.text(max_size=60))
def test_no_text_and_no_page_label_breaks_a_mark(text, label):
    text, label = tidy_characters(text)[0], tidy_characters(label)[0]
    clean, places = split_marks(f"{text} {page_mark(label)}ord")
    assert without_marks(clean) == clean
    assert [place.value for place in places] == ([" ".join(label.split())[:40]] if label.strip() else [])


def test_a_sentence_that_a_page_broke_keeps_the_place_of_the_page():
    document = document_from_blocks(
        [
            Block("text", (f"{page_mark('12')}Kommunen har længe haft et ønske om at samle sags-",), 1),
            Block("break", ("\f",), 2),
            Block("text", ("12",), 3),
            Block("text", (f"{page_mark('13')}behandlingen ét sted. Det sker nu.",), 4),
        ]
    )
    assert document.text == "Kommunen har længe haft et ønske om at samle sagsbehandlingen ét sted. Det sker nu.\n"
    assert at(document) == [("12", "Kommunen"), ("13", "sagsbehandlingen")]


def test_a_page_without_words_gives_its_place_to_the_next_words():
    document = document_from_blocks([Block("text", (page_mark("1"),), 1), Block("heading", ("3.1 Penge",), 2, level=2),
                                     Block("text", (f"{page_mark('2')}{page_mark('3')}Vi sparer.",), 3)])  # fmt: skip
    assert document.text == "## 3.1 Penge\n\nVi sparer.\n"
    assert at(document) == [("1", "3.1"), ("3", "Vi")]


def test_headings_of_another_depth_move_no_place():
    blocks = [Block("heading", (title,), i, level=2) for i, title in enumerate(("2 Penge", "2.1 Løn", "3 Folk"), 1)]
    blocks.insert(2, Block("text", (f"{page_mark('7')}Løn er dyr.",), 9))
    document = document_from_blocks([*blocks, Block("text", (f"{page_mark('8')}Folk er få.",), 10)])
    assert at(document) == [("7", "Løn"), ("8", "Folk")]


def test_a_part_of_a_document_begins_on_the_page_it_stands_on():
    places = (Place("page", 0, "1"), Place("page", 20, "2"), Place("page", 32, "3"))
    document = Document("# 1 Et\n\nHer er noget.\n\n# 2 To\n\nHer er mere.\n\n# 3 Tre\n\nSlut.\n", places=places)
    part, _ = part_of(document, Part("2", "3"), "x")
    assert part is not None
    assert part.text == "# 2 To\n\nHer er mere.\n"
    assert at(part) == [("2", "#"), ("3", "er")]
