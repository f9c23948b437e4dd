"""`crosscase suggest`: codes ranked for segments that nobody has coded yet, with the words that speak for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import counted, json_option, stop, study_option, study_root, who_may_code

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.model import Model
    from coding.suggest.segment_list import Segment
    from coding.suggest.suggestion import SegmentSuggestions, Suggestion
    from corpus.source import Source

_WORDS_SHOWN = 6
_LEAST_SCORE = 0.005


@click.command()
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1)
@click.option("--all", "also_coded", is_flag=True, help="Also segments that the coder has coded.")
@click.option("--top", metavar="N", type=click.IntRange(min=1), default=3, show_default=True,
              help="How many codes to show for each segment (--json always has all of them).")  # fmt: skip
@click.option("--theme", "themes", metavar="CODE", multiple=True,
              help="Only segments for which this theme or code is among those shown (repeatable).")  # fmt: skip
@click.option("--precision", metavar="SHARE", type=click.FloatRange(0, 1, min_open=True, max_open=True),
              help="How often a proposal has to be right, from 0 to 1 (default: study.toml, else 0.9).")  # fmt: skip
@click.option("--unlock", is_flag=True, help="Also for sources that the coder has not coded yet.")
@click.option("--coder", metavar="ID",
              help="Whose codings to learn from (else CROSSCASE_CODER, else .crosscase/me, else the codebook "
              "alone).")  # fmt: skip
@study_option
@json_option
def suggest(
    source_ids: tuple[str, ...], also_coded: bool, top: int, themes: tuple[str, ...], precision: float | None,
    unlock: bool, coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Rank codes for segments that are not coded yet, with the words that speak for them.

    A segment is a paragraph, or an answer of a transcript. Learns from the codebook, the guide and the codings of one
    coder, and works without any. Nothing becomes a coding by it.

    You come first: a source is shown once you have coded at least half of its segments or marked it as read
    (crosscase code read SOURCE). --unlock shows the others too.

    With --json, one object a line for each segment, all codes ranked. `probability` is null where there are too few
    codings to tell, `abstained` says that no code leads far enough.

    \b
    Example:
      crosscase suggest --coder ana
      crosscase suggest birkeby-leder --unlock --top 5
      crosscase suggest --unlock --json > suggestions.jsonl
    """
    root = study_root(study_dir)
    who = who_may_code(root, coder)
    coded = _read(root, as_json)
    _check_names(coded, source_ids, themes)
    model, faults = _fitted(coded, who)
    wanted, kept_back = _wanted(coded, model, source_ids, also_coded, unlock)
    found = [s for s in model.suggest(wanted, precision) if not themes or _names_any(s, themes, top, coded)]
    if as_json:
        _print_lines(found)
    elif found or not kept_back:
        _print(found, coded, model, top, precision)
    if kept_back:
        click.secho(_kept_back(kept_back, who), err=as_json, fg="yellow")
    raise SystemExit(1 if faults else 0)


def _read(root: Path, is_quiet: bool) -> CodedStudy:
    """The study; says how many errors there are, and ends where there is nothing to rank or nothing to rank it by."""
    from coding.coded_study import read_coded_study
    from corpus.problems import errors

    coded, problems = read_coded_study(root)
    if n := len(errors(problems)):
        said = f"{counted(n, 'error')}: what they concern is left out. crosscase check shows them."
        click.secho(said, err=True, fg="yellow")
    if not coded.codebook.active_themes:
        stop("There are no themes to suggest yet: crosscase codebook derive makes them from the guide.")
    if not coded.study.sources and not is_quiet:
        click.echo("There are no sources yet: crosscase import FILE...")
    return coded


def _check_names(coded: CodedStudy, source_ids: Sequence[str], themes: Sequence[str]) -> None:
    from corpus.problems import did_you_mean

    for id in source_ids:
        if id not in coded.study.source_by_id:
            near = did_you_mean(id, coded.study.source_by_id)
            raise click.UsageError(f"There is no source '{id}'. {near}".strip())
    for id in themes:
        if id not in coded.codebook.by_id:
            near = did_you_mean(id, coded.codebook.by_id)
            raise click.UsageError(f"There is no code '{id}'. {near} crosscase codebook list shows all codes.")


def _fitted(coded: CodedStudy, who: str) -> tuple[Model, list[str]]:
    """The coder's model, and what is wrong with the suggesters that study.toml names; the rest of them are used."""
    from cli.suggesters import asked_suggesters
    from coding.suggest.model import fit

    found, faults = asked_suggesters(coded)
    return fit(coded, who or None, indexes=found.indexes, suggesters=found.suggesters), faults


def _wanted(
    coded: CodedStudy, model: Model, source_ids: Sequence[str], also_coded: bool, unlock: bool
) -> tuple[list[Segment], list[str]]:
    """The segments to rank codes for, and the ids of sources that are kept back."""
    from coding.suggest.segment_list import themes_coded

    is_open = unlock or coded.study.settings.suggest.unlock == "always"
    themes = {id: theme.id for id, theme in coded.codebook.theme_of.items()}
    of_source: dict[str, list[Segment]] = {}
    for segment in model.view.segments:
        of_source.setdefault(segment.source, []).append(segment)
    read = {mark.source for mark in coded.reads if mark.coder == model.coder and not mark.theme}
    wanted: list[Segment] = []
    kept_back = []
    for id in source_ids or of_source:
        segments = of_source.get(id, [])
        mine = coded.codings_in(id, model.coder)
        bare = [segment for segment in segments if not themes_coded(segment, mine, themes)]
        if is_open or id in read or 2 * len(bare) <= len(segments):
            wanted += segments if also_coded else bare
        else:
            kept_back.append(id)
    return wanted, kept_back


def _names_any(segment: SegmentSuggestions, wanted: Sequence[str], top: int, coded: CodedStudy) -> bool:
    """Whether one of the codes shown, with more than 0.00, is wanted or belongs to a theme that is."""
    theme_of = coded.codebook.theme_of
    shown = {s.code for s in segment.suggestions[:top] if s.score >= _LEAST_SCORE}
    return not shown.isdisjoint(wanted) or not {theme_of[code].id for code in shown}.isdisjoint(wanted)


def _print_lines(found: Sequence[SegmentSuggestions]) -> None:
    import msgspec

    from coding.suggest.suggestion import as_json

    for segment in found:
        click.echo(msgspec.json.encode(as_json(segment)).decode())


def _print(
    found: Sequence[SegmentSuggestions], coded: CodedStudy, model: Model, top: int, precision: float | None
) -> None:
    for line in _said_first(coded, model, model.precision if precision is None else precision):
        click.secho(line, dim=True)
    if not found:
        click.echo("No segment to show: those that may be shown are coded (--all), or none fits what was asked for.")
    for segment in found:
        source = coded.study.source_by_id[segment.source]
        click.echo()
        click.secho(f"{source.file}:{source.file_line(segment.start)}  ", nl=False, bold=True)
        click.echo(f"{_beginning(source.text[segment.start : segment.end])}  ", nl=False)
        click.secho(_verdict(segment), fg="green" if _is_proposed(segment) else "yellow")
        for suggestion in segment.suggestions[:top]:
            click.echo(_line(suggestion, source))


def _said_first(coded: CodedStudy, model: Model, precision: float) -> list[str]:
    """What the suggestions rest on, and whether their probabilities can be trusted, said once."""
    n = sum(coding.coder == model.coder for coding in coded.codings)
    rests = f"{counted(n, 'coding')} of {model.coder}" if n else "the codebook and the guide alone, no codings"
    lines = [f"{model.origin}, from {rests}. Suggestions are no codings."]
    if not model.calibration.codes:
        lines.append(
            "Not calibrated: no code has five codings from four cases yet. Scores rank the codes; how often the first "
            "is right in this study is not known."
        )
        return lines
    lines.append(
        f"'Proposed': the first code leads so far that, on cases held out, at least {precision:.0%} of such were "
        "right, and it is itself as probable."
    )
    without = [code.id for code in model.view.codes if code.id not in model.calibration.codes]
    if without:
        lines.append(f"Not calibrated, fewer than five codings from four cases: {', '.join(without)}.")
    return lines


def _is_proposed(segment: SegmentSuggestions) -> bool:
    """Whether the first code leads far enough and there are codings enough to say how often that is right."""
    return not segment.abstained and segment.suggestions[0].probability is not None


def _verdict(segment: SegmentSuggestions) -> str:
    if segment.abstained:
        return "none sure"
    return "proposed" if _is_proposed(segment) else "leads clearly, not calibrated"


def _line(suggestion: Suggestion, source: Source) -> str:
    """Code, score, probability and the words that speak for it, each word once."""
    chance = "" if suggestion.probability is None else f"{suggestion.probability:.0%}"
    words = list(dict.fromkeys(" ".join(source.text[a:b].split()) for a, b in suggestion.evidence))
    more = ", …" if len(words) > _WORDS_SHOWN else ""
    return (
        f"    {suggestion.code:28} {suggestion.score:.2f} {chance:>5}  {', '.join(words[:_WORDS_SHOWN])}{more}".rstrip()
    )


def _beginning(text: str) -> str:
    one_line = " ".join(text.split())
    return f"“{one_line}”" if len(one_line) <= 60 else f"“{one_line[:59]}…”"


def _kept_back(ids: Sequence[str], who: str) -> str:
    """Why some sources are not shown, and what to do."""
    shown = ", ".join(ids[:5]) + (", …" if len(ids) > 5 else "")
    if not who:
        return (
            f"Kept back: {counted(len(ids), 'source')} ({shown}), since it is not known who codes. "
            "Say so once with crosscase code me ID, or see them at once with --unlock."
        )
    return (
        f"Kept back: {counted(len(ids), 'source')} ({shown}) that {who} has not coded yet, so that the first reading "
        f"is {who}'s own. Code half of a source's segments, or mark it with crosscase code read SOURCE; "
        "or see them at once with --unlock."
    )
