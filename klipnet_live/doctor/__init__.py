"""Checks what this computer has, what is missing, and how to fix it."""

from __future__ import annotations

from collections.abc import Callable

from klipnet_live.doctor.check import Check
from klipnet_live.doctor.desktop import display_check, fonts_check, qt_libraries_check
from klipnet_live.doctor.devices import (
    cameras_check,
    microphones_check,
    outputs_check,
    screen_check,
    virtual_camera_check,
)
from klipnet_live.doctor.report import print_report
from klipnet_live.doctor.software import (
    face_model_check,
    mediapipe_check,
    models_check,
    onnxruntime_check,
    python_check,
    sound_models_check,
)

__all__ = ["Check", "checks", "print_report"]

_CHECKS: tuple[tuple[str, Callable[[str], Check]], ...] = (
    ("Python", python_check),
    ("MediaPipe", mediapipe_check),
    ("Face model", face_model_check),
    ("ONNX Runtime", onnxruntime_check),
    ("Lip models", models_check),
    ("Display", display_check),
    ("Window system", qt_libraries_check),
    ("Fonts", fonts_check),
    ("Cameras", cameras_check),
    ("Screen capture", screen_check),
    ("Virtual camera", virtual_camera_check),
    ("Microphones", microphones_check),
    ("This computer's sound", outputs_check),
    ("Sound models", sound_models_check),
)


def checks() -> list[Check]:
    """Results of all checks in the order of the report. Takes seconds, since devices are opened."""
    return [_run(name, check) for name, check in _CHECKS]


def _run(name: str, check: Callable[[str], Check]) -> Check:
    try:
        return check(name)
    except Exception as error:
        # A broken system may fail in unexpected ways; the other checks still matter.
        return Check(name, False, f"{type(error).__name__}: {error}", "Install KLipNet Live again.")
