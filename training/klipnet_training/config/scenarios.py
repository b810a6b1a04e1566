"""The configurations that come with the project, by name."""

from __future__ import annotations

from pathlib import Path

from klipnet_live.assets import SCENARIOS
from klipnet_live.types import UserError


def scenario_names() -> list[str]:
    """Names of the configurations that come with the project."""
    return sorted(path.stem for path in SCENARIOS.glob("[!_]*.toml"))


def scenario_path(name: str) -> Path:
    """The file of a named scenario. UserError for an unknown name."""
    known = scenario_names()
    if name not in known:
        raise UserError(
            "Unknown scenario {name!r}: choose one of {known}.", name=name, known=", ".join(known)
        )
    return SCENARIOS / f"{name}.toml"
