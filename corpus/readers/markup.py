"""Inline Markdown and HTML taken off a line: bold, italics, links, tags; the words stay."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import islice

from corpus.readers.notes import marked

_ANY_MARKUP = re.compile(r"[\\*_~`\[<&]")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]|<sup>\s*\[?([^<\]]{1,12})\]?\s*</sup>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)")
_ADDRESS = re.compile(r"<(https?://[^\s<>]{1,500}|(?:mailto:)?[^\s<>@]{1,64}@[^\s<>@]{1,200})>")
_TAGS = (
    "a abbr b big blockquote br center cite code dd del div dl dt em figure font h1 h2 h3 h4 h5 h6 hr i img ins kbd "
    "li mark ol p pre q s small span strike strong sub sup table tbody td th thead tr tt u ul"
)
_TAG = re.compile(rf"</?({'|'.join(_TAGS.split())})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)
_CELLS = re.compile(r"</t[dh]>\s*<t[dh](?:\s[^<>]{0,300})?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_TOKEN = re.compile(r"\\([!-/:-@\[-`{-~])|(\*+|_+|~~|`+)")
_DELIMITER = re.compile(r"\*+|_+|~~|`+")
_MANY, _DENSE = 50_000, 5
"""So many signs of emphasis, and one for so many characters, are no text that somebody wrote."""
_TOGETHER = 5_000
"""Signs that are paired at once: emphasis does not go on for longer, and memory stays small."""
_EMPHASIS = re.compile(r"^(\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1$", re.DOTALL)


def is_bold(text: str) -> bool:
    """Whether all of a Markdown line is bold."""
    return len(text) < 500 and bool(_EMPHASIS.match(text.strip()))


def is_mostly_markup(text: str) -> bool:
    """Whether a text is made of signs of emphasis, and not of words with some of them."""
    if sum(map(text.count, "*_~`")) <= max(_MANY, len(text) // _DENSE):
        return False
    return sum(1 for _ in _DELIMITER.finditer(text)) > max(_MANY, len(text) // _DENSE)


def plain(text: str) -> str:
    """`text` without inline markup. Marks of footnotes become marks that `corpus.readers.notes` knows.

    Unpaired signs, and signs inside words (`min_fil`, `2*3`), stay. Linear in the length of `text`.
    """
    if not _ANY_MARKUP.search(text):
        return text
    text = _NOTE_MARK.sub(lambda mark: marked(mark[1] or mark[2].strip()), text)
    if "](" in text:
        text = _LINK.sub(r"\1", _LINK.sub(r"\1", text))
    if "<" in text:
        text = _ADDRESS.sub(r"\1", text)
        text = _TAG.sub(_tag, _CELLS.sub("\t", text))
    text = _without_delimiters(text)
    return _ENTITY.sub(_entity, text) if "&" in text else text


def _tag(tag: re.Match[str]) -> str:
    return "\n" if tag[1].lower() == "br" else ""


def _entity(entity: re.Match[str]) -> str:
    character = html.unescape(entity[0])
    return " " if character.isspace() else character if character.isprintable() else entity[0]


def _without_delimiters(text: str) -> str:
    """Paired `*`, `_`, `~~` and backquotes taken out, and backslashes before signs; paired as CommonMark does."""
    parts: list[str] = []
    end = 0
    found = _TOKEN.finditer(text)
    while tokens := list(islice(found, _TOGETHER)):
        keep = _unpaired(text, tokens)
        for index, token in enumerate(tokens):
            parts += [text[end : token.start()], token[1] or keep[index]]
            end = token.end()
    return "".join([*parts, text[end:]])


def _unpaired(text: str, tokens: Sequence[re.Match[str]]) -> dict[int, str]:
    """Index of a run of signs among `tokens` → the signs in it that have no partner."""
    keep = {index: token[2] for index, token in enumerate(tokens) if token[2]}
    open_runs: dict[str, list[int]] = {}
    for index, token in enumerate(tokens):
        run = token[2]
        if not run:
            continue
        before, after = text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
        waiting = open_runs.setdefault(run[0], [])
        opens, closes = _flanking(run[0], before, after)
        if closes:
            while waiting and keep[index]:
                length = min(len(keep[waiting[-1]]), len(keep[index]))
                keep[index] = keep[index][length:]
                keep[waiting[-1]] = keep[waiting[-1]][length:]
                if not keep[waiting[-1]]:
                    waiting.pop()
        if opens and keep[index]:
            waiting.append(index)
    return keep


def _flanking(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run of signs can open and can close emphasis, judged by the characters beside it (CommonMark 6.2)."""
    space_before, space_after = not before or before.isspace(), not after or after.isspace()
    sign_before, sign_after = not (space_before or before.isalnum()), not (space_after or after.isalnum())
    opens = not space_after and (not sign_after or space_before or sign_before)
    closes = not space_before and (not sign_before or space_after or sign_after)
    if sign == "_":
        return opens and (not closes or sign_before), closes and (not opens or sign_after)
    return opens, closes
