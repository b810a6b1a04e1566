"""Network architectures and losses."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from klipnet_training.architectures import build_network
from klipnet_training.config.schema import config_from
from klipnet_training.data.samples import collate, whole_clip_sample
from klipnet_training.model.cascade import CascadeConfig
from klipnet_training.model.gru import GRU
from klipnet_training.model.lipnet import LipNet, LipNetConfig
from klipnet_training.run.learner import Learner
from klipnet_training.run.loss import speech_activity
from klipnet_training.run.parallel import Process, with_synchronised_batch_norm
from torch import nn

from klipnet_live.lips.alphabet import alphabet_for
from tests.training.small_clips import SMALL_CASCADE, SMALL_LIPNET, make_clip

ENGLISH = alphabet_for("en")


def test_lipnet_has_the_sizes_of_the_paper() -> None:
    network = LipNet(LipNetConfig(colours=3))
    kernels = [tuple(layer.weight.shape) for layer in network.convolutions if isinstance(layer, nn.Conv3d)]
    assert kernels == [(32, 3, 3, 5, 5), (64, 32, 3, 5, 5), (96, 64, 3, 3, 3)]
    assert network.gru.weight_ih_l0.shape == (3 * 256, 96 * 3 * 6)
    assert network.gru.weight_ih_l1_reverse.shape == (3 * 256, 2 * 256)
    assert network.out.weight.shape == (28, 512)


def test_lipnet_reads_grey_as_three_equal_colours() -> None:
    network = LipNet(LipNetConfig(colours=3, filters=(2, 2, 2), hidden=4)).eval()
    grey = torch.randint(0, 255, (2, 5, 50, 100), dtype=torch.uint8)
    colour = grey[..., None].expand(-1, -1, -1, -1, 3)
    with torch.no_grad():
        assert torch.equal(network(grey).final, network(colour).final)


def test_lipnet_outputs_log_probabilities_for_every_frame() -> None:
    network = LipNet(LipNetConfig(filters=(2, 2, 2), hidden=4, batch_normalisation=True)).eval()
    heads = network(torch.zeros(2, 7, 50, 100, dtype=torch.uint8), torch.tensor([7, 5]))
    assert heads.stream is None
    assert heads.final.shape == (2, 7, 28)
    torch.testing.assert_close(heads.final.exp().sum(-1), torch.ones(2, 7))


def test_the_fast_gru_equals_torchs_in_values_and_gradients() -> None:
    torch.manual_seed(0)
    fast = GRU(5, 4, 2, batch_first=True, bidirectional=True)
    inputs = torch.randn(3, 9, 5, requires_grad=True)
    lengths = torch.tensor([9, 6, 4])
    mask = torch.arange(9)[None] < lengths[:, None]
    weights = torch.randn(3, 9, 8) * mask[..., None]
    found = []
    for mode in (fast.train(), fast.eval()):
        mode.zero_grad()
        inputs.grad = None
        output, _ = mode.read(inputs, lengths=lengths)
        (output * weights).sum().backward()
        found.append([output * mask[..., None], inputs.grad, *(p.grad for p in mode.parameters())])
    for a, b in zip(*found, strict=True):
        torch.testing.assert_close(a, b)


@pytest.mark.parametrize("chunk", [1, 2, 5])
def test_the_cascade_in_chunks_equals_whole_clips(chunk: int) -> None:
    torch.manual_seed(0)
    network = build_network(CascadeConfig(window_height=16, window_width=32, features=8), 28).eval()
    frames = torch.randint(0, 255, (2, 10, 50, 100), dtype=torch.uint8)
    with torch.no_grad():
        expected = network(frames, torch.tensor([10, 10]))
        state, parts = network.start(2), []
        for start in range(0, 10, chunk):
            output = network.stream(frames[:, start : start + chunk], state)
            state = output.state
            parts.append(output.log_probs)
    torch.testing.assert_close(torch.cat(parts, 1), expected.stream, atol=1e-5, rtol=1e-5)


def test_only_labelled_frames_count_in_speech_activity() -> None:
    clip = make_clip("speech", "s1", "train", "at f")
    batch = collate([whole_clip_sample(clip, ENGLISH)])
    sure = torch.where(batch.speaking == 1, 20.0, -20.0)
    assert float(speech_activity(sure, batch)) == pytest.approx(0.0, abs=1e-6)
    unknown = collate([whole_clip_sample(replace(clip, words=()), ENGLISH)])
    assert float(speech_activity(torch.full_like(sure, 5.0), unknown)) == 0.0


@pytest.mark.parametrize(("architecture", "sizes"), [("cascade", SMALL_CASCADE), ("lipnet", SMALL_LIPNET)])
def test_bfloat16_training_is_nearly_equal(architecture: str, sizes: dict[str, object]) -> None:
    batch = collate(
        [whole_clip_sample(make_clip(f"half{i}", "s1", "train", "bin blue at f"), ENGLISH) for i in range(3)]
    )
    losses = []
    for bfloat16 in (False, True):
        settings = {"bfloat16": bfloat16, "batch": 3}
        table = {"architecture": architecture, "model": {**sizes, "dropout": 0.0}, "optimisation": settings}
        learner = Learner(config_from(table), ENGLISH.size, 10, Process())
        losses.append([learner.step(batch, (0, step)).loss for step in range(3)])
    assert losses[0] != losses[1]
    assert losses[1] == pytest.approx(losses[0], rel=0.02)


@pytest.mark.parametrize("shape", [(6, 4), (6, 4, 3, 2)])
def test_synchronised_batch_norm_of_one_process_equals_torchs(shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    torchs = nn.Sequential((nn.BatchNorm1d if len(shape) == 2 else nn.BatchNorm2d)(4))
    ours = with_synchronised_batch_norm(nn.Sequential(type(torchs[0])(4)))
    ours.load_state_dict(torchs.state_dict())
    found = []
    for network in (torchs.train(), ours.train()):
        values = torch.linspace(-3, 9, 6 * 4 * (1 if len(shape) == 2 else 6)).view(shape).requires_grad_()
        output = network(values)
        (output**3).sum().backward()
        found.append([output, values.grad, *network.state_dict().values()])
    for a, b in zip(*found, strict=True):
        torch.testing.assert_close(a, b, atol=1e-4, rtol=1e-4)
