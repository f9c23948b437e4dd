"""`crosscase suggest`: codes ranked for segments that nobody has coded yet, with the words that speak for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import counted, json_option, study_option, study_root, who_may_code
from cli.suggest_judge import accept, change, reject, stats
from cli.suggest_next import print_next
from cli.suggest_review import review
from cli.suggesters import check_names, fitted, kept_back_words, late_faults, opened, read_to_suggest

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.model import Model
    from coding.suggest.suggestion import SegmentSuggestions, Suggestion
    from corpus.source import Source

_WORDS_SHOWN = 6
_CODES_SHOWN, _SOURCES_SHOWN = 3, 10
_LEAST_SCORE = 0.005


class SuggestGroup(click.Group):
    """A command with commands below it: `suggest SOURCE...` ranks, `suggest accept ...` and the others do their own."""

    allow_extra_args = False
    allow_interspersed_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Sources and options, unless the first word is a command below. A source of that name: `suggest -- accept`."""
        if args and args[0] in self.commands:
            ctx.args = args
            return args
        return click.Command.parse_args(self, ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """The command below, else the ranking."""
        if not ctx.args:
            return click.Command.invoke(self, ctx)
        command = self.commands[ctx.args[0]]
        with command.make_context(ctx.args[0], ctx.args[1:], parent=ctx) as below:
            return below.command.invoke(below)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """As for a command without others below it."""
        return click.Command.collect_usage_pieces(self, ctx)


class SourcesToRank(click.Argument):
    """The sources of the ranking; no part of how the commands below are called."""

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Nothing for a command below."""
        return super().get_usage_pieces(ctx) if isinstance(ctx.command, SuggestGroup) else []


@click.command(cls=SuggestGroup, no_args_is_help=False)
@click.argument("source_ids", metavar="[SOURCE]...", nargs=-1, cls=SourcesToRank)
@click.option("--all", "also_coded", is_flag=True, help="Also segments that the coder has coded.")
@click.option("--top", metavar="N", type=click.IntRange(min=1),
              help="How many codes to show for each segment (default: 3), or with --next how many sources (default: "
              "10). --json always has all of them.")  # fmt: skip
@click.option("--theme", "themes", metavar="CODE", multiple=True,
              help="Only segments for which this theme or code is among those shown (repeatable).")  # fmt: skip
@click.option("--precision", metavar="SHARE", type=click.FloatRange(0, 1, min_open=True, max_open=True),
              help="How often proposals together have to be right, from 0 to 1 (default: study.toml, else "
              "0.9).")  # fmt: skip
@click.option("--unlock", is_flag=True,
              help="Also for sources that the coder has not coded yet; that they were seen is noted.")  # fmt: skip
@click.option("--next", "only_next", is_flag=True, help="Which sources to code next, and why; shows no suggestions.")
@click.option("--coder", metavar="ID",
              help="Whose codings to learn from (else CROSSCASE_CODER, else .crosscase/me, else the codebook "
              "alone).")  # fmt: skip
@study_option
@json_option
def suggest(
    source_ids: tuple[str, ...], also_coded: bool, top: int | None, themes: tuple[str, ...], precision: float | None,
    unlock: bool, only_next: bool, coder: str | None, study_dir: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Rank codes for segments that are not coded yet, with the words that speak for them.

    A segment is a paragraph, or an answer of a transcript. Learns from the codebook, the guide and the codings of one
    coder, and works without any. Nothing becomes a coding by it.

    You come first: a source is shown once you have coded at least half of its segments or marked it as read
    (crosscase code read SOURCE). --unlock shows the others too, and notes in your log that you have seen them.

    --next orders the sources that you have not read to the end: those of cases and themes you have little of, and those
    the model is unsure of. It names no code for a source that is kept back.

    With --json, one object a line for each segment, all codes ranked. `probability` is null where there are too few
    codings to tell, `abstained` says that no code leads far enough or is probable enough.

    \b
    Example:
      crosscase suggest --coder ana
      crosscase suggest birkeby-leder --unlock --top 5
      crosscase suggest --next --coder ana
      crosscase suggest accept birkeby-leder:20 --coder ana
      crosscase suggest --unlock --json > suggestions.jsonl
    """
    root = study_root(study_dir)
    who = who_may_code(root, coder)
    coded = read_to_suggest(root, as_json)
    _check_no_command(source_ids, coded)
    check_names(coded, source_ids, themes)
    if only_next and (also_coded or themes or unlock or precision is not None):
        raise click.UsageError("--next orders whole sources: it goes with SOURCE, --top, --coder and --json only.")
    model, faults = fitted(coded, who)
    if only_next:
        print_next(coded, model, source_ids, top or _SOURCES_SHOWN, as_json)
        raise SystemExit(1 if faults else 0)
    top = top or _CODES_SHOWN
    may_see = opened(root, coded, model, source_ids, also_coded, unlock)
    found = [s for s in model.suggest(may_see.segments, precision) if not themes or _names_any(s, themes, top, coded)]
    if as_json:
        _print_lines(found)
    elif found or not may_see.kept_back:
        _print(found, coded, model, top, precision)
    if may_see.kept_back:
        click.secho(kept_back_words(may_see.kept_back, who), err=as_json, fg="yellow")
    faults += late_faults(model, faults)
    raise SystemExit(1 if faults else 0)


for _command in (accept, change, reject, review, stats):
    suggest.add_command(_command)


def _check_no_command(source_ids: Sequence[str], coded: CodedStudy) -> None:
    """A usage error where a command below stands behind an option."""
    for id in source_ids:
        if id in suggest.commands and id not in coded.study.source_by_id:
            raise click.UsageError(f"'{id}' comes first, options behind it: crosscase suggest {id} …")


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
    if not model.view.segments:
        click.echo("No segment to show: the sources hold no paragraphs, or headings alone.")
    elif not found:
        click.echo("No segment to show: those that may be shown are coded (--all), or none fits what was asked for.")
    for segment in found:
        source = coded.study.source_by_id[segment.source]
        click.echo()
        click.secho(f"{source.file}:{source.file_line(segment.start)}  ", nl=False, bold=True)
        click.echo(f"{_beginning(source.text[segment.start : segment.end])}  ", nl=False)
        click.secho(_verdict(segment), fg="green" if segment.proposed else "yellow")
        for suggestion in segment.suggestions[:top]:
            click.echo(_line(suggestion, source))


def _said_first(coded: CodedStudy, model: Model, precision: float) -> list[str]:
    """What the suggestions rest on, and whether their probabilities can be trusted, said once."""
    from coding.suggest.calibration import least_chance

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
        f"right, and is itself at least {least_chance(precision):.0%} probable."
    )
    without = [code.id for code in model.view.codes if code.id not in model.calibration.codes]
    if without:
        lines.append(f"Not calibrated, fewer than five codings from four cases: {', '.join(without)}.")
    return lines


def _verdict(segment: SegmentSuggestions) -> str:
    if segment.abstained:
        return "none sure"
    return "proposed" if segment.proposed else "leads clearly, not calibrated"


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
