"""Files that accompany a checkpoint: sub-words, model.json, and decoding weights.

Auto-AVSR defines the network in its code; the older project describes it in model.json, and the decoding in
configs/NAME.ini.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path
from typing import Any

from klipnet_live.decoding.rescoring import RescoringWeights
from klipnet_live.lips.pieces import END, WORD, read_units
from klipnet_live.types import UserError

UNITS_FILE = "unigram5000_units.txt"
OPTIONS_FILE = "model.json"

_MAX_BYTES = 8 << 20

_NETWORK = {
    "transformer_input_layer": ("conv3d",),
    "transformer_encoder_attn_layer_type": ("rel_mha",),
    "rel_pos_type": ("latest",),
    "macaron_style": (True,),
    "use_cnn_module": (True,),
    "zero_triu": (False, None),
    "relu_type": ("swish", "prelu", None),
}
"""Options of model.json that cannot be inferred from the weights, and the supported values."""


def options_of(path: Path) -> Mapping[str, Any]:
    """Options in the model.json of a lip reader or a language model. Raises UserError."""
    try:
        content = json.loads(_text_of(path))
        options = content if isinstance(content, dict) else content[2]
        if not isinstance(options, dict):
            raise ValueError("it holds no options")
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise UserError(
            "{path} cannot be read as a model.json ({reason}): copy the one that was published with the "
            "model.",
            path=path,
            reason=(error.strerror if isinstance(error, OSError) else None) or error,
        ) from error
    return options


def check_network(path: Path) -> None:
    """Check that a model.json describes a network that can be imported. Raises UserError."""
    options = options_of(path)
    wrong = {name: options.get(name) for name, known in _NETWORK.items() if options.get(name) not in known}
    if wrong:
        raise UserError(
            "{path} describes another network ({found}): only video models with relative "
            "positions of type `latest` can be imported.",
            path=path,
            found=", ".join(f"{name} = {value}" for name, value in wrong.items()),
        )


def symbols_of(units: Path, wanted: int) -> tuple[str, ...]:
    """The output symbols of a checkpoint with `wanted` symbols, without the blank. Raises UserError.

    `units`: a list of sub-words, or the model.json of a model that outputs letters.
    """
    try:
        text = _text_of(units)
        symbols = _characters(units) if units.suffix == ".json" else read_units(text.splitlines())
    except OSError as error:
        raise UserError(
            "{path} cannot be read: give the checkpoint's list of sub-words with --units (for English "
            "{name}).",
            path=units,
            name=UNITS_FILE,
        ) from error
    except ValueError as error:
        raise UserError("{path} is not a list of sub-words ({reason}).", path=units, reason=error) from error
    if len(symbols) + 1 != wanted:
        raise UserError(
            "{path} lists {found} sub-words, but the checkpoint has {wanted}: give the matching file.",
            path=units,
            found=len(symbols) - 1,
            wanted=wanted - 2,
        )
    return symbols


def units_beside(checkpoint: Path) -> Path:
    """The model.json beside a checkpoint that outputs letters, otherwise the list of sub-words."""
    options = checkpoint.parent / OPTIONS_FILE
    if options.is_file() and options_of(options).get("labels_type", "char") == "char":
        return options
    return checkpoint.parent / UNITS_FILE


def rescoring_of(path: Path) -> RescoringWeights:
    """Decoding weights from a configs/NAME.ini. Raises UserError."""
    parser = ConfigParser(interpolation=None)
    try:
        parser.read_string(_text_of(path))
        return RescoringWeights(
            ctc=parser.getfloat("decode", "ctc_weight"),
            language_model=parser.getfloat("decode", "lm_weight"),
            length_bonus=parser.getfloat("decode", "penalty"),
        )
    except (OSError, ValueError, ConfigError) as error:
        raise UserError(
            "{path} has no weights for the decoding ({reason}): give the .ini of the model from the "
            "project's configs.",
            path=path,
            reason=str(error).partition("\n")[0],
        ) from error


def _characters(path: Path) -> tuple[str, ...]:
    """The characters of a model.json without the blank, which comes first; the end symbol comes last."""
    characters = options_of(path).get("char_list")
    if not isinstance(characters, list) or len(characters) < 3:
        raise ValueError("it has no char_list")
    return (*(WORD if name == "<space>" else str(name) for name in characters[1:-1]), END)


def _text_of(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(_MAX_BYTES + 1)
    if len(content) > _MAX_BYTES:
        raise ValueError("it is too large")
    return content.decode("utf-8-sig")
