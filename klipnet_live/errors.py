"""What to say of any failure."""

from __future__ import annotations

from klipnet_live.types import UserError


def told(error: BaseException) -> UserError:
    """The user's mistake as it is, anything else with the way out."""
    if isinstance(error, UserError):
        return error
    if isinstance(error, OSError) and error.filename and error.strerror:
        return UserError(
            "{path} cannot be used ({reason}): choose another one, or allow this program to use it.",
            path=error.filename,
            reason=error.strerror,
        )
    reason = f"{type(error).__name__}: {error}"
    return UserError("Something went wrong: {reason}. Start again.", reason=reason)
