"""`klipnet-live toggle WHAT`: a command that a desktop's own hotkeys can give to the running window."""

from __future__ import annotations

import argparse

from klipnet_live.settings import TOGGLE_WORDS
from klipnet_live.types import UserError


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("toggle", help="switch something of the running window on or off")
    parser.add_argument("what", choices=TOGGLE_WORDS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Hand the word to the window of this user; it answers by what it does."""
    from klipnet_live.ui.app.remote import send

    if not send(options.what):
        raise UserError("No window is open: start `klipnet-live` first.")
    return 0
