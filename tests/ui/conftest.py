"""Fixtures for the tests of the window: Qt without a display, and the whole app over fakes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from klipnet_live.capture import Device
from klipnet_live.settings import Settings
from klipnet_live.settings_file import save
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.services import Services, StartChoice
from klipnet_live.ui.look.appearance import Appearance, appearance_of, apply_appearance
from klipnet_live.ui.look.fonts import load_fonts
from klipnet_live.ui.sources.catalogue import Catalogue, CatalogueReader
from tests.ui.fakes import FakeFactory, FakeJobs, FakeStudios

CAMERAS = Catalogue(cameras=(Device("camera:0", "Front"), Device("camera:1", "Side")))
PATIENCE_MS = 60_000
Open = Callable[..., AppShell]


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """pytest-qt's fixture with more patience than its 5 s, for slow and busy machines."""
    for wait in ("waitUntil", "waitSignal"):
        monkeypatch.setattr(qtbot, wait, partial(getattr(qtbot, wait), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    look = appearance_of(Settings(theme="light"), load_fonts())
    apply_appearance(qapp, look)
    return look


@pytest.fixture
def factory() -> FakeFactory:
    return FakeFactory()


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


@pytest.fixture
def services(factory: FakeFactory, store: SessionStore) -> Services:
    return Services(factory, FakeJobs(), FakeStudios(), lambda: [], store)


@pytest.fixture
def settings_path(tmp_path: Path) -> Path:
    path = tmp_path / "settings.json"
    save(Settings(guide_done=True, interface_language="en", theme="light"), path)
    return path


@pytest.fixture
def open_desktop(
    qtbot: QtBot, qapp: QApplication, services: Services, factory: FakeFactory, settings_path: Path
) -> Iterator[Open]:
    opened: list[AppShell] = []

    def make(
        source: str | None = None, catalogue: Catalogue = CAMERAS, language: str | None = None
    ) -> AppShell:
        reader = CatalogueReader(lambda: catalogue)
        desktop = AppShell(qapp, settings_path, services, reader)
        opened.append(desktop)
        qtbot.addWidget(desktop.window)
        with qtbot.waitSignal(reader.read):
            desktop.open(StartChoice(source, language))
        return desktop

    yield make
    # Closing the window waits for running pipelines.
    for pipeline in factory.made:
        pipeline.end()
    for desktop in opened:
        desktop.settings_store.change(interface_language="en")
        desktop.overlay.window.close()
        desktop.window.close()
        desktop.finish()
