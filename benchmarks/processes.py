"""Resources used by a program and its child processes together, from Linux's /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass(frozen=True, slots=True)
class Usage:
    """Sums over all processes. `clock_s`: time.monotonic(); `cpu_s`: CPU time since their start."""

    clock_s: float
    cpu_s: float
    resident_mb: float
    threads: int
    handles: int
    processes: int


def usage_of(pid: int) -> Usage | None:
    """Current usage of the process and all its descendants; None if it has ended."""
    parents = dict(_parents())
    family = [each for each in parents if _descends(each, pid, parents)]
    found = [values for each in family if (values := _values(each)) is not None]
    if not found:
        return None
    cpu_s, resident_mb, threads, handles = (sum(column) for column in zip(*found, strict=True))
    return Usage(time.monotonic(), cpu_s, round(resident_mb, 1), int(threads), int(handles), len(found))


def _parents() -> Iterator[tuple[int, int]]:
    for folder in _PROC.iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            yield int(folder.name), int(fields[1])


def _descends(pid: int, ancestor: int, parents: dict[int, int]) -> bool:
    while pid != ancestor:
        if pid not in parents:
            return False
        pid = parents[pid]
    return True


def _values(pid: int) -> tuple[float, float, int, int] | None:
    """CPU seconds (finished children included), resident MB, threads, open handles."""
    fields = _stat(pid)
    if not fields:
        return None
    try:
        handles = len(os.listdir(_PROC / str(pid) / "fd"))
    except OSError:
        return None
    cpu_s = sum(map(int, fields[11:15])) * _TICK_S
    return cpu_s, int(fields[21]) * _PAGE_MB, int(fields[17]), handles


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the process name; empty if the process has ended."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
