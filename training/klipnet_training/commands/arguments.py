"""Values on the command line, as several commands take and name them."""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path


def positive(text: str) -> int:
    """A count of at least one, as argparse asks for it."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"expected 1 or more, got {number}")
    return number


def as_argument(path: Path) -> str:
    """A path as a command line takes it, in quotes where it holds a blank."""
    return subprocess.list2cmdline([str(path)])
