"""What import.json says of a run that was made from another program's weights."""

from __future__ import annotations

import json
from pathlib import Path

from klipnet_live.lips.crop import CropGeometry
from klipnet_live.types import UserError

IMPORT_FILE = "import.json"

CROP = CropGeometry(width_in_inter_ocular=2.04)
"""The Keras LipNet cut 100x50 pixels out of GRID's pictures unscaled: on average 2.04 inter-ocular
distances of nine clips of five speakers, 1.86 to 2.35."""


def crop_of(run: Path) -> CropGeometry:
    """The crop that the network of a run was made for. UserError where its record is damaged."""
    path = run / IMPORT_FILE
    if not path.is_file():
        return CropGeometry()
    try:
        return CropGeometry(**json.loads(path.read_text(encoding="utf-8"))["crop"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UserError("{path} is damaged: import the weights again.", path=path) from error
