"""`klipnet-live toggle WHAT`: switches features of the running window, for desktop shortcuts."""

from __future__ import annotations

import argparse

from klipnet_live.settings import TOGGLE_WORDS
from klipnet_live.types import UserError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("toggle", help="switch a feature of the running window on or off")
    parser.add_argument("what", choices=TOGGLE_WORDS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Send the command to this user's window."""
    from klipnet_live.ui.app.remote import send

    if not send(options.what):
        raise UserError("No window is open. Start `klipnet-live` first.")
    return 0
