"""Measures speaker attribution in meetings of four tiles with sound.

`python -m benchmarks.who DIR [--talks N] [--late S] [--json OUT]`: DIR is a dataset folder whose videos have
sound and alignments. Each meeting is read as `klipnet-live caption` reads a file; with `--late`, as live,
with partial results, and with sound that is late by a time unknown to the app. A caption word is matched with
the words spoken at that time: in turns and off screen by time alone, in overlaps also by text, since two are
spoken at once.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from benchmarks.talks import SIZE, Kind, SpokenWord, Talk, plan, write
from klipnet_live.capture.video_file import VideoFile
from klipnet_live.fusion.spoken import spoken_form
from klipnet_live.pipeline.hearing import Hearing, SpeechRecognition
from klipnet_live.pipeline.hearing_factory import hearing_of
from klipnet_live.pipeline.live import LivePipeline
from klipnet_live.pipeline.reader_factory import reader_factory
from klipnet_live.sound.recognisers import open_transcriber
from klipnet_live.sound.sound_track import SoundTrack
from klipnet_live.types import OFF_SCREEN, CaptionEvent, Face, Sound, Word

NEAR_S = 0.6
"""Tolerance for the inaccurate word times of speech recognisers."""


@dataclass(frozen=True, slots=True)
class Written:
    """A word of a completed line. `tile`: its speaker's; None for off screen, -1 for no particular
    speaker.
    """

    word: Word
    tile: int | None


class ClockedVideo(VideoFile):
    """A file whose sound has a clock of its own, as that of a device."""

    clock_of_first_frame = property(lambda self: 0.0, lambda self, clock_s: None)


class LateSound:
    """A sound track that is late. It is heard to its end, although the video is read faster."""

    name = "late sound"

    def __init__(self, video: Path, late_s: float) -> None:
        self._track, self._late_s = SoundTrack(video, realtime=False), late_s

    def blocks(self) -> Iterator[Sound]:
        return (replace(block, clock_s=block.clock_s + self._late_s) for block in self._track.blocks())

    def stop(self) -> None:
        pass


def late_hearing(video: Path, language: str, late_s: float) -> Hearing:
    """Speech recognition as live, of sound that is late by `late_s`."""

    def open_recognition() -> SpeechRecognition:
        transcriber = open_transcriber(language)
        return SpeechRecognition(transcriber, transcriber.recogniser)

    return Hearing(LateSound(video, late_s), open_recognition, language, fast=True)


def captions(video: Path, model: str, language: str, late_s: float | None) -> list[Written]:
    """The words of all lines of a meeting."""
    events: list[CaptionEvent] = []
    if late_s is None:
        source, hearing = VideoFile(video, "fast"), hearing_of(str(video), language, fast=True)
    else:
        source, hearing = ClockedVideo(video, "fast"), late_hearing(video, language, late_s)
    pipeline = LivePipeline(
        source,
        reader_factory(model, language),
        [events.append],
        lossless=True,
        hearing=hearing,
    )
    viewer = pipeline.add_viewer()
    tiles: dict[str, int | None] = {OFF_SCREEN: None}
    pipeline.start()
    while not pipeline.join(0.02):
        if (preview := viewer.take()) is not None:
            tiles |= {tracked.speaker: _tile(tracked.face) for tracked in preview.faces}
    if (error := pipeline.status().error) is not None:
        raise error
    return [
        Written(word, tiles.get(event.speaker, -1))
        for event in events
        if event.event == "completed"
        for word in event.words
    ]


def _tile(face: Face) -> int | None:
    x, y = face.box.centre
    return int(x > SIZE[0] / 2) + 2 * int(y > SIZE[1] / 2)


def judged(talk: Talk, kind: Kind, written: Sequence[Written]) -> list[tuple[SpokenWord, bool]]:
    """The spoken word for each caption word, and whether it was attributed to the right speaker."""
    found = []
    for one in written:
        spoken = _spoken(talk.words(), one.word, by_text=kind == "overlaps")
        if spoken is not None:
            found.append((spoken, spoken.tile == one.tile))
    return found


def _spoken(words: Sequence[SpokenWord], word: Word, *, by_text: bool) -> SpokenWord | None:
    """The spoken word nearest in time; words with the same text are preferred."""
    near = [other for other in words if _distance(other, word) <= NEAR_S]
    same = [other for other in near if other.text == spoken_form(word.text, "en")]
    if not same and by_text:
        return None
    return min(same or near, key=lambda other: _distance(other, word), default=None)


def _distance(spoken: SpokenWord, word: Word) -> float:
    return abs((spoken.start_s + spoken.end_s) / 2 - (word.start_s + word.end_s) / 2)


def figures(folder: Path, talks: int, model: str, language: str, late_s: float | None) -> dict[str, Any]:
    """Per cent of the caption words attributed to the right speaker, by kind of meeting."""
    table: dict[str, Any] = {}
    for kind in get_args(Kind):
        results: list[tuple[SpokenWord, bool]] = []
        spoken = 0
        for seed in range(talks):
            talk = plan(folder, kind, seed)
            with tempfile.TemporaryDirectory() as scratch:
                video = Path(scratch) / "talk.mp4"
                write(talk, video)
                results += judged(talk, kind, captions(video, model, language, late_s))
            spoken += len(talk.words())
        unseen = [right for word, right in results if word.tile is None]
        in_view = [right for word, right in results if word.tile is not None]
        table[kind] = {"spoken": spoken, "judged": len(results), "in_view": _share(in_view)}
        if unseen:
            table[kind]["off_screen"] = _share(unseen)
        print(kind, table[kind], flush=True)
    return table


def _share(flags: Sequence[bool]) -> float:
    return round(100 * sum(flags) / max(1, len(flags)), 1)


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--talks", type=int, default=3, metavar="N", help="number of meetings of each kind")
    parser.add_argument("--model", default="en-grid")
    parser.add_argument("--language", default="en")
    parser.add_argument("--late", type=float, metavar="S", help="read as live, with sound that is late")
    parser.add_argument("--json", type=Path, metavar="OUT")
    options = parser.parse_args()
    table = figures(options.folder, options.talks, options.model, options.language, options.late)
    if options.json is not None:
        options.json.write_text(json.dumps(table, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
