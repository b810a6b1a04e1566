from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.captions.line_break import LineLimits
from klipnet_live.captions.on_screen import ShownCaption, SpeakerStyle
from klipnet_live.captions.painter import CaptionPainter, CaptionStyle
from klipnet_live.captions.rows import rows_of
from klipnet_live.captions.runs import TextRun
from klipnet_live.types import Image
from tests.builders import REPOSITORY

ANN = SpeakerStyle("Ann", "#e69f00")
SAID = ShownCaption(ANN, "bin blue at f", " two")


def grey(height: int = 360, width: int = 640) -> Image:
    return np.full((height, width, 3), 128, np.uint8)


def test_captions_are_painted_in_place_in_the_lower_third(painter: CaptionPainter) -> None:
    image = grey()
    painter.paint(image, [SAID])
    rows = np.flatnonzero((image != 128).any(axis=(1, 2)))
    assert rows.min() >= 360 * 2 / 3
    assert rows.max() < 360 * 0.97
    assert (image > 240).all(axis=2).sum() > 100, "white text"
    assert (image < 10).all(axis=2).sum() > 100, "dark outline"


def test_the_name_has_the_colour_of_the_speaker(painter: CaptionPainter) -> None:
    image = grey()
    painter.paint(image, [SAID])
    orange = np.abs(image.astype(int) - (0xE6, 0x9F, 0x00)).sum(axis=2) < 30
    assert orange.sum() > 50
    columns = np.flatnonzero(orange.any(axis=0))
    white_columns = np.flatnonzero((image > 240).all(axis=2).any(axis=0))
    assert columns.max() < white_columns.min(), "the name comes before the text"


def test_hangul_is_drawn_as_glyphs(painter: CaptionPainter) -> None:
    pictures = []
    for text in ("가", "힣", "뷁"):
        image = grey()
        painter.paint(image, [ShownCaption(SpeakerStyle("", "#ffffff"), text)])
        pictures.append(image)
    assert not np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[1], pictures[2])


def test_without_captions_the_picture_is_unchanged(painter: CaptionPainter) -> None:
    image = grey()
    painter.paint(image, [])
    assert (image == 128).all()


def test_equal_captions_are_painted_equally_and_new_text_differently(
    painter: CaptionPainter,
) -> None:
    first, second, third = grey(), grey(), grey()
    painter.paint(first, [SAID])
    painter.paint(second, [SAID])
    painter.paint(third, [ShownCaption(ANN, "set")])
    assert np.array_equal(first, second)
    assert not np.array_equal(first, third)


def test_text_size_follows_the_scale(painter: CaptionPainter) -> None:
    double = CaptionPainter(CaptionStyle(scale=2.0))
    small, large = grey(), grey()
    painter.paint(small, [ShownCaption(ANN, "hi")])
    double.paint(large, [ShownCaption(ANN, "hi")])
    heights = [np.ptp(np.flatnonzero((image != 128).any(axis=(1, 2)))) for image in (small, large)]
    assert heights[1] == pytest.approx(2 * heights[0], rel=0.15)


@pytest.mark.parametrize("size", [(64, 48), (120, 640), (1080, 300), (241, 333)])
def test_text_fits_pictures_of_odd_sizes(painter: CaptionPainter, size: tuple[int, int]) -> None:
    image = grey(*size)
    painter.paint(image, [ShownCaption(ANN, "place blue at f two now and then please wait here")])
    columns = np.flatnonzero((image != 128).any(axis=(0, 2)))
    assert columns.size
    assert columns.min() > 0
    assert columns.max() < size[1] - 1


def test_the_latest_caption_stays_if_there_is_no_room_for_all(painter: CaptionPainter) -> None:
    crowd = [ShownCaption(ANN, f"{'word ' * 15}{number}") for number in range(6)]
    image, last = grey(), grey()
    painter.paint(image, crowd)
    painter.paint(last, crowd[-1:])
    assert np.flatnonzero((image != 128).any(axis=(1, 2))).min() >= 360 * 0.6
    bottom = slice(315, 347)
    assert np.array_equal(image[bottom], last[bottom])


def test_pictures_that_cannot_be_painted_are_refused(painter: CaptionPainter) -> None:
    read_only = grey()
    read_only.flags.writeable = False
    for image in (read_only, grey()[:, ::2]):
        with pytest.raises(ValueError, match="expected a writable, C-contiguous"):
            painter.paint(image, [SAID])


def test_painting_works_on_another_thread(painter: CaptionPainter) -> None:
    here, there = grey(), grey()
    painter.paint(here, [SAID])
    thread = threading.Thread(target=painter.paint, args=(there, [SAID]))
    thread.start()
    thread.join()
    assert np.array_equal(here, there)


def test_the_font_is_found_in_an_installation(tmp_path: Path) -> None:
    """As after `pip install .`: packages in one folder, their data in another."""
    shared = tmp_path / "share" / "klipnet-live"
    shared.mkdir(parents=True)
    (shared / "assets").symlink_to(REPOSITORY / "assets")
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "klipnet_live").symlink_to(REPOSITORY / "klipnet_live")
    program = """
import sys
sys.prefix = sys.argv[1]
sys.path.insert(0, sys.argv[1] + "/packages")
from klipnet_live.captions import painter as caption_painter
caption_painter.CaptionPainter()
print(caption_painter.__file__.startswith(sys.prefix), caption_painter._load_font())
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "True Pretendard"


def test_tentative_text_is_marked_across_line_breaks() -> None:
    rows = rows_of(ShownCaption(ANN, "bin blue at f ", "two now please"), LineLimits(latin=18))
    assert [(row.name, row.runs) for row in rows] == [
        ("Ann  ", (TextRun("bin blue at f "), TextRun("two", "tentative"))),
        ("", (TextRun("now please", "tentative"),)),
    ]


def test_painting_needs_no_display() -> None:
    program = """
import numpy as np
from klipnet_live.captions.painter import CaptionPainter
from klipnet_live.captions.on_screen import SpeakerStyle, ShownCaption
image = np.zeros((360, 640, 3), np.uint8)
CaptionPainter().paint(image, [ShownCaption(SpeakerStyle("Ann", "#ffffff"), "안녕하세요")])
print(int((image > 240).sum()) > 50)
"""
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=REPOSITORY,
    )
    assert done.stdout.strip() == "True"
