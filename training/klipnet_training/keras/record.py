"""import.json: how the weights of an imported run were made."""

from __future__ import annotations

import json
from pathlib import Path

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.types import UserError

IMPORT_FILE = "import.json"

CROP = CropGeometry(width_in_inter_ocular=2.04)
"""The Keras LipNet cropped 100x50 pixels from GRID's frames without scaling: on average 2.04 inter-ocular
distances in nine clips of five speakers (1.86 to 2.35)."""


def crop_of(run: Path) -> CropGeometry:
    """The crop geometry that a run's network expects. UserError if its record is damaged."""
    path = run / IMPORT_FILE
    if not path.is_file():
        return CropGeometry()
    try:
        return CropGeometry(**json.loads(path.read_text(encoding="utf-8"))["crop"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UserError("{path} is damaged: import the weights again.", path=path) from error
