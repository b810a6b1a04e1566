"""A dialog that asks where to save a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from klipnet_live.ui.widgets.file_formats import Format


def ask_where_to_save(parent: QWidget, title: str, name: str, kinds: Sequence[Format]) -> Path | None:
    """Return the chosen path with the extension of one of the formats, or None if the user cancels.

    `name`: the suggested path without an extension.
    """
    filters = [f"{kind.text} (*{kind.ending})" for kind in kinds]
    chosen, used = QFileDialog.getSaveFileName(parent, title, name + kinds[0].ending, ";;".join(filters))
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() in [kind.ending for kind in kinds]:
        return path
    ending = kinds[filters.index(used)].ending if used in filters else kinds[0].ending
    return path.with_name(path.name + ending)
