"""Recordings with their transcripts: what every dataset layout is read into."""

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
    """Start and end of a sentence in a video, in seconds; the end is exclusive."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Recording:
    """One clip to prepare. `source` is a video, or a folder of mouth images at 25 per second."""

    source: Path
    speaker: str
    text: str
    split: str = ""
    session: str = ""
    align: Path | None = None
    span: Span | None = None
    """None: the whole source."""
    problem: str = ""
    """Why the clip cannot be used, in one line; empty if it can."""

    @property
    def name(self) -> str:
        """The source's name, followed by the start of the span in milliseconds if there is one."""
        start = "" if self.span is None else f"_{self.span.start_s * 1000:07.0f}"
        return readable_name(self.source.stem) + start


@dataclass(frozen=True, slots=True)
class NamedRecording:
    """A recording with a name that is unique in its dataset."""

    name: str
    recording: Recording


def with_unique_names(recordings: Iterable[Recording]) -> list[NamedRecording]:
    """Name clips after their files, prefixed with the speaker where several share a name.

    The names become file names in the prepared folder, so path separators are removed.
    """
    every = list(recordings)
    counts = Counter(recording.name.casefold() for recording in every)
    taken: set[str] = set()
    named: list[NamedRecording] = []
    for recording in every:
        name = recording.name
        if counts[name.casefold()] > 1:
            name = f"{recording.speaker or recording.source.parent.name}_{name}"
        name = _first_free(file_name(name, "clip"), taken)
        taken.add(name.casefold())
        named.append(NamedRecording(name, recording))
    return named


def _first_free(name: str, taken: set[str]) -> str:
    """The name, numbered if it is taken. Case is ignored, as some file systems do."""
    numbered = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(free for free in numbered if free.casefold() not in taken)


def by_source(named: Iterable[NamedRecording]) -> list[list[NamedRecording]]:
    """Group the recordings of each source, so that it is read once."""
    groups: dict[Path, list[NamedRecording]] = defaultdict(list)
    for entry in named:
        groups[entry.recording.source].append(entry)
    return list(groups.values())
