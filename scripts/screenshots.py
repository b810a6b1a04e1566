"""Makes the README's pictures of the window.

    xvfb-run -s "-screen 0 1400x900x24" python scripts/screenshots.py

The app reads the bundled demo, whose talkers are synthetic, once with an English and once with a Korean
interface. The picture is taken while somebody speaks. Where there is no Korean model, the demo is English.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QTimer

from klipnet_live import cli
from klipnet_live.assets import ASSETS, DEMOS
from klipnet_live.settings import Settings, default_path, save
from klipnet_live.types import CaptionEvent
from klipnet_live.ui.app import application
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.models.model_list import list_models

SIZE = (1400, 900)
COMPLETED_BEFORE = 3
"""Lines above the one that is being spoken."""

_LANGUAGES = ("en", "ko")
_TAKE = "--take"


class PhotographedShell(AppShell):
    """The app's windows, which close once their picture is taken."""

    picture: Path

    def open(self, *choice: Any) -> None:
        self._completed = 0
        self.controller.caption.connect(self._consider)
        super().open(*choice)

    def _consider(self, event: CaptionEvent) -> None:
        self._completed += event.event == "completed" and bool(event.text)
        if self._completed >= COMPLETED_BEFORE and event.tentative and len(event.text.split()) > 2:
            self.controller.caption.disconnect(self._consider)
            self.window.grab().save(str(self.picture))
            QTimer.singleShot(0, self.window.close)


def main() -> None:
    if _TAKE in sys.argv:
        take(Path(sys.argv[2]), "ko" if sys.argv[3] == "ko" else "en")
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("-o", "--output", type=Path, default=ASSETS / "screenshots", metavar="FOLDER")
    folder: Path = parser.parse_args().output
    folder.mkdir(parents=True, exist_ok=True)
    for language in _LANGUAGES:
        picture = folder / f"window-{language}.png"
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
            command = [sys.executable, __file__, _TAKE, str(picture), language]
            subprocess.run(command, env=environment, check=True, timeout=300)
        print(picture)


def take(picture: Path, language: Literal["en", "ko"]) -> None:
    """Runs the app as a user of this language sees it, until its picture is taken."""
    spoken = language if language in {model.language for model in list_models()} else "en"
    place = (0, 0, *SIZE)
    look = Settings(interface_language=language, theme="light", guide_done=True, window_geometry=place)
    save(look, default_path())
    PhotographedShell.picture = picture
    application.AppShell = PhotographedShell  # type: ignore[attr-defined]
    sys.exit(cli.main([str(DEMOS / f"demo-{spoken}.mp4"), "--language", spoken]))


if __name__ == "__main__":
    main()
