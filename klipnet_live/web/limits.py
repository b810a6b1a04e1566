"""Limits of the server, which are options of `klipnet-live serve`."""

from __future__ import annotations

from dataclasses import dataclass

GIB = 2**30


@dataclass(frozen=True, slots=True)
class Limits:
    """`reading_s`: maximum processing time of a recording. `keep_s`: how long finished jobs are kept.
    `memory_bytes`: memory limit of a job's process.

    The process of a job used 0.49 GB for 1080p (ru_maxrss); `max_pixels` is two 4K frames.
    """

    upload_bytes: int = 4 * GIB
    quota_bytes: int = 20 * GIB
    video_s: float = 3 * 3600
    max_pixels: int = 4096 * 4096
    reading_s: float = 12 * 3600
    keep_s: float = 24 * 3600
    waiting_jobs: int = 200
    event_streams: int = 200
    event_streams_of_a_job: int = 20
    memory_bytes: int | None = 6 * GIB
    stalled_upload_s: float = 60
    text_bytes: int = 256 * 1024
