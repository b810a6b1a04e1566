"""Import of Auto-AVSR checkpoints (random weights): safe loading, export, and use by the app."""

from __future__ import annotations

import json
import math
import pickle
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from klipnet_training.autoavsr.checkpoint import read_checkpoint
from klipnet_training.autoavsr.graphs import compare, write_graphs
from klipnet_training.autoavsr.network import (
    LipReader,
    RelativeAttention,
    Sizes,
    relative_positions,
    relative_shift,
)
from klipnet_training.commands.import_weights import main

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.manifest import load_manifest
from klipnet_live.reading.model import LipModel
from klipnet_live.types import UserError

PIECES = ("<unk>", "'", "▁HE", "LL", "O", "▁WORLD", "▁", "S")
SIZES = Sizes(
    symbols=len(PIECES) + 2, width=16, heads=2, units=24, blocks=2, kernel=5, decoder_blocks=1,
    decoder_units=24,
)  # fmt: skip


@pytest.fixture(scope="module")
def network() -> LipReader:
    """A small network; the size of the front-end is fixed."""
    torch.manual_seed(0)
    return LipReader(SIZES).eval()


@pytest.fixture(scope="module")
def checkpoint(network: LipReader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checkpoint") / "model.pth"
    torch.save(network.state_dict(), path)
    units = "".join(f"{piece} {number}\n" for number, piece in enumerate(PIECES, 1))
    path.with_name("unigram5000_units.txt").write_text(units, encoding="utf-8")
    return path


def test_attention_scores_content_and_distance() -> None:
    torch.manual_seed(1)
    attention = RelativeAttention(8, 2)
    torch.nn.init.normal_(attention.pos_bias_u)
    torch.nn.init.normal_(attention.pos_bias_v)
    hidden = torch.randn(1, 5, 8)
    q, k, v = attention.project(hidden, hidden)
    positions = relative_positions(hidden)
    p = attention.split_heads(attention.linear_pos(positions))
    scores = torch.zeros(1, 2, 5, 5)
    for head in range(2):
        for i in range(5):
            for j in range(5):
                content = (q[0, head, i] + attention.pos_bias_u[head]) @ k[0, head, j]
                # Row 0 of the positions is a distance of four frames, row 4 the frame itself.
                distance = (q[0, head, i] + attention.pos_bias_v[head]) @ p[0, head, 4 - i + j]
                scores[0, head, i, j] = (content + distance) / math.sqrt(4)
    expected = attention.combine(scores, v)
    torch.testing.assert_close(attention(hidden, positions), expected)


def test_positions_are_sines_of_the_distance() -> None:
    positions = relative_positions(torch.zeros(1, 3, 4))[0]
    for row, distance in enumerate((2, 1, 0, -1, -2)):
        angles = [distance, distance / 100]
        expected = [f(angle) for angle in angles for f in (math.sin, math.cos)]
        torch.testing.assert_close(positions[row], torch.tensor(expected))
    scores = torch.arange(10.0).reshape(1, 1, 2, 5)[..., :3]
    assert relative_shift(scores).tolist() == [[[[1.0, 2.0], [5.0, 6.0]]]]


def test_graphs_in_chunks_equal_the_network_on_whole_clips(network: LipReader, tmp_path: Path) -> None:
    write_graphs(network, tmp_path)
    assert compare(network, tmp_path) < 1e-4


def test_weight_names_of_both_projects_and_wrappers_are_accepted(
    network: LipReader, checkpoint: Path, tmp_path: Path
) -> None:
    older = {
        name.replace("frontend.", "encoder.frontend.").replace("proj_encoder.", "encoder.embed.0."): value
        for name, value in network.state_dict().items()
    }
    wrapped = {"state_dict": {f"model.{name}": value for name, value in network.state_dict().items()}}
    expected = read_checkpoint(checkpoint).state_dict()
    for name, content in (("older", older), ("wrapped", wrapped)):
        torch.save(content, tmp_path / f"{name}.pth")
        found = read_checkpoint(tmp_path / f"{name}.pth").state_dict()
        assert all(torch.equal(found[name], value) for name, value in expected.items() if value.ndim)


class Harmful:
    """A pickle that runs code when it is loaded."""

    def __init__(self, witness: Path) -> None:
        self.witness = witness

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.witness,)


def without(name: str) -> Callable[[dict[str, torch.Tensor]], object]:
    return lambda weights: {key: value for key, value in weights.items() if key != name}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda w: {}, "has no weights"),
        (lambda w: w | {"more": torch.zeros(1)}, "another architecture"),
        (without("ctc.ctc_lo.weight"), "ctc.ctc_lo.weight"),
        (without("encoder.encoders.0.norm_ff.bias"), r"encoders\.0\.norm_ff\.bias is missing"),
        (lambda w: w | {"proj_encoder.bias": torch.zeros(3)}, "is 3, expected 16"),
        (lambda w: w | {"proj_encoder.bias": torch.full((16,), math.nan)}, "not finite"),
        (lambda w: w | {"epoch": 3}, "'epoch', which is not a weight"),
        (lambda w: {"state": [1, 2]}, "not a weight"),
    ],
)
def test_an_unsuitable_checkpoint_is_a_one_line_error(
    network: LipReader,
    tmp_path: Path,
    change: Callable[[dict[str, torch.Tensor]], object],
    message: str,
) -> None:
    torch.save(change(dict(network.state_dict())), tmp_path / "x.pth")
    with pytest.raises(UserError, match=message) as caught:
        read_checkpoint(tmp_path / "x.pth")
    assert "\n" not in str(caught.value)


def test_damaged_and_malicious_files_are_one_line_errors_and_run_no_code(
    checkpoint: Path, tmp_path: Path
) -> None:
    cut, noise, harmful = (tmp_path / name for name in ("cut.pth", "noise.pth", "harmful.pth"))
    cut.write_bytes(checkpoint.read_bytes()[:5000])
    noise.write_bytes(bytes(range(256)) * 8)
    harmful.write_bytes(pickle.dumps({"x": Harmful(tmp_path / "ran")}))
    for path in (cut, noise, harmful, tmp_path / "absent.pth", tmp_path):
        with pytest.raises(UserError) as caught:
            read_checkpoint(path)
        assert "\n" not in str(caught.value)
    assert not (tmp_path / "ran").exists()


def test_an_imported_checkpoint_reads_text(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "models" / "large"
    command = ["auto-avsr", str(checkpoint), "-o", str(folder), "--quantize", "int8", "--accept-licence"]
    assert main(command) == 0
    assert "8 sub-words" in capsys.readouterr().out
    manifest = load_manifest(folder)
    assert manifest.crop.alignment == "mean_face"
    assert "personal use" in manifest.data[0].licence
    assert manifest.figures["int8_final"]["mean_difference_of_probabilities"] < 0.1
    model = LipModel(folder)
    crops = np.random.default_rng(0).integers(0, 255, (20, 88, 88), np.uint8)
    state, kept = model.start(), []
    for start in range(0, 20, manifest.chunk_frames):
        (chunk,) = model.stream([list(crops[start : start + manifest.chunk_frames])], [state])
        state = chunk.state
        kept.append(chunk.kept)
    whole = model.read_line(np.concatenate(kept))
    log_probs = whole.log_probs
    assert whole.score is not None
    apart, together = whole.score([[3, 4]]), whole.score([[3, 4], [6], [3]])
    np.testing.assert_allclose(together[0], apart[0], rtol=1e-4)  # padding has no effect
    # The front-end looks two frames ahead, so it has no output for the last two.
    assert log_probs.shape == (18, len(PIECES) + 2)
    log_probs[:, 0] -= 50.0
    # The text of random weights is meaningless, but made of the sub-words.
    assert set(BeamSearch(manifest.alphabet).line(log_probs).text) <= set("hello world's")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--units", "absent.txt"], "cannot be read"),
        (["--units", "short.txt"], "lists 1 sub-words"),
        (["--units", "wrong.txt"], "is not a list of sub-words"),
        (["--config", "audio.json"], "another network"),
        (["--config", "wrong.txt"], "cannot be read as a model.json"),
    ],
)
def test_files_that_do_not_match_the_checkpoint_are_named(
    checkpoint: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("short.txt").write_text("<unk> 1\n")
    Path("wrong.txt").write_text("one two three\n")
    Path("audio.json").write_text(json.dumps({"transformer_input_layer": "conv1d"}))
    assert main(["auto-avsr", str(checkpoint), "-o", "models/x", "--accept-licence", *options]) == 1
    assert message in capsys.readouterr().err
    assert not Path("models/x/manifest.json").exists()


def test_nothing_is_imported_without_accepting_the_licence(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["auto-avsr", str(checkpoint), "-o", str(tmp_path / "x")]) == 1
    assert "--accept-licence" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
