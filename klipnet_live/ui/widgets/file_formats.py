"""File formats for captions of a recording."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, slots=True)
class Format:
    """`burn_in`: the captions are drawn into the video frames."""

    title: str
    ending: str
    burn_in: bool = False

    @property
    def is_video(self) -> bool:
        return self.ending == ".mp4"

    @property
    def text(self) -> str:
        return QCoreApplication.translate("formats", self.title)


FORMATS = (
    Format(str(QT_TRANSLATE_NOOP("formats", "SubRip subtitles")), ".srt"),
    Format(str(QT_TRANSLATE_NOOP("formats", "WebVTT subtitles")), ".vtt"),
    Format(str(QT_TRANSLATE_NOOP("formats", "Text with timestamps")), ".txt"),
    Format(str(QT_TRANSLATE_NOOP("formats", "JSON data")), ".json"),
    Format(str(QT_TRANSLATE_NOOP("formats", "Table")), ".csv"),
    Format(str(QT_TRANSLATE_NOOP("formats", "Video with captions that can be turned off")), ".mp4"),
    Format(str(QT_TRANSLATE_NOOP("formats", "Video with burned-in captions")), ".mp4", burn_in=True),
)
"""Text formats first, then video formats."""

LINE_FORMATS = tuple(kind for kind in FORMATS if not kind.is_video)
