"""Put a pipeline together from names: a source, a model, a language, a grammar."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from pathlib import Path

from klipnet_live.assets import MODELS
from klipnet_live.decoding.beam import HEAD_WIDTHS, BeamSearch
from klipnet_live.decoding.calibration import UNCALIBRATED, Calibration, calibration_key
from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.grammar import load_grammar, load_hints
from klipnet_live.manifest import FILE_NAME, Manifest, load_manifest
from klipnet_live.reading.line import Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from klipnet_live.types import Phrases, UserError

_log = logging.getLogger(__name__)


def model_folders() -> list[Path]:
    """The models that ship with the program or were put beside them."""
    return sorted(path.parent for path in MODELS.glob(f"*/{FILE_NAME}"))


def find_model(model: str | None, language: str | None) -> Path:
    """A model folder by name, by path, or the first one for a language that is not damaged."""
    if model is not None:
        for folder in (MODELS / model, Path(model)):
            if (folder / FILE_NAME).is_file():
                return folder
        if (Path(model) / "best.pt").is_file():
            raise UserError(
                "{model} is a training run: `klipnet-export onnx {model} -o models/NAME` first.", model=model
            )
        raise UserError("There is no model {model}; there are: {known}.", model=model, known=_names())
    for folder in model_folders():
        spoken = _language_of(folder)
        if spoken is not None and language in (None, spoken):
            return folder
    raise UserError(
        "There is no model for language {language}; there are: {known}.", language=language, known=_names()
    )


def reader_factory(
    model: str | None, language: str | None, phrases: Phrases | None = None
) -> Callable[[], Reader]:
    """Checks the names now and gives a function that loads the model later."""
    folder = find_model(model, language)
    decoders = decoders_for(load_manifest(folder, verify=False), phrases)
    return lambda: Reader(LipModel(folder), decoders)


def decoders_for(manifest: Manifest, phrases: Phrases | None = None) -> Decoders:
    """The beam searches of both heads, with the confidence that was measured for them."""
    automaton = prior = None
    if phrases is not None and phrases.only:
        automaton = load_grammar(phrases.path, manifest.alphabet)
    elif phrases is not None:
        prior = load_hints(phrases.path, manifest.alphabet)

    def beam(head: str) -> BeamSearch:
        key = calibration_key(head, automaton is not None)
        fitted = manifest.calibration.get(key, manifest.calibration.get(head))
        calibration = Calibration(*fitted) if fitted else UNCALIBRATED
        return BeamSearch(
            manifest.alphabet,
            width=HEAD_WIDTHS[head],
            grammar=automaton,
            prior=prior,
            calibration=calibration,
        )

    return Decoders(beam("stream"), beam("final"), LocalAgreement("word"))


def _language_of(folder: Path) -> str | None:
    """Which language a model reads; None for a folder that is damaged."""
    try:
        return load_manifest(folder, verify=False).spoken
    except UserError as error:
        _say_once(str(error))
        return None


@cache
def _say_once(text: str) -> None:
    _log.warning("%s", text)


def _names() -> str:
    return ", ".join(folder.name for folder in model_folders()) or "none"
