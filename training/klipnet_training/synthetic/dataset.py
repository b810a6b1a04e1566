"""Writes dataset folders of synthetic clips, each with a different speaker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from klipnet_live.dataset_format import TABLE, TableRow, write_alignment, write_table
from klipnet_training.synthetic.clip import CLIP_S, SyntheticClip, make_clip, mouth_crops, render
from klipnet_training.synthetic.portrait import BUST_REGION
from klipnet_training.synthetic.sentences import Language
from klipnet_training.synthetic.truth import labels_of
from klipnet_training.synthetic.writers import write_crops, write_video

Kind = Literal["crops", "video"]

VIDEO_SIZE = (360, 288)
"""As in the GRID corpus, (width, height)."""

_COLUMNS = ("path", "speaker", "split", "text", "align")
_VAL_EVERY = 10
_LANGUAGE_SEEDS: dict[Language, int] = {"en": 1, "ko": 2}


def write_dataset(out: Path, language: Language, count: int, seed: int, kind: Kind) -> Iterator[TableRow]:
    """Write the clips, yielding a row for each, then the table. Every tenth clip is in split val."""
    for folder in (kind, "align"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    rows = []
    for index in range(count):
        clip = make_clip(language, f"synthetic{index:05d}", (_LANGUAGE_SEEDS[language], seed, index))
        rows.append(_write_clip(out, clip, f"{language}{seed}-{index:05d}", index, kind))
        yield rows[-1]
    write_table(out / TABLE, _COLUMNS, rows)


def _write_clip(out: Path, clip: SyntheticClip, name: str, index: int, kind: Kind) -> TableRow:
    align = f"align/{name}.align"
    write_alignment(out / align, labels_of(clip.utterance, CLIP_S))
    path = f"crops/{name}.npz" if kind == "crops" else f"video/{name}.mp4"
    if kind == "crops":
        write_crops(out / path, mouth_crops(clip))
    else:
        pictures = (image for image, _ in render(clip, BUST_REGION, VIDEO_SIZE))
        write_video(out / path, pictures, VIDEO_SIZE)
    split = "val" if index % _VAL_EVERY == _VAL_EVERY - 1 else "train"
    cells = (path, clip.utterance.speaker, split, clip.utterance.text, align)
    return dict(zip(_COLUMNS, cells, strict=True))
