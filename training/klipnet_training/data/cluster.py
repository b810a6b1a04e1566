"""Crops the mouths of a dataset on a Dask cluster, one task per source."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache

import cv2

from klipnet_live.batch.cluster import ClusterRunner
from klipnet_live.batch.gather import ends_of
from klipnet_live.batch.messages import Done, Failed, Report
from klipnet_training.data.recordings import NamedRecording
from klipnet_training.data.worker import CropSettings, Outcome, Worker


@dataclass(frozen=True, slots=True)
class CropSource:
    """A task: crop all clips of one source."""

    entries: tuple[NamedRecording, ...]
    settings: CropSettings

    def __call__(self, report: Report) -> list[Outcome]:
        return _worker(self.settings, threading.get_ident())(self.entries)


def prepare_on_cluster(
    scheduler: str, groups: Sequence[Sequence[NamedRecording]], settings: CropSettings
) -> Iterator[Outcome]:
    """Yield outcomes as they are finished. All machines must see both folders under the same paths.

    UserError if no scheduler answers.
    """
    with closing(ClusterRunner(scheduler)) as runner:
        for task, end in ends_of(runner, [CropSource(tuple(group), settings) for group in groups]):
            if isinstance(end, Done):
                yield from end.value
            else:
                problem = str(end.problem) if isinstance(end, Failed) else "cancelled"
                yield from (Outcome(entry, problem=problem) for entry in task.entries)


@cache
def _worker(settings: CropSettings, thread: int) -> Worker:
    """One worker per thread: a tracker must not be shared, and is slow to load."""
    cv2.setNumThreads(1)
    return Worker(settings)
