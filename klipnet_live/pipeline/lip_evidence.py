"""Converts the reader's lines for the fusion."""

from __future__ import annotations

from klipnet_live.fusion.line_text import LineReading
from klipnet_live.manifest import Manifest
from klipnet_live.reading.listener import ReadLine


def line_reading(line: ReadLine, manifest: Manifest) -> LineReading:
    """A line for the fusion, with the alphabet and vocabulary of its model."""
    return LineReading(line.log_probs, line.texts, manifest.alphabet, frozenset(manifest.words))
