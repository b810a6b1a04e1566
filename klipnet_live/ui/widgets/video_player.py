"""A video with its sound, played from where a line begins. Only this file knows the player of Qt."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer
from PySide6.QtMultimediaWidgets import QVideoWidget
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from klipnet_live.ui.widgets.plain import PlainLabel

_BEFORE_S = 0.3
"""A line is played from a little before it: mouths open before they speak."""


class VideoPlayer(QWidget):
    """Picture, a button that plays and pauses, and the time."""

    moved = Signal(float)
    """Where the video is now, in seconds."""

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
        """Shows the beginning of this video."""
        self._player.setSource(QUrl.fromLocalFile(path))
        self._player.pause()

    def show_at(self, time_s: float) -> None:
        """Shows the picture at this time; what plays goes on from there."""
        self._player.setPosition(round(max(time_s - _BEFORE_S, 0.0) * 1000))

    def play_from(self, time_s: float) -> None:
        self.show_at(time_s)
        self._player.play()

    def stop(self) -> None:
        """Lets the file go."""
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
