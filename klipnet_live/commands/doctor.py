"""`klipnet-live doctor`: shows what is missing on this computer, and how to fix it."""

from __future__ import annotations

import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("doctor", help="check this computer").set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the report. Exit status 1 if something required is missing."""
    from klipnet_live.doctor import checks, print_report

    return print_report(checks())
