"""A study with everything that codes say about it: guide, codebook, codings, read marks and memos.

`read_coded_study` is what commands start from. It reads, anchors and checks; whatever cannot be read is reported and
left out, and the rest is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from pathlib import Path

import msgspec

from codebook.codebook import Codebook
from codebook.codebook_file import check_codebook, read_codebook
from codebook.guide import Guide
from codebook.guide_file import read_guide
from coding.coding import Coding, ReadMark, SourceMemo
from coding.fold import Folded, LogState, fold
from coding.log import CODINGS_FOLDER, LogLine, coder_folders, log_file, log_files, parse_log
from coding.plain_codings import plain_codings
from corpus.anchor import place
from corpus.collector import collector_paused
from corpus.files import forbidden_character, printable, read_bytes, stray_files
from corpus.ids import why_illegal
from corpus.problems import Problem, did_you_mean, hint
from corpus.source import Source
from corpus.study import STUDY_FILE, Settings, Study, read_study

CONSENSUS = "consensus"


class CodedStudy(msgspec.Struct, frozen=True, dict=True):
    """All of a study. `codings` are of all coders, in order of coder, source and place in the text."""

    study: Study
    guide: Guide
    codebook: Codebook
    codings: tuple[Coding, ...]
    reads: tuple[ReadMark, ...]
    memos: tuple[SourceMemo, ...]
    coders: tuple[str, ...]

    @cached_property
    def codings_by_id(self) -> dict[str, Coding]:
        """Coding id → coding."""
        return {coding.id: coding for coding in self.codings}

    def codings_in(self, source: str, coder: str | None = None) -> tuple[Coding, ...]:
        """The codings of one source, of all coders or one."""
        return tuple(c for c in self._by_source.get(source, ()) if coder in (None, c.coder))

    @cached_property
    def _by_source(self) -> dict[str, list[Coding]]:
        found: dict[str, list[Coding]] = {}
        for coding in self.codings:
            found.setdefault(coding.source, []).append(coding)
        return found


@collector_paused()
def read_coded_study(root: Path) -> tuple[CodedStudy, list[Problem]]:
    """The study in `root` and every fault in it that can be found without tokenising its texts."""
    study, problems = read_study(root)
    guide, faults = read_guide(root)
    problems += faults
    codebook, faults = read_codebook(root)
    problems += faults
    problems += check_codebook(codebook, guide, study.attributes)
    problems += _asked_faults(study, guide)
    problems += _coder_faults(root)
    coded, faults = read_codings(study, guide, codebook)
    return coded, _once([*problems, *faults])


@collector_paused()
def read_codings(study: Study, guide: Guide, codebook: Codebook) -> tuple[CodedStudy, list[Problem]]:
    """The study with all that the coders' logs say about its sources, and the faults in them."""
    problems: list[Problem] = []
    codings: list[Coding] = []
    reads: list[ReadMark] = []
    memos: list[SourceMemo] = []
    logs = log_files(study.root)
    for coder, source_id, path in logs:
        file = log_file(coder, source_id)
        try:
            data = read_bytes(path)
        except OSError as error:
            problems.append(Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}"))
            continue
        source = study.source_by_id.get(source_id)
        plain, lines, faults = _plain_and_other(data, coder, source, file)
        state, more = fold(lines, coder, source_id, file)
        problems += [*faults, *more, *_note_faults(state, file)]
        if source is None:
            near = did_you_mean(source_id, study.source_by_id)
            problems.append(Problem(file, 0, "unknown-source", f"there is no source '{source_id}'", near))
            continue
        placed, faults = _placed(state.codings, coder, source, file)
        placed = sorted([*plain, *placed], key=attrgetter("start", "end", "code", "id"))
        problems += [*faults, *_code_faults(placed, codebook, file), *_read_faults(state.reads, codebook, file)]
        codings += placed
        reads += state.reads
        memos += state.memos
    problems += _repeated(codings)
    coders = tuple(dict.fromkeys(coder for coder, _, _ in logs))
    coded = CodedStudy(study, guide, codebook, tuple(codings), tuple(reads), tuple(memos), coders)
    return coded, problems


def _plain_and_other(
    data: bytes, coder: str, source: Source | None, file: str
) -> tuple[Sequence[Coding], Sequence[LogLine], list[Problem]]:
    """The codings of a log that need no second look, and the lines that do."""
    found = plain_codings(data, coder, source) if source else None
    return (*found, []) if found else ((), *parse_log(data, file))


def _placed(folded: Iterable[Folded], coder: str, source: Source, file: str) -> tuple[list[Coding], list[Problem]]:
    """The codings whose words were found, and the faults of those that moved or were lost."""
    codings, problems = [], []
    text = source.text
    for entry in folded:
        span, add = entry.span, entry.add
        if not span.quote.strip():
            said = f"coding '{add.id}' holds no words"
            problems.append(Problem(file, entry.line, "empty-coding", said))
            continue
        start, end, placement = span.start, span.end, "exact"
        if start < 0 or text[start:end] != span.quote:
            found = place(text, start, end, span.quote, span.prefix, span.suffix)
            if found.how != "exact":
                problems.append(_placement_fault(found.how, found.count, entry, source, found.start, file))
            if found.how in ("ambiguous", "lost"):
                continue
            start, end, placement = found.start, found.end, found.how
        codings.append(
            Coding(add.id, coder, source.id, entry.code, start, end, span.quote, entry.memo, add.origin, add.run,
                   add.at, placement, entry.line)  # type: ignore[arg-type]
        )  # fmt: skip
    return codings, problems


def _placement_fault(how: str, count: int, entry: Folded, source: Source, start: int, file: str) -> Problem:
    quote = entry.span.quote if len(entry.span.quote) <= 60 else entry.span.quote[:57] + "…"
    if how == "moved":
        said = f"'{quote}' of coding '{entry.add.id}' now stands at {start} ({source.file}:{source.file_line(start)})"
        return Problem(file, entry.line, "moved-quote", said)
    if how == "ambiguous":
        said = f"'{quote}' of coding '{entry.add.id}' stands at {count} places of {source.file}, none the recorded one"
        return Problem(file, entry.line, "ambiguous-quote", said)
    said = f"'{quote}' of coding '{entry.add.id}' is not found in {source.file}"
    return Problem(file, entry.line, "lost-quote", said)


def _code_faults(codings: Sequence[Coding], codebook: Codebook, file: str) -> Iterator[Problem]:
    unknown = {coding.code for coding in codings} - codebook.by_id.keys()
    for coding in codings if unknown else ():
        if coding.code in unknown:
            near = hint(did_you_mean(coding.code, codebook.by_id), "crosscase codebook list shows all codes")
            said = f"code '{coding.code}' is not in codebook.yaml"
            yield Problem(file, coding.file_line, "unknown-code", said, near)


def _repeated(codings: Sequence[Coding]) -> Iterator[Problem]:
    """Coding ids that another log has too."""
    if len({coding.id for coding in codings}) == len(codings):
        return
    owner: dict[str, str] = {}
    for coding in codings:
        file = log_file(coding.coder, coding.source)
        if owner.setdefault(coding.id, file) != file:
            said = f"coding id '{coding.id}' is also in {owner[coding.id]}"
            yield Problem(file, coding.file_line, "duplicate-id", said)


def _read_faults(reads: Iterable[ReadMark], codebook: Codebook, file: str) -> Iterator[Problem]:
    """Read marks for something that is no theme: they do not count."""
    themes = {theme.id for theme in codebook.themes}
    for mark in reads:
        if mark.theme and mark.theme not in themes:
            near = hint(did_you_mean(mark.theme, themes), "crosscase codebook list shows all themes")
            yield Problem(file, mark.file_line, "unknown-theme", f"read for '{mark.theme}', which is no theme", near)


def _note_faults(state: LogState, file: str) -> Iterator[Problem]:
    """Notes with characters that no report can hold."""
    for text, line in (*((c.memo, c.line) for c in state.codings if c.memo), *((m.text, 0) for m in state.memos)):
        if bad := forbidden_character(text):
            yield Problem(file, line, "bad-characters", f"a note holds the character {bad}")


def _coder_faults(root: Path) -> Iterator[Problem]:
    """Coders' folders whose names are no ids, and files in them that are not read."""
    yield from stray_files(root / CODINGS_FOLDER, "", CODINGS_FOLDER) if (root / CODINGS_FOLDER).is_file() else ()
    for coder in coder_folders(root):
        folder = f"{CODINGS_FOLDER}/{printable(coder)}"
        if why := why_illegal(coder):
            yield Problem(folder, 0, "illegal-id", f"coder id '{printable(coder)}' {why}", "Rename the folder.")
        yield from stray_files(root / CODINGS_FOLDER / coder, ".jsonl", folder)


def _asked_faults(study: Study, guide: Guide) -> Iterator[Problem]:
    for source in study.sources:
        asked = source.meta.asked
        for question in asked if isinstance(asked, tuple) else ():
            if guide.questions and question not in guide.by_id:
                near = hint(did_you_mean(question, guide.by_id), "crosscase codebook questions lists them")
                said = f"'asked' names question '{question}', which is not in guide.md"
                yield Problem(source.file, 0, "unknown-question", said, near)


def matrix_coders(coded: CodedStudy, asked: str = "") -> tuple[tuple[str, ...], list[Problem]]:
    """Whose codings fill the matrix: `asked`, else study.toml, else the consensus, else the only coder.

    A list in study.toml is a union. Two coders and nothing said is a fault, since their codings together would count
    one passage twice.
    """
    named = (asked,) if asked else coders_for(coded.study.settings, coded.coders)
    if named:
        unknown = [coder for coder in named if coder not in coded.coders]
        if unknown and (coded.coders or asked):
            present = f"coders with codings: {', '.join(coded.coders) or 'none yet'}"
            near = hint(did_you_mean(unknown[0], coded.coders), present)
            return named, [Problem(STUDY_FILE, 0, "unknown-coder", f"'{unknown[0]}' has no codings", near)]
        return named, []
    if len(coded.coders) > 1:
        near = f"coders: {', '.join(coded.coders)}; name one under [matrix] coders in {STUDY_FILE}"
        return (), [Problem(STUDY_FILE, 0, "coders-unclear", "several coders, and no one named for the matrix", near)]
    return (), []


def coders_for(settings: Settings, present: Sequence[str]) -> tuple[str, ...]:
    """Whom study.toml names for the matrix, else the consensus, else the only coder; none where that is unclear."""
    said = settings.matrix.coders
    if said:
        return (said,) if isinstance(said, str) else tuple(dict.fromkeys(said))
    if CONSENSUS in present:
        return (CONSENSUS,)
    return tuple(present) if len(present) == 1 else ()


def _once(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems))
