"""Captions and videos with only the values that a test cares about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.stream import Disposition
from av.subtitles.subtitle import SubtitleSet

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.subtitle_track import HEADER, MILLISECONDS
from klipnet_live.types import CaptionEvent, EventKind

REPOSITORY = Path(__file__).parents[1]
"""Environment of the programs that a test starts."""

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
    sound_first_s: float | None = None,
    codec: str = "libx264",
) -> Path:
    """A grey video that gets brighter, with a tone, at 25 frames a second, from `first_s` on.

    The tone begins with the picture, or at `sound_first_s`.
    """
    tone_s = first_s if sound_first_s is None else sound_first_s
    with av.open(str(path), "w") as container:
        video = container.add_stream(codec, rate=25, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        tone = container.add_stream("flac" if path.suffix == ".mkv" else "aac", rate=SOUND_RATE)
        for index in range(round(seconds * 25)):
            image = np.full((size[1], size[0], 3), 60 + index % 100, np.uint8)
            frame = av.VideoFrame.from_ndarray(image, "rgb24")
            frame.pts, frame.time_base = index + round(first_s * 25), Fraction(1, 25)
            container.mux(video.encode(frame))
        for block in range(round(seconds * SOUND_RATE / SOUND_SAMPLES) * sound):
            container.mux(tone.encode(_tone(block, round(tone_s * SOUND_RATE))))
        container.mux(video.encode(None))
        if sound:
            container.mux(tone.encode(None))
    return path


def write_lecture(path: Path) -> Path:
    """A Matroska video with sound in two languages, German subtitles, a title and chapters."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        sounds = [container.add_stream("aac", rate=SOUND_RATE) for _ in range(2)]
        subtitles = container.add_stream("subrip")
        subtitles.codec_context.subtitle_header = HEADER.encode()
        subtitles.codec_context.time_base = subtitles.time_base = MILLISECONDS
        labelled = zip((video, *sounds, subtitles), ("und", "kor", "deu", "ger"), strict=True)
        for stream, language in labelled:
            stream.metadata["language"] = language
        sounds[1].disposition = subtitles.disposition = Disposition.default
        container.metadata["title"] = "My talk"
        container.set_chapters([_chapter(0, 1000, "Intro"), _chapter(1000, 2000, "Rest")])
        container.start_encoding()
        subtitle = SubtitleSet.create(b"0,0,Default,,0,0,0,,Guten Tag", 0, 1000, pts=500)
        packet = subtitles.codec_context.encode_subtitle(subtitle)
        packet.stream, packet.time_base = subtitles, MILLISECONDS
        container.mux(packet)
        for stream in (video, *sounds):
            frames = _grey(50) if stream is video else [_tone(block, 0) for block in range(90)]
            for frame in (*frames, None):
                container.mux(stream.encode(frame))
    return path


def _chapter(start_ms: int, end_ms: int, title: str) -> Any:
    return {
        "id": start_ms, "start": start_ms, "end": end_ms, "time_base": MILLISECONDS,
        "metadata": {"title": title},
    }  # fmt: skip


def _grey(count: int) -> Iterator[av.VideoFrame]:
    for index in range(count):
        frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, np.uint8), "rgb24")
        frame.pts, frame.time_base = index, Fraction(1, 25)
        yield frame


def _tone(block: int, first: int) -> av.AudioFrame:
    at = np.arange(block * SOUND_SAMPLES, (block + 1) * SOUND_SAMPLES)
    wave = (8000 * np.sin(at * 2 * np.pi * 440 / SOUND_RATE)).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(wave[None], "s16", "mono")
    frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, first + int(at[0]), Fraction(1, SOUND_RATE)
    return frame
