"""Opens every window of the app with content, one after the other, for checks and screenshots."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from klipnet_live.assets import DEMOS
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.capture import Device
from klipnet_live.export.job_state import CaptionTask, JobState
from klipnet_live.phrases.profile_storage import profiles_folder, save_profile
from klipnet_live.pipeline.preview import Preview
from klipnet_live.recording.training import ComparedSentence, TrainingResult, TrainingState, TrainingTask
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import UserError
from klipnet_live.ui.app.shell import AppShell
from klipnet_live.ui.core.services import Services
from klipnet_live.ui.sources.catalogue import Catalogue
from klipnet_live.ui.training.dialog import TrainingDialog, TrainingOffer
from tests.ui.fakes import FakeFactory, FakeJobs, FakeStudios, caption, preview_of_two, profile_of_phrases

DEMO = DEMOS / "demo-en.mp4"
DEVICES = Catalogue(
    cameras=(Device("camera:0", "Integrated Camera"), Device("camera:2", "Logitech BRIO 4K Stream")),
    windows=(Device("window:Zoom", "Zoom Meeting"),),
)
CAPTIONS = (
    ("1", "place green at v one soon", "", 0.96),
    ("2", "무를 당장 심어라", "", 0.91),
    ("1", "set white with p two please and lay red by z nine again until the line is wrapped", "", 0.31),
    ("2", "bin blue", " at f", 0.8),
)
"""Speaker, committed and tentative text, confidence."""

PHRASES = (
    "물 주세요",
    "Water, please",
    "I am in pain",
    "감사합니다",
    "Please close the window",
    "Good night",
)
"""Phrases of the stored profile; the last one has no takes yet."""

NamedWindows = Iterator[tuple[str, QWidget]]


TRAINING_RESULT = TrainingResult(
    Path("me-en"),
    6,
    2,
    5,
    (
        ComparedSentence("bin red in n nine please", "bin red in m one please", "bin red in n nine please"),
        ComparedSentence(
            "place white by x five again", "lay white with s two", "place white by s five again"
        ),
    ),
)


class FakeTraining:
    """A training run whose state is set from outside."""

    state = TrainingState()

    def __init__(self, task: TrainingTask) -> None:
        self.task = task

    def start(self) -> None:
        pass


def store_sessions(store: SessionStore) -> None:
    """Store three sessions, in both languages."""
    started = datetime(2026, 3, 2, 9, 30).astimezone()
    for day, title in enumerate(("Weekly planning with the whole team", "월요일 회의", "demo-en.mp4")):
        journal = store.begin(title, "en", "camera:0", started + timedelta(days=day), lambda problem: None)
        for number, (speaker, text, _, confidence) in enumerate(CAPTIONS):
            journal(CaptionLine(speaker, "Ada", 4 * number, 4 * number + 3, text, confidence))
        journal.close()


def store_phrases() -> None:
    """Store a profile of personal phrases in the profiles folder."""
    profile = profile_of_phrases("Ada", PHRASES[:-1]).with_phrases(PHRASES)
    save_profile(profiles_folder() / "Ada", profile)


def open_stage(
    open_desktop: Callable[..., AppShell], services: Services, store: SessionStore, settle_ms: int
) -> Stage:
    """The app over fakes, with sessions in its store and some devices to choose from."""
    store_sessions(store)
    desktop = open_desktop(catalogue=DEVICES)
    assert isinstance(services.open_pipeline, FakeFactory)
    assert isinstance(services.open_job, FakeJobs)
    assert isinstance(services.open_studio, FakeStudios)
    fakes = services.open_pipeline, services.open_job, services.open_studio
    return Stage(desktop, *fakes, lambda: QTest.qWait(settle_ms))


@dataclass(frozen=True, slots=True)
class Stage:
    """The app over fakes. `settle` lets Qt and the app's timers run; `picture` is what the source shows."""

    desktop: AppShell
    factory: FakeFactory
    jobs: FakeJobs
    studios: FakeStudios
    settle: Callable[[], object]
    picture: Callable[[], Preview] = preview_of_two

    def windows(self) -> NamedWindows:
        """Yield a name and a window that stays open until the next one is requested."""
        yield from self._main_window()
        yield from self._meeting()
        yield from self._menus()
        yield from self._about()
        yield from self._region()
        yield from self._overlay()
        yield from self._preferences()
        yield from self._transcripts()
        yield from self._diagnostics()
        yield from self._caption_file()
        yield from self._recording()
        yield from self._phrases()
        yield from self._training()
        yield from self._guide()

    def _main_window(self) -> NamedWindows:
        window = self.desktop.window
        yield "main-empty", window
        window.controls.stop_requested.emit()
        for camera in self.factory.made:
            camera.end()
        window.start_source(str(DEMO))
        self.settle()
        pipeline = self.factory.made[-1]
        for row, (speaker, text, tentative, confidence) in enumerate(CAPTIONS):
            kind = "changed" if tentative else "completed"
            pipeline.say(caption(kind, row, speaker, text, tentative, confidence, 4.0 * row))
        pipeline.preview.put(self.picture())
        self.settle()
        yield "main-reading", window
        window.session_bar.setup_button.click()
        pipeline.preview.put(self.picture())
        self.settle()
        yield "main-picture", window
        window.session_bar.setup_button.click()
        self.desktop.people.show()
        yield "people", self.desktop.people
        self.desktop.people.close()
        window.start_source("screen:0,0,640,480")
        pipeline.end()
        self.settle()
        self.factory.made[-1].say(caption("completed", 0, "2", "lay red by z nine again", "", 0.9, 3.0))
        self.settle()
        yield "main-divided", window
        window.show_message(
            UserError("The screen can no longer be captured ({reason}). Choose it again.", reason="5")
        )
        self.settle()
        yield "main-problem", window
        window.message_bar.dismiss()
        window.actions_.captions_only.trigger()
        yield "main-captions-only", window
        window.actions_.captions_only.trigger()

    def _meeting(self) -> NamedWindows:
        self.desktop.meeting.show()
        self.settle()
        yield "meeting", self.desktop.meeting
        self.desktop.meeting.close()

    def _menus(self) -> NamedWindows:
        window = self.desktop.window
        for number, action in enumerate(window.menuBar().actions()):
            menu = action.menu()
            assert isinstance(menu, QMenu)
            menu.popup(window.pos())
            yield f"menu-{number}", menu
            menu.hide()
        sources = window.controls.sources
        sources.showPopup()
        yield "menu-sources", sources.view().window()
        sources.hidePopup()

    def _about(self) -> NamedWindows:
        self.desktop.actions.about.trigger()
        (box,) = self.desktop.window.findChildren(QMessageBox)
        yield "about", box
        box.close()

    def _region(self) -> NamedWindows:
        regions = self.desktop.window.controls.sources.regions
        regions.pick()
        self.settle()
        yield "region", regions.overlays[0]
        regions.close()

    def _overlay(self) -> NamedWindows:
        self.desktop.settings_store.change_part("overlay", visible=True)
        yield "overlay", self.desktop.overlay.window
        self.desktop.controller.stop()
        yield "overlay-stopped", self.desktop.overlay.window
        self.desktop.settings_store.change_part("overlay", visible=False)

    def _preferences(self) -> NamedWindows:
        preferences = self.desktop.preferences
        preferences.show()
        for tab in range(preferences.tabs.count()):
            preferences.tabs.setCurrentIndex(tab)
            yield f"preferences-{tab}", preferences
        preferences.close()

    def _transcripts(self) -> NamedWindows:
        transcripts = self.desktop.transcripts
        transcripts.show()
        self.settle()
        yield "transcripts", transcripts
        transcripts.search.setText("nobody said this")
        self.settle()
        yield "transcripts-none", transcripts
        transcripts.search.clear()
        transcripts.close()

    def _diagnostics(self) -> NamedWindows:
        self.desktop.diagnostics.show()
        self.settle()
        yield "diagnostics", self.desktop.diagnostics
        self.desktop.diagnostics.close()

    def _caption_file(self) -> NamedWindows:
        dialog = self.desktop.caption_file
        dialog.video.setText("meeting.mp4")
        dialog.show()
        yield "caption-file", dialog
        dialog.run(CaptionTask(DEMO, Path("meeting.srt"), "en", None, None, burn_in=False))
        for stage, part in (("reading", 0.4), ("done", 1.0)):
            self.jobs.made[-1].state = JobState(stage, part, lines=12)
            self.settle()
            yield f"caption-file-{stage}", dialog
        dialog.run(CaptionTask(DEMO, Path("meeting.mp4"), "en", None, None, burn_in=True, review=True))
        lines = tuple(CaptionLine(name, "Ada", 4.0, 6.0, text, sure) for name, text, _, sure in CAPTIONS)
        self.jobs.made[-1].state = JobState("reviewing", lines=len(lines), to_review=lines)
        self.settle()
        assert dialog.review is not None
        yield "caption-file-review", dialog.review
        dialog.review.reject()
        self.jobs.made[-1].state = JobState("cancelled")
        self.settle()
        dialog.run(CaptionTask(DEMO, Path("meeting.srt"), "en", None, None, burn_in=False))
        silent = UserError("A face was found in {path}, but no speech.", path="meeting.mp4")
        self.jobs.made[-1].state = JobState("done", 1.0, notes=(silent,))
        self.settle()
        yield "caption-file-silent", dialog
        dialog.close()

    def _recording(self) -> NamedWindows:
        dialog = self.desktop.recording
        dialog.show()
        dialog.form.sources.set_source("camera:0")
        yield "recording", dialog
        dialog.session_button.click()
        studio = self.studios.made[-1]
        studio.preview.put(self.picture())
        for moment in ("ready", "speaking"):
            self.settle()
            yield f"recording-{moment}", dialog
            dialog.record_button.click()
        studio.state = replace(studio.state, problem=UserError("Choose a camera, a folder and a name first."))
        self.settle()
        yield "recording-problem", dialog
        dialog.close()

    def _phrases(self) -> NamedWindows:
        presenter = self.desktop.phrases
        if presenter is None:
            return
        presenter.show_dialog()
        dialog = presenter.dialog
        dialog.sources.set_source("camera:0")
        self.settle()
        self.settle()
        yield "phrases", dialog
        dialog.record_button.click()
        assert dialog.take_recorder.studio is not None
        dialog.take_recorder.studio.preview.put(self.picture())
        self.settle()
        yield "phrases-showing", dialog
        dialog.close()
        window = self.desktop.window
        for pipeline in self.factory.made:
            pipeline.end()
        self.settle()
        window.start_source(str(DEMO))
        self.settle()
        event = caption("completed", 0, "1", "", "", 0.4, 3.0)
        choices = ("I am in pain", "Water, please", "감사합니다")
        self.factory.made[-1].say(replace(event, readable=False, choices=choices))
        self.settle()
        yield "phrases-choices", window
        presenter.large.show_text("물 주세요")
        yield "phrases-large", presenter.large
        presenter.large.close()
        self.desktop.controller.stop()
        self.settle()

    def _training(self) -> NamedWindows:
        dialog = self.desktop.training
        missing = TrainingDialog(self.desktop.window, is_installed=lambda: False)
        offer = TrainingOffer(lambda: TrainingTask(Path("r"), Path("w"), "me-en"), 42)
        missing.offer(offer)
        yield "training-missing", missing
        missing.close()
        dialog = TrainingDialog(
            self.desktop.window,
            open_run=FakeTraining,
            is_installed=lambda: True,  # type: ignore[arg-type]
        )
        dialog.offer(offer)
        yield "training", dialog
        for state in (
            TrainingState("training", 130, 400, 1260.0),
            TrainingState("done", result=TRAINING_RESULT),
        ):
            FakeTraining.state = state
            dialog.train_button.click()
            self.settle()
            yield f"training-{state.stage}", dialog
        dialog.close()

    def _guide(self) -> NamedWindows:
        guide = self.desktop.show_guide()
        for page in range(guide.pages.count()):
            self.factory.made[-1].preview.put(self.picture())
            self.settle()
            yield f"guide-{page}", guide
            guide.next_button.click()
