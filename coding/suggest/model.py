"""One coder's model: fitted on the codebook and this coder's codings, asked for suggestions.

`fit` works with no coding at all, and again after each; `Model.suggest` ranks all codes for each segment. Everything
is deterministic: the same study gives the same suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from coding.coded_study import CodedStudy
from coding.coding import Coding
from coding.suggest.calibration import NEVER, Bar, Calibration, calibration, codes_with_enough, margin_of
from coding.suggest.combination import Answer, as_shown, combined, shares_of, summed
from coding.suggest.gold import Gold, case_of, gold_of, held_out, theme_orders, training_view
from coding.suggest.guard import sound
from coding.suggest.judging import turned_down, words_digest
from coding.suggest.named_models import default_suggesters
from coding.suggest.one_thread import one_thread
from coding.suggest.segment_list import Segment
from coding.suggest.subcodes import Spans, SubCodes, sub_codes
from coding.suggest.suggester import OWN, Suggester, Training
from coding.suggest.suggestion import SegmentSuggestions, Suggestion
from coding.suggest.text_suggester import TextSuggester
from corpus.tokens import TokenIndex

MODEL = "crosscase"
VERSION = "2"
_MOST_FITS = 10
"""How often a model is made for its calibration, at most."""


class Model(msgspec.Struct, frozen=True):
    """A fitted model. `answer` holds the shares of all segments of the study, in their order.

    `rejected`: source and digest of a segment's words → the codes that the coder said no to there.
    """

    coder: str
    view: Training
    suggesters: tuple[Suggester, ...]
    gold: Gold
    answer: Answer
    calibration: Calibration
    below: SubCodes
    precision: float
    numbers: Mapping[tuple[str, int, int], int] = {}
    rejected: Mapping[tuple[str, str], frozenset[str]] = {}

    @property
    def origin(self) -> str:
        """`name/version`: the model's, a named pipeline's, and those of suggesters that are not crosscase's."""
        others = [f"{s.name}/{s.version}" for s in sound(self.suggesters) if s.name not in OWN]
        return "+".join(filter(None, (f"{MODEL}/{VERSION}", self.view.pipeline, *others)))

    @property
    def order(self) -> str:
        """The order of segments that was found: `none`, `sticky`, `codebook`, `guide` or `learned`."""
        return self.answer.order

    def shares(self, wanted: Sequence[Segment]) -> Any:
        """Segments × themes. For a segment that is not in the study as fitted, its words alone speak."""
        import numpy as np

        found = np.zeros((len(wanted), len(self.view.codes)))
        rows = [self.numbers.get((s.source, s.start, s.end), -1) for s in wanted]
        if self.view.segments:
            known = [i for i, row in enumerate(rows) if row >= 0 and self.view.segments[row].text == wanted[i].text]
            found[known] = self.answer.shares[[rows[i] for i in known]]
        else:
            known = []
        if new := sorted(set(range(len(wanted))) - set(known)):
            found[new] = as_shown(shares_of(summed(self.suggesters, [wanted[i] for i in new], self.view)))
        return found

    @one_thread()
    def suggest(self, wanted: Iterable[Segment], precision: float | None = None) -> list[SegmentSuggestions]:
        """All codes for each segment, best first, with the words that speak for them."""
        wanted = list(wanted)
        shares = self.shares(wanted)
        evidence = _evidence(self.suggesters, wanted)
        parts = self.below.parts(wanted)
        bar = self._bar(self.precision if precision is None else precision)
        return [
            self._ranked(segment, row, words, part, bar)
            for segment, row, words, part in zip(wanted, shares, evidence, parts, strict=True)
        ]

    def _bar(self, precision: float) -> Bar:
        """What a proposal needs. A theme without another beside it leads by nothing: only codings can tell then."""
        is_alone = len(self.view.codes) < 2 and not self.calibration.margins
        return Bar(NEVER) if is_alone else self.calibration.bar(precision)

    def _ranked(
        self,
        segment: Segment,
        row: Any,
        words: dict[str, Spans],
        parts: Mapping[str, tuple[float, Spans]],
        bar: Bar,
    ) -> SegmentSuggestions:
        scores = {code.id: float(share) for code, share in zip(self.view.codes, row, strict=True)}
        chances = dict(zip(scores, self.calibration.probabilities(list(scores), list(scores.values())), strict=True))
        above = self.view.codebook.theme_of
        for code, (part, speaking) in parts.items():
            words = words | {code: speaking}
            theme = above[code].id
            scores[code] = scores[theme] * part
            chance = chances[theme]
            chances[code] = chance * part if chance is not None and code in self.below.enough else None
        place = {code: number for number, code in enumerate(scores)}
        for code in self._rejected(segment) & scores.keys():
            scores[code], words = 0.0, words | {code: ()}
            chances[code] = None if chances[code] is None else 0.0
        margin = margin_of([scores[code.id] for code in self.view.codes])
        ranked = sorted(scores, key=lambda code: (-scores[code], place[code]))
        made = tuple(
            Suggestion(c, round(scores[c], 6), _rounded(chances[c]), words.get(c, ()), self.origin) for c in ranked
        )
        abstained = not ranked or not bar.is_cleared(margin, chances[ranked[0]])
        return SegmentSuggestions(segment.source, segment.start, segment.end, made, abstained, round(margin, 6))

    def _rejected(self, segment: Segment) -> set[str]:
        """The codes that the coder rejected for these words, with the codes below them; some may be replaced since."""
        said = self.rejected.get((segment.source, words_digest(segment.text)), frozenset()) if self.rejected else ()
        codebook = self.view.codebook
        return {below.id for code in said if code in codebook.by_id for below in codebook.by_id[code].walk()}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


@one_thread()
def fit(
    coded: CodedStudy,
    coder: str | None,
    codings: Sequence[Coding] | None = None,
    *,
    indexes: Mapping[str, TokenIndex] | None = None,
    suggesters: Sequence[Suggester] | None = None,
    precision: float | None = None,
    calibrate: bool = True,
) -> Model:
    """The model of one coder.

    `codings` are those to learn from (default: all of this coder's; with `coder` None there are none). `indexes` are
    the token indexes of `corpus.tokens.read_tokens`, which patterns and a named pipeline's lemmas need. `suggesters`
    are those that study.toml names; given again from an earlier model, what they know of the texts is kept, and
    fitting takes a fraction of the time. What the coder rejected is not proposed to them again.
    """
    view = training_view(coded, indexes or {})
    if codings is None:
        codings = [c for c in coded.codings if c.coder == coder] if coder else []
    read = {mark.source for mark in coded.reads if mark.coder == coder and not mark.theme} if coder else set()
    gold = gold_of(view, codings, read)
    examples, given = gold.sure()
    view = msgspec.structs.replace(view, examples=examples)
    settings = coded.study.settings.suggest
    used = tuple(suggesters) if suggesters is not None else default_suggesters(coded)
    for suggester in used:
        suggester.fit(view)
    found = calibrated(used, view, gold) if calibrate else Calibration()
    answer = combined(used, view, view.segments, given, theme_orders(view))
    numbers = {(s.source, s.start, s.end): number for number, s in enumerate(view.segments)}
    space = next((s.space for s in used if isinstance(s, TextSuggester)), None)
    below = sub_codes(view, codings, space)
    wanted = settings.wanted if precision is None else precision
    rejected = turned_down(coded.judgements, coder, coded.codebook) if coder else {}
    return Model(coder or "", view, used, gold, answer, found, below, wanted, numbers, rejected)


def held_out_shares(suggesters: Sequence[Suggester], view: Training, gold: Gold) -> tuple[list[int], Any]:
    """`(segment numbers, shares)` of all coded segments, each from a fit that knows nothing of its case.

    With more than ten cases some are held out together, so that a large study is calibrated in a bearable time.
    """
    import numpy as np

    rows = sorted(gold.given)
    shares = np.zeros((len(view.segments), len(view.codes)))
    orders = theme_orders(view)
    cases = sorted({case_of(view.segments[row]) for row in rows})
    for number in range(min(_MOST_FITS, len(cases))):
        out = frozenset(cases[number::_MOST_FITS])
        without, given = held_out(view, gold, out)
        of_cases = [row for row in rows if case_of(view.segments[row]) in out]
        shares[of_cases] = combined(suggesters, without, view.segments, given, orders).shares[of_cases]
    return rows, shares[rows]


def calibrated(suggesters: Sequence[Suggester], view: Training, gold: Gold) -> Calibration:
    """The calibration by held-out case; an empty one where no code has enough codings from enough cases."""
    import numpy as np

    cases: dict[str, list[str]] = {}
    for number, code in gold.passages:
        if code:
            cases.setdefault(code, []).append(case_of(view.segments[number]))
    enough = codes_with_enough({code: tuple(of) for code, of in cases.items()})
    if not enough:
        return Calibration()
    rows, shares = held_out_shares(suggesters, view, gold)
    given = np.array([gold.given[row] for row in rows]) > 0
    return calibration(shares, given, [code.id for code in view.codes], enough)


def _evidence(suggesters: Sequence[Suggester], wanted: Sequence[Segment]) -> list[dict[str, Spans]]:
    """For each segment: code → the words that any suggester names for it, in order, those inside the segment."""
    found: list[dict[str, set[tuple[int, int]]]] = [{} for _ in wanted]
    for suggester in suggesters:
        for number, answer in enumerate(suggester.suggest(wanted)):
            for code, spans in answer.evidence.items():
                found[number].setdefault(code, set()).update(spans)
    return [{code: tuple(sorted(spans)) for code, spans in entry.items()} for entry in found]
