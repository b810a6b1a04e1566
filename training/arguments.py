"""Values on the command line that several commands take."""

from __future__ import annotations

import argparse


def positive(text: str) -> int:
    """A count of at least one, as argparse asks for it."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {number}")
    return number
