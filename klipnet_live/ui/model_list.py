"""The models that came with the app, for choosing one by name."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.assets import MODELS
from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.types import UserError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A folder under `models/` and the language it reads."""

    name: str
    language: str


def list_models(folder: Path = MODELS) -> tuple[ModelChoice, ...]:
    """Models whose manifest can be read; the graphs themselves are checked when one is loaded."""
    found = []
    for path in sorted(folder.glob(f"*/{FILE_NAME}")):
        try:
            manifest = load_manifest(path.parent, verify=False)
        except UserError as error:
            _log.warning("%s", error)
            continue
        found.append(ModelChoice(path.parent.name, manifest.spoken))
    return tuple(found)
