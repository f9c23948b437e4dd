"""The commands of docs/edited-texts.md, run in order on the edits that the page tells its reader to make."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_tutorials import run, shown_commands

from coding.coded_study import read_coded_study

EDITS = (
    ("Interviewet foregik", "Referatet er godkendt af lederen.\n\nInterviewet foregik"),
    ("Hverken budget", "Hverken budgt"),
    ("Efterslæbet er i dag indhentet.", "Efterslæbet er nu helt væk."),
    ("Tidligere kunne den enkelte sagsbehandler bevilge fleksjob. ", ""),
)


def states() -> dict[str, str]:
    return {anchor.id: anchor.state for anchor in read_coded_study(Path.cwd())[0].anchored}


def test_the_page_on_edited_texts_does_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CROSSCASE_CODER", raising=False)
    *start, listed = shown_commands("edited-texts.md")[:4]
    for words in start:
        run(words, monkeypatch)
    source = Path("sources/birkeby-leder.md")
    text = source.read_text("utf-8")
    for was, now in EDITS:
        assert was in text
        text = text.replace(was, now)
    source.write_text(text, "utf-8")
    output = run(listed, monkeypatch, expect=1)
    assert "[-budget-]{+budgt+}" in output
    assert (states()["cun82ywedfrfr"], states()["cyhfjuwvdm5dp"]) == ("uncertain", "lost")
    above, candidate, quote, orphan, undo, json_list = shown_commands("edited-texts.md")[4:]
    run(above, monkeypatch)
    assert list(states().values()).count("accepted") > 40
    for words in (candidate, quote):
        run(words, monkeypatch)
        assert states()["cun82ywedfrfr"] == "accepted"
    run(orphan, monkeypatch)
    assert states()["cyhfjuwvdm5dp"] == "orphan"
    run(undo, monkeypatch)
    assert states()["cyhfjuwvdm5dp"] == "lost"
    run(json_list, monkeypatch, expect=1)
