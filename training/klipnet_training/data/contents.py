"""Measures the length of clips and hashes their content to find duplicates."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.media.timeline import MAX_STEP_S
from klipnet_live.types import FPS, UserError
from klipnet_training.data.files import pictures_in, read_picture
from klipnet_training.data.stored import read_array


@dataclass(frozen=True, slots=True)
class Contents:
    """Number of frames at 25 fps and a hash of the content. `problem`: why the clip cannot be used."""

    frames: int = 0
    digest: str = ""
    problem: str = ""


def contents_of(path: Path) -> Contents:
    """Contents of a prepared clip, a folder of mouth images, or a video."""
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            return Contents(problem="is not a regular file")
        if path.suffix == ".npz":
            return _of_crops(path)
        return _of_pictures(path) if path.is_dir() else _of_video(path)
    except FileNotFoundError:
        return Contents(problem="is missing")
    except (ValueError, KeyError, BadZipFile):
        return Contents(problem="is damaged: run `klipnet-data prepare` again")
    except (OSError, UserError) as error:
        return Contents(problem=f"cannot be read ({error})")


def _of_crops(path: Path) -> Contents:
    crops = read_array(path, "crops")
    geometry = CropGeometry()
    if crops.dtype != np.uint8 or crops.shape[1:] != (geometry.height, geometry.width) or not len(crops):
        expected = f"(frames, {geometry.height}, {geometry.width}) uint8"
        return Contents(problem=f"holds {crops.shape} {crops.dtype}, expected {expected}")
    return Contents(len(crops), hashlib.sha256(crops.tobytes()).hexdigest())


def _of_pictures(folder: Path) -> Contents:
    pictures = pictures_in(folder)
    if not pictures:
        return Contents(problem="contains no PNG images")
    digest = hashlib.sha256()
    for picture in pictures:
        digest.update(read_picture(picture))
    return Contents(len(pictures), digest.hexdigest())


def _of_video(path: Path) -> Contents:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    video = VideoFile(path, "fast")
    length_s, before_s = 0.0, None
    for frame in video.frames():
        step_s = 0.0 if before_s is None else frame.time_s - before_s
        length_s += step_s if step_s <= MAX_STEP_S else 1 / FPS
        before_s = frame.time_s
    if video.facts.is_cut_off:
        whole_s = f"{video.facts.seen_s:.1f} of {video.facts.announced_s:.1f} seconds"
        return Contents(problem=f"ends after {whole_s}: copy it again")
    return Contents(int(length_s * FPS + 1e-3) + 1, digest)
