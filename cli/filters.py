"""Which part of the material a command looks at: the same options everywhere, and what they mean in a study."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cli.options import show_problems

if TYPE_CHECKING:
    from coding.coded_study import CodedStudy
    from reports.aggregate import Filters

F = TypeVar("F", bound=Callable[..., Any])


def filter_options(function: F) -> F:
    """The options --role, --where, --cluster and --theme."""
    for option in (
        click.option("--where", metavar="ATTRIBUTE=VALUE", multiple=True, help="Only cases with this value."),
        click.option("--cluster", metavar="VALUE", help="Only cases of this cluster."),
        click.option("--role", metavar="ROLE", multiple=True, help="Only sources with this role; joint ones too."),
        click.option("--theme", metavar="THEME", multiple=True, help="Only this theme (may be given again)."),
    ):
        function = option(function)
    return function


matrix_coder_option = click.option("--coder", metavar="ID", help="Whose codings fill the matrix (default: study.toml).")


def matrix_coders_of(coded: CodedStudy, coder: str | None) -> tuple[str, ...]:
    """Whose codings count; ends the command with the problem where that is unclear."""
    from coding.coded_study import matrix_coders

    coders, faults = matrix_coders(coded, coder or "")
    if faults:
        show_problems(faults)
        raise SystemExit(1)
    return coders


def asked_filters(coded: CodedStudy, role: tuple[str, ...], cluster: str | None, where: tuple[str, ...]) -> Filters:
    """The filters, once every role, attribute and value is known to exist; else a usage error."""
    from corpus.problems import did_you_mean
    from reports.aggregate import Filters

    pairs = [(coded.study.settings.groups.cluster, cluster)] if cluster else []
    for entry in where:
        attribute, sign, value = entry.partition("=")
        if not sign:
            raise click.UsageError(f"--where {entry}: write ATTRIBUTE=VALUE")
        pairs.append((attribute, value))
    for attribute, value in pairs:
        if attribute not in coded.study.attributes:
            raise click.UsageError(
                f"cases.csv has no column '{attribute}'. {did_you_mean(attribute, coded.study.attributes)}"
            )
        values = {case.attributes.get(attribute, "") for case in coded.study.cases}
        if value not in values:
            raise click.UsageError(f"No case has {attribute}={value}; there are: {', '.join(sorted(values - {''}))}")
    roles = {r for source in coded.study.sources for r in source.meta.roles}
    for name in role:
        if name not in roles:
            raise click.UsageError(f"No source has role '{name}'; there are: {', '.join(sorted(roles))}")
    return Filters(role, tuple(pairs))


def only_themes(coded: CodedStudy, theme: tuple[str, ...]) -> CodedStudy:
    """The study with these themes only; all of them where none is named."""
    import msgspec

    unknown = [t for t in theme if t not in {known.id for known in coded.codebook.active_themes}]
    if unknown:
        raise click.UsageError(f"'{unknown[0]}' is no theme. crosscase codebook list shows all themes.")
    if not theme:
        return coded
    columns = set(coded.study.settings.matrix.columns)
    kept = tuple(
        t
        for t in coded.codebook.themes
        if t.id in theme or t.replaced_by or not columns.isdisjoint(below.id for below in t.walk())
    )
    return msgspec.structs.replace(coded, codebook=msgspec.structs.replace(coded.codebook, themes=kept))
