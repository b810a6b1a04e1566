"""The recordings on which the accuracy figures are measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from klipnet_training.data.clips import Clip
from klipnet_training.data.stored import Crops
from numpy.typing import NDArray

from klipnet_live.assets import ASSETS

GRID = ASSETS / "grammars" / "grid.jsgf"
KOREAN = ASSETS / "grammars" / "korean_seed.jsgf"
SILENT_FRAMES = 75


@dataclass(frozen=True, slots=True)
class RecordedClips:
    """A dataset folder and its table, prepared into a folder called `name`."""

    name: str
    folder: str
    table: str = "transcripts.tsv"


RECORDINGS = (
    RecordedClips("grid_s1", "grid_s1"),
    RecordedClips("grid_more", "grid_more"),
    RecordedClips("grid_others", "grid_others"),
    RecordedClips("korean_seed", "korean_seed"),
    RecordedClips("korean_partial", "korean_seed", "partial.tsv"),
)


@dataclass(frozen=True, slots=True)
class TestSet:
    """Clips of a prepared folder on which a model is measured, with and without a grammar."""

    title: str
    model: str
    folder: str
    grammar: Path
    split: str | None = None
    session: str | None = None
    change: Callable[[Clip], Clip] = lambda clip: clip


def frozen(clip: Clip) -> Clip:
    """The first frame, repeated: nobody speaks."""
    return replace(clip, text="", words=(), crops=np.repeat(clip.crops[:1], SILENT_FRAMES, axis=0))


def before_speech(clip: Clip) -> Clip:
    """The silent start of an aligned clip, up to five frames before the first word."""
    end = max(2, int(clip.words[0].start_frame) - 5)
    return replace(clip, text="", words=(), crops=clip.crops[:end])


def dim(clip: Clip) -> Clip:
    """A third of the light, with matching sensor noise."""
    random = np.random.default_rng(len(clip.crops))
    noise = random.normal(0, 6, clip.crops[:].shape)
    return replace(clip, crops=_bytes(clip.crops[:] * 0.33 + noise))


def lit_from_one_side(clip: Clip) -> Clip:
    """A horizontal light gradient: one side of the crop is three times as bright as the other."""
    return replace(clip, crops=_bytes(clip.crops[:] * np.linspace(0.5, 1.5, clip.crops[:].shape[2])))


def small(clip: Clip) -> Clip:
    """A third of the resolution: mouths about 13 px wide for GRID."""
    return replace(clip, crops=np.stack([_coarse(crop) for crop in clip.crops[:]]))


def _coarse(crop: Crops) -> Crops:
    height, width = crop.shape
    tiny = cv2.resize(crop, (width // 3, height // 3), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(tiny, (width, height)), dtype=np.uint8)


def _bytes(values: NDArray[np.float64]) -> Crops:
    return np.clip(values, 0, 255).astype(np.uint8)


SETS = (
    TestSet("grid_s1 val", "en-grid", "grid_s1", GRID, "val"),
    TestSet("grid_more val, s31, never trained on", "en-grid", "grid_more", GRID, "val"),
    TestSet("grid_others: s4, s5, s26 and s22", "en-grid", "grid_others", GRID),
    TestSet("grid_s1 val, a third of the light", "en-grid", "grid_s1", GRID, "val", change=dim),
    TestSet("grid_s1 val, lit from one side", "en-grid", "grid_s1", GRID, "val", change=lit_from_one_side),
    TestSet("grid_s1 val, mouths of 13 px", "en-grid", "grid_s1", GRID, "val", change=small),
    TestSet("grid_s1 val, first frame frozen", "en-grid", "grid_s1", GRID, "val", change=frozen),
    TestSet("grid_s1 val, before speech", "en-grid", "grid_s1", GRID, "val", change=before_speech),
    TestSet("korean_seed val", "ko-seed", "korean_seed", KOREAN, "val"),
    TestSet(
        "partial.tsv, session yoriri6, last 3 words", "ko-seed", "korean_partial", KOREAN, None, "yoriri6"
    ),
    TestSet("korean_seed val, first frame frozen", "ko-seed", "korean_seed", KOREAN, "val", change=frozen),
)


@dataclass(frozen=True, slots=True)
class VideoSet:
    """Videos of a dataset folder that the whole app reads, face tracker included."""

    title: str
    model: str
    folder: str
    grammar: Path
    split: str | None = None


VIDEO_SETS = (
    VideoSet("grid_s1 val, videos", "en-grid", "grid_s1", GRID, "val"),
    VideoSet("grid_more val, s31, videos", "en-grid", "grid_more", GRID, "val"),
    VideoSet("grid_others, videos", "en-grid", "grid_others", GRID),
)
