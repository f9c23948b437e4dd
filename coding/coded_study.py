"""A study with everything that codes say about it: guide, codebook, codings, read marks and memos.

`read_coded_study` is what commands start from. It reads, anchors and checks; whatever cannot be read is reported and
left out, and the rest is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path

import msgspec

from codebook.codebook import Codebook
from codebook.codebook_file import check_codebook, read_codebook
from codebook.guide import Guide
from codebook.guide_file import read_guide
from coding.anchors import Decision, Key, anchors_file, read_all_decisions
from coding.coding import Anchored, Coding, Judgement, ReadMark, SourceMemo, UnlockMark
from coding.fold import LogState, anything_counts, fold
from coding.log import CODINGS_FOLDER, LogLine, coder_folders, log_file, log_files, parse_log
from coding.placing import LogCodings, placed_codings
from coding.plain_codings import plain_codings
from corpus.collector import collector_paused
from corpus.files import forbidden_character, printable, read_bytes, stray_files
from corpus.ids import why_illegal
from corpus.problems import Problem, did_you_mean, hint
from corpus.source import Source
from corpus.study import STUDY_FILE, Settings, Study, read_study

CONSENSUS = "consensus"


class CodedStudy(msgspec.Struct, frozen=True, dict=True):
    """All of a study. `codings` are of all coders, in order of coder, source and place in the text.

    `anchored` tells of each coding that does not stand as it was recorded what became of it. `judgements` are what
    coders said of suggestions, `unlocks` their looks at suggestions for sources they had not coded yet.
    """

    study: Study
    guide: Guide
    codebook: Codebook
    codings: tuple[Coding, ...]
    reads: tuple[ReadMark, ...]
    memos: tuple[SourceMemo, ...]
    coders: tuple[str, ...]
    anchored: tuple[Anchored, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    unlocks: tuple[UnlockMark, ...] = ()

    @cached_property
    def codings_by_id(self) -> dict[str, Coding]:
        """Coding id → coding."""
        return {coding.id: coding for coding in self.codings}

    def codings_in(self, source: str, coder: str | None = None) -> tuple[Coding, ...]:
        """The codings of one source, of all coders or one."""
        return tuple(c for c in self.codings_by_source.get(source, ()) if coder in (None, c.coder))

    @cached_property
    def codings_by_source(self) -> dict[str, list[Coding]]:
        """Source id → its codings, in order of coder and place in the text; sources without any have no entry."""
        found: dict[str, list[Coding]] = {}
        for source, codings in groupby(self.codings, attrgetter("source")):
            found.setdefault(source, []).extend(codings)
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


class _Said(msgspec.Struct, frozen=True):
    """What one log adds to the study, its codings where they now stand."""

    codings: Sequence[Coding]
    anchored: Sequence[Anchored]
    reads: Sequence[ReadMark]
    memos: Sequence[SourceMemo]
    judgements: Sequence[Judgement] = ()
    unlocks: Sequence[UnlockMark] = ()


@collector_paused()
def read_codings(study: Study, guide: Guide, codebook: Codebook) -> tuple[CodedStudy, list[Problem]]:
    """The study with all that the coders' logs say about its sources, and the faults in them.

    The logs of one source are read and placed together, which its neighbours' places need, and which is faster for many
    sources than to go through a million codings twice.
    """
    logs = log_files(study.root)
    codes, themes = {id: id for id in codebook.by_id}, {theme.id for theme in codebook.themes}
    decided, problems = read_all_decisions(study.root, study.source_by_id)
    said: dict[tuple[str, str], _Said] = {}
    ids: set[str] = set()
    for source_id, of_source in groupby(sorted(logs, key=itemgetter(1)), itemgetter(1)):
        known = decided.get(source_id, {})
        read: list[tuple[LogCodings, LogState]] = []
        for coder, _, path in of_source:
            one, faults = _read_log(study, coder, source_id, path, codes, known)
            problems += faults
            read += [one] if one else []
        places = placed_codings(study.source_by_id[source_id], [log for log, _ in read], known) if read else []
        for (log, state), found in zip(read, places, strict=True):
            problems += [*found.problems, *_code_faults(found.codings[len(log.plain) :], codebook, log.file)]
            problems += _read_faults(state.reads, themes, log.file)
            codings = sorted(_marked(found.codings, state), key=attrgetter("start", "end", "code", "id"))
            ids.update([coding.id for coding in codings])
            said[log.coder, source_id] = _Said(
                codings, found.anchored, state.reads, state.memos, state.judgements, state.unlocks
            )
    in_order = [said[coder, source_id] for coder, source_id, _ in logs if (coder, source_id) in said]
    coded = CodedStudy(
        study,
        guide,
        codebook,
        codings=tuple(chain.from_iterable(log.codings for log in in_order)),
        reads=tuple(chain.from_iterable(log.reads for log in in_order)),
        memos=tuple(chain.from_iterable(log.memos for log in in_order)),
        coders=tuple(dict.fromkeys(coder for coder, _, _ in logs)),
        anchored=tuple(chain.from_iterable(log.anchored for log in in_order)),
        judgements=tuple(chain.from_iterable(log.judgements for log in in_order)),
        unlocks=tuple(chain.from_iterable(log.unlocks for log in in_order)),
    )
    problems += _repeated(coded.codings) if len(ids) < len(coded.codings) else ()
    return coded, problems


def _marked(codings: Sequence[Coding], state: LogState) -> Sequence[Coding]:
    """The codings, marked where their coder had suggestions before them: taken from one, or given after a look."""
    if not state.unlocks and not state.judgements:
        return codings
    taken = {judgement.coding for judgement in state.judgements}
    seen = min((mark.at.removesuffix("Z") for mark in state.unlocks), default=None)
    return [
        msgspec.structs.replace(coding, aided=True)
        if coding.id in taken or (seen is not None and coding.at.removesuffix("Z") >= seen)
        else coding
        for coding in codings
    ]


def _read_log(
    study: Study, coder: str, source_id: str, path: Path, codes: Mapping[str, str], decided: Mapping[Key, Decision]
) -> tuple[tuple[LogCodings, LogState] | None, list[Problem]]:
    """What a log says, its codings not yet placed; None where it cannot be read, or the study has no such source."""
    file = log_file(coder, source_id)
    try:
        data = read_bytes(path)
    except OSError as error:
        return None, [Problem(file, 0, "missing-file", f"cannot be read: {error.strerror}")]
    source = study.source_by_id.get(source_id)
    plain, lines, faults = _plain_and_other(data, coder, source, codes, file, decided)
    state, more = fold(lines, coder, source_id, file)
    problems = [*faults, *more, *_note_faults(state, file)]
    if source is None:
        if faults or anything_counts(lines):
            near = did_you_mean(source_id, study.source_by_id)
            problems.append(Problem(file, 0, "unknown-source", f"there is no source '{source_id}'", near))
        return None, problems
    problems += _decision_faults(decided, coder, source_id, plain, lines)
    return (LogCodings(coder, file, plain, state.codings), state), problems


def _plain_and_other(
    data: bytes, coder: str, source: Source | None, codes: Mapping[str, str], file: str, decided: Mapping[Key, Decision]
) -> tuple[Sequence[Coding], Sequence[LogLine], list[Problem]]:
    """The codings of a log that need no second look, and the lines that do."""
    about = {id for who, id in decided if who == coder} if decided else frozenset()
    found = plain_codings(data, coder, source, codes, about) if source else None
    return (*found, []) if found else ((), *parse_log(data, file))


def _decision_faults(
    decided: Mapping[Key, Decision], coder: str, source: str, plain: Sequence[Coding], lines: Sequence[LogLine]
) -> Iterator[Problem]:
    """Decisions about codings of this coder that were never in the log."""
    about = [event for (who, _), event in decided.items() if who == coder] if decided else []
    known = {coding.id for coding in plain} | {line.event.id for line in lines} if about else set()
    for event in about:
        if event.coding not in known:
            said = f"decision '{event.id}' names coding '{event.coding}', which is not in {log_file(coder, source)}"
            yield Problem(anchors_file(source), 0, "unknown-target", said)


def _code_faults(codings: Sequence[Coding], codebook: Codebook, file: str) -> Iterator[Problem]:
    for coding in codings:
        if coding.code not in codebook.by_id:
            near = hint(did_you_mean(coding.code, codebook.by_id), "crosscase codebook list shows all codes")
            said = f"code '{coding.code}' is not in codebook.yaml"
            yield Problem(file, coding.file_line, "unknown-code", said, near)


def _repeated(codings: Sequence[Coding]) -> Iterator[Problem]:
    """Coding ids that another log has too."""
    owner: dict[str, str] = {}
    for coding in codings:
        file = log_file(coding.coder, coding.source)
        if owner.setdefault(coding.id, file) != file:
            said = f"coding id '{coding.id}' is also in {owner[coding.id]}"
            yield Problem(file, coding.file_line, "duplicate-id", said)


def _read_faults(reads: Iterable[ReadMark], themes: Set[str], file: str) -> Iterator[Problem]:
    """Read marks for something that is no theme: they do not count."""
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
