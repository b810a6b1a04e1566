"""What to say of any failure."""

from __future__ import annotations

from klipnet_live.types import UserError


def told(error: BaseException) -> UserError:
    """The user's mistake as it is, anything else with the way out."""
    if isinstance(error, UserError):
        return error
    reason = f"{type(error).__name__}: {error}"
    return UserError("Something went wrong: {reason}. Start again.", reason=reason)
