"""What the server refuses, each kind with its HTTP status and one line that says the way out."""

from __future__ import annotations

from starlette.responses import JSONResponse

from klipnet_live.batch.messages import Problem
from klipnet_live.types import UserError
from klipnet_live.web.schema import ProblemText


class RefusedError(UserError):
    """A request that is answered with one line. Other UserErrors are refusals with status 400."""

    status = 400


class BadFormError(RefusedError):
    """What came is no form with a video in it."""


class NoTokenError(RefusedError):
    status = 401


class ForeignPageError(RefusedError):
    status = 403


class NoJobError(RefusedError):
    status = 404


class NotYetError(RefusedError):
    status = 409


class TooLargeError(RefusedError):
    status = 413


class ForeignHostError(RefusedError):
    status = 421


class InvalidError(RefusedError):
    status = 422


class BusyError(RefusedError):
    status = 503


class NoRoomError(RefusedError):
    """The quota or the disk is used up."""

    status = 507


class FaultError(RefusedError):
    """The server itself is at fault."""

    status = 500


def no_room() -> NoRoomError:
    return NoRoomError(
        "There is no room left on the server for this recording: delete one, or come back later."
    )


def answer(error: UserError) -> JSONResponse:
    """The form of every error of the API."""
    text = ProblemText.of(Problem.of(error)).model_dump()
    return JSONResponse(text, error.status if isinstance(error, RefusedError) else RefusedError.status)


def no_token() -> NoTokenError:
    return NoTokenError(
        "A token is needed, and none or a wrong one came: open the address that the server showed at its "
        "start."
    )
