"""The window. Qt is known here, and in what paints captions or captures the screen for it."""

# First of all: once PySide6 watches imports, pydantic's modules, which load each other late, can fail.
from klipnet_live import settings  # noqa: F401
