"""A video player with sound. The only file that uses Qt's media player."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
from PySide6.QtMultimediaWidgets import QVideoWidget
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.plain import PlainLabel

_LEAD_IN_S = 0.3
"""Playback starts this much before a line, because the mouth opens before speech."""


class VideoPlayer(QWidget):
    """A video area, a button to play and pause, and the current time."""

    moved = Signal(float)
    """The playback position in seconds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(QAudioOutput(self))
        self._picture = QVideoWidget()
        self._picture.setMinimumSize(240, 135)
        self._picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._player.setVideoOutput(self._picture)
        self.play_button = QPushButton(autoDefault=False)
        self.play_button.clicked.connect(self._toggle)
        self._time = PlainLabel()
        self._time.setProperty("role", "muted")
        row = QHBoxLayout()
        row.addWidget(self.play_button)
        row.addWidget(self._time, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._picture, stretch=1)
        layout.addLayout(row)
        self._player.playbackStateChanged.connect(self._retranslate)
        self._player.positionChanged.connect(self._show_time)
        self._retranslate()

    def open(self, path: str) -> None:
        """Load a video and show its first frame."""
        self._player.setSource(QUrl.fromLocalFile(path))
        self._player.pause()

    def show_at(self, time_s: float) -> None:
        """Seek to just before a time in seconds."""
        self._player.setPosition(round(max(time_s - _LEAD_IN_S, 0.0) * 1000))

    def play_from(self, time_s: float) -> None:
        self.show_at(time_s)
        self._player.play()

    def stop(self) -> None:
        """Stop and release the file."""
        self._player.stop()
        self._player.setSource(QUrl())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @property
    def is_playing(self) -> bool:
        return self._player.playbackState() == QMediaPlayer.PlaybackState.PlayingState

    def _toggle(self) -> None:
        if self.is_playing:
            self._player.pause()
        else:
            self._player.play()

    def _show_time(self, position_ms: int) -> None:
        seconds = position_ms // 1000
        self._time.setText(f"{seconds // 60}:{seconds % 60:02d}")
        self.moved.emit(position_ms / 1000)

    def _retranslate(self) -> None:
        self._picture.setAccessibleName(self.tr("Video"))
        self.play_button.setText(self.tr("&Pause") if self.is_playing else self.tr("&Play"))
