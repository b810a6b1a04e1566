"""What a container says about itself and its streams: titles, languages, chapters."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from av.container import InputContainer, OutputContainer
from av.stream import Disposition

# These describe the file as it was written, not what is in it.
_OF_THE_FILE = {
    "encoder", "duration", "handler_name", "vendor_id", "major_brand", "minor_version", "compatible_brands"
}  # fmt: skip

_TITLE_IN_MP4 = "name"


def copy_tags(source: InputContainer, target: OutputContainer, shift_s: Fraction) -> None:
    """Title and the like, and the chapters, which begin `shift_s` earlier in the copy."""
    target.metadata.update(_lasting(source.metadata))
    target.set_chapters([_earlier(chapter, shift_s) for chapter in source.chapters()])


def copy_labels(stream: Any, copied: Any) -> None:
    """Language, title and role of a stream. The captions are the only subtitles that show unasked."""
    copied.metadata.update(_lasting(stream.metadata))
    if _TITLE_IN_MP4 in copied.metadata:
        copied.metadata["title"] = copied.metadata.pop(_TITLE_IN_MP4)
    role = stream.disposition
    copied.disposition = role & ~Disposition.default if stream.type == "subtitle" else role


def _lasting(tags: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in tags.items() if key.lower() not in _OF_THE_FILE}


def _earlier(chapter: Any, shift_s: Fraction) -> Any:
    shift = round(shift_s / chapter["time_base"])
    start = max(0, chapter["start"] - shift)
    return chapter | {"start": start, "end": max(start, chapter["end"] - shift)}
