"""Crops the mouths of a whole dataset, in parallel, into a folder that training reads."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import MappingProxyType
from typing import Final

import cv2

from klipnet_live.atomic_file import sweep
from klipnet_live.types import UserError
from klipnet_training.arguments import writing_to
from klipnet_training.data.alignments import copy_alignment
from klipnet_training.data.recordings import NamedRecording, by_source
from klipnet_training.data.table import DEFAULT_TABLE, Row, write_table
from klipnet_training.data.worker import Outcome, Settings, Worker

__all__ = ["Outcome", "Settings", "finish", "path_of", "prepare"]

COLUMNS = ("path", "speaker", "split", "text", "session", "align")

_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def prepare(
    named: Sequence[NamedRecording], settings: Settings, workers: int, scheduler: str | None = None
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


def _outcomes(named: Sequence[NamedRecording], settings: Settings, workers: int) -> Iterator[Outcome]:
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
            pool.shutdown(cancel_futures=True)


def finish(settings: Settings, outcomes: Iterable[Outcome], splits: Mapping[str, str] = _NONE) -> list[Row]:
    """Write transcripts.tsv of the usable clips and copy their alignments; returns its rows.

    `splits`, by path, go before those of the recordings.
    """
    sweep(settings.out / "crops")
    usable = sorted((o.entry for o in outcomes if not o.problem), key=lambda entry: entry.name)
    rows = [_row(settings.out, entry, splits) for entry in usable]
    write_table(settings.out / DEFAULT_TABLE, COLUMNS, rows)
    return rows


def path_of(entry: NamedRecording) -> str:
    """Of a clip within its prepared folder."""
    return f"crops/{entry.name}.npz"


def _row(out: Path, entry: NamedRecording, splits: Mapping[str, str]) -> Row:
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
        copy_alignment(recording.align, out / row["align"])
    return row


_worker: Worker


def _start(settings: Settings) -> None:
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
