"""CTC for both heads, with a wildcard for words that nobody wrote down, and speech activity."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from klipnet_live.lips.alphabet import BLANK
from klipnet_training.data.excerpts import NOT_KNOWN
from klipnet_training.data.samples import Batch
from klipnet_training.run.parallel import total

SPOKEN = 1.0
LIPS_LEAD_FRAMES = 3
"""How long before the first sound symbols may be written: lips move before they are heard."""
WRITTEN_LATE_FRAMES = 8
"""How long after the last word symbols may still be written: the streaming head writes late."""
IMPOSSIBLE = -100.0
"""Log-probability of symbols in silence; finite, so that a clip without room keeps a gradient."""


def ctc(log_probs: Tensor, batch: Batch) -> Tensor:
    """Mean CTC loss a clip (Graves et al. 2006) of log-probabilities (batch, time, symbols), blank 0.

    No alignment writes while nobody speaks. CTC alone uses silent frames as room for the symbols of a
    fast sentence: the first word is written before the lips move, which a causal head can only guess.

    A starred transcript begins with a wildcard symbol of probability one that stands for any run of
    frames (star temporal classification, Pratap et al. 2022, arXiv:2201.12208).
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
    """Binary cross-entropy of (batch, time) logits over the frames whose label is known.

    The divisor is the number of such frames in all processes: their sum is the mean over the whole batch.
    """
    known = batch.speaking != NOT_KNOWN
    count = total(known.sum()).clamp(min=1)
    losses = functional.binary_cross_entropy_with_logits(
        logits[known].float(), batch.speaking[known], reduction="none"
    )
    return losses.sum() / count


def quiet(log_probs: Tensor, batch: Batch) -> Tensor:
    """Mean cost a clip of writing in silent frames, (batch, time, symbols)."""
    return -(log_probs[..., BLANK] * silent_frames(batch)).sum() / len(batch.lengths)


def silent_frames(batch: Batch) -> Tensor:
    """Frames (batch, time) that are known to be silent, with room for lips that lead and heads that lag."""
    spoken = batch.speaking == SPOKEN
    time = spoken.shape[1]
    soon = functional.pad(spoken, (0, LIPS_LEAD_FRAMES))[:, LIPS_LEAD_FRAMES:]
    begun = soon.cumsum(1) > 0
    not_ended = spoken.flip(1).cumsum(1).flip(1) > 0
    not_over = functional.pad(not_ended, (WRITTEN_LATE_FRAMES, 0), value=True)[:, :time]
    return (batch.speaking == 0) & ~(begun & not_over)


def _only_blank(log_probs: Tensor) -> Tensor:
    row = log_probs.new_full((log_probs.shape[-1],), IMPOSSIBLE)
    row[BLANK] = 0.0
    return row


def late_distillation(stream: Tensor, final: Tensor, batch: Batch, frames_late: int) -> Tensor:
    """Mean divergence a clip of the stream head from the final head some frames before.

    A causal head left to itself writes the first word at the first movement, before it can be told.
    The final head shows it what to write, and the delay gives it the time to see why.
    """
    teacher = final.detach()[:, :-frames_late]
    divergence = (teacher.exp() * (teacher - stream[:, frames_late:])).sum(-1)
    frames = torch.arange(divergence.shape[1], device=divergence.device)
    inside = frames < (batch.lengths.to(divergence.device) - frames_late)[:, None]
    return (divergence * inside).sum() / len(batch.lengths)


def consistency(log_probs: Tensor, batch: Batch) -> Tensor:
    """Mean divergence a clip between two views, which are the two halves of a batch.

    CR-CTC (Yao et al. 2024, arXiv:2410.05101): each view is taught what the other one reads.
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
