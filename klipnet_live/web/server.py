"""The HTTP server: uvicorn, with an end that waits for nobody."""

from __future__ import annotations

import socket

import uvicorn
from fastapi import FastAPI


class Server(uvicorn.Server):
    """Serves the application on a socket that listens already."""

    def __init__(self, app: FastAPI) -> None:
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            timeout_keep_alive=10,
            limit_concurrency=1000,
        )
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Pages that follow a job would keep their connections open.
        self._app.state.watchers.end()
        await super().shutdown(sockets)
