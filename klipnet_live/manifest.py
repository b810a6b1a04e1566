"""Model folders: ONNX graphs with manifest.json, which describes their inputs and measured accuracy."""

from __future__ import annotations

import hashlib
import json
import math
import mmap
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from klipnet_live.atomic_file import write_atomically
from klipnet_live.decoding.readability import Readability
from klipnet_live.decoding.rescoring import RescoringWeights
from klipnet_live.lips.alphabet import Alphabet, alphabet_for
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.lips.pieces import PieceAlphabet
from klipnet_live.types import FPS, UserError

FILE_NAME = "manifest.json"

MAX_BYTES = 32 << 20
"""Maximum size of a manifest."""

MAX_STATE_NUMBERS = 4_000_000
"""Maximum number of floats in the states of one speaker: 16 MB."""

_CROP_RANGES = {
    "width": (8, 512),
    "height": (8, 512),
    "width_in_inter_ocular": (0.2, 20.0),
    "centre_frames": (1, 250),
    "scale_frames": (1, 250),
}

_PLAIN_NAME = re.compile(r"[\w.-]+")

# ONNX: key of the entry that names the external file of a weight.
_EXTERNAL_DATA_KEY = b"\x0a\x08location"

Moderate = Annotated[float, Field(ge=-1000.0, le=1000.0)]


@dataclass(frozen=True, slots=True)
class GraphFile:
    """One ONNX file and the SHA-256 of its bytes, in hexadecimal."""

    file: str
    sha256: str

    def __post_init__(self) -> None:
        if not _PLAIN_NAME.fullmatch(self.file) or Path(self.file).name != self.file:
            raise ValueError(f"{self.file} is not the name of a file in this folder")


@dataclass(frozen=True, slots=True)
class DataCredit:
    """A data set the model was trained on, and its licence."""

    name: str
    licence: str
    clips: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything the app needs to know about a model.

    `stream` reads `chunk_frames` crops of each speaker at a time. Its `states` (shapes without the batch
    axis, float32, zeros at the start of a line) are carried from chunk to chunk. `final` reads the features
    from `stream` again once a line is finished. `decoder` and `language_model`, if any, score whole texts,
    weighted by `rescoring`. `lookahead_frames`: delay of the features; the first ones belong to no frame.
    `spelling`: whether symbols are letters or subword pieces. `flush_frames`: number of still frames to
    append to a clip that ends abruptly. `words`: the training vocabulary if it is small; the model knows no
    other words. `readability`: which lines are shown as read, None for all. `speakers`: number of people in
    the training data, 0 if unknown. `figures`: measured error rates by data set.
    """

    name: Annotated[str, Field(max_length=200)]
    language: Annotated[str, Field(max_length=40)]
    symbols: Annotated[tuple[str, ...], Field(min_length=2, max_length=50_000)]
    chunk_frames: Annotated[int, Field(ge=1, le=250)]
    flush_frames: Annotated[int, Field(ge=0, le=1000)]
    states: Annotated[Mapping[str, tuple[Annotated[int, Field(ge=1)], ...]], Field(max_length=64)]
    stream: GraphFile
    final: GraphFile
    decoder: GraphFile | None = None
    language_model: GraphFile | None = None
    rescoring: RescoringWeights = field(default_factory=RescoringWeights)
    lookahead_frames: Annotated[int, Field(ge=0, le=100)] = 0
    spelling: Literal["letters", "pieces"] = "letters"
    blank: Literal[0] = 0
    fps: Annotated[float, Field(ge=FPS, le=FPS)] = FPS
    crop: CropGeometry = field(default_factory=CropGeometry)
    normalisation: Literal["frame"] = "frame"
    calibration: Mapping[str, tuple[Moderate, Moderate]] = field(default_factory=dict)
    readability: Readability | None = None
    speakers: Annotated[int, Field(ge=0)] = 0
    words: Annotated[tuple[Annotated[str, Field(max_length=100)], ...], Field(max_length=100_000)] = ()
    data: tuple[DataCredit, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    command: str = ""
    format: Literal[1] = 1

    def __post_init__(self) -> None:
        """Raise ValueError for sizes that no real model has and that would exhaust memory."""
        if sum(map(math.prod, self.states.values())) > MAX_STATE_NUMBERS:
            raise ValueError(f"its states have more than {MAX_STATE_NUMBERS} numbers")
        if len(set(self.symbols)) < len(self.symbols):
            raise ValueError("it contains a symbol twice")
        for name, (least, most) in _CROP_RANGES.items():
            if not least <= getattr(self.crop, name) <= most:
                raise ValueError(f"crop {name} is not between {least} and {most}")

    @property
    def alphabet(self) -> Alphabet:
        if self.spelling == "pieces":
            return _pieces(self.language, self.symbols)
        return alphabet_for(self.language)

    @property
    def graphs(self) -> tuple[GraphFile, ...]:
        """All ONNX files of the model."""
        every = self.stream, self.final, self.decoder, self.language_model
        return tuple(graph for graph in every if graph is not None)

    @property
    def spoken(self) -> str:
        """The spoken language, without the script variant: `ko` for `ko-syllables`."""
        return self.language.partition("-")[0]


@cache
def _pieces(language: str, symbols: tuple[str, ...]) -> PieceAlphabet:
    return PieceAlphabet(language, symbols)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write manifest.json into a model folder atomically."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    write_atomically(folder / FILE_NAME, f"{text}\n".encode())


@cache
def _adapter() -> TypeAdapter[Manifest]:
    """Cached, as building it takes longer than reading a manifest."""
    return TypeAdapter(Manifest)


def load_manifest(folder: Path, verify: bool = True) -> Manifest:
    """Load the manifest of a model folder. UserError if it or one of its files is missing or damaged.

    `verify`: also check the hashes of the ONNX files.
    """
    path = folder / FILE_NAME
    if not path.is_file():
        raise UserError(
            "{folder} is not a model folder: it has no manifest.json. Choose another model.", folder=folder
        )
    try:
        with path.open("rb") as file:
            manifest = _adapter().validate_json(file.read(MAX_BYTES))
        symbols = manifest.alphabet.symbols
    except (ValueError, OSError) as error:
        raise UserError(
            "{path} is damaged ({reason}). Copy the model folder again.", path=path, reason=_reason(error)
        ) from error
    if manifest.symbols != symbols:
        raise UserError("{folder} uses a different alphabet. Export the model again.", folder=folder)
    if verify:
        for graph in manifest.graphs:
            check_file(folder / graph.file, graph.sha256)
            _check_no_external_data(folder / graph.file)
    return manifest


def check_file(path: Path, sha256: str) -> None:
    """UserError if a file is missing or its SHA-256 differs from the published one."""
    if not path.is_file():
        raise UserError("{path} is missing. Copy the whole model folder again.", path=path)
    if sha256_of(path) != sha256:
        raise UserError("{path} differs from the published file. Copy the model folder again.", path=path)


def _check_no_external_data(path: Path) -> None:
    """UserError for a graph with weights in another file, which no hash covers."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(_EXTERNAL_DATA_KEY) >= 0:
            raise UserError(
                "{path} keeps its weights in another file, which cannot be verified. Export the model again "
                "with all weights in its graphs.",
                path=path,
            )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: ValueError | OSError) -> str:
    """The first error, in one line."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
