"""The files that captions of a recording can become."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, slots=True)
class Format:
    """`burn_in`: the captions become part of the pictures."""

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
    Format(str(QT_TRANSLATE_NOOP("formats", "Text with times")), ".txt"),
    Format(str(QT_TRANSLATE_NOOP("formats", "JSON data")), ".json"),
    Format(str(QT_TRANSLATE_NOOP("formats", "Table")), ".csv"),
    Format(str(QT_TRANSLATE_NOOP("formats", "Video with captions that can be switched off")), ".mp4"),
    Format(str(QT_TRANSLATE_NOOP("formats", "Video with captions in the picture")), ".mp4", burn_in=True),
)
"""Lines as files first, then copies of the video."""

LINE_FORMATS = tuple(kind for kind in FORMATS if not kind.is_video)
