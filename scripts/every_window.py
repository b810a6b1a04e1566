"""Takes a screenshot of every window in both languages and each theme, at 100 % and 200 %, for review.

    xvfb-run -s "-screen 0 1920x1080x24" python -m scripts.every_window FOLDER

Run it at the top of the checkout. The captions are made up; the picture is the bundled demo's.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Literal

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from klipnet_live.capture.source import open_source
from klipnet_live.doctor import Check, checks
from klipnet_live.phrases.in_use import ProfilesInUse
from klipnet_live.pipeline.preview import Preview
from klipnet_live.settings import Settings
from klipnet_live.settings_file import save
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.app.application import make_application
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.services import Services, StartChoice
from klipnet_live.ui.sources.catalogue import CatalogueReader
from tests.ui.every_window import DEMO, DEVICES, Stage, store_phrases, store_sessions
from tests.ui.fakes import FakeDictation, FakeFactory, FakeJobs, FakePhraseStudio, FakeStudios, Networks

_LANGUAGES: tuple[Literal["en", "ko"], ...] = ("en", "ko")
_THEMES: tuple[Literal["light", "dark", "contrast"], ...] = ("light", "dark", "contrast")
_SCALES = (1.0, 2.0)
_SETTLE_MS = 700


def main() -> None:
    application = make_application()
    picture, findings = demo_picture(), checks()
    for language, theme, scale in product(_LANGUAGES, _THEMES, _SCALES):
        look = Settings(interface_language=language, theme=theme, text_scale=scale, guide_done=True)
        with stage_of(application, look, picture, findings) as stage:
            take(stage, Path(sys.argv[1]) / f"{language}-{theme}-{scale:.0%}")


@contextmanager
def stage_of(
    application: QApplication, look: Settings, picture: Preview, findings: Sequence[Check]
) -> Iterator[Stage]:
    """An app with these settings and its own home folder."""
    with tempfile.TemporaryDirectory() as home:
        settings_path, store = Path(home) / "settings.json", SessionStore(Path(home) / "sessions")
        os.environ["XDG_DATA_HOME"] = home
        save(look, settings_path)
        store_sessions(store)
        store_phrases()
        factory, jobs, studios = FakeFactory(), FakeJobs(), FakeStudios()
        phrases = PhraseServices(Networks(), FakePhraseStudio, FakeDictation, ProfilesInUse())
        services = Services(factory, jobs, studios, lambda: findings, store, phrases)
        desktop = AppShell(application, settings_path, services, CatalogueReader(lambda: DEVICES))
        desktop.open(StartChoice())
        yield Stage(desktop, factory, jobs, studios, lambda: QTest.qWait(_SETTLE_MS), lambda: picture)
        # Otherwise the next stage would find its texts.
        desktop.settings_store.change(interface_language="en")
        desktop.window.close()
        desktop.finish()


def take(stage: Stage, folder: Path) -> None:
    """Save a picture of each window under its name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, window in stage.windows():
        QTest.qWait(100)
        window.grab().save(str(folder / f"{name}.png"))
    print(folder)


def demo_picture() -> Preview:
    """A frame of the demo with the faces found in it."""
    tracker = FaceTracker()
    for frame in open_source(str(DEMO), pace="fast").frames():
        faces = tracker.update(frame).faces
        if faces and frame.index > 20:
            break
    tracker.close()
    return Preview(frame, faces)


if __name__ == "__main__":
    main()
