"""guide.md: read however it was written, written in one form, and given ids without touching its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path

from codebook.guide import GUIDE_FILE, Guide, Question, Section
from codebook.guide_lines import Entry, file_lines, guide_entries, number_and_title
from corpus.files import read_text, write_whole
from corpus.ids import why_illegal
from corpus.problems import Problem


def read_guide(root: Path) -> tuple[Guide, list[Problem]]:
    """The interview guide of the study in `root` and its faults; no file gives an empty guide."""
    if not (root / GUIDE_FILE).exists():
        return Guide(), []
    text, problems = read_text(root / GUIDE_FILE, GUIDE_FILE)
    if text is None:
        return Guide(), problems
    guide, faults = guide_from_text(text, GUIDE_FILE)
    return guide, [*problems, *faults]


def read_guide_document(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a document with a guide in it, and its faults; None where it cannot be read.

    Text and Markdown are taken line by line as they stand, so that a page break does not look like a new
    question; a Word document comes as its reader in `corpus.readers` gives it, numbers and letters included.
    """
    from corpus.readers import read_document
    from corpus.readers.characters import decoded_text

    if path.suffix.lower() not in ("", ".txt", ".text", ".md", ".markdown"):
        document, problems = read_document(path)
        return document.text if document else None, problems
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, [Problem(path.name, 0, "missing-file", f"cannot be read: {error.strerror}")]
    text, _, problems = decoded_text(data, path.name)
    return text, problems


def guide_from_text(text: str, file: str = GUIDE_FILE) -> tuple[Guide, list[Problem]]:
    """The guide in `text`, and its faults with their lines.

    Headings of any level are sections. Questions are lettered (`a.` `a)` `- a.` `1a.`) or, where none is,
    numbered, or else bullets or paragraphs that end with a question mark; a paragraph with an id is always
    one. Other paragraphs are passed over, and so are sections without questions.
    """
    entries = guide_entries(text)
    guide = guide_of(entries)
    return guide, sorted([*id_faults(entries, file), *_missing_ids(guide, file)])


def guide_of(entries: Sequence[Entry], title: str = "") -> Guide:
    """Entries as a guide: sections with questions. The title is the first heading unless it is given."""
    chosen = _questions(entries)
    sections: list[Section] = []
    headings = [entry for entry in entries if entry.kind == "heading"]
    for heading, below in _by_heading(entries):
        questions = tuple(_question(entry, probes) for entry, probes in _with_probes(below, chosen))
        if not questions and not (heading and heading.ids):
            continue
        number, words = number_and_title(heading.text) if heading else ("", "")
        id = heading.ids[0] if heading and heading.ids else ""
        sections.append(Section(id, number, words, questions, heading.line if heading else 0))
    return Guide(title or _title(headings, sections), tuple(sections))


def _title(headings: Sequence[Entry], sections: Sequence[Section]) -> str:
    """The first heading, unless it is only the first of several sections."""
    if not headings:
        return ""
    first = headings[0]
    is_section = bool(sections) and sections[0].line == first.line
    is_alone = len(sections) == 1 and not sections[0].number
    return "" if is_section and not is_alone else first.text


def _by_heading(entries: Sequence[Entry]) -> Iterator[tuple[Entry | None, list[Entry]]]:
    """Each heading with the entries up to the next one; None for what stands before the first."""
    heading: Entry | None = None
    below: list[Entry] = []
    for entry in entries:
        if entry.kind == "heading":
            yield heading, below
            heading, below = entry, []
        else:
            below.append(entry)
    yield heading, below


def _questions(entries: Sequence[Entry]) -> set[int]:
    """The lines on which a question begins.

    The firmest form that occurs decides: with lettered or numbered questions about, a bullet is a hint to the
    interviewer and a paragraph is talk. What has an id is a question in any case.
    """
    with_ids = {e.line for e in entries if e.ids and e.kind != "heading"}
    forms = {e.kind for e in entries if e.kind == "lettered" or e.asks or e.ids}
    if "lettered" in forms or "numbered" in forms:
        return with_ids | _labelled(entries, forms)
    if "bullet" in forms:
        lists = [[e for e in below if e.kind == "bullet"] for _, below in _by_heading(entries)]
        return with_ids | {e.line for bullets in lists if any(e.asks or e.ids for e in bullets) for e in bullets}
    return with_ids | {e.line for e in entries if e.kind == "text" and e.text.endswith("?")}


def _labelled(entries: Sequence[Entry], forms: Set[str]) -> set[int]:
    """The lines of labelled questions; a numbered section without any takes what asks in it."""
    found = {e.line for e in entries if e.kind in ("lettered", "numbered") and e.kind in forms}
    for heading, below in _by_heading(entries):
        if heading and number_and_title(heading.text)[0] and not any(e.line in found for e in below):
            bullets = [e for e in below if e.kind == "bullet"]
            found |= {e.line for e in bullets if any(bullet.asks for bullet in bullets)}
            found |= {e.line for e in below if e.kind == "text" and e.text.endswith("?")}
    return found


def _with_probes(below: Sequence[Entry], chosen: set[int]) -> Iterator[tuple[Entry, list[Entry]]]:
    """The questions below one heading, each with the prompts (bullets, deeper items) that follow it directly.

    A paragraph in between ends them: what is listed after it belongs to the paragraph.
    """
    outer: dict[str, int] = {}
    question: Entry | None = None
    probes: list[Entry] = []
    is_direct = False
    for entry in below:
        is_deeper = entry.indent >= outer.setdefault(entry.kind, entry.indent) + 2
        if entry.line in chosen and (entry.ids or not (is_deeper and question)):
            if question:
                yield question, probes
            question, probes, is_direct = entry, [], True
        elif question and is_direct and entry.kind != "text":
            probes.append(entry)
        is_direct = is_direct and (entry.kind != "text" or entry is question)
    if question:
        yield question, probes


def _question(entry: Entry, probes: Iterable[Entry]) -> Question:
    text = " – ".join(filter(None, [entry.text, *(probe.text for probe in probes)]))
    return Question(entry.ids[0] if entry.ids else "", entry.label, text, entry.line)


def id_faults(entries: Iterable[Entry], file: str) -> Iterator[Problem]:
    """Ids of sections and questions that are illegal, stand twice, or are two on one question."""
    seen: dict[str, int] = {}
    for entry in entries:
        for id in entry.ids[:1]:
            if why := why_illegal(id):
                yield Problem(file, entry.line, "illegal-id", f"id '{id}' {why}")
            elif id in seen:
                yield Problem(file, entry.line, "duplicate-id", f"id '{id}' is already on line {seen[id]}")
            seen.setdefault(id, entry.line)
        for id in entry.ids[1:]:
            said = f"a second id '{id}' where '{entry.ids[0]}' already stands"
            yield Problem(file, entry.line, "duplicate-id", said, "Keep one of the two.")


def _missing_ids(guide: Guide, file: str) -> Iterator[Problem]:
    for question in guide.questions:
        if not question.id:
            said = f"question '{_begin(question)}' has no id"
            yield Problem(file, question.line, "question-without-id", said)


def _begin(question: Question) -> str:
    words = f"{question.label}. {question.text}" if question.label else question.text
    return words if len(words) <= 50 else words[:49].rstrip() + "…"


def guide_text(guide: Guide) -> str:
    """The whole file in its one form: title, sections, a line for each question, ids at the ends of lines."""
    parts = [f"# {guide.title}\n"] if guide.title else []
    for section in guide.sections:
        number = f"{section.number}." if section.number else ""
        if number or section.title or section.id:
            parts.append(_line("##", number, section.title, _anchor(section.id)))
        lines = [_line(f"{q.label}." if q.label else "-", q.text, _anchor(q.id)) for q in section.questions]
        parts += ["".join(lines)] if lines else []
    return "\n".join(parts)


def _line(*words: str) -> str:
    return " ".join(filter(None, words)) + "\n"


def _anchor(id: str) -> str:
    return f"{{#{id}}}" if id else ""


def text_with_ids(text: str, guide: Guide) -> str:
    """`text` with the ids of `guide`, which was read from it, at the ends of the lines that have none.

    Nothing else changes: not the words, the spaces, the line ends nor what stands between the questions.
    """
    ids = {question.line: question.id for question in guide.questions if question.line}
    ids |= {section.line: section.id for section in guide.sections if section.line}
    missing = {e.last: ids[e.line] for e in guide_entries(text) if not e.ids and ids.get(e.line)}
    lines = file_lines(text)
    changed, place = [], 0
    for number, line in enumerate(lines, 1):
        end = text[place + len(line) : place + len(line) + 2]
        end = end if end == "\r\n" else end[:1]
        place += len(line) + len(end)
        changed.append((_with_id(line, missing[number]) if number in missing else line) + end)
    return "".join(changed)


def _with_id(line: str, id: str) -> str:
    words = line.rstrip()
    return f"{words} {{#{id}}}{line[len(words) :]}"


def write_together(files: dict[Path, bytes]) -> None:
    """Write all files or none: where one cannot be written, those before it get their old content back.

    Raises OSError. A crash between two files leaves only whole files; the same command then writes the rest.
    """
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    written: list[Path] = []
    try:
        for path, data in files.items():
            written.append(path)
            write_whole(path, data)
    except BaseException:
        for path in written:
            _put_back(path, before[path])
        raise


def _put_back(path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != data:
        write_whole(path, data)
