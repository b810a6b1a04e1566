"""Small prepared folders and networks for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from klipnet_training.data.clips import Clip

from klipnet_live.dataset_format import AlignedWord, write_alignment, write_table

SMALL_CASCADE = {
    "window_height": 16,
    "window_width": 32,
    "channels": [4, 4, 6, 6],
    "features": 16,
    "stream_hidden": 12,
    "final_hidden": 12,
}
SMALL_LIPNET = {"filters": [4, 4, 6], "hidden": 12}


def make_clip(name: str, speaker: str, split: str, text: str, frames: int = 22, aligned: bool = True) -> Clip:
    """Moving random blobs, determined by the name. Words are spaced evenly between two silent margins."""
    random = np.random.default_rng(list(name.encode()))
    noise = random.random((frames, 50, 100), dtype=np.float32)
    crops = np.stack([cv2.GaussianBlur(frame, (0, 0), 4) for frame in noise])
    crops = (255 * (crops - crops.min()) / np.ptp(crops)).astype(np.uint8)
    places = np.linspace(3, frames - 3, len(text.split()) + 1)
    words = tuple(
        AlignedWord(word, start, end)
        for word, start, end in zip(text.split(), places, places[1:], strict=False)
    )
    return Clip(name, speaker, "", split, text, crops, words if aligned else ())


def write_clips(folder: Path, clips: Sequence[Clip]) -> Path:
    """Write a prepared folder with these clips."""
    for name in ("crops", "align"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    rows = [_write_clip(folder, clip) for clip in clips]
    write_table(folder / "transcripts.tsv", ("path", "speaker", "split", "text", "align"), rows)
    return folder


def _write_clip(folder: Path, clip: Clip) -> dict[str, str]:
    path, align = f"crops/{clip.name}.npz", f"align/{clip.name}.align" if clip.words else ""
    np.savez(folder / path, crops=clip.crops)
    if align:
        write_alignment(folder / align, clip.words)
    return {"path": path, "speaker": clip.speaker, "split": clip.split, "text": clip.text, "align": align}
