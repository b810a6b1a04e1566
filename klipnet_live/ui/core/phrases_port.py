"""Services for the "My phrases" window: encoder networks, recording studio, profiles in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from klipnet_live.latest import Latest
from klipnet_live.phrases.in_use import ProfilesInUse
from klipnet_live.pipeline.preview import Preview
from klipnet_live.recording.states import PhraseStudioState, PhraseTake
from klipnet_live.types import FloatArray, GreyImage, UserError


class PhraseFeatures(Protocol):
    """The networks that encode phrases."""

    @property
    def networks(self) -> tuple[str, ...]: ...

    @property
    def blocks(self) -> int: ...

    def __call__(self, crops: Sequence[GreyImage]) -> FloatArray: ...


class PhraseStudioLike(Protocol):
    """Watches a source for phrases to record. No call blocks."""

    @property
    def preview(self) -> Latest[Preview]: ...

    @property
    def state(self) -> PhraseStudioState: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def listen(self, on: bool) -> None: ...

    def next_take(self) -> PhraseTake | None: ...


class DictationLike(Protocol):
    """Writes down what is spoken into the microphone. No call blocks."""

    @property
    def running(self) -> bool: ...

    @property
    def listening(self) -> bool: ...

    @property
    def problem(self) -> UserError | None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def next_text(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class PhraseServices:
    """`open_studio` takes a source spec, `open_dictation` a language. Both may raise UserError."""

    encode: PhraseFeatures
    open_studio: Callable[[str], PhraseStudioLike]
    open_dictation: Callable[[str], DictationLike]
    in_use: ProfilesInUse
