"""Killed servers and workers: the queue is on disk, and jobs fail independently of each other."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.footage import DEMO
from tests.web.server import Server, serving

pytestmark = pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found in /proc")


def children(pid: int) -> list[int]:
    """Processes that read recordings."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            stat = (folder / "stat").read_text()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(stat.rpartition(")")[2].split()[1]) == pid and b"spawn_main" in command:
            found.append(int(folder.name))
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_server_resumes_its_queue(tmp_path: Path, clip: Path) -> None:
    with serving(tmp_path, "--jobs", "1") as server:
        first, second = (server.upload(clip, language="en") for _ in range(2))
        server.wait(first, "running")
        (reader,) = children(server.process.pid)
        server.kill()
    deadline_s = time.monotonic() + 60
    while is_running(reader):
        assert time.monotonic() < deadline_s, "a killed server leaves its processes behind"
        time.sleep(0.05)
    with serving(tmp_path, "--jobs", "1") as server:
        assert server.wait(first)["state"] == server.wait(second)["state"] == "done"
        assert [server.job(job_id)["lines"] for job_id in (first, second)] == [1, 1]


def test_a_crashing_job_fails_without_affecting_others(server: Server, clip: Path) -> None:
    killed = server.upload(DEMO, language="en")
    server.wait(killed, "running")
    (reader, *_) = children(server.process.pid)
    others = [server.upload(clip, language="en") for _ in range(2)]
    os.kill(reader, signal.SIGKILL)
    job = server.wait(killed)
    assert job["state"] == "failed"
    assert "crashed" in job["problem"]["detail"]
    assert {server.wait(job_id)["state"] for job_id in others} == {"done"}


def test_cancelling_ends_the_process_at_once(server: Server) -> None:
    job_id = server.upload(DEMO, language="en")
    server.wait(job_id, "running")
    readers = children(server.process.pid)
    with server.client() as client:
        began_s = time.monotonic()
        client.delete(f"/api/jobs/{job_id}")
        while any(map(is_running, readers)):
            assert time.monotonic() - began_s < 2
            time.sleep(0.02)


def test_ctrl_c_ends_the_server_quickly(tmp_path: Path) -> None:
    """Ctrl+C while a page follows a job: exits quickly and silently, and leaves no process behind."""
    with serving(tmp_path) as server:
        job_id = server.upload(DEMO, language="en")
        server.wait(job_id, "running")
        (reader,) = children(server.process.pid)
        with server.client() as client, client.stream("GET", f"/api/jobs/{job_id}/events") as stream:
            next(stream.iter_text())
            server.process.send_signal(signal.SIGINT)
            _, errors = server.process.communicate(timeout=20)
        assert (server.process.returncode, errors) == (130, "")
        assert not is_running(reader)


def test_a_second_server_for_the_same_folder_is_refused(server: Server) -> None:
    with pytest.raises(AssertionError, match="Another server uses"), serving(server.folder):
        pass
