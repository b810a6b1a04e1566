"""Which recordings the accuracy figures are measured on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from klipnet_live.assets import ASSETS
from training.data.clips import Clip

GRID = ASSETS / "grammars" / "grid.jsgf"
KOREAN = ASSETS / "grammars" / "korean_seed.jsgf"
SILENT_FRAMES = 75


@dataclass(frozen=True, slots=True)
class Recordings:
    """A dataset folder and table that are prepared into a folder of the same name."""

    name: str
    folder: str
    table: str = "transcripts.tsv"


RECORDINGS = (
    Recordings("grid_s1", "grid_s1"),
    Recordings("grid_others", "grid_others"),
    Recordings("korean_seed", "korean_seed"),
    Recordings("korean_partial", "korean_seed", "partial.tsv"),
)


@dataclass(frozen=True, slots=True)
class TestSet:
    """Clips of a prepared folder on which a model is measured, free and with a grammar."""

    title: str
    model: str
    folder: str
    grammar: Path
    split: str | None = None
    session: str | None = None
    change: Callable[[Clip], Clip] = lambda clip: clip


def frozen(clip: Clip) -> Clip:
    """The first frame for as long as the clip: nobody speaks."""
    return replace(clip, text="", words=(), crops=np.repeat(clip.crops[:1], SILENT_FRAMES, axis=0))


def before_speech(clip: Clip) -> Clip:
    """The silent beginning of an aligned clip, up to five frames before the first word."""
    end = max(2, int(clip.words[0].start_frame) - 5)
    return replace(clip, text="", words=(), crops=clip.crops[:end])


SETS = (
    TestSet("grid_s1 val", "en-grid", "grid_s1", GRID, "val"),
    TestSet("grid_others, 4 unseen speakers", "en-grid", "grid_others", GRID),
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
    """Videos of a dataset folder, which the whole app reads, tracker included."""

    title: str
    model: str
    folder: str
    grammar: Path
    split: str | None = None


VIDEO_SETS = (
    VideoSet("grid_s1 val, videos", "en-grid", "grid_s1", GRID, "val"),
    VideoSet("grid_others, videos", "en-grid", "grid_others", GRID),
)
