"""Crops the mouths of a whole dataset, in parallel, into a folder that training reads."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import cv2
import numpy as np

from klipnet_live.types import FPS, UserError
from training.data.mouths import MouthCropper, MouthTrack
from training.data.recordings import NamedRecording, Recording, Span, by_source
from training.data.table import write_table
from training.data.window import Window

COLUMNS = ("path", "speaker", "split", "text", "session", "align")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a dataset is prepared. `mouths`: every source shows a mouth only, whatever its size."""

    out: Path
    window: Window
    mouths: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one clip. `problem` is empty for a clip that can be used."""

    entry: NamedRecording
    pictures: int = 0
    faceless: int = 0
    problem: str = ""


def prepare(named: Sequence[NamedRecording], settings: Settings, workers: int) -> Iterator[Outcome]:
    """Outcomes as they come; clips that an earlier run completed are kept.

    Errors: OSError when the folder cannot be written, UserError when a process dies.
    """
    (settings.out / "crops").mkdir(parents=True, exist_ok=True)
    # A forked child would inherit the locks of libraries that run threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (settings,)) as pool:
        jobs = [pool.submit(_work, group) for group in by_source(named)]
        try:
            for job in as_completed(jobs):
                yield from job.result()
        except BrokenProcessPool as error:
            raise UserError(
                "A process died, perhaps for lack of memory: run the command again with fewer --workers."
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def finish(settings: Settings, outcomes: Iterable[Outcome]) -> int:
    """Write transcripts.tsv of the usable clips and copy their alignments; returns how many there are."""
    usable = sorted((o.entry for o in outcomes if not o.problem), key=lambda entry: entry.name)
    rows = [_row(settings.out, entry) for entry in usable]
    write_table(settings.out / "transcripts.tsv", COLUMNS, rows)
    return len(rows)


def _row(out: Path, entry: NamedRecording) -> dict[str, str]:
    recording = entry.recording
    row = {
        "path": f"crops/{entry.name}.npz",
        "speaker": recording.speaker,
        "split": recording.split,
        "text": recording.text,
        "session": recording.session,
    }
    if recording.align is not None:
        row["align"] = f"align/{entry.name}.align"
        (out / "align").mkdir(exist_ok=True)
        _copy_alignment(recording.align, out / row["align"])
    return row


def _copy_alignment(source: Path, target: Path) -> None:
    """Without the blank lines at the end that many of the seeds' files have."""
    try:
        lines = source.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UserError("{path} is not UTF-8 text: save it as UTF-8.", path=source) from error
    target.write_text("".join(f"{line}\n" for line in lines if line.strip()), encoding="utf-8")


class Worker:
    """Prepares the clips of one source after another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._crop = MouthCropper(settings.window, settings.mouths)

    def __call__(self, group: Sequence[NamedRecording]) -> list[Outcome]:
        """All clips of one source. Errors: OSError when a clip cannot be written."""
        outcomes = [self._known(entry) for entry in group]
        missing = [entry for entry, outcome in zip(group, outcomes, strict=True) if outcome is None]
        return [outcome for outcome in outcomes if outcome] + (self._made(missing) if missing else [])

    def _made(self, entries: Sequence[NamedRecording]) -> list[Outcome]:
        try:
            track = self._crop(entries[0].recording.source)
        except UserError as error:
            return [Outcome(entry, problem=str(error)) for entry in entries]
        return [self._saved(entry, track) for entry in entries]

    def _saved(self, entry: NamedRecording, track: MouthTrack) -> Outcome:
        crops = track.crops[_frames(entry.recording.span)]
        if not len(crops):
            return Outcome(entry, problem=f"{entry.recording.source} ends before {entry.name} begins.")
        found, path = np.array([track.pictures, track.faceless]), self._path(entry)
        # A reader, or a run that resumes, never sees half a file.
        partial = path.with_suffix(f".{os.getpid()}.partial")
        try:
            with partial.open("wb") as file:
                np.savez_compressed(file, crops=crops, found=found, made_from=np.array(self._origin(entry)))
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
        return Outcome(entry, track.pictures, track.faceless)

    def _known(self, entry: NamedRecording) -> Outcome | None:
        """What is known of a clip before its source is read."""
        problem = problem_of(entry.recording)
        if problem:
            return Outcome(entry, problem=problem)
        # numpy leaves a file open that is cut off, so it is opened here.
        with suppress(OSError, ValueError, KeyError, BadZipFile), self._path(entry).open("rb") as file:
            clip = np.load(file)
            if str(clip["made_from"]) == self._origin(entry):
                pictures, faceless = clip["found"].tolist()
                return Outcome(entry, pictures, faceless)
        return None

    def _origin(self, entry: NamedRecording) -> str:
        """What a clip depends on: when it changes, the clip is made anew."""
        recording, settings = entry.recording, self._settings
        size = recording.source.stat().st_size
        return f"{recording.source.name} {size} {recording.span} {settings.window} {settings.mouths}"

    def _path(self, entry: NamedRecording) -> Path:
        return self._settings.out / "crops" / f"{entry.name}.npz"


def problem_of(recording: Recording) -> str:
    """Why a recording cannot be used, as far as its files tell without being read."""
    if recording.problem:
        return recording.problem
    missing = [path for path in (recording.source, recording.align) if path and not path.exists()]
    return f"{missing[0]} is missing." if missing else ""


def _frames(span: Span | None) -> slice:
    return slice(None) if span is None else slice(round(span.start_s * FPS), round(span.end_s * FPS))


_worker: Worker


def _start(settings: Settings) -> None:
    global _worker
    cv2.setNumThreads(1)
    # mediapipe writes to stderr, across the progress bar, whatever it is told; failures come as outcomes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _worker = Worker(settings)


def _work(group: Sequence[NamedRecording]) -> list[Outcome]:
    return _worker(group)
