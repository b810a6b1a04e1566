"""The protocol that every output implements."""

from __future__ import annotations

from typing import Protocol

from klipnet_live.types import CaptionEvent


class Output(Protocol):
    """A connection to another program. `open` and `run` run on the output's own thread; the other
    methods are called from other threads.
    """

    def open(self) -> str:
        """Acquire the resources and return a description of them. Raises UserError."""

    def run(self) -> None:
        """Work until stopped, then release the resources."""

    def __call__(self, event: CaptionEvent) -> None:
        """Accept a changed caption. Must not block."""

    def clear(self) -> None:
        """Remove what is shown: the source has ended, or another one begins."""

    def stop(self) -> None:
        """Make `run` return, even if it has not begun yet. Must not block."""
