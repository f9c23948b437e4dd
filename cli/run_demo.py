"""What `make demo` does: the example study into a new folder, checked, verified, built, and some of it shown."""

from __future__ import annotations

import sys
from pathlib import Path

from click.testing import CliRunner

from cli.main import main

CELLS = ("ressourcer", "medarbejdere")
SENTENCES = ("--theme", "ressourcer", "--group", "many")


def _unused(folder: Path) -> Path:
    """`folder`, or the first of `folder-2`, `folder-3`, … that does not exist: nobody's work is overwritten."""
    names = (folder, *(folder.with_name(f"{folder.name}-{n}") for n in range(2, 10_000)))
    return next(name for name in names if not name.exists())


def run(folder: Path) -> int:
    """Run the commands and print what a user would see; the exit code of the first that fails."""
    folder = _unused(folder)
    commands = [
        ["demo", str(folder)],
        ["check", "--study", str(folder)],
        ["verify", "--study", str(folder)],
        ["build", "--study", str(folder)],
        ["matrix", "--study", str(folder), *(word for theme in CELLS for word in ("--theme", theme))],
        ["finding", "show", "--study", str(folder), *SENTENCES],
    ]
    for command in commands:
        print(f"\n$ crosscase {' '.join(command)}")
        done = CliRunner().invoke(main, command, terminal_width=110, catch_exceptions=False)
        print(done.output, end="")
        if done.exit_code:
            return done.exit_code
    build = folder / "build"
    print(f"\nOpen {build / 'matrix.html'} in a browser, matrix.xlsx beside it in Excel, or matrix.docx in Word.")
    return 0


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1] if len(sys.argv) > 1 else "demo")))
