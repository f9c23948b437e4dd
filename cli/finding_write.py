"""`crosscase finding`: the commands that write sentences: add, stance, edit, note, difference, stamp, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from cli.options import (
    coder_option,
    counted,
    json_option,
    print_json,
    show_problems,
    stop,
    study_option,
    study_root,
    who_codes,
    who_may_code,
    yes_option,
)
from cli.written import (
    changed_or_stop,
    evidence_lines,
    evidence_named,
    ledger_line,
    sentence_faults,
    sentence_said,
    show_changes,
    the_cell,
    the_finding,
    the_group,
    the_theme,
    whole_study,
)

if TYPE_CHECKING:
    from reports.findings import Finding, Stance
    from reports.whole_study import WholeStudy

_STANCES = ("supports", "contradicts", "mixed", "unclear", "none")


def _stamped(whole: WholeStudy, finding: Finding) -> Finding:
    """The finding with the digest of its evidence as it is now."""
    import msgspec

    from reports.evidence import evidence_sha

    return msgspec.structs.replace(finding, evidence_sha=evidence_sha(finding.evidence_ids, whole.coded))


def _text_or_stop(text: str) -> str:
    from reports.findings_file import placeholder_faults

    said = " ".join(text.split())
    if not said:
        raise click.UsageError("The sentence is empty.")
    if faults := list(placeholder_faults(said, "TEXT", 0)):
        show_problems(faults)
        raise SystemExit(2)
    return said


def _say(root: Path, id: str) -> None:
    """The sentence as it reads now, and what is known of its cases."""
    whole = whole_study(root, ())
    finding = whole.finding_by_id[id]
    found = whole.ledger(finding)
    click.echo(f"{finding.id}  {sentence_said(whole, finding)}")
    for line in (ledger_line(whole, found), *sentence_faults(whole, finding)):
        click.echo(f"{'':{len(id)}}  {line}")


@click.command()
@click.argument("text")
@click.option("--theme", metavar="THEME", required=True, help="The row of the matrix.")
@click.option("--group", metavar="GROUP", default="", help="The column (default: the cases of all columns).")
@click.option("--claim", default="", help="A name that sentences of several groups share when they say the same.")
@click.option("--note", default="", help="A note for the team.")
@coder_option
@study_option
@json_option
def add(
    text: str, theme: str, group: str, claim: str, note: str, coder: str | None, study_dir: Path | None, as_json: bool
) -> None:
    """Write a sentence about a group, and get its id.

    \b
    Example:
      crosscase finding add --theme ressourcer --group few "{andel} har oplevet stor medarbejderudskiftning."
    """
    from reports.findings import Finding
    from reports.findings_edit import add_finding, new_finding_id

    root = study_root(study_dir)
    whole = whole_study(root, ("findings/",))
    the_theme(whole, theme)
    if group:
        the_group(whole, group)
    said = _text_or_stop(text)
    new = Finding(new_finding_id(whole.finding_by_id), theme, group, said, claim, note=note,
                  by=who_may_code(root, coder))  # fmt: skip
    changed_or_stop(lambda: add_finding(root, new))
    if as_json:
        print_json({"id": new.id, "theme": theme, "group": group, "text": said})
        return
    _say(root, new.id)
    click.echo(f"Next: crosscase finding stance {new.id} CASE supports --evidence CODING", err=True)


@click.command()
@click.argument("id", metavar="FINDING")
@click.argument("case")
@click.argument("stance", type=click.Choice(_STANCES))
@click.option("--evidence", metavar="IDS", help="The codings of the case that show it: id,id or all.")
@study_option
def stance(id: str, case: str, stance: str, evidence: str | None, study_dir: Path | None) -> None:
    """Say where a case stands on a sentence: supports, contradicts, mixed, unclear; none takes the stance back.

    Without --evidence the evidence of the case stays as it is; where it has none and the cell has one coding only,
    that one is taken. A stale sentence has to be looked at first, lest one stance hide what changed under the others.

    \b
    Example:
      crosscase finding stance f-3k9qa birkeby supports --evidence c7f2,c81a
      crosscase finding stance f-3k9qa elmsted none
    """
    import msgspec

    from reports.findings_edit import change_finding

    root = study_root(study_dir)
    whole = whole_study(root, ("findings/",))
    there = the_finding(whole, id)
    cell = the_cell(whole, case, there.theme)
    inside = [one.case.id for one in whole.cells_of_finding(there)]
    if case not in inside:
        raise click.UsageError(f"Case '{case}' is not in group '{there.group}'; there are: {', '.join(inside)}")
    fresh = whole.staleness_of(there)
    if fresh.is_stale:
        stop(f"What {id} rests on changed since somebody last looked. See crosscase finding show {id}, and when the "
             f"sentence holds: crosscase finding stamp {id}")  # fmt: skip
    stances, named = dict(there.stances), dict(there.evidence)
    if stance == "none":
        if evidence:
            raise click.UsageError("A case without a stance has no evidence: leave --evidence out.")
        stances.pop(case, None)
        named.pop(case, None)
    else:
        stances[case] = cast("Stance", stance)
        if evidence is not None:
            named[case] = evidence_named(whole, cell, evidence)
        elif not named.get(case) and len(cell.codings) == 1:
            named[case] = (cell.codings[0].id,)
    new = msgspec.structs.replace(there, stances=stances, evidence=named)
    if fresh.freshness != "never_stamped":
        new = _stamped(whole, new)
    changed_or_stop(lambda: change_finding(root, new, there))
    _say(root, id)
    if stance not in ("none", "unclear") and not named.get(case):
        click.secho(f"{case} {stance} it, and nothing shows it yet. Name its codings with --evidence:", fg="yellow",
                    err=True)  # fmt: skip
        for line in evidence_lines(whole, cell.codings) or ["(the cell has none)"]:
            click.echo(f"  {line}", err=True)


@click.command()
@click.argument("id", metavar="FINDING")
@click.argument("text", required=False)
@click.option("--group", metavar="GROUP", help="Another group; `all` for the cases of all groups.")
@click.option("--claim", help="Another claim; an empty one takes it out.")
@coder_option
@study_option
def edit(
    id: str, text: str | None, group: str | None, claim: str | None, coder: str | None, study_dir: Path | None
) -> None:
    """Change a sentence, or its group or claim. Without any of them the sentence opens in your editor.

    \b
    Example:
      crosscase finding edit f-3k9qa "{andel} har haft stor udskiftning."
    """
    import msgspec

    from reports.findings_edit import change_finding

    root = study_root(study_dir)
    whole = whole_study(root, ("findings/",))
    there = the_finding(whole, id)
    if text is None and group is None and claim is None:
        text = click.edit(f"{there.text}\n")
        if not (text or "").strip():
            stop("Nothing was saved, so nothing was changed.")
    changes: dict[str, str] = {} if text is None else {"text": _text_or_stop(text), "by": who_codes(root, coder)}
    changes |= {} if claim is None else {"claim": claim}
    if group is not None:
        changes["group"] = "" if group == "all" else the_group(whole, group)
    new = msgspec.structs.replace(there, **changes)
    inside = {cell.case.id for cell in whole.cells_of_finding(new)}
    if left := [case for case in {**new.stances, **new.evidence} if case not in inside]:
        stop(f"{', '.join(left)} would not be in the group any more: take their stances back first.")
    changed_or_stop(lambda: change_finding(root, new, there))
    _say(root, id)


@click.command()
@click.argument("id", metavar="FINDING")
@click.argument("text")
@study_option
def note(id: str, text: str, study_dir: Path | None) -> None:
    """Write a note on a sentence; an empty text takes it out.

    \b
    Example:
      crosscase finding note f-3k9qa "Drøftet med Bo: Elmsted er uklar."
    """
    import msgspec

    from reports.findings_edit import change_finding

    root = study_root(study_dir)
    there = the_finding(whole_study(root, ("findings/",)), id)
    noted = msgspec.structs.replace(there, note=" ".join(text.split()))
    changed_or_stop(lambda: change_finding(root, noted, there))
    click.echo(f"Noted on {id}.")


@click.command()
@click.argument("theme")
@click.argument("text")
@study_option
def difference(theme: str, text: str, study_dir: Path | None) -> None:
    """Write what differs between the groups under a theme; an empty text takes it out.

    \b
    Example:
      crosscase finding difference ressourcer "Kun kommuner med mange mangler folk."
    """
    from reports.findings_edit import write_difference

    root = study_root(study_dir)
    the_theme(whole_study(root, ("findings/",)), theme)
    changed_or_stop(lambda: write_difference(root, theme, " ".join(text.split())))
    click.echo(f"findings/{theme}.yaml: written." if text.strip() else f"findings/{theme}.yaml: taken out.")


@click.command()
@click.argument("ids", metavar="[FINDING]…", nargs=-1)
@click.option("--all", "all_findings", is_flag=True, help="Every stale or never stamped sentence, one by one.")
@yes_option
@study_option
def stamp(ids: tuple[str, ...], all_findings: bool, yes: bool, study_dir: Path | None) -> None:
    """Say that a sentence still holds: shows what changed in its evidence, then renews the mark.

    Codings that count no longer, or lie elsewhere now, are taken out of the evidence. With --all it asks for each.

    \b
    Example:
      crosscase finding stamp f-3k9qa
      crosscase finding stamp --all
    """
    from reports.findings_edit import change_finding

    root = study_root(study_dir)
    whole = whole_study(root, ())
    if bool(ids) == all_findings:
        raise click.UsageError("Name findings, or --all.")
    chosen = [the_finding(whole, id) for id in ids] or list(whole.finding_by_id.values())
    done = 0
    for there in chosen:
        new = _without_gone(whole, there)
        if all_findings and new == there:
            continue
        click.echo(f"{there.id}  {there.text}")
        show_changes(whole, there)
        if all_findings and not yes and not click.confirm("  Does it still hold?"):
            continue
        changed_or_stop(lambda new=new, there=there: change_finding(root, new, there))  # type: ignore[misc]
        done += 1
    click.echo(f"{counted(done, 'finding')} stamped.")


def _without_gone(whole: WholeStudy, finding: Finding) -> Finding:
    import msgspec

    found = whole.staleness_of(finding)
    out = {*found.gone, *found.elsewhere}
    kept = {case: tuple(id for id in ids if id not in out) for case, ids in finding.evidence.items()}
    return _stamped(whole, msgspec.structs.replace(finding, evidence={c: ids for c, ids in kept.items() if ids}))


@click.command()
@click.argument("id", metavar="FINDING")
@study_option
def remove(id: str, study_dir: Path | None) -> None:
    """Take a sentence out of its file, with its stances and evidence.

    \b
    Example:
      crosscase finding remove f-3k9qa
    """
    from reports.findings_edit import remove_finding

    root = study_root(study_dir)
    there = the_finding(whole_study(root, ()), id)
    changed_or_stop(lambda: remove_finding(root, there))
    click.echo(f"{there.file}: {id} taken out.")
