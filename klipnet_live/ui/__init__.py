"""The window. Apart from it, only the caption painter and the screen capture use Qt."""

# Imported first: pydantic's modules import each other lazily, which can fail once PySide6 hooks into imports.
from klipnet_live import settings  # noqa: F401
