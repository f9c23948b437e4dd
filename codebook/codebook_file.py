"""codebook.yaml: read with the line of every fault, and written in a fixed form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

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
    codebook, faults = read_codebook_text(text)
    return codebook, [*problems, *faults]


def read_codebook_text(text: str) -> tuple[Codebook, list[Problem]]:
    """The codebook that `text`, the content of codebook.yaml, describes, and its faults."""
    marked, problems = read_yaml_text(text, CODEBOOK_FILE)
    if problems and marked is None:
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
        elif codebook.current(code.id) == code.id or code.id not in codebook.theme_of:
            said = f"'{code.id}' is replaced in a circle, or by a code below itself"
            yield Problem(CODEBOOK_FILE, code.line, "bad-redirect", said)


def check_codebook(codebook: Codebook, guide: Guide, attributes: tuple[str, ...]) -> list[Problem]:
    """Questions that the guide does not have, and attributes that no case has."""
    problems = []
    for code in codebook.by_id.values():
        for question in code.questions:
            if guide.questions and question not in guide.by_id:
                near = hint(did_you_mean(question, guide.by_id), "guide.md shows all question ids")
                said = f"'{code.id}' names question '{question}', which is not in guide.md"
                problems.append(Problem(CODEBOOK_FILE, code.line, "unknown-question", said, near))
        if code.applies_to and code.id not in {theme.id for theme in codebook.themes}:
            said = f"'{code.id}' is a code below a theme; only themes have applies_to"
            problems.append(Problem(CODEBOOK_FILE, code.line, "bad-value", said))
        for attribute in code.applies_to:
            if attribute not in attributes:
                said = f"'{code.id}' applies by attribute '{attribute}', which cases.csv does not have"
                near = did_you_mean(attribute, attributes)
                problems.append(Problem(CODEBOOK_FILE, code.line, "unknown-attribute", said, near))
    return problems


def codebook_text(codebook: Codebook) -> str:
    """The whole file, themes in order with a blank line between, empty keys left out, long text folded."""
    if not codebook.themes:
        return "themes: []\n"
    return "themes:\n" + "\n".join(_yaml([_plain(theme)]) for theme in codebook.themes)


def _plain(code: Code) -> dict[str, Any]:
    """The keys of a code that hold something, in the order of docs/study-format.md."""
    kept = {k: v for k, v in msgspec.to_builtins(code).items() if k not in ("line", "codes")}
    return kept | ({"codes": [_plain(below) for below in code.codes]} if code.codes else {})


def _yaml(value: list[dict[str, Any]]) -> str:
    import yaml

    class Dumper(yaml.SafeDumper):
        """Short lists on one line, long text as a folded block: both are easier to read and to merge."""

    def text(dumper: yaml.SafeDumper, words: str) -> yaml.Node:
        is_long = len(words) > 88 and " ".join(words.split()) == words
        return dumper.represent_scalar("tag:yaml.org,2002:str", words, style=">" if is_long else None)

    def entries(dumper: yaml.SafeDumper, values: Sequence[Any]) -> yaml.Node:
        is_short = all(isinstance(entry, str) for entry in values) and sum(map(len, values)) <= 80
        return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=is_short)

    Dumper.add_representer(str, text)
    Dumper.add_representer(list, entries)
    Dumper.add_representer(tuple, entries)
    return yaml.dump(value, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100)


def with_theme(text: str, theme: Code) -> str:
    """codebook.yaml with one theme more at its end; what is there stays as it is written. Empty text is a new file."""
    if not text:
        return codebook_text(Codebook((theme,)))
    first = re.search(r"^( *)- ", text, re.MULTILINE)
    indent = first[1] if first else ""
    entry = "".join(f"{indent}{line}\n" for line in _yaml([_plain(theme)]).rstrip("\n").split("\n"))
    return f"{text.rstrip()}\n\n{entry}"
