"""`crosscase import` of changed files in a shell: what it says of the codings, and when an undo is allowed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.main import main
from coding.acts import acts, added, find_span, read_logs_of, undoing, write_events
from corpus.source import Source, read_source

TEXT = (
    "# Interview\n\nVi har omkring tres sager om året.\n\nDe fleste af dem er gamle og svære.\n\n"
    "Det tager lang tid at få svar fra lægerne.\n\nNogle venter et halvt år på en tid.\n"
)
CODEBOOK = "themes:\n- id: oekonomi\n  label: Økonomi\n  definition: Om penge.\n"


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(f"=== codebook.yaml\n{CODEBOOK}\n=== ../inbox/leder.txt\n{TEXT}")
    monkeypatch.chdir(root)
    run("../inbox", "--case", "birkeby", "--asked", "all")
    return root


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, ["import", *words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def source(root: Path) -> Source:
    found, _ = read_source(root / "sources" / "leder.md")
    assert found is not None
    return found


def code(root: Path, *quotes: str) -> None:
    for quote in quotes:
        span = find_span(source(root), quote)
        assert not isinstance(span, str)
        write_events(root, "ana", {"leder": [added(source(root), "oekonomi", span)]})


def save(root: Path, text: str) -> None:
    (root.parent / "inbox" / "leder.txt").write_text(text)


def test_an_update_says_what_becomes_of_the_codings_and_what_to_do_next(study: Path) -> None:
    code(study, "tres sager", "gamle og svære", "Det tager lang tid at få svar fra lægerne.")
    save(study, TEXT.replace("tres sager", "60 sager").replace("De fleste", "Næsten alle af de fleste"))
    dry = run("../inbox", "--dry-run")
    assert dry.exit_code == 0
    assert source(study).text == TEXT
    done = run("../inbox")
    for result in (dry, done):
        assert "Codings in 1 changed source:" in result.stdout
        assert "leder  3 codings: " in result.stdout
        assert "found at another place" in result.stdout
    assert done.exit_code == 0
    assert "Updated 1 source (1 txt)" in done.stdout
    assert source(study).text != TEXT


def test_codings_that_lost_their_words_lead_to_reanchor(study: Path) -> None:
    code(study, "tres sager", "Nogle venter et halvt år på en tid.")
    save(study, TEXT.replace("\n\nNogle venter et halvt år på en tid.", ""))
    result = run("../inbox")
    assert "1 lost" in result.stdout
    assert "Next: crosscase reanchor leder" in result.stdout
    codings = json.loads(run("../inbox", "--json").stdout)
    assert codings["recognised"][0]["id"] == "leder"


def test_programs_get_the_numbers_of_codings(study: Path) -> None:
    code(study, "tres sager")
    save(study, "Et nyt afsnit.\n\n" + TEXT)
    said = json.loads(run("../inbox", "--dry-run", "--json").stdout)
    assert said["imported"][0]["replaces"]
    assert said["imported"][0]["codings"]["moved"] == 1
    assert said["formats"] == {"txt": 1}


def test_a_source_without_codings_is_updated_without_a_word_about_them(study: Path) -> None:
    save(study, TEXT + "\nMere.\n")
    result = run("../inbox")
    assert (result.exit_code, "odings" in result.stdout) == (0, False)
    assert source(study).text == TEXT + "\nMere.\n"


def test_edits_by_hand_stop_an_update_and_both_ways_out_are_named(study: Path) -> None:
    path = study / "sources" / "leder.md"
    path.write_text(path.read_text().replace("tres sager", "60 sager"))
    save(study, TEXT + "\nMere.\n")
    result = run("../inbox")
    assert (result.exit_code, "60 sager" in source(study).text) == (1, True)
    assert "[edited-source]" in result.stderr
    assert "--replace" in result.stderr
    assert run("../inbox", "--replace").exit_code == 0
    assert "60 sager" not in source(study).text


def test_an_import_can_be_taken_back_after_the_coding_in_it_was(study: Path) -> None:
    code(study, "tres sager")
    refused = run("--undo")
    assert refused.exit_code == 1
    assert "codings/ana/leder.jsonl" in refused.stderr
    assert "crosscase code undo" in refused.stderr
    (act,) = acts(read_logs_of(study, "ana"))
    write_events(study, "ana", undoing(act))
    assert run("--undo").exit_code == 0
    assert not (study / "sources" / "leder.md").exists()
    assert (study / "codings" / "ana" / "leder.jsonl").exists()
    checked = CliRunner().invoke(main, ["check"])
    assert "unknown-source" not in checked.output
    run("../inbox")
    assert source(study).text == TEXT


def test_an_update_can_be_taken_back_unless_a_coding_would_lose_its_words(study: Path) -> None:
    code(study, "tres sager")
    save(study, TEXT + "\nDer er kommet et helt nyt spørgsmål om budgettet.\n")
    run("../inbox")
    code(study, "gamle og svære")
    code(study, "Der er kommet et helt nyt spørgsmål om budgettet.")
    refused = run("--undo")
    assert refused.exit_code == 1
    assert "»Der er kommet et helt nyt spørgsmål om budgettet.« (ana, " in refused.stderr
    act, *_ = acts(read_logs_of(study, "ana"))
    write_events(study, "ana", undoing(act))
    result = run("--undo")
    assert "1 source as before" in result.stdout
    assert source(study).text == TEXT
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


def test_two_imports_of_the_same_folder_at_once_bring_everything_once(study: Path) -> None:
    inbox = study.parent / "inbox"
    save(study, TEXT + "\nMere.\n")
    for number in range(40):
        (inbox / f"interview{number}.txt").write_text(f"Interview {number} med en leder om hans {number} sager.\n")
    command = [sys.executable, "-c", "from cli.main import main; main()", "import", str(inbox), "--json"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    said = [json.loads(run.communicate(timeout=120)[0]) for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert sorted(len(entry["imported"]) for entry in said) == [0, 41]
    assert sorted(len(entry["recognised"]) for entry in said) == [0, 41]
    assert len(list((study / "sources").iterdir())) == 41
