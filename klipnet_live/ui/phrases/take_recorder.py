"""One recording session: decides which phrase is next and whether each take is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from klipnet_live.phrases.check import check_new_take
from klipnet_live.phrases.profile import Profile
from klipnet_live.recording.states import PhraseStudioState, PhraseTake
from klipnet_live.types import UserError
from klipnet_live.ui.core.background import Background
from klipnet_live.ui.core.phrases_port import PhraseServices, PhraseStudioLike
from klipnet_live.ui.phrases.open_profile import OpenProfile

TAKES = 3
"""Number of takes to record per phrase."""

_POLL_MS = 40


class TakeRecorder(QObject):
    """Owns the studio while phrases are recorded."""

    polled = Signal(object)
    """A PhraseStudioState, 25 times per second."""

    take_kept = Signal(str)
    """A take of this phrase was added to the profile."""

    problem = Signal(object)

    take_refused = Signal(object)
    """A UserError: the take differs from the other takes of its phrase. It is kept only if the user
    confirms."""

    ended = Signal()

    def __init__(
        self, services: PhraseServices, open_profile: OpenProfile, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._open_profile = services, open_profile
        self._studio: PhraseStudioLike | None = None
        self._skipped: frozenset[str] = frozenset()
        self._waiting: tuple[str, PhraseTake, Profile] | None = None
        self._reported: UserError | None = None
        self._refused: tuple[str, PhraseTake] | None = None
        self._checking = Background(self._check_take, self)
        self._checking.answered.connect(self._keep)
        self._checking.failed.connect(self._refuse)
        self._timer = QTimer(self, interval=_POLL_MS)
        self._timer.timeout.connect(self._poll)

    @property
    def running(self) -> bool:
        return self._studio is not None

    @property
    def studio(self) -> PhraseStudioLike | None:
        return self._studio

    @property
    def phrase(self) -> str | None:
        """The phrase to record now; None when all takes are recorded."""
        profile = self._open_profile.profile
        return None if profile is None else profile.next_phrase(TAKES, self._skipped)

    def begin(self, source: str) -> None:
        """Start recording from a source. Raises UserError if it cannot be opened."""
        self._skipped, self._reported, self._refused = frozenset(), None, None
        self._studio = self._services.open_studio(source)
        self._studio.start()
        self._studio.listen(True)
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        if self._studio is not None:
            self._studio.stop()
            self._studio = None
            self.ended.emit()

    def skip(self) -> None:
        """Skip the current phrase for this session."""
        if (text := self.phrase) is not None:
            self._skipped |= {text}

    def undo(self) -> None:
        """Delete the newest take."""
        profile = self._open_profile.profile
        if profile is not None and profile.info.takes:
            self._open_profile.change(profile.without_take(profile.info.takes[-1].id))

    def keep_anyway(self) -> None:
        """Keep the take that was refused last."""
        refused, self._refused = self._refused, None
        if refused is not None:
            self._add(*refused)

    def _poll(self) -> None:
        studio = self._studio
        if studio is None:
            return
        state: PhraseStudioState = studio.state
        if state.problem is not None and state.problem is not self._reported:
            self.problem.emit(state.problem)
        self._reported = state.problem
        self.polled.emit(state)
        text, profile = self.phrase, self._open_profile.profile
        if text is None or profile is None or not state.running:
            self.end()
        elif self._waiting is None and (take := studio.next_take()) is not None:
            self._waiting = text, take, profile
            self._checking.ask()

    def _check_take(self) -> None:
        """Raise UserError if the mouth is covered or the take differs from the others of its phrase."""
        if self._waiting is not None:
            text, take, profile = self._waiting
            check_new_take(text, take.features, profile.examples, self._services.encode.blocks)

    def _keep(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._add(*waiting[:2])

    def _add(self, text: str, take: PhraseTake) -> None:
        if self._open_profile.profile is not None:
            self._refused = None
            self._open_profile.change(self._open_profile.profile.with_take(text, take.features, take.crops))
            self.take_kept.emit(text)

    def _refuse(self, problem: UserError) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._refused = waiting[:2]
            self.take_refused.emit(problem)
