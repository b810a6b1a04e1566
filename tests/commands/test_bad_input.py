"""A user's mistake gets one line that says what to do, and an exit status; never a traceback."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from klipnet_live.assets import MODELS
from klipnet_live.cli import COMMANDS
from klipnet_live.manifest import load_manifest
from tests.footage import DEMO
from tests.program import Finished, klipnet_live

MODEL = MODELS / "en-grid"
TOO_LONG = 300 * "x"
"""No file system allows such a name; even checking for its existence raises an error."""


def refusal(finished: Finished, status: int = 1) -> str:
    """The one line printed by a failed command."""
    assert finished.returncode == status
    assert finished.stdout == ""
    (line,) = finished.stderr.splitlines()
    assert line.startswith("klipnet-live: ")
    return line.removeprefix("klipnet-live: ")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("camera:97", r"camera.*(connect|choose|devices)"),
        ("camera:no such camera", r"camera.*(connect|choose|devices)"),
        ("camera:", r"camera:N or camera:NAME.*klipnet-live devices"),
        ("missing.mp4", r"missing\.mp4 is neither .*camera:N, screen"),
        ("screen", r"no screen to capture.*choose a camera or a file"),
        ("screen:one,two", r"screen:one,two\. .*screen:X,Y,W,H"),
        ("screen:0,0,0,10", r"screen:0,0,0,10\. .*screen:X,Y,W,H"),
        ("window:nothing", r"no screen to capture.*choose a camera or a file"),
        (".", r"\. is neither a video file"),
        ("~no-such-user/talk.mp4", r"no-such-user/talk\.mp4 is neither a video file"),
        (TOO_LONG, r"x is neither a video file"),
    ],
)
def test_a_source_that_is_not_there(source: str, said: str) -> None:
    assert re.search(said, refusal(klipnet_live("watch", source)))


@pytest.mark.parametrize("command", ["watch", "caption"])
def test_a_file_that_is_no_video(command: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.mp4"
    path.write_bytes(bytes(range(256)) * 40)
    assert f"Cannot play {path} as a video" in refusal(klipnet_live(command, path))


@pytest.mark.parametrize("command", [["watch", "--jsonl", "--pace=fast"], ["caption"]])
def test_a_video_with_no_face(command: list[str], faceless_clip: Path) -> None:
    line = refusal(klipnet_live(*command, faceless_clip))
    assert "No face was found in" in line
    assert faceless_clip.name in line
    assert "60 pixels" in line


def test_a_missing_recording(tmp_path: Path) -> None:
    (tmp_path / "out.srt").touch()
    line = refusal(klipnet_live("caption", tmp_path / "missing.mp4", "-o", tmp_path / "out.srt"))
    assert "no file" in line
    assert "missing.mp4" in line


@pytest.mark.parametrize(
    ("output", "said", "status"),
    [
        ("out.doc", "unknown extension. Use one of .srt", 2),
        ("none/out.srt", "none does not exist. Create it", 1),
        ("", "unknown extension", 2),
    ],
)
def test_an_output_that_cannot_be_written_is_told_before_the_work(
    output: str, said: str, status: int, tmp_path: Path
) -> None:
    assert said in refusal(klipnet_live("caption", DEMO, "-o", tmp_path / output), status)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--burn-in"], "--burn-in needs a video"),
        (["--burn-in", "-o", "talk.srt"], "--burn-in needs a video"),
        (["--model=en-grid", "--language=ko"], "en-grid reads en, not ko"),
    ],
)
def test_options_that_make_no_sense_together(options: list[str], said: str) -> None:
    assert said in refusal(klipnet_live("caption", DEMO, *options), 2)


def test_a_folder_of_recordings_needs_a_folder_for_captions(tmp_path: Path) -> None:
    assert "Add -o FOLDER" in refusal(klipnet_live("caption", tmp_path), 2)


def test_half_of_a_recording(tmp_path: Path) -> None:
    """Its index, at the end, is missing."""
    half = tmp_path / "half.mp4"
    half.write_bytes(DEMO.read_bytes()[: DEMO.stat().st_size // 2])
    assert f"{half} is incomplete or damaged. Copy or download it again" in refusal(
        klipnet_live("caption", half)
    )


def test_a_word_that_is_no_command() -> None:
    line = refusal(klipnet_live("frobnicate"), 2)
    assert line.startswith(f"frobnicate is neither a command ({', '.join(COMMANDS)}) nor ")


def test_the_recording_is_never_written_over() -> None:
    assert "is the recording itself" in refusal(klipnet_live("caption", DEMO, "-o", DEMO))


@pytest.mark.parametrize(
    "arguments", [[TOO_LONG], [DEMO, "-o", TOO_LONG + ".srt"], [DEMO, f"--model={TOO_LONG}"]]
)
def test_a_name_that_the_system_refuses(arguments: list[object]) -> None:
    line = refusal(klipnet_live("caption", *arguments))
    assert re.search(r"xxx\S* \(.*long\)\. Choose another", line)


@pytest.mark.parametrize("text_file", ["none/now.txt"])
def test_a_text_file_in_no_folder(text_file: str, tmp_path: Path) -> None:
    assert "none does not exist" in refusal(klipnet_live("watch", DEMO, "--text-file", tmp_path / text_file))


def test_a_text_file_with_notes_is_left_alone(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("call Ann", encoding="utf-8")
    line = refusal(klipnet_live("watch", DEMO, "--text-file", notes))
    assert line.startswith(f"{notes} contains text")
    assert notes.read_text(encoding="utf-8") == "call Ann"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_text_file_that_cannot_be_written_is_told_before_the_work() -> None:
    assert "No permission to write /proc/now.txt" in refusal(
        klipnet_live("watch", DEMO, "--text-file=/proc/now.txt")
    )


@pytest.mark.parametrize("command", [["watch", DEMO], ["caption", DEMO], []])
@pytest.mark.parametrize(
    ("option", "said", "status"),
    [("--language=xx", "no model for language xx", 2), ("--model=nobody", "no model nobody", 1)],
)
def test_an_unknown_model_or_language(command: list[object], option: str, said: str, status: int) -> None:
    line = refusal(klipnet_live(*command, option), status)
    assert said in line
    assert MODEL.name in line, "the ones that are there are named"


def test_a_model_folder_with_another_files_hash(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    graph = tmp_path / "model" / load_manifest(MODEL, verify=False).stream.file
    with graph.open("ab") as file:
        file.write(b"\0")
    line = refusal(klipnet_live("watch", DEMO, "--model", tmp_path / "model"))
    assert f"{graph} differs from the published file. Copy the model folder again" in line


def test_a_model_folder_with_a_missing_file(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    graph = tmp_path / "model" / load_manifest(MODEL, verify=False).final.file
    graph.unlink()
    line = refusal(klipnet_live("caption", DEMO, "--model", tmp_path / "model"))
    assert f"{graph} is missing. Copy the whole model folder again" in line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("#JSGF V1.0;\ngrammar g;\npublic <s> = bin | ;\n", "grammar.txt"),
        ("# only a comment\n", "The list is empty"),
        ("bin blue\nzwölf\n", "Line 2"),
    ],
)
def test_a_grammar_that_is_wrong(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "grammar.txt").write_text(text, encoding="utf-8")
    assert said in refusal(klipnet_live("watch", DEMO, "--grammar", tmp_path / "grammar.txt"))


@pytest.mark.parametrize("command", ["watch", "caption"])
def test_a_missing_grammar(command: str, tmp_path: Path) -> None:
    assert "none.txt" in refusal(klipnet_live(command, DEMO, "--grammar", tmp_path / "none.txt"))


@pytest.mark.parametrize(
    "arguments", [["watch"], ["--nonsense"], ["watch", DEMO, "--pace=slow"], ["caption"]]
)
def test_wrong_usage(arguments: list[object]) -> None:
    finished = klipnet_live(*arguments)
    assert finished.returncode == 2
    assert finished.stderr.startswith("usage: klipnet-live")
    assert "Traceback" not in finished.stderr


def test_without_a_display_a_wrong_source_is_still_one_line() -> None:
    assert "missing.mp4 is neither" in refusal(klipnet_live("missing.mp4"))
