"""What the whole app costs with its window open: `python -m benchmarks.window SOURCE [--seconds N]`.

Starts the app as `klipnet-live SOURCE` does, for a user who has never started it, and samples its processes
from /proc (Linux): CPU, resident memory, threads and open handles, all of them together. With `--seconds` a
recording is repeated until the time is up (a soak). Without a display Qt draws into memory: under
`xvfb-run -a` there is a screen to paint on.
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

from benchmarks.probes import Repeated
from benchmarks.processes import Usage, usage_of
from benchmarks.table import report
from klipnet_live import app, cli
from klipnet_live.assets import DEMOS
from klipnet_live.capture.source import Source, open_source
from klipnet_live.commands.window import has_display
from klipnet_live.ui import application
from klipnet_live.ui.desktop import Desktop
from klipnet_live.ui.pipeline_port import StatusLike

SETTLED_S = 5.0
"""From the first status line on: the models are loaded, and the faces of a gallery found."""

_INSIDE = "--inside"


class ToldDesktop(Desktop):
    """The app's windows, which write down every status line and close when the source has ended."""

    def open(self, *choice: Any) -> None:
        self.controller.status.connect(self._tell)
        self.controller.running_changed.connect(lambda running: running or self.window.close())
        super().open(*choice)

    def _tell(self, status: StatusLike | None) -> None:
        if status is not None:
            told = {
                "frames_per_second": round(status.frames_per_second, 1),
                "delay_ms": round(status.latency_ms),
                "faces": status.faces,
                "dropped_mouths": status.dropped_mouths,
                "overload": status.overload,
            }
            print(json.dumps(told), flush=True)


class Watched:
    """One run of the app, from its start to its end."""

    def __init__(self, source: str, seconds: float, every_s: float) -> None:
        self._source, self._every_s = source, every_s
        self._command = [sys.executable, "-m", "benchmarks.window", _INSIDE, str(seconds), source]
        self._told: list[dict[str, Any]] = []
        self._usages: list[Usage] = []

    def measure(self) -> dict[str, Any]:
        """Run, and give all figures."""
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
            if not has_display():
                environment["QT_QPA_PLATFORM"] = "offscreen"
            with subprocess.Popen(
                self._command, env=environment, stdout=subprocess.PIPE, text=True
            ) as process:
                reader = Thread(target=self._listen, args=(process,))
                reader.start()
                self._watch(process)
                reader.join()
        return self._figures()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._told.append(json.loads(line))

    def _watch(self, process: subprocess.Popen[str]) -> None:
        while process.poll() is None and not self._told:
            time.sleep(0.1)
        time.sleep(SETTLED_S)
        while process.poll() is None:
            usage = usage_of(process.pid)
            if usage is not None:
                self._usages.append(usage)
            time.sleep(self._every_s)

    def _figures(self) -> dict[str, Any]:
        first, last = self._usages[0], self._usages[-1]
        settled = [told for told in self._told if told["faces"]]
        return {
            "source": self._source,
            "measured_s": round(last.clock_s - first.clock_s, 1),
            "cpu_percent_of_a_core": round(100 * (last.cpu_s - first.cpu_s) / (last.clock_s - first.clock_s)),
            "processes": max(usage.processes for usage in self._usages),
            "resident_mb": {
                "start": first.resident_mb,
                "end": last.resident_mb,
                "most": max(usage.resident_mb for usage in self._usages),
            },
            "resident_mb_on_the_way": [f"{usage.resident_mb:.0f}" for usage in self._ten_usages()],
            "threads": {"start": first.threads, "end": last.threads},
            "handles": {"start": first.handles, "end": last.handles},
            "frames_per_second": round(fmean(told["frames_per_second"] for told in settled), 1),
            "delay_ms_on_the_status_line": round(fmean(told["delay_ms"] for told in settled)),
            "faces": max(told["faces"] for told in settled),
            "dropped_mouths": {"start": settled[0]["dropped_mouths"], "end": settled[-1]["dropped_mouths"]},
            "overload": sorted({told["overload"] for told in settled if told["overload"]}),
            "load_average": round(os.getloadavg()[0], 1),
        }

    def _ten_usages(self) -> list[Usage]:
        """At even distances, at most ten."""
        return self._usages[:: -(-len(self._usages) // 10)]


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("source", nargs="?", default=str(DEMOS / "demo-en.mp4"), help="one that ends")
    parser.add_argument("--seconds", type=float, default=30.0, help="repeat the source for so long")
    parser.add_argument("--every", type=float, default=1.0, help="seconds from one sample to the next")
    parser.add_argument("--json", type=Path, metavar="OUT", help="the same figures as JSON")
    options = parser.parse_args()
    report([Watched(options.source, options.seconds, options.every).measure()], options.json)


def _inside(seconds: float, *arguments: str) -> int:
    def repeated(spec: str) -> Source:
        return Repeated(open_source(spec), seconds)

    app.open_source = repeated  # type: ignore[assignment]
    application.Desktop = ToldDesktop  # type: ignore[misc]
    return cli.main(list(arguments))


if __name__ == "__main__":
    if sys.argv[1:2] == [_INSIDE]:
        sys.exit(_inside(float(sys.argv[2]), *sys.argv[3:]))
    main()
