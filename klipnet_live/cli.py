"""`klipnet-live`: the command line, its subcommands and error reporting."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence

from klipnet_live import __version__
from klipnet_live.commands import (
    caption,
    devices,
    doctor,
    models,
    phrases,
    serve,
    sound,
    toggle,
    watch,
    window,
)
from klipnet_live.commands.ending import end_program
from klipnet_live.commands.options import UsageError
from klipnet_live.errors import as_user_error
from klipnet_live.memory import release_large_blocks
from klipnet_live.plain_text import say

COMMANDS = {
    "watch": watch,
    "caption": caption,
    "models": models,
    "phrases": phrases,
    "sound": sound,
    "serve": serve,
    "toggle": toggle,
    "devices": devices,
    "doctor": doctor,
}

_log = logging.getLogger(__name__)

USAGE, FAILURE, INTERRUPTED = 2, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Exit status: 0 success, 1 failure, 2 wrong usage, 130 interrupted.

    Failures print one line to stderr. With `arguments` None the program's own arguments are used, and the
    process ends.
    """
    if arguments is None:
        return end_program(main(sys.argv[1:]))
    try:
        options = _parse(list(arguments))
        _use_utf8_stdout()
        release_large_blocks()
        return int(options.run(options))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; redirect stdout so that flushing at exit does not fail too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        _log.debug("a command failed", exc_info=True)
        say(f"klipnet-live: {as_user_error(error)}", sys.stderr)
        return USAGE if isinstance(error, UsageError) else FAILURE


def _use_utf8_stdout() -> None:
    """On Windows files and pipes use the local code page, which cannot encode all captions."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def _parse(words: list[str]) -> argparse.Namespace:
    if not words or words[0] not in COMMANDS:
        parser = window.parser(COMMANDS)
        parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
        return parser.parse_args(words)
    parser = argparse.ArgumentParser(prog="klipnet-live")
    commands = parser.add_subparsers(dest="command", required=True)
    for module in COMMANDS.values():
        module.add_parser(commands)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
