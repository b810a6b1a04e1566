"""Hostile requests get one clear line each, while other clients are still served."""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import av
import numpy as np
import pytest

from klipnet_live.batch.messages import Started
from klipnet_live.batch.tasks import ReadingChoice
from klipnet_live.errors import Problem
from klipnet_live.types import UserError
from klipnet_live.web.jobs import JobOptions, Jobs
from klipnet_live.web.limits import Limits
from klipnet_live.web.refusals import NoRoomError
from klipnet_live.web.storage import Storage
from klipnet_live.web.store import Store
from tests.batch.manual_runner import ManualRunner
from tests.web.server import Server, serving


def refused(answer_status: int, detail: str, status: int) -> bool:
    return answer_status == status and bool(detail) and "\n" not in detail and "Traceback" not in detail


def problem_of(server: Server, path: Path) -> str:
    job = server.wait(server.upload(path))
    assert job["state"] == "failed"
    return str(job["problem"]["detail"])


def test_a_text_file_named_like_a_video_is_refused(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "holiday.mp4"
    path.write_text("Dear diary, " * 1000)
    assert problem_of(server, path).startswith("holiday.mp4 is not a readable video")


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '/etc/passwd'\n",
    ],
    ids=["playlist", "concat"],
)
def test_a_playlist_opens_no_other_file(text: str, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "list.mp4"
    path.write_text(text)
    assert "is not a readable video" in problem_of(server, path)


def test_an_empty_file_is_refused(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "empty.mp4"
    path.touch()
    with server.client() as client, path.open("rb") as file:
        answer = client.post("/api/jobs", files={"file": ("empty.mp4", file)})
    assert refused(answer.status_code, answer.json()["detail"], 400)
    assert "empty.mp4" in answer.json()["detail"]


def test_jobs_that_cannot_be_written_or_read_are_reported(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Cannot write .* Choose another folder"):
        Store(tmp_path / "missing" / "jobs.sqlite3")
    no_database = tmp_path / "jobs.sqlite3"
    no_database.write_text("a letter, but no database" * 100)
    with pytest.raises(UserError, match="Delete the file or choose another"):
        Store(no_database)


def test_a_video_too_large_for_memory_is_refused(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "bomb.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width = stream.height = 8192
        stream.pix_fmt = "yuvj420p"
        frame = av.VideoFrame(8192, 8192, "yuvj420p")
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    assert "8192 x 8192" in problem_of(server, path)


def test_a_video_with_a_timestamp_of_days_is_refused(server: Server, tmp_path: Path) -> None:
    path = tmp_path / "jump.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        for pts in (0, 1, 2, 25 * 3600 * 30):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), "rgb24").reformat(
                format="yuvj420p"
            )
            frame.pts = pts
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    assert "1800 minutes" in problem_of(server, path)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\Windows\\win.ini", "a\x00b\n.mp4", "/", "<b>x</b>.mp4"]
)
def test_file_names_are_never_used_as_paths(name: str, server: Server, clip: Path) -> None:
    before = {path for path in server.folder.rglob("*") if path.is_dir()}
    boundary = "x"
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    with server.client(**{"Content-Type": f"multipart/form-data; boundary={boundary}"}) as client:
        answer = client.post("/api/jobs", content=head + b"not a video\r\n--x--\r\n")
    if answer.status_code == 400:
        assert "\n" in name
        return
    job_id = answer.json()["id"]
    shown = server.wait(job_id)["name"]
    assert not {"/", "\\", "\n", "\x00"} & set(shown)
    assert shown
    made = {path for path in server.folder.rglob("*") if path.is_dir()} - before
    assert made <= {server.folder / "jobs" / job_id}


@pytest.mark.parametrize("job_id", ["..", "..%2f..%2fjobs.sqlite3", "%00", "x" * 5000])
def test_job_ids_are_never_used_as_paths(job_id: str, server: Server) -> None:
    for end in ("", "/video", "/captions.srt", "/events"):
        assert server.get(f"/api/jobs/{job_id}{end}").status_code in (404, 400)


def test_many_simultaneous_uploads_are_processed(server: Server, tmp_path: Path, clip: Path) -> None:
    paths = [tmp_path / f"{number}.mp4" for number in range(8)]
    for path in paths:
        path.write_bytes(b"no video")
    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(server.upload, paths))
    good = server.upload(clip)
    assert len(set(ids)) == 8
    assert {server.wait(job_id)["state"] for job_id in ids} == {"failed"}
    assert server.wait(good)["state"] == "done"


def connection(server: Server) -> socket.socket:
    address = urlsplit(server.url)
    assert address.hostname
    assert address.port
    return socket.create_connection((address.hostname, address.port), 10)


def test_an_aborted_upload_leaves_nothing(server: Server) -> None:
    head = (
        f"POST /api/jobs HTTP/1.1\r\nHost: {urlsplit(server.url).netloc}\r\nContent-Length: 50000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n'
    )
    with connection(server) as broken:
        broken.sendall(head.encode() + bytes(3_000_000))
        deadline_s = time.monotonic() + 60
        while not list((server.folder / "uploads").iterdir()):
            assert time.monotonic() < deadline_s
            time.sleep(0.02)
    while list((server.folder / "uploads").iterdir()):
        assert time.monotonic() < deadline_s
        time.sleep(0.02)
    assert server.get("/api/server").status_code == 200


def test_followers_that_never_read_do_not_block_others(server: Server, clip: Path) -> None:
    job_id = server.upload(clip)
    deaf = [connection(server) for _ in range(20)]
    for follower in deaf:
        request = f"GET /api/jobs/{job_id}/events HTTP/1.1\r\nHost: {urlsplit(server.url).netloc}\r\n\r\n"
        follower.sendall(request.encode())
    assert server.wait(job_id)["state"] == "done"
    for follower in deaf:
        follower.close()


def ask(server: Server, method: str, path: str, **headers: str) -> tuple[int, str]:
    """A request with exactly these headers; returns status and detail."""
    address = urlsplit(server.url)
    client = http.client.HTTPConnection(address.hostname or "", address.port or 0, timeout=20)
    client.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = client.getresponse()
    body = answer.read()
    client.close()
    try:
        return answer.status, str(json.loads(body)["detail"])
    except (ValueError, KeyError):
        return answer.status, ""


def test_foreign_host_names_and_origins_are_refused(server: Server, done: str) -> None:
    job = f"/api/jobs/{done}"
    own = urlsplit(server.url).netloc
    assert refused(*ask(server, "GET", "/", Host="evil.example"), 421)
    assert refused(*ask(server, "GET", job, Host="127.0.0.1.evil.example:80"), 421)
    assert refused(*ask(server, "DELETE", job, Host=own, Origin="http://evil.example"), 403)
    assert refused(*ask(server, "DELETE", job, Host=own, Origin="null"), 403)
    assert refused(*ask(server, "DELETE", job, Host=own, Sec_Fetch_Site="cross-site"), 403)
    assert refused(
        *ask(server, "GET", job, Host=own, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors"), 403
    )
    assert ask(server, "GET", job, Host=own, Sec_Fetch_Site="same-origin", Origin=server.url)[0] == 200
    assert ask(server, "GET", "/", Host=own, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")[0] == 200


def test_every_answer_has_a_strict_policy(server: Server) -> None:
    for path in ("/", "/app.js", "/api/server", "/api/jobs/none"):
        headers = server.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_only_the_token_gives_access(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "0.0.0.0", "--max-gb", "0.001") as server:
        # The host name that it shows may not resolve in every container.
        open_server = replace(server, url=f"http://127.0.0.1:{urlsplit(server.url).port}")
        assert len(server.token) > 30
        assert open_server.get("/").status_code == 200
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "klipnet_token=wrong"}):
            with open_server.client(**headers) as client:
                answer = client.get("/api/server")
                assert refused(answer.status_code, answer.json()["detail"], 401)
                assert client.post("/api/session", json={"token": "wrong"}).status_code == 401
        with open_server.client(Authorization=f"Bearer {server.token}") as client:
            assert client.get("/api/server").status_code == 200
            answer = client.post("/api/jobs", files={"file": ("a.mp4", bytes(3_000_000))})
            assert refused(answer.status_code, answer.json()["detail"], 413)
        with open_server.client() as client:
            assert client.post("/api/session", json={"token": server.token}).status_code == 204
            assert client.get("/api/server").status_code == 200
        assert server.token not in "".join(
            path.read_text(errors="replace") for path in tmp_path.rglob("*") if path.is_file()
        )


def test_a_full_disk_refuses_uploads(tmp_path: Path, clip: Path) -> None:
    storage = Storage(tmp_path, quota_bytes=1000)
    with storage.reserving(900), pytest.raises(NoRoomError), storage.reserving(200):
        pass
    with storage.reserving(1000):
        pass
    with serving(tmp_path / "server", "--quota-gb", "0.0001") as server, server.client() as client:
        answer = client.post("/api/jobs", files={"file": ("a.mp4", bytes(300_000))})
        assert refused(answer.status_code, answer.json()["detail"], 507)
        assert list((server.folder / "uploads").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_disk_that_fills_up_during_an_upload(tmp_path: Path) -> None:
    """Limits file size to a megabyte, which fails like a full disk."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))

    with serving(tmp_path, before=limit) as server, server.client() as client:
        answer = client.post("/api/jobs", files={"file": ("a.mp4", bytes(5_000_000))})
        assert refused(answer.status_code, answer.json()["detail"], 507)
        assert list((server.folder / "uploads").iterdir()) == []
        assert client.get("/api/server").status_code == 200


def test_invalid_options_are_refused(server: Server, clip: Path) -> None:
    for fields in (
        {"language": "xx"},
        {"model": "../en-grid"},
        {"model": "en-grid", "language": "ko"},
        {"phrases": "12345", "phrases_only": "true"},
    ):
        with server.client() as client, clip.open("rb") as file:
            answer = client.post("/api/jobs", files={"file": ("a.mp4", file)}, data=fields)
        assert refused(answer.status_code, answer.json()["detail"], 400), fields
    assert list((server.folder / "uploads").iterdir()) == []


def test_malformed_forms_are_refused(server: Server) -> None:
    without_file = b'--x\r\nContent-Disposition: form-data; name="language"\r\n\r\nen\r\n--x--\r\n'
    with server.client() as client:
        for content, kind in (
            (b"{}", "application/json"),
            (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
            (b"nonsense", "multipart/form-data; boundary=x"),
            (without_file, "multipart/form-data; boundary=x"),
        ):
            answer = client.post("/api/jobs", content=content, headers={"Content-Type": kind})
            assert refused(answer.status_code, answer.json()["detail"], 400), content


def test_defaults_are_bounded() -> None:
    limits = Limits()
    assert limits.max_pixels < 8192 * 8192
    assert limits.upload_bytes < limits.quota_bytes


@pytest.mark.parametrize("body", [b"x" * 1_000_000, b"{"], ids=["large", "no JSON"])
def test_oversized_and_malformed_bodies_are_refused(body: bytes, server: Server) -> None:
    """Also before anybody has shown a token."""
    with server.client() as client:
        answers = [
            client.post("/api/session", content=content, headers={"Content-Type": "application/json"})
            for content in (body, iter([body]))
        ]
    for answer in answers:
        assert refused(answer.status_code, answer.json()["detail"], 413 if len(body) > 1 else 422)
        assert "template" in answer.json()


class FullDisk(Store):
    """A store that can write nothing while its disk is full."""

    full = False

    def begin(self, job: str) -> None:
        self._write()
        super().begin(job)

    def fail(self, job: str, problem: Problem, keep_s: float) -> None:
        self._write()
        super().fail(job, problem, keep_s)

    def remove(self, job: str) -> None:
        self._write()
        super().remove(job)

    def _write(self) -> None:
        if self.full:
            raise sqlite3.OperationalError("database or disk is full")


def test_work_that_failed_on_a_full_disk_is_completed_later(tmp_path: Path) -> None:
    store, runner = FullDisk(tmp_path / "jobs.sqlite3"), ManualRunner()
    storage = Storage(tmp_path, Limits().quota_bytes)
    jobs = Jobs(store, storage, runner, Limits(), lambda job_id: None)
    ids = [jobs.new_id() for _ in range(2)]
    for job_id in ids:
        storage.upload(job_id).write_bytes(b"video")
        jobs.add(job_id, JobOptions("a.mp4", ReadingChoice("en")))
    store.full = True
    runner.listeners[0](Started())
    with pytest.raises(sqlite3.OperationalError):
        jobs.delete(ids[1])
    assert not storage.video(ids[1]).exists(), "what is deleted makes room first"
    store.full = False
    jobs.delete(ids[1])
    jobs.clean()
    assert jobs.get(ids[0]).state == "failed"
    jobs.close()
