"""Caption events as JSON lines on a stream."""

from __future__ import annotations

import json
from typing import TextIO

from klipnet_live.types import CaptionEvent


class JsonLines:
    """Caption sink: one JSON object a line, flushed at once.

    When the reader has closed its end (`... | head -1`) it writes nothing more, and `closed` is true.
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
        except BrokenPipeError:
            self.closed = True
        except OSError as problem:
            # Windows reports a closed pipe as EINVAL.
            if problem.errno != 22:
                raise
            self.closed = True
