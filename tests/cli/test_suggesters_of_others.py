"""Suggesters of other packages: the example in docs works as it stands; those that go wrong are named and survived."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main

DOCS = Path(__file__).parents[2] / "docs" / "suggestions.md"
STUDY = """=== codebook.yaml
themes:
- {id: ressourcer, label: Ressourcer}
- {id: laege, label: Lægens rolle}
=== sources/k.md
---
case: birkeby
---

Der er kommet to stillinger, og sagstallet er faldet. Sagstallet var før for højt, og ressourcerne få.

Lægen bliver spurgt i alle sager.
"""

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put a package with a suggester on the path, as pip would, and a study that asks it."""

    def put(module: str, name: str, entry: str) -> Path:
        site = tmp_path / f"site-{name}"
        info = site / f"{name}-1.dist-info"
        info.mkdir(parents=True)
        (site / f"{name}.py").write_text(module, "utf-8")
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[crosscase.suggesters]\n{entry}\n", "utf-8")
        monkeypatch.syspath_prepend(str(site))
        monkeypatch.delitem(sys.modules, name, raising=False)
        asked = json.dumps(["text", "structure", "patterns", entry.split(" = ")[0]])
        toml = f'=== study.toml\nformat = "crosscase-study/1"\ntitle = "Prøve"\n[suggest]\nsuggesters = {asked}\n'
        root = make_study(toml + STUDY, f"study-{name}")
        monkeypatch.chdir(root)
        return root

    return put


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert result.exit_code == code, result.output
    return result


def blocks(language: str) -> list[str]:
    section = DOCS.read_text("utf-8").partition("## Suggesters of your own")[2]
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def test_the_worked_example_in_the_docs_suggests_what_the_docs_say(install: Install) -> None:
    (module,) = blocks("python")
    project, settings = blocks("toml")
    (entry,) = re.findall(r"^(\w+ = .*)$", project.partition('entry-points."crosscase.suggesters"]\n')[2], re.MULTILINE)
    assert "ordliste" in settings
    root = install(module, "ordliste", entry.replace('"', ""))
    text = (root / "sources" / "k.md").read_text("utf-8").partition("---\n\n")[2]
    first, second = map(json.loads, run("suggest", "--unlock", "--json").stdout.splitlines())
    best = first["suggestions"][0]
    assert best["code"] == "ressourcer" and best["origin"] == "crosscase/2+ordliste/1"
    assert {"stillinger", "sagstallet", "Sagstallet"} <= {text[a:b] for a, b in best["evidence"]}
    assert second["suggestions"][0]["code"] == "laege"


HEAD = """
from crosscase import Ranked

class Odd:
    name, version, weight, learns = "odd", "7", 0.3, True
    def fit(self, view):
        pass
    def suggest(self, segments, evidence=True):
        return [Ranked({}) for _ in segments]

"""


@pytest.mark.parametrize(
    ("body", "said", "is_out"),
    [
        ("def fit(self, view): raise ValueError('no model')", "failed while learning (ValueError: no model)", True),
        ("def suggest(self, segments, evidence=True): raise KeyError", "failed while suggesting (KeyError)", True),
        ("def suggest(self, segments, evidence=True): return []", "gave 0 answers for 2 segments", True),
        ("def suggest(self, segments, evidence=True): return None", "failed while suggesting (TypeError", True),
        ("def suggest(self, segments, evidence=True): return [{} for _ in segments]", "no Ranked", True),
        ("def suggest(self, segments, evidence=True): return [Ranked({'x': 1.0}) for _ in segments]", "'x'", False),
        ("def suggest(self, segments, evidence=True): return [Ranked({'laege': float('nan')}) for _ in segments]",
         "a score that is no number (nan)", False),
        ("def suggest(self, segments, evidence=True): return [Ranked({'laege': 'meget'}) for _ in segments]",
         "a score that is no number ('meget')", False),
        ("def suggest(self, segments, evidence=True):\n"
         "        return [Ranked({'laege': 0.1}, {'laege': ((0, 10 ** 6),)}) for _ in segments]",
         "points to (0, 1000000)", False),
        ("def suggest(self, segments, evidence=True):\n"
         "        return [Ranked({'laege': 0.1}, {'laege': 5}) for _ in segments]", "points to 5", False),
        ("def suggest(self, segments, evidence=True):\n"
         "        if evidence: raise OSError('gone')\n"
         "        return [Ranked({'laege': 0.1}) for _ in segments]", "failed while suggesting (OSError: gone)", True),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_named_and_the_others_go_on(install: Install, body: str, said: str, is_out: bool) -> None:
    install(f"{HEAD}class Wrong(Odd):\n    {body}\n", "wrong", "wrong = wrong:Wrong")
    result = run("suggest", "--unlock", "--json", code=1)
    assert "study.toml: [suggest] suggester 'wrong' " in result.stderr and said in result.stderr
    assert result.stderr.count("suggester 'wrong'") == 1
    first, second = map(json.loads, result.stdout.splitlines())
    assert [s["suggestions"][0]["code"] for s in (first, second)] == ["ressourcer", "laege"]
    assert all(0 <= s["score"] <= 1 for entry in (first, second) for s in entry["suggestions"])
    assert all(a < b <= 200 for entry in (first, second) for s in entry["suggestions"] for a, b in s["evidence"])
    assert ("odd/7" in first["suggestions"][0]["origin"]) == (not is_out)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("class Wrong: pass", "lacks a name, version, weight, learns, fit or suggest"),
        ("class Wrong(Odd): weight = 'much'", "has a weight that is no number ('much')"),
        ("class Wrong(Odd): version = 2", "has a name or version that is no text"),
        ("class Wrong(Odd): name = 'text'", "calls itself 'text'"),
        ("def Wrong(): raise RuntimeError('no licence')", "cannot be loaded: no licence"),
    ],
)
def test_what_is_no_suggester_is_named_and_the_others_go_on(install: Install, body: str, said: str) -> None:
    install(f"{HEAD}{body}\n", "wrong", "wrong = wrong:Wrong")
    result = run("suggest", "--unlock", "--json", code=1)
    assert said in result.stderr
    assert json.loads(result.stdout.splitlines()[0])["suggestions"][0]["origin"] == "crosscase/2"


def test_where_the_only_suggester_fails_it_is_said(install: Install) -> None:
    root = install(
        f"{HEAD}class Wrong(Odd):\n    def fit(self, view): raise ValueError('x')\n", "wrong", "wrong = wrong:Wrong"
    )
    settings = root / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace('"text", "structure", "patterns", ', ""), "utf-8")
    assert "There is no suggester left to ask" in run("suggest", "--unlock", code=1).output
