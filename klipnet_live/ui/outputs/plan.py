"""Creates the outputs that are turned on in the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klipnet_live.captions.on_screen import OnScreen, SpeakerStyle
from klipnet_live.outputs.base import Output
from klipnet_live.pipeline.outputs import Outputs
from klipnet_live.settings import Settings, VirtualCameraSettings
from klipnet_live.types import UserError
from klipnet_live.ui.captions.speakers import SpeakerBook

CAMERA, TEXT_FILE, WEBSOCKET, ZOOM, TYPING = "virtual camera", "text file", "websocket", "zoom", "typing"

SWITCHES = {
    CAMERA: ("virtual_camera", "on"),
    TEXT_FILE: ("outputs", "text_file_on"),
    WEBSOCKET: ("outputs", "websocket"),
    ZOOM: ("outputs", "zoom"),
    TYPING: ("outputs", "typing"),
}
"""Settings group and value that turn each output on and off."""


@dataclass(frozen=True, slots=True)
class OutputPlan:
    """How to make an output; if `key` changes, the output must be made again."""

    key: tuple[Any, ...]
    make: Callable[[], Output]


class OutputFactory:
    """Creates outputs from the settings. Their libraries are imported on first use.

    `on_problem` is called with the output's name on an output's thread; None: the camera works again.
    """

    def __init__(
        self, outputs: Outputs, speakers: SpeakerBook, on_problem: Callable[[str, UserError | None], object]
    ) -> None:
        self._outputs = outputs
        self._speakers = speakers
        self._on_problem = on_problem

    def plans(self, settings: Settings) -> dict[str, OutputPlan]:
        """Plans of all outputs that are turned on and fully configured."""
        camera, outputs = settings.virtual_camera, settings.outputs
        plans = {}
        if camera.on:
            plans[CAMERA] = OutputPlan((camera,), lambda: self._camera(camera))
        if outputs.text_file_on and (path := outputs.text_file):
            plans[TEXT_FILE] = OutputPlan((path,), lambda: self._text_file(Path(path)))
        if outputs.websocket and (token := outputs.websocket_token):
            port = outputs.websocket_port
            plans[WEBSOCKET] = OutputPlan((port, token), lambda: self._websocket(port, token))
        if outputs.zoom and (url := outputs.zoom_url):
            language = settings.language
            plans[ZOOM] = OutputPlan((url, language), lambda: self._zoom(url, language))
        if outputs.typing:
            plans[TYPING] = OutputPlan((), self._typing)
        return plans

    def _camera(self, settings: VirtualCameraSettings) -> Output:
        from klipnet_live.captions.painter import CaptionPainter
        from klipnet_live.outputs.virtual_camera import CameraOutput, VirtualCamera

        width, height = map(int, settings.size.split("x"))
        camera = VirtualCamera((width, height), device=settings.device, on_message=self._problem_of(CAMERA))
        return CameraOutput(camera, self._outputs.newest, OnScreen(self._look_of), CaptionPainter().paint)

    def _text_file(self, path: Path) -> Output:
        from klipnet_live.outputs.text_file import TextFileOutput

        return TextFileOutput(
            path, self._outputs.newest, self._problem_of(TEXT_FILE), OnScreen(self._look_of)
        )

    def _websocket(self, port: int, token: str) -> Output:
        from klipnet_live.outputs.websocket import WebSocketOutput, WebSocketServer

        return WebSocketOutput(WebSocketServer(port, token))

    def _zoom(self, url: str, language: str) -> Output:
        from klipnet_live.outputs.outbox import LineOutput
        from klipnet_live.outputs.zoom import ZoomCaptions

        return LineOutput(ZoomCaptions(url, language, self._problem_of(ZOOM)), self._speakers.name)

    def _typing(self) -> Output:
        from klipnet_live.outputs.outbox import LineOutput
        from klipnet_live.outputs.typing.keyboard import keyboard
        from klipnet_live.outputs.typing.typed_lines import TypedLines

        return LineOutput(TypedLines(keyboard()))

    def _problem_of(self, name: str) -> Callable[[UserError | None], object]:
        return lambda problem: self._on_problem(name, problem)

    def _look_of(self, speaker: str) -> SpeakerStyle:
        return SpeakerStyle(self._speakers.name(speaker), self._speakers.colour_on_dark(speaker).name())
