"""Does five tasks with the keyboard alone, and checks the result as a screen reader finds it (AT-SPI).

    Xvfb :9 & DISPLAY=:9 openbox & export DISPLAY=:9
    dbus-run-session -- /usr/bin/python3 scripts/keyboard_tasks.py .venv/bin/python

Run it at the top of the checkout. It needs xdotool, at-spi2-core and python3-pyatspi, which Debian installs
for its own Python only. The app is started with an empty home folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyatspi  # type: ignore[import-not-found]

_ITEMS = ("list item", "table cell", "page tab")
_PATIENCE_S = 30.0


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        video = Path(home) / "talk.mp4"
        shutil.copy("assets/demo/demo-en.mp4", video)
        variables = {"HOME": home, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
        app = subprocess.Popen([sys.argv[1], "-m", "klipnet_live"], env=os.environ | variables)
        try:
            for task in (read_the_demo, rename_a_speaker, change_language_and_size):
                task()
                print("done:", task.__name__)
            caption_a_video(video)
            print("done: caption_a_video")
            export_a_transcript(Path(home) / "session.srt")
            print("done: export_a_transcript")
        finally:
            app.terminate()
            app.wait()


def read_the_demo() -> None:
    """Start the demo from the start page, and read its captions in the list."""
    until("the guide", lambda: window() is not None and window().getRoleName() == "dialog")
    press("Escape")
    tab_to("push button", "Watch the demo")
    press("space")
    until("captions", lambda: len(captions()) >= 4)
    tab_to("list item")
    press("Home", "Down")
    assert focus().name.startswith("Speaker"), focus().name


def rename_a_speaker() -> None:
    press("F2")
    until("the field of a name", lambda: focus().getRoleName() == "text")
    field = focus().name.removeprefix("Name of ")
    write("Ada")
    press("Return", "Escape")
    until("the new name", lambda: any(line.startswith("Ada: ") for line in captions()))
    assert not any(line.startswith(field) for line in captions())
    assert focus().getRoleName() == "list item", "the focus returns to the line"


def change_language_and_size() -> None:
    press("ctrl+comma")
    until("the tabs", lambda: focus().getRoleName() == "page tab")
    press("Right")
    tab_to("spin button")
    press("ctrl+a")
    write("125")
    press("Return")
    assert focus().queryValue().currentValue == 125.0
    press("shift+Tab", "shift+Tab")
    assert focus().getRoleName() == "combo box"
    press("End")
    until("Korean", lambda: focus().name == "한국어" and window().name.startswith("설정"))
    press("Escape")


def caption_a_video(video: Path) -> None:
    press("ctrl+e")
    until("the field of the video", lambda: focus().getRoleName() == "text")
    write(str(video))
    press("Return")
    until("the name of the file", lambda: "talk.srt" in text_of(focus()))
    press("Return")
    until("subtitles", video.with_suffix(".srt").is_file)
    until("the end", lambda: window().getRoleName() == "dialog" and focus().getRoleName() == "push button")
    press("Escape")


def export_a_transcript(target: Path) -> None:
    press("ctrl+t")
    until("the transcripts", lambda: window().name.startswith("자막 기록"))
    tab_to("push button", "내보내기(X)…")
    press("space")
    until("the name of the file", lambda: ".srt" in text_of(focus()))
    press("ctrl+a")
    write(str(target))
    press("Return")
    until("the exported file", target.is_file)
    assert "bin blue" in target.read_text(encoding="utf-8")


def press(*keys: str) -> None:
    for key in keys:
        subprocess.run(["xdotool", "key", "--clearmodifiers", key], check=True)
        time.sleep(0.3)


def write(text: str) -> None:
    subprocess.run(["xdotool", "type", "--delay", "25", text], check=True)
    time.sleep(0.3)


def tab_to(role: str, name: str | None = None) -> None:
    """Press Tab until this has the focus; not more often than there are stops in a window."""
    for _ in range(40):
        element = focus()
        if element is not None and element.getRoleName() == role and name in (None, element.name):
            return
        press("Tab")
    raise AssertionError(f"Tab does not reach {role} {name or ''}")


def until(what: str, holds: Callable[[], bool]) -> None:
    end_s = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end_s:
        try:
            if holds():
                return
        except (AttributeError, RuntimeError):
            pass  # The window is being built.
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come")


def window() -> Any:
    """The active window of the app."""
    desktop = pyatspi.Registry.getDesktop(0)
    for number in range(desktop.childCount):
        app = desktop[number]
        if app is not None and "klipnet" in (app.name or ""):
            windows = [app[place] for place in range(app.childCount)]
            return next((one for one in windows if has(one, pyatspi.STATE_ACTIVE)), None)
    return None


def focus() -> Any:
    """The element with the focus; the current item of a list claims it even while its list has not got it."""
    found = None
    for element in elements(window()):
        if has(element, pyatspi.STATE_FOCUSED) and (
            element.getRoleName() not in _ITEMS or has(element.parent, pyatspi.STATE_FOCUSED)
        ):
            found = element
    return found


def captions() -> list[str]:
    lists = [element for element in elements(window()) if element.getRoleName() == "list"]
    return [line.name for one in lists for line in one if ": " in line.name]


def elements(top: Any) -> Iterator[Any]:
    """This element and those in it, except for the lists of combo boxes."""
    if top is None:
        return
    yield top
    if top.getRole() != pyatspi.ROLE_COMBO_BOX:
        for number in range(top.childCount):
            yield from elements(top[number])


def has(element: Any, state: Any) -> bool:
    return element is not None and bool(element.getState().contains(state))


def text_of(element: Any) -> str:
    return str(element.queryText().getText(0, -1)) if element.getRoleName() == "text" else ""


if __name__ == "__main__":
    main()
