"""Calibrate a model's confidence on clips that it was not trained on, and write it into the manifest.

python -m klipnet_training.commands.calibrate models/en-grid --data PREPARED [--split val] [--session NAME]
    [--grammar FILE]

The calibration is fitted on half of the clips and evaluated on the other half. Words outside the model's
vocabulary are included in the fit: without them, open lines would show words too early and change more often.
"""

from __future__ import annotations

from klipnet_training import needs_torch  # noqa: F401  # isort: skip

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import jiwer

from klipnet_live.decoding.beam import BEAM_WIDTHS, BeamSearch
from klipnet_live.decoding.calibration import (
    Calibration,
    calibration_key,
    expected_calibration_error,
    fit_calibration,
    reliability,
)
from klipnet_live.decoding.grammar import load_grammar
from klipnet_live.decoding.transcript import Transcript
from klipnet_live.manifest import load_manifest, write_manifest
from klipnet_live.plain_text import say
from klipnet_training.arguments import report_failure
from klipnet_training.data.clips import Clip, load_clips
from klipnet_training.data.starred import known_part, scored_part
from klipnet_training.evaluation.networks import ReleasedNetwork


class ScoredWord(NamedTuple):
    """A recognised word with its posterior from beam search, and whether it is correct."""

    text: str
    posterior: float
    right: bool


def scored_words(clips: Sequence[Clip], found: Sequence[Transcript]) -> Iterator[ScoredWord]:
    """Recognised words; an edit-distance alignment with the truth decides which are correct.

    For partial transcripts, only as many last words are scored as are known.
    """
    for clip, transcript in zip(clips, found, strict=True):
        scored = scored_part(transcript.words, clip.text)
        right = right_words(known_part(clip.text), [word.text for word in scored])
        yield from (ScoredWord(word.text, word.confidence, i in right) for i, word in enumerate(scored))


def right_words(truth: str, words: Sequence[str]) -> set[int]:
    """Indices of the correct `words`, by an edit-distance alignment with the truth."""
    if not truth or not words:
        return set()
    (chunks,) = jiwer.process_words(truth, " ".join(words)).alignments
    return {
        i for chunk in chunks if chunk.type == "equal" for i in range(chunk.hyp_start_idx, chunk.hyp_end_idx)
    }


def calibrate(folder: Path, clips: Sequence[Clip], grammar: Path | None) -> dict[str, Calibration]:
    """Fit calibrations of both heads on every other clip; print the calibration error on the rest."""
    network = ReleasedNetwork(folder)
    words = frozenset() if grammar else frozenset(load_manifest(folder).words)
    automaton = None if grammar is None else load_grammar(grammar, network.alphabet)
    outputs = list(network.log_probs(clips))
    fitted = {}
    for head, width in BEAM_WIDTHS.items():
        search = BeamSearch(network.alphabet, width=width, grammar=automaton)
        found = [search.line(output[head]) for output in outputs]
        fit = list(scored_words(clips[::2], found[::2]))
        check = list(scored_words(clips[1::2], found[1::2]))
        fitted_on_all = fit_calibration([word.posterior for word in fit], [word.right for word in fit])
        calibration = replace(fitted_on_all, vocabulary=words)
        key = calibration_key(head, automaton is not None)
        fitted[key] = calibration
        _report(key, check, calibration)
    return fitted


def _report(key: str, check: Sequence[ScoredWord], calibration: Calibration) -> None:
    right = [word.right for word in check]
    table = reliability([calibration(word.posterior, word.text) for word in check], right)
    before = expected_calibration_error(reliability([word.posterior for word in check], right))
    say(f"{key}: ECE {expected_calibration_error(table):.3f} (before {before:.3f}), {len(check)} words")
    for row in table:
        bounds = f"{row.low:.1f}-{row.high:.1f}"
        say(f"  {bounds}: {row.count:4d} words, confidence {row.confidence:.2f}, correct {row.correct:.2f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Calibrate, print the reliability table, and write the manifest; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="val")
    parser.add_argument("--session", help="only the clips of this recording session")
    parser.add_argument("--grammar", type=Path)
    options = parser.parse_args(arguments)
    try:
        clips = load_clips(options.data, options.split, options.session)
        fitted = calibrate(options.model, clips, options.grammar)
        manifest = load_manifest(options.model)
        values = {key: (c.slope, c.offset) for key, c in fitted.items()}
        write_manifest(options.model, replace(manifest, calibration={**manifest.calibration, **values}))
    except Exception as error:
        return report_failure("klipnet_training.commands.calibrate", error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
