"""Texts of the diagnostic checks, listed so that lupdate finds them."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from klipnet_live.types import UserError
from klipnet_live.ui.core.pipeline_port import FindingTextLike
from klipnet_live.ui.text.error_texts import message_text

TEXTS = (
    QT_TRANSLATE_NOOP("doctor", "Install it: pip install ctranslate2"),
    QT_TRANSLATE_NOOP("doctor", "Microphones"),
    QT_TRANSLATE_NOOP("doctor", "This computer's sound"),
    QT_TRANSLATE_NOOP("doctor", "Sound models"),
    QT_TRANSLATE_NOOP("doctor", "not available"),
    QT_TRANSLATE_NOOP("doctor", "Connect one, or use lip reading without sound."),
    QT_TRANSLATE_NOOP("doctor", "damaged: {models}"),
    QT_TRANSLATE_NOOP("doctor", "Get them again: klipnet-live sound get en, or ko"),
    QT_TRANSLATE_NOOP("doctor", "none: only lips are read"),
    QT_TRANSLATE_NOOP("doctor", "For speech recognition: klipnet-live sound get en, or ko"),
    QT_TRANSLATE_NOOP("doctor", "CTranslate2, needed for Korean, is not installed"),
    QT_TRANSLATE_NOOP("doctor", "for {languages}"),
    QT_TRANSLATE_NOOP("doctor", "Face model"),
    QT_TRANSLATE_NOOP("doctor", "Lip models"),
    QT_TRANSLATE_NOOP("doctor", "Display"),
    QT_TRANSLATE_NOOP("doctor", "Window system"),
    QT_TRANSLATE_NOOP("doctor", "Fonts"),
    QT_TRANSLATE_NOOP("doctor", "Cameras"),
    QT_TRANSLATE_NOOP("doctor", "Screen capture"),
    QT_TRANSLATE_NOOP("doctor", "Virtual camera"),
    QT_TRANSLATE_NOOP("doctor", "Install KLipNet Live again."),
    QT_TRANSLATE_NOOP("doctor", "Install KLipNet Live again: pip install ."),
    QT_TRANSLATE_NOOP("doctor", "Install KLipNet Live again. Until then the system font is used."),
    QT_TRANSLATE_NOOP("doctor", "Put a model folder there, or install KLipNet Live again."),
    QT_TRANSLATE_NOOP("doctor", "Use Python 3.11, 3.12 or 3.13."),
    QT_TRANSLATE_NOOP("doctor", "Connect one, or use a screen or a file."),
    QT_TRANSLATE_NOOP(
        "doctor", "Give this user access to cameras: sudo usermod -aG video $USER, then log in again."
    ),
    QT_TRANSLATE_NOOP(
        "doctor", "Start it on a desktop, or use `klipnet-live watch` or `klipnet-live caption` without one."
    ),
    QT_TRANSLATE_NOOP("doctor", "the desktop"),
    QT_TRANSLATE_NOOP("doctor", "none: DISPLAY and WAYLAND_DISPLAY are empty"),
    QT_TRANSLATE_NOOP("doctor", "included with Qt"),
    QT_TRANSLATE_NOOP("doctor", "Qt's libraries for {kind} are installed"),
    QT_TRANSLATE_NOOP("doctor", "libraries missing for Qt on {kind}: {libraries}"),
    QT_TRANSLATE_NOOP(
        "doctor", "sudo apt install {packages} (Debian, Ubuntu; similar names on other systems)"
    ),
    QT_TRANSLATE_NOOP("doctor", "missing or damaged: {files}"),
    QT_TRANSLATE_NOOP("doctor", "Pretendard, for Hangul and Latin"),
    QT_TRANSLATE_NOOP("doctor", "none found"),
    QT_TRANSLATE_NOOP("doctor", "with the desktop's service, which asks first"),
    QT_TRANSLATE_NOOP("doctor", "the screen cannot be captured"),
    QT_TRANSLATE_NOOP("doctor", "PortAudio is not installed"),
    QT_TRANSLATE_NOOP("doctor", "not installed"),
    QT_TRANSLATE_NOOP("doctor", "none is usable"),
    QT_TRANSLATE_NOOP(
        "doctor", "This build does not include the virtual camera. Install it: `pip install klipnet-live`."
    ),
    QT_TRANSLATE_NOOP("doctor", "not ready: {names}"),
    QT_TRANSLATE_NOOP("doctor", "{first} Or: {second}"),
    QT_TRANSLATE_NOOP("doctor", "{names}: not allowed"),
    QT_TRANSLATE_NOOP(
        "doctor", "{size}; if captures show only the wallpaper, allow Screen Recording in Privacy & Security"
    ),
    QT_TRANSLATE_NOOP("doctor", "{version} is not supported"),
    QT_TRANSLATE_NOOP("doctor", "not available for {where}"),
    QT_TRANSLATE_NOOP(
        "doctor", "Use Linux or Windows on x86-64, or macOS on arm64: MediaPipe {version} exists only there."
    ),
    QT_TRANSLATE_NOOP("doctor", "{version} is not the pinned release, which sends no usage data"),
    QT_TRANSLATE_NOOP("doctor", "{version}, the face tracker works"),
    QT_TRANSLATE_NOOP("doctor", "{path} is missing"),
    QT_TRANSLATE_NOOP("doctor", "{path} differs from the published file"),
    QT_TRANSLATE_NOOP("doctor", "{file}, as published"),
    QT_TRANSLATE_NOOP("doctor", "these packages overwrite each other: {packages}"),
    QT_TRANSLATE_NOOP("doctor", "pip uninstall {packages}, then: pip install {package}"),
    QT_TRANSLATE_NOOP("doctor", "{release}, built for {providers}"),
    QT_TRANSLATE_NOOP("doctor", "no model in {folder}"),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Install v4l2loopback (Debian and Ubuntu: sudo apt install v4l2loopback-dkms; Fedora: "
        "akmod-v4l2loopback from RPM Fusion; Arch: v4l2loopback-dkms), then load it: sudo modprobe "
        'v4l2loopback exclusive_caps=1 card_label="KLipNet Live"',
    ),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Zoom and browsers do not list the camera without exclusive_caps=1. Close programs that use "
        "it, then: sudo modprobe -r v4l2loopback && sudo modprobe v4l2loopback exclusive_caps=1 "
        'card_label="KLipNet Live"',
    ),
    QT_TRANSLATE_NOOP(
        "doctor",
        "You have no permission to write to the camera: sudo usermod -aG video $USER, then log in again.",
    ),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Install OBS (obsproject.com), start it, click Start Virtual Camera, allow its camera extension in "
        "System Settings, click Stop Virtual Camera and quit OBS.",
    ),
    QT_TRANSLATE_NOOP("doctor", "Install OBS (obsproject.com). It does not need to be running."),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Download Unity Capture (github.com/schellingb/UnityCapture) and run Install.bat in its "
        "Install folder as administrator.",
    ),
)


def translated(text: str | FindingTextLike) -> str:
    """Translate a text; values, and texts that are not listed, are left unchanged."""
    if isinstance(text, UserError):
        return message_text(text)
    if isinstance(text, FindingTextLike):
        values = {name: _value(value) for name, value in text.values.items()}
        return QCoreApplication.translate("doctor", text.template).format(**values)
    return QCoreApplication.translate("doctor", text)


def _value(value: object) -> object:
    """Translate values that are themselves texts."""
    return translated(value) if isinstance(value, str | FindingTextLike) else value
