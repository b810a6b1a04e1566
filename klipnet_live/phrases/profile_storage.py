"""Stored profiles, each in a folder of its own:

profile.json     phrases, takes, and the hashes of the networks
features.npz     features of each take, quantised to 8 bits
takes/ID.jpg     mouth crops of each take, stacked vertically; optional
"""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

import cv2
import numpy as np
import platformdirs
from pydantic import TypeAdapter, ValidationError

from klipnet_live.atomic_file import write_atomically
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.phrases.profile import Encode, Profile, ProfileInfo
from klipnet_live.types import FloatArray, GreyImage, UserError, translatable

FILE_NAME = "profile.json"
MAX_BYTES = 1 << 28
"""Maximum unpacked size of a profile; fifty phrases take one hundredth of it."""

_FEATURES, _TAKES = "features.npz", "takes"

_JPEG_QUALITY = 85
_CROP_HEIGHT, _CROP_WIDTH = 50, 100


def profiles_folder() -> Path:
    """Folder of the user's profiles."""
    return platformdirs.user_data_path("klipnet-live", appauthor=False) / "phrases"


def profile_path(name: str) -> Path:
    """Folder of a profile, given by path or name."""
    given = Path(name)
    if (given / FILE_NAME).is_file() or given.is_absolute() or len(given.parts) > 1:
        return given
    return profiles_folder() / name


def profile_names() -> list[str]:
    """Names of all stored profiles."""
    return sorted(path.parent.name for path in profiles_folder().glob(f"*/{FILE_NAME}"))


def owner_of(text: str, names: Iterable[str]) -> str | None:
    """The first of these profiles that has a phrase; None if none of them can be read and has it."""
    for name in names:
        with suppress(UserError):
            if text in _read_info(profile_path(name)).phrases:
                return name
    return None


def check_name(name: str) -> str:
    """A valid folder name for a profile. UserError if there is none."""
    cleaned = " ".join(name.split())
    if not cleaned or cleaned.startswith(".") or re.search(r'[\\/:*?"<>|\x00-\x1f]', cleaned):
        raise UserError("“{name}” cannot be used as a profile name. Use letters and digits.", name=name)
    return cleaned


def save_profile(folder: Path, profile: Profile) -> None:
    """Write new files first, then the list, then delete files that are no longer used. Raises UserError.

    A full disk leaves the profile unchanged.
    """
    with file_errors_as_user_errors(folder):
        (folder / _TAKES).mkdir(parents=True, exist_ok=True)
        for take_id, crops in profile.crops.items():
            if not (strip := folder / _TAKES / f"{take_id}.jpg").exists():
                write_atomically(strip, _strip(crops), private=True, durable=False)
        write_atomically(folder / _FEATURES, _packed(profile.features), private=True)
        text = json.dumps(asdict(profile.info), ensure_ascii=False, indent=1)
        write_atomically(folder / FILE_NAME, f"{text}\n".encode(), private=True)
        for strip in (folder / _TAKES).glob("*.jpg"):
            if strip.stem not in profile.crops:
                strip.unlink(missing_ok=True)


def load_profile(folder: Path, networks: Sequence[str], encode: Encode) -> Profile:
    """Load a profile. Features of other networks than `networks` are computed again from the crops.

    UserError if it is missing or damaged, or if it was made with other networks and has no crops.
    """
    info = _read_info(folder)
    crops = {take.id: found for take in info.takes if (found := _read_crops(folder, take.id))}
    if info.networks == tuple(networks):
        features = _read_features(folder)
        if all(take.id in features for take in info.takes):
            return Profile(info, features, crops)
    missing = sorted({take.text for take in info.takes if take.id not in crops})
    if missing:
        raise UserError(
            "The profile {name} was made for other models and contains no images. Record these "
            "phrases again: {phrases}.",
            name=info.name,
            phrases=", ".join(missing[:10]),
        )
    features = {take.id: encode(crops[take.id]) for take in info.takes}
    return Profile(replace(info, networks=tuple(networks)), features, crops)


def delete_profile(folder: Path) -> None:
    """Delete a profile with all its files. Raises UserError."""
    _read_info(folder)
    with file_errors_as_user_errors(folder):
        shutil.rmtree(folder)


def export_profile(folder: Path, target: Path) -> None:
    """Write the whole folder to one zip file. Raises UserError."""
    _read_info(folder)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for path in _files(folder):
            file.write(path, path.relative_to(folder).as_posix())
    with file_errors_as_user_errors(target):
        write_atomically(target, packed.getvalue(), private=True)


def import_profile(source: Path) -> Path:
    """Import a zip file made by `export_profile`, under a free name; returns its folder.

    Raises UserError.
    """
    try:
        with zipfile.ZipFile(source) as file:
            _check_size(file)
            name = check_name(_parse(file.read(FILE_NAME), source).name)
            folder = _free_folder(name)
            known = [entry for entry in file.namelist() if _is_ours(entry)]
            with file_errors_as_user_errors(folder):
                (folder / _TAKES).mkdir(parents=True)
                for entry in known:
                    write_atomically(folder / entry, file.read(entry), private=True, durable=False)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError("{path} is not an exported profile. Choose another file.", path=source) from error
    return folder


def _check_size(file: zipfile.ZipFile) -> None:
    """BadZipFile for an archive that would unpack to more than the limit."""
    if sum(entry.file_size for entry in file.infolist()) > MAX_BYTES:
        raise zipfile.BadZipFile


def _is_ours(entry: str) -> bool:
    return entry in (FILE_NAME, _FEATURES) or re.fullmatch(rf"{_TAKES}/[0-9a-f]+\.jpg", entry) is not None


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if _is_ours(path.relative_to(folder).as_posix())]


def _free_folder(name: str) -> Path:
    names = (name if number == 1 else f"{name} {number}" for number in range(1, 1000))
    return next(path for path in map(profiles_folder().joinpath, names) if not path.exists())


def _read_info(folder: Path) -> ProfileInfo:
    path = folder / FILE_NAME
    if not path.is_file():
        raise UserError(
            "There is no profile {path}. Available profiles: {known}.",
            path=folder.name if folder.parent == profiles_folder() else folder,
            known=", ".join(profile_names()) or translatable("none"),
        )
    with file_errors_as_user_errors(path):
        return _parse(path.read_bytes(), path)


def _parse(data: bytes, path: Path) -> ProfileInfo:
    try:
        return TypeAdapter(ProfileInfo).validate_json(data)
    except ValidationError as error:
        raise UserError(
            "The profile {path} is damaged. Import it again, or delete it and record the phrases again.",
            path=path,
        ) from error


def _packed(features: dict[str, FloatArray]) -> bytes:
    """Quantise to 8 bits per value: of 1,400 takes none was recognised differently than with full
    precision.
    """
    arrays = {}
    for take_id, values in features.items():
        low, high = float(values.min()), float(values.max())
        step = (high - low) / 255 or 1.0
        arrays[take_id] = np.round((values - low) / step).astype(np.uint8)
        arrays[f"{take_id}.range"] = np.array([low, step], np.float32)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def _read_features(folder: Path) -> dict[str, FloatArray]:
    """The readable features; empty if the file is missing or damaged."""
    try:
        with zipfile.ZipFile(folder / _FEATURES) as packed:
            _check_size(packed)
        with np.load(folder / _FEATURES) as arrays:
            ids = [name for name in arrays.files if not name.endswith(".range")]
            ranges = {take_id: arrays[f"{take_id}.range"] for take_id in ids}
            return {
                take_id: arrays[take_id].astype(np.float32) * step + low
                for take_id, (low, step) in ranges.items()
            }
    except (OSError, ValueError, KeyError, MemoryError, zipfile.BadZipFile):
        return {}


def _strip(crops: Sequence[GreyImage]) -> bytes:
    done, data = cv2.imencode(".jpg", np.concatenate(crops), [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not done:
        raise OSError("an image could not be encoded")
    return data.tobytes()


def _read_crops(folder: Path, take_id: str) -> tuple[GreyImage, ...]:
    """The crops of a take; empty if they were not kept or are damaged."""
    path = folder / _TAKES / f"{take_id}.jpg"
    return read_strip(path) if path.is_file() else ()


def read_strip(path: Path) -> tuple[GreyImage, ...]:
    """Crops (50, 100) stacked vertically in an image; empty if it is not such an image."""
    data = np.fromfile(path, np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if len(data) else None
    if picture is None or picture.shape[1] != _CROP_WIDTH or picture.shape[0] % _CROP_HEIGHT:
        return ()
    return tuple(picture.reshape(-1, _CROP_HEIGHT, _CROP_WIDTH))
