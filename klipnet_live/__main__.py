"""The program: `klipnet-live`, `python -m klipnet_live` and the frozen app start here."""

import multiprocessing
import os
import signal
import sys

_STDOUT, _STDERR = 1, 2
"""File descriptors."""


def run() -> int:
    """Import the program and run the command. Returns the exit status."""
    _open_closed_streams()
    # An interrupted import prints a traceback, or fails in other ways. Until it is done, Ctrl+C just ends the
    # program, unless it was started in the background and ignores it.
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from klipnet_live.cli import main

    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return main()


def _open_closed_streams() -> None:
    """Redirect streams that were closed by whoever started the program, such as `>&-` in a shell.

    Otherwise the next file or pipe that is opened would get the number of the stream, and its output.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= _STDERR:
        os.set_inheritable(number, True)
    os.close(number)
    # On Windows, a program without a console has no streams either.
    if sys.stdout is None:
        sys.stdout = os.fdopen(_STDOUT, "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(_STDERR, "w", encoding="utf-8")


if __name__ == "__main__":
    # A frozen app is its own Python interpreter: child processes start here and must not run the app again.
    multiprocessing.freeze_support()
    sys.exit(run())
