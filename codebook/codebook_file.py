"""codebook.yaml: read with the line of every fault, and written in a fixed form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from codebook.codebook import Code, Codebook, CodebookFile
from codebook.guide import Guide
from corpus.files import read_text
from corpus.ids import why_illegal
from corpus.marked import read_yaml_text
from corpus.problems import Problem, did_you_mean, hint
from corpus.records import record

CODEBOOK_FILE = "codebook.yaml"


def read_codebook(root: Path) -> tuple[Codebook, list[Problem]]:
    """The codebook of the study in `root` and its faults; no file gives an empty codebook."""
    if not (root / CODEBOOK_FILE).exists():
        return Codebook(), []
    text, problems = read_text(root / CODEBOOK_FILE, CODEBOOK_FILE)
    if text is None:
        return Codebook(), problems
    marked, faults = read_yaml_text(text, CODEBOOK_FILE)
    problems += faults
    if faults and marked is None:
        return Codebook(), problems
    file, faults = record(marked, CodebookFile, CODEBOOK_FILE)
    codebook = Codebook(file.themes if file else ())
    return codebook, [*problems, *faults, *_id_faults(codebook), *_redirect_faults(codebook)]


def _id_faults(codebook: Codebook) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for theme in codebook.themes:
        for code in theme.walk():
            if why := why_illegal(code.id):
                yield Problem(CODEBOOK_FILE, code.line, "illegal-id", f"code id '{code.id}' {why}")
            elif code.id in seen:
                said = f"code '{code.id}' is already on line {seen[code.id]}"
                yield Problem(CODEBOOK_FILE, code.line, "duplicate-id", said)
            seen.setdefault(code.id, code.line)
        if not theme.definition and not theme.replaced_by:
            yield Problem(CODEBOOK_FILE, theme.line, "missing-definition", f"theme '{theme.id}' has no definition")


def _redirect_faults(codebook: Codebook) -> Iterator[Problem]:
    for code in codebook.by_id.values():
        if not code.replaced_by:
            continue
        if code.replaced_by not in codebook.by_id:
            said = f"'{code.id}' is replaced by '{code.replaced_by}', which is not in the codebook"
            near = did_you_mean(code.replaced_by, codebook.by_id)
            yield Problem(CODEBOOK_FILE, code.line, "bad-redirect", said, near)
        elif codebook.current(code.id) == code.id:
            yield Problem(CODEBOOK_FILE, code.line, "bad-redirect", f"'{code.id}' is replaced in a circle")


def check_codebook(codebook: Codebook, guide: Guide, attributes: tuple[str, ...]) -> list[Problem]:
    """Questions that the guide does not have, and attributes that no case has."""
    problems = []
    for code in codebook.by_id.values():
        for question in code.questions:
            if guide.questions and question not in guide.by_id:
                near = hint(did_you_mean(question, guide.by_id), "guide.md shows all question ids")
                said = f"'{code.id}' names question '{question}', which is not in guide.md"
                problems.append(Problem(CODEBOOK_FILE, code.line, "unknown-question", said, near))
        for attribute in code.applies_to:
            if attribute not in attributes:
                said = f"'{code.id}' applies by attribute '{attribute}', which cases.csv does not have"
                near = did_you_mean(attribute, attributes)
                problems.append(Problem(CODEBOOK_FILE, code.line, "unknown-attribute", said, near))
    return problems


def codebook_text(codebook: Codebook) -> str:
    """The whole file, themes in order, with empty keys left out."""
    import yaml

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            return super().increase_indent(flow, False)

    def plain(code: Code) -> dict[str, object]:
        kept = {k: v for k, v in msgspec.to_builtins(code).items() if k not in ("line", "codes")}
        return kept | ({"codes": [plain(c) for c in code.codes]} if code.codes else {})

    themes = [plain(theme) for theme in codebook.themes]
    return yaml.dump({"themes": themes}, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=110)
