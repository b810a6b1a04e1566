"""`klipnet-export`: exported models equal their runs, in float and nearly in int8."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from klipnet_training.architectures import build_network
from klipnet_training.commands.export import export, load_live, main
from klipnet_training.commands.import_keras import import_keras
from klipnet_training.config.schema import config_from
from klipnet_training.data.clips import load_clips
from klipnet_training.evaluation.networks import ReleasedNetwork, TrainedNetwork
from klipnet_training.export import accuracy as export_accuracy
from klipnet_training.export import graphs as export_graphs
from klipnet_training.export import int8 as export_int8
from klipnet_training.export.graphs import compare, write_graphs
from klipnet_training.export.whole_clip import change as exported_change
from klipnet_training.run import checkpoint
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.trained import load_network

from klipnet_live.lips.alphabet import BLANK, alphabet_for
from klipnet_live.lips.motion import change
from klipnet_live.manifest import load_manifest
from klipnet_live.pipeline.reader_factory import decoders_for
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from klipnet_live.types import FPS, Mouth, UserError
from tests.training.keras_reference import Variant, random_layers, sigmoid, write_file
from tests.training.small_clips import SMALL_CASCADE, SMALL_LIPNET, make_clip


@pytest.fixture(scope="module")
def run(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with an untrained network and a configuration that names its clips."""
    folder = tmp_path_factory.mktemp("run")
    source = {"folder": str(prepared)}
    table = {"model": SMALL_CASCADE, "data": [source], "validation": [source | {"split": "val"}]}
    torch.manual_seed(1)
    config = config_from(table)
    RunFolder(folder).save_best(config, build_network(config.model, alphabet_for("en").size).state_dict())
    return folder


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quantise the small matrices of the test network, too."""
    monkeypatch.setattr(export_int8, "_MIN_WEIGHTS", 100)


def test_a_graph_that_differs_from_torch_is_refused(run: Path, tmp_path: Path) -> None:
    _, network = load_live(run)
    write_graphs(network, tmp_path)
    compare(network, tmp_path)
    with torch.no_grad():
        network.stream.network.final_out.bias[3] += 0.1
    with pytest.raises(UserError, match="final graph differs from torch by 0"):
        compare(network, tmp_path)


def test_a_failed_export_leaves_the_old_model(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "model"
    assert main(["onnx", str(run), "-o", str(model)]) == 0
    before = {path.name: path.read_bytes() for path in model.iterdir()}
    monkeypatch.setattr(export_graphs, "TOLERANCE", 0.0)
    assert main(["onnx", str(run), "-o", str(model)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "graph differs from torch" in line
    assert {path.name: path.read_bytes() for path in model.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_a_model_knows_the_statistics_of_its_training_features(
    run: Path, prepared: Path, tmp_path: Path
) -> None:
    export(run, tmp_path / "model")
    model = LipModel(tmp_path / "model")
    kept = []
    for clip in load_clips(prepared, "train"):
        still = model.manifest.flush_frames + len(clip.crops) % 2
        crops, state = [*clip.crops[:], *clip.crops[-1:].repeat(still, axis=0)], model.start()
        for i in range(0, len(crops), 2):
            (chunk,) = model.stream([crops[i : i + 2]], [state])
            state = chunk.state
            kept.append(chunk.kept)
    features = np.concatenate(kept)
    assert model.statistics is not None
    np.testing.assert_allclose(model.statistics.mean, features.mean(axis=0), atol=0.05)
    np.testing.assert_allclose(model.statistics.deviation, features.std(axis=0), atol=0.05)


def test_a_model_whose_training_clips_are_gone_is_exported_without_statistics(
    run: Path, tmp_path: Path
) -> None:
    config, network = load_network(run)
    gone = replace(config, data=(replace(config.data[0], folder=str(tmp_path / "gone")),))
    (tmp_path / "run").mkdir()
    RunFolder(tmp_path / "run").save_best(gone, network.state_dict())
    export(tmp_path / "run", tmp_path / "model")
    assert LipModel(tmp_path / "model").statistics is None


@pytest.mark.usefixtures("wide")
def test_int8_reads_nearly_the_same_from_smaller_files(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    floats, quantised = tmp_path / "floats", tmp_path / "quantised"
    assert main(["onnx", str(run), "-o", str(floats)]) == 0
    capsys.readouterr()
    assert main(["onnx", str(run), "-o", str(quantised), "--quantize", "int8"]) == 0
    printed = capsys.readouterr().out.splitlines()
    manifest = load_manifest(quantised)
    figures = manifest.figures["validation"]
    assert figures["clips"] == 3
    for kind, line in zip(("float32", "int8"), printed[1:], strict=True):
        assert line.startswith(kind)
        for head in ("stream", "final"):
            assert f"{head} {figures[kind][head]['cer']:.2f} % CER" in line
    assert manifest.states == load_manifest(floats).states
    assert "--quantize int8" in manifest.command
    assert sorted(path.name for path in quantised.iterdir()) == ["final.onnx", "manifest.json", "stream.onnx"]
    clip = make_clip("even", "s1", "val", "bin blue", 22)
    (expected,), (found,) = (
        list(ReleasedNetwork(folder).log_probs([clip])) for folder in (floats, quantised)
    )
    for head in ("stream", "final"):
        assert 0 < np.abs(found[head] - expected[head]).max() < 0.3


@pytest.mark.usefixtures("wide")
def test_large_layers_and_gru_weights_are_int8(run: Path, tmp_path: Path) -> None:
    export(run, tmp_path / "model", int8=True)
    graph = onnx.load(str(tmp_path / "model/stream.onnx")).graph
    arrays = {array.name: array for array in graph.initializer}
    convolutions = [node for node in graph.node if node.op_type == "Conv"]
    assert convolutions
    kinds = {node.output[0]: node.op_type for node in graph.node}
    assert all(kinds[name] == "DequantizeLinear" for node in convolutions for name in node.input[:2])
    grus = [node for node in graph.node if node.op_type == "GRU"]
    assert grus
    assert not [name for node in grus for name in node.input[1:3] if name in arrays]
    assert sum(array.data_type == onnx.TensorProto.INT8 for array in arrays.values()) > 2 * len(grus)


def test_int8_with_too_many_errors_leaves_the_float_model(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(export_accuracy, "MAX_CER_LOSS", -1000.0)
    model = tmp_path / "model"
    assert main(["onnx", str(run), "-o", str(model), "--quantize", "int8"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "stream head" in line
    manifest = load_manifest(model)
    assert not manifest.figures
    assert onnx.load(str(model / "stream.onnx")).producer_name == "pytorch"
    assert [path.name for path in tmp_path.iterdir()] == ["model"]


def test_missing_clips_are_reported_before_the_work(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, _ = load_live(run)
    lost = config_from({"model": SMALL_CASCADE, "validation": [{"folder": str(tmp_path / "gone")}]})
    other = tmp_path / "run"
    other.mkdir()
    RunFolder(other).save_best(lost, build_network(config.model, alphabet_for("en").size).state_dict())
    assert main(["onnx", str(other), "-o", str(tmp_path / "model"), "--quantize", "int8"]) == 1
    assert "--data" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def lipnet(folder: Path) -> Path:
    folder.mkdir()
    torch.manual_seed(2)
    config = config_from({"architecture": "lipnet", "model": SMALL_LIPNET})
    RunFolder(folder).save_best(config, build_network(config.model, alphabet_for("en").size).state_dict())
    return folder


@pytest.mark.parametrize(
    "variant",
    [Variant(), Variant(reset_after=True), Variant(gate=sigmoid), Variant(reset_after=True, gate=sigmoid)],
    ids=["early Keras", "hard gates", "smooth gates", "today's"],
)
def test_imported_weights_are_exported_with_their_crop(variant: Variant, tmp_path: Path) -> None:
    gates = "sigmoid" if variant.gate is sigmoid else "hard_sigmoid"
    run = tmp_path / "run"
    import_keras(write_file(tmp_path / "w.h5", random_layers(variant)), run, gates)
    manifest = export(run, tmp_path / "model")
    assert manifest.crop.width_in_inter_ocular == 2.04
    assert (manifest.crop.width, manifest.crop.height) == (100, 50)
    clip = make_clip("even", "s1", "val", "bin blue", 22)
    (expected,) = TrainedNetwork(run).log_probs([clip])
    (found,) = ReleasedNetwork(tmp_path / "model").log_probs([clip])
    np.testing.assert_allclose(found["final"], expected["final"], atol=1e-3)


def test_a_whole_clip_network_keeps_crops_and_detects_motion(tmp_path: Path) -> None:
    export(lipnet(tmp_path / "run"), tmp_path / "model")
    model = LipModel(tmp_path / "model")
    still = make_clip("still", "s1", "val", "", 2).crops[:1].repeat(12, axis=0)
    moving = make_clip("moving", "s1", "val", "", 12).crops
    spoken, state = [], model.start()
    for crops in (still, moving, still):
        for i in range(0, len(crops), 2):
            (chunk,) = model.stream([list(crops[i : i + 2])], [state])
            state = chunk.state
            spoken += chunk.speaking.tolist()
            assert (chunk.log_probs.argmax(-1) == BLANK).all()
            np.testing.assert_array_equal(chunk.kept, crops[i : i + 2].reshape(2, -1))
    assert max(spoken[:12]) < 0.5
    assert min(spoken[13:24]) > 0.5
    assert max(spoken[28:]) < 0.5


def test_the_app_reads_with_a_whole_clip_network(tmp_path: Path) -> None:
    """The network always reads `c`; the line starts with the motion and ends in the silence after it."""
    run = lipnet(tmp_path / "run")
    state = checkpoint.load(run / "best.pt")
    state["model"]["out.bias"][alphabet_for("en").encode("c")[0]] = 50.0
    checkpoint.save(run / "best.pt", state)
    manifest = export(run, tmp_path / "model")
    reader = Reader(LipModel(tmp_path / "model"), decoders_for(manifest))
    moving = make_clip("moving", "s1", "val", "", 40).crops
    crops = [*moving[:1].repeat(20, axis=0), *moving, *moving[-1:].repeat(40, axis=0)]
    events = [
        (frame, event)
        for frame, crop in enumerate(crops)
        for event in reader.read([Mouth("1", frame / FPS, crop)], now_s=frame / FPS)
    ]
    assert [event.event for _, event in events][:1] == ["started"]
    started, (ended, last) = events[0][0], events[-1]
    assert 20 < started < 60
    assert (last.event, last.text) == ("completed", "c")
    assert 60 + 0.6 * FPS <= ended < 60 + FPS
    assert last.start_s == pytest.approx(20 / FPS, abs=0.2)


def test_motion_is_measured_as_in_the_app() -> None:
    crops = make_clip("moving", "s1", "val", "", 4).crops
    found = exported_change(torch.from_numpy(crops)[None].float())[0].tolist()
    assert found == pytest.approx([change(one, other) for one, other in pairwise(crops)], rel=1e-4)
    begun = torch.cat([torch.zeros(1, 1, 50, 100), torch.from_numpy(crops[:1])[None].float()], dim=1)
    assert exported_change(begun).item() == 0


def test_a_damaged_record_of_an_import_is_named(tmp_path: Path) -> None:
    run = lipnet(tmp_path / "run")
    (run / "import.json").write_text("{}")
    with pytest.raises(UserError, match=r"import\.json is damaged: import the weights again"):
        export(run, tmp_path / "model")
