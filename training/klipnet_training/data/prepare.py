"""Crops the mouths of a whole dataset, in parallel, into a folder that training reads."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import MappingProxyType
from typing import Final

import cv2

from klipnet_live.atomic_file import sweep
from klipnet_training.arguments import writing_to
from klipnet_training.data.alignments import copy_alignment
from klipnet_training.data.recordings import NamedRecording, by_source
from klipnet_training.data.table import DEFAULT_TABLE, Row, write_table
from klipnet_training.data.worker import CropSettings, Outcome, Worker

__all__ = ["CropSettings", "Outcome", "finish", "path_of", "prepare"]

COLUMNS = ("path", "speaker", "split", "text", "session", "align")

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def prepare(
    named: Sequence[NamedRecording], settings: CropSettings, workers: int, scheduler: str | None = None
) -> Iterator[Outcome]:
    """Outcomes as they come; clips that an earlier run completed are kept.

    `scheduler`: address of a Dask cluster whose machines do the work in place of `workers` processes here.
    Errors: UserError when the folder cannot be written, or a process dies.
    """
    with writing_to(settings.out):
        (settings.out / "crops").mkdir(exist_ok=True)
        if scheduler is None:
            yield from _outcomes(named, settings, workers)
        else:
            from klipnet_training.data.spread import outcomes_on

            yield from outcomes_on(scheduler, by_source(named), settings)


def _outcomes(named: Sequence[NamedRecording], settings: CropSettings, workers: int) -> Iterator[Outcome]:
    waiting = deque(by_source(named))
    while waiting:
        begun: list[list[NamedRecording]] = []
        try:
            yield from _in_pool(waiting, begun, settings, workers)
        except BrokenProcessPool:
            # One of those that were being read ended its process; each is tried again alone.
            for group in begun:
                yield from _alone(group, settings)


def _in_pool(
    waiting: deque[list[NamedRecording]],
    begun: list[list[NamedRecording]],
    settings: CropSettings,
    workers: int,
) -> Iterator[Outcome]:
    """Work off what waits. `begun`: the groups that processes have, and whose outcomes have not come yet."""
    # A forked child would inherit the locks of libraries that run threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start, (settings,)) as pool:
        jobs: dict[Future[list[Outcome]], list[NamedRecording]] = {}
        try:
            while waiting or jobs:
                while waiting and len(jobs) < 2 * workers:
                    begun.append(waiting.popleft())
                    jobs[pool.submit(_work, begun[-1])] = begun[-1]
                done, _ = wait(jobs, return_when=FIRST_COMPLETED)
                for job in done:
                    outcomes = job.result()
                    begun.remove(jobs.pop(job))
                    yield from outcomes
        except BaseException:
            # A long video would be read to its end first.
            for process in multiprocessing.active_children():
                process.kill()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


def _alone(group: list[NamedRecording], settings: CropSettings) -> Iterator[Outcome]:
    try:
        yield from _in_pool(deque([group]), [], settings, workers=1)
    except BrokenProcessPool:
        for entry in group:
            problem = (
                f"{entry.recording.source} ended the process that read it, perhaps for lack of memory: leave "
                "it out, or make a smaller copy."
            )
            yield Outcome(entry, problem=problem, out_of_reach=True)


def finish(
    settings: CropSettings,
    outcomes: Iterable[Outcome],
    splits: Mapping[str, str] = _NONE,
    kept: Iterable[Row] = (),
) -> list[Row]:
    """Write transcripts.tsv of the usable clips and copy their alignments; returns its rows.

    `splits`, by path, go before those of the recordings. `kept`: rows of an earlier run that stay. Nothing
    is written where there is no row at all.
    """
    sweep(settings.out / "crops")
    usable = sorted((o for o in outcomes if not o.problem), key=lambda outcome: outcome.entry.name)
    rows = [*(_row(settings.out, outcome, splits) for outcome in usable), *kept]
    if rows:
        write_table(settings.out / DEFAULT_TABLE, COLUMNS, sorted(rows, key=lambda row: row["path"]))
    return rows


def path_of(entry: NamedRecording) -> str:
    """Of a clip within its prepared folder."""
    return f"crops/{entry.name}.npz"


def _row(out: Path, outcome: Outcome, splits: Mapping[str, str]) -> Row:
    entry = outcome.entry
    recording, path = entry.recording, path_of(entry)
    row = {
        "path": path,
        "speaker": recording.speaker,
        "split": splits.get(path, recording.split),
        "text": recording.text,
        "session": recording.session,
    }
    if recording.align is not None:
        row["align"] = f"align/{entry.name}.align"
        (out / "align").mkdir(exist_ok=True)
        copy_alignment(recording.align, out / row["align"], outcome.unit)
    return row


_worker: Worker


def _start(settings: CropSettings) -> None:
    global _worker
    cv2.setNumThreads(1)
    # mediapipe writes to stderr, across the progress bar, whatever it is told; failures come as outcomes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _worker = Worker(settings)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's process would wait for work for ever when the command is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _work(group: Sequence[NamedRecording]) -> list[Outcome]:
    return _worker(group)
