"""Checking one upload does not delay the answers to others."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the extra `web` is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")

import httpx

from klipnet_live.batch.messages import Task
from klipnet_live.batch.runner import Listener, RunningTask
from klipnet_live.web.app import Service, create_app
from klipnet_live.web.jobs import JobOptions
from klipnet_live.web.limits import Limits
from klipnet_live.web.offer import Offer
from klipnet_live.web.server import Server
from klipnet_live.web.store import Store


class SlowOffer(Offer):
    """Checks an upload until another request has been answered, or for five seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.checking, self.answered = threading.Event(), threading.Event()
        self.was_answered = False

    def options(self, file_name: str, fields: Mapping[str, str]) -> JobOptions:
        self.checking.set()
        self.was_answered = self.answered.wait(5)
        return super().options(file_name, fields)


class IdleRunner:
    """Leaves all tasks in the queue."""

    def submit(self, task: Task, listener: Listener) -> RunningTask:
        return self

    def cancel(self) -> None: ...

    def close(self) -> None: ...


@contextmanager
def served(service: Service) -> Iterator[str]:
    """The address of a server in this process."""
    server = Server(create_app(service))
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        server.should_exit = True
        thread.join()


def test_a_long_phrase_list_does_not_delay_other_requests(tmp_path: Path) -> None:
    offer = SlowOffer()
    store = Store(tmp_path / "jobs.sqlite3")
    with (
        served(Service(tmp_path, store, IdleRunner, IdleRunner, offer, Limits())) as address,
        ThreadPoolExecutor() as pool,
    ):
        files = {"file": ("a.mp4", b"video")}
        upload = pool.submit(httpx.post, f"{address}/jobs", files=files, timeout=20)
        assert offer.checking.wait(20)
        assert httpx.get(f"{address}/server", timeout=20).status_code == 200
        offer.answered.set()
        assert upload.result().status_code == 201
    assert offer.was_answered
