"""Captures windows, and screens that mss cannot capture, with Qt Multimedia in a helper process.

Qt needs an event loop in the main thread of its process. A helper process provides one for any caller: the
app, a command without a window, any thread. It also keeps the GUI thread free of the 60 frames per second
that Qt captures and of failures of desktop services.
"""

from __future__ import annotations

import math
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import numpy as np

from klipnet_live.capture.base import STALL_S, START_S, Grab, PacedSource, Region, Shot
from klipnet_live.capture.qt_messages import (
    NEXT,
    NO_FRAMES,
    Picture,
    ScreenTarget,
    Target,
    TargetListing,
    ThumbnailListing,
    WindowTarget,
)
from klipnet_live.types import Image, UserError, translatable

_PERMISSION_S = 60.0
_POLL_S = 0.1
_CLOSE_S = 1.0
_WATCH_S = 0.25


class QtSource(PacedSource):
    """Captures one target; while it does not change, the same image is repeated."""

    def __init__(self, name: str, target: Target) -> None:
        super().__init__(name)
        self._target = target
        self._receiving_since_s = math.inf

    @contextmanager
    def _opened(self) -> Iterator[Grab]:
        self._receiving_since_s = math.inf
        with _helper(self._target, self._hangs) as connection:
            yield lambda: self._grab(connection)

    def _hangs(self) -> bool:
        """Whether an image transfer has started but does not finish, as when the helper was suspended."""
        waited_s = time.monotonic() - self._receiving_since_s
        return waited_s > (_CLOSE_S if self._stopped.is_set() else STALL_S)

    def _grab(self, connection: Connection) -> Shot | None:
        """The next image; None if the source was stopped."""
        try:
            connection.send(NEXT)
            if not self._answered(connection):
                return None
            self._receiving_since_s = time.monotonic()
            answer = connection.recv()
            if isinstance(answer, Picture):
                image = np.empty((answer.height, answer.width, 3), dtype=np.uint8)
                connection.recv_bytes_into(image.data.cast("B"))
                self._receiving_since_s = math.inf
                return Shot(answer.clock_s, image)
        except (EOFError, OSError) as error:
            if self._stopped.is_set():
                return None
            raise _failed(self._shown_name, translatable("the capture ended")) from error
        raise self._failure(answer.reason)

    def _answered(self, connection: Connection) -> bool:
        """Wait for a reply. False if the source was stopped."""
        patience_s = _start_patience_s() if math.isnan(self.clock_of_first_frame) else STALL_S
        deadline_s = time.monotonic() + patience_s
        while not connection.poll(_POLL_S):
            if self._stopped.is_set():
                return False
            if time.monotonic() > deadline_s:
                raise _failed(self._shown_name, NO_FRAMES)
        return True

    def _failure(self, reason: str) -> UserError:
        """The error for the user; when a captured window is closed, the window system's reason is unclear."""
        seen = not math.isnan(self.clock_of_first_frame)
        if isinstance(self._target, WindowTarget) and seen and reason != NO_FRAMES:
            return UserError(
                "The window {title} was closed. Open it again or choose another source.",
                title=self._target.title,
            )
        return _failed(self._shown_name, reason)

    @property
    def _shown_name(self) -> str:
        return self._target.title if isinstance(self._target, WindowTarget) else self.name


def window_source(title: str) -> QtSource:
    return QtSource(f"window:{title}", WindowTarget(title))


def screen_source(area: int | Region) -> QtSource:
    return QtSource(f"screen:{area}" if area else "screen", ScreenTarget(area))


def names(listing: TargetListing) -> list[str]:
    """Titles of windows or names of monitors. UserError without a display."""
    with _helper(listing) as connection:
        try:
            if connection.poll(START_S):
                found: list[str] = connection.recv()
                return found
        except (EOFError, OSError) as error:
            raise _failed(listing.kind, translatable("Qt did not start")) from error
    raise _failed(listing.kind, translatable("Qt did not answer"))


def window_thumbnails(titles: tuple[str, ...], width: int, height: int) -> Iterator[tuple[str, Image]]:
    """Titles and small RGB pictures of those of these windows that can be captured, as they come.

    Ends early if the helper does not answer. UserError without a display.
    """
    with _helper(ThumbnailListing(titles, width, height)) as connection, suppress(EOFError, OSError):
        while connection.poll(START_S) and (found := connection.recv()) is not None:
            yield found.title, found.image


@contextmanager
def _helper(target: Target, hangs: Callable[[], bool] = lambda: False) -> Iterator[Connection]:
    """A process that captures `target`, and the connection for requesting images.

    The process is killed once `hangs` returns true: receiving has no time-out, but ends with the process.
    """
    if sys.platform == "linux" and not (os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")):
        raise UserError(
            "There is no screen to capture. Start the program on a desktop, or choose a camera or a file."
        )
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, target), name="klipnet-capture", daemon=True)
    process.start()
    theirs.close()
    ended = threading.Event()
    threading.Thread(target=_kill_if_it, args=(hangs, process, ended), daemon=True).start()
    try:
        yield ours
    finally:
        ended.set()
        ours.close()
        process.join(_CLOSE_S)
        if process.is_alive():
            process.kill()
            process.join()


def _kill_if_it(hangs: Callable[[], bool], process: BaseProcess, ended: threading.Event) -> None:
    while not ended.wait(_WATCH_S):
        if hangs():
            process.kill()
            return


def _serve(connection: Connection, target: Target) -> None:
    # Qt Multimedia prints messages about optional libraries.
    os.environ.setdefault("QT_LOGGING_RULES", "qt.multimedia.*=false")
    from klipnet_live.capture.qt_helper import serve

    # The parent process may exit before it has the reply.
    with suppress(BrokenPipeError):
        serve(connection, target)


def _start_patience_s() -> float:
    # A Wayland desktop first asks the user for permission.
    return _PERMISSION_S if os.environ.get("WAYLAND_DISPLAY") else START_S


def _failed(name: str, reason: str) -> UserError:
    return UserError(
        "Cannot capture {name} ({reason}). Choose it again. `klipnet-live devices` lists all sources.",
        name=name,
        reason=reason,
    )
