"""The benchmark's figures, and the benchmark as a command."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.probes import Repeated, spread
from benchmarks.processes import usage_of
from benchmarks.reference import ReferenceWord, words_of
from benchmarks.shown import ShownText, unstable_words
from klipnet_live.assets import MODELS
from klipnet_live.types import CaptionEvent, EventKind
from tests.pipeline.fakes import BLANK, FakeCamera

REPOSITORY = Path(__file__).parents[2]


def event(kind: EventKind, text: str, media_s: float, end_s: float = 0.0, line: int = 1) -> CaptionEvent:
    return CaptionEvent(kind, line, "1", "", text, 0.0, end_s, 1.0, media_s, 0.0)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["bin", "bin blue", "bin blue at", "bin blue at"], (0, 3)),
        (["b", "bi", "bin", "bin b", "bin blue", "bin blue"], (0, 2)),
        (["bin", "lay", "lay"], (1, 2)),
        (["bin blue", "bin red at", "bin red at"], (1, 4)),
        (["bin", "bin blue", "bin"], (1, 2)),
        (["bin blue"], (0, 0)),
    ],
)
def test_words_that_changed_after_they_were_shown_are_counted(
    texts: Sequence[str], expected: tuple[int, int]
) -> None:
    assert unstable_words(texts) == expected


def test_delays_are_measured_for_the_viewer() -> None:
    shown = ShownText()
    shown.add(event("started", "bin", 0.5), 0.6)
    shown.add(event("changed", "bin blew", 0.9), 1.1)
    shown.add(event("changed", "bin blue", 1.0), 1.3)
    shown.add(event("completed", "bin blue", 1.9, end_s=1.1), 2.0)
    assert shown.delays_ms(("started", "changed")) == pytest.approx([100, 200, 300])
    assert shown.completion_delays_ms() == pytest.approx([900])
    words = [ReferenceWord("bin", 0.2, 0.5), ReferenceWord("blue", 0.5, 0.9), ReferenceWord("at", 0.9, 1.0)]
    assert shown.word_delays_ms(words) == pytest.approx([100, 400])
    assert shown.unstable_ratio() == pytest.approx(1 / 3)


def test_corrections_of_committed_text_are_counted() -> None:
    shown = ShownText()
    for line, committed in ((1, ""), (1, "bin"), (2, "lay"), (1, "bin blue"), (2, "la"), (2, "lay red")):
        shown.add(replace(event("changed", "", 0.0, line=line), committed=committed), 0.0)
    assert shown.committed_changed() == 1


def test_alignments_of_a_dataset_folder_are_found(tmp_path: Path) -> None:
    (tmp_path / "transcripts.tsv").write_text("path\talign\nvideo/a.mp4\ta.align\n", encoding="utf-8")
    (tmp_path / "a.align").write_text("0 25000 sil\n25000 30000 bin\n30000 31000 sp\n", encoding="utf-8")
    assert words_of(str(tmp_path / "video" / "a.mp4")) == [ReferenceWord("bin", 1.0, 1.2)]
    assert words_of(str(tmp_path / "video" / "b.mp4")) == []
    assert words_of("camera:0") == []


def test_a_source_is_repeated_with_increasing_times_until_the_limit() -> None:
    camera = FakeCamera([BLANK] * 3)
    camera.clock_of_first_frame = 7.0
    repeated = Repeated(camera, 0.3)  # type: ignore[arg-type]
    frames = list(repeated.frames())
    assert [frame.time_s for frame in frames] == pytest.approx([0.04 * i for i in range(8)])
    assert [frame.index for frame in frames] == list(range(8))
    assert repeated.clock_of_first_frame == 7.0


def test_the_spread_of_values() -> None:
    assert spread([]) == {}
    assert spread([1.0, 2.0, 100.0])["median"] == 2.0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_child_processes_are_included_in_the_measurement() -> None:
    child = "block = bytearray(80_000_000); sum(range(5_000_000)); print(flush=True); input()"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", parent], stdin=pipe, stdout=pipe) as program:
        assert program.stdout is not None
        program.stdout.readline()
        usage = usage_of(program.pid)
        program.communicate(b"\n")
    assert usage is not None
    assert usage.processes == 2
    assert usage.resident_mb > 80
    assert usage.cpu_s > 0.05
    assert usage.threads == 2
    assert usage.handles >= 6
    assert usage_of(program.pid) is None


@pytest.mark.skipif(not (MODELS / "en-grid").is_dir(), reason="models/en-grid is not there")
def test_the_benchmark_measures_a_real_pipeline(tmp_path: Path) -> None:
    demo, out = REPOSITORY / "assets" / "demo" / "demo-en.mp4", tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks.live", str(demo), "--seconds", "3", "--json", str(out)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    (figures,) = json.loads(out.read_text(encoding="utf-8"))
    assert figures["frames"] >= 72
    assert figures["faces"] == 2
    assert figures["dropped_mouths"] == 0
    assert 0 < figures["tracking_ms"]["median"] < 1000
    assert "tracking ms" in done.stdout
