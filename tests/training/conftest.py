"""Fixtures: prepared folders of small random clips and of real recordings."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
import torch
from klipnet_training.data.clips import Clip
from klipnet_training.data.mouths import MouthCropper
from klipnet_training.data.window import Window

from klipnet_live.dataset_format import AlignedWord
from tests.training.small_clips import make_clip, write_clips

REAL = ("s1/bbaf2n", "s1/bbaf3s", "s1/bbaf4p", "s22/lbbc2a")


@pytest.fixture(autouse=True)
def one_thread() -> None:
    """Use one thread, so that sums are reproducible and parallel tests get a core."""
    torch.set_num_threads(1)
    cv2.setNumThreads(1)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight training and three validation clips of two speakers."""
    texts = ("bin blue", "lay red now", "set white", "place green at")
    train = [make_clip(f"t{i}", f"s{i % 2}", "train", texts[i % 4], 20 + i % 3) for i in range(8)]
    validation = [make_clip(f"v{i}", f"s{i % 2}", "val", texts[i]) for i in range(3)]
    return write_clips(tmp_path_factory.mktemp("prepared"), [*train, *validation])


@pytest.fixture(scope="session")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four real recordings of two speakers, prepared."""
    crop = MouthCropper(Window())
    texts = ("bin blue at f two now", "bin blue at f three soon", "bin blue at f four please")
    clips = []
    for name, text in zip(REAL, (*texts, "lay blue by c two again"), strict=True):
        speaker, clip = name.split("/")
        s1 = shared_data / "grid_s1/video" / f"{clip}.mp4"
        source = s1 if speaker == "s1" else shared_data / "grid_others/video" / f"{speaker}_{clip}.mp4"
        words = tuple(AlignedWord(word, 20 + 6 * i, 26 + 6 * i) for i, word in enumerate(text.split()))
        clips.append(Clip(clip, speaker, "", "train", text, crop(source).crops, words))
    return write_clips(tmp_path_factory.mktemp("real"), clips)
