"""What a model learns from: the study without its codings, and what one coder said about its segments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import msgspec

from codebook.codebook import Code
from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.suggest.named_models import pipeline_label
from coding.suggest.segment_list import Segment, segments, themes_coded
from coding.suggest.suggester import Example, Training
from coding.suggest.theme_texts import theme_texts
from corpus.segment import BLANK, known_language
from corpus.tokens import TokenIndex


class Gold(msgspec.Struct, frozen=True):
    """What one coder said: examples, and for each segment of a source that was coded or read, the degree of each theme.

    `given`: number of the segment → one value a theme, 0 or 1; all 0 where the coder has read it and found none.
    """

    examples: tuple[Example, ...]
    given: Mapping[int, tuple[float, ...]]
    passages: tuple[tuple[int, str], ...]
    """For each example: the number of its segment, and its theme."""
    assumed: frozenset[int] = frozenset()
    """Segments without a coding that nobody has marked as read: they may bear none, or be still to be coded."""

    def sure(self) -> tuple[tuple[Example, ...], dict[int, tuple[float, ...]]]:
        """Examples and degrees without what is only assumed: what suggestions for these segments may go by."""
        pairs = zip(self.examples, self.passages, strict=True)
        examples = tuple(example for example, (number, _) in pairs if number not in self.assumed)
        return examples, {number: row for number, row in self.given.items() if number not in self.assumed}


def training_view(coded: CodedStudy, indexes: Mapping[str, TokenIndex]) -> Training:
    """What a model may learn from before there is any coding."""
    codes = coded.codebook.active_themes
    named = {} if coded.study.settings.nlp.pipeline == BLANK else _lemmas_of(indexes)
    return Training(
        codes=codes,
        texts=theme_texts(codes, coded.codebook, coded.guide),
        examples=(),
        segments=tuple(segment for found in segments(coded).values() for segment in found),
        codebook=coded.codebook,
        guide=coded.guide,
        sources=coded.study.source_by_id,
        indexes=indexes,
        lemmas=named,
        pipeline=pipeline_label(coded.study) if indexes else "",
        language=known_language(coded.study.settings.language),
    )


def _lemmas_of(indexes: Mapping[str, TokenIndex]) -> dict[str, str]:
    """Word → lemma as the pipeline gave it; where it gave several, the first."""
    found: dict[str, str] = {}
    for index in indexes.values():
        for word, lemma in zip(index.words, index.lemmas, strict=True):
            found.setdefault(word, lemma)
    return found


def gold_of(view: Training, codings: Iterable[Coding], read: Iterable[str] = ()) -> Gold:
    """What these codings say about the segments of the view, as examples and as degrees.

    In a source with any coding, or that was marked as read, a segment without one is taken to bear none of the codes;
    where the coder may only have begun, that is a source with codings in at least half of its segments. Where others
    are judged by it that is fair; a suggestion for this very segment must not go by it (`Gold.sure`).
    """
    themes = {id: theme.id for id, theme in view.codebook.theme_of.items()}
    of_source: dict[str, list[Coding]] = {}
    for coding in codings:
        of_source.setdefault(coding.source, []).append(coding)
    said = [themes_coded(segment, of_source.get(segment.source, ()), themes) for segment in view.segments]
    all_of: dict[str, list[bool]] = {}
    for segment, words in zip(view.segments, said, strict=True):
        all_of.setdefault(segment.source, []).append(bool(words))
    read = set(read)
    done = read | {source for source, coded in all_of.items() if 2 * sum(coded) >= len(coded)}
    examples, given, passages = [], {}, []
    for number, (segment, words) in enumerate(zip(view.segments, said, strict=True)):
        if words or segment.source in done:
            given[number] = tuple(float(code.id in words) for code in view.codes)
        if not words and number in given:
            examples.append(Example(segment.said, {}, 1.0, segment.case or segment.source))
            passages.append((number, ""))
        for code, text in words.items():
            examples.append(Example(words_of(segment, text), {code: 1.0}, 1.0, segment.case or segment.source))
            passages.append((number, code))
    assumed = frozenset(n for n, row in given.items() if not any(row) and view.segments[n].source not in read)
    return Gold(tuple(examples), given, tuple(passages), assumed)


def words_of(segment: Segment, coded: str) -> str:
    """The words to learn from: those that are coded, and the question with them where the whole answer is."""
    return segment.said if coded == segment.text else coded


def theme_orders(view: Training) -> dict[str, tuple[int, ...]]:
    """The orders that a text may follow: that of the codebook, and that of each theme's first question in the guide."""
    place = {question: number for number, question in enumerate(view.guide.by_id)}
    numbers = range(len(view.codes))
    first = [_first_question(code, place) for code in view.codes]
    guide = tuple(sorted(numbers, key=lambda number: (first[number], number)))
    return {"codebook": tuple(numbers)} | ({"guide": guide} if guide != tuple(numbers) else {})


def _first_question(code: Code, place: Mapping[str, int]) -> int:
    return min((place[q] for inner in code.walk() for q in inner.questions if q in place), default=len(place))


def held_out(view: Training, gold: Gold, cases: Collection[str]) -> tuple[Training, dict[int, tuple[float, ...]]]:
    """The view and the coded segments without anything the coder said about these cases."""
    examples = tuple(example for example in gold.examples if example.case not in cases)
    given = {n: row for n, row in gold.given.items() if case_of(view.segments[n]) not in cases}
    return msgspec.structs.replace(view, examples=examples), given


def case_of(segment: Segment) -> str:
    """What is held out with a segment: its case, or its source where that belongs to none."""
    return segment.case or segment.source
