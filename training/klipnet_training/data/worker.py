"""Crops the clips of one source after another, within one process."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from klipnet_live.atomic_file import write_atomically
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.types import FPS, UserError
from klipnet_training.data.alignments import read_alignment
from klipnet_training.data.mouths import MouthCropper, MouthTrack
from klipnet_training.data.recordings import NamedRecording, Recording, Span
from klipnet_training.data.window import Window


@dataclass(frozen=True, slots=True)
class Settings:
    """How a dataset is prepared. `mouths`: every source shows a mouth only, whatever its size."""

    out: Path
    window: Window
    mouths: bool = False
    geometry: CropGeometry = field(default_factory=CropGeometry)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one clip. `problem` is empty for a clip that can be used."""

    entry: NamedRecording
    pictures: int = 0
    faceless: int = 0
    problem: str = ""


class Worker:
    """Writes prepared clips and knows which ones are there already."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._crop = MouthCropper(settings.window, settings.mouths, settings.geometry)

    def __call__(self, group: Sequence[NamedRecording]) -> list[Outcome]:
        """All clips of one source. Errors: OSError when a clip cannot be written."""
        outcomes = [self._known(entry) for entry in group]
        missing = [entry for entry, outcome in zip(group, outcomes, strict=True) if outcome is None]
        return [outcome for outcome in outcomes if outcome] + (self._made(missing) if missing else [])

    def _made(self, entries: Sequence[NamedRecording]) -> list[Outcome]:
        try:
            track = self._crop(entries[0].recording.source)
        except (UserError, OSError) as error:
            return [Outcome(entry, problem=str(error)) for entry in entries]
        return [self._saved(entry, track) for entry in entries]

    def _saved(self, entry: NamedRecording, track: MouthTrack) -> Outcome:
        crops = track.crops[_frames(entry.recording.span)]
        if not len(crops):
            return Outcome(entry, problem=f"{entry.recording.source} ends before {entry.name} begins.")
        found, file = np.array([track.pictures, track.faceless]), io.BytesIO()
        np.savez_compressed(file, crops=crops, found=found, made_from=np.array(self._origin(entry)))
        # Thousands of clips would wait for the disk; what is lost with the machine is made again.
        write_atomically(self._path(entry), file.getbuffer(), durable=False)
        return Outcome(entry, track.pictures, track.faceless)

    def _known(self, entry: NamedRecording) -> Outcome | None:
        """What is known of a clip before its source is read."""
        problem = problem_of(entry.recording)
        if problem:
            return Outcome(entry, problem=problem)
        # numpy leaves a file open that is cut off, so it is opened here.
        with suppress(OSError, ValueError, KeyError, BadZipFile), self._path(entry).open("rb") as file:
            clip = np.load(file)
            if str(clip["made_from"]) == self._origin(entry):
                pictures, faceless = clip["found"].tolist()
                return Outcome(entry, pictures, faceless)
        return None

    def _origin(self, entry: NamedRecording) -> str:
        """What a clip depends on: when it changes, the clip is made anew."""
        recording, settings = entry.recording, self._settings
        made = (recording.source.name, _content_of(recording.source), recording.span)
        return " ".join(map(str, (*made, settings.window, settings.mouths, settings.geometry)))

    def _path(self, entry: NamedRecording) -> Path:
        return self._settings.out / "crops" / f"{entry.name}.npz"


def _content_of(source: Path) -> str:
    """What changes when a source does: the size of a video; of pictures also when they were written."""
    if not source.is_dir():
        return str(source.stat().st_size)
    found = [picture.stat() for picture in source.glob("*.png")]
    return f"{sum(file.st_size for file in found)} {sum(file.st_mtime_ns for file in found)}"


def problem_of(recording: Recording) -> str:
    """Why a recording cannot be used, as far as its files tell without being read."""
    if recording.problem:
        return recording.problem
    if not recording.source.exists():
        return f"{recording.source} is missing."
    try:
        if recording.align is not None:
            read_alignment(recording.align)
    except UserError as error:
        return str(error)
    return ""


def _frames(span: Span | None) -> slice:
    return slice(None) if span is None else slice(round(span.start_s * FPS), round(span.end_s * FPS))
