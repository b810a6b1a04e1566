"""Training losses: CTC with a wildcard for unknown words, speech activity, distillation, consistency."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from klipnet_live.lips.alphabet import BLANK
from klipnet_training.data.excerpts import UNKNOWN_LABEL
from klipnet_training.data.samples import Batch
from klipnet_training.run.parallel import total

SPOKEN = 1.0
LIPS_LEAD_FRAMES = 3
"""How long before the first sound symbols may be emitted: lips move before the voice is heard."""
HEAD_DELAY_FRAMES = 8
"""How long after the last word symbols may be emitted: the streaming head is delayed."""
IMPOSSIBLE = -100.0
"""Log-probability of symbols in silence; finite, so that clips that are too short keep a gradient."""


def ctc(log_probs: Tensor, batch: Batch) -> Tensor:
    """Mean CTC loss per clip (Graves et al. 2006) of log-probabilities (batch, time, symbols), blank 0.

    No symbols are allowed in silent frames. Plain CTC uses silence as room for the symbols of a fast
    sentence: it emits the first word before the lips move, where a causal head can only guess.

    A starred transcript starts with a wildcard symbol of probability one that matches any run of frames
    (star temporal classification, Pratap et al. 2022, arXiv:2201.12208).
    """
    star = log_probs.shape[-1]
    log_probs = torch.where(silent_frames(batch)[..., None], _only_blank(log_probs), log_probs)
    wide = torch.cat([log_probs, log_probs.new_zeros(*log_probs.shape[:2], 1)], dim=-1)
    symbols, counts = _with_stars(batch, star)
    losses = functional.ctc_loss(
        wide.transpose(0, 1), symbols, batch.lengths, counts, reduction="none", zero_infinity=True
    )
    return losses.mean()


def speech_activity(logits: Tensor, batch: Batch) -> Tensor:
    """Binary cross-entropy of logits (batch, time) over the frames whose label is known.

    It is divided by the number of such frames in all processes, so that the sum over the processes is the
    mean over the whole batch.
    """
    known = batch.speaking != UNKNOWN_LABEL
    count = total(known.sum()).clamp(min=1)
    losses = functional.binary_cross_entropy_with_logits(
        logits[known].float(), batch.speaking[known], reduction="none"
    )
    return losses.sum() / count


def quiet(log_probs: Tensor, batch: Batch) -> Tensor:
    """Mean loss per clip for symbols in silent frames, from log-probabilities (batch, time, symbols)."""
    return -(log_probs[..., BLANK] * silent_frames(batch)).sum() / len(batch.lengths)


def silent_frames(batch: Batch) -> Tensor:
    """Frames (batch, time) known to be silent, less the lead of the lips and the delay of the heads."""
    spoken = batch.speaking == SPOKEN
    time = spoken.shape[1]
    soon = functional.pad(spoken, (0, LIPS_LEAD_FRAMES))[:, LIPS_LEAD_FRAMES:]
    begun = soon.cumsum(1) > 0
    not_ended = spoken.flip(1).cumsum(1).flip(1) > 0
    not_over = functional.pad(not_ended, (HEAD_DELAY_FRAMES, 0), value=True)[:, :time]
    return (batch.speaking == 0) & ~(begun & not_over)


def _only_blank(log_probs: Tensor) -> Tensor:
    row = log_probs.new_full((log_probs.shape[-1],), IMPOSSIBLE)
    row[BLANK] = 0.0
    return row


def delayed_distillation(stream: Tensor, final: Tensor, batch: Batch, frames_late: int) -> Tensor:
    """Mean divergence per clip of the streaming head from the final head, `frames_late` frames earlier.

    On its own, a causal head emits the first word at the first movement, before it can be recognised. The
    final head teaches it what to emit, and the delay gives it time to see the evidence.
    """
    teacher = final.detach()[:, :-frames_late]
    divergence = (teacher.exp() * (teacher - stream[:, frames_late:])).sum(-1)
    frames = torch.arange(divergence.shape[1], device=divergence.device)
    inside = frames < (batch.lengths.to(divergence.device) - frames_late)[:, None]
    return (divergence * inside).sum() / len(batch.lengths)


def consistency(log_probs: Tensor, batch: Batch) -> Tensor:
    """Mean divergence per clip between two views, which are the two halves of a batch.

    CR-CTC (Yao et al. 2024, arXiv:2410.05101): each view learns from the output for the other.
    """
    one, other = log_probs.chunk(2)
    divergence = (one.detach().exp() * (one.detach() - other)).sum(-1)
    divergence = divergence + (other.detach().exp() * (other.detach() - one)).sum(-1)
    frames = torch.arange(divergence.shape[1], device=divergence.device)
    inside = frames < batch.lengths[: len(one)].to(divergence.device)[:, None]
    return (divergence * inside).sum() / (2 * len(one))


def _with_stars(batch: Batch, star: int) -> tuple[Tensor, Tensor]:
    if not bool(batch.starred.any()):
        return batch.symbols, batch.symbol_counts
    rows = torch.split(batch.symbols, batch.symbol_counts.tolist())
    begin = batch.symbols.new_tensor([star])
    starred = [
        torch.cat([begin, row]) if flag else row for row, flag in zip(rows, batch.starred, strict=True)
    ]
    return torch.cat(starred), batch.symbol_counts + batch.starred.long()
