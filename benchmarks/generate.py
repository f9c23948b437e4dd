"""Synthetic studies of any size, the same ones every time: `python -m benchmarks.generate DIR --size medium`.

Interviews in nine or more municipalities of two groups, written up as themed summaries and transcripts, coded by two
coders who read nearly everything, change their minds now and then, and ask for what they left out. Nobody said any of
it. The logs are written in the project's own line format.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.vocabulary import STEMS, Vocabulary
from coding.events import Add, AnyEvent, Memo, Read, Recode, Resize, Retract
from coding.log import CODINGS_FOLDER, event_line
from corpus.anchor import context

THEMES = 15
SUB_CODES = 4
SECTIONS = (5, 6, 6, 6, 6, 5)
"""Questions in each section of the guide: 34."""
CODERS = ("ana", "bo")
ROLES = ("leder", "sagsbehandler")


class Size(NamedTuple):
    """How large a study is: sources, characters in each, codings of both coders together, cases."""

    sources: int
    characters: int
    codings: int
    cases: int


SIZES = {
    "tiny": Size(6, 2_000, 60, 3),
    "small": Size(14, 19_000, 3_100, 9),
    "medium": Size(450, 18_900, 100_000, 45),
    "large": Size(10_000, 5_700, 1_000_000, 500),
}


class Text(NamedTuple):
    """A text and the spans of its sentences."""

    text: str
    sentences: Sequence[tuple[int, int]]


def write_study(root: Path, size: Size, seed: int = 1) -> None:
    """Write a study of this size into the new folder `root`. The same size and seed give the same bytes."""
    rng = random.Random(seed)
    vocabulary = Vocabulary(rng)
    for folder in ("sources", *(f"{CODINGS_FOLDER}/{coder}" for coder in CODERS)):
        (root / folder).mkdir(parents=True)
    _write(root / "study.toml", _study_toml())
    _write(root / "cases.csv", _cases_csv(size))
    _write(root / "guide.md", _guide_md(vocabulary, rng))
    _write(root / "codebook.yaml", _codebook_yaml(vocabulary, rng))
    for number in range(size.sources):
        id, kind = f"s{number:05}", "transcript" if number % 3 == 2 else "summary"
        text = _text(vocabulary, rng, size.characters, kind)
        _write(root / "sources" / f"{id}.md", _front_matter(number, size, kind, rng) + text.text)
        for coder in CODERS:
            n = _share(size.codings, size.sources * len(CODERS), number * len(CODERS) + CODERS.index(coder))
            events = _events(f"{coder}{number}", text, n, rng)
            (root / CODINGS_FOLDER / coder / f"{id}.jsonl").write_bytes(b"".join(map(event_line, events)))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def _share(total: int, parts: int, number: int) -> int:
    """How many of `total` fall to one of `parts`, as evenly as can be."""
    return total * (number + 1) // parts - total * number // parts


def _study_toml() -> str:
    return (
        'format = "crosscase-study/1"\ntitle = "Syntetisk studie"\nlanguage = "da"\nconstructed = true\n\n'
        '[groups.labels]\nfew = "Få tilkendelser"\nmany = "Mange tilkendelser"\n\n'
        '[matrix]\ncoders = "ana"\n'
    )


def _cases_csv(size: Size) -> str:
    rows = (f"k{n:03},Kommune {n},{'many' if n % 3 == 2 else 'few'},egn-{n // 3}" for n in range(size.cases))
    return "\n".join(("id,label,group,cluster", *rows, ""))


def _questions() -> list[str]:
    return [f"{section}{'abcdef'[n]}" for section, count in enumerate(SECTIONS, 1) for n in range(count)]


def _guide_md(vocabulary: Vocabulary, rng: random.Random) -> str:
    lines = ["# Interviewguide", ""]
    for section, count in enumerate(SECTIONS, 1):
        lines += [f"## {section}. {_label(vocabulary, rng)}", ""]
        asked = (" ".join(vocabulary.draw(rng, 9)) for _ in range(count))
        lines += [f"{'abcdef'[n]}. Hvordan {words}? {{#{section}{'abcdef'[n]}}}" for n, words in enumerate(asked)]
        lines.append("")
    return "\n".join(lines)


def _codebook_yaml(vocabulary: Vocabulary, rng: random.Random) -> str:
    """Themes with sub-codes and two or three patterns each, about 200 in all; questions shared out among the themes."""
    questions = _questions()
    lines = ["themes:"]
    for theme in range(THEMES):
        mine = ", ".join(questions[theme::THEMES])
        lines += [f"- id: t{theme}", f"  label: {_label(vocabulary, rng)}", *_defined(vocabulary, rng, "  ")]
        lines += [f"  questions: [{mine}]", "  codes:"]
        for code in range(SUB_CODES):
            lines += [f"  - id: t{theme}.{code}", f"    label: {_label(vocabulary, rng)}"]
            lines += _defined(vocabulary, rng, "    ")
    return "\n".join([*lines, ""])


def _label(vocabulary: Vocabulary, rng: random.Random) -> str:
    return f"{rng.choice(STEMS)} og {vocabulary.words[rng.randrange(100, 2000)]}".capitalize()


def _defined(vocabulary: Vocabulary, rng: random.Random, indent: str) -> list[str]:
    """A definition, and two or three patterns: a word that is not too frequent, the beginning of one, two together."""
    word, other = (vocabulary.words[rng.randrange(150, 3000)] for _ in range(2))
    beginning = rng.choice(STEMS) if rng.random() < 0.15 else other[:4]
    patterns = (word, f"{beginning}*", " ".join(vocabulary.words[rng.randrange(40, 400)] for _ in range(2)))
    shown = patterns if rng.random() < 0.7 else patterns[:2]
    definition = " ".join(vocabulary.draw(rng, 14)).capitalize()
    return [f"{indent}definition: {definition}.", f"{indent}patterns: [{', '.join(shown)}]"]


def _front_matter(number: int, size: Size, kind: str, rng: random.Random) -> str:
    """Of every three sources one was asked everything, one a list of questions, and of one it is not known."""
    roles = ", ".join(ROLES if number % 7 == 0 else ROLES[number % 2 : number % 2 + 1])
    asked = ("all", f"[{', '.join(sorted(rng.sample(_questions(), 20)))}]", "unknown")[number % 3]
    lines = (
        f"title: Interview {number}",
        f"case: k{number % size.cases:03}",
        f"roles: [{roles}]",
        f"date: 2009-{number % 12 + 1:02}-{number % 28 + 1:02}",
        f"kind: {kind}",
        f"asked: {asked}",
    )
    return "\n".join(("---", *lines, "---", "", ""))


def _text(vocabulary: Vocabulary, rng: random.Random, characters: int, kind: str) -> Text:
    """Paragraphs of two to six sentences: under headings with question labels in a summary, turns in a transcript."""
    parts: list[str] = []
    sentences: list[tuple[int, int]] = []
    position = 0
    for number, question in enumerate(_endless(_questions())):
        if position >= characters:
            break
        opening = f"{'Interviewer' if number % 4 == 0 else 'Leder'}: " if kind == "transcript" else ""
        if kind == "summary" and number % 5 == 0:
            opening = f"## {question}. {' '.join(vocabulary.draw(rng, 3))}\n\n"
        parts.append(opening)
        position += len(opening)
        for _ in range(rng.randint(2, 6)):
            sentence = _sentence(vocabulary, rng)
            sentences.append((position, position + len(sentence)))
            parts += (sentence, " ")
            position += len(sentence) + 1
        parts[-1] = "\n\n"
        position += 1
    parts[-1] = "\n"
    return Text("".join(parts), sentences)


def _endless(entries: Sequence[str]) -> Iterator[str]:
    while True:
        yield from entries


def _sentence(vocabulary: Vocabulary, rng: random.Random) -> str:
    words = vocabulary.draw(rng, rng.randint(6, 22))
    words[0] = words[0].capitalize()
    if len(words) > 12:
        words[len(words) // 2] += ","
    return " ".join(words) + "."


def _events(name: str, text: Text, n: int, rng: random.Random) -> Iterator[AnyEvent]:
    """What one coder did with one source: `n` codings in the order of the text, some changes, and a read mark."""
    clock = _clock(rng)
    added = [_added(name, number, index, text, rng, next(clock))
             for number, index in enumerate(sorted(rng.choices(range(len(text.sentences)), k=n)))]  # fmt: skip
    yield from added
    for add in added:
        if rng.random() < 0.02:
            yield _changed(add, text, rng, next(clock))
    if rng.random() < 0.9:
        yield Read(id=f"d{name}", at=next(clock))
    else:
        for theme in range(0, THEMES, 2):
            yield Read(id=f"d{name}.{theme}", at=next(clock), theme=f"t{theme}")


def _added(name: str, number: int, index: int, text: Text, rng: random.Random, at: str) -> Add:
    """A coding of one to three sentences."""
    start = text.sentences[index][0]
    end = text.sentences[min(index + rng.choice((0, 0, 0, 1, 1, 2)), len(text.sentences) - 1)][1]
    prefix, suffix = context(text.text, start, end)
    return Add(id=f"c{name}.{number:04}", at=at, code=_code(rng), start=start, end=end, quote=text.text[start:end],
               prefix=prefix, suffix=suffix)  # fmt: skip


def _code(rng: random.Random) -> str:
    theme, code = rng.randrange(THEMES), rng.randrange(SUB_CODES + 1)
    return f"t{theme}" if code == SUB_CODES else f"t{theme}.{code}"


def _changed(add: Add, text: Text, rng: random.Random, at: str) -> AnyEvent:
    """A coder's second thought about a coding."""
    id = f"e{add.id}"
    kind = rng.randrange(4)
    if kind == 0:
        return Retract(id=id, at=at, target=add.id)
    if kind == 1:
        return Recode(id=id, at=at, target=add.id, code=_code(rng))
    if kind == 2:
        return Memo(id=id, at=at, target=add.id, text="Se også det forrige afsnit.")
    end = add.start + max(len(add.quote) // 2, 1)
    prefix, suffix = context(text.text, add.start, end)
    return Resize(id=id, at=at, target=add.id, start=add.start, end=end, quote=text.text[add.start : end],
                  prefix=prefix, suffix=suffix)  # fmt: skip


def _clock(rng: random.Random) -> Iterator[str]:
    """Times of a day's work, some seconds apart."""
    day, second = rng.randint(1, 28), 8 * 3600
    while True:
        second = min(second + rng.randint(4, 90), 86_399)
        yield f"2009-03-{day:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{rng.randrange(10**6):06}Z"


def main() -> None:
    """Write a study from the command line."""
    parser = argparse.ArgumentParser(description="Write a synthetic study.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", choices=SIZES, default="medium")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write_study(asked.folder, SIZES[asked.size], asked.seed)


if __name__ == "__main__":
    main()
