"""Server-sent events of a job. The stream polls the store: a client that does not read costs one waiting
task, and no events are queued for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from pydantic import BaseModel, TypeAdapter

from klipnet_live.web.jobs import Jobs
from klipnet_live.web.refusals import NoJobError
from klipnet_live.web.schema import JobText, LineText, OpenLineText
from klipnet_live.web.watchers import Watchers

KEEP_ALIVE_S = 15.0
"""Proxies close connections that are idle for half a minute or more."""

PAUSE_S = 0.1
"""Minimum interval between updates: lines change faster than anyone can read."""

_OPEN_LINES = TypeAdapter(list[OpenLineText])


def job_text(jobs: Jobs, job_id: str) -> JobText:
    """State of a job for the API. Raises NoJobError."""
    job = jobs.get(job_id)
    before = jobs.position(job_id) if job.state == "queued" else 0
    return JobText.of(job, before=before, lines=jobs.count_lines(job_id))


async def events(jobs: Jobs, watchers: Watchers, job_id: str, after: int) -> AsyncIterator[str]:
    """Events until the job has ended.

    `job` when its state has changed, `line` for each completed line after number `after`, `speaking` for the
    lines that are open.
    """
    said_job, said_open = "", ""
    with watchers.watching(job_id) as changed:
        while True:
            changed.clear()
            try:
                job = job_text(jobs, job_id)
            except NoJobError:
                yield _event("deleted", "{}")
                return
            for stored in jobs.lines(job_id, after):
                after = stored.number
                yield _event("line", LineText.of(stored), after)
            opened = _OPEN_LINES.dump_json(
                [OpenLineText.of(event) for event in jobs.open_lines(job_id)]
            ).decode()
            if opened != (said_open or "[]"):
                said_open = opened
                yield _event("speaking", opened)
            if (text := job.model_dump_json()) != said_job:
                said_job = text
                yield _event("job", text)
            if job.state in ("done", "failed") or watchers.ending:
                return
            await asyncio.sleep(PAUSE_S)
            try:
                await asyncio.wait_for(changed.wait(), KEEP_ALIVE_S)
            except TimeoutError:
                yield ": still here\n\n"


def _event(kind: str, data: BaseModel | str, number: int | None = None) -> str:
    text = data if isinstance(data, str) else data.model_dump_json()
    identity = "" if number is None else f"id: {number}\n"
    return f"event: {kind}\n{identity}data: {text}\n\n"
