"""Save and load the state of a run; a file is complete or it is not there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch

from klipnet_live.types import UserError


def save(path: Path, state: dict[str, Any]) -> None:
    """Write to a temporary file and rename, so that an interruption leaves the last good file."""
    temporary = path.with_suffix(".writing")
    try:
        with temporary.open("wb") as file:
            torch.save(state, file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except (OSError, RuntimeError) as error:
        temporary.unlink(missing_ok=True)
        raise UserError(
            "Cannot save {path}: {reason}. Free some space and resume the run.", path=path, reason=error
        ) from error


def load(path: Path) -> dict[str, Any]:
    """The state that `save` wrote."""
    if not path.is_file():
        raise UserError("There is no checkpoint {path}.", path=path)
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        reason = str(error).partition("\n")[0]
        raise UserError(
            "{path} is not a checkpoint of KLipNet: {reason}", path=path, reason=reason
        ) from error
    return state
