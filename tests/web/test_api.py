"""The API: a recording goes in, captions come out, and no data is left behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import av
import pytest

from klipnet_live.sound.store import can_hear
from tests.footage import DEMO
from tests.program import klipnet_live
from tests.web.server import Server


def events_of(server: Server, job_id: str, **headers: str) -> list[tuple[str, Any]]:
    """All server-sent events until the job has ended: kind and data."""
    with server.client(**headers) as client, client.stream("GET", f"/api/jobs/{job_id}/events") as stream:
        blocks = "".join(stream.iter_text()).split("\n\n")
    fields = [dict(line.split(": ", 1) for line in block.splitlines()) for block in blocks if block]
    return [(field["event"], json.loads(field["data"])) for field in fields if "event" in field]


@pytest.mark.parametrize("ending", ["srt", "json"])
def test_caption_files_equal_those_of_the_command(
    ending: str, server: Server, done: str, clip: Path, tmp_path: Path
) -> None:
    written = tmp_path / f"captions.{ending}"
    assert klipnet_live("caption", clip, "-o", written, "--language", "en").returncode == 0
    answer = server.get(f"/api/jobs/{done}/captions.{ending}")
    assert answer.content == written.read_bytes()
    assert "first%20sentence." + ending in answer.headers["content-disposition"]


def test_lines_arrive_while_the_video_is_read(server: Server) -> None:
    job_id = server.upload(DEMO, language="en")
    events = events_of(server, job_id)
    states = [data["state"] for kind, data in events if kind == "job"]
    assert states[-1] == "done"
    assert "running" in states
    kinds = [kind for kind, _ in events]
    assert kinds.index("speaking") < kinds.index("line")
    running = [data["progress"] for kind, data in events if kind == "job" and data["state"] == "running"]
    assert running == sorted(running)
    first_line = kinds.index("line")
    assert any(data["state"] == "running" for kind, data in events[first_line:] if kind == "job")
    lines = [data for kind, data in events if kind == "line"]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]
    later = [
        data["number"] for kind, data in events_of(server, job_id, **{"Last-Event-ID": "2"}) if kind == "line"
    ]
    assert later == [3, 4]


@pytest.mark.parametrize("query", ["", "?burn_in=true"])
def test_a_video_with_captions(query: str, server: Server, done: str, clip: Path, tmp_path: Path) -> None:
    address = f"/api/jobs/{done}/captions.mp4{query}"
    with server.client() as client:
        assert client.head(address).status_code == 200
        (tmp_path / "copy.mp4").write_bytes(client.get(address).content)
    with av.open(str(tmp_path / "copy.mp4")) as copy, av.open(str(clip)) as original:
        assert len(copy.streams.subtitles) == (0 if query else 1)
        frames = [next(video.decode(video=0)).to_ndarray(format="rgb24") for video in (copy, original)]
        assert frames[0].shape == frames[1].shape


def test_the_recording_can_be_requested_in_parts(server: Server, done: str, clip: Path) -> None:
    with server.client(Range="bytes=10-19") as client:
        answer = client.get(f"/api/jobs/{done}/video")
    assert (answer.status_code, answer.content) == (206, clip.read_bytes()[10:20])
    assert answer.headers["content-type"] == "video/mp4"


def test_corrected_lines_are_in_every_file(server: Server, clip: Path) -> None:
    job_id = server.upload(clip, language="en")
    server.wait(job_id)
    with server.client() as client:
        (line,) = client.get(f"/api/jobs/{job_id}/lines").json()
        path = f"/api/jobs/{job_id}"
        assert client.put(f"{path}/lines/{line['number']}", json={"text": "a <b>red</b>"}).status_code == 204
        assert client.put(f"{path}/speakers/{line['speaker']}", json={"name": "김하나"}).status_code == 204
        assert "a &lt;b&gt;red&lt;/b&gt;" in client.get(f"{path}/captions.vtt").text
        (changed,) = client.get(f"{path}/captions.json").json()["lines"]
        assert (changed["name"], changed["text"]) == ("김하나", "a <b>red</b>")
        client.put(f"{path}/lines/{line['number']}", json={"text": " "})
        assert client.get(f"{path}/captions.srt").content == b""


def test_a_job_can_be_limited_to_a_list_of_phrases(server: Server, clip: Path, done: str) -> None:
    """With a grammar of one other sentence, the spoken sentence does not appear in the captions."""
    spoken = server.get(f"/api/jobs/{done}/lines").json()[0]["text"].split()
    other = " ".join([*spoken[:-1], "soon"])
    assert other.split() != spoken
    job_id = server.upload(clip, language="en", phrases=other, phrases_only="true")
    server.wait(job_id)
    (line,) = server.get(f"/api/jobs/{job_id}/lines").json()
    assert spoken[-1] not in line["text"].split()


def test_deleting_a_job_removes_all_its_data(server: Server) -> None:
    job_id = server.upload(DEMO, language="en")
    server.wait(job_id, "running")
    with server.client() as client:
        assert client.delete(f"/api/jobs/{job_id}").status_code == 204
        assert client.delete(f"/api/jobs/{job_id}").status_code == 404
        assert client.get(f"/api/jobs/{job_id}/captions.srt").status_code == 404
    assert not (server.folder / "jobs" / job_id).exists()
    kept = b"".join(path.read_bytes() for path in server.folder.glob("jobs.sqlite3*"))
    assert job_id.encode() not in kept


def test_the_api_is_documented(server: Server) -> None:
    paths = server.get("/api/openapi.json").json()["paths"]
    form = paths["/api/jobs"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]
    assert {"file", "language", "model", "phrases"} <= set(form)
    assert {"get", "delete"} <= set(paths["/api/jobs/{job_id}"])
    assert {"/api/jobs/{job_id}/events", "/api/jobs/{job_id}/captions.{form}"} <= set(paths)


def test_the_server_reports_its_models_and_limits(server: Server) -> None:
    offer = server.get("/api/server").json()
    assert {model["language"] for model in offer["models"]} == {"en", "ko"}
    assert offer["keep_s"] == 24 * 3600
    assert offer["heard"] == [model for model in ("en", "ko") if can_hear(model)]
