"""A video call in a window on the screen, and the app beside it: its speech appears in the panel."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from klipnet_training.run.metrics import error_rates

from tests.end_to_end.conftest import WATCHED_WINDOW, started
from tests.limits import SCREEN_WER
from tests.recordings import Recording, validation_clips

CALL = (1200, 60, 360, 288)
"""Left, top, width and height of the player's window, to the right of the app's window."""

_AFTERTHOUGHT_S = 4.0
"""Seconds until the last line has ended and its final text is shown."""

pytestmark = pytest.mark.skipif(shutil.which("ffplay") is None, reason="ffplay is not installed")


def play(recording: Recording, desktop: dict[str, str]) -> None:
    """Plays a recording to its end in a frameless window."""
    left, top, width, height = CALL
    options = f"-loglevel error -an -autoexit -noborder -left {left} -top {top} -x {width} -y {height}"
    subprocess.run(["ffplay", *options.split(), str(recording.path)], env=desktop, timeout=60, check=True)


def completed(shown: str) -> list[str]:
    """Texts of the completed lines in the panel, without the speaker's name."""
    return re.findall(r"^completed\tSpeaker \d+: (.*)$", shown, re.MULTILINE)


def test_sentences_played_on_the_screen_appear_in_the_panel(
    desktop: dict[str, str], shared_data: Path
) -> None:
    clips = validation_clips(shared_data, 3)
    source = "screen:" + ",".join(map(str, CALL))
    with started([*WATCHED_WINDOW, source], desktop) as app:
        assert app.stdout is not None
        assert app.stdout.readline() == "ready\n"
        for clip in clips:
            play(clip, desktop)
        time.sleep(_AFTERTHOUGHT_S)
        shown, errors = app.communicate(timeout=60)
    assert (app.returncode, errors) == (0, "")
    assert shown.count("completed") >= len(clips)
    spoken = " ".join(clip.text for clip in clips)
    assert error_rates([spoken], [" ".join(completed(shown))]).wer <= SCREEN_WER
