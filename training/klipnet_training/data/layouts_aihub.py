"""Reads the Korean lip-reading corpus of AI-Hub: long videos, each with a JSON file of its sentences.

https://aihub.or.kr (립리딩 음성인식 데이터). A file is a list whose first object has `Video_info`,
`speaker_info`, `Sentence_info` (sentence_text, start_time, end_time in seconds) and `Bounding_box_info`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from klipnet_live.lips.alphabet import normalise_text
from klipnet_live.media.suffixes import is_video
from klipnet_training.data.files import files_below, readable_name
from klipnet_training.data.recordings import Recording, Span
from klipnet_training.data.transcripts import normalised

LABEL_SUFFIX = ".json"

MARGIN_S = 0.2
"""Lips move before the voice is heard. The margin is smaller if the gap between sentences is."""

UNINTELLIGIBLE = "X"
"""Marks words that the transcribers could not understand."""

_LATEST_S = 1e6

_FAULTS = (
    ValueError, ArithmeticError, LookupError, TypeError, AttributeError, OSError, RecursionError,
)  # fmt: skip

Label = Mapping[str, Any]


def read_aihub(folder: Path) -> Iterator[Recording]:
    """One recording for each sentence of each video below the folder.

    The corpus' lip boxes are not used: mouths are cropped by face landmarks, as in the app.
    """
    files = list(files_below(folder))
    videos = {readable_name(path.stem): path for path in files if is_video(path)}
    for path in (path for path in files if path.suffix == LABEL_SUFFIX):
        try:
            label = first_object(path)
            yield from _sentences(label, videos, path, split_of(path.relative_to(folder)))
        except _FAULTS as error:
            problem = f"{path} is not an AI-Hub label file ({error!r}): copy it again."
            yield Recording(path, "", "", problem=problem)


def first_object(path: Path) -> Label:
    """The first object of a label file. Raises ValueError, LookupError, OSError."""
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    label: Label = content[0] if isinstance(content, list) else content
    if not isinstance(label, dict):
        raise ValueError("expected a list with an object")
    return label


def _sentences(label: Label, videos: Mapping[str, Path], path: Path, split: str) -> Iterator[Recording]:
    sentences = sorted(label["Sentence_info"], key=lambda sentence: float(sentence["start_time"]))
    named = Path(str(label.get("Video_info", {}).get("video_Name", ""))).stem
    video = videos.get(readable_name(named)) or videos.get(readable_name(path.stem))
    if video is None:
        problem = f"{path} has no video beside it: copy {named or path.stem}.mp4 there."
        yield Recording(path, "", "", problem=problem)
        return
    speaker = str(label.get("speaker_info", {}).get("speaker_ID", path.parent.name))
    session = str(label.get("Video_env", {}).get("Angle", ""))
    for sentence, span in zip(sentences, _spans(sentences), strict=True):
        text = str(sentence["sentence_text"])
        problem = (
            "" if usable(text) else f"{path}: the sentence at {span.start_s:.1f} s is not fully transcribed."
        )
        yield Recording(video, speaker, normalised(text), split, session, span=span, problem=problem)


def usable(text: str) -> bool:
    """Whether a sentence is fully transcribed."""
    return UNINTELLIGIBLE not in text and bool(normalise_text(text))


def split_of(path: Path) -> str:
    """The split of a label file, from folder names such as `1.Training` and `2.Validation`."""
    folders = "/".join(path.parts[:-1]).lower()
    return "val" if "validation" in folders else "test" if "test" in folders else "train"


def _spans(sentences: Sequence[Label]) -> list[Span]:
    """Times of the sentences, with margins of at most half the gap to the neighbours."""
    starts = [float(sentence["start_time"]) for sentence in sentences]
    ends = [float(sentence["end_time"]) for sentence in sentences]
    if not all(-_LATEST_S <= time_s <= _LATEST_S for time_s in (*starts, *ends)):
        raise ValueError("start and end times out of range")
    gaps = [max(0.0, start - end) for (end, _), (_, start) in pairwise(zip(ends, starts, strict=True))]
    margins = [MARGIN_S, *(min(MARGIN_S, gap / 2) for gap in gaps), MARGIN_S]
    return [
        Span(max(0.0, start - before), end + after)
        for start, end, before, after in zip(starts, ends, margins[:-1], margins[1:], strict=True)
    ]
