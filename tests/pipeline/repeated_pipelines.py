"""Runs several pipelines in one process: `python -m tests.pipeline.repeated_pipelines VIDEO COUNT`.

Prints what the process uses after each of them, one JSON object a line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2

from benchmarks.as_app import read_lines
from benchmarks.probes import resources
from klipnet_live.pipeline.reader_factory import reader_factory


def main(video: Path, count: int) -> None:
    cv2.setNumThreads(1)
    open_reader = reader_factory(None, "en")
    for _ in range(count):
        read_lines(video, open_reader)
        print(json.dumps(resources()), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
