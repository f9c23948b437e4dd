"""`crosscase suggest` and `crosscase evaluate`: what they show of the example study, keep back, and never write."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.coded_study import read_coded_study
from coding.coding import Coding
from coding.suggest.evaluate import ALL, evaluate

KEPT = ("birkeby-leder", "askhavn-leder", "lindkaer-faelles", "tjoernstrup-leder")


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


def digests(root: Path) -> dict[str, bytes]:
    kept = (path for path in root.rglob("*") if path.is_file() and ".crosscase" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in kept}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example study with a few of its sources, one of which bo has not coded."""
    root = tmp_path_factory.mktemp("suggest") / "study"
    with as_file(files("cli") / "example_study") as example:
        shutil.copytree(example, root)
    for path in [*root.glob("sources/*.md"), *root.glob("codings/*/*.jsonl")]:
        if path.stem not in KEPT:
            path.unlink()
    (root / "codings" / "bo" / "birkeby-leder.jsonl").unlink(missing_ok=True)
    return root


@pytest.fixture(autouse=True)
def in_study(small: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(small)
    monkeypatch.delenv("CROSSCASE_CODER", raising=False)
    before = digests(small)
    yield small
    assert digests(small) == before, "suggestions and evaluations write nothing into the study"


def test_a_source_that_the_coder_has_not_coded_is_kept_back_and_unlock_shows_it() -> None:
    kept = run("suggest", "birkeby-leder", "--coder", "bo")
    assert kept.exit_code == 0
    assert "bo has not coded yet" in kept.output and "--unlock" in kept.output
    assert "sources/birkeby-leder.md:" not in kept.output
    shown = run("suggest", "birkeby-leder", "--unlock")
    assert "sources/birkeby-leder.md:" in shown.output and "Kept back" not in shown.output
    assert "Not noted who sees them" in shown.stderr


def test_only_uncoded_segments_are_shown_unless_all_are_asked_for() -> None:
    few = run("suggest", "birkeby-leder", "--coder", "ana").output.count("sources/birkeby-leder.md:")
    every = run("suggest", "birkeby-leder", "--coder", "ana", "--all").output.count("sources/birkeby-leder.md:")
    assert 0 < few < every


def test_without_any_coder_the_codebook_ranks_and_nothing_is_called_sure() -> None:
    result = run("suggest", "--unlock")
    assert "no codings" in result.output
    assert result.output.count("Not calibrated") == 1
    assert "leads clearly, not calibrated" in result.output and "none sure" in result.output
    assert "proposed" not in result.output and "%" not in result.output
    assert "not known who codes" in run("suggest").output


def test_a_place_is_the_line_of_the_file_and_the_words_are_those_of_the_text(in_study: Path) -> None:
    lines = run("suggest", "birkeby-leder", "--unlock", "--top", "1").output.splitlines()
    text = (in_study / "sources" / "birkeby-leder.md").read_text("utf-8").splitlines()
    heads = [n for n, line in enumerate(lines) if line.startswith("sources/birkeby-leder.md:")]
    assert len(heads) > 3
    for n in heads:
        place, _, rest = lines[n].partition("  ")
        words = rest.partition("“")[2].partition("”")[0].rstrip("…")
        assert words and words[:20] in text[int(place.rpartition(":")[2]) - 1]
        assert lines[n + 1].startswith("    ") and not "".join(lines[n + 2 : n + 3]).startswith("    ")


def test_json_is_one_object_a_line_with_all_codes_ranked(in_study: Path) -> None:
    lines = run("suggest", "--unlock", "--json").stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert {entry["source"] for entry in found} == set(KEPT)
    assert all(set(entry) == {"source", "start", "end", "suggestions", "abstained"} for entry in found)
    assert len({len(entry["suggestions"]) for entry in found}) == 1
    for entry in found:
        scores = [s["score"] for s in entry["suggestions"]]
        assert scores == sorted(scores, reverse=True)
        assert all(s["probability"] is None for s in entry["suggestions"])
        assert any(entry["start"] <= a < b <= entry["end"] for s in entry["suggestions"] for a, b in s["evidence"])


def test_json_keeps_back_too_and_says_so_where_it_is_no_json() -> None:
    result = run("suggest", "birkeby-leder", "--coder", "bo", "--json")
    assert result.stdout == "" and "Kept back" in result.stderr


def test_a_theme_leaves_only_segments_that_it_leads() -> None:
    result = run("suggest", "--unlock", "--theme", "laegekonsulent", "--top", "1")
    firsts = [line.split()[0] for line in result.output.splitlines() if line.startswith("    ")]
    assert firsts and all(code.startswith("laegekonsulent") for code in firsts)


def test_a_higher_precision_abstains_at_least_as_often() -> None:
    def sure(precision: str) -> int:
        lines = run("suggest", "--unlock", "--json", "--precision", precision).stdout.splitlines()
        return sum(not json.loads(line)["abstained"] for line in lines)

    assert sure("0.95") < sure("0.8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["suggest", "birkebyleder"], "birkeby-leder"),
        (["suggest", "--theme", "resurser"], "ressourcer"),
        (["suggest", "--precision", "2"], "range"),
        (["suggest", "--coder", "A na"], "coder id"),
        (["evaluate"], "Who is coding?"),
        (["evaluate", "--coder", "anna"], "did you mean 'ana'"),
        (["evaluate", "--coder", "ana", "--against", "boo"], "did you mean 'bo'"),
    ],
)
def test_misuse_says_what_there_is(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2 and said in result.output


def test_a_suggester_that_is_not_there_is_said_and_the_others_are_asked(
    make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_study(
        '=== study.toml\nformat = "crosscase-study/1"\ntitle = "Prøve"\n[suggest]\nsuggesters = ["text", "orakel"]\n'
        'unlock = "always"\n=== codebook.yaml\nthemes:\n- {id: penge, label: Penge}\n- {id: folk, label: Folk}\n'
        "=== sources/k.md\n---\ncase: birkeby\n---\n\nDer er ikke penge nok.\n"
    )
    monkeypatch.chdir(root)
    result = run("suggest")
    assert result.exit_code == 1
    assert "there is no suggester 'orakel'" in result.output
    assert "sources/k.md:5" in result.output and "penge" in result.output


def test_an_evaluation_shows_model_and_baselines_by_held_out_case() -> None:
    result = run("evaluate", "--coder", "ana", "--quick", "--hide-headings")
    assert result.exit_code == 0
    for said in ("4 cases", "headings and question labels hidden", "TF-IDF + logistic regression", "codebook's texts",
                 "wanted precision", "recall", "Too few codings to tell anything", "probabilities"):  # fmt: skip
        assert said in " ".join(result.output.split())


def test_an_evaluation_as_json_says_when_there_is_too_little() -> None:
    found = json.loads(run("evaluate", "--coder", "bo", "--quick", "--json").stdout)
    assert found["too_few"].startswith("3 cases with codings: too few")
    assert [point["passages"] for point in found["curve"]] == [0, -1]
    assert {"informed_top1", "gain", "baseline_top1", "top3"} <= set(found["curve"][0])
    assert {"precision", "recall", "f1", "given"} <= set(found["codes"][0])


def test_sources_of_headings_alone_are_called_that(
    make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    themes = "=== codebook.yaml\nthemes:\n- {id: penge, label: Økonomi}\n- {id: folk, label: Personale}\n"
    monkeypatch.chdir(make_study(themes + "=== sources/k.md\n---\ncase: birkeby\n---\n\n# Økonomi\n\n## Personale\n"))
    assert "headings alone" in run("suggest", "--unlock").output
    assert "headings alone" in run("suggest", "--next").output


def test_who_has_only_looked_has_nothing_to_be_measured_by(
    make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    themes = "=== codebook.yaml\nthemes:\n- {id: penge, label: Økonomi}\n- {id: folk, label: Personale}\n"
    monkeypatch.chdir(make_study(themes + "=== sources/k.md\n---\ncase: birkeby\n---\n\nPenge og folk.\n"))
    assert "Noted" in run("suggest", "--unlock", "--coder", "ana").stderr
    found = run("evaluate", "--coder", "ana", "--json")
    assert found.exit_code == 1 and "Nothing is coded yet" in found.stderr


def test_a_theme_with_a_single_text_brings_no_warning_of_a_library(
    make_study: Callable[..., Path], recwarn: pytest.WarningsRecorder
) -> None:
    themes = "=== codebook.yaml\nthemes:\n" + "".join(f"- {{id: t{n}, label: Emne {n} penge}}\n" for n in range(30))
    texts = "".join(f"=== sources/k{n}.md\n---\ncase: c{n}\n---\n\nPenge nummer {n}.\n" for n in range(4))
    coded, _ = read_coded_study(make_study(themes + texts))
    mine = [
        Coding(f"c{n}", "ana", source.id, f"t{n}", 0, len(source.text.strip()) + 1, source.text)
        for n, source in enumerate(coded.study.sources)
    ]
    found = evaluate(coded, "ana", mine, passages=(ALL,))
    assert found.too_few and [str(entry.message) for entry in recwarn] == []
