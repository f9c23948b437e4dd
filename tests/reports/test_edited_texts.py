"""What reports and comparisons say of codings whose text was edited after they were made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from coding.coded_study import read_coded_study
from reports.aggregate import compare
from reports.build import build, check_build, is_up_to_date
from reports.diff.difference import difference
from reports.diff.revisions import read_sides
from reports.diff.view import diff_view
from reports.diff.words import DANISH, ENGLISH
from reports.html import html_bytes
from reports.manifest import input_digests, read_manifest
from reports.view import ReportView, report

MONEY = "Her er penge nok til alle i hele kommunen."
FOLK = "Der er folk nok til at tage sig af det meste."
GONE = "Det er ikke nemt at sige noget om det."
TEXT = f"Indledning her.\n\n{MONEY}\n\nMellem to afsnit.\n\n{FOLK}\n\nOg så til noget andet.\n\n{GONE}\n\nSlut."
STUDY = f"""=== codebook.yaml
themes:
- {{id: penge, label: Penge, definition: Om penge.}}
- {{id: folk, label: Folk, definition: Om folk.}}
=== sources/k.md
---
case: birkeby
---

{TEXT}
=== sources/l.md
---
case: askhavn
---

Ja.
"""
EDITED = "Mere.\n\n" + TEXT.replace("penge nok til", "pænge nok til").replace(GONE, "Noget helt nyt står nu her.")


@pytest.fixture
def study(make_study: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_study(STUDY)
    monkeypatch.chdir(root)
    monkeypatch.setenv("CROSSCASE_CODER", "ana")
    for words, code in ((MONEY, "penge"), (FOLK, "folk"), (GONE, "folk")):
        run("code", "add", "k", code, "--quote", words)
    return root


def run(*words: str) -> str:
    result = CliRunner().invoke(main, [*words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def edit(root: Path, text: str = EDITED) -> None:
    (root / "sources" / "k.md").write_text(f"---\ncase: birkeby\n---\n\n{text}\n", "utf-8")


def view(root: Path) -> ReportView:
    coded, _ = read_coded_study(root)
    matrix, framework, _ = compare(coded, ["ana"])
    return report(coded, matrix, framework)


def lost(root: Path) -> str:
    return next(anchor.id for anchor in read_coded_study(root)[0].anchored if anchor.state == "lost")


def edited_notes(root: Path) -> list[str]:
    return [note.edited for source in view(root).sources for block in source.blocks for note in block.notes]


def read_me(root: Path) -> tuple[str, ...]:
    return next((note.paragraphs for note in view(root).notes if note.heading == "Rettede tekster"), ())


def test_a_study_whose_texts_were_not_edited_says_nothing_of_it(study: Path) -> None:
    assert edited_notes(study) == ["", "", ""]
    assert read_me(study) == ()


def test_the_source_shows_what_moved_or_changed_and_with_what_confidence(study: Path) -> None:
    edit(study)
    changed, moved = edited_notes(study)
    assert changed.startswith("rettet i teksten: penge → pænge; sikkerhed 0,")
    assert moved.startswith("flyttet i teksten; sikkerhed 0,")
    page = html_bytes(view(study)).decode()
    assert f'<span class="edited">{changed}</span>' in page
    excerpts = [excerpt.quote for row in view(study).rows for cell in row.cells for excerpt in cell.excerpts]
    assert any("pænge nok" in quote for quote in excerpts), "excerpts are slices of the text as it is"
    assert not any("penge nok" in quote for quote in excerpts)


def test_the_read_me_counts_them_and_those_that_do_not_count(study: Path) -> None:
    edit(study)
    said = read_me(study)
    assert [text.split()[:2] for text in said] == [["1", "kodning"], ["I", "1"], ["2", "af"], ["1", "kodning"]]
    run("reanchor", "--accept-above", "0.8")
    assert len(read_me(study)) == 3, "nobody has to confirm them any more"
    assert edited_notes(study) == ["rettet i teksten: penge → pænge; bekræftet af ana", ""]


def test_decisions_are_inputs_of_a_build(study: Path) -> None:
    edit(study)
    run("reanchor", "--orphan", lost(study))
    build(study)
    manifest = read_manifest(study)
    assert manifest is not None and "anchors/k.jsonl" in manifest.inputs
    assert is_up_to_date(study)
    file = study / "anchors" / "k.jsonl"
    once = input_digests(study)
    file.write_bytes(file.read_bytes() * 2)
    assert input_digests(study) == once, "the same line twice is one event"
    run("reanchor", "--accept-above", "0.8")
    assert not is_up_to_date(study)
    assert "changed: anchors/k.jsonl" in check_build(study).reasons
    after = read_manifest(study)
    assert after is not None
    build(study)
    newer = read_manifest(study)
    assert newer is not None and newer.events != after.events


def sentences(root: Path) -> list[tuple[str, str]]:
    """(act, sentence) of each change that the matrix shows since the last build."""
    found = difference(*read_sides("build", "now", root))
    shown = diff_view(found, ENGLISH)
    assert all("{" not in change.sentence for change in diff_view(found, DANISH).changes)
    acts = {change.act: change for change in found.changes}
    return [(change.act, next(v.sentence for v in shown.changes if v.place.startswith(change.file)))
            for change in acts.values()]  # fmt: skip


def test_a_comparison_names_the_edited_words_as_the_cause(study: Path) -> None:
    build(study)
    edit(study, TEXT.replace("penge nok til", "pænge nok til"))
    ((act, said),) = sentences(study)
    assert act == "reworded"
    assert "penge nok" in said and "pænge nok" in said
    assert difference(*read_sides("build", "now", study)).causes == "exact"


def test_a_comparison_names_a_decision_as_the_cause(study: Path) -> None:
    edit(study)
    build(study, with_problems=True)
    run("reanchor", "--accept", lost(study), "--quote", "Noget helt nyt står nu her.")
    ((act, said),) = sentences(study)
    assert act == "settled"
    assert "it was decided" in said and "Noget helt nyt" in said
    build(study, with_problems=True)
    id = next(a.id for a in read_coded_study(study)[0].anchored if a.state == "accepted")
    run("reanchor", "--orphan", id)
    ((act, said),) = sentences(study)
    assert act == "orphaned"


def test_a_place_that_only_moved_is_no_difference(study: Path) -> None:
    build(study)
    edit(study, TEXT.replace("Mellem to", "Mellem de to"))
    assert all(change.act != "reworded" for change in difference(*read_sides("build", "now", study)).changes)
