"""RTF: its signs and control words as tokens, and what those mean that stand for words, places or letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from corpus.readers.encodings import known_encoding

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-zA-Z])|([{}])|([^\\{}]+)|\\", re.DOTALL
)


class Token(msgspec.Struct, frozen=True):
    """A piece of RTF: a control word with its number, a brace, bytes as `\\'e6`, or plain bytes.

    A control sign (`\\~`) is a control word of one sign. `number` is None where there is none.
    """

    kind: Literal["word", "open", "close", "byte", "text"]
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = Token("open"), Token("close")


def rtf_tokens(data: bytes) -> Iterator[Token]:
    """The tokens of an RTF file; line ends between them mean nothing, and what `\\bin` announces is passed over."""
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        kind = found.lastindex
        if kind == 6:
            if text := found[6].translate(None, b"\r\n"):
                yield Token("text", data=text)
        elif kind == 5:
            yield _OPEN if found[5] == b"{" else _CLOSE
        elif kind == 3:
            yield Token("byte", data=bytes.fromhex(found[3].replace(b"\\'", b"").decode()))
        elif kind == 4:
            yield Token("word", found[4].decode("latin-1"))
        elif kind in (1, 2):
            number = int(found[2]) if found[2] else None
            if found[1] == b"bin":
                at += max(number or 0, 0)
            else:
                yield Token("word", found[1].decode(), number)


SIGNS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "~": "\xa0", "_": "-", "-": "", "emdash": "—", "endash": "–",
    "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "page": "\f", "softline": "", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
"""Control words that stand for a sign."""

CODE_PAGES = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
"""`\\fcharset` of a font → the encoding of its bytes. 1 (default) is that of the document; 2 is a font of symbols."""

_SILENT_WORDS = (
    "colortbl info pict object header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn "
    "aftnsep aftnsepc aftncn fldinst xe tc tcn rxe txe nonshppict shprslt filetbl revtbl pnseclvl sn sv nonesttables "
    "falt panose fontemb listtable listoverridetable rsidtbl generator themedata colorschememapping datastore "
    "latentstyles wgrffmtfilter userprops xmlnstbl docvar template atnid atnauthor atntime atnicn atnref atrfstart "
    "atrfend atndate bkmkstart bkmkend objdata objclass objname blipuid picprop mmathPr mmathPict background"
)
SILENT = frozenset(_SILENT_WORDS.split())
"""Destinations whose words are none of the document's."""

PARAGRAPH_ENDS = frozenset(("par", "sect", "\n", "\r"))
"""A paragraph ends here; a backslash at the end of a line is one of them."""


def code_page(number: int) -> str:
    """The encoding that `\\ansicpg` or `\\cpg` names; empty where there is none."""
    return {10000: "mac_roman", 65001: "utf-8"}.get(number) or known_encoding(f"cp{number}")
