"""Error rates of texts: CER and WER by jiwer, BLEU by sacrebleu."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jiwer
import sacrebleu


@dataclass(frozen=True, slots=True)
class Counts:
    """Edits between transcript and hypothesis of one clip, and the length of the transcript."""

    character_errors: int
    characters: int
    word_errors: int
    words: int
    exact: bool


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """Fractions: edits per character and per word of the truth; fraction of exact sentences."""

    cer: float
    wer: float
    sentence_accuracy: float


def count(truth: str, read: str) -> Counts:
    """Count the edits of one clip; for a silent clip, all recognised text counts as errors."""
    if not truth:
        return Counts(len(read), 0, len(read.split()), 0, not read)
    characters = jiwer.process_characters(truth, read)
    words = jiwer.process_words(truth, read)
    return Counts(*_edits(characters), *_edits(words), truth == read)


def rates(counts: Iterable[Counts]) -> ErrorRates:
    """Error rates over several clips, weighted by length."""
    rows = list(counts)
    characters, words = sum(c.characters for c in rows), sum(c.words for c in rows)
    return ErrorRates(
        sum(c.character_errors for c in rows) / max(1, characters),
        sum(c.word_errors for c in rows) / max(1, words),
        sum(c.exact for c in rows) / max(1, len(rows)),
    )


def error_rates(truth: Sequence[str], read: Sequence[str]) -> ErrorRates:
    """Error rates over all pairs."""
    return rates(count(a, b) for a, b in zip(truth, read, strict=True))


def bleu(truth: Sequence[str], read: Sequence[str]) -> float:
    """Corpus BLEU of words, 0 to 100, without tokenisation.

    If no sentence has four words, the highest n-gram order is lowered.
    """
    spoken = [(a, b) for a, b in zip(truth, read, strict=True) if a]
    if not spoken:
        return 0.0
    hypotheses, references = [b for _, b in spoken], [a for a, _ in spoken]
    metric = sacrebleu.BLEU(tokenize="none", effective_order=True, force=True)
    return float(metric.corpus_score(hypotheses, [references]).score)


def _edits(found: jiwer.CharacterOutput | jiwer.WordOutput) -> tuple[int, int]:
    wrong = found.substitutions + found.deletions
    return wrong + found.insertions, wrong + found.hits
