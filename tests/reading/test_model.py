"""Released models on ONNX Runtime."""

from __future__ import annotations

import json
import shutil
import threading
import time
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.testing import assert_allclose

from klipnet_live.manifest import FILE_NAME, sha256_of
from klipnet_live.models import model_folders
from klipnet_live.reading.model import LipModel, State
from klipnet_live.types import FloatArray, GreyImage, UserError
from tests.hostile_models import endless_model, model_with, value

FOLDERS = model_folders()

TOLERANCE = {"rtol": 1e-3, "atol": 1e-4}
"""Other batch sizes sum in a different order."""


@pytest.fixture(scope="module", params=FOLDERS, ids=[folder.name for folder in FOLDERS])
def released(request: pytest.FixtureRequest) -> LipModel:
    return LipModel(request.param)


def chunk(model: LipModel, seed: int) -> list[GreyImage]:
    """Crops of random noise."""
    crop = model.manifest.crop
    shape = (model.manifest.chunk_frames, crop.height, crop.width)
    return list(np.random.default_rng(seed).integers(0, 255, shape, np.uint8))


def state_after(model: LipModel, seed: int) -> State:
    return model.stream([chunk(model, seed)], [model.start()])[0].state


def test_at_least_one_released_model_is_found() -> None:
    assert "en-grid" in [folder.name for folder in FOLDERS]


def test_a_batch_gives_the_same_output_as_single_inputs(released: LipModel) -> None:
    crops = [chunk(released, seed) for seed in range(3)]
    states = [released.start(), state_after(released, 8), state_after(released, 9)]
    together = released.stream(crops, states)
    for chunk_, state, expected in zip(crops, states, together, strict=True):
        (single,) = released.stream([chunk_], [state])
        assert_allclose(single.log_probs, expected.log_probs, **TOLERANCE)
        assert_allclose(single.speaking, expected.speaking, **TOLERANCE)
        for name in state:
            assert_allclose(single.state[name], expected.state[name], **TOLERANCE)


def test_the_state_affects_the_output(released: LipModel) -> None:
    first, later = (
        released.stream([chunk(released, 1)], [state])[0]
        for state in (released.start(), state_after(released, 2))
    )
    assert not np.allclose(first.log_probs, later.log_probs, **TOLERANCE)


def test_both_heads_give_probabilities_over_the_alphabet(released: LipModel) -> None:
    (read,) = released.stream([chunk(released, 1)], [released.start()])
    frames, symbols = released.manifest.chunk_frames, released.manifest.alphabet.size
    assert read.log_probs.shape == (frames, symbols)
    assert read.speaking.shape == (frames,)
    assert ((read.speaking >= 0) & (read.speaking <= 1)).all()
    for length in (3, 50, 111):
        again = released.final(np.tile(read.kept[:1], (length, 1)))
        assert again.shape == (length, symbols)
        assert_allclose(total(again), 1.0, rtol=1e-4)
    assert_allclose(total(read.log_probs), 1.0, rtol=1e-4)


def test_the_final_head_uses_later_frames(released: LipModel) -> None:
    kept = np.stack([released.stream([chunk(released, s)], [released.start()])[0].kept[0] for s in range(12)])
    shorter, longer = released.final(kept[:8]), released.final(kept)
    assert not np.allclose(shorter[0], longer[0], **TOLERANCE)


def test_a_damaged_graph_is_a_one_line_error(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FOLDERS[0], folder)
    manifest = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
    graph = folder / manifest["stream"]["file"]
    graph.write_bytes(b"no graph")
    manifest["stream"]["sha256"] = sha256_of(graph)
    (folder / FILE_NAME).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UserError, match=r"Cannot load the model .*\. Copy its folder again") as caught:
        LipModel(folder)
    assert "\n" not in str(caught.value)


def total(log_probs: FloatArray) -> FloatArray:
    return np.asarray(np.exp(log_probs).sum(-1))


def test_released_models_pass_their_own_check(released: LipModel) -> None:
    released.check()


@pytest.mark.parametrize("given", ["kept", "other"])
def test_a_graph_with_other_inputs_is_a_one_line_error(tmp_path: Path, given: str) -> None:
    node = onnx.helper.make_node("Identity", [given], ["out"])
    graph = onnx.helper.make_graph([node], "g", [value(given, 1, "t", 3)], [value("out", 1, "t", 3)])
    with pytest.raises(UserError, match="choose another model") as raised:
        LipModel(model_with(tmp_path, "final", graph)).check()
    assert "\n" not in str(raised.value)


def test_an_endless_graph_can_be_interrupted(tmp_path: Path) -> None:
    model = LipModel(endless_model(tmp_path))
    threading.Timer(0.5, model.interrupt).start()
    began_s = time.monotonic()
    with pytest.raises(UserError, match="does not work"):
        model.final(np.zeros((3, 4), np.float32))
    assert time.monotonic() - began_s < 3
