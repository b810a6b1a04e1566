"""The ASGI application: web page and API."""

from __future__ import annotations

import asyncio
import logging
import mimetypes
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.requests import ClientDisconnect

from klipnet_live import __version__
from klipnet_live.assets import ASSETS, FONTS
from klipnet_live.batch.runner import Runner
from klipnet_live.errors import NO_ROOM
from klipnet_live.types import UserError
from klipnet_live.web import api, files
from klipnet_live.web.access import AccessControl, AccessToken
from klipnet_live.web.bodies import SmallBodies
from klipnet_live.web.jobs import Jobs
from klipnet_live.web.limits import Limits
from klipnet_live.web.offer import Offer
from klipnet_live.web.refusals import FaultError, InvalidError, answer, no_room
from klipnet_live.web.storage import Storage
from klipnet_live.web.store import Store
from klipnet_live.web.videos import Videos
from klipnet_live.web.watchers import Watchers

_log = logging.getLogger(__name__)

STATIC = Path(__file__).parent / "static"

# The registry of Windows may map .js to another type, for which browsers refuse scripts.
mimetypes.add_type("text/javascript", ".js")

_CLEAN_EVERY_S = 60.0


@dataclass(frozen=True, slots=True)
class Service:
    """Components of the server.

    The store is closed with the application. `open_runner`: runs caption jobs; `open_writer`: makes video
    copies, for which a client is waiting. `hosts`: host names of the server; `local`: only this computer can
    reach it.
    """

    folder: Path
    store: Store
    open_runner: Callable[[], Runner]
    open_writer: Callable[[], Runner]
    offer: Offer
    limits: Limits
    hosts: tuple[str, ...] = ("localhost",)
    token: AccessToken | None = None
    local: bool = True


def create_app(service: Service) -> FastAPI:
    """The application; jobs run during its lifespan."""
    # FastAPI's documentation pages load scripts from another host.
    app = FastAPI(
        title="KLipNet Live", description="Captions for recordings by lip reading.", version=__version__,
        docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        lifespan=lambda app: _running(app, service),
    )  # fmt: skip
    app.state.service = service
    app.include_router(api.router)
    app.include_router(files.router)
    app.include_router(files.messages)
    app.mount("/fonts", StaticFiles(directory=FONTS))
    app.mount("/icons", StaticFiles(directory=ASSETS / "icons"))
    app.mount("/", StaticFiles(directory=STATIC, html=True))
    app.add_middleware(SmallBodies)
    app.add_middleware(AccessControl, hosts=service.hosts, token=service.token)
    _explain_errors(app)
    return app


@asynccontextmanager
async def _running(app: FastAPI, service: Service) -> AsyncIterator[None]:
    storage = Storage(service.folder, service.limits.quota_bytes)
    watchers = Watchers(asyncio.get_running_loop())
    jobs = Jobs(service.store, storage, service.open_runner(), service.limits, watchers.changed)
    videos = Videos(storage, service.open_writer())
    app.state.jobs, app.state.storage, app.state.watchers, app.state.videos = jobs, storage, watchers, videos
    jobs.resume()
    cleaning = asyncio.create_task(_clean(jobs))
    try:
        yield
    finally:
        cleaning.cancel()
        await asyncio.to_thread(videos.close)
        await asyncio.to_thread(jobs.close)


async def _clean(jobs: Jobs) -> None:
    while True:
        try:
            await asyncio.to_thread(jobs.clean)
        except sqlite3.Error as problem:
            # A full disk; there may be room the next time.
            _log.warning("Jobs cannot be cleaned up: %s", problem)
        await asyncio.sleep(_CLEAN_EVERY_S)


def _fault(error: OSError) -> FaultError:
    reason = error.strerror or type(error).__name__
    return FaultError("The server cannot use its folder ({reason}). Tell the operator.", reason=reason)


def _explain_errors(app: FastAPI) -> None:
    """Return all errors in the same format, with a one-line message."""

    @app.exception_handler(UserError)
    async def refuse(request: Request, error: UserError) -> Response:
        return answer(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return answer(InvalidError("The request is not valid JSON. See /api/openapi.json."))
        return answer(
            InvalidError("Invalid field {field}: {reason}.", field=first["loc"][-1], reason=first["msg"])
        )

    @app.exception_handler(OSError)
    async def unusable(request: Request, error: OSError) -> Response:
        return answer(no_room() if error.errno in NO_ROOM else _fault(error))

    @app.exception_handler(sqlite3.Error)
    async def unstored(request: Request, error: sqlite3.Error) -> Response:
        _log.warning("Jobs cannot be stored: %s", error)
        return answer(no_room())

    @app.exception_handler(ClientDisconnect)
    async def gone(request: Request, error: ClientDisconnect) -> Response:
        return Response(status_code=400)
