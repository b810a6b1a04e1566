"""The values that flow from a source to a caption. All are immutable: they cross threads."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""RGB picture, shape (height, width, 3), C-contiguous."""

GreyImage = NDArray[np.uint8]
"""Grey picture, shape (height, width)."""

FloatArray = NDArray[np.float32]

FPS = 25.0
"""Every mouth stream runs at this rate, whatever the source's rate is."""

_HINTS = "hints:"


class UserError(Exception):
    """Something the user can mend. `template` says what is wrong and the way out, in one line.

    The template is kept apart from its values so that the window can translate it.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))


@dataclass(frozen=True, slots=True)
class Phrases:
    """A file of sentences. `only`: nothing else is read; otherwise they are likelier than other words."""

    path: Path
    only: bool = True

    def __str__(self) -> str:
        return str(self.path) if self.only else f"{_HINTS}{self.path}"

    @classmethod
    def parse(cls, text: str) -> Phrases:
        """What `str` gave, as settings keep it."""
        return cls(Path(text.removeprefix(_HINTS)), not text.startswith(_HINTS))


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a source. `time_s` never goes back within a source.

    `after_leap`: the source does not go on from the picture before; what was said there has ended.
    """

    index: int
    time_s: float
    image: Image
    after_leap: bool = False


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono sound, (samples,), that began at `clock_s` of time.monotonic()."""

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
    """A face in one picture. `landmarks`: (478, 2) pixels, MediaPipe face mesh order."""

    landmarks: FloatArray
    box: Box


@dataclass(frozen=True, slots=True)
class TrackedFace:
    """A face that belongs to a speaker whose id stays the same while the source runs."""

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
    """A word of a caption. Times on the source's clock; `confidence`: the probability that it is right.

    `source`: what it was read from. `readable`: False where it is shown as a gap, never as if it was read.
    """

    text: str
    start_s: float
    end_s: float
    confidence: float
    source: WordSource = "lips"
    readable: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The word as JSON output writes it, `source` under "from"."""
        values = _rounded(asdict(self))
        values["from"] = values.pop("source")
        return values


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of voice, heard again and again while it is spoken. Times are on the clock of its sound.

    `committed`: how many of the words stay as they are. `done`: it has ended and was read the last time; it
    has no words where nothing was understood. `sound`: it so far, from a little before the voice.
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
        """When its last word ends; its sound, where it has no words."""
        return self.words[-1].end_s if self.words else self.sound.end_s

    def earlier(self, by_s: float) -> Utterance:
        """The same utterance so much earlier."""
        words = (replace(word, start_s=word.start_s - by_s, end_s=word.end_s - by_s) for word in self.words)
        sound = replace(self.sound, clock_s=self.sound.clock_s - by_s)
        return replace(self, words=tuple(words), sound=sound)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What is read so far in one line. Committed text only grows; tentative text may change."""

    committed: str
    tentative: str
    confidence: float

    @property
    def text(self) -> str:
        return self.committed + self.tentative


OFF_SCREEN = "off-screen"
"""Speaker of what is heard, where nobody in view says it."""

UNSURE = "unsure"
"""Speaker of what is heard, where one of several may have said it."""

EventKind = Literal["started", "changed", "completed"]


@dataclass(frozen=True, slots=True)
class CaptionEvent:
    """One change of one caption line.

    `start_s`, `end_s` and `media_s` are on the source's clock; `media_s` is the time of the newest
    frame that was used. `latency_ms` runs from that frame's capture to this event.

    `words`: those of `text`, with their times. `readable`: False on a completed line whose words are not
    shown as read: its `text` is empty, and `hypothesis` keeps what the network would have written.
    `choices`: where it was matched with the speaker's own phrases, those that it may be, the likeliest first.
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
        """The event as the JSON lines output writes it; times are rounded to milliseconds."""
        return {**_rounded(asdict(self)), "words": [word.as_dict() for word in self.words]}


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    return {key: round(value, 3) if isinstance(value, float) else value for key, value in values.items()}
