"""Downloads of a job: captions in all formats, and the video."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from klipnet_live.captions.lines import CaptionLine
from klipnet_live.export.subtitles import write_lines
from klipnet_live.web.api import jobs_of
from klipnet_live.web.messages import korean_messages
from klipnet_live.web.refusals import NotYetError
from klipnet_live.web.schema import ProblemText
from klipnet_live.web.store import Job

router = APIRouter(prefix="/api", responses={"4XX": {"model": ProblemText}})

messages = APIRouter(include_in_schema=False)

TextForm = Literal["srt", "vtt", "txt", "json", "jsonl", "csv"]
VideoForm = Literal["mp4", "mkv"]

_TYPES = {
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    "txt": "text/plain",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "csv": "text/csv",
    "mp4": "video/mp4",
    "mkv": "video/matroska",
}


@router.api_route("/jobs/{job_id}/captions.{form}", methods=["GET", "HEAD"], response_class=Response)
async def captions(
    request: Request, job_id: str, form: TextForm | VideoForm, burn_in: bool = False
) -> Response:
    """The captions as subtitles, text, or a video copy with a track or (`burn_in`) painted captions.

    A video copy is made on the first request, which takes a while; the response is sent when it is ready.
    """
    jobs = jobs_of(request)
    job = jobs.get(job_id)
    if job.state == "failed" and job.problem is not None:
        raise job.problem.error()
    if job.state != "done":
        raise NotYetError("The recording is still being processed. Come back when it is done.")
    lines = [stored.line for stored in jobs.lines(job_id)]
    if form in ("mp4", "mkv"):
        copy = await request.app.state.videos.get(job, lines, form, burn_in)
        return FileResponse(copy, media_type=_TYPES[form], headers=_attachment(job, form))
    return Response(
        await asyncio.to_thread(_written, lines, form),
        media_type=_TYPES[form],
        headers=_attachment(job, form),
    )


def _written(lines: list[CaptionLine], form: str) -> bytes:
    """Content of the file in the given format."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"captions.{form}"
        write_lines(path, lines)
        return path.read_bytes()


@router.get("/jobs/{job_id}/video", response_class=FileResponse)
async def video(request: Request, job_id: str) -> FileResponse:
    """The uploaded recording; supports `Range`."""
    jobs_of(request).get(job_id)
    path = request.app.state.storage.video(job_id)
    return FileResponse(path, media_type=_video_type(path), headers={"Content-Security-Policy": "sandbox"})


@messages.get("/messages/ko.json")
async def korean() -> dict[str, str]:
    """Korean translations of the server's messages, by English template."""
    return korean_messages()


def _attachment(job: Job, form: str) -> dict[str, str]:
    name = quote(f"{Path(job.name).stem}.{form}", safe="")
    return {"Content-Disposition": f"attachment; filename=\"captions.{form}\"; filename*=UTF-8''{name}"}


def _video_type(path: Path) -> str:
    """Type from the first bytes; never a type that a browser would execute."""
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm"
    return "video/mp4" if head[4:] == b"ftyp" else "application/octet-stream"
