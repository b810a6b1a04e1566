"""Reads whole clips with a network by greedy decoding, for validation during training."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import torch
from torch import nn

from klipnet_live.decoding.greedy import GreedySearch
from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import FloatArray
from klipnet_training.data.clips import Clip
from klipnet_training.data.samples import Batch, Sample, collate, whole_clip_sample
from klipnet_training.model.heads import Heads
from klipnet_training.run.metrics import error_rates

_BATCH = 30


@torch.no_grad()
def log_probs_of(
    network: nn.Module, clips: Iterable[Clip], alphabet: Alphabet
) -> Iterator[dict[str, FloatArray]]:
    """For each clip, log-probabilities (time, symbols) of each head. The network must be in eval mode."""
    device = next(network.parameters()).device
    for samples in _in_batches(whole_clip_sample(clip, alphabet) for clip in clips):
        batch = collate(samples)
        heads = network(batch.frames.to(device), batch.lengths).texts()
        rows = {name: value.float().cpu().numpy() for name, value in heads.items()}
        for i, length in enumerate(batch.lengths.tolist()):
            yield {name: row[i, :length] for name, row in rows.items()}


def read_clips(network: nn.Module, clips: Sequence[Clip], alphabet: Alphabet) -> list[dict[str, str]]:
    """For each clip, the greedy hypothesis of each head."""
    decoder = GreedySearch(alphabet)
    return [
        {name: decoder.line(rows).text for name, rows in heads.items()}
        for heads in log_probs_of(network, clips, alphabet)
    ]


def batch_cer(heads: Heads, batch: Batch, alphabet: Alphabet) -> float:
    """Character error rate of the final head over the fully transcribed clips of a training batch."""
    decoder = GreedySearch(alphabet)
    rows = heads.final.detach().float().cpu().numpy()
    ids = torch.split(batch.symbols, batch.symbol_counts.tolist())
    known = [i for i, starred in enumerate(batch.starred.tolist()) if not starred]
    truth = [alphabet.decode(ids[i].tolist()) for i in known]
    read = [decoder.line(rows[i, : int(batch.lengths[i])]).text for i in known]
    return error_rates(truth, read).cer


def _in_batches(samples: Iterator[Sample]) -> Iterator[list[Sample]]:
    while batch := list(islice(samples, _BATCH)):
        yield batch
