"""Errors of the API, each with an HTTP status and a one-line message."""

from __future__ import annotations

from starlette.responses import JSONResponse

from klipnet_live.errors import Problem
from klipnet_live.types import UserError
from klipnet_live.web.schema import ProblemText


class RefusedError(UserError):
    """A rejected request. Other UserErrors have status 400."""

    status = 400


class BadFormError(RefusedError):
    """The request is not a form with a video."""


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
    """The quota or the disk is full."""

    status = 507


class FaultError(RefusedError):
    """An error of the server itself."""

    status = 500


def no_room() -> NoRoomError:
    return NoRoomError(
        "There is no space left on the server for this recording. Delete one, or come back later."
    )


def answer(error: UserError) -> JSONResponse:
    """The error as JSON, the format of all API errors."""
    text = ProblemText.of(Problem.of(error)).model_dump()
    return JSONResponse(text, error.status if isinstance(error, RefusedError) else RefusedError.status)


def no_token() -> NoTokenError:
    return NoTokenError(
        "The token is missing or wrong. Open the address that the server printed at its start."
    )
