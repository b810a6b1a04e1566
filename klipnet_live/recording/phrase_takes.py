"""Takes of phrases from video clips, cropped to the span of lip motion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.dataset_format import TABLE, read_table
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.lips.resample import CropResampler
from klipnet_live.media.suffixes import is_video
from klipnet_live.phrases.check import check_take
from klipnet_live.phrases.span import spoken_span
from klipnet_live.pipeline.stages import capture, look, thin
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import GreyImage, UserError


@dataclass(frozen=True, slots=True)
class PhraseClip:
    """A video clip and its phrase."""

    path: Path
    text: str


def clips_in(folder: Path, speaker: str | None = None) -> list[PhraseClip]:
    """The clips of a folder, listed in transcripts.tsv, or else in one subfolder per phrase.

    `speaker`: use only rows of this speaker. Raises UserError.
    """
    if not folder.is_dir():
        raise UserError("The folder {path} does not exist. Check its name.", path=folder)
    clips = list(_of_table(folder, speaker) if (folder / TABLE).is_file() else _of_folders(folder))
    if not clips:
        raise UserError(
            "There are no clips in {path}. Put the clips of each phrase into a folder with its name, or "
            "write a transcripts.tsv with the columns path and text.",
            path=folder,
        )
    return clips


def take_of_video(path: Path) -> list[GreyImage]:
    """Crops (50, 100) at 25 per second of the phrase in a video.

    UserError if there is no face, more than one, or no speech.
    """
    crops = crops_of_video(path)
    span = spoken_span(crops)
    found = crops[span] if span is not None else []
    try:
        check_take(found)
    except UserError as error:
        raise UserError("{path}: " + error.template, path=path.name, **error.values) from error
    return found


def crops_of_video(path: Path) -> list[GreyImage]:
    """All crops at 25 per second of the only face. Raises UserError."""
    by_speaker: dict[str, list[tuple[float, GreyImage]]] = {}
    pictures = 0
    with closing(FaceTracker()) as tracker:
        for sighting in look(tracker, thin(capture(VideoFile(path, "fast")))):
            pictures += 1
            for mouth in sighting.seen.mouths:
                by_speaker.setdefault(mouth.speaker, []).append((mouth.time_s, mouth.crop))
    seen = sorted(by_speaker.values(), key=len, reverse=True)
    if not seen:
        raise UserError("No face was found in {path}. Show the whole face from the front.", path=path.name)
    if len(seen) > 1 and len(seen[1]) > pictures / 3:
        raise UserError("There are two people in {path}. Only the speaker may be in view.", path=path.name)
    resampler = CropResampler()
    return [crop for time_s, mouth in seen[0] for _, crop in resampler.feed(time_s, mouth)]


def _of_table(folder: Path, speaker: str | None) -> Iterator[PhraseClip]:
    path = folder / TABLE
    with file_errors_as_user_errors(path):
        rows = list(read_table(path))
    for row in rows:
        if speaker in (None, row.get("speaker")) and "path" in row and "text" in row:
            yield PhraseClip(folder / row["path"], row["text"])


def _of_folders(folder: Path) -> Iterator[PhraseClip]:
    for inside in sorted(path for path in folder.iterdir() if path.is_dir()):
        for video in sorted(inside.iterdir()):
            if is_video(video):
                yield PhraseClip(video, inside.name)
