"""Captions all recordings of a folder with a runner; existing captions are kept."""

from __future__ import annotations

import queue
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from klipnet_live.atomic_file import remove_parts_of
from klipnet_live.batch.divided import submit_video
from klipnet_live.batch.messages import Cancelled, Done, Ended, Failed, Message, Note, Progress
from klipnet_live.batch.runner import Runner, RunningTask
from klipnet_live.batch.tasks import CaptionVideo, ReadingChoice
from klipnet_live.errors import Problem
from klipnet_live.media.suffixes import is_video
from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A recording and the path of its captions."""

    video: Path
    target: Path

    @property
    def size(self) -> int:
        """Size of the recording in bytes; 0 if it is gone, which its task will report."""
        try:
            return self.video.stat().st_size
        except OSError:
            return 0

    @property
    def is_done(self) -> bool:
        """Whether the captions exist and are not older than the recording."""
        try:
            return self.target.stat().st_mtime >= self.video.stat().st_mtime
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class FolderResult:
    """Result for one recording. `notes`: messages about captions that were written."""

    entry: FolderEntry
    kind: Literal["captioned", "kept", "failed"]
    lines: int = 0
    problem: Problem | None = None
    notes: tuple[Problem, ...] = ()


def recordings_of(folder: Path, out: Path, ending: str) -> list[FolderEntry]:
    """The videos in a folder and its subfolders, with corresponding targets in `out`.

    `talk.mp4` becomes `talk.srt`, or `talk.mp4.srt` if there is also a `talk.mkv`. UserError if there is no
    video.
    """
    resolved = out.resolve()
    videos = sorted(
        path
        for path in folder.rglob("*")
        if is_video(path)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
        and (resolved == folder.resolve() or resolved not in path.resolve().parents)
    )
    if not videos:
        raise UserError("There is no video in {folder}. Choose another folder.", folder=folder)
    stems = Counter(_stem(path) for path in videos)
    found = []
    for video in videos:
        name = video.name if stems[_stem(video)] > 1 else video.stem
        target = out / video.relative_to(folder).with_name(name + ending)
        if target.exists() and target.samefile(video):
            raise UserError("{path} is the recording itself. Choose another folder.", path=target)
        found.append(FolderEntry(video.absolute(), target.absolute()))
    return found


def _stem(path: Path) -> str:
    # Some file systems ignore case.
    return str(path.with_suffix("")).casefold()


def caption_all(
    entries: Sequence[FolderEntry],
    choice: ReadingChoice,
    runner: Runner,
    *,
    burn_in: bool = False,
    overwrite: bool = False,
    progress: Callable[[float], object] = lambda part: None,
) -> Iterator[FolderResult]:
    """Outcomes in order of completion. `overwrite`: also replace captions that are up to date.

    `progress` gets the mean progress of all recordings, 0 to 1.

    Large recordings are processed first, so that none of them is left for the end.
    """
    ended: queue.SimpleQueue[FolderResult] = queue.SimpleQueue()
    parts = dict.fromkeys(entries, 0.0)
    runs: list[RunningTask] = []
    for item in sorted(entries, key=lambda item: item.size, reverse=True):
        if item.is_done and not overwrite:
            ended.put(FolderResult(item, "kept"))
            continue
        task = CaptionVideo(item.video, item.target, choice, burn_in)
        runs.append(submit_video(runner, task, _Listener(item, parts, ended)))
    try:
        for _ in entries:
            outcome = None
            while outcome is None:
                try:
                    outcome = ended.get(timeout=0.2)
                except queue.Empty:
                    progress(sum(parts.values()) / len(parts))
            parts[outcome.entry] = 1.0
            progress(sum(parts.values()) / len(parts))
            yield outcome
    except BaseException:
        for run in runs:
            run.cancel()
        raise


class _Listener:
    """Converts the messages of a task to its outcome."""

    def __init__(
        self, entry: FolderEntry, parts: dict[FolderEntry, float], ended: queue.SimpleQueue[FolderResult]
    ) -> None:
        self._entry, self._parts, self._ended = entry, parts, ended
        self._notes: list[Problem] = []

    def __call__(self, message: Message) -> None:
        if isinstance(message, Progress):
            self._parts[self._entry] = message.part
        elif isinstance(message, Note):
            self._notes.append(message.problem)
        elif isinstance(message, Ended):
            self._ended.put(self._outcome(message))

    def _outcome(self, message: Ended) -> FolderResult:
        if not isinstance(message, Done):
            # A process that crashed could not do it.
            remove_parts_of(self._entry.target)
        match message:
            case Done(lines):
                return FolderResult(self._entry, "captioned", lines, notes=tuple(self._notes))
            case Failed(problem):
                return FolderResult(self._entry, "failed", problem=problem)
            case Cancelled():
                return FolderResult(self._entry, "failed")
