"""Writes down phrases that are spoken into a microphone, one for each utterance."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from klipnet_live.recording.worker import Worker
from klipnet_live.sound.base import SoundSource
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.types import UserError, Utterance


class Dictation(Worker):
    """Listens to a source until `stop`. `open_transcriber` runs on its thread, since loading models takes
    a while.
    """

    def __init__(self, source: SoundSource, open_transcriber: Callable[[], Transcriber]) -> None:
        super().__init__(self._listen)
        self._source, self._open_transcriber = source, open_transcriber
        self._texts: SimpleQueue[str] = SimpleQueue()
        self._listening = threading.Event()

    @property
    def listening(self) -> bool:
        """Whether the models are loaded; what was said earlier is not heard."""
        return self._listening.is_set()

    @property
    def problem(self) -> UserError | None:
        """What ended it, if it failed."""
        return self._problem

    def next_text(self) -> str | None:
        """The next phrase that was spoken, if any."""
        try:
            return self._texts.get_nowait()
        except Empty:
            return None

    def stop(self) -> None:
        self._source.stop()

    def _listen(self) -> None:
        transcriber = self._open_transcriber()
        self._listening.set()
        for sound in self._source.blocks():
            for utterance in transcriber.push(sound):
                self._keep(utterance)
        for utterance in transcriber.finish():
            self._keep(utterance)

    def _keep(self, utterance: Utterance) -> None:
        # A full stop belongs to a sentence, not to a phrase in a list.
        text = " ".join(word.text for word in utterance.words).rstrip(". ")
        if utterance.done and text:
            self._texts.put(text)
