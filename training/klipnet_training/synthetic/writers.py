"""Writes rendered clips: videos, mouth crops, alignments and the table of a dataset folder."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from klipnet_live.atomic_file import write_atomically
from klipnet_live.types import FPS, GreyImage, Image
from klipnet_training.synthetic.truth import Utterance, align_text

_COLUMNS = ("path", "speaker", "split", "text", "align")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `transcripts.tsv`; paths are relative to the dataset folder."""

    path: str
    speaker: str
    split: str
    text: str
    align: str


def write_video(path: Path, images: Iterable[Image], size: tuple[int, int], quality: int = 23) -> None:
    """Write an H.264 file at 25 fps; `size` is (width, height), both even; `quality` is x264's CRF."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=round(FPS))
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        # One thread, because x264's output depends on the number of threads.
        stream.options = {"crf": str(quality), "preset": "slow", "threads": "1"}
        for image in images:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(stream.encode())


def write_crops(path: Path, crops: GreyImage) -> None:
    """Write mouth crops (frames, 50, 100) as `crops` of an .npz file."""
    file = io.BytesIO()
    np.savez_compressed(file, crops=crops)
    write_atomically(path, file.getbuffer(), durable=False)


def write_align(path: Path, utterance: Utterance, clip_s: float) -> None:
    write_atomically(path, align_text(utterance, clip_s).encode(), durable=False)


def write_table(path: Path, rows: Iterable[Row]) -> None:
    """Write `transcripts.tsv` of a dataset folder."""
    file = io.StringIO()
    table = csv.writer(file, delimiter="\t", lineterminator="\n")
    table.writerow(_COLUMNS)
    table.writerows((row.path, row.speaker, row.split, row.text, row.align) for row in rows)
    write_atomically(path, file.getvalue().encode())


def write_json(path: Path, value: dict[str, Any]) -> None:
    write_atomically(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
