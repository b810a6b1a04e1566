"""Sets of phrases that ship with the app."""

from __future__ import annotations

from klipnet_live.assets import ASSETS

SETS = ("bedside", "meeting", "greetings")


def phrases_of_set(name: str, language: str) -> list[str]:
    """Return the phrases of a set in a language, "en" or "ko"."""
    path = ASSETS / "phrases" / f"{name}-{language}.txt"
    return path.read_text(encoding="utf-8").splitlines()
