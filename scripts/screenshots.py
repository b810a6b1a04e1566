"""Takes the README's pictures: a meeting with the window beside it and the captions over it.

    Xvfb :9 -screen 0 1440x860x24 & DISPLAY=:9 openbox & DISPLAY=:9 picom --backend xrender &
    DISPLAY=:9 python -m scripts.screenshots gallery4.mp4

The app reads the video live, from the lips alone, with the bundled models; the captions are not edited. The
video is a gallery of four people of the GRID corpus (Cooke, Barker, Cunningham and Shao 2006, CC BY 4.0),
1280x720, who speak one after the other. A still and an animated picture are made per interface language.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QLinearGradient, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from klipnet_live import cli
from klipnet_live.assets import ASSETS
from klipnet_live.pipeline.preview import Preview
from klipnet_live.settings import OverlaySettings, Settings
from klipnet_live.settings_file import default_path, save
from klipnet_live.ui.app import application
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.widgets.picture import as_qimage

SIZE = (1440, 860)
MEETING = QRect(40, 24, 900, 740)
WINDOW = (972, 54, 436, 676)
TILE = QRect(94, 0, 450, 360)
"""The tile of one person in each quarter of the video."""

_EVERY_MS = 400
_NAMES = {"en": "Weekly meeting.mp4", "ko": "주간 회의.mp4"}
_TAKE = "--take"


class Backdrop(QWidget):
    """A desktop with a call of four tiles, showing the current frame of the video."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnBottomHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setGeometry(0, 0, *SIZE)
        self._preview: Preview | None = None

    def show_preview(self, preview: Preview | None) -> None:
        self._preview = preview or self._preview
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ground = QLinearGradient(0, 0, *SIZE)
        ground.setColorAt(0, QColor("#c9d6ea"))
        ground.setColorAt(1, QColor("#93a9cc"))
        painter.fillRect(self.rect(), ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#1d2026"))
        painter.drawRoundedRect(MEETING, 14, 14)
        self._paint_tiles(painter)
        self._paint_controls(painter)

    def _paint_tiles(self, painter: QPainter) -> None:
        if self._preview is None:
            return
        picture = as_qimage(self._preview.frame.image)
        width, height = (MEETING.width() - 36) / 2, (MEETING.height() - 36 - 84) / 2
        for number in range(4):
            column, row = number % 2, number // 2
            place = QRectF(
                MEETING.left() + 12 + column * (width + 12),
                MEETING.top() + 12 + row * (height + 12),
                width,
                height,
            )
            shape = QPainterPath()
            shape.addRoundedRect(place, 10, 10)
            painter.setClipPath(shape)
            tile = TILE.translated(640 * column, 360 * row)
            cut = round(tile.width() * height / width)
            painter.drawImage(
                place, picture, QRectF(tile.left(), tile.top() + 4, tile.width(), min(cut, 354))
            )
            painter.setClipping(False)

    def _paint_controls(self, painter: QPainter) -> None:
        middle = MEETING.center().x()
        for number in range(5):
            button = QRectF(0, 0, 48, 48)
            button.moveCenter(QRectF(middle - 144 + 72 * number, MEETING.bottom() - 46, 0, 0).topLeft())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#d93a3a" if number == 4 else "#333944"))
            painter.drawEllipse(button)


class PhotographedShell(AppShell):
    """The app's windows before a meeting; the screen is saved until the video ends."""

    folder: Path

    def open(self, *choice: Any) -> None:
        self._backdrop = Backdrop()
        self._backdrop.show()
        self._number = 0
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._take)
        self.controller.preview.connect(self._backdrop.show_preview)
        self.controller.session_started.connect(self._timer.start)
        self.controller.running_changed.connect(self._running_changed)
        super().open(*choice)

    def _take(self) -> None:
        picture = QGuiApplication.primaryScreen().grabWindow(0)
        picture.save(str(self.folder / f"{self._number:04}.png"))
        self._number += 1

    def _running_changed(self, running: bool) -> None:
        if running:
            return
        self._timer.stop()
        QTimer.singleShot(0, self.window.close)
        QTimer.singleShot(0, self._backdrop.close)


def main() -> None:
    if _TAKE in sys.argv:
        take(Path(sys.argv[2]), sys.argv[3], sys.argv[4])
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("video", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=ASSETS / "screenshots", metavar="FOLDER")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    for language in ("en", "ko"):
        with tempfile.TemporaryDirectory() as home:
            frames = Path(home) / "frames"
            frames.mkdir()
            environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
            # The window shows the file name.
            video = Path(home) / _NAMES[language]
            video.symlink_to(options.video.resolve())
            command = [sys.executable, "-m", "scripts.screenshots", _TAKE, str(frames), language]
            subprocess.run([*command, str(video)], env=environment, check=True, timeout=300)
            keep(frames, options.output, language)


def keep(frames: Path, folder: Path, language: str) -> None:
    """Save a picture in which two people have spoken, and all of them as a small animation. Needs ffmpeg."""
    taken = sorted(frames.glob("*.png"))
    picture = folder / f"meeting-{language}.png"
    quiet = ["ffmpeg", "-loglevel", "error", "-y"]
    few_colours = "split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=sierra2_4a"
    still = ["-i", str(taken[len(taken) * 2 // 5]), "-vf", few_colours, str(picture)]
    subprocess.run([*quiet, *still], check=True)
    print(picture)
    animation = folder / f"meeting-{language}.webp"
    rate = str(1000 / _EVERY_MS)
    small = ["-vf", "scale=864:-1", "-c:v", "libwebp_anim", "-q:v", "55", "-loop", "0", str(animation)]
    subprocess.run([*quiet, "-framerate", rate, "-i", str(frames / "%04d.png"), *small], check=True)
    print(animation)


def take(frames: Path, language: str, video: str) -> None:
    """Run the app in this language until the video ends."""
    overlay = OverlaySettings(visible=True, geometry=(240, 774, 500, 80))
    look = Settings(
        interface_language="ko" if language == "ko" else "en",
        theme="light",
        guide_done=True,
        window_geometry=WINDOW,
        overlay=overlay,
        keep_transcripts=False,
    )
    save(look, default_path())
    PhotographedShell.folder = frames
    setattr(application, "AppShell", PhotographedShell)  # noqa: B010  (the name of a class there)
    sys.exit(cli.main([video, "--language", "en"]))


if __name__ == "__main__":
    main()
