"""Keeps the outputs in step with the settings, and reports their state."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QObject, Signal

from klipnet_live.pipeline.base import Pipeline
from klipnet_live.pipeline.outputs import Outputs, OutputState
from klipnet_live.settings import Settings
from klipnet_live.types import UserError
from klipnet_live.ui.captions.speakers import SpeakerBook
from klipnet_live.ui.core.actions import Actions
from klipnet_live.ui.core.controller import Request
from klipnet_live.ui.core.settings_store import SettingsStore
from klipnet_live.ui.outputs.plan import CAMERA, SWITCHES, TYPING, ZOOM, OutputFactory, OutputPlan

_TOKEN_BYTES = 24


class OutputsPresenter(QObject):
    """Follows each pipeline; outputs stay open between pipelines."""

    message = Signal(object, str)
    """A UserError or an information text for the message bar, and the name of the output."""

    no_camera = Signal(object)
    """A UserError: no virtual camera can be opened here."""

    _state = Signal(object)
    _problem = Signal(str, object)
    """Both are emitted from the outputs' threads."""

    def __init__(
        self,
        settings_store: SettingsStore,
        speakers: SpeakerBook,
        actions: Actions,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings_store = settings_store
        self._actions = actions
        self._outputs = Outputs(self._state.emit)
        self._factory = OutputFactory(self._outputs, speakers, self._problem.emit)
        self._running: dict[str, OutputPlan] = {}
        self._state.connect(self._show_state)
        self._problem.connect(self._show_problem)
        for name, action in ((CAMERA, actions.virtual_camera), (TYPING, actions.typing)):
            action.triggered.connect(lambda on, name=name: self._switch(name, on))
        settings_store.changed.connect(self._apply)

    def begin(self, pipeline: Pipeline, request: Request) -> None:
        self._outputs.attach(pipeline)

    def end(self) -> None:
        self._outputs.detach()

    def open(self) -> None:
        """Open the outputs that are turned on in the settings."""
        self._apply(self._settings_store.settings)

    def close(self, timeout_s: float = 2.0) -> None:
        """Close all outputs and release their devices and ports."""
        self._outputs.close(timeout_s)

    def _apply(self, settings: Settings) -> None:
        if settings.outputs.websocket and not settings.outputs.websocket_token:
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            self._settings_store.change_part("outputs", websocket_token=token)
            return
        self._actions.virtual_camera.setChecked(settings.virtual_camera.on)
        self._actions.typing.setChecked(settings.outputs.typing)
        plans = self._factory.plans(settings)
        for name in self._running.keys() - plans.keys():
            del self._running[name]
            self._outputs.stop(name)
        for name, plan in plans.items():
            if name not in self._running or self._running[name].key != plan.key:
                self._start(name, plan)

    def _start(self, name: str, plan: OutputPlan) -> None:
        self._running[name] = plan
        try:
            self._outputs.start(name, plan.make())
        except UserError as error:
            self._give_up(name, error)

    def _show_state(self, state: OutputState) -> None:
        if state.problem is not None and state.tries_again:
            self.message.emit(state.problem, state.name)
        elif state.problem is not None:
            self._give_up(state.name, state.problem)
        elif state.open and (text := self._opened_text(state)):
            self.message.emit(text, state.name)

    def _show_problem(self, name: str, problem: UserError | None) -> None:
        self.message.emit(problem or self.tr("The virtual camera works again."), name)

    def _opened_text(self, state: OutputState) -> str:
        if state.name == CAMERA:
            text = self.tr("The virtual camera is on. Choose {device} as the camera in your meeting.")
            return text.format(device=state.detail)
        if state.name == ZOOM:
            return self.tr("Captions are now sent to Zoom.")
        if state.name == TYPING:
            return self.tr("Completed lines are now typed into the focused window.")
        return ""

    def _give_up(self, name: str, problem: UserError) -> None:
        """Turn off an output that cannot work, so that its switch shows the true state."""
        if name in self._running:
            self._switch(name, False)
        if name == CAMERA:
            self.no_camera.emit(problem)
        else:
            self.message.emit(problem, name)

    def _switch(self, name: str, on: bool) -> None:
        part, value = SWITCHES[name]
        self._settings_store.change_part(part, **{value: on})
