"""Processes that tests start, and that end with the tests even if these are killed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence


def killed_with_parent(command: Sequence[str]) -> list[str]:
    """Wrap a command so that Linux kills its process when the parent ends, even if the parent was killed.

    `setpriv` replaces itself by the command, so the process id stays. Other systems run the command as it is.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "KILL", "--", *command] if setpriv else list(command)
