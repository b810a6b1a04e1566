"""Captions and videos with only what a test cares about spelled out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from klipnet_live.output.lines import CaptionLine
from klipnet_live.types import CaptionEvent, EventKind

REPOSITORY = Path(__file__).parents[2]
"""Where programs run that a test starts."""

SOUND_RATE = 48_000
SOUND_SAMPLES = 1024


def line(
    text: str = "bin blue at f two now",
    start_s: float = 0.0,
    end_s: float = 2.0,
    speaker: str = "1",
    name: str | None = None,
) -> CaptionLine:
    return CaptionLine(speaker, name or f"Speaker {speaker}", start_s, end_s, text, 0.9)


def event(
    kind: EventKind = "changed",
    committed: str = "bin blue",
    tentative: str = "",
    number: int = 1,
    speaker: str = "1",
    media_s: float = 2.0,
) -> CaptionEvent:
    return CaptionEvent(
        event=kind, line=number, speaker=speaker, committed=committed, tentative=tentative, start_s=0.5,
        end_s=media_s - 0.1, confidence=0.9, media_s=media_s, latency_ms=100.0,
    )  # fmt: skip


def write_video(
    path: Path,
    seconds: float = 2.0,
    size: tuple[int, int] = (320, 240),
    *,
    sound: bool = True,
    first_s: float = 0.0,
    codec: str = "libx264",
) -> Path:
    """A grey video that brightens, with a tone, at 25 pictures a second, from `first_s` on."""
    with av.open(str(path), "w") as container:
        video = container.add_stream(codec, rate=25, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        tone = container.add_stream("aac" if path.suffix == ".mp4" else "flac", rate=SOUND_RATE)
        for index in range(round(seconds * 25)):
            image = np.full((size[1], size[0], 3), 60 + index % 100, np.uint8)
            frame = av.VideoFrame.from_ndarray(image, "rgb24")
            frame.pts, frame.time_base = index + round(first_s * 25), Fraction(1, 25)
            container.mux(video.encode(frame))
        for block in range(round(seconds * SOUND_RATE / SOUND_SAMPLES) * sound):
            container.mux(tone.encode(_tone(block, round(first_s * SOUND_RATE))))
        container.mux(video.encode(None))
        if sound:
            container.mux(tone.encode(None))
    return path


def _tone(block: int, first: int) -> av.AudioFrame:
    at = np.arange(block * SOUND_SAMPLES, (block + 1) * SOUND_SAMPLES)
    wave = (8000 * np.sin(at * 2 * np.pi * 440 / SOUND_RATE)).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(wave[None], "s16", "mono")
    frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, first + int(at[0]), Fraction(1, SOUND_RATE)
    return frame
