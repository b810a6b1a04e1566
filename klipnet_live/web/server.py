"""The HTTP server (uvicorn) with a shutdown that does not wait for clients."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI

from klipnet_live.web.connections import Connection

_MOST_CONNECTIONS = 500
"""Many systems allow a process 1,024 open files, and some responses need one in addition."""


class Server(uvicorn.Server):
    """Serves the application on a socket that is already listening."""

    def __init__(self, app: FastAPI) -> None:
        config = uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            timeout_keep_alive=10,
            limit_concurrency=_MOST_CONNECTIONS,
        )
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Event streams would keep their connections open.
        self._app.state.watchers.end()
        await super().shutdown(sockets)
