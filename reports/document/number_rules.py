"""Numbers of a report that cannot be: percentages that no count gives, shares and sums that do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from reports.alarms import Alarm, Side
from reports.document.lexicon import Lexicon, compiled
from reports.document.statements import Report, Sentence
from reports.wording.numbers import number_pattern, whole_number_of
from reports.wording.quantities import Quantity, quantities, reachable

_LONGEST_SUM = 300
"""Characters before a total in which its parts are looked for."""


def number_alarms(report: Report) -> Iterator[Alarm]:
    """Every number of the report that its own neighbours refute."""
    before: Sentence | None = None
    for sentence in (*report.sentences, *dict.fromkeys(cell.sentence for cell in report.cells)):
        is_next = before is not None and before.paragraph == sentence.paragraph >= 0
        previous = before if is_next else None
        for found in (
            _impossible(report, sentence), _wrong_share(report, sentence, previous), _wrong_sum(report, sentence)
        ):  # fmt: skip
            yield from found
        before = sentence


def _alarm(report: Report, rule: str, reason: str, sentences: Sequence[Sentence], score: float) -> Alarm:
    sides = (Side(report.file, s.line, " ".join(s.text.split())) for s in sentences)
    return Alarm(rule, "error", reason, tuple(dict.fromkeys(sides)), "", score)


def _percentages(sentence: Sentence, language: Lexicon) -> list[Quantity]:
    """The percentages of a sentence that are given as exact."""
    found = [q for q in quantities(sentence.text, language.code) if q.kind == "percent" and q.share is not None]
    about = compiled(language.about)
    return [q for q in found if not q.bound and not about.search(sentence.text[max(0, q.start - 25) : q.start])]


def _impossible(report: Report, sentence: Sentence) -> Iterator[Alarm]:
    """A percentage with the number of which it is a share: `93 percent of the 79`, `of the 79 forms, 93 percent`."""
    for percentage in _percentages(sentence, report.language):
        n = _base(sentence.text, percentage, report.language)
        share = percentage.share or Fraction(0)
        if not 2 <= n <= 10_000 or not 0 <= share <= 1 or reachable(share, n, percentage.decimals):
            continue
        below = int(share * n)
        near = " and ".join(f"{k} of {n} is {_percent(k, n, percentage.decimals)}" for k in (below, below + 1))
        yield _alarm(
            report,
            "impossible-percentage",
            f"no whole number of {n} gives {_said(percentage)}: {near}",
            [sentence],
            0.92,
        )


def _base(text: str, percentage: Quantity, language: Lexicon) -> int:
    """The number that a percentage is a share of; 0 where the sentence does not say it."""
    number = rf"({number_pattern(language.code)})"
    sign = rf"(?:%|pct\.?|procent|per\s?cent)\s+(?:af|of)\s+(?:de\s+|the\s+|these\s+|disse\s+|i alt\s+)?{number}\b"
    if behind := compiled(sign).search(text, percentage.start):
        return whole_number_of(behind[1], language.code) or 0
    if any(q.kind in ("fraction", "part") for q in quantities(text, language.code)):
        return 0
    of = r"^(?:(?:ud\s+|out\s+)?(?:af|of)|blandt|among)\s+(?:de\s+|the\s+|i alt\s+)?"
    first = compiled(rf"{of}{number}\s+[^\W\d]").search(text.strip())
    return (whole_number_of(first[1], language.code) or 0) if first else 0


def _wrong_share(report: Report, sentence: Sentence, before: Sentence | None) -> Iterator[Alarm]:
    """`45 of 150. That is 35 percent.` The percentage may be that of the rest."""
    language = report.language
    percentages = _percentages(sentence, language)
    if len(percentages) != 1:
        return
    here = _counts(sentence.text, language)
    points_back = compiled(language.amounts_to).search(sentence.text[: percentages[0].start])
    told = here or (_counts(before.text, language) if before is not None and points_back else [])
    if len(told) != 1 or (here and not points_back and not _in_brackets(sentence.text, percentages[0])):
        return
    (k, n), percentage = told[0], percentages[0]
    fitting = reachable(percentage.share or Fraction(0), n, percentage.decimals)
    if k in fitting or n - k in fitting:
        return
    reason = f"{k} of {n} is {_percent(k, n, percentage.decimals)}, and not {_said(percentage)}"
    yield _alarm(report, "wrong-share", reason, [sentence] if here else [before or sentence, sentence], 0.93)


def _counts(text: str, language: Lexicon) -> list[tuple[int, int]]:
    """The counts with their total of a sentence: `45 of 150`, `of 150 visitors, 45 …`."""
    found = [(q.k, q.n) for q in quantities(text, language.code) if q.kind == "fraction"]
    number = rf"({number_pattern(language.code)})"
    whole = compiled(
        rf"^(?:ud\s+)?(?:af|of)\s+(?:de\s+|the\s+)?{number}\s+[^\W\d][^,\d]*?,?\s+(?:\w+\s+){{0,2}}?{number}\b"
    ).search(text)
    if not found and whole:
        found = [(whole_number_of(whole[2], language.code), whole_number_of(whole[1], language.code))]
    return [(k, n) for k, n in found if k is not None and n is not None and 0 <= k <= n and n]


def _in_brackets(text: str, percentage: Quantity) -> bool:
    return text[: percentage.start].rstrip().endswith("(")


def _wrong_sum(report: Report, sentence: Sentence) -> Iterator[Alarm]:
    """`20 nurses, 45 assistants and 70 helpers, a total of 145`; `15 agreed, five did not, 24 in all`."""
    language = report.language
    number, text = number_pattern(language.code), sentence.text
    ahead = compiled(rf"\b(?:{language.total})\s+({number})\b")
    behind = compiled(rf"[,;–-]\s+({number})\s+(?:{language.total})\b")
    for found in (*ahead.finditer(text), *behind.finditer(text)):
        added = _parts(text[max(0, found.start() - _LONGEST_SUM) : found.start()], language)
        total = whole_number_of(found[1], language.code)
        if total and len(added) >= 2 and sum(added) != total:
            reason = f"{' + '.join(map(str, added))} is {sum(added)}, and not {total}"
            yield _alarm(report, "wrong-sum", reason, [sentence], 0.9)


def _parts(text: str, language: Lexicon) -> list[int]:
    """The numbers that are added up before a total: one in each piece of the list, each piece but the first opens
    with its own. Of `15 of the 24` the 15 counts."""
    number = number_pattern(language.code)
    pieces = compiled(language.listed).split(text.rstrip(" ,;–-"))
    opening = compiled(rf"\s*({number})(?![\w.,]*\d)\b")
    whole = compiled(rf"^(?:(?:ud\s+|out\s+)?(?:af|of)|blandt|among)\s+(?:de\s+|the\s+)?{number}\b[^\d]*$")
    added: list[int] = []
    for piece in reversed(pieces):
        value = whole_number_of(found[1], language.code) if (found := opening.match(piece)) else None
        if value is None:
            if len(added) >= 2 and whole.match(piece.strip()):
                return added
            last = list(compiled(rf"(?<![\w.,])({number})(?!\w)").finditer(piece))
            first = whole_number_of(last[-1][1], language.code) if last else None
            return [first, *added] if first is not None else added
        added.insert(0, value)
    return added


def _percent(k: int, n: int, decimals: int) -> str:
    return f"{100 * k / n:.{max(decimals, 1)}f} percent"


def _said(percentage: Quantity) -> str:
    return f"{float((percentage.share or 0) * 100):.{percentage.decimals}f} percent"
