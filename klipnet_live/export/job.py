"""Captions a recording in the background, for a window that shows the progress."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from klipnet_live.errors import as_user_error
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.export.video_copy import CancelledError, Reporter
from klipnet_live.types import CaptionEvent, UserError

if TYPE_CHECKING:
    from klipnet_live.captions.lines import CaptionLine
    from klipnet_live.export.burn_in import Paint
    from klipnet_live.pipeline.hearing import Hearing
    from klipnet_live.reading.reader import Reader


_POLL_S = 0.1


class CaptionJob:
    """One task on one thread. `state` can be read at any time."""

    def __init__(
        self,
        task: CaptionTask,
        open_reader: Callable[[], Reader],
        paint: Paint | None = None,
        hearing: Hearing | None = None,
        edit: Callable[[CaptionEvent], CaptionEvent] | None = None,
    ) -> None:
        self._hearing, self._edit = hearing, edit
        self._task, self._open_reader, self._paint = task, open_reader, paint
        self._cancelled = threading.Event()
        self._approved: queue.SimpleQueue[Sequence[CaptionLine]] = queue.SimpleQueue()
        self._reporter = Reporter(self._report, self._cancelled.is_set, self._note)
        self.state = JobState("reading")
        self._thread = threading.Thread(target=self._guard, name="caption job", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def cancel(self) -> None:
        """Ask the job to end and return at once; an incomplete output is removed."""
        self._cancelled.set()

    def approve(self, lines: Sequence[CaptionLine]) -> None:
        """Continue with these lines, after the user has reviewed them."""
        self._approved.put(lines)

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until the job has ended; False after the timeout."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _guard(self) -> None:
        try:
            self._work()
        except CancelledError:
            self.state = JobState("cancelled")
        except Exception as error:
            self.state = JobState("failed", problem=as_user_error(error))

    def _work(self) -> None:
        from klipnet_live.export.captioning import check_target, read_lines, write_captions

        task = self._task
        check_target(task.video, task.target)
        lines = read_lines(
            task.video,
            self._open_reader,
            self._reporter,
            task.language,
            hearing=self._hearing,
            marks_unclear=task.marks_unclear,
            least_confidence=task.least_confidence,
            edit=self._edit,
        )
        if task.review and lines:
            lines = self._reviewed(lines)
        self.state = replace(self.state, stage="writing", part=0.0, lines=len(lines), to_review=())
        write_captions(
            task.video, task.target, lines, task.language, paint=self._paint, reporter=self._reporter
        )
        self.state = replace(self.state, stage="done", part=1.0)

    def _reviewed(self, lines: Sequence[CaptionLine]) -> list[CaptionLine]:
        self.state = replace(self.state, stage="reviewing", lines=len(lines), to_review=tuple(lines))
        while not self._cancelled.is_set():
            with suppress(queue.Empty):
                return list(self._approved.get(timeout=_POLL_S))
        raise CancelledError

    def _report(self, part: float) -> None:
        self.state = replace(self.state, part=part)

    def _note(self, note: UserError) -> None:
        self.state = replace(self.state, notes=(*self.state.notes, note))
