"""HTTP API of jobs: create, follow, edit and delete."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from klipnet_live import __version__
from klipnet_live.web.access import COOKIE
from klipnet_live.web.events import events, job_text
from klipnet_live.web.jobs import Jobs
from klipnet_live.web.refusals import BusyError, NotYetError, no_token
from klipnet_live.web.schema import (
    UPLOAD_FORM,
    JobText,
    LineText,
    ModelText,
    NameChange,
    NewJob,
    ProblemText,
    ServerText,
    TextChange,
    TokenText,
)
from klipnet_live.web.store import NumberedLine
from klipnet_live.web.upload import announced_bytes, receive_form

router = APIRouter(prefix="/api", responses={"4XX": {"model": ProblemText}})

_COOKIE_S = 30 * 24 * 3600


def jobs_of(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


@router.get("/server")
async def server(request: Request) -> ServerText:
    """Models and limits of this server."""
    service = request.app.state.service
    limits = service.limits
    return ServerText(
        version=__version__,
        models=[ModelText(**asdict(model)) for model in service.offer.models],
        heard=service.offer.heard,
        upload_bytes=limits.upload_bytes,
        video_s=limits.video_s,
        keep_s=limits.keep_s,
        local=service.local,
    )


@router.post("/session", status_code=204)
async def session(request: Request, given: TokenText) -> Response:
    """Exchange the token for a cookie. Programs can send `Authorization: Bearer TOKEN` instead."""
    token = request.app.state.service.token
    if token is not None and not token.is_right(given.token):
        raise no_token()
    answer = Response(status_code=204)
    answer.set_cookie(
        COOKIE,
        given.token,
        max_age=_COOKIE_S,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/jobs", status_code=201, openapi_extra=UPLOAD_FORM)
async def upload(request: Request) -> NewJob:
    """Upload a video, which is added to the queue."""
    jobs, storage, service = jobs_of(request), request.app.state.storage, request.app.state.service
    jobs.check_room()
    job_id = jobs.new_id()
    target = storage.upload(job_id)
    with storage.reserving(announced_bytes(request, service.limits)):
        form = await receive_form(request, target, service.limits)
        try:
            # In another thread: compiling a long phrase list takes seconds.
            options = await run_in_threadpool(service.offer.options, form.file_name or "", form.fields)
            jobs.add(job_id, options)
        finally:
            target.unlink(missing_ok=True)
    return NewJob(id=job_id)


@router.get("/jobs/{job_id}")
async def job(request: Request, job_id: str) -> JobText:
    """State and progress of a job."""
    return job_text(jobs_of(request), job_id)


@router.delete("/jobs/{job_id}", status_code=204)
async def delete(request: Request, job_id: str) -> None:
    """Cancel a job and delete its video and captions immediately."""
    jobs_of(request).delete(job_id)


@router.get(
    "/jobs/{job_id}/events",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": "`job`, `line` and `speaking` events"}
    },
)
async def follow(
    request: Request, job_id: str, last_event_id: Annotated[int, Header(ge=0)] = 0
) -> StreamingResponse:
    """Server-sent events until the job has ended. `Last-Event-ID` resumes after that line."""
    jobs, watchers, limits = jobs_of(request), request.app.state.watchers, request.app.state.service.limits
    jobs.get(job_id)
    of_this_job = watchers.count(job_id)
    if of_this_job >= limits.event_streams_of_a_job or watchers.count() >= limits.event_streams:
        raise BusyError("Too many pages are following jobs. Try again later.")
    stream = events(jobs, watchers, job_id, last_event_id)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


@router.get("/jobs/{job_id}/lines")
async def lines(request: Request, job_id: str) -> list[LineText]:
    """The completed lines so far."""
    jobs = jobs_of(request)
    jobs.get(job_id)
    return [LineText.of(stored) for stored in jobs.lines(job_id)]


@router.put("/jobs/{job_id}/lines/{number}", status_code=204)
async def correct(request: Request, job_id: str, number: int, change: TextChange) -> None:
    """Replace the text of a line; an empty text deletes the line."""
    text = " ".join(change.text.split())

    def corrected(stored: NumberedLine) -> NumberedLine | None:
        if stored.number != number:
            return stored
        return NumberedLine(number, replace(stored.line, text=text, readable=True)) if text else None

    _edit(request, job_id, corrected)


@router.put("/jobs/{job_id}/speakers/{speaker}", status_code=204)
async def rename(request: Request, job_id: str, speaker: str, change: NameChange) -> None:
    """Rename a speaker."""
    name = " ".join(change.name.split())

    def renamed(stored: NumberedLine) -> NumberedLine:
        if stored.line.speaker != speaker:
            return stored
        return NumberedLine(stored.number, replace(stored.line, name=name))

    _edit(request, job_id, renamed)


def _edit(request: Request, job_id: str, change: Callable[[NumberedLine], NumberedLine | None]) -> None:
    jobs = jobs_of(request)
    if jobs.get(job_id).state != "done":
        raise NotYetError("The recording is still being processed. Edit its lines when it is done.")
    jobs.edit(job_id, lambda lines: [changed for stored in lines if (changed := change(stored)) is not None])
