"""Imported Keras weights give the output of the numpy reference."""

from __future__ import annotations

import json
from pathlib import Path

import h5py
import numpy as np
import pytest
import torch
from klipnet_training.commands.import_keras import import_keras
from klipnet_training.commands.import_weights import main
from klipnet_training.keras.convert import config_of, language_of, network_of
from klipnet_training.keras.gru import KerasGRU
from klipnet_training.keras.network import KerasLipNetConfig
from klipnet_training.keras.weights import read_weights
from klipnet_training.model.gru import GRU
from klipnet_training.run.trained import load_network

import tests.training.keras_reference as reference
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import UserError
from tests.training.keras_reference import Variant

VARIANTS = {
    "paper": Variant(),
    "normalised": Variant(normalised=True),
    "smooth gates": Variant(gate=reference.sigmoid),
    "reset after": Variant(reset_after=True, gate=reference.sigmoid),
    "reset after, hard gates": Variant(reset_after=True, normalised=True),
}


def colours(frames: int = 6, seed: int = 1) -> np.ndarray:
    """Random images (time, height, width, colours) uint8, so that swapped axes are detected."""
    return np.random.default_rng(seed).integers(0, 256, (frames, 50, 100, 3), np.uint8)


def in_keras_order(ours: np.ndarray) -> np.ndarray:
    """Reorder blank, space, letters to letters, space, blank."""
    return np.concatenate([ours[:, 2:], ours[:, 1:2], ours[:, :1]], axis=1)


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_a_network_equals_keras(tmp_path: Path, variant: Variant) -> None:
    layers = reference.random_layers(variant)
    weights = read_weights(reference.write_file(tmp_path / "weights.h5", layers))
    gates = "sigmoid" if variant.gate is reference.sigmoid else "hard_sigmoid"
    network = network_of(weights, config_of(weights, gates))
    images = colours()
    with torch.no_grad():
        read = network(torch.from_numpy(images)[None]).final[0].numpy()
    expected = reference.log_probs(layers, variant, images.transpose(0, 2, 1, 3).astype(np.float32) / 255)
    assert expected.std(axis=0).max() > 0.05, "the reference must depend on the images"
    assert in_keras_order(read) == pytest.approx(expected, abs=2e-4)


@pytest.mark.parametrize(
    ("version", "reset_after", "kind", "gates"),
    [
        ("2.0.2", False, KerasLipNetConfig, "hard_sigmoid"),
        ("2.2.5", False, KerasLipNetConfig, "hard_sigmoid"),
        ("", False, KerasLipNetConfig, "hard_sigmoid"),
        ("2.3.1", False, KerasLipNetConfig, "sigmoid"),
        ("2.2.4-tf", False, KerasLipNetConfig, "hard_sigmoid"),
        ("2.2.4", True, KerasLipNetConfig, "hard_sigmoid"),
    ],
)
def test_gates_depend_on_the_keras_version(
    tmp_path: Path, version: str, reset_after: bool, kind: type, gates: str
) -> None:
    layers = reference.random_layers(Variant(reset_after=reset_after))
    config = config_of(read_weights(reference.write_file(tmp_path / "w.h5", layers, version)))
    assert isinstance(config, kind)
    assert (config.reset_after, config.gates) == (reset_after, gates)


@pytest.mark.parametrize("version", ["2.2.4-tf", "2.3.0", "2.15.0", "3.6.0"])
def test_a_current_gru_becomes_a_plain_lipnet(tmp_path: Path, version: str) -> None:
    """Torch's own GRU is used, so that training is fast."""
    layers = reference.random_layers(Variant(reset_after=True, normalised=True))
    config = import_keras(reference.write_file(tmp_path / "w.h5", layers, version), tmp_path / "run")
    assert config.architecture == "lipnet"
    assert config.model.batch_normalisation


def test_the_run_folder_is_complete(tmp_path: Path) -> None:
    variant = Variant(reset_after=True, gate=reference.sigmoid)
    path = reference.write_file(tmp_path / "w.h5", reference.random_layers(variant), "2.4.0", "model_weights")
    assert main(["keras", str(path), "-o", str(tmp_path / "run")]) == 0
    config, loaded = load_network(tmp_path / "run")
    assert (config.language, config.model.symbols, config.model.colours) == ("en", 28, 3)
    network = network_of(read_weights(path), config_of(read_weights(path)))
    images = torch.from_numpy(colours())[None]
    with torch.no_grad():
        assert torch.equal(loaded(images).final, network(images).final)
    record = json.loads((tmp_path / "run/import.json").read_text())
    assert (record["crop"]["width"], record["crop"]["height"], record["colours"]) == (100, 50, 3)
    assert record["axes_in_keras"] == ["time", "width", "height", "colours"]
    assert (tmp_path / "run/config.toml").is_file()
    with pytest.raises(UserError, match="already has a run"):
        import_keras(path, tmp_path / "run")


def test_the_korean_network_outputs_syllables(tmp_path: Path) -> None:
    """가 is the first of 11172 symbols in Keras; here the blank and the space precede it."""
    variant = Variant(outputs=11174, normalised=True)
    layers = reference.random_layers(variant)
    layers["dense1"][1][:] = 0
    for keras_place, height in ((0, 3), (11171, 4), (11172, 5), (11173, 6)):
        layers["dense1"][1][keras_place] = height
    weights = read_weights(reference.write_file(tmp_path / "w.h5", layers))
    assert language_of(weights) == "ko-syllables"
    bias = network_of(weights, config_of(weights)).out.bias
    assert bias[[0, 1, 2, 11173]].tolist() == [6, 5, 3, 4]
    alphabet = alphabet_for(language_of(weights))
    assert alphabet.size == len(bias)
    assert alphabet.decode([2, 1, 11173]) == "가 힣"


def test_grey_crops_are_repeated_in_all_colours(tmp_path: Path) -> None:
    layers = reference.random_layers(Variant())
    weights = read_weights(reference.write_file(tmp_path / "w.h5", layers))
    network = network_of(weights, config_of(weights))
    grey = torch.from_numpy(colours()[..., 0])[None]
    with torch.no_grad():
        assert torch.allclose(network(grey).final, network(grey[..., None].expand(-1, -1, -1, -1, 3)).final)


def test_padding_does_not_change_the_output(tmp_path: Path) -> None:
    weights = read_weights(reference.write_file(tmp_path / "w.h5", reference.random_layers(Variant())))
    network = network_of(weights, config_of(weights))
    long, short = colours(7, seed=1), colours(4, seed=2)
    padded = torch.from_numpy(np.stack([long, np.concatenate([short, np.zeros((3, 50, 100, 3), np.uint8)])]))
    with torch.no_grad():
        both = network(padded, torch.tensor([7, 4])).final
        assert torch.allclose(both[0], network(padded[:1]).final[0], atol=1e-5)
        # The convolutions reach three frames past the end, the GRU not at all.
        features = torch.from_numpy(np.random.default_rng(0).normal(size=(2, 7, 72)).astype(np.float32))
        apart, _ = network.gru.read(features[1:, :4])
        together, _ = network.gru.read(features, lengths=torch.tensor([7, 4]))
    assert torch.allclose(together[1, :4], apart[0], atol=1e-6)


def test_the_gru_equals_torchs_where_torch_has_that_variant() -> None:
    torch.manual_seed(0)
    ours = KerasGRU(6, 4, 2, 0.0, reset_after=True, gates="sigmoid").eval()
    torchs = GRU(6, 4, 2, batch_first=True, bidirectional=True).eval()
    torchs.load_state_dict(ours.state_dict())
    inputs, lengths = torch.randn(3, 5, 6), torch.tensor([5, 3, 4])
    for (a, last_a), (b, last_b) in (
        (ours.read(inputs), torchs.read(inputs)),
        (ours.read(inputs, lengths=lengths), torchs.read(inputs, lengths=lengths)),
    ):
        for row, length in enumerate([5, 3, 4]):
            assert torch.allclose(a[row, :length], b[row, :length], atol=1e-6)
        assert torch.allclose(last_a, last_b, atol=1e-6)


def write_damaged(path: Path, defect: str) -> Path:
    layers = reference.random_layers(Variant())
    if defect == "cut":
        path.write_bytes(reference.write_file(path, layers).read_bytes()[:2000])
    elif defect == "theano":
        reference.write_file(path, layers, backend="theano")
    elif defect == "keras 3":
        with h5py.File(path, "w") as file:
            file.create_group("layers/conv3d/vars")
    elif defect == "two convolutions":
        del layers["conv3"]
        reference.write_file(path, layers)
    elif defect == "outputs":
        reference.write_file(path, reference.random_layers(Variant(outputs=30)))
    elif defect == "size":
        layers["bidirectional_1"][0] = layers["bidirectional_1"][0][:-1]
        reference.write_file(path, layers)
    elif defect == "layer":
        layers["prelu"] = [np.zeros((1, 2, 3), np.float32)]
        reference.write_file(path, layers)
    return path


@pytest.mark.parametrize(
    ("defect", "message"),
    [
        ("gone", "There is no file"),
        ("cut", "is not a Keras HDF5 file"),
        ("theano", "Save it again with TensorFlow"),
        ("keras 3", "it lists no layers"),
        ("two convolutions", "it has 2 convolutions"),
        ("outputs", "The network has 30 outputs"),
        ("size", "do not fit images of 100x50"),
        ("layer", "unexpected layer with weights of shapes (1, 2, 3)"),
    ],
)
def test_unsuitable_files_are_one_line_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], defect: str, message: str
) -> None:
    path = write_damaged(tmp_path / "w.h5", defect)
    assert main(["keras", str(path), "-o", str(tmp_path / "run")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert not (tmp_path / "run").exists()


def test_wrong_usage_exits_with_2(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["keras", str(tmp_path / "w.h5")])
    assert stopped.value.code == 2


def test_layers_that_do_not_fit_each_other_are_refused(tmp_path: Path) -> None:
    layers = reference.random_layers(Variant())
    layers["conv2"][0] = layers["conv2"][0][..., :1, :]
    weights = read_weights(reference.write_file(tmp_path / "w.h5", layers))
    with pytest.raises(UserError, match="size mismatch for convolutions"):
        network_of(weights, config_of(weights))
