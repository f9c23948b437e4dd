"""Pictures as png, drawn by resvg. The letters are those of this computer's fonts, so a png is not part of a build."""

from __future__ import annotations

ZOOM = 3
"""Pixels of the png for each of the svg: sharp on paper at the width of an A4 page."""
_LETTERS = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><text x="2" y="15" {}>Ag</text></svg>'


class NoFontsError(Exception):
    """This computer has no font that a picture could be written with; its png would have no words."""


def png_bytes(svg: bytes, zoom: int = ZOOM) -> bytes:
    """The picture as png. Raises NoFontsError rather than leaving the words out."""
    import resvg_py

    font = 'font-family="Arial, Helvetica, Liberation Sans, sans-serif"'
    if resvg_py.svg_to_bytes(svg_string=_LETTERS.format(font)) == resvg_py.svg_to_bytes(
        svg_string=_LETTERS.format('fill="none"')
    ):
        raise NoFontsError
    return resvg_py.svg_to_bytes(svg_string=svg.decode(), zoom=zoom)
