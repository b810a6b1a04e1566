"""What the reader says of a line, as the fusion takes it."""

from __future__ import annotations

from klipnet_live.fusion.line_text import LineReading
from klipnet_live.manifest import Manifest
from klipnet_live.reading.listener import ReadLine


def line_reading(line: ReadLine, manifest: Manifest) -> LineReading:
    """With the alphabet and the words of the model that read it."""
    return LineReading(line.log_probs, line.texts, manifest.alphabet, frozenset(manifest.words))
