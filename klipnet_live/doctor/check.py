"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """`detail` says what is there, or what is wrong; `remedy` how to mend it (empty where nothing is).

    `needed`: without it the program cannot do its main work.
    """

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    needed: bool = True
