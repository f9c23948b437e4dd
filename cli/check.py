"""`crosscase check`: every problem of a study at once."""

from __future__ import annotations

from pathlib import Path

import click

from cli.options import counted, json_option, print_json, show_problems, study_option, study_root


@click.command()
@click.option("--explain", metavar="RULE", help="Say what a rule is about and how to mend its problems.")
@study_option
@json_option
def check(explain: str | None, study_dir: Path | None, as_json: bool) -> None:
    """Find every problem in the study.

    Each one says where it is, what is wrong and what to do next. Exit code 1 when there is an error; warnings alone
    leave it 0.

    \b
    Example:
      crosscase check
      crosscase check --explain lost-quote
    """
    if explain:
        _explain(explain)
        return
    from corpus.problems import errors
    from reports.whole_study import check_whole_study

    root = study_root(study_dir)
    whole, problems = check_whole_study(root)
    coded = whole.coded
    n_errors = len(errors(problems))
    n_warnings = sum(problem.severity == "warning" for problem in problems)
    if as_json:
        print_json([{"file": p.file, "line": p.line, "column": p.column, "rule": p.rule, "severity": p.severity,
                     "message": p.message, "hint": p.hint} for p in problems])  # fmt: skip
    else:
        show_problems(problems)
        looked = ", ".join(
            counted(n, noun)
            for n, noun in (
                (len(coded.study.sources), "source"),
                (len(coded.codings), "coding"),
                (len(coded.codebook.by_id), "code"),
                (len(whole.charts), "summary"),
                (len(whole.finding_by_id), "finding"),
            )
            if n or noun in ("source", "coding", "code")
        )
        click.echo(f"Checked {looked}: {counted(n_errors, 'error')}, {counted(n_warnings, 'warning')}.")
        if waiting := sum(anchor.waits for anchor in coded.anchored):
            said = f"{counted(waiting, 'coding')} of edited texts wait for a decision: crosscase reanchor"
            click.secho(said, fg="yellow")
    raise SystemExit(1 if n_errors else 0)


def _explain(rule_id: str) -> None:
    from corpus.problems import RULES, did_you_mean

    rule = RULES.get(rule_id)
    if rule is None:
        raise click.UsageError(f"There is no rule '{rule_id}'. {did_you_mean(rule_id, RULES)}")
    click.echo(f"{rule.id} ({rule.severity}): {rule.title}\n\n{rule.why}\n\nWhat to do: {rule.fix}")
