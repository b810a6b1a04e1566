"""Runs caption outputs to other programs, each on its own thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from klipnet_live.errors import as_user_error
from klipnet_live.latest import Latest
from klipnet_live.outputs.base import Output
from klipnet_live.pipeline.base import Pipeline
from klipnet_live.pipeline.preview import Preview
from klipnet_live.types import CaptionEvent, Frame, UserError

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
"""A failed output is reopened after a pause that doubles each time, up to this limit."""


@dataclass(frozen=True, slots=True)
class OutputState:
    """State of an output. `detail`: what it has opened; `problem`: why it is closed or failing.

    `tries_again`: the problem may be temporary, and the output will be retried.
    """

    name: str
    open: bool
    detail: str = ""
    problem: UserError | None = None
    tries_again: bool = False


class Outputs:
    """Runs outputs that can be started and stopped at any time and stay open across pipelines.

    `on_state` is called on the outputs' threads.
    """

    def __init__(self, on_state: Callable[[OutputState], object] = lambda state: None) -> None:
        self._on_state = on_state
        self._workers: dict[str, _Worker] = {}
        self._lock = threading.Lock()
        self._pictures: Latest[Preview] | None = None
        self._newest: Frame | None = None

    def attach(self, pipeline: Pipeline) -> None:
        """Pass on what this pipeline, which has not started yet, captures and says."""
        self.detach()
        self._pictures = pipeline.add_viewer()
        pipeline.add_sink(self)

    def detach(self) -> None:
        """The pipeline has ended: clear its last frame and captions."""
        with self._lock:
            self._pictures = self._newest = None
        for worker in self._workers.values():
            worker.output.clear()

    def newest(self) -> Frame | None:
        """The newest frame, repeated until there is a newer one; None while no pipeline runs."""
        with self._lock:
            taken = None if self._pictures is None else self._pictures.take()
            if taken is not None:
                self._newest = taken.frame
            return self._newest

    def start(self, name: str, output: Output) -> None:
        """Open an output in the background; a running one with the same name is stopped first."""
        before = self._workers.get(name)
        if before is not None:
            before.stop()
        self._workers[name] = _Worker(name, output, before, self._on_state)
        self._workers[name].start()

    def stop(self, name: str) -> None:
        """Stop an output; unknown names are ignored."""
        if name in self._workers:
            self._workers[name].stop()

    def wait(self) -> None:
        """Wait until all outputs are open. Raises the UserError of an output that cannot be opened."""
        for worker in self._workers.values():
            worker.wait()

    def close(self, patience_s: float = 2.0) -> None:
        """Stop all outputs and wait up to `patience_s` until they have released their resources."""
        for worker in self._workers.values():
            worker.stop()
        deadline_s = time.monotonic() + patience_s
        for worker in self._workers.values():
            worker.join(max(0.0, deadline_s - time.monotonic()))

    def __call__(self, event: CaptionEvent) -> None:
        for worker in tuple(self._workers.values()):
            worker.deliver(event)


class _Worker:
    """One output on its own thread. Failures do not affect other outputs; it is reopened after a pause.

    A UserError is permanent, such as a keyboard that accepts no text; other exceptions may be temporary.
    """

    def __init__(
        self,
        name: str,
        output: Output,
        before: _Worker | None,
        on_state: Callable[[OutputState], object],
    ) -> None:
        self.output = output
        self.is_open = False
        self._name, self._before, self._on_state = name, before, on_state
        self._problem: UserError | None = None
        self._detail = ""
        self._failing = False
        self._stopped, self._decided = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self.start, self.join = self._thread.start, self._thread.join

    def stop(self) -> None:
        self._stopped.set()
        self.output.stop()

    def wait(self) -> None:
        self._decided.wait()
        if self._problem is not None:
            raise self._problem

    def deliver(self, event: CaptionEvent) -> None:
        """Pass an event on. A failing output loses it, and gets the next one."""
        if not self.is_open:
            return
        try:
            self.output(event)
        except Exception as error:
            if not self._failing:
                self._report(open=True, problem=as_user_error(error), tries_again=True)
            self._failing = True
        else:
            if self._failing:
                self._report(open=True, detail=self._detail)
            self._failing = False

    def _work(self) -> None:
        if self._before is not None:
            # The previous output may hold the same device or port.
            self._before.join()
            self._before = None
        pause_s = FIRST_PAUSE_S
        while not self._stopped.is_set() and self._fails_but_may_recover():
            self._stopped.wait(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        self._decided.set()
        self._report(open=False, problem=self._problem)

    def _fails_but_may_recover(self) -> bool:
        """Open the output and run it until it ends. True if it ended with a temporary failure."""
        was_open = self._decided.is_set()
        try:
            self._detail = self.output.open()
            self.is_open = was_open = True
            self._decided.set()
            self._report(open=True, detail=self._detail)
            self.output.run()
        except UserError as error:
            self._problem = error
        except Exception as error:
            self._problem = None if was_open else as_user_error(error)
            if was_open:
                self._report(open=False, problem=as_user_error(error), tries_again=True)
            return was_open
        finally:
            self.is_open = False
        return False

    def _report(
        self, *, open: bool, detail: str = "", problem: UserError | None = None, tries_again: bool = False
    ) -> None:
        self._on_state(OutputState(self._name, open, detail, problem, tries_again))
