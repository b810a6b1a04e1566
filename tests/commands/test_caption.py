"""`klipnet-live caption`: the captions of a recording as a file."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pysubs2
import pytest

from tests.footage import demo_utterances, frames_of
from tests.program import klipnet_live


def caption(clip: Path, output: Path, *options: str) -> Path:
    """Runs the command, which must print nothing."""
    finished = klipnet_live("caption", clip, "-o", output, *options)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")
    return output


@pytest.fixture(scope="module")
def line(spoken_clip: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The only line of the clip, from the JSON output."""
    output = caption(spoken_clip, tmp_path_factory.mktemp("captions") / "talk.json")
    (only,) = json.loads(output.read_text(encoding="utf-8"))["lines"]
    assert only["start_s"] == pytest.approx(demo_utterances()[0].start_s, abs=0.5)
    assert only["text"]
    return dict(only)


@pytest.mark.parametrize("ending", ["srt", "vtt"])
def test_subtitles(ending: str, spoken_clip: Path, line: dict[str, object], tmp_path: Path) -> None:
    subtitles = pysubs2.load(str(caption(spoken_clip, tmp_path / f"talk.{ending}")))
    assert " ".join(" ".join(cue.plaintext for cue in subtitles).split()) == line["text"]
    assert subtitles[0].start / 1000 == pytest.approx(line["start_s"], abs=0.5)


def test_text(spoken_clip: Path, line: dict[str, object], tmp_path: Path) -> None:
    assert str(line["text"]) in caption(spoken_clip, tmp_path / "talk.txt").read_text(encoding="utf-8")


def test_a_video_without_speech_gives_a_message_and_an_empty_file(still_clip: Path, tmp_path: Path) -> None:
    finished = klipnet_live("caption", still_clip, "-o", tmp_path / "still.srt")
    message = f"klipnet-live: A face was found in {still_clip}, but no speech.\n"
    assert (finished.returncode, finished.stderr) == (0, message)
    assert (tmp_path / "still.srt").read_bytes() == b""


def test_without_an_output_the_lines_are_printed(spoken_clip: Path, line: dict[str, object]) -> None:
    finished = klipnet_live("caption", spoken_clip)
    assert (finished.returncode, finished.stderr) == (0, "")
    assert finished.stdout == f"{line['start_s']:7.2f} s  {line['name']}: {line['text']}\n"


def test_captions_can_be_added_as_a_subtitle_track(
    spoken_clip: Path, line: dict[str, object], tmp_path: Path
) -> None:
    with av.open(str(caption(spoken_clip, tmp_path / "talk.mp4"))) as video:
        (track,) = video.streams.subtitles
        assert track.language == "eng"
        shown = b" ".join(bytes(packet) for packet in video.demux(track)).decode(errors="replace")
    assert all(word in shown for word in str(line["text"]).split())


def test_captions_can_be_burnt_in(spoken_clip: Path, line: dict[str, object], tmp_path: Path) -> None:
    burnt = caption(spoken_clip, tmp_path / "talk.mkv", "--burn-in")
    middle_s = (float(str(line["start_s"])) + float(str(line["end_s"]))) / 2
    changes = {
        frame.time_s: np.abs(frame.image.astype(int) - plain.image.astype(int)).mean()
        for frame, plain in zip(frames_of(burnt), frames_of(spoken_clip), strict=True)
    }
    spoken = min(changes, key=lambda time_s: abs(time_s - middle_s))
    assert changes[spoken] > 2 * changes[0.0]
