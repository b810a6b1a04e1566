"""Processes that tests start: they end with the tests, however those end."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence


def tied(command: Sequence[str]) -> list[str]:
    """The command as a process that Linux kills once its parent has gone, even if that was killed itself.

    It keeps its process id: `setpriv` runs it in its own place. On other systems the command as it is.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "KILL", "--", *command] if setpriv else list(command)
