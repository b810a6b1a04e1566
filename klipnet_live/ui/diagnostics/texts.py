"""The doctor's fixed texts, listed so that Qt Linguist's lupdate finds them.

Names of products, and what holds names and versions of this computer, stay as the doctor says them.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

TEXTS = (
    QT_TRANSLATE_NOOP("doctor", "Face model"),
    QT_TRANSLATE_NOOP("doctor", "Lip models"),
    QT_TRANSLATE_NOOP("doctor", "Display"),
    QT_TRANSLATE_NOOP("doctor", "Window system"),
    QT_TRANSLATE_NOOP("doctor", "Fonts"),
    QT_TRANSLATE_NOOP("doctor", "Cameras"),
    QT_TRANSLATE_NOOP("doctor", "Screen capture"),
    QT_TRANSLATE_NOOP("doctor", "Virtual camera"),
    QT_TRANSLATE_NOOP("doctor", "Sound"),
    QT_TRANSLATE_NOOP("doctor", "Install KLipNet Live again."),
    QT_TRANSLATE_NOOP("doctor", "Install KLipNet Live again: pip install ."),
    QT_TRANSLATE_NOOP("doctor", "Install KLipNet Live again; until then the system's font is used."),
    QT_TRANSLATE_NOOP("doctor", "Put a model folder there, or install again."),
    QT_TRANSLATE_NOOP("doctor", "Use Python 3.11, 3.12 or 3.13."),
    QT_TRANSLATE_NOOP("doctor", "Connect one, or read from a screen or a file."),
    QT_TRANSLATE_NOOP(
        "doctor", "Let this user see cameras: sudo usermod -aG video $USER, then log in again."
    ),
    QT_TRANSLATE_NOOP(
        "doctor", "Start it on a desktop; without one use `klipnet-live watch` or `klipnet-live caption`."
    ),
    QT_TRANSLATE_NOOP("doctor", "the desktop's"),
    QT_TRANSLATE_NOOP("doctor", "none: DISPLAY and WAYLAND_DISPLAY are empty"),
    QT_TRANSLATE_NOOP("doctor", "Qt brings all that it needs"),
    QT_TRANSLATE_NOOP("doctor", "Qt's libraries for X11 are there"),
    QT_TRANSLATE_NOOP("doctor", "Qt's libraries for Wayland are there"),
    QT_TRANSLATE_NOOP("doctor", "Pretendard, for Hangul and Latin"),
    QT_TRANSLATE_NOOP("doctor", "none found"),
    QT_TRANSLATE_NOOP("doctor", "by the desktop's own service, which asks first"),
    QT_TRANSLATE_NOOP("doctor", "no picture of the screen"),
    QT_TRANSLATE_NOOP("doctor", "PortAudio comes with the program"),
    QT_TRANSLATE_NOOP("doctor", "PortAudio is not there"),
    QT_TRANSLATE_NOOP("doctor", "not installed"),
    QT_TRANSLATE_NOOP("doctor", "none can be used"),
    QT_TRANSLATE_NOOP("doctor", "v4l2loopback is not ready"),
    QT_TRANSLATE_NOOP("doctor", "OBS is not ready"),
    QT_TRANSLATE_NOOP("doctor", "OBS or Unity Capture is not ready"),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Install v4l2loopback (Debian and Ubuntu: sudo apt install v4l2loopback-dkms; Fedora: "
        "akmod-v4l2loopback from RPM Fusion; Arch: v4l2loopback-dkms), then load it: sudo modprobe "
        'v4l2loopback exclusive_caps=1 card_label="KLipNet Live"',
    ),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Without exclusive_caps=1 Zoom and browsers do not list the camera. Close what uses it, then: "
        "sudo modprobe -r v4l2loopback && sudo modprobe v4l2loopback exclusive_caps=1 "
        'card_label="KLipNet Live"',
    ),
    QT_TRANSLATE_NOOP(
        "doctor", "The camera may not be written by you: sudo usermod -aG video $USER, then log in again."
    ),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Install OBS (obsproject.com), start it, click Start Virtual Camera, allow its camera extension in "
        "System Settings, click Stop Virtual Camera and quit OBS.",
    ),
    QT_TRANSLATE_NOOP("doctor", "Install OBS (obsproject.com); it need not be running."),
    QT_TRANSLATE_NOOP(
        "doctor",
        "Download Unity Capture (github.com/schellingb/UnityCapture) and run Install.bat in its "
        "Install folder as administrator.",
    ),
)


def translated(text: str) -> str:
    """The text in the user's language, or as it is where it is none of the fixed ones."""
    return QCoreApplication.translate("doctor", text)
