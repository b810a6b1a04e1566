"""A real server in a separate process, and a client for it."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import REPOSITORY
from tests.processes import killed_with_parent
from tests.program import PROGRAM, without_display

PATIENCE_S = 90.0


@dataclass(frozen=True, slots=True)
class Server:
    """The server's address, the token it printed, and its process."""

    url: str
    token: str
    process: subprocess.Popen[str]
    folder: Path

    def client(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE_S, trust_env=False)

    def upload(self, video: Path, **fields: str) -> str:
        """The id of the new job."""
        with self.client() as client, video.open("rb") as file:
            answer = client.post("/api/jobs", files={"file": (video.name, file)}, data=fields)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def get(self, path: str) -> httpx.Response:
        with self.client() as client:
            return client.get(path)

    def job(self, job_id: str) -> dict[str, Any]:
        return dict(self.get(f"/api/jobs/{job_id}").json())

    def wait(self, job_id: str, *states: str) -> dict[str, Any]:
        """Wait until the job is in one of these states, by default until it has ended."""
        wanted = states or ("done", "failed")
        deadline_s = time.monotonic() + PATIENCE_S
        while (job := self.job(job_id))["state"] not in wanted:
            assert time.monotonic() < deadline_s, job
            time.sleep(0.1)
        return job

    def kill(self) -> None:
        """Kills the process, as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(folder: Path, *options: str, before: Callable[[], None] | None = None) -> Iterator[Server]:
    """A server on a free port; `folder` stores its jobs. `before`: code to run first in its process."""
    command = [*PROGRAM, "serve", "--port", "0", "--folder", str(folder), *options]
    process = subprocess.Popen(
        killed_with_parent(command), cwd=REPOSITORY, env=without_display(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", preexec_fn=before,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        found = re.search(r"(http://\S+?:\d+)/(?:#token=(\S+))?", first)
        assert found, first + (process.stderr.read() if process.stderr else "")
        yield Server(found[1], found[2] or "", process, folder)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
