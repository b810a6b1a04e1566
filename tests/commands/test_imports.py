"""What a running app imports, and what it does not."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.program import run

_WITHOUT_QT = """
import sys
from pathlib import Path
from klipnet_live.batch.tasks import ReadingChoice, ReadVideo, WriteCaptions

video, target = map(Path, sys.argv[1:])
lines = ReadVideo(video, ReadingChoice("en"))(lambda message: None)
WriteCaptions(video, target, lines, "en")(lambda message: None)
print("loaded", len(lines), any(name.startswith("PySide6") for name in sys.modules))
"""

_SCRIPT = """
import sys
from klipnet_live import app, cli

status = cli.main(sys.argv[1:])
heavy = {"torch", "klipnet_training", "onnx", "jiwer", "tensorboard", "matplotlib", "h5py", "tensorflow"}
print("loaded", sorted(heavy & set(sys.modules)), "onnxruntime" in sys.modules, status)
"""


def test_the_app_reads_lips_without_torch_and_without_the_training(spoken_clip: Path) -> None:
    finished = run([sys.executable, "-c", _SCRIPT, "watch", str(spoken_clip), "--pace", "fast"])
    assert finished.stdout.splitlines()[-1] == "loaded [] True 0", finished.stderr


def test_subtitles_are_written_without_qt(spoken_clip: Path, tmp_path: Path) -> None:
    output = tmp_path / "talk.srt"
    finished = run([sys.executable, "-c", _WITHOUT_QT, str(spoken_clip), str(output)])
    assert finished.stdout.splitlines()[-1] == "loaded 1 False", finished.stderr
    assert output.is_file()
