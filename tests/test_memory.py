"""Freed memory is returned to the operating system."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

USE_AND_FREE = """
import numpy as np
from klipnet_live.memory import release_large_blocks

def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 2**20

release_large_blocks()
first = np.ones(30 * 2**20, np.uint8)
del first
before_mb = resident_mb()
large = np.ones(25 * 2**20, np.uint8)
behind = [bytearray(60_000) for _ in range(20)]
del large
print(resident_mb() - before_mb)
"""
"""Without the call, glibc keeps the 25 MB because they lie below the small blocks."""


FREE_ON_ANOTHER_THREAD = """
import threading
from klipnet_live.memory import release_freed_memory

def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * 4096 / 2**20

def use():
    global last
    blocks = [bytearray(60_000) for _ in range(500)]
    last = blocks[-1]

before_mb = resident_mb()
thread = threading.Thread(target=use)
thread.start()
thread.join()
kept_mb = resident_mb() - before_mb
release_freed_memory()
print(kept_mb, resident_mb() - before_mb)
"""
"""The last block keeps glibc from returning the 30 MB below it."""

needs_glibc = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc's heap is what is adjusted")


def printed_by(program: str) -> list[float]:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return [float(number) for number in done.stdout.split()]


@needs_glibc
def test_freed_large_blocks_return_to_the_system() -> None:
    (kept_mb,) = printed_by(USE_AND_FREE)
    assert kept_mb < 5


@needs_glibc
def test_freed_memory_of_ended_threads_returns_to_the_system() -> None:
    kept_mb, kept_after_release_mb = printed_by(FREE_ON_ANOTHER_THREAD)
    assert kept_mb > 20, "otherwise there is nothing to release"
    assert kept_after_release_mb < 5
