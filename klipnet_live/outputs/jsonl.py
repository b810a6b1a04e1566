"""Caption events as JSON lines on a stream."""

from __future__ import annotations

import errno
import json
import os
from contextlib import suppress
from typing import TextIO

from klipnet_live.types import CaptionEvent

# Windows reports a closed pipe as EINVAL.
PIPE_CLOSED = (errno.EPIPE, errno.EINVAL)


class JsonLines:
    """Caption sink that writes one JSON object per line and flushes after each.

    Once the reader has closed the pipe (`... | head -1`), nothing more is written and `closed` is true.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.closed = False

    def __call__(self, event: CaptionEvent) -> None:
        if self.closed:
            return
        try:
            self._stream.write(json.dumps(event.as_dict(), ensure_ascii=False) + "\n")
            self._stream.flush()
        except OSError as problem:
            if problem.errno not in PIPE_CLOSED:
                raise
            self._give_up()

    def _give_up(self) -> None:
        self.closed = True
        # Buffered data would otherwise fail to flush at exit, with a message from Python.
        with suppress(OSError), open(os.devnull, "w") as devnull:
            os.dup2(devnull.fileno(), self._stream.fileno())
