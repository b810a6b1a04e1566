"""Video sources: cameras, screens, windows and video files.

Importing this package does not load OpenCV, PyAV, mss or Qt; an adapter is loaded when a source of its kind
is opened.
"""

from klipnet_live.capture.base import Pace, Source
from klipnet_live.capture.devices import Device, list_cameras, list_screens, list_windows
from klipnet_live.capture.source import open_source
from klipnet_live.capture.thumbnails import thumbnails

__all__ = [
    "Device",
    "Pace",
    "Source",
    "list_cameras",
    "list_screens",
    "list_windows",
    "open_source",
    "thumbnails",
]
