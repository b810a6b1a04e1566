"""A program that shows the four test colours in a window and acts as its window manager.

Started by the tests: `python colour_window.py TITLE LEFT TOP WIDTH HEIGHT`. Prints `shown` when it is.
"""

from __future__ import annotations

import ctypes
import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QBackingStore, QColor, QExposeEvent, QGuiApplication, QPainter, QRegion, QWindow

_WINDOW_TYPE = 33  # XA_WINDOW
_APPEND = 2  # PropModeAppend


class ColourWindow(QWindow):
    def __init__(self) -> None:
        super().__init__()
        self._store = QBackingStore(self)

    def exposeEvent(self, _event: QExposeEvent) -> None:
        width, height = self.width(), self.height()
        self._store.resize(self.size())
        whole = QRegion(0, 0, width, height)
        self._store.beginPaint(whole)
        painter = QPainter(self._store.paintDevice())
        for number, colour in enumerate(("#ff0000", "#00ff00", "#0000ff", "#ffffff")):
            left, top = number % 2 * width // 2, number // 2 * height // 2
            painter.fillRect(left, top, width // 2, height // 2, QColor(colour))
        painter.end()
        self._store.endPaint()
        self._store.flush(whole)


def announce(window_id: int) -> None:
    """Lists the window on the root window, as a window manager would: Xvfb has none."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    clients = ctypes.c_ulong(x11.XInternAtom(display, b"_NET_CLIENT_LIST", 0))
    windows = (ctypes.c_ulong * 1)(window_id)
    x11.XChangeProperty(display, root, clients, ctypes.c_ulong(_WINDOW_TYPE), 32, _APPEND, windows, 1)
    x11.XSync(display, 0)


def main() -> None:
    title, *numbers = sys.argv[1:]
    app = QGuiApplication([])
    window = ColourWindow()
    window.setTitle(title)
    window.setFlags(Qt.WindowType.FramelessWindowHint)
    window.setGeometry(*map(int, numbers))
    window.show()

    def shown() -> None:
        announce(window.winId())
        print("shown", flush=True)

    QTimer.singleShot(300, shown)
    app.exec()


main()
