"""What a file is, judged by what it holds and not by its name."""

from __future__ import annotations

import io
import re
import zipfile

import msgspec

from corpus.readers.archives import ZIP_FAULTS
from corpus.readers.encodings import beginning

HEAD_BYTES = 4096
"""So much of a file's beginning says what kind of text it is."""


class Kind(msgspec.Struct, frozen=True):
    """A kind of file: its name in a sentence, the suffix whose reader reads it (empty where none does), the way out."""

    name: str
    suffix: str = ""
    advice: str = ""
    is_unknown_archive: bool = False


_AS_DOCX = "Open it in the program that wrote it, save it as docx, odt or text, and import that file."
_OLD_OFFICE = "Open it in Word or LibreOffice and save it as {0} (or: soffice --headless --convert-to {0} FILE)."
_TRANSCRIPT = "crosscase reads words: import the transcript of it."
_WORDS_OF_PICTURE = "crosscase reads words: type out or recognise (OCR) the words in it, and import these."
_PROJECT = "A project of another tool comes in with `crosscase import-project FILE`."
_UNPACK = "Unpack it and import the folder."

_PDF = Kind("a PDF", ".pdf")
_RTF = Kind("an RTF document", ".rtf")
_HTML = Kind("a web page", ".html")
_FLAT_ODT = Kind("an OpenDocument text", ".odt")
_VTT = Kind("a file of subtitles (WebVTT)", ".vtt")
_SRT = Kind("a file of subtitles (SubRip)", ".srt")

_ZIP = Kind("a zip archive", "", _UNPACK, is_unknown_archive=True)

_MAGIC = (
    (b"%PDF", _PDF),
    (b"SQLite format 3\x00", Kind("a database", "", _PROJECT)),
    (b"\x89PNG\r\n", Kind("a picture (png)", "", _WORDS_OF_PICTURE)),
    (b"\xff\xd8\xff", Kind("a picture (jpg)", "", _WORDS_OF_PICTURE)),
    (b"GIF8", Kind("a picture (gif)", "", _WORDS_OF_PICTURE)),
    (b"II*\x00", Kind("a picture (tiff)", "", _WORDS_OF_PICTURE)),
    (b"MM\x00*", Kind("a picture (tiff)", "", _WORDS_OF_PICTURE)),
    (b"ID3", Kind("a sound recording (mp3)", "", _TRANSCRIPT)),
    (b"\xff\xfb", Kind("a sound recording (mp3)", "", _TRANSCRIPT)),
    (b"\xff\xf3", Kind("a sound recording (mp3)", "", _TRANSCRIPT)),
    (b"RIFF", Kind("a recording", "", _TRANSCRIPT)),
    (b"OggS", Kind("a recording (ogg)", "", _TRANSCRIPT)),
    (b"fLaC", Kind("a sound recording (flac)", "", _TRANSCRIPT)),
    (b"\x1aE\xdf\xa3", Kind("a recording (mkv or webm)", "", _TRANSCRIPT)),
    (b"\x30\x26\xb2\x75", Kind("a recording (wma or wmv)", "", _TRANSCRIPT)),
    (b"\x1f\x8b", Kind("a compressed file (gzip)", "", _UNPACK)),
    (b"7z\xbc\xaf", Kind("a compressed archive (7z)", "", _UNPACK)),
    (b"Rar!\x1a", Kind("a compressed archive (rar)", "", _UNPACK)),
    (b"BZh", Kind("a compressed file (bzip2)", "", _UNPACK)),
    (b"\xfd7zXZ", Kind("a compressed file (xz)", "", _UNPACK)),
    (b"MZ\x90", Kind("a program")),
    (b"\x7fELF", Kind("a program")),
)  # fmt: skip
"""The first bytes of a file → what it is."""

_IN_ZIP = (
    ("word/document.xml", Kind("a Word document", ".docx")),
    ("xl/workbook.xml", Kind("a workbook (xlsx)", ".xlsx")),
    ("ppt/presentation.xml", Kind("a presentation (pptx)", "", _AS_DOCX)),
    ("project.qde", Kind("a REFI-QDA project", "", _PROJECT)),
    ("Index/Document.iwa", Kind("a Pages document", "", _AS_DOCX)),
)
"""A file in a zip archive → what the archive is."""

_MIMETYPES = {
    "application/vnd.oasis.opendocument.text": Kind("an OpenDocument text", ".odt"),
    "application/vnd.oasis.opendocument.text-template": Kind("an OpenDocument text", ".odt"),
    "application/vnd.oasis.opendocument.spreadsheet": Kind("a workbook (ods)", ".ods"),
    "application/epub+zip": Kind("an e-book (epub)", "", _AS_DOCX),
}
"""What an archive of OpenDocument says it is."""

_IN_OLE = (
    ("EncryptedPackage", Kind("locked with a password", "", "Open it, take the password off, and save it anew.")),
    ("WordDocument", Kind("an old Word document (.doc)", "", _OLD_OFFICE.format("docx"))),
    ("Workbook", Kind("an old workbook (.xls)", "", _OLD_OFFICE.format("xlsx"))),
    ("PowerPoint Document", Kind("an old presentation (.ppt)", "", _AS_DOCX)),
    ("__substg1.0", Kind("a mail of Outlook (.msg)", "", _AS_DOCX)),
)  # fmt: skip
"""The name of a stream in a file of the old Office → what the file is."""

_BEFORE = r"(?:\s|<\?xml[^>]*>|<!--(?:(?!-->)[\s\S])*-->)*"
_TEXTS = (
    (re.compile(r"\s*\{\\rtf"), _RTF),
    (re.compile(r"WEBVTT(?:[ \t\n]|$)"), _VTT),
    (re.compile(r"\s*\d+[ \t]*\n\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->[ \t]*\d"), _SRT),
    (re.compile(rf"{_BEFORE}<office:document\s"), _FLAT_ODT),
    (re.compile(rf"{_BEFORE}<(?:!doctype\s+html|html)\b", re.IGNORECASE), _HTML),
    (re.compile(rf"{_BEFORE}<\?mso-application progid=\"Word"), Kind("a Word document in XML (2003)", "", _AS_DOCX)),
    (re.compile(r"(?:[\w-]+:[^\n]*\n)*?MIME-Version:[\s\S]*multipart/related", re.IGNORECASE),
     Kind("a mail or a web archive (mht)", "", _AS_DOCX)),
)  # fmt: skip
"""How a text begins → what it is."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_JUNK = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin", "found.000"))
_JUNK_PREFIXES = (".", "~$", "~wrl", "._")
_JUNK_SUFFIXES = (".tmp", ".part", ".crdownload", ".bak", ".lock", ".lnk", "~", "#")


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name was left by a program: hidden files, locks, thumbnails, half downloads."""
    small = name.lower()
    return small.startswith(_JUNK_PREFIXES) or small.endswith(_JUNK_SUFFIXES) or small in _JUNK


def is_text(head: bytes) -> bool:
    """Whether a file that begins with `head` looks like text in some encoding: no zeros, hardly any control signs."""
    text = beginning(head)
    return len(_CONTROL.findall(text)) <= len(text) // 200


def kind_of(data: bytes, whole: bool = True) -> Kind | None:
    """What the file that holds `data` is; None for plain text, and for what is not known.

    `whole` is false where `data` is only the beginning of the file.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data, whole)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1"):
        found = (kind for name, kind in _IN_OLE if name.encode("utf-16-le") in data)
        return next(found, Kind("a file of an old Office program", "", _AS_DOCX))
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if data[4:8] == b"ftyp":
        return Kind("a recording (mp4 or m4a)", "", _TRANSCRIPT)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return _PDF
    head = beginning(data[:HEAD_BYTES])
    return next((kind for pattern, kind in _TEXTS if pattern.match(head)), None)


def _kind_of_zip(data: bytes, whole: bool) -> Kind:
    """What a zip archive is; one that is damaged, or not there as a whole, counts by names near its beginning."""
    names: frozenset[str] = frozenset()
    mimetype = ""
    try:
        if not whole:
            raise zipfile.BadZipFile
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.NameToInfo)
            if (info := archive.NameToInfo.get("mimetype")) and info.file_size < 200:
                mimetype = archive.read(info).decode("ascii", "replace").strip()
    except ZIP_FAULTS:
        head = data[: 64 * 1024].decode("latin-1")
        names = frozenset(name for name, _ in _IN_ZIP if name in head)
        mimetype = next((said for said in sorted(_MIMETYPES, key=len, reverse=True) if f"mimetype{said}" in head), "")
    if mimetype in _MIMETYPES:
        return _MIMETYPES[mimetype]
    if any(name.lower().endswith(".qde") for name in names):
        return dict(_IN_ZIP)["project.qde"]
    return next((kind for name, kind in _IN_ZIP if name in names), _ZIP)
