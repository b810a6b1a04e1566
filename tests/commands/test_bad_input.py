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
    ("source", "message"),
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
def test_a_missing_source_is_reported(source: str, message: str) -> None:
    assert re.search(message, refusal(klipnet_live("watch", source)))


@pytest.mark.parametrize("command", ["watch", "caption"])
def test_a_file_that_is_no_video_is_reported(command: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.mp4"
    path.write_bytes(bytes(range(256)) * 40)
    assert f"Cannot play {path} as a video" in refusal(klipnet_live(command, path))


@pytest.mark.parametrize("command", [["watch", "--jsonl", "--pace=fast"], ["caption"]])
def test_a_video_without_a_face_is_reported(command: list[str], faceless_clip: Path) -> None:
    line = refusal(klipnet_live(*command, faceless_clip))
    assert "No face was found in" in line
    assert faceless_clip.name in line
    assert "60 pixels" in line


def test_a_missing_recording_is_reported(tmp_path: Path) -> None:
    (tmp_path / "out.srt").touch()
    line = refusal(klipnet_live("caption", tmp_path / "missing.mp4", "-o", tmp_path / "out.srt"))
    assert "no file" in line
    assert "missing.mp4" in line


@pytest.mark.parametrize(
    ("output", "message", "status"),
    [
        ("out.doc", "unknown extension. Use one of .srt", 2),
        ("none/out.srt", "none does not exist. Create it", 1),
        ("", "is a folder. Add the name of a file, such as ", 2),
        ("folder.srt", "not a regular file", 1),
    ],
)
def test_an_unwritable_output_is_reported_before_the_work(
    output: str, message: str, status: int, tmp_path: Path
) -> None:
    (tmp_path / "folder.srt").mkdir()
    assert message in refusal(klipnet_live("caption", DEMO, "-o", tmp_path / output), status)


def test_an_empty_name_is_not_the_current_folder() -> None:
    """It comes from a shell variable that is not set."""
    finished = klipnet_live("caption", "", "-o", "captions.srt")
    assert finished.returncode == 2
    assert "argument FILE: the name is empty" in finished.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--burn-in"], "--burn-in needs a video"),
        (["--burn-in", "-o", "talk.srt"], "--burn-in needs a video"),
        (["--model=en-grid", "--language=ko"], "en-grid reads en, not ko"),
    ],
)
def test_conflicting_options_are_refused(options: list[str], message: str) -> None:
    assert message in refusal(klipnet_live("caption", DEMO, *options), 2)


def test_a_folder_of_recordings_needs_a_folder_for_captions(tmp_path: Path) -> None:
    assert "Add -o FOLDER" in refusal(klipnet_live("caption", tmp_path), 2)
    assert "talk.srt is the name of a file" in refusal(
        klipnet_live("caption", tmp_path, "-o", tmp_path / "talk.srt"), 2
    )


def test_a_refused_folder_leaves_no_output_folder(tmp_path: Path) -> None:
    """There is no video in it."""
    assert "no video" in refusal(klipnet_live("caption", tmp_path, "-o", tmp_path / "captions"))
    assert not list(tmp_path.iterdir())


def test_a_truncated_recording_is_reported(tmp_path: Path) -> None:
    """Its index, at the end, is missing."""
    half = tmp_path / "half.mp4"
    half.write_bytes(DEMO.read_bytes()[: DEMO.stat().st_size // 2])
    assert f"{half} is incomplete or damaged. Copy or download it again" in refusal(
        klipnet_live("caption", half)
    )


def test_an_unknown_command_is_reported() -> None:
    line = refusal(klipnet_live("frobnicate"), 2)
    assert line.startswith(f"frobnicate is neither a command ({', '.join(COMMANDS)}) nor ")


def test_the_recording_is_never_overwritten() -> None:
    assert "is the recording itself" in refusal(klipnet_live("caption", DEMO, "-o", DEMO))


@pytest.mark.parametrize(
    "arguments", [[TOO_LONG], [DEMO, "-o", TOO_LONG + ".srt"], [DEMO, f"--model={TOO_LONG}"]]
)
def test_an_invalid_file_name_is_reported(arguments: list[object]) -> None:
    line = refusal(klipnet_live("caption", *arguments))
    assert re.search(r"xxx\S* \(.*long\)\. Choose another", line)


def test_a_text_file_in_a_missing_folder_is_reported(tmp_path: Path) -> None:
    text_file = tmp_path / "none" / "now.txt"
    assert "none does not exist" in refusal(klipnet_live("watch", DEMO, "--text-file", text_file))


@pytest.mark.parametrize(
    ("command", "option", "name"), [("caption", "-o", "talk.srt"), ("watch", "--text-file", "notes.txt")]
)
def test_a_file_of_the_user_is_not_overwritten(command: str, option: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("written by hand", encoding="utf-8")
    line = refusal(klipnet_live(command, DEMO, option, path))
    assert line.startswith(f"{path} exists already. Choose another name, or add --overwrite")
    assert path.read_text(encoding="utf-8") == "written by hand"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_an_unwritable_text_file_is_reported_before_the_work() -> None:
    assert "No permission to write /proc/now.txt" in refusal(
        klipnet_live("watch", DEMO, "--text-file=/proc/now.txt")
    )


@pytest.mark.parametrize("command", [["watch", DEMO], ["caption", DEMO], []])
@pytest.mark.parametrize(
    ("option", "message", "status"),
    [("--language=xx", "no model for language xx", 2), ("--model=nobody", "no model nobody", 1)],
)
def test_an_unknown_model_or_language_is_reported(
    command: list[object], option: str, message: str, status: int
) -> None:
    line = refusal(klipnet_live(*command, option), status)
    assert message in line
    assert MODEL.name in line, "the available ones must be named"


def test_a_model_file_with_a_wrong_hash_is_reported(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    graph = tmp_path / "model" / load_manifest(MODEL, verify=False).stream.file
    with graph.open("ab") as file:
        file.write(b"\0")
    line = refusal(klipnet_live("watch", DEMO, "--model", tmp_path / "model"))
    assert f"{graph} differs from the published file. Copy the model folder again" in line


def test_a_missing_model_file_is_reported(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    graph = tmp_path / "model" / load_manifest(MODEL, verify=False).final.file
    graph.unlink()
    line = refusal(klipnet_live("caption", DEMO, "--model", tmp_path / "model"))
    assert f"{graph} is missing. Copy the whole model folder again" in line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#JSGF V1.0;\ngrammar g;\npublic <s> = bin | ;\n", "grammar.txt"),
        ("# only a comment\n", "The list is empty"),
        ("bin blue\nzwölf\n", "Line 2"),
    ],
)
def test_an_invalid_grammar_is_reported(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "grammar.txt").write_text(text, encoding="utf-8")
    assert message in refusal(klipnet_live("watch", DEMO, "--grammar", tmp_path / "grammar.txt"))


@pytest.mark.parametrize("command", ["watch", "caption"])
def test_a_missing_grammar_is_reported(command: str, tmp_path: Path) -> None:
    assert "none.txt" in refusal(klipnet_live(command, DEMO, "--grammar", tmp_path / "none.txt"))


@pytest.mark.parametrize(
    "arguments", [["watch"], ["--nonsense"], ["watch", DEMO, "--pace=slow"], ["caption"]]
)
def test_wrong_usage_exits_with_2(arguments: list[object]) -> None:
    finished = klipnet_live(*arguments)
    assert finished.returncode == 2
    assert finished.stderr.startswith("usage: klipnet-live")
    assert "Traceback" not in finished.stderr


def test_without_a_display_a_wrong_source_is_a_one_line_error() -> None:
    assert "missing.mp4 is neither" in refusal(klipnet_live("missing.mp4"))
