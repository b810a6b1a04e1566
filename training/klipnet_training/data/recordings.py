"""What every dataset layout comes down to: a list of recordings with their texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

from klipnet_live.plain_text import file_name
from klipnet_training.data.files import readable_name


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds of a video in which a sentence is said; the end is exclusive."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Recording:
    """One clip to prepare. `source` is a video, or a folder of mouth pictures at 25 per second."""

    source: Path
    speaker: str
    text: str
    split: str = ""
    session: str = ""
    align: Path | None = None
    span: Span | None = None
    """None for the whole source."""
    problem: str = ""
    """Why the clip cannot be used, in one line."""

    @property
    def name(self) -> str:
        """The source's name; a span adds its start in milliseconds."""
        start = "" if self.span is None else f"_{self.span.start_s * 1000:07.0f}"
        return readable_name(self.source.stem) + start


@dataclass(frozen=True, slots=True)
class NamedRecording:
    """A recording with a name that no other recording of its dataset has."""

    name: str
    recording: Recording


def with_unique_names(recordings: Iterable[Recording]) -> list[NamedRecording]:
    """Names clips after their files, with the speaker in front where several share a name.

    The names become files of the prepared folder, so whatever a table or a file says, none is a path.
    """
    every = list(recordings)
    counts = Counter(recording.name.casefold() for recording in every)
    taken: set[str] = set()
    named: list[NamedRecording] = []
    for recording in every:
        name = recording.name
        if counts[name.casefold()] > 1:
            name = f"{recording.speaker or recording.source.parent.name}_{name}"
        name = _not_taken(file_name(name, "clip"), taken)
        taken.add(name.casefold())
        named.append(NamedRecording(name, recording))
    return named


def _not_taken(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken; some systems do not tell capitals apart."""
    numbered = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(free for free in numbered if free.casefold() not in taken)


def by_source(named: Iterable[NamedRecording]) -> list[list[NamedRecording]]:
    """Groups the sentences of one video, so that it is read once."""
    groups: dict[Path, list[NamedRecording]] = defaultdict(list)
    for entry in named:
        groups[entry.recording.source].append(entry)
    return list(groups.values())
