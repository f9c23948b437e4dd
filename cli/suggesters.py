"""What commands that suggest or measure share: the study, who is asked, the coder's model, and what may be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import counted, show_problems, stop

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from coding.suggest.lock import Opened
    from coding.suggest.model import Model
    from coding.suggest.named_models import Asked


def asked_suggesters(coded: CodedStudy, structure: bool = True) -> tuple[Asked, list[str]]:
    """What study.toml names; says what is wrong with it, and ends where a named model is missing or nothing is left."""
    from coding.suggest.named_models import asked

    found = asked(coded, structure)
    show_problems((*found.problems, *found.missing))
    show_faults(found.faults)
    if found.missing:
        stop("A model that study.toml names cannot be used, and nothing else takes its place.")
    if not found.suggesters:
        stop("There is no suggester to ask: name at least one under [suggest] suggesters in study.toml.")
    return found, list(found.faults)


def read_to_suggest(root: Path, is_quiet: bool = False) -> CodedStudy:
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


def check_names(coded: CodedStudy, source_ids: Sequence[str], codes: Sequence[str] = ()) -> None:
    """A usage error for a source or code that is not there, with the nearest that is."""
    from corpus.problems import did_you_mean

    for id in source_ids:
        if id not in coded.study.source_by_id:
            near = did_you_mean(id, coded.study.source_by_id)
            raise click.UsageError(f"There is no source '{id}'. {near}".strip())
    for id in codes:
        if id not in coded.codebook.by_id:
            near = did_you_mean(id, coded.codebook.by_id)
            said = (f"There is no code '{id}'.", near, "crosscase codebook list shows all codes.")
            raise click.UsageError(" ".join(filter(None, said)))


def fitted(coded: CodedStudy, who: str, calibrate: bool = True) -> tuple[Model, list[str]]:
    """The coder's model, and what is wrong with the suggesters that study.toml names; the rest of them are used.

    Where one fails while it learns, the model is made again without it, so that nothing rests on half of its answers.
    """
    from coding.suggest.guard import faults_of, sound
    from coding.suggest.model import fit

    found, faults = asked_suggesters(coded)
    used = found.suggesters
    model = fit(coded, who or None, indexes=found.indexes, suggesters=used, calibrate=calibrate)
    failed = faults_of(used)
    if left := sound(used):
        if len(left) < len(used):
            model = fit(coded, who or None, indexes=found.indexes, suggesters=left, calibrate=calibrate)
    else:
        show_faults(failed)
        stop("There is no suggester left to ask.")
    show_faults(failed)
    return model, [*faults, *failed]


def show_faults(faults: Sequence[str]) -> None:
    """What was wrong with suggesters, on standard error."""
    for fault in faults:
        click.secho(f"study.toml: [suggest] {fault}", err=True, fg="red")


def late_faults(model: Model, known: Sequence[str]) -> list[str]:
    """What went wrong with suggesters only while they suggested; said now, and the exit code is 1 then too."""
    from coding.suggest.guard import faults_of

    found = [fault for fault in faults_of(model.suggesters) if fault not in known]
    show_faults(found)
    return found


def opened(
    root: Path, coded: CodedStudy, model: Model, source_ids: Sequence[str], also_coded: bool, unlock: bool
) -> Opened:
    """What this coder may see, and on disk before it is seen: whose suggestions were asked for before coding.

    Where it is not known who codes there is nobody to note it for, and that is said.
    """
    from coding.suggest.lock import open_up, source_states, unlocking

    unlock = unlock or coded.study.settings.suggest.unlock == "always"
    found = open_up(source_states(coded, model.view.segments, model.coder, source_ids), also_coded, unlock)
    if found.unlocked and model.coder:
        write(root, model.coder, unlocking(found.unlocked))
        said = (
            f"Noted in {model.coder}'s log: suggestions seen before coding, {counted(len(found.unlocked), 'source')}."
        )
        click.secho(said, err=True, dim=True)
    elif found.unlocked:
        click.secho("Not noted who sees them, since it is not known who codes (crosscase code me ID).", err=True,
                    dim=True)  # fmt: skip
    return found


def kept_back_words(ids: Sequence[str], who: str) -> str:
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
        "or see them at once with --unlock, which is noted."
    )


def write(root: Path, coder: str, events: Mapping[str, Sequence[Any]]) -> None:
    """Append the events to the coder's logs; ends with a message where that cannot be done, or where another window
    has given one of the codings meanwhile."""
    from coding.acts import GivenAlready, NotWritten, write_events

    try:
        write_events(root, coder, events, is_once=True)
    except (NotWritten, GivenAlready) as error:
        stop(str(error))
