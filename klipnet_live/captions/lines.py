"""Completed caption lines, and the sink that builds them from caption events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from klipnet_live.types import OFF_SCREEN, UNSURE, CaptionEvent

_UNSEEN = {
    OFF_SCREEN: {"en": "Off screen", "ko": "화면 밖"},
    UNSURE: {"en": "Someone", "ko": "누군가"},
}


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """A finished utterance of one speaker. Times are seconds since the source's first frame."""

    speaker: str
    name: str
    start_s: float
    end_s: float
    text: str
    confidence: float
    readable: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The line as written to files; times are rounded to milliseconds."""
        return {
            key: round(value, 3) if isinstance(value, float) else value for key, value in asdict(self).items()
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """The reverse of `as_dict`; unknown keys are ignored. KeyError if a key is missing.

        Lines written by versions before `readable` existed count as readable.
        """
        values = {"readable": True, **values}
        return cls(**{field.name: values[field.name] for field in fields(cls)})


def default_name(speaker: str, language: str = "en") -> str:
    """Name of a speaker, in the caption language, until the user gives one."""
    if speaker in _UNSEEN:
        return _UNSEEN[speaker]["ko" if language == "ko" else "en"]
    return f"화자 {speaker}" if language == "ko" else f"Speaker {speaker}"


def unclear(language: str) -> str:
    """Placeholder for a line that could not be read, in the caption language."""
    return "[불명확]" if language == "ko" else "[unclear]"


class LineCollector:
    """Caption sink that passes every completed line with text to `keep`.

    `unclear`: text for lines that could not be read; if empty, they are dropped.
    """

    def __init__(
        self,
        keep: Callable[[CaptionLine], object],
        name_of: Callable[[str], str] = default_name,
        unclear: str = "",
    ) -> None:
        self._keep = keep
        self._name_of = name_of
        self._unclear = unclear

    def __call__(self, event: CaptionEvent) -> None:
        text = event.text.strip() if event.readable else self._unclear
        if event.event != "completed" or not text:
            return
        self._keep(
            CaptionLine(
                speaker=event.speaker,
                name=self._name_of(event.speaker),
                start_s=event.start_s,
                end_s=event.end_s,
                text=text,
                confidence=event.confidence,
                readable=event.readable,
            )
        )
