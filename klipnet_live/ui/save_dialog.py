"""Asking under which name a file is to be saved."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

Kind = tuple[str, str]
"""What a format is called, and its ending with the dot."""


def ask_where_to_save(parent: QWidget, title: str, name: str, kinds: Sequence[Kind]) -> Path | None:
    """The chosen path, with an ending that is one of the kinds'; None where the user left it."""
    filters = [f"{text} (*{ending})" for text, ending in kinds]
    suggested = plain_file_name(name) + kinds[0][1]
    chosen, used = QFileDialog.getSaveFileName(parent, title, suggested, ";;".join(filters))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() in [ending for _, ending in kinds]:
        return path
    ending = kinds[filters.index(used)][1] if used in filters else kinds[0][1]
    return path.with_name(path.name + ending)


def plain_file_name(title: str) -> str:
    """The title without what some system does not allow in a file's name."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip(" .") or "captions"
