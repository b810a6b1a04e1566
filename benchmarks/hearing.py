"""Measures speech recognition without a picture: error rates, CPU time, delays and false text in non-speech.

    python -m benchmarks.hearing DATA [--minutes 10] [--music FILE ...] [--json OUT]

DATA is the folder of recordings (grid_s1, grid_more, korean_speech). The models are those that `klipnet-live
sound get en ko` has stored in the user's data folder. Sound arrives in blocks of 0.1 s as from a microphone;
blocks that arrive while the recogniser is busy wait. Work is measured in CPU time, so that other programs do
not count.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import jiwer
import numpy as np

from klipnet_live.sound.base import RATE_HZ
from klipnet_live.sound.loudness import speech_span
from klipnet_live.sound.recognisers import Recognisers, open_recognisers
from klipnet_live.sound.sound_track import SoundTrack
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.types import FloatArray, Sound, Utterance

BLOCK = RATE_HZ // 10
DIGITS = dict(
    zip(
        "0123456789",
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Heard:
    """Result of one clip. Delays in seconds; None if there were no words."""

    text: str
    first_words_s: float | None
    line_s: float | None
    cpu_s: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--clips", type=int, default=40, help="number of clips of GRID s1 (val)")
    parser.add_argument("--minutes", type=float, default=10.0, help="minutes of each kind of non-speech")
    parser.add_argument("--music", type=Path, nargs="*", default=[])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    english, korean = open_recognisers("en"), open_recognisers("ko")
    report = {
        "grid_s1 val": speech(english, clips(options.data / "grid_s1", "split", "val")[: options.clips]),
        "grid_more s26 s31": speech(english, clips(options.data / "grid_more", "speaker", "s26", "s31")),
        "korean_speech": speech(korean, clips(options.data / "korean_speech")),
        "nobody speaks": {
            f"{language} {name}": written(recognisers, sound)
            for name, sound in without_speech(options.minutes, options.music)
            for language, recognisers in (("en", english), ("ko", korean))
        },
    }
    text = json.dumps(report, ensure_ascii=False, indent=2)
    print(text)
    if options.json:
        options.json.write_text(text, encoding="utf-8")


def clips(folder: Path, column: str = "", *values: str) -> list[tuple[Path, str]]:
    """Files and their texts; recordings without a text are skipped."""
    with (folder / "transcripts.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        (folder / row["path"], row["text"])
        for row in rows
        if row["text"] and (not column or row[column] in values)
    ]


def speech(recognisers: Recognisers, clips: list[tuple[Path, str]]) -> dict[str, float]:
    """Error rates in per cent (case and punctuation ignored, digits spelled out) and median delays."""
    heard = [hear(recognisers, samples_of(path)) for path, _ in clips]
    truths = [plain(text) for _, text in clips]
    found = [plain(one.text) for one in heard]
    seconds = sum(len(samples_of(path)) for path, _ in clips) / RATE_HZ
    return {
        "clips": len(clips),
        "wer": round(100 * jiwer.wer(truths, found), 1),
        "cer": round(
            100 * jiwer.cer([t.replace(" ", "") for t in truths], [t.replace(" ", "") for t in found]), 1
        ),
        "first_words_s": round(median(h.first_words_s for h in heard if h.first_words_s is not None), 2),
        "line_s": round(median(h.line_s for h in heard if h.line_s is not None), 2),
        "cpu_s_per_s": round(sum(h.cpu_s for h in heard) / seconds, 3),
    }


def hear(recognisers: Recognisers, samples: FloatArray) -> Heard:
    """Recognise a clip that is followed by a second and a half of its own silence."""
    span = speech_span(samples, RATE_HZ) or (0.0, len(samples) / RATE_HZ)
    padded = np.concatenate([samples, np.zeros(3 * RATE_HZ // 2, np.float32)])
    first: float | None = None
    line: float | None = None
    texts: list[str] = []
    began_s = time.process_time()
    for moment_s, utterance in events(recognisers, padded):
        if utterance.words and first is None:
            first = moment_s - span[0]
        if utterance.done and utterance.words:
            texts.append(utterance.text)
            line = moment_s - span[1]
    return Heard(" ".join(texts), first, line, time.process_time() - began_s)


def events(recognisers: Recognisers, samples: FloatArray) -> Iterator[tuple[float, Utterance]]:
    """Utterances, each with the time since the start of the sound at which it would be shown, in seconds."""
    recognisers.activity.reset()
    transcriber = Transcriber(recognisers.live, recognisers.activity, final=recognisers.final)
    free_s = 0.0
    for at in range(0, len(samples), BLOCK):
        block = samples[at : at + BLOCK]
        free_s = max(free_s, (at + len(block)) / RATE_HZ)
        began_s = time.process_time()
        for utterance in transcriber.push(Sound(block, RATE_HZ, at / RATE_HZ)):
            yield free_s + time.process_time() - began_s, utterance
        free_s += time.process_time() - began_s


def written(recognisers: Recognisers, samples: FloatArray) -> dict[str, float | list[str]]:
    """All texts that are shown, partial ones included."""
    began_s = time.process_time()
    texts = [utterance.text for _, utterance in events(recognisers, samples) if utterance.text]
    seconds = len(samples) / RATE_HZ
    cpu = (time.process_time() - began_s) / seconds
    return {"minutes": round(seconds / 60, 1), "texts": texts, "cpu_s_per_s": round(cpu, 3)}


def without_speech(minutes: float, music: list[Path]) -> Iterator[tuple[str, FloatArray]]:
    samples = round(minutes * 60 * RATE_HZ)
    random = np.random.default_rng(1)
    yield "silence", np.zeros(samples, np.float32)
    yield "white noise", random.normal(0, 0.1, samples).astype(np.float32)
    yield "keyboard", keyboard(samples, random)
    if music:
        played = np.concatenate([samples_of(path) for path in music])
        yield "music", played[:samples]


def keyboard(samples: int, random: np.random.Generator) -> FloatArray:
    """Key strokes, about five a second, in a quiet room."""
    sound = random.normal(0, 0.002, samples)
    at = 0
    while (at := at + 600 + int(random.gamma(2, 0.09) * RATE_HZ)) < samples - 4_000:
        length = int(random.uniform(300, 1_200))
        fall = np.exp(-np.arange(length) / random.uniform(40, 200))
        key = random.normal(0, random.uniform(0.05, 0.4), length) * fall
        sound[at : at + length] += key
        up = at + int(random.uniform(900, 1_800))
        sound[up : up + length] += 0.4 * key
    return sound.astype(np.float32)


def samples_of(path: Path) -> FloatArray:
    return np.concatenate([block.samples for block in SoundTrack(path, realtime=False).blocks()])


def plain(text: str) -> str:
    letters = re.sub(r"[^\w' ]", " ", text.casefold())
    spelt = re.sub(r"\d", lambda digit: f" {DIGITS[digit[0]]} ", letters)
    return " ".join(spelt.split())


if __name__ == "__main__":
    main()
