"""Opens subtitle files of any program as a transcript, and finds the video they belong to."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pysubs2

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.media.suffixes import VIDEO_SUFFIXES
from klipnet_live.types import UserError

SUFFIXES = (".srt", ".vtt")

_MAX_BYTES = 32 << 20
_HUMAN_CONFIDENCE = 1.0
"""Confidence of a line that a person wrote or accepted."""

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_NAME = re.compile(r"(?:- )?([^\W\d_][^:\n]{0,38}): +(?=\S)")
_TAG = re.compile(r"<[^>]*>|\{\\[^}]*\}")


@dataclass(frozen=True, slots=True)
class OpenedSubtitles:
    """`video`: a file beside the subtitles with a matching name, or None."""

    lines: tuple[CaptionLine, ...]
    video: Path | None


def open_subtitles(path: Path) -> OpenedSubtitles:
    """Read an .srt or .vtt file. UserError if it contains no subtitles."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError("it is too large")
        text, kind = _decode(path.read_bytes()), path.suffix[1:].lower()
        events = pysubs2.SSAFile.from_string(text, format_=kind, keep_html_tags=True)
    except OSError as problem:
        raise _no_subtitles(path, problem.strerror or problem) from problem
    except (ValueError, pysubs2.exceptions.Pysubs2Error) as problem:
        raise _no_subtitles(path, problem) from problem
    lines = tuple(line for event in events if not event.is_comment for line in _split_speakers(event))
    if not lines:
        raise _no_subtitles(path, "it contains no lines")
    return OpenedSubtitles(lines, video_beside(path))


def video_beside(subtitles: Path) -> Path | None:
    """The video for a subtitle file: `talk.mp4` for `talk.srt`, `talk.ko.srt` or `talk captions.srt`."""
    stem = subtitles.stem
    stems = dict.fromkeys([stem, stem.rpartition(".")[0], stem.removesuffix(" captions")])
    try:
        files = {path.name.casefold(): path for path in subtitles.parent.iterdir() if path.is_file()}
    except OSError:
        return None
    names = (f"{name}{suffix}".casefold() for name in stems if name for suffix in VIDEO_SUFFIXES)
    return next((files[name] for name in names if name in files), None)


def _decode(data: bytes) -> str:
    """Decode as UTF-8 or UTF-16, or else as CP949, the code page of Korean Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp949")


def _split_speakers(event: pysubs2.SSAEvent) -> Iterator[CaptionLine]:
    """One line for each speaker named in a subtitle."""
    text = event.text.replace(r"\N", "\n").replace(r"\n", "\n")
    parts = [part for part in re.split(r"(?m)^- (?=\S)", text) if part.strip()]
    for part in parts:
        name, spoken = _name_and_text(part)
        if spoken:
            speaker = name or "1"
            yield CaptionLine(speaker, name, event.start / 1000, event.end / 1000, spoken, _HUMAN_CONFIDENCE)


def _name_and_text(part: str) -> tuple[str, str]:
    voice, named = _VOICE.search(part), _NAME.match(_TAG.sub("", part))
    plain = _TAG.sub("", part)
    name = voice[1] if voice else named[1] if named else ""
    spoken = plain if voice or not named else plain[named.end() :]
    return html.unescape(name).strip(), " ".join(html.unescape(spoken).split())


def _no_subtitles(path: Path, reason: object) -> UserError:
    return UserError(
        "Cannot open {path} as subtitles ({reason}). Choose an .srt or .vtt file.",
        path=path,
        reason=reason,
    )
