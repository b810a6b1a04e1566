"""A Dask scheduler and workers as local processes that are killed: nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from klipnet_live.batch.messages import Cancelled, Done, Failed, PartialResult, Started
from klipnet_live.types import UserError
from tests.batch.listening import RecordingListener
from tests.batch.tasks import Refuse, Square, Wait
from tests.conftest import REPOSITORY
from tests.footage import DEMO, FIRST_LINE_FRAMES, encode, frames_of
from tests.processes import killed_with_parent
from tests.program import klipnet_live, run, without_display

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed as on POSIX systems")

from klipnet_live.batch.cluster import ClusterRunner  # noqa: E402


def start(*words: str) -> subprocess.Popen[bytes]:
    """A process group: a nanny dies with its worker."""
    return subprocess.Popen(
        killed_with_parent(
            [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:], "--no-dashboard"]
        ),
        cwd=REPOSITORY, env=without_display(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class Cluster:
    """A scheduler at a fixed address, and workers of one thread each."""

    def __init__(self, folder: Path) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._folder = folder
        self.workers: list[subprocess.Popen[bytes]] = []
        self.start_scheduler()

    def start_scheduler(self) -> None:
        self.scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(self._port))

    def add_worker(self) -> subprocess.Popen[bytes]:
        options = ("--nthreads", "1", "--local-directory", str(self._folder), "--death-timeout", "30")
        self.workers.append(start("worker", self.address, *options))
        return self.workers[-1]

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            kill(process)


def test_an_invalid_address_is_refused_without_connecting() -> None:
    before = threading.enumerate()
    with pytest.raises(UserError, match=r"The scheduler nowhere does not respond\. .*check the address"):
        ClusterRunner("nowhere")
    assert threading.enumerate() == before, "its threads would complain when the program ends"


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path / "scratch")
    cluster.add_worker()
    yield cluster
    cluster.close()


def test_tasks_end_as_on_one_computer(cluster: Cluster, tmp_path: Path) -> None:
    with closing(ClusterRunner(cluster.address)) as runner:
        good, refused, running = RecordingListener(), RecordingListener(), RecordingListener()
        runner.submit(Square(4), good)
        assert good.last() == Done(16)
        assert Started() in good.messages
        assert PartialResult("4 squared") in good.messages
        runner.submit(Refuse(), refused)
        assert str(refused.last().problem) == "a.mp4 lasts 2.2 s: cut it."
        waiting = runner.submit(Wait(tmp_path / "log", 60), running)
        running.first()
        waiting.cancel()
        assert running.last(10) == Cancelled()
        after = RecordingListener()
        runner.submit(Square(5), after)
        assert after.last(20) == Done(25), "the worker goes on with what was cancelled"


def test_a_restarted_scheduler_loses_no_task(cluster: Cluster, tmp_path: Path) -> None:
    with closing(ClusterRunner(cluster.address)) as runner:
        listeners = [RecordingListener() for _ in range(3)]
        logs = [tmp_path / f"{number}" for number in range(3)]
        for log, listener in zip(logs, listeners, strict=True):
            runner.submit(Wait(log, 2), listener)
        assert listeners[0].last() == Done("0")
        kill(cluster.scheduler)
        for worker in cluster.workers:
            kill(worker)
        cluster.start_scheduler()
        cluster.add_worker()
        assert [listener.last() for listener in listeners[1:]] == [Done("1"), Done("2")]
        assert len(logs[0].read_text().splitlines()) == 1, "what is done is not done again"


def test_killing_a_worker_does_not_change_the_result(cluster: Cluster, tmp_path: Path) -> None:
    archive, alone, spread = tmp_path / "archive", tmp_path / "alone", tmp_path / "spread"
    archive.mkdir()
    pictures = [frame.image for frame in frames_of(DEMO, FIRST_LINE_FRAMES)]
    encode(archive / "0.mp4", pictures)
    for number in range(1, 4):
        shutil.copy(archive / "0.mp4", archive / f"{number}.mp4")
    (archive / "broken.mp4").write_bytes(b"no video")
    victim = cluster.add_worker()
    here = klipnet_live("caption", archive, "-o", alone, "--language", "en")

    command = ["caption", str(archive), "-o", str(spread), "--language", "en", "--scheduler", cluster.address]
    running = subprocess.Popen(
        [sys.executable, "-m", "klipnet_live", *command], cwd=REPOSITORY, env=without_display(),
        stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    deadline_s = time.monotonic() + 60
    while not list(spread.glob("*.srt")):
        assert time.monotonic() < deadline_s
        time.sleep(0.05)
    kill(victim)
    output, _ = running.communicate(timeout=120)
    assert re.sub(str(spread), str(alone), output) == here.stdout
    assert output.splitlines()[-1] == "4 captioned, 0 kept, 1 failed"
    written = {path.name: path.read_bytes() for path in spread.iterdir()}
    assert written == {path.name: path.read_bytes() for path in alone.iterdir()}


def test_a_recording_that_the_workers_cannot_read_is_reported(cluster: Cluster, tmp_path: Path) -> None:
    from klipnet_live.batch.tasks import CaptionVideo, ReadingChoice

    with closing(ClusterRunner(cluster.address)) as runner:
        listener = RecordingListener()
        runner.submit(
            CaptionVideo(tmp_path / "none.mp4", tmp_path / "none.srt", ReadingChoice("en")), listener
        )
        last = listener.last()
    assert isinstance(last, Failed)
    assert "same folder at the same path" in str(last.problem)


def test_preparing_a_dataset_on_the_cluster_gives_the_same_bytes(cluster: Cluster, tmp_path: Path) -> None:
    dataset = tmp_path / "dataset"
    dataset.mkdir()
    pictures = [frame.image for frame in frames_of(DEMO, 30)]
    encode(dataset / "a.mp4", pictures)
    shutil.copy(dataset / "a.mp4", dataset / "b.mp4")
    (dataset / "c.mp4").write_bytes(b"no video")
    rows = "".join(f"{name}.mp4\ts1\tbin blue at f two now\n" for name in "abc")
    (dataset / "transcripts.tsv").write_text(f"path\tspeaker\ttext\n{rows}", encoding="utf-8")

    def prepared(name: str, *options: str) -> dict[str, bytes]:
        command = [sys.executable, "-m", "klipnet_training.commands.data", "prepare", str(dataset)]
        finished = run([*command, "-o", str(tmp_path / name), *options])
        assert finished.returncode == 0, finished.stderr
        assert f"2 of 3 clips are in {tmp_path / name}" in finished.stdout
        folder = tmp_path / name
        return {
            str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()
        }

    assert prepared("spread", "--scheduler", cluster.address) == prepared("here", "--workers", "1")


def test_the_web_page_reads_on_the_cluster(cluster: Cluster, tmp_path: Path) -> None:
    """Lines and progress come from the worker; deleting a job ends it there."""
    pytest.importorskip("fastapi", reason="the extra `web` is not installed")
    from tests.web.server import serving

    with serving(tmp_path / "server", "--scheduler", cluster.address) as server, server.client() as client:
        deleted = server.upload(DEMO, language="en")
        server.wait(deleted, "running")
        assert client.delete(f"/api/jobs/{deleted}").status_code == 204
        job_id = server.upload(DEMO, language="en")
        with client.stream("GET", f"/api/jobs/{job_id}/events") as stream:
            events = "".join(stream.iter_text())
        assert events.index("event: speaking") < events.index("event: line") < events.index('"state":"done"')
        assert server.job(job_id)["lines"] == 4
