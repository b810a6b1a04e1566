"""Captions a recording in the background, for a window that shows the progress."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.batch.processes import ProcessRunner
from klipnet_live.batch.result import read_video, write_captions
from klipnet_live.batch.tasks import ReadingChoice, ReadVideo, WriteCaptions
from klipnet_live.errors import as_user_error
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.export.video_copy import CancelledError, Reporter
from klipnet_live.sound.store import uses_sound_track
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from klipnet_live.captions.lines import CaptionLine

_POLL_S = 0.1


class CaptionJob:
    """One recording, captioned in a child process. `state` can be read at any time.

    A file that crashes a decoder ends that process, and the job fails with one line. `replacements`: list of
    words to hide or replace.
    """

    def __init__(self, task: CaptionTask, replacements: Path | None = None) -> None:
        self._task, self._replacements = task, replacements
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
            with closing(ProcessRunner(1, keeps_idle=True)) as runner:
                self._work(runner)
        except CancelledError:
            self.state = JobState("cancelled")
        except Exception as error:
            self.state = JobState("failed", problem=as_user_error(error))

    def _work(self, runner: ProcessRunner) -> None:
        from klipnet_live.export.captioning import check_target

        task = self._task
        check_target(task.video, task.target)
        lines = read_video(
            ReadVideo(task.video, self._choice(), reports_events=False), runner, self._reporter
        )
        if task.review and lines:
            lines = self._reviewed(lines)
        self.state = replace(self.state, stage="writing", part=0.0, lines=len(lines), to_review=())
        writing = WriteCaptions(task.video, task.target, lines, task.language, task.burn_in)
        write_captions(writing, runner, self._reporter)
        self.state = replace(self.state, stage="done", part=1.0)

    def _choice(self) -> ReadingChoice:
        task = self._task
        return ReadingChoice(
            task.language,
            task.model,
            task.phrases,
            sound=uses_sound_track(task.sound, task.language, self._note, sound_language=task.sound_language),
            replacements=self._replacements,
            marks_unclear=task.marks_unclear,
            least_confidence=task.least_confidence,
            sound_language=task.sound_language,
        )

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
