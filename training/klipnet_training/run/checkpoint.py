"""Saves and loads checkpoints atomically."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import torch

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import UserError


def save(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint. UserError if it cannot be written; an older file is then unchanged."""
    # When torch writes to a file itself, it hides the reason of a failure.
    whole = io.BytesIO()
    torch.save(state, whole)
    try:
        write_atomically(path, whole.getbuffer())
    except OSError as error:
        raise UserError(
            "Cannot save {path}: {reason}. Free some space and resume the run.",
            path=path,
            reason=error.strerror,
        ) from error


def load(path: Path) -> dict[str, Any]:
    """Read a checkpoint. Raises UserError."""
    if not path.is_file():
        raise UserError("There is no checkpoint {path}.", path=path)
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        if not isinstance(state, dict):
            raise TypeError(f"it holds a {type(state).__name__}")
    except Exception as error:
        reason = str(error).partition("\n")[0]
        raise UserError("{path} is not a KLipNet checkpoint: {reason}", path=path, reason=reason) from error
    return state


def part(state: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    """A named part of a state that was loaded from `path`. UserError if there is none."""
    found = state.get(name)
    if not isinstance(found, dict):
        raise UserError("{path} is not a KLipNet checkpoint: it has no {part}.", path=path, part=name)
    return found
