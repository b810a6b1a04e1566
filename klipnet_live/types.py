"""Values that flow from a source to a caption. All are immutable, since they cross threads."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""RGB image, shape (height, width, 3), C-contiguous."""

GreyImage = NDArray[np.uint8]
"""Grey image, shape (height, width)."""

FloatArray = NDArray[np.float32]

FPS = 25.0
"""Frame rate of all mouth streams, whatever the rate of the source."""

_HINTS = "hints:"


class UserError(Exception):
    """An error that the user can fix. `template` says in one line what is wrong and what to do.

    Template and values are stored separately, so that the window can translate the template.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))


def translatable(text: str) -> str:
    """Return `text` unchanged. Marks a value of a `UserError` that the window translates."""
    return text


@dataclass(frozen=True, slots=True)
class Phrases:
    """A file of sentences. `only`: recognise nothing else; otherwise the sentences are only more likely."""

    path: Path
    only: bool = True

    def __str__(self) -> str:
        return str(self.path) if self.only else f"{_HINTS}{self.path}"

    @classmethod
    def parse(cls, text: str) -> Phrases:
        """The inverse of `str`, which is the form stored in settings."""
        return cls(Path(text.removeprefix(_HINTS)), not text.startswith(_HINTS))


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a source. `time_s` never decreases within a source.

    `after_leap`: there is a discontinuity before this frame, so that open lines end.
    """

    index: int
    time_s: float
    image: Image
    after_leap: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono audio, shape (samples,), that began at `clock_s` on the clock of time.monotonic()."""

    samples: FloatArray
    rate_hz: int
    clock_s: float

    @property
    def end_s(self) -> float:
        return self.clock_s + len(self.samples) / self.rate_hz


@dataclass(frozen=True, slots=True)
class Box:
    """Axis-aligned rectangle in pixels; right and bottom are exclusive."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Face:
    """A face in one frame. `landmarks`: (478, 2) pixels in MediaPipe face mesh order."""

    landmarks: FloatArray
    box: Box


@dataclass(frozen=True, slots=True)
class TrackedFace:
    """A face with the id of its speaker, which is stable while the source runs."""

    speaker: str
    face: Face


@dataclass(frozen=True, slots=True)
class Mouth:
    """One grey mouth crop of one speaker, shape (50, 100)."""

    speaker: str
    time_s: float
    crop: GreyImage


WordSource = Literal["lips", "sound", "both"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a caption. Times are on the source's clock; `confidence`: probability that it is right.

    `source`: what it was recognised from. `readable`: if False, it is shown as a gap.
    """

    text: str
    start_s: float
    end_s: float
    confidence: float
    source: WordSource = "lips"
    readable: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The word in JSON output, with `source` as "from"."""
        values = _rounded(asdict(self))
        values["from"] = values.pop("source")
        return values


@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch of voice, recognised repeatedly while it is spoken. Times are on the clock of its sound.

    `committed`: number of words that no longer change. `done`: it has ended and these are its final words,
    none if nothing was understood. `sound`: the sound so far, from shortly before the voice.
    """

    number: int
    words: tuple[Word, ...]
    committed: int
    done: bool
    sound: Sound

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def end_s(self) -> float:
        """End of the last word; without words, end of the sound."""
        return self.words[-1].end_s if self.words else self.sound.end_s

    def earlier(self, by_s: float) -> Utterance:
        """The same utterance, moved `by_s` seconds earlier."""
        words = (replace(word, start_s=word.start_s - by_s, end_s=word.end_s - by_s) for word in self.words)
        sound = replace(self.sound, clock_s=self.sound.clock_s - by_s)
        return replace(self, words=tuple(words), sound=sound)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The text of one line so far. Committed text only grows; tentative text may change."""

    committed: str
    tentative: str
    confidence: float

    @property
    def text(self) -> str:
        return self.committed + self.tentative


OFF_SCREEN = "off-screen"
"""Speaker of words that were heard but said by nobody in view."""

UNSURE = "unsure"
"""Speaker of words that were heard and may have been said by any of several people."""

EventKind = Literal["started", "changed", "completed"]


@dataclass(frozen=True, slots=True)
class CaptionEvent:
    """One change of one caption line.

    `start_s`, `end_s` and `media_s` are on the source's clock; `media_s` is the time of the newest frame
    used. `latency_ms` is the time from that frame's capture to this event.

    `words`: the words of `text`, with times. `readable`: False for a completed line that is not shown as
    read: its `text` is empty, and `hypothesis` has the text that the network would have written. `choices`:
    matching phrases of the speaker's own profile, most likely first.
    """

    event: EventKind
    line: int
    speaker: str
    committed: str
    tentative: str
    start_s: float
    end_s: float
    confidence: float
    media_s: float
    latency_ms: float
    words: tuple[Word, ...] = ()
    readable: bool = True
    hypothesis: str = ""
    choices: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.committed + self.tentative

    def as_dict(self) -> dict[str, Any]:
        """The event in JSON lines output; times are rounded to milliseconds."""
        return {**_rounded(asdict(self)), "words": [word.as_dict() for word in self.words]}


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in values.items()}
