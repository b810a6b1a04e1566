"""Plays the video of a session from a given line."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from klipnet_live.ui.widgets.dialog import Dialog
from klipnet_live.ui.widgets.video_player import VideoPlayer


class PlaybackDialog(Dialog):
    """A non-modal video window. Closing it releases the file."""

    size_at_full = QSize(640, 440)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.player = VideoPlayer()
        self._video = ""
        QVBoxLayout(self).addWidget(self.player)
        self.finished.connect(self._stop)
        self.retranslate()

    def play(self, video: str, time_s: float) -> None:
        """Play a video from a time in seconds."""
        if video != self._video:
            self._video = video
            self.player.open(video)
        self.show()
        self.raise_()
        self.player.play_from(time_s)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Video of the session"))

    def _stop(self) -> None:
        self._video = ""
        self.player.stop()
