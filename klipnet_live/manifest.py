"""A model folder: ONNX graphs beside manifest.json, which says what they take and how good they are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from klipnet_live.atomic_file import write_atomically
from klipnet_live.lips.alphabet import Alphabet, alphabet_for
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.lips.pieces import PieceAlphabet
from klipnet_live.types import FPS, UserError

FILE_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class GraphFile:
    """One ONNX file and the SHA-256 of its bytes, in hexadecimal."""

    file: str
    sha256: str

    def __post_init__(self) -> None:
        if Path(self.file).name != self.file:
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
    `spelling`: whether the symbols are the letters of the language or sub-word pieces. `flush_frames`: still
    frames that follow a clip which ends abruptly. `words`: all that the training spoke, where they are few;
    the model knows no others. `figures`: measured error rates, by name of the set.
    """

    name: str
    language: str
    symbols: tuple[str, ...]
    chunk_frames: int
    flush_frames: int
    states: Mapping[str, tuple[int, ...]]
    stream: GraphFile
    final: GraphFile
    decoder: GraphFile | None = None
    spelling: Literal["letters", "pieces"] = "letters"
    blank: int = 0
    fps: float = FPS
    crop: CropGeometry = field(default_factory=CropGeometry)
    normalisation: Literal["frame"] = "frame"
    calibration: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    data: tuple[DataCredit, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    command: str = ""
    format: Literal[1] = 1

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
        manifest = TypeAdapter(Manifest).validate_json(path.read_bytes())
    except (ValidationError, OSError) as error:
        raise UserError(
            "{path} is damaged ({reason}): copy the model folder again.", path=path, reason=_reason(error)
        ) from error
    if manifest.symbols != manifest.alphabet.symbols:
        raise UserError("{folder} was made with another alphabet: export the model again.", folder=folder)
    if verify:
        for graph in filter(None, (manifest.stream, manifest.final, manifest.decoder)):
            check_file(folder / graph.file, graph.sha256)
    return manifest


def check_file(path: Path, sha256: str) -> None:
    """UserError where a file is missing or is not the one that was released."""
    if not path.is_file():
        raise UserError("{path} is missing: copy the whole model folder again.", path=path)
    if sha256_of(path) != sha256:
        raise UserError("{path} is not the file that was released: copy the model folder again.", path=path)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: ValidationError | OSError) -> str:
    """The first mistake that was found, in one line."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    first = error.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
