"""One broken study for each rule of the catalogue: the rule is found, at its place, with something to do next."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from coding.checks import check_study
from corpus.problems import RULES, Problem

SOURCE = "=== sources/k.md\n---\ncase: birkeby\nroles: [leder]\nasked: all\n---\n\nDer er for mange sager.\n"
OTHER = "=== sources/l.md\n---\ncase: askhavn\n---\n\nDet tager tid. Det går godt. Det tager tid.\n"
CODEBOOK = "=== codebook.yaml\nthemes:\n- {id: sager, label: Sager, definition: Om sager.}\n"
GUIDE = "=== guide.md\n# Guide\n\n## 1. Sager {#1}\n\na. Hvor mange sager? {#1a}\n"
SOUND = SOURCE + OTHER + CODEBOOK + GUIDE


def add(id: str = "c1", code: str = "sager", start: int = 11, quote: str = "mange sager", **more: object) -> str:
    entry = {
        "op": "add",
        "id": id,
        "code": code,
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        **more,
    }
    return json.dumps(entry, ensure_ascii=False) + "\n"


def log(*lines: str, coder: str = "ana", source: str = "k") -> str:
    return f"=== codings/{coder}/{source}.jsonl\n" + "".join(lines)


TOML = '=== study.toml\nformat = "crosscase-study/1"\ntitle = "T"\n'


def table(*items: str, cells: str = "1;ja;ja\n2;ja;\n", case: str = "") -> str:
    """A table of case files with columns id, q and r; an item is `id: only value` or `id: {keys}`."""
    lines = []
    for item in items:
        id, _, said = item.partition(": ")
        inside = said[1:-1] if said.startswith("{") else f"values: [{said}]"
        lines.append(f"- {{id: {id}, {inside}}}\n")
    first = f"case: {case}\n" if case else ""
    head = "case" if case else "sag"
    return f"=== tables/t.yaml\n{first}items:\n{''.join(lines)}=== tables/t.csv\n{head};q;r\n{cells}"


PLACES = "=== places/k.csv\nstart,kind,value,words\n0,page,1,Der er for\n"

BROKEN: dict[str, tuple[str, str]] = {
    # rule: (what is broken in an otherwise sound study, the place that must be named)
    "missing-file": ("=== study.toml\n", "study.toml"),
    "bad-characters": ("=== sources/k.md\n---\ncase: birkeby\n---\n\nDer er\n\x00 sager.\n", "sources/k.md:6"),
    "not-nfc": (SOURCE.replace("for", unicodedata.normalize("NFD", "på")), "sources/k.md"),
    "bad-place": (f"{PLACES}11,minute,2,mange sager\n", "places/k.csv:3"),
    "lost-place": (f"{PLACES}11,page,2,Andre ord her\n", "places/k.csv"),
    "bad-toml": ('=== study.toml\nformat = "crosscase-study/1"\ntitle = T\n', "study.toml:2"),
    "bad-yaml": ("=== codebook.yaml\nthemes:\n- {id: sager, label: [\n", "codebook.yaml:3"),
    "bad-front-matter": ("=== sources/k.md\n---\ncase: [\n---\n\nTekst.\n", "sources/k.md:3"),
    "unknown-key": (CODEBOOK + "- {id: x, label: X, lable: S, definition: D.}\n", "codebook.yaml:3"),
    "missing-key": (CODEBOOK + "- {id: andet}\n", "codebook.yaml:3"),
    "bad-value": (TOML + 'language = "dk"\n[matrix]\ncoders = "ana"\n', "study.toml:3"),
    "duplicate-key": (SOURCE.replace("asked: all", "case: askhavn"), "sources/k.md:4"),
    "bad-table": ("=== cases.csv\nid,label,group\nbirkeby,Birkeby,few\naskhavn,Askhavn,many,mere\n", "cases.csv:3"),
    "illegal-id": (CODEBOOK + "- {id: Økonomi, label: Ø, definition: D.}\n", "codebook.yaml:3"),
    "duplicate-id": (CODEBOOK + "- {id: sager, label: S, definition: D.}\n", "codebook.yaml:3"),
    "empty-source": ("=== sources/k.md\n---\ncase: birkeby\n---\n\n \n", "sources/k.md"),
    "source-without-case": (SOURCE.replace("case: birkeby\n", ""), "sources/k.md"),
    "unknown-case": (SOURCE.replace("birkeby", "birkby"), "sources/k.md"),
    "case-without-group": ("=== cases.csv\nid,label,group\nbirkeby,B,few\naskhavn,A,\n", "cases.csv:3"),
    "case-without-source": ("=== cases.csv\nid,label,group\nbirkeby,B,few\naskhavn,A,many\nel,E,few\n", "cases.csv:4"),
    "unknown-attribute": (TOML + '[groups]\nattribute = "grp"\n[matrix]\ncoders = "ana"\n', "study.toml"),
    "missing-pipeline": (TOML + '[matrix]\ncoders = "ana"\n[nlp]\npipeline = "da_core_news_xx"\n', "study.toml"),
    "missing-embeddings": (TOML + '[matrix]\ncoders = "ana"\n[suggest]\nembeddings = "da.vec"\n', "study.toml"),
    "unknown-language": (SOURCE.replace("asked: all", "language: fi"), "sources/k.md"),
    "unknown-question": (CODEBOOK.replace("Om sager.", "Om sager., questions: [1b]"), "codebook.yaml:2"),
    "question-without-id": (GUIDE.replace("{#1a}", ""), "guide.md:5"),
    "bad-pattern": (CODEBOOK.replace("Om sager.", "Om sager., patterns: ['/(/']"), "codebook.yaml:2"),
    "bad-redirect": (CODEBOOK.replace("Om sager.", "Om sager., replaced_by: væk"), "codebook.yaml:2"),
    "missing-definition": (CODEBOOK.replace(", definition: Om sager.", ""), "codebook.yaml:2"),
    "bad-time": (log(add(at="i går")), "codings/ana/k.jsonl:1"),
    "empty-coding": (log(add(quote=" ", start=3)), "codings/ana/k.jsonl:1"),
    "unknown-theme": (log(add(), '{"op":"read","id":"d1","theme":"sagr"}\n'), "codings/ana/k.jsonl:2"),
    "empty-group": (TOML + '[matrix]\ncoders = "ana"\n[groups.labels]\nfwe = "Få"\n', "study.toml"),
    "stray-file": ("=== sources/x.txt\nTekst.\n", "sources/x.txt"),
    "torn-line": (log(add(), '{"op":"add","id":"c'), "codings/ana/k.jsonl:2"),
    "bad-line": (log("hvad\n", add()), "codings/ana/k.jsonl:1"),
    "unknown-op": (log(add(), '{"op":"highlight","id":"h1"}\n'), "codings/ana/k.jsonl:2"),
    "unknown-target": (log(add(), '{"op":"retract","id":"r1","target":"c9"}\n'), "codings/ana/k.jsonl:2"),
    "circular-undo": (
        log('{"op":"retract","id":"a","target":"b"}\n', '{"op":"retract","id":"b","target":"a"}\n'),
        "codings/ana/k.jsonl",
    ),
    "unknown-source": (log(add(), source="m"), "codings/ana/m.jsonl"),
    "unknown-code": (log(add(code="sagr")), "codings/ana/k.jsonl:1"),
    "unknown-coder": (log(add(), coder="bo"), "study.toml"),
    "coders-unclear": (TOML + log(add()) + log(add("c2"), coder="bo"), "study.toml"),
    "moved-quote": (log(add(start=3)), "codings/ana/k.jsonl:1"),
    "changed-quote": (log(add(quote="mange sagre")), "codings/ana/k.jsonl:1"),
    "lost-quote": (log(add(quote="penge nok til alt")), "codings/ana/k.jsonl:1"),
    "uncertain-quote": (log(add(quote="få sager")), "codings/ana/k.jsonl:1"),
    "undescribed-table": ("=== tables/t.csv\nsag;q\n1;ja\n", "tables/t.csv"),
    "undescribed-column": (table("q: ja"), "tables/t.csv:1"),
    "unknown-column": (table("andet: ja"), "tables/t.yaml:2"),
    "unknown-item": (table("q: ja", "r: {asked_if: {qq: ja}}"), "tables/t.yaml:3"),
    "unknown-value": (table("q: nej", "r: ja"), "tables/t.csv:2"),
    "skip-logic": (table("q: ja", "r: {asked_if: {q: nej}, values: [ja, nej]}"), "tables/t.csv:2"),
    "circular-skip": (table("q: {asked_if: {r: ja}}", "r: {asked_if: {q: ja}}"), "tables/t.yaml:2"),
    "missing-answer": (table("q: ja", "r: ja"), "tables/t.csv:3"),
    "row-without-case": (table("q: ja", "r: ja", cells="birkeby;ja;ja\n;ja;ja\n", case="case"), "tables/t.csv:3"),
    "ambiguous-quote": (log(add(quote="Det tager tid.", start=3), source="l"), "codings/ana/l.jsonl:1"),
}  # fmt: skip


def found_in(root: Path, rule: str) -> list[Problem]:
    return [problem for problem in check_study(root)[1] if problem.rule == rule]


def test_a_sound_study_has_no_problem(make_study: Callable[..., Path]) -> None:
    assert check_study(make_study(SOUND + log(add())))[1] == []


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_is_found_at_its_place_with_a_next_step(rule: str, make_study: Callable[..., Path]) -> None:
    broken, place = BROKEN[rule]
    problems = found_in(make_study(SOUND + broken), rule)
    assert problems, f"{rule} was not found"
    assert any(problem.place.startswith(place) for problem in problems), [p.place for p in problems]
    text = str(problems[0])
    assert f"[{rule}]" in text
    assert len(text.split("\n")[1].strip()) > 10, "says what to do next"


def test_not_utf8_names_the_line(make_study: Callable[..., Path]) -> None:
    root = make_study(SOUND)
    (root / "sources" / "k.md").write_bytes("---\ncase: birkeby\n---\n\nFørste.\n".encode("cp1252"))
    assert [p.place for p in found_in(root, "not-utf8")] == ["sources/k.md:5"]


def test_every_rule_of_the_catalogue_has_a_broken_study() -> None:
    tested_elsewhere = {
        rule
        for rule in RULES
        for path in Path(__file__).parent.parent.rglob("test_*.py")
        if f'"{rule}"' in path.read_text("utf-8")
    }
    assert set(RULES) - set(BROKEN) - tested_elsewhere == set()


def test_all_problems_are_reported_at_once(make_study: Callable[..., Path]) -> None:
    root = make_study(SOUND + BROKEN["unknown-case"][0] + log(add(code="x"), add("c2", quote="penge nok"), "{\n"))
    rules = {problem.rule for problem in check_study(root)[1]}
    assert {"unknown-case", "unknown-code", "lost-quote", "bad-line"} <= rules
