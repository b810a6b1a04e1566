"""Error rates of texts: CER and WER as jiwer counts them, BLEU as sacrebleu does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jiwer
import sacrebleu


@dataclass(frozen=True, slots=True)
class Counts:
    """Edits between what was said and what was read in one clip, and the length of what was said."""

    character_errors: int
    characters: int
    word_errors: int
    words: int
    exact: bool


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """Fractions: edits over the length of the truth, in characters and in words; sentences without any."""

    cer: float
    wer: float
    sentence_accuracy: float


def count(truth: str, read: str) -> Counts:
    """Edits of one clip; whatever is read into silence is an error of no length."""
    if not truth:
        return Counts(len(read), 0, len(read.split()), 0, not read)
    characters = jiwer.process_characters(truth, read)
    words = jiwer.process_words(truth, read)
    return Counts(*_edits(characters), *_edits(words), truth == read)


def rates(counts: Iterable[Counts]) -> ErrorRates:
    """Error rates over several clips: long sentences weigh more than short ones."""
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
    """Corpus BLEU of whole words, 0 to 100; the texts are words already, so nothing is tokenised.

    Where no sentence has four words, it counts runs of as many words as there are.
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
