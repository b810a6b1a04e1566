"""A model folder: ONNX graphs beside manifest.json, which says what they take and how good they are."""

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
from klipnet_live.lips.alphabet import Alphabet, alphabet_for
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.lips.pieces import PieceAlphabet
from klipnet_live.types import FPS, UserError

FILE_NAME = "manifest.json"

LARGEST_BYTES = 32 << 20
"""Of a manifest."""

MOST_NUMBERS = 4_000_000
"""In the states of one speaker: 16 MB."""

_CROP_RANGES = {
    "width": (8, 512),
    "height": (8, 512),
    "width_in_inter_ocular": (0.2, 20.0),
    "centre_frames": (1, 250),
    "scale_frames": (1, 250),
}

_PLAIN_NAME = re.compile(r"[\w.-]+")

# Of ONNX: the key of an entry that says in which other file a weight is.
_ELSEWHERE = b"\x0a\x08location"

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
    """What the model was trained with, and under which licence."""

    name: str
    licence: str
    clips: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the app must know of a model.

    `stream` reads `chunk_frames` crops of each speaker at a time, with the states in `states` (shape
    without the batch axis, float32, zeros at the start of a line) carried over. `final` re-reads the
    features that `stream` gave for a finished line. `decoder`, where there is one, scores whole texts.
    `lookahead_frames`: how much later than its frame a feature comes, so that the first ones are of no frame.
    `spelling`: whether the symbols are the letters of the language or sub-word pieces. `flush_frames`: still
    frames that follow a clip which ends abruptly. `words`: all that the training spoke, where they are few;
    the model knows no others. `readability`: which lines are shown as read, None for all. `speakers`: how
    many people the training knew, 0 where nobody said so. `figures`: measured error rates, by name of the
    set.
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
        """Raises ValueError for sizes that no network here has, and that would take all memory."""
        if sum(map(math.prod, self.states.values())) > MOST_NUMBERS:
            raise ValueError(f"its states hold more than {MOST_NUMBERS} numbers")
        if len(set(self.symbols)) < len(self.symbols):
            raise ValueError("it has a symbol twice")
        for name, (least, most) in _CROP_RANGES.items():
            if not least <= getattr(self.crop, name) <= most:
                raise ValueError(f"{name} of its crop is not between {least} and {most}")

    @property
    def alphabet(self) -> Alphabet:
        if self.spelling == "pieces":
            return _pieces(self.language, self.symbols)
        return alphabet_for(self.language)

    @property
    def spoken(self) -> str:
        """The language that is read, however it is written: `ko` of `ko-syllables`."""
        return self.language.partition("-")[0]


@cache
def _pieces(language: str, symbols: tuple[str, ...]) -> PieceAlphabet:
    return PieceAlphabet(language, symbols)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write manifest.json into a model folder; an interruption leaves the one that was there."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
    write_atomically(folder / FILE_NAME, f"{text}\n".encode())


def load_manifest(folder: Path, verify: bool = True) -> Manifest:
    """The manifest of a model folder; UserError where it, or a file it names, is not as it should be."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise UserError(
            "{folder} is no model folder: it holds no manifest.json. Choose another model.", folder=folder
        )
    try:
        with path.open("rb") as file:
            manifest = TypeAdapter(Manifest).validate_json(file.read(LARGEST_BYTES))
        symbols = manifest.alphabet.symbols
    except (ValueError, OSError) as error:
        raise UserError(
            "{path} is damaged ({reason}): copy the model folder again.", path=path, reason=_reason(error)
        ) from error
    if manifest.symbols != symbols:
        raise UserError("{folder} was made with another alphabet: export the model again.", folder=folder)
    if verify:
        for graph in filter(None, (manifest.stream, manifest.final, manifest.decoder)):
            check_file(folder / graph.file, graph.sha256)
            _check_that_it_is_whole(folder / graph.file)
    return manifest


def check_file(path: Path, sha256: str) -> None:
    """UserError where a file is missing or is not the one that was released."""
    if not path.is_file():
        raise UserError("{path} is missing: copy the whole model folder again.", path=path)
    if sha256_of(path) != sha256:
        raise UserError("{path} is not the file that was released: copy the model folder again.", path=path)


def _check_that_it_is_whole(path: Path) -> None:
    """UserError for a graph with weights in another file, which no hash vouches for."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(_ELSEWHERE) >= 0:
            raise UserError(
                "{path} keeps weights in another file, for which nothing vouches: export the model again, "
                "with all weights in its graphs.",
                path=path,
            )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: ValueError | OSError) -> str:
    """The first mistake that was found, in one line."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
