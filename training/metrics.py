"""Error rates of texts: CER and WER as jiwer counts them."""

from __future__ import annotations

from dataclasses import dataclass

import jiwer


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """Fractions: edit distance over the length of the truth, in characters and in words."""

    cer: float
    wer: float
    sentence_accuracy: float


def error_rates(truth: list[str], read: list[str]) -> ErrorRates:
    """Error rates over all pairs; texts of silence (empty truth) count only as sentences."""
    exact = sum(a == b for a, b in zip(truth, read, strict=True)) / max(1, len(truth))
    spoken = [(a, b) for a, b in zip(truth, read, strict=True) if a]
    if not spoken:
        return ErrorRates(0.0, 0.0, exact)
    a, b = [pair[0] for pair in spoken], [pair[1] for pair in spoken]
    return ErrorRates(float(jiwer.cer(a, b)), float(jiwer.wer(a, b)), exact)
