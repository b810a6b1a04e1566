"""A face that the model was not trained on: its features are normalised, those of other faces are not."""

from __future__ import annotations

import math
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest

from klipnet_live.assets import MODELS
from klipnet_live.manifest import load_manifest, sha256_of, write_manifest
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.reading.feature_statistics import METADATA_KEY, FeatureStatistics, SpeakerStatistics
from klipnet_live.reading.model import Chunk, LipModel, State
from klipnet_live.reading.reader import Reader
from klipnet_live.types import CaptionEvent, GreyImage, UserError
from tests.reading.talk import Talk, alone, feed


class Stranger(LipModel):
    """Sees every face as one with features unlike those of the training data."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        random, size = np.random.default_rng(3), self.manifest.states["features"][-1]
        self._scale = random.uniform(0.1, 8, size).astype(np.float32)
        self._shift = random.normal(0, 4, size).astype(np.float32)

    def stream(self, frames: Sequence[Sequence[GreyImage]], states: Sequence[State]) -> list[Chunk]:
        seen = super().stream(frames, states)
        return [replace(chunk, kept=chunk.kept * self._scale + self._shift) for chunk in seen]


@pytest.fixture(scope="module")
def stranger() -> Stranger:
    return Stranger(MODELS / "en-grid")


def read(model: LipModel, talk: Talk, most_doubt: float) -> CaptionEvent:
    """The completed line; with more doubt than this the face counts as unknown."""
    released = decoders_for(model.manifest)
    reader = Reader(
        model, replace(released, familiarity=replace(released.familiarity, most_doubt=most_doubt))
    )
    return feed(reader, alone(talk.line))[-1]


def words_of(event: CaptionEvent) -> list[str]:
    return (event.hypothesis or event.text).split()


@pytest.fixture(scope="module")
def expected(model: LipModel, talk: Talk) -> list[str]:
    return words_of(read(model, talk, math.inf))


def test_an_unknown_face_is_read_as_if_it_were_known(
    stranger: Stranger, talk: Talk, expected: list[str]
) -> None:
    assert words_of(read(stranger, talk, math.inf)) != expected
    assert words_of(read(stranger, talk, 0.0)) == expected


def test_normalising_makes_no_line_readable(stranger: Stranger, model: LipModel, talk: Talk) -> None:
    """Readability is judged before: normalised features make all speech look like training data."""
    assert read(model, talk, 0.0).readable
    assert not read(stranger, talk, 0.0).readable


def test_a_model_without_statistics_reads_all_faces_alike(
    model: LipModel, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "statistics", None)
    assert read(model, talk, 0.0) == read(model, talk, math.inf)


def test_more_speech_brings_a_face_closer_to_the_training_data() -> None:
    random = np.random.default_rng(1)
    training = FeatureStatistics(np.full(4, 2.0, np.float32), np.full(4, 3.0, np.float32))
    face = SpeakerStatistics(training)
    line = random.normal(-1, 1.5, (75, 4)).astype(np.float32)
    distances = []
    for _ in range(4):
        distances.append(abs(face.normalised(line).mean(axis=0) - training.mean).max())
        face.add(line)
    assert distances == sorted(distances, reverse=True)
    own = FeatureStatistics.of(face.normalised(line))
    np.testing.assert_allclose(own.mean, training.mean, atol=0.5)
    np.testing.assert_allclose(own.deviation, training.deviation, atol=1.0)


def test_a_face_in_new_light_is_learned_again() -> None:
    training = FeatureStatistics(np.zeros(4, np.float32), np.ones(4, np.float32))
    face = SpeakerStatistics(training)
    random = np.random.default_rng(1)
    for _ in range(100):
        face.add(random.normal(9, 1, (75, 4)).astype(np.float32))
    line = random.normal(-9, 1, (75, 4)).astype(np.float32)
    for _ in range(60):
        face.add(line)
    assert abs(face.normalised(line).mean()) < 2.0


@pytest.mark.parametrize("text", ["no table", '{"mean": [1.0]}', '{"mean": [1, 2], "deviation": [1]}'])
def test_damaged_statistics_are_a_one_line_error(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODELS / "en-grid", folder)
    graph = onnx.load(str(folder / "final.onnx"))
    onnx.helper.set_model_props(graph, {METADATA_KEY: text})
    onnx.save(graph, str(folder / "final.onnx"))
    manifest = load_manifest(folder, verify=False)
    final = replace(manifest.final, sha256=sha256_of(folder / "final.onnx"))
    write_manifest(folder, replace(manifest, final=final))
    with pytest.raises(UserError, match=r"does not work .*\. Copy its folder again") as caught:
        LipModel(folder)
    assert "\n" not in str(caught.value)
