"""Crops the mouths of a whole dataset in parallel into a prepared folder for training."""

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
from klipnet_live.dataset_format import COLUMNS, TABLE, TableRow, write_table
from klipnet_training.arguments import writing_to
from klipnet_training.data.alignments import copy_alignment
from klipnet_training.data.recordings import NamedRecording, by_source
from klipnet_training.data.worker import CropSettings, Outcome, Worker

__all__ = ["CropSettings", "Outcome", "finish", "path_of", "prepare"]

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def prepare(
    named: Sequence[NamedRecording], settings: CropSettings, workers: int, scheduler: str | None = None
) -> Iterator[Outcome]:
    """Yield outcomes as they are finished; clips completed by an earlier run are reused.

    `scheduler`: address of a Dask cluster to use instead of `workers` local processes.
    UserError if the folder cannot be written or no scheduler answers.
    """
    with writing_to(settings.out):
        (settings.out / "crops").mkdir(exist_ok=True)
        if scheduler is None:
            yield from _outcomes(named, settings, workers)
        else:
            from klipnet_training.data.cluster import prepare_on_cluster

            yield from prepare_on_cluster(scheduler, by_source(named), settings)


def _outcomes(named: Sequence[NamedRecording], settings: CropSettings, workers: int) -> Iterator[Outcome]:
    waiting = deque(by_source(named))
    while waiting:
        begun: list[list[NamedRecording]] = []
        try:
            yield from _in_pool(waiting, begun, settings, workers)
        except BrokenProcessPool:
            # One of the sources being read crashed its process; try each of them again alone.
            for group in begun:
                yield from _alone(group, settings)


def _in_pool(
    waiting: deque[list[NamedRecording]],
    begun: list[list[NamedRecording]],
    settings: CropSettings,
    workers: int,
) -> Iterator[Outcome]:
    """Process the `waiting` groups. `begun`: groups submitted to a process and not finished yet."""
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
            # Otherwise the workers would first finish reading a long video.
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
                f"{entry.recording.source} crashed the process that read it, perhaps for lack of memory: "
                "leave it out, or make a smaller copy."
            )
            yield Outcome(entry, problem=problem, out_of_reach=True)


def finish(
    settings: CropSettings,
    outcomes: Iterable[Outcome],
    splits: Mapping[str, str] = _NONE,
    kept: Iterable[TableRow] = (),
) -> list[TableRow]:
    """Write transcripts.tsv with the usable clips, copy their alignments, and return the rows.

    `splits` by path override those of the recordings. `kept`: rows of an earlier run to keep. No table is
    written if there are no rows.
    """
    sweep(settings.out / "crops")
    usable = sorted((o for o in outcomes if not o.problem), key=lambda outcome: outcome.entry.name)
    rows = [*(_row(settings.out, outcome, splits) for outcome in usable), *kept]
    if rows:
        write_table(settings.out / TABLE, COLUMNS, sorted(rows, key=lambda row: row["path"]))
    return rows


def path_of(entry: NamedRecording) -> str:
    """Path of a clip relative to its prepared folder."""
    return f"crops/{entry.name}.npz"


def _row(out: Path, outcome: Outcome, splits: Mapping[str, str]) -> TableRow:
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
    # mediapipe cannot be kept from writing to stderr, across the progress bar. Failures become outcomes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _worker = Worker(settings)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Exit with the parent; otherwise a worker would wait for work forever after the command is killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)


def _work(group: Sequence[NamedRecording]) -> list[Outcome]:
    return _worker(group)
