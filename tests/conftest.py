"""What all tests share: a study written inline, and the real files beside the project where they are there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("crosscase", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "crosscase")

SHARED = Path(__file__).resolve().parents[2] / "shared"

MINIMAL = {
    "study.toml": 'format = "crosscase-study/1"\ntitle = "Prøve"\nlanguage = "da"\n[matrix]\ncoders = "ana"\n',
    "cases.csv": "id,label,group,cluster\nbirkeby,Birkeby,few,nord\naskhavn,Askhavn,many,nord\n",
}


@pytest.fixture
def shared() -> Path:
    """The folder with real studies and other tools' files, which is not part of the project."""
    if not (SHARED / "DESIGN.md").exists():
        pytest.skip("the shared folder with real studies and other tools' files is not beside this clone")
    return SHARED


@pytest.fixture
def make_study(tmp_path: Path) -> Callable[..., Path]:
    """Write a study inline and get its folder.

    The text names each file in a line `=== path`; what follows until the next such line is its content. study.toml
    and cases.csv are added (two cases, birkeby few and askhavn many) where the text does not give them; a file given
    with no content is not written at all.
    """

    def write(text: str = "", name: str = "study") -> Path:
        root = tmp_path / name
        parts = re.split(r"^=== (\S+)[ \t]*\n", text, flags=re.MULTILINE)
        given = dict(zip(parts[1::2], parts[2::2], strict=True))
        for path, content in (MINIMAL | given).items():
            if content.strip():
                file = root / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.encode("utf-8", "surrogatepass"))
        return root

    return write
