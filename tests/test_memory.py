"""Large freed blocks are returned to the operating system."""

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


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="glibc's heap is what is adjusted")
def test_freed_large_blocks_return_to_the_system() -> None:
    command = [sys.executable, "-c", USE_AND_FREE]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert float(done.stdout) < 5
