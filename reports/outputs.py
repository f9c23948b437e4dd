"""Which files a build writes below build/, and from what each is made. A file's kind is the end of its name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from coding.coded_study import CodedStudy
from corpus.collector import collector_paused
from reports.aggregate import compare
from reports.charts import Chart
from reports.findings import ThemeFindings
from reports.matrix import ComparisonMatrix, FrameworkMatrix
from reports.matrix_findings import MatrixFindings, matrix_findings
from reports.pictures.picture import PICTURES
from reports.tabulate import Tabulation, tabulations
from reports.view import ReportView, report

Progress = Callable[[str], None]


class Material(msgspec.Struct, frozen=True):
    """What every report is made from: the study, its two matrices, and all words that a reader will see."""

    coded: CodedStudy
    matrix: ComparisonMatrix
    framework: FrameworkMatrix
    view: ReportView
    found: MatrixFindings
    tabulations: tuple[Tabulation, ...]


def _matrix_html(material: Material) -> bytes:
    from reports.html import html_bytes

    return html_bytes(material.view)


def _matrix_xlsx(material: Material) -> bytes:
    from reports.xlsx import xlsx_bytes

    return xlsx_bytes(material.view)


def _matrix_docx(material: Material) -> bytes:
    from reports.docx import docx_bytes

    return docx_bytes(material.view)


def _public_docx(material: Material) -> bytes:
    from reports.docx import docx_bytes
    from reports.public_view import public_report

    made = public_report(material.view, material.matrix, material.coded.study, material.found, material.tabulations)
    return docx_bytes(made)


def _matrix_md(material: Material) -> bytes:
    from reports.markdown import matrix_md

    return matrix_md(material.view)


def _matrix_json(material: Material) -> bytes:
    from reports.json_file import matrix_json

    return matrix_json(material.matrix, material.coded.study, material.found)


def _codebook_md(material: Material) -> bytes:
    from reports.markdown import codebook_md

    return codebook_md(material.view)


def _codebook_csv(material: Material) -> bytes:
    from reports.csv_files import codebook_csv

    return codebook_csv(material.view)


def _excerpts_csv(material: Material) -> bytes:
    from reports.csv_files import excerpts_csv

    return excerpts_csv(material.view)


def _picture(key: str) -> Callable[[Material], bytes]:
    """The writer of a picture."""

    def write(material: Material) -> bytes:
        from reports.pictures.svg import frame_of, picture_svg

        pictures = {picture.key: picture for picture in material.view.pictures}
        return picture_svg(pictures[key], frame_of(material.view))

    return write


PUBLIC_FILES = ("matrix-public.docx",)
"""Reports that name no case: the only ones that are made to leave the study's own people."""
OUTPUTS: Mapping[str, Callable[[Material], bytes]] = {
    "matrix.html": _matrix_html,
    "matrix.xlsx": _matrix_xlsx,
    "matrix.docx": _matrix_docx,
    "matrix-public.docx": _public_docx,
    "matrix.md": _matrix_md,
    "matrix.json": _matrix_json,
    "codebook.md": _codebook_md,
    "codebook.csv": _codebook_csv,
    "excerpts.csv": _excerpts_csv,
    **{f"pictures/{key}.svg": _picture(key) for key in PICTURES},
}
"""File below build/ → its writer, which is imported only when the file is written."""


def kind_of(name: str) -> str:
    """`docx` of `matrix.docx`."""
    return name.rpartition(".")[2]


KINDS: tuple[str, ...] = tuple(dict.fromkeys(map(kind_of, OUTPUTS)))
"""Every kind of file, in the order of the outputs."""


def names_of(kinds: Collection[str]) -> tuple[str, ...]:
    """The files of these kinds, in the order of the outputs."""
    return tuple(name for name in OUTPUTS if kind_of(name) in kinds)


@collector_paused()
def outputs(
    coded: CodedStudy,
    coders: Sequence[str],
    names: Collection[str] = tuple(OUTPUTS),
    n_errors: int = 0,
    progress: Progress = lambda _: None,
    findings: Sequence[ThemeFindings] = (),
    charts: Sequence[Chart] = (),
) -> dict[str, bytes]:
    """The reports `names` as bytes: file below build/ → content. Equal studies give equal bytes on any machine.

    `n_errors` is how many errors of the study were left out of account; the reports say so. `findings` and `charts` are
    what people wrote about it.
    """
    progress("comparing groups")
    matrix, framework, _ = compare(coded, coders)
    found = matrix_findings(coded, matrix, framework, findings, charts)
    tables = tuple(tabulations(coded, coders))
    view = report(coded, matrix, framework, n_errors, tables, found)
    material = Material(coded, matrix, framework, view, found, tables)
    made = {}
    for name, write in OUTPUTS.items():
        if name in names:
            progress(name)
            made[name] = write(material)
    return made
