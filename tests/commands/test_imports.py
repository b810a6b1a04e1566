"""What a running app loads, and what it does not."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.program import run

_SCRIPT = """
import sys
from klipnet_live import app, cli

status = cli.main(sys.argv[1:])
heavy = {"torch", "training", "onnx", "jiwer", "tensorboard", "matplotlib", "h5py", "tensorflow"}
print("loaded", sorted(heavy & set(sys.modules)), "onnxruntime" in sys.modules, status)
"""


def test_the_app_reads_lips_without_torch_and_without_the_training(spoken_clip: Path) -> None:
    finished = run([sys.executable, "-c", _SCRIPT, "watch", str(spoken_clip), "--pace", "fast"])
    assert finished.stdout.splitlines()[-1] == "loaded [] True 0", finished.stderr
