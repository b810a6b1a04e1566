"""Crops the clips of sources one by one, within one process."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from klipnet_live.atomic_file import write_atomically
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.types import FPS, UserError
from klipnet_training.data.alignments import Unit, read_alignment, unit_of
from klipnet_training.data.files import exists, pictures_in
from klipnet_training.data.mouths import MouthCropper, SourceMouths
from klipnet_training.data.recordings import NamedRecording, Recording, Span
from klipnet_training.data.stored import StoredCrops, read_array
from klipnet_training.data.window import Window

_SMALL_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class CropSettings:
    """How a dataset is prepared. `mouths`: every source shows only a mouth, whatever its size."""

    out: Path
    window: Window
    mouths: bool = False
    geometry: CropGeometry = field(default_factory=CropGeometry)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of preparing one clip. `problem` is empty if the clip can be used.

    `out_of_reach`: the recording cannot be read now, so what an earlier run made of it may still be valid.
    `frames`: length at 25 fps; `unit`: time unit of the alignment; `remarks`: notes for the user.
    """

    entry: NamedRecording
    pictures: int = 0
    faceless: int = 0
    problem: str = ""
    out_of_reach: bool = False
    frames: int = 0
    unit: Unit = "thousandths of a frame"
    remarks: tuple[str, ...] = ()


class Worker:
    """Writes prepared clips, and reuses those that are up to date."""

    def __init__(self, settings: CropSettings) -> None:
        self._settings = settings
        self._crop = MouthCropper(settings.window, settings.mouths, settings.geometry)

    def __call__(self, group: Sequence[NamedRecording]) -> list[Outcome]:
        """Prepare all clips of one source. OSError if a clip cannot be written."""
        outcomes = [self._existing(entry) for entry in group]
        missing = [entry for entry, outcome in zip(group, outcomes, strict=True) if outcome is None]
        made = self._crop_source(missing) if missing else []
        return [self._with_unit(outcome) for outcome in (*(o for o in outcomes if o), *made)]

    def _crop_source(self, entries: Sequence[NamedRecording]) -> list[Outcome]:
        source = entries[0].recording.source
        try:
            track = self._crop(source)
        except (UserError, OSError) as error:
            return [Outcome(entry, problem=str(error), out_of_reach=True) for entry in entries]
        except (Exception, MemoryError) as error:
            # A broken clip must never cost the others.
            problem = f"{source} cannot be read ({type(error).__name__}: {error}): copy it again."
            return [Outcome(entry, problem=problem, out_of_reach=True) for entry in entries]
        return [self._save(entry, track) for entry in entries]

    def _save(self, entry: NamedRecording, track: SourceMouths) -> Outcome:
        crops = track.crops[_frames(entry.recording.span, track)]
        if not len(crops):
            return Outcome(entry, problem=f"{entry.recording.source} ends before {entry.name} begins.")
        found, file = np.array([track.pictures, track.faceless]), io.BytesIO()
        np.savez_compressed(file, crops=crops, found=found, made_from=np.array(self._origin(entry)))
        # Not flushed to disk, for speed: a clip lost in a power failure is made again.
        write_atomically(self._path(entry), file.getbuffer(), durable=False)
        remarks = (track.remark,) if track.remark else ()
        return Outcome(entry, track.pictures, track.faceless, frames=len(crops), remarks=remarks)

    def _existing(self, entry: NamedRecording) -> Outcome | None:
        """The outcome of a clip if its source need not be read: it has a problem, or is up to date."""
        problem, gone = problem_of(entry.recording)
        if problem:
            return Outcome(entry, problem=problem, out_of_reach=gone)
        path = self._path(entry)
        if origin_of(path) == self._origin(entry):
            with suppress(OSError, ValueError, KeyError, BadZipFile, UserError):
                pictures, faceless = read_array(path, "found", _SMALL_BYTES).tolist()
                return Outcome(entry, pictures, faceless, frames=len(StoredCrops(path)))
        return None

    def _with_unit(self, outcome: Outcome) -> Outcome:
        """Add the time unit of the clip's alignment, or a problem if no unit fits."""
        align = outcome.entry.recording.align
        if outcome.problem or align is None:
            return outcome
        unit = unit_of(align, outcome.frames)
        if unit is None:
            reason = f"its clip has {outcome.frames} frames, and no known unit fits"
            return replace(outcome, problem=f"{align} does not belong to its clip: {reason}.")
        if unit == outcome.unit:
            return outcome
        remark = f"{align} is in {unit} and is converted"
        return replace(outcome, unit=unit, remarks=(*outcome.remarks, remark))

    def _origin(self, entry: NamedRecording) -> str:
        """A fingerprint of what a clip depends on; when it changes, the clip is made again."""
        recording, settings = entry.recording, self._settings
        # Clips of two folders may have the same name and size.
        place = Path(recording.source.parent.name, recording.source.name)
        made = (place, _content_of(recording.source), recording.span)
        return " ".join(map(str, (*made, settings.window, settings.mouths, settings.geometry)))

    def _path(self, entry: NamedRecording) -> Path:
        return self._settings.out / "crops" / f"{entry.name}.npz"


def origin_of(clip: Path) -> str:
    """Fingerprint of what a prepared clip was made from; empty if its file cannot be read."""
    with suppress(OSError, ValueError, KeyError, BadZipFile):
        return str(read_array(clip, "made_from", _SMALL_BYTES))
    return ""


def _content_of(source: Path) -> str:
    """Fingerprint of a source: the size of a video; total size and modification times of images."""
    if not source.is_dir():
        return str(source.stat().st_size)
    found = [picture.stat() for picture in pictures_in(source)]
    return f"{sum(file.st_size for file in found)} {sum(file.st_mtime_ns for file in found)}"


def problem_of(recording: Recording) -> tuple[str, bool]:
    """Why a recording cannot be used, found without reading the video, and whether its files are missing."""
    if recording.problem:
        return recording.problem, False
    try:
        if not recording.source.exists():
            return f"{recording.source} is missing.", True
        if not (recording.source.is_file() or recording.source.is_dir()):
            return f"{recording.source} is not a regular file.", True
        if recording.align is not None:
            read_alignment(recording.align)
    except (OSError, ValueError) as error:
        return f"{recording.source} cannot be used ({error}): check its name.", True
    except UserError as error:
        return str(error), not (recording.align and exists(recording.align))
    return "", False


def _frames(span: Span | None, track: SourceMouths) -> slice:
    """The range of crops within a span of time."""
    if span is None:
        return slice(None)
    half_s = 0.5 / FPS
    return slice(*np.searchsorted(track.times_s, [span.start_s - half_s, span.end_s - half_s]).tolist())
