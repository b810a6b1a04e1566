"""Measures the resources of the whole app with its window open: `python -m benchmarks.window SOURCE...`.

Starts the app as `klipnet-live SOURCE` does, with a fresh user profile, and samples its processes from /proc
(Linux): CPU, resident memory, threads and open handles, summed over all of them; delays end when the caption
is painted. With `--seconds N` a recording is repeated until the time is up (soak test). Without a display Qt
renders into memory: `xvfb-run -a` provides a screen to paint on.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import fmean
from threading import Thread
from typing import Any

from benchmarks.probes import spread
from benchmarks.processes import Usage, usage_of
from benchmarks.table import report
from klipnet_live.assets import DEMOS
from klipnet_live.commands.window import has_display

SETTLED_S = 5.0
"""After the first status line: the models are then loaded and the faces of a gallery found."""


class Watched:
    """One run of the app."""

    def __init__(self, source: str, seconds: float, every_s: float) -> None:
        self._source, self._every_s = source, every_s
        self._command = [sys.executable, "-m", "benchmarks.instrumented_app", str(seconds), source]
        self._records: list[dict[str, Any]] = []
        self._usages: list[Usage] = []

    def measure(self) -> dict[str, Any]:
        """Run the app and return all figures."""
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
            if not has_display():
                environment["QT_QPA_PLATFORM"] = "offscreen"
            with subprocess.Popen(
                self._command, env=environment, stdout=subprocess.PIPE, text=True
            ) as process:
                listener = Thread(target=self._listen, args=(process,))
                listener.start()
                self._watch(process)
                listener.join()
        return {"source": self._source, **self._costs(), **self._captions(), "load_average": _load()}

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._records.append(json.loads(line))

    def _watch(self, process: subprocess.Popen[str]) -> None:
        while process.poll() is None and not self._records:
            time.sleep(0.1)
        time.sleep(SETTLED_S)
        while process.poll() is None:
            usage = usage_of(process.pid)
            if usage is not None:
                self._usages.append(usage)
            time.sleep(self._every_s)

    def _costs(self) -> dict[str, Any]:
        first, last = self._usages[0], self._usages[-1]
        length_s = last.clock_s - first.clock_s
        resident_mb = [usage.resident_mb for usage in self._usages]
        return {
            "measured_s": round(length_s, 1),
            "cpu_percent_of_a_core": round(100 * (last.cpu_s - first.cpu_s) / length_s),
            "processes": max(usage.processes for usage in self._usages),
            "resident_mb": {"start": resident_mb[0], "end": resident_mb[-1], "most": max(resident_mb)},
            "resident_mb_on_the_way": [f"{value:.0f}" for value in _ten(resident_mb)],
            "threads": {"start": first.threads, "end": last.threads},
            "handles": {"start": first.handles, "end": last.handles},
        }

    def _captions(self) -> dict[str, Any]:
        seen = [record for record in self._records if record.get("faces")]
        shown = [record for record in self._records if "kind" in record]
        completed = [record["after_speech_ms"] for record in shown if record["kind"] == "completed"]
        return {
            "frames_per_second": round(fmean(record["frames_per_second"] for record in seen), 1),
            "faces": max(record["faces"] for record in seen),
            "dropped_mouths": {"start": seen[0]["dropped_mouths"], "end": seen[-1]["dropped_mouths"]},
            "overload": sorted({record["overload"] for record in seen if record["overload"]}),
            "partial_painted_after_capture_ms": spread(
                [record["after_capture_ms"] for record in shown if record["kind"] != "completed"]
            ),
            "completed_painted_after_lips_stop_ms": spread(completed),
            "lines": len(completed),
        }


def _ten(values: list[float]) -> list[float]:
    """At most ten evenly spaced values."""
    return values[:: -(-len(values) // 10)]


def _load() -> float:
    return round(os.getloadavg()[0], 1)


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("sources", nargs="*", metavar="SOURCE", default=[str(DEMOS / "demo-en.mp4")])
    parser.add_argument("--seconds", type=float, default=30.0, help="repeat each source for this long")
    parser.add_argument("--every", type=float, default=1.0, help="seconds from one sample to the next")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures as JSON")
    options = parser.parse_args()
    runs = [Watched(source, options.seconds, options.every).measure() for source in options.sources]
    report(runs, options.json)


if __name__ == "__main__":
    main()
