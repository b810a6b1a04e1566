"""Models of the server, and validation of upload options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from klipnet_live.batch.tasks import ReadingChoice
from klipnet_live.errors import Problem
from klipnet_live.manifest import Manifest
from klipnet_live.models import manifest_of, model_folders
from klipnet_live.plain_text import one_line
from klipnet_live.sound.store import can_hear
from klipnet_live.types import Phrases, UserError
from klipnet_live.web.jobs import JobOptions

_MAX_NAME_LENGTH = 150


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model of the server. `words`: size of its vocabulary, if it is small."""

    name: str
    language: str
    words: int | None


class Offer:
    """The models of this server. Only their names are accepted, so that no name is used as a path."""

    def __init__(self) -> None:
        self._folders: dict[str, tuple[Path, Manifest]] = {}
        for folder in model_folders():
            manifest = manifest_of(folder)
            if manifest is not None:
                self._folders.setdefault(folder.name, (folder, manifest))
        if not self._folders:
            raise UserError("There is no usable model. Install one in models/.")

    @property
    def heard(self) -> list[str]:
        """Languages with an installed speech recognition model."""
        spoken = {manifest.spoken for _, manifest in self._folders.values()}
        return sorted(filter(can_hear, spoken))

    @property
    def models(self) -> list[OfferedModel]:
        return [
            OfferedModel(name, manifest.spoken, len(manifest.words) or None)
            for name, (_, manifest) in self._folders.items()
        ]

    def options(self, file_name: str, fields: Mapping[str, str]) -> JobOptions:
        """Options of an upload. Raises UserError if they are invalid."""
        name = self._model_name(fields.get("model", ""), fields.get("language", ""))
        folder, manifest = self._folders[name]
        phrases = fields.get("phrases", "").strip()
        only = _is_true(fields.get("phrases_only", ""))
        if phrases:
            _check_phrases(phrases, only, manifest)
        sound = _is_true(fields.get("sound", "true")) and can_hear(manifest.spoken)
        choice = ReadingChoice(manifest.spoken, str(folder), sound=sound)
        return JobOptions(shown_name(file_name), choice, phrases + "\n" if phrases else "", only)

    def _model_name(self, model: str, language: str) -> str:
        if model and model not in self._folders:
            raise UserError(
                "There is no model {model}. Available models: {known}.",
                model=model,
                known=", ".join(self._folders),
            )
        for name, (_, manifest) in self._folders.items():
            if model in ("", name) and language in ("", manifest.spoken):
                return name
        if model:
            raise UserError(
                "The model {model} does not read {language}. Omit one of them.",
                model=model,
                language=language,
            )
        known = sorted({manifest.spoken for _, manifest in self._folders.values()})
        raise UserError(
            "Unknown language {language!r}. Choose one of: {known}.",
            language=language,
            known=", ".join(known),
        )


def shown_name(file_name: str) -> str:
    """The last part of the browser's file name, without misleading characters."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return one_line(last).strip()[:_MAX_NAME_LENGTH] or "video"


def _is_true(text: str) -> bool:
    return text.lower() in ("true", "1", "on", "yes")


def _check_phrases(text: str, only: bool, manifest: Manifest) -> None:
    from klipnet_live.pipeline.reader_factory import decoders_for

    with TemporaryDirectory() as folder:
        path = Path(folder) / "phrases.txt"
        path.write_text(text, encoding="utf-8")
        try:
            decoders_for(manifest, Phrases(path, only))
        except UserError as error:
            raise Problem.of(error).renamed(path, "phrases").error() from error
