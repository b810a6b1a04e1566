"""`klipnet-import`: imports weights of other projects as runs and models."""

from __future__ import annotations

from klipnet_training import needs_torch  # noqa: F401  # isort: skip

import argparse
import sys
from collections.abc import Sequence

from klipnet_live.plain_text import say
from klipnet_training.arguments import report_failure
from klipnet_training.commands import import_auto_avsr, import_keras


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of `klipnet-import`; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        say(options.run(options))
    except Exception as error:
        return report_failure("klipnet-import", error)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="klipnet-import", description="Import weights of other projects.")
    formats = parser.add_subparsers(dest="format", required=True)
    for module in (import_keras, import_auto_avsr):
        module.add_parser(formats)
    return parser


if __name__ == "__main__":
    sys.exit(main())
