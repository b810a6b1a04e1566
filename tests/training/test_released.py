"""Training that starts from a released model folder."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
import torch
from klipnet_training.architectures import build_network
from klipnet_training.commands.export import export
from klipnet_training.commands.import_keras import import_keras
from klipnet_training.commands.train import main
from klipnet_training.config.files import read_config
from klipnet_training.config.scenarios import scenario_path
from klipnet_training.config.schema import config_from
from klipnet_training.export.int8 import quantise_graph
from klipnet_training.run import checkpoint
from klipnet_training.run.released import released_weights, starting_weights
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.trained import load_weights
from onnx import numpy_helper
from torch import Tensor, nn

from klipnet_live.assets import MODELS
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.types import UserError
from tests.training.keras_reference import Variant, random_layers, write_file
from tests.training.small_clips import SMALL_CASCADE, SMALL_LIPNET, make_clip, write_clips

NORMALISED = SMALL_LIPNET | {"batch_normalisation": True}

SMALL = [
    *("--set", "optimisation.batch=2", "--epochs", "1"),
    *(part for name, value in SMALL_CASCADE.items() for part in ("--set", f"model.{name}={value}")),
]


def random_run(folder: Path, architecture: str, model: dict[str, object]) -> Path:
    """A run with random weights and normalisation statistics, so that all tensors differ."""
    folder.mkdir(parents=True)
    torch.manual_seed(3)
    config = config_from({"architecture": architecture, "model": model})
    network = build_network(config.model, alphabet_for("en").size)
    for layer in network.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            for tensor in (layer.running_mean, layer.running_var, layer.weight, layer.bias):
                tensor.data.uniform_(0.5, 1.5)
    RunFolder(folder).save_best(config, network.state_dict())
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return random_run(tmp_path_factory.mktemp("cascade") / "run", "cascade", SMALL_CASCADE)


@pytest.fixture
def model(run: Path, tmp_path: Path) -> Path:
    export(run, tmp_path / "model")
    return tmp_path / "model"


def trained(run: Path) -> dict[str, Tensor]:
    return {n: w for n, w in load_weights(run).items() if not n.endswith("num_batches_tracked")}


def assert_same(found: dict[str, Tensor], expected: dict[str, Tensor]) -> None:
    assert found.keys() == expected.keys()
    assert [name for name in found if not torch.equal(found[name], expected[name])] == []


@pytest.mark.parametrize(
    ("architecture", "sizes"),
    [("cascade", SMALL_CASCADE), ("lipnet", SMALL_LIPNET), ("lipnet", NORMALISED)],
    ids=["cascade", "lipnet", "normalised lipnet"],
)
def test_a_model_contains_all_weights_of_its_run(
    architecture: str, sizes: dict[str, object], tmp_path: Path
) -> None:
    run = random_run(tmp_path / "run", architecture, sizes)
    export(run, tmp_path / "model")
    assert_same(starting_weights(tmp_path / "model"), trained(run))


@pytest.mark.parametrize("reset_after", [False, True])
def test_a_model_of_imported_weights_contains_them(reset_after: bool, tmp_path: Path) -> None:
    """Without `reset_after`, Keras has no recurrent bias: it is zero and must be kept in every layer."""
    layers = random_layers(Variant(normalised=True, reset_after=reset_after))
    import_keras(write_file(tmp_path / "w.h5", layers), tmp_path / "run")
    export(tmp_path / "run", tmp_path / "model")
    assert_same(released_weights(tmp_path / "model"), trained(tmp_path / "run"))


def test_a_run_starts_from_the_weights_of_a_model(
    model: Path, run: Path, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a learning rate of zero only the normalisation statistics change."""
    (tmp_path / "mine.toml").write_text('[[data]]\n[[validation]]\nsplit = "val"\n', encoding="utf-8")
    how = ["--config", str(tmp_path / "mine.toml"), "--data", str(prepared), *SMALL]
    still = ["--set", "optimisation.learning_rate=0.0", "--set", f"start_from={model}"]
    assert main([*how, *still, "--out", str(tmp_path / "mine")]) == 0
    assert f"the weights of {model}." in capsys.readouterr().err.replace("\n", "")
    found, expected = trained(tmp_path / "mine"), trained(run)
    names = [name for name in expected if "running" not in name]
    assert_same({n: found[n] for n in names}, {n: expected[n] for n in names})


def test_output_layers_for_another_alphabet_are_new(
    model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text('language = "ko"\n[[data]]\n', encoding="utf-8")
    write_clips(tmp_path, [make_clip(f"k{i}", "k1", "train", "분필 축구", 30) for i in range(2)])
    how = ["--config", str(tmp_path / "mine.toml"), "--data", str(tmp_path), *SMALL]
    assert main([*how, "--set", f"start_from={model}", "--out", str(tmp_path / "mine")]) == 0
    assert f"{model}; new layers: stream_out, final_out." in capsys.readouterr().err.replace("\n", "")


def _without_names(path: Path) -> None:
    """Add an unnamed constant, as an exporter that folds constants does."""
    graph = onnx.load(str(path))
    graph.graph.initializer.append(numpy_helper.from_array(torch.zeros(2).numpy(), "onnx::GRU_460"))
    onnx.save(graph, str(path))


def _quantised(path: Path) -> None:
    quantise_graph(path, path, [])


@pytest.mark.parametrize("change", [_without_names, _quantised])
def test_a_model_that_cannot_be_trained_further_is_refused(
    change: object, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(change)
    change(model / "final.onnx")
    monkeypatch.setattr("klipnet_live.manifest.check_file", lambda *_: None)
    with pytest.raises(UserError, match="no trainable weights"):
        starting_weights(model)


def test_a_missing_or_damaged_start_is_a_user_error(
    model: Path, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text("[[data]]\n", encoding="utf-8")

    def mistake(start: Path) -> str:
        how = ["--config", str(tmp_path / "mine.toml"), "--data", str(prepared), "--out", str(tmp_path / "x")]
        assert main([*how, "--set", f"start_from={start}"]) == 1
        (line,) = capsys.readouterr().err.splitlines()
        return line

    assert "start_from takes a run folder" in mistake(tmp_path / "nothing")
    assert "There is no checkpoint" in mistake(prepared)
    (model / "final.onnx").write_bytes(b"torn")
    assert "differs from the published file" in mistake(model)
    (model / FILE_NAME).write_text("{", encoding="utf-8")
    assert "is damaged" in mistake(model)
    assert not (tmp_path / "x").exists()


def test_the_help_explains_start_from(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "start_from=FOLDER" in " ".join(capsys.readouterr().out.split())


def test_a_model_is_found_by_its_name(model: Path, run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klipnet_training.run.released.MODELS", model.parent)
    assert_same(starting_weights(Path(model.name)), trained(run))


def test_the_adapt_scenario_starts_from_a_released_model() -> None:
    for language in ("en", "ko"):
        config = read_config(scenario_path("adapt"), [f"language={language}"])
        assert (MODELS / str(config.start_from) / FILE_NAME).is_file()
        assert config.language == language == load_manifest(MODELS / str(config.start_from)).language


def test_a_run_can_start_from_a_checkpoint_file(run: Path) -> None:
    assert_same(starting_weights(run / "best.pt"), checkpoint.load(run / "best.pt")["model"])
