"""Packages that only some commands need."""

from __future__ import annotations

from importlib.util import find_spec

from klipnet_live.assets import is_frozen
from klipnet_live.types import UserError


def check_extra(extra: str, *packages: str) -> None:
    """Raises UserError if a package of this extra is missing. A frozen app cannot install one."""
    if all(find_spec(package) is not None for package in packages):
        return
    if is_frozen():
        raise UserError(
            'This app does not include it: install Python, run `pip install "klipnet-live[{extra}]"`, and '
            "use that command.",
            extra=extra,
        )
    raise UserError('Additional packages are needed: pip install "klipnet-live[{extra}]".', extra=extra)
