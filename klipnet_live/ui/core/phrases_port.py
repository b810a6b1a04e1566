"""What the window of phrases is handed: networks, studios, and which profiles are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from klipnet_live.phrases.in_use import ProfilesInUse
from klipnet_live.pipeline.mailbox import Slot
from klipnet_live.pipeline.preview import Preview
from klipnet_live.recording.phrase_studio_state import PhraseStudioState, ShownTake
from klipnet_live.types import FloatArray, GreyImage


class Encoder(Protocol):
    """The networks that see phrases."""

    @property
    def networks(self) -> tuple[str, ...]: ...

    @property
    def blocks(self) -> int: ...

    def __call__(self, crops: Sequence[GreyImage]) -> FloatArray: ...


class PhraseStudioLike(Protocol):
    """Watches a source for phrases that are shown. No call waits."""

    @property
    def preview(self) -> Slot[Preview]: ...

    @property
    def state(self) -> PhraseStudioState: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def listen(self, on: bool) -> None: ...

    def next_take(self) -> ShownTake | None: ...


@dataclass(frozen=True, slots=True)
class PhraseServices:
    """`open_studio` takes a source, and may raise UserError."""

    encode: Encoder
    open_studio: Callable[[str], PhraseStudioLike]
    in_use: ProfilesInUse
