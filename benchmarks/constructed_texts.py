"""How good suggestions are on constructed Danish texts whose themes are known, with a codebook of labels and questions.

One report was kept aside while the settings were chosen (`integration`); another is a fixture of the tests; summaries
and transcripts that do without the codebook's words show where suggestions fail. See benchmarks/constructed/README.md.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.timing import ROOT
from coding.coded_study import CodedStudy, read_coded_study
from coding.coding import Coding
from coding.suggest.baselines import Baseline
from coding.suggest.measures import hits
from coding.suggest.model import fit
from coding.suggest.segment_list import Segment, segments
from coding.suggest.suggester import load_suggesters

CORPORA = {
    "integration": ROOT / "benchmarks" / "constructed" / "integration",
    "placements": ROOT / "tests" / "constructed" / "placements",
    "inclusion": ROOT / "benchmarks" / "constructed" / "inclusion",
    "homecare": ROOT / "benchmarks" / "constructed" / "homecare",
}
FOLDS, DRAWS = 10, 3
ALL_OTHERS = -1
PASSAGES = (0, 1, 3, ALL_OTHERS)
Unit = tuple[str, str]
"""A theme's id, and a paragraph (or a question and its answer) that bears it."""


class Known(NamedTuple):
    """A study of which the theme of every segment is known; `themes`: one a segment, in their order."""

    coded: CodedStudy
    segments: tuple[Segment, ...]
    themes: tuple[str, ...]


class Figures(NamedTuple):
    """Shares from 0 to 1: how often the first theme is right, or one of the first three, and how often the first is by
    TF-IDF and logistic regression with the codebook's texts; and the orders found."""

    top1: float
    top3: float
    plain: float
    orders: tuple[str, ...]


def units(corpus: Path) -> dict[str, list[Unit]]:
    """Name of a text → its front matter's lines and its units, in order; the front matter is left out here."""
    texts = [corpus / "text.md"] if (corpus / "text.md").exists() else sorted((corpus / "sources").glob("*.md"))
    return {path.stem: list(_units(path.read_text("utf-8"))) for path in texts}


def _units(text: str) -> Iterator[Unit]:
    theme, question = "", ""
    body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
    for block in body.strip().split("\n\n"):
        if block.startswith("## "):
            theme = block.removeprefix("## ").strip()
        elif block.startswith("Interviewer:"):
            question = f"{block}\n\n"
        else:
            yield theme, question + block
            question = ""


def write_known(root: Path, corpus: Path, sources: dict[str, list[Unit]], codebook: str = "codebook.yaml") -> Known:
    """The study of these sources in the folder `root`, without headings and without codings."""
    (root / "sources").mkdir(parents=True)
    settings = 'format = "crosscase-study/1"\ntitle = "Constructed"\nlanguage = "da"\nconstructed = true\n'
    (root / "study.toml").write_text(settings + '\n[coders]\nana = "Ana"\n', "utf-8")
    (root / "codebook.yaml").write_text((corpus / codebook).read_text("utf-8"), "utf-8")
    (root / "guide.md").write_text((corpus / "guide.md").read_text("utf-8"), "utf-8")
    for id, entries in sources.items():
        text = "\n\n".join(unit for _, unit in entries)
        kind = "transcript" if text.startswith("Interviewer:") else "summary"
        (root / "sources" / f"{id}.md").write_text(f"---\ntitle: {id}\nkind: {kind}\n---\n\n{text}\n", "utf-8")
    coded = read_coded_study(root)[0]
    found = segments(coded)
    themes = [theme for id in found for theme, _ in sources[id]]
    return Known(coded, tuple(s for of_source in found.values() for s in of_source), tuple(themes))


def in_one(corpus: Path) -> dict[str, list[Unit]]:
    """All units in one source, in their order."""
    return {"text": [unit for entries in units(corpus).values() for unit in entries]}


def shuffled(corpus: Path, seed: int = 0) -> dict[str, list[Unit]]:
    """All units in one source, in no order."""
    entries = in_one(corpus)["text"]
    random.Random(seed).shuffle(entries)
    return {"text": entries}


def codings(known: Known, rows: Sequence[int]) -> list[Coding]:
    """The codings that give these segments their theme."""
    return [
        Coding(f"c{row}", "ana", s.source, known.themes[row], s.start, s.end, s.text)
        for row, s in ((row, known.segments[row]) for row in rows)
    ]


def drawn(themes: Sequence[str], k: int, seed: int) -> list[int]:
    """`k` segments of each theme by chance, the same for a seed."""
    chance = random.Random(seed)
    of_theme: dict[str, list[int]] = {}
    for row, theme in enumerate(themes):
        of_theme.setdefault(theme, []).append(row)
    return sorted(row for theme in sorted(of_theme) for row in chance.sample(of_theme[theme], k))


def figures(known: Known, k: int, draws: int = DRAWS) -> Figures:
    """How good suggestions are for the segments that are not coded, with `k` coded passages a theme.

    `ALL_OTHERS`: all but a tenth are coded, each tenth in turn. The segments before and after are then known; only in
    texts without an order does this tell about the words.
    """
    import numpy as np

    rows = range(len(known.segments))
    mixed = random.Random(1).sample(rows, len(rows))
    if k == ALL_OTHERS:
        learned = [[row for row in rows if row not in mixed[fold::FOLDS]] for fold in range(FOLDS)]
    else:
        learned = [drawn(known.themes, k, seed) for seed in range(draws if k else 1)]
    first, three, plain, orders = [], [], [], set()
    suggesters = load_suggesters()[0]
    for coded in learned:
        made = codings(known, coded)
        model = fit(known.coded, "ana" if made else None, made, suggesters=suggesters, calibrate=False)
        orders.add(model.order)
        codes = [code.id for code in model.view.codes]
        left = [row for row in rows if row not in set(coded)]
        right = np.array([[known.themes[row] == code for code in codes] for row in left])
        shares = model.answer.shares[left]
        first.append((hits(shares, right, 1).mean(), len(left)))
        three.append((hits(shares, right, 3).mean(), len(left)))
        words = [(known.segments[row].text, known.themes[row]) for row in coded]
        plain.append((hits(Baseline(model.view).scores_with_texts(left, words), right, 1).mean(), len(left)))
    return Figures(_mean(first), _mean(three), _mean(plain), tuple(sorted(orders)))


def _mean(pairs: Sequence[tuple[Any, int]]) -> float:
    return float(sum(value * count for value, count in pairs) / sum(count for _, count in pairs))


def table(passages: Sequence[int] = PASSAGES) -> Iterator[str]:
    """The figures of all corpora in Markdown, line by line."""
    said = {0: "no coding", ALL_OTHERS: "nine tenths coded"}
    yield (
        "| First right / one of three (first right by TF-IDF with the codebook's texts), % | "
        + " | ".join(said.get(k, f"{k} a theme") for k in passages)
        + " |"
    )
    yield "|---" * (len(passages) + 1) + "|"
    for name, corpus in CORPORA.items():
        for layout, sources in (("in order", in_one(corpus)), ("in no order", shuffled(corpus))):
            with tempfile.TemporaryDirectory() as folder:
                known = write_known(Path(folder) / "study", corpus, sources)
                cells = [_cell(figures(known, k)) for k in passages]
            yield f"| {name}, {layout} | " + " | ".join(cells) + " |"


def _cell(found: Figures) -> str:
    return f"{100 * found.top1:.0f} / {100 * found.top3:.0f} ({100 * found.plain:.0f})"


def main() -> None:
    """Print the table."""
    for line in table():
        print(line, flush=True)


if __name__ == "__main__":
    main()
