"""Whose voices carry a sentence? Deviating cases, leader and caseworker, and one interview among many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from coding.coding import Coding
from reports.alarms import Alarm, Side
from reports.findings import CaseStand, Finding
from reports.verify.licence import of_cases
from reports.verify.look import Look, labels
from reports.verify.others import others
from reports.words import digits, words_for

_MOST_OF_ONE = 0.5
_FEWEST_QUOTED, _FEWEST_CASES = 4, 3


def unmentioned_contradictions(look: Look) -> Iterator[Alarm]:
    """A case that contradicts or is divided, which neither sentence nor note lets the reader know of.

    It is known where the case is named, or where the sentence's own share leaves exactly these cases over: "tre ud af
    seks" with three that contradict. With silent cases beside them the share does not tell the two apart.
    """
    for finding in look.findings:
        ledger = look.ledgers[finding.id]
        deviating = [case for case in ledger.applicable if case.stand in ("contradicts", "mixed")]
        text = f"{finding.text} {finding.note}"
        unnamed = [case for case in deviating if not _is_named(case, text)]
        divided = [case for case in unnamed if case.stand == "mixed"]
        share_tells = has_share(look, finding.text) and not ledger.silent and not ledger.unclear and not divided
        if unnamed and not share_tells and not _counted_beside(look, finding.text, len(unnamed), len(deviating)):
            does = "contradict it or speak" if len(unnamed) > 1 else "contradicts it or speaks"
            reason = f"{labels(unnamed)} {does} both ways, and neither the sentence nor its note says so"
            evidence = [look.words_at(c) for case in unnamed for c in case.codings[:1] if case.has_evidence]
            sides = (look.said(finding), *(evidence or [look.stands(finding)]))
            yield Alarm("contradiction-not-mentioned", "error", reason, sides)


def has_share(look: Look, text: str) -> bool:
    """Whether a sentence says how many of how many cases: by a placeholder that does, or typed."""
    shares = ("fraction", "part", "half", "all_but")
    return "{andel}" in text or "{share}" in text or any(q.kind in shares for q in of_cases(look, text))


def _counted_beside(look: Look, text: str, *numbers: int) -> bool:
    """Whether the sentence gives the number of those that are otherwise: "mens to har tid nok", "de to øvrige"."""
    return any(one.k in numbers or (one.k is None and not one.silent) for one in others(text, look.noun, look.language))


def _is_named(case: CaseStand, text: str) -> bool:
    """Whether the case stands in the text: by its label, also in the genitive, or its id."""
    return any(
        re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text, re.IGNORECASE) for name in (case.case.label, case.case.id)
    )


def merged_roles(look: Look) -> Iterator[Alarm]:
    """Cases whose stance rests on one of their voices only, though another spoke of the theme too.

    Leader and caseworker who disagree make the case mixed; where they agree both can be cited. Where only one is, the
    reader takes the word of one for the word of the municipality. A sentence that says whose word it is ("lederne i
    …"), or a note on the finding that names the case or the role, settles it. Cases of which the same is to be said
    share an alarm.
    """
    for finding in look.findings:
        alike: dict[tuple[str, str, str], list[tuple[CaseStand, list[Coding]]]] = defaultdict(list)
        for case in look.ledgers[finding.id].cases:
            if case.stand not in ("supports", "contradicts") or not case.has_evidence:
                continue
            cited = {role for coding in case.codings for role in look.roles_of(coding)}
            missing = [c for c in _other_voices(look, finding, case) if cited.isdisjoint(look.roles_of(c))]
            is_said = _is_noted(finding, case, [*cited, *look.roles_of(missing[0])]) if missing else True
            if missing and not is_said and not _says_whose(finding.text, cited):
                others = ", ".join(dict.fromkeys(role for coding in missing for role in look.roles_of(coding)))
                alike[", ".join(sorted(cited)), others, case.stand].append((case, missing))
        for (cited_roles, others, stand), cases in alike.items():
            yield _merged(look, finding, cited_roles, others, stand, cases)


def _says_whose(text: str, roles: Collection[str]) -> bool:
    """Whether a sentence says whose word it is: it opens with the role, or has it behind a word for who says so."""
    opens = r"^\W*(?:alle\s+|de\s+fleste\s+|all\s+|most\s+|the\s+)?"
    says = r"(?:ifølge|hos|blandt|af|som|mener|siger|oplever|according\s+to|among|by|as|says?|thinks?)\s+(?:the\s+)?"
    return any(re.search(rf"(?:{opens}|(?<!\w){says}){re.escape(role)}", text, re.IGNORECASE) for role in roles if role)


def _other_voices(look: Look, finding: Finding, case: CaseStand) -> list[Coding]:
    """Codings of the case under the theme in sources that the evidence does not cite."""
    cell = look.whole.cells.get((case.case.id, finding.theme))
    cited = {coding.source for coding in case.codings}
    return [coding for coding in (cell.codings if cell else ()) if coding.source not in cited]


def _is_noted(finding: Finding, case: CaseStand, roles: Sequence[str]) -> bool:
    return bool(finding.note) and (_is_named(case, finding.note) or any(role in finding.note.lower() for role in roles))


def _merged(
    look: Look, finding: Finding, cited: str, others: str, stand: str, cases: Sequence[tuple[CaseStand, list[Coding]]]
) -> Alarm:
    verb = stand if len(cases) == 1 else stand.removesuffix("s")
    names = labels([case for case, _ in cases])
    reason = f"{names} {verb} it by the word of {cited} alone; {others} spoke of the theme too and is not cited"
    hint = "Cite both, make a case `mixed` if they disagree, or say in sentence or note why one speaks for the case."
    sides = (look.words_at(missing[0]) for _, missing in cases[:3])
    return Alarm("merged-roles", "warning", reason, (look.said(finding), *sides), hint)


def unbalanced(look: Look) -> Iterator[Alarm]:
    """One interview that carries a group: of the words cited for a theme in a group more than half are from it.

    Looked at where at least four codings are cited and at least three cases of the group have something coded.
    """
    coded = look.whole.coded
    for of_theme in look.themes():
        for column in look.columns:
            of_group = [f for f in of_theme.findings if f.group == column.id]
            ids = dict.fromkeys(id for f in of_group for id in f.evidence_ids if id in coded.codings_by_id)
            cited = Counter(coded.codings_by_id[id].source for id in ids)
            cells = [look.whole.cells.get((case.id, of_theme.theme)) for case in column.cases]
            speaking = sum(bool(cell and cell.codings) for cell in cells)
            if len(ids) < _FEWEST_QUOTED or speaking < _FEWEST_CASES:
                continue
            source, n = cited.most_common(1)[0]
            if n > _MOST_OF_ONE * len(ids):
                yield _carried(look, of_group, source, n, len(ids), column.label)


def _carried(look: Look, findings: Sequence[Finding], source: str, n: int, of: int, group: str) -> Alarm:
    words = words_for("en")
    said = f"{digits(n, words)} of the {digits(of, words)} codings cited for '{group}' are from one interview"
    first = findings[0]
    at = look.whole.coded.study.source_by_id[source]
    side = Side(at.file, 1, at.title)
    hint = "Cite what the other interviews say too, or say in the note that this one carries the sentence."
    return Alarm("one-interview-carries", "warning", said, (look.said(first), side), hint)
