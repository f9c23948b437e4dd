"""From an interview guide to a first codebook: find the guide, give questions ids, draft themes and codes.

Ids. A question's id is its section's number and its letter: `3b`. It is given once and then kept, whatever
happens to the letter: a question that is put in between 3b and 3c later becomes `3b-1`, and 3c stays 3c
though its letter is now d. Codes are named after their question (`3b`) and themes after their section (`t3`),
not after their labels: labels are there to be reworded, an id stands in every coding and must not change with
them. It also tells a coder who knows the guide where a code comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

import msgspec

from codebook.codebook import Code, Codebook
from codebook.guide import GUIDE_FILE, Guide, Question, Section
from codebook.guide_file import guide_of, id_faults
from codebook.guide_lines import PLAIN_RANK, Entry, guide_entries, number_and_title
from codebook.labels import guide_language, short_label, short_title
from corpus.ids import make_id
from corpus.problems import Problem

_ANNEX = re.compile(r"(?:bilag|appendi(?:x|ks)|annex|anneks)\b", re.IGNORECASE)
_GUIDE_WORDS = re.compile(r"guide|spørge|schedule|protocol", re.IGNORECASE)
_MOSTLY = 0.3
"""A part of a document is mostly a guide where its questions are this share of its words."""


class GuideHeading(msgspec.Struct, frozen=True):
    """A heading of a document and how many questions stand below it."""

    title: str
    questions: int


def derive_guide(
    text: str, heading: str = "", taken: Set[str] = frozenset(), file: str = GUIDE_FILE
) -> tuple[Guide, list[Problem]]:
    """The interview guide inside `text`, every section and question with an id, and faults in the ids it had.

    `heading` is the title the guide stands under, or its beginning; upper and lower case do not matter.
    Without it the largest part of the text that is mostly questions is taken. `taken` are ids that codes or
    sources already use: they are not given to a new question. A guide without questions comes back where none
    was found.
    """
    part = _part_below(guide_entries(text), heading) if heading else _most_likely_part(guide_entries(text))
    return with_ids(guide_of(part, _title(part)), taken), sorted(id_faults(part, file))


def has_heading(text: str, heading: str) -> bool:
    """Whether a heading or line of `text` begins with `heading` or contains it."""
    return bool(_matches(guide_entries(text), heading))


def guide_headings(text: str) -> tuple[GuideHeading, ...]:
    """The headings of `text` with the number of questions below each, in order."""
    entries = guide_entries(text)
    found = []
    for index, entry in enumerate(entries):
        if entry.kind == "heading":
            found.append(GuideHeading(entry.text, len(guide_of(entries[index : _end(entries, index)]).questions)))
    return tuple(found)


def _part_below(entries: Sequence[Entry], heading: str) -> Sequence[Entry]:
    """What stands below the heading that fits best and has questions; of equal ones, the one with most."""
    best: Sequence[Entry] = ()
    best_rank = (False, 0, 0)
    for fit, index in _matches(entries, heading):
        part = entries[index : _end(entries, index)]
        count = len(guide_of(part).questions)
        if (count > 0, fit, count) > best_rank:
            best, best_rank = part, (count > 0, fit, count)
    return best


def _matches(entries: Sequence[Entry], heading: str) -> list[tuple[int, int]]:
    """Headings and lines that fit the title: how well (3 whole, 2 beginning, 1 inside), and their index."""
    wanted = _bare(heading)
    found = []
    for index, entry in enumerate(entries):
        words = _bare(entry.text)
        is_title = entry.kind == "heading" or (entry.kind == "text" and len(words) <= 120)
        if wanted and is_title and f" {wanted}" in f" {words}":
            found.append((3 if words == wanted else 2 if words.startswith(f"{wanted} ") else 1, index))
    return found


def _bare(words: str) -> str:
    """Words and numbers alone, in lower case, for comparing titles."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def _most_likely_part(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The largest part with half of all questions or more that is mostly questions; else nothing."""
    whole = len(guide_of(entries).questions)
    starts = [i for i, entry in enumerate(entries) if entry.kind == "heading"]
    parts = [entries, *(entries[i : _end(entries, i)] for i in starts)]
    for part in sorted(parts, key=len, reverse=True):
        questions = guide_of(part).questions
        words = sum(len(entry.text) for entry in part)
        if questions and 2 * len(questions) >= whole and sum(len(q.text) for q in questions) >= _MOSTLY * words:
            return part
    return ()


def _end(entries: Sequence[Entry], start: int) -> int:
    """Where the part that begins at `start` ends: at the next annex or heading of its rank or above.

    A numbered section that goes on counting and has questions of its own belongs to the part whatever its
    rank: converters give sections of one guide different ranks.
    """
    rank = entries[start].rank or PLAIN_RANK
    number = _whole_number(entries[start])
    for index in range(start + 1, len(entries)):
        entry = entries[index]
        if entry.kind != "heading":
            continue
        following = _whole_number(entry)
        counts_on = number < following <= number + 2
        is_below = entry.rank > rank or (counts_on and _has_questions_like(entries[start:index], entries, index))
        if _ANNEX.match(entry.text) or not is_below:
            return index
        number = following if counts_on else number
    return len(entries)


def _whole_number(entry: Entry) -> int:
    """The number of a heading; 0 where it has none, or one that is no whole number."""
    said = number_and_title(entry.text)[0]
    return int(said) if entry.kind == "heading" and said.isdigit() else 0


def _has_questions_like(before: Sequence[Entry], entries: Sequence[Entry], heading: int) -> bool:
    """Whether questions of a kind met so far stand below this heading; other lists can be numbered too."""
    kinds = {entry.kind for entry in before if entry.kind in ("lettered", "numbered")}
    for entry in entries[heading + 1 :]:
        if entry.kind == "heading":
            return False
        if entry.kind in kinds or (entry.asks and not kinds):
            return True
    return False


def _title(part: Sequence[Entry]) -> str:
    """The heading above the sections that calls itself a guide; empty leaves the choice to `guide_of`."""
    for entry in part:
        if entry.kind == "heading" and number_and_title(entry.text)[0]:
            return ""
        if entry.kind == "heading" and _GUIDE_WORDS.search(entry.text):
            return entry.text
    return ""


def with_ids(guide: Guide, taken: Set[str] = frozenset()) -> Guide:
    """The guide with an id for every section and question. Ids stay as they are; new ones collide with none.

    A question takes its section's number and its letter (`3b`; `3.2` or `q7` where it is numbered) if that is
    free. In a guide that has ids already, one that `taken` has is not free: it belonged to a question that is
    gone. What finds its id occupied is named after the question above it: `3b-1`.
    """
    used = {section.id for section in guide.sections} | {question.id for question in guide.questions}
    blocked = taken if any(question.id for question in guide.questions) else frozenset()
    namer = _Namer(used | {""}, blocked)
    numbers_run_on = _numbers_run_on(guide)
    sections: list[Section] = []
    for place, section in enumerate(guide.sections, 1):
        above = sections[-1].id if sections else "0"
        id = section.id or namer.name(section.number or str(place), above)
        questions = tuple(_questions_with_ids(section, id, namer, numbers_run_on))
        sections.append(msgspec.structs.replace(section, id=id, questions=questions))
    return Guide(guide.title, tuple(sections))


class _Namer:
    """Gives ids out, each once; `blocked` are those that must not be given though nothing here has them."""

    def __init__(self, used: set[str], blocked: Set[str]) -> None:
        self.used = used
        self.blocked = blocked

    def name(self, wanted: str, above: str) -> str:
        """`wanted` if it is free, else the next free `above-n`."""
        base = make_id(re.sub(r"-\d+$", "", above))
        id, n = make_id(wanted), 0
        while id in self.used or id in self.blocked:
            n += 1
            id = f"{base}-{n}"
        self.used.add(id)
        return id


def _numbers_run_on(guide: Guide) -> bool:
    """Whether questions are numbered through the whole guide, so that a number alone tells one from all."""
    numbers = [[q.label for q in section.questions if q.label.isdigit()] for section in guide.sections]
    every = [number for some in numbers for number in some]
    has_no_sections = not any(section.number or section.title for section in guide.sections)
    return has_no_sections or (sum(map(bool, numbers)) > 1 and len(set(every)) == len(every))


def _questions_with_ids(section: Section, id: str, namer: _Namer, numbers_run_on: bool) -> Iterator[Question]:
    above, numbered = id, ""
    for place, question in enumerate(section.questions, 1):
        label = question.label or _letter(place)
        own = question.id or namer.name(_wanted(label, id, numbered, numbers_run_on), above)
        if label.isdigit():
            numbered = own
        above = own
        yield msgspec.structs.replace(question, id=own, label=label)


def _wanted(label: str, section: str, numbered: str, numbers_run_on: bool) -> str:
    """The id that a label asks for: `b` under 3 → `3b`; `2` → `3.2` or, where numbers run on, `q2`."""
    if label.isdigit():
        return f"q{label}" if numbers_run_on else f"{section}.{label}"
    return label if label[0].isdigit() else f"{numbered or section}{label}"


def _letter(place: int) -> str:
    """a, b, … z, then 27, 28, …"""
    return chr(ord("a") + place - 1) if place <= 26 else str(place)


def derive_codebook(guide: Guide) -> Codebook:
    """A first codebook: a theme for each section, a code for each question, defined by the question's words.

    Labels are shortened questions in the guide's language; no two are alike. What coders still have to write
    is what to include and exclude.
    """
    guide = with_ids(guide)
    language = guide_language(" ".join(question.text for question in guide.questions))
    labels: set[str] = set()
    ids = {question.id for question in guide.questions}
    themes = []
    for section in guide.sections:
        if not section.questions:
            continue
        title = section.title or guide.title or ("Spørgsmål" if language == "da" else "Questions")
        label = _unlike(short_title(title, language), section.number or section.id, labels)
        id = make_id(f"t{section.id}", ids)
        ids.add(id)
        codes = tuple(_code(question, language, labels) for question in section.questions)
        themes.append(Code(id, label, _theme_definition(section, title, language), codes=codes))
    return Codebook(tuple(themes))


def _code(question: Question, language: str, labels: set[str]) -> Code:
    label = _unlike(short_label(question.text, language), question.id, labels)
    noun = "Spørgsmål" if language == "da" else "Question"
    return Code(question.id, label, f"{noun} {question.id}: {question.text}", questions=(question.id,))


def _unlike(label: str, id: str, labels: set[str]) -> str:
    """The label, with the id behind it where another code has the same."""
    label = f"{label} ({id})" if label.casefold() in labels else label
    labels.add(label.casefold())
    return label


def _theme_definition(section: Section, title: str, language: str) -> str:
    first, last = section.questions[0].id, section.questions[-1].id
    which = first if first == last else f"{first}–{last}"
    if language == "da":
        return f"Svar på spørgsmål {which} i guidens afsnit »{title}«."
    return f"Answers to question{'s' if first != last else ''} {which} in the guide's section “{title}”."


def uncoded_questions(guide: Guide, codebook: Codebook) -> tuple[Question, ...]:
    """The questions of the guide that no theme or code names."""
    named = {question for code in codebook.by_id.values() for question in code.questions}
    return tuple(question for question in guide.questions if question.id not in named)


def home_of(question: Question, guide: Guide, codebook: Codebook) -> Code | None:
    """The theme that holds most questions of the same section: where a code for `question` would go."""
    beside = {other.id for other in guide.section_of[question.id].questions}
    shared = [len(beside & codebook.questions_of_theme[theme.id]) for theme in codebook.active_themes]
    best = max(shared, default=0)
    return codebook.active_themes[shared.index(best)] if best else None
