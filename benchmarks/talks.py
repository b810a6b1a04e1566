"""Composes meetings with sound from recordings of single speakers: turns, overlaps, a voice off screen.

`python -m benchmarks.talks DIR OUT.mp4 [--kind turns|overlaps|off-screen] [--seed N]`: DIR is a dataset
folder whose videos have sound. The meeting has four tiles, one per speaker if there are enough speakers.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import av
import numpy as np
from klipnet_training.data.alignments import read_alignment
from klipnet_training.data.table import table_rows

from benchmarks.gallery import FPS, gallery
from benchmarks.sound import sound_of
from klipnet_live.capture.video_file import VideoFile
from klipnet_live.types import FloatArray, Image

RATE_HZ = 16_000
TILES = 4
PAUSE_S = 0.3
OVERLAP_S = 1.0
"""Delay of the second of two overlapping speakers."""
SIZE = 1280, 720

Kind = Literal["turns", "overlaps", "off-screen"]


@dataclass(frozen=True, slots=True)
class TalkSpeech:
    """A clip spoken in a meeting. `tile`: None if its speaker is off screen."""

    clip: dict[str, str]
    tile: int | None
    start_s: float


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word spoken in a meeting, with its times in seconds of the meeting and its speaker's tile."""

    text: str
    start_s: float
    end_s: float
    tile: int | None


@dataclass(frozen=True, slots=True)
class Talk:
    """A meeting: its clips, and the frames that fill the tiles. `seconds`: its length."""

    folder: Path
    speeches: tuple[TalkSpeech, ...]
    idle: tuple[dict[str, str], ...]
    seconds: float

    def words(self) -> list[SpokenWord]:
        """All words and their times, from the alignments."""
        return [
            SpokenWord(
                word.text, s.start_s + word.start_frame / FPS, s.start_s + word.end_frame / FPS, s.tile
            )
            for s in self.speeches
            for word in read_alignment(self.folder / s.clip["align"])
        ]


def plan(folder: Path, kind: Kind, seed: int, speeches: int = 8) -> Talk:
    """A meeting of random validation clips of a folder, or of all its clips if it has no such split."""
    random = np.random.default_rng(seed)
    rows = [row for row in table_rows(folder) if row.get("align")]
    rows = [row for row in rows if row.get("split") == "val"] or rows
    rows = [rows[i] for i in random.permutation(len(rows)) if sound_of(folder / rows[i]["path"]) is not None]
    people = _by_tile(rows, TILES + (kind == "off-screen"))
    spoken, at_s = [], 0.5
    for turn in range(speeches):
        tile = turn % TILES
        hidden = kind == "off-screen" and turn % 2 == 1
        own = people[TILES if hidden else tile]
        spoken.append(TalkSpeech(own[turn % len(own)], None if hidden else tile, at_s))
        at_s += OVERLAP_S if kind == "overlaps" and turn % 2 == 0 else 3.0 + PAUSE_S
    return Talk(folder, tuple(spoken), tuple(own[0] for own in people[:TILES]), at_s + 3.5)


def _by_tile(rows: Sequence[dict[str, str]], tiles: int) -> list[list[dict[str, str]]]:
    """Clips for each tile: one speaker per tile; with fewer speakers, the clips are dealt out in turn."""
    speakers = sorted({row["speaker"] for row in rows})
    shares = [speakers[i % len(speakers)] for i in range(tiles)]
    found: list[list[dict[str, str]]] = []
    for i, speaker in enumerate(shares):
        own = [row for row in rows if row["speaker"] == speaker]
        rank, of = shares[:i].count(speaker), shares.count(speaker)
        found.append(own[rank::of])
    return found


def frames(talk: Talk) -> Iterator[Image]:
    """Frames of the gallery. A silent speaker shows the first frame of their first clip, then the
    last one.
    """
    clips = {s.clip["path"]: _pictures(talk.folder / s.clip["path"]) for s in talk.speeches}
    clips |= {row["path"]: _pictures(talk.folder / row["path"]) for row in talk.idle}
    for i in range(round(talk.seconds * FPS)):
        tiles = []
        for tile in range(TILES):
            image = clips[talk.idle[tile]["path"]][0]
            for s in talk.speeches:
                if s.tile == tile and i >= round(s.start_s * FPS):
                    clip = clips[s.clip["path"]]
                    image = clip[min(i - round(s.start_s * FPS), len(clip) - 1)]
            tiles.append(image)
        yield gallery(tiles, 2, *SIZE)


def sound(talk: Talk) -> FloatArray:
    """The mixed sound of all clips, mono at 16 kHz, (samples,)."""
    mixed = np.zeros(round(talk.seconds * RATE_HZ), np.float32)
    for s in talk.speeches:
        samples = sound_of(talk.folder / s.clip["path"])
        first = round(s.start_s * RATE_HZ)
        if samples is not None:
            mixed[first : first + len(samples)] += samples[: len(mixed) - first]
    return mixed


def write(talk: Talk, path: Path, samples: FloatArray | None = None) -> None:
    """Write an H.264 file with sound."""
    mixed = sound(talk) if samples is None else samples
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=FPS, options={"crf": "18", "preset": "veryfast"})
        video.width, video.height, video.pix_fmt = *SIZE, "yuv420p"
        audio = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        for image in frames(talk):
            container.mux(video.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(video.encode())
        for first in range(0, len(mixed), 1024):
            block = av.AudioFrame.from_ndarray(
                mixed[None, first : first + 1024], format="fltp", layout="mono"
            )
            block.sample_rate, block.pts = RATE_HZ, first
            container.mux(audio.encode(block))
        container.mux(audio.encode())


def _pictures(path: Path) -> list[Image]:
    return [frame.image for frame in VideoFile(path, "fast").frames()]


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--kind", choices=("turns", "overlaps", "off-screen"), default="turns")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    write(plan(options.folder, options.kind, options.seed), options.out)


if __name__ == "__main__":
    main()
