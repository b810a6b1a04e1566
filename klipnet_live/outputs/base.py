"""What every output offers: the protocol that a new output implements."""

from __future__ import annotations

from typing import Protocol

from klipnet_live.types import CaptionEvent


class Output(Protocol):
    """One way to another program. All but the events and `stop` happens on the output's own thread."""

    def open(self) -> str:
        """Take what it needs, and say what that is called. Raises UserError."""

    def run(self) -> None:
        """Work until stopped, then give back what it took."""

    def __call__(self, event: CaptionEvent) -> None:
        """A caption has changed; must not wait."""

    def clear(self) -> None:
        """Nothing is said any more: the source has ended, or another one begins."""

    def stop(self) -> None:
        """Let `run` return, also where it has not begun; must not wait."""
