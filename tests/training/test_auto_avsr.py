"""Import of Auto-AVSR checkpoints (random weights): safe loading, export, and use by the app."""

from __future__ import annotations

import json
import math
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from klipnet_training.autoavsr.checkpoint import read_checkpoint
from klipnet_training.autoavsr.graphs import compare, graphs_of, write_graphs
from klipnet_training.autoavsr.language_model import LanguageModel, LanguageModelSizes
from klipnet_training.autoavsr.network import (
    LipReader,
    RelativeAttention,
    Sizes,
    relative_positions,
    relative_shift,
    sinusoids,
)
from klipnet_training.commands.import_weights import main
from torch import nn

from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.rescoring import RescoringWeights
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
    write_graphs(graphs_of(network), tmp_path)
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
        (lambda w: w | {"aux_encoder.after_norm.bias": torch.zeros(16)}, "audio-visual"),
        (lambda w: {"frontend.trunk.conv1.weight": torch.zeros(64, 1, 80)}, "audio model"),
        (lambda w: {"encoder.frontend.trunk.conv1.weight": torch.zeros(64, 1, 80)}, "audio model"),
        (lambda w: {"embed.weight": torch.zeros(10, 4)}, "--language-model"),
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
    archive, page = tmp_path / "LRS3.zip", tmp_path / "page.pth"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("LRS3/model.pth", b"weights")
    page.write_text("<!DOCTYPE html>")
    for path, message in (
        (cut, "is incomplete"),
        (noise, "web page"),
        (page, "web page"),
        (harmful, "contains code"),
        (archive, "is an archive"),
        (tmp_path / "absent.pth", "There is no file"),
        (tmp_path, "is a folder"),
    ):
        with pytest.raises(UserError, match=message) as caught:
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
    assert whole.rescorer is not None
    score = whole.rescorer.decoder
    assert score is not None
    apart, together = score([[3, 4]]), score([[3, 4], [6], [3]])
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
        (["--language-model", "absent.pth"], "There is no file absent.pth"),
        (["--language-model", "lm/alone.pth"], "cannot be read as a model.json"),
        (["--language-model", "model.pth"], "no Transformer language model"),
        (["--decode-config", "wrong.txt"], "has no weights for the decoding"),
        (["--decode-config", "absent.ini"], "has no weights for the decoding"),
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
    Path("model.json").write_text(json.dumps(LANGUAGE_MODEL_OPTIONS))
    torch.save({"predictor.embed.weight": torch.zeros(10, 4)}, "model.pth")
    Path("lm").mkdir()
    torch.save(language_model().state_dict(), "lm/alone.pth")
    assert main(["auto-avsr", str(checkpoint), "-o", "models/x", "--accept-licence", *options]) == 1
    assert message in capsys.readouterr().err
    assert not Path("models/x/manifest.json").exists()


LANGUAGE_MODEL_SIZES = LanguageModelSizes(
    symbols=len(PIECES) + 2, embedding=6, width=16, heads=4, units=24, blocks=2
)
LANGUAGE_MODEL_OPTIONS = {"layer": 2, "unit": 24, "att_unit": 16, "embed_unit": 6, "head": 4}


def language_model() -> LanguageModel:
    torch.manual_seed(3)
    return LanguageModel(LANGUAGE_MODEL_SIZES).eval()


@torch.no_grad()
def test_the_language_model_is_a_causal_transformer() -> None:
    """Against torch's own layers with the same weights."""
    model, pieces = language_model(), torch.tensor([[9, 3, 4, 7]])
    hidden = torch.relu(model.encoder.embed(model.embed(pieces))) * 4 + sinusoids(torch.arange(4.0), 16)
    for block in model.encoder.encoders:
        attention, feed_forward = block.self_attn, block.feed_forward
        layer = nn.TransformerEncoderLayer(
            16, 4, 24, 0.0, layer_norm_eps=1e-12, batch_first=True, norm_first=True
        )
        parts = attention.linear_q, attention.linear_k, attention.linear_v
        layer.self_attn.in_proj_weight.copy_(torch.cat([part.weight for part in parts]))
        layer.self_attn.in_proj_bias.copy_(torch.cat([part.bias for part in parts]))
        layer.self_attn.out_proj.load_state_dict(attention.linear_out.state_dict())
        layer.linear1.load_state_dict(feed_forward.w_1.state_dict())
        layer.linear2.load_state_dict(feed_forward.w_2.state_dict())
        layer.norm1.load_state_dict(block.norm_mha.state_dict())
        layer.norm2.load_state_dict(block.norm_ff.state_dict())
        hidden = layer.eval()(hidden, nn.Transformer.generate_square_subsequent_mask(4), is_causal=True)
    expected = model.decoder(model.encoder.after_norm(hidden)).log_softmax(-1)
    torch.testing.assert_close(model(pieces), expected)
    torch.testing.assert_close(model(pieces[:, :2]), expected[:, :2])


def test_a_language_model_rescores_the_texts_of_a_line(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, model = tmp_path / "x", language_model()
    torch.save(model.state_dict(), tmp_path / "model.pth")
    (tmp_path / "model.json").write_text(json.dumps(LANGUAGE_MODEL_OPTIONS))
    (tmp_path / "x.ini").write_text("[decode]\npenalty=0.5\nctc_weight=0.2\nlm_weight=0.4\n")
    command = ["auto-avsr", str(checkpoint), "-o", str(folder), "--accept-licence"]
    command += ["--language-model", str(tmp_path / "model.pth"), "--decode-config", str(tmp_path / "x.ini")]
    assert main(command) == 0, capsys.readouterr().err
    manifest = load_manifest(folder)
    assert manifest.rescoring == RescoringWeights(ctc=0.2, language_model=0.4, length_bonus=0.5)
    assert [credit.name for credit in manifest.data] == ["imported from model.pth"] * 2
    rescorer = LipModel(folder).read_line(np.zeros((20, 512), np.float32)).rescorer
    assert rescorer is not None
    assert rescorer.decoder is not None
    assert rescorer.language_model is not None
    end = len(PIECES) + 1
    with torch.no_grad():
        rows = model(torch.tensor([[end, 3, 4]]))[0]
    expected = float(rows[0, 3] + rows[1, 4] + rows[2, end])
    assert rescorer.language_model([[3, 4], [5]])[0] == pytest.approx(expected, rel=1e-4)


def test_a_model_of_another_language_spells_letters(
    network: LipReader, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the older project publishes them: model.pth beside model.json, which lists the letters."""
    torch.save(network.state_dict(), tmp_path / "model.pth")
    letters = ["<blank>", "<space>", *"ábcdéfg", "<eos>"]
    network_options = {
        "transformer_input_layer": "conv3d", "transformer_encoder_attn_layer_type": "rel_mha",
        "rel_pos_type": "latest", "macaron_style": True, "use_cnn_module": True, "char_list": letters,
    }  # fmt: skip
    options = json.dumps([80, 10, network_options])
    (tmp_path / "model.json").write_text(options, encoding="utf-8")
    folder = tmp_path / "x"
    command = ["auto-avsr", str(tmp_path / "model.pth"), "-o", str(folder), "--accept-licence"]
    assert main([*command, "--language", "es"]) == 0, capsys.readouterr().err
    alphabet = load_manifest(folder).alphabet
    assert alphabet.decode(alphabet.encode("ácé dá")) == "ácé dá"


def test_nothing_is_imported_without_accepting_the_licence(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["auto-avsr", str(checkpoint), "-o", str(tmp_path / "x")]) == 1
    assert "--accept-licence" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
