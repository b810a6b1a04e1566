"""Every window with text at double size: no text is cut off or left in English in the Korean interface."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabBar,
    QWidget,
)

from klipnet_live.assets import ASSETS
from klipnet_live.decoding.grammar import load_sentences
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.phrases.in_use import ProfilesInUse
from klipnet_live.settings import Settings
from klipnet_live.settings_file import save
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.phrases_port import PhraseServices
from klipnet_live.ui.core.services import Services
from klipnet_live.ui.models.model_list import list_models
from klipnet_live.ui.widgets.elided_label import ElidedLabel
from tests.ui.conftest import Open
from tests.ui.every_window import (
    DEVICES,
    PHRASES,
    TRAINING_RESULT,
    Stage,
    open_stage,
    store_phrases,
)
from tests.ui.fakes import FakeDictation, FakeFactory, FakeJobs, FakePhraseStudio, FakeStudios, Networks

SETTLE_MS = 250
PLAIN = Qt.TextFormat.PlainText
_UNDERLINED = re.compile("(?<!&)&([^& ])")
SAME_IN_KOREAN = {"English", "KLipNet Live", "klipnet-live"}


@pytest.fixture
def services(
    factory: FakeFactory, store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Services:
    """Services with personal phrases."""
    for module in ("klipnet_live.phrases.profile_storage", "tests.ui.every_window"):
        monkeypatch.setattr(f"{module}.profiles_folder", lambda: tmp_path / "phrases")
    store_phrases()
    phrases = PhraseServices(Networks(), FakePhraseStudio, FakeDictation, ProfilesInUse())
    return Services(factory, FakeJobs(), FakeStudios(), lambda: [], store, phrases)


@pytest.fixture(params=["ko", "en"])
def stage(
    request: pytest.FixtureRequest,
    settings_path: Path,
    store: SessionStore,
    services: Services,
    open_desktop: Open,
) -> Stage:
    save(Settings(guide_done=True, interface_language=request.param, text_scale=2.0), settings_path)
    return open_stage(open_desktop, services, store, SETTLE_MS)


def test_every_text_fits_and_is_in_the_language_of_the_interface(stage: Stage) -> None:
    korean = stage.desktop.settings_store.settings.interface_language == "ko"
    untranslated = untranslated_texts(stage.desktop)
    problems: set[str] = set()
    for name, window in stage.windows():
        QApplication.processEvents()
        problems |= {f"{name}: Alt+{key} more than once" for key in repeated_keys(window)}
        for widget in (window, *window.findChildren(QWidget)):
            if widget.isVisible():
                problems |= {f"{name}: cut off: {text!r}" for text in texts_cut_off(widget)}
                if isinstance(widget, QLabel) and widget.text() and widget.textFormat() != PLAIN:
                    problems.add(f"{name}: may be taken for HTML: {widget.text()!r}")
                if korean:
                    problems |= {
                        f"{name}: English: {text!r}"
                        for text in texts_of(widget)
                        if is_english(text, untranslated)
                    }
    assert sorted(problems) == []


def repeated_keys(window: QWidget) -> set[str]:
    """Letters that would only move the focus between controls, as several have them underlined."""
    controls = window.findChildren(QLabel) + window.findChildren(QAbstractButton)
    visible = [widget for widget in controls if widget.isVisible() and widget.window() is window]
    keys = Counter(found[1].upper() for widget in visible if (found := _UNDERLINED.search(widget.text())))
    return {key for key, count in keys.items() if count > 1}


def texts_cut_off(widget: QWidget) -> Iterator[str]:
    """Texts that do not fit their widget. Tabs scroll and boxes open, so they are not checked."""
    if isinstance(widget, QLabel) and widget.text() and not isinstance(widget, ElidedLabel):
        needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
        if needed > widget.height() or (not widget.wordWrap() and widget.sizeHint().width() > widget.width()):
            yield widget.text()
    elif isinstance(widget, QPushButton | QCheckBox) and widget.sizeHint().width() > widget.width():
        yield widget.text()


def texts_of(widget: QWidget) -> Iterator[str]:
    """All texts of a widget that a user can see or hear."""
    yield from (widget.windowTitle() if widget.isWindow() else "", widget.accessibleName(), widget.toolTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (action.text() for action in widget.actions())


def is_english(text: str, untranslated: set[str]) -> bool:
    command = text.startswith("klipnet-live toggle")
    return (
        bool(re.search("[A-Za-z]{3}", text))
        and not re.search("[가-힣]", text)
        and not (command or text in untranslated)
    )


def untranslated_texts(desktop: AppShell) -> set[str]:
    """Texts that are not translated: names of devices, models and fonts, and sentences to speak."""
    devices = {device.name for device in (*DEVICES.cameras, *DEVICES.windows)}
    models = {model.name for model in list_models()}
    sentences = set(load_sentences(ASSETS / "sentences" / "en.txt", alphabet_for("en")))
    own = {"Ada", *PHRASES, *(text for reading in TRAINING_RESULT.readings for text in astuple(reading))}
    own |= {f"✓ {text}" for text in own} | {f"{n}  {text}" for text in own for n in (1, 2, 3)}
    return SAME_IN_KOREAN | devices | models | sentences | own | set(QFontDatabase.families())
