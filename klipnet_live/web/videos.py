"""Video copies with captions, made on the first request and kept until a line changes."""

from __future__ import annotations

import asyncio
from pathlib import Path

from klipnet_live.batch.messages import Done, Ended, Failed, Message
from klipnet_live.batch.runner import Runner
from klipnet_live.batch.tasks import WriteCaptions
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.types import UserError
from klipnet_live.web.storage import Storage
from klipnet_live.web.store import Job


class Videos:
    """Used on the event loop only. Concurrent requests for the same copy share one task."""

    def __init__(self, storage: Storage, runner: Runner) -> None:
        self._storage, self._runner = storage, runner
        self._making: dict[Path, asyncio.Task[None]] = {}

    async def get(self, job: Job, lines: list[CaptionLine], form: str, burn_in: bool) -> Path:
        """Path of the copy. Raises UserError if it cannot be made."""
        kind = "burnt-in" if burn_in else "track"
        target = self._storage.folder(job.id) / f"{kind}-{job.edits}.{form}"
        if not target.is_file():
            making = self._making.get(target)
            if making is None:
                video = self._storage.video(job.id)
                task = WriteCaptions(video, target, lines, job.language, burn_in)
                making = self._making[target] = asyncio.create_task(self._make(task, job.name))
                making.add_done_callback(lambda _: self._making.pop(target))
            await asyncio.shield(making)
            for older in target.parent.glob(f"{kind}-*.{form}"):
                if older != target and older not in self._making:
                    older.unlink(missing_ok=True)
        return target

    def close(self) -> None:
        self._runner.close()

    async def _make(self, task: WriteCaptions, name: str) -> None:
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[Ended] = loop.create_future()

        def listen(message: Message) -> None:
            if isinstance(message, Ended):
                loop.call_soon_threadsafe(ended.set_result, message)

        with self._storage.reserving(task.video.stat().st_size):
            self._runner.submit(task, listen)
            message = await ended
        if isinstance(message, Failed):
            hidden = message.problem.renamed(task.video, name)
            raise hidden.renamed(task.target, f"captions{task.target.suffix}").error()
        if not isinstance(message, Done):
            raise UserError("The server is shutting down. Try again when it is back.")
