"""Updates the translations from the sources: the window's texts, and the messages of all other layers.

    python -m scripts.translations

Run it at the top of the checkout, then translate what the `.ts` file marks as unfinished, and run it again.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import klipnet_live
from klipnet_live.ui.text.language import FOLDER

SOURCES = Path(klipnet_live.__file__).parent

TRAINING = SOURCES.parent / "training" / "klipnet_training"
_TRAINED_IN_THE_WINDOW = (
    "arguments.py", "commands/adapt.py", "data/clips.py", "data/layouts.py", "data/mouths.py",
    "data/stored.py", "data/table.py", "export/graphs.py", "run/checkpoint.py", "run/released.py",
    "run/run_folder.py", "run/sources.py", "run/trainer.py",
)  # fmt: skip
"""Files of the training whose messages can end a training that was started in the window."""

_NOT_TRANSLATED = ("commands", "doctor")
"""Folders whose messages appear in the terminal only, which speaks English."""


def main() -> None:
    """Update and compile the translations into all languages."""
    for translations in sorted(FOLDER.glob("*.ts")):
        update(translations)
        release(translations, translations.with_suffix(".qm"))


def update(translations: Path) -> None:
    """Add new texts of the sources to a `.ts` file, and remove those that are gone."""
    window_texts = sorted(map(str, (SOURCES / "ui").rglob("*.py")))
    with tempfile.TemporaryDirectory() as folder:
        listing = Path(folder) / "messages.py"
        listing.write_text(
            "".join(f'QT_TRANSLATE_NOOP("errors", {json.dumps(text)})\n' for text in messages()),
            encoding="utf-8",
        )
        subprocess.run(
            [
                _tool("pyside6-lupdate"), *window_texts, str(listing),
                "-ts", str(translations), "-no-obsolete", "-locations", "none",
            ],
            check=True,
        )  # fmt: skip


def release(translations: Path, compiled: Path) -> None:
    """Compile a `.ts` file into the `.qm` file that Qt reads."""
    subprocess.run([_tool("pyside6-lrelease"), str(translations), "-qm", str(compiled)], check=True)


def messages() -> list[str]:
    """Templates of all UserErrors outside the window's own texts, and the values marked as translatable."""
    trees = parsed_sources()
    texts = (
        call.args[0].value
        for call in calls(trees, {"translatable", *error_classes(trees)})
        if call.args and isinstance(call.args[0], ast.Constant)
    )
    return list(dict.fromkeys(map(str, texts)))


def parsed_sources() -> list[ast.Module]:
    """The files whose messages appear in the window."""
    app = [
        path
        for path in sorted(SOURCES.rglob("*.py"))
        if not set(_NOT_TRANSLATED) & set(path.relative_to(SOURCES).parts)
    ]
    training = [TRAINING / name for name in _TRAINED_IN_THE_WINDOW]
    return [ast.parse(path.read_text(encoding="utf-8")) for path in (*app, *training)]


def calls(trees: Iterable[ast.AST], names: Collection[str]) -> Iterator[ast.Call]:
    """The calls of functions and classes of these names."""
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
                yield node


def error_classes(trees: Iterable[ast.AST]) -> set[str]:
    """The names of UserError and its subclasses."""
    bases = {
        node.name: {getattr(base, "id", "") for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"UserError"}
    while more := {name for name, its in bases.items() if its & found} - found:
        found |= more
    return found


def _tool(name: str) -> str:
    """A program of PySide6, next to the running Python."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or name


if __name__ == "__main__":
    main()
