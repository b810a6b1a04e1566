"""`klipnet-live doctor`: what is missing on this computer, and how to mend it."""

from __future__ import annotations

import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("doctor", help="check this computer").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report; 1 when something that the app needs is missing."""
    from klipnet_live.doctor import checks, print_report

    return print_report(checks())
