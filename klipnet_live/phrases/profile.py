"""A profile on disk: one folder with what is said, how it looks, and whose networks saw it.

profile.json     texts, takes, owner, the networks' hashes
features.npz     features of each take, 8 bits each
takes/ID.jpg     mouth crops of each take, one below the other; may be left out
"""

from __future__ import annotations

import io
import json
import re
import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np
import platformdirs
from pydantic import TypeAdapter, ValidationError

from klipnet_live.atomic_file import write_atomically
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.phrases.matcher import Example
from klipnet_live.types import FloatArray, GreyImage, UserError

FILE_NAME = "profile.json"
LARGEST_BYTES = 1 << 28
"""Of all in a profile, unpacked; fifty phrases take a hundredth of it."""

_FEATURES, _TAKES = "features.npz", "takes"

MOST_PHRASES = 100
"""More take too long to match while people wait, and look too much alike."""

_JPEG_QUALITY = 85
_CROP_HEIGHT, _CROP_WIDTH = 50, 100

Encode = Callable[[Sequence[GreyImage]], FloatArray]


@dataclass(frozen=True, slots=True)
class StoredTake:
    """One showing of a phrase. `id` names its features and its crops."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ProfileInfo:
    """What profile.json holds."""

    name: str
    networks: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    takes: tuple[StoredTake, ...] = ()
    format: int = 1


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile in memory; every change gives a new one. `features` and `crops` by the id of the take."""

    info: ProfileInfo
    features: dict[str, FloatArray] = field(default_factory=dict)
    crops: dict[str, tuple[GreyImage, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.info.name

    @property
    def phrases(self) -> tuple[str, ...]:
        return self.info.phrases

    @property
    def examples(self) -> list[Example]:
        """What a matcher is fitted to."""
        return [Example(take.text, self.features[take.id]) for take in self.info.takes]

    def takes_of(self, text: str) -> list[StoredTake]:
        return [take for take in self.info.takes if take.text == text]

    def with_phrases(self, texts: Iterable[str]) -> Profile:
        """The profile with these phrases added. UserError where they are too many."""
        cleaned = [" ".join(text.split()) for text in texts]
        phrases = tuple(dict.fromkeys([*self.phrases, *filter(None, cleaned)]))
        if len(phrases) > MOST_PHRASES:
            raise UserError(
                "A profile holds up to {most} phrases, and these would be {count}: leave some out, or make "
                "a second profile.",
                most=MOST_PHRASES,
                count=len(phrases),
            )
        return replace(self, info=replace(self.info, phrases=phrases))

    def without_phrase(self, text: str) -> Profile:
        """UserError where it has no such phrase."""
        if text not in self.phrases:
            raise UserError("{name} has no phrase “{text}”.", name=self.name, text=text)
        left = self
        for take in self.takes_of(text):
            left = left.without_take(take.id)
        phrases = tuple(phrase for phrase in self.phrases if phrase != text)
        return replace(left, info=replace(left.info, phrases=phrases))

    def with_take(self, text: str, features: FloatArray, crops: Sequence[GreyImage] = ()) -> Profile:
        """The profile with one more take of a phrase, which is added where it is new."""
        told = self.with_phrases([text])
        take = StoredTake(secrets.token_hex(6), " ".join(text.split()))
        info = replace(told.info, takes=(*told.info.takes, take))
        kept = {**told.crops, take.id: tuple(crops)} if crops else told.crops
        return replace(told, info=info, features={**told.features, take.id: features}, crops=kept)

    def without_take(self, take_id: str) -> Profile:
        info = replace(self.info, takes=tuple(take for take in self.info.takes if take.id != take_id))
        features = {key: value for key, value in self.features.items() if key != take_id}
        return replace(
            self,
            info=info,
            features=features,
            crops={key: value for key, value in self.crops.items() if key != take_id},
        )


def profiles_folder() -> Path:
    """Where profiles are found by their names."""
    return platformdirs.user_data_path("klipnet-live", appauthor=False) / "phrases"


def profile_path(name: str) -> Path:
    """The folder of a profile, by its path or by its name."""
    given = Path(name)
    if (given / FILE_NAME).is_file() or given.is_absolute() or len(given.parts) > 1:
        return given
    return profiles_folder() / name


def profile_names() -> list[str]:
    """The names of all profiles that the program keeps."""
    return sorted(path.parent.name for path in profiles_folder().glob(f"*/{FILE_NAME}"))


def check_name(name: str) -> str:
    """The name, where it can be a folder's; UserError otherwise."""
    cleaned = " ".join(name.split())
    if not cleaned or cleaned.startswith(".") or re.search(r'[\\/:*?"<>|\x00-\x1f]', cleaned):
        raise UserError("“{name}” cannot be the name of a profile: use letters and digits.", name=name)
    return cleaned


def save_profile(folder: Path, profile: Profile) -> None:
    """Write what is new, then the list of it, then drop what is no longer in it. Errors: UserError.

    A full disk leaves the profile as it was.
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
    """A profile whose features are those of `networks`: of other networks they are made anew from the crops.

    Errors: UserError where it is missing or damaged, or was made with other networks and has no crops.
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
            "The profile {name} was made with other networks, and no pictures of it are kept: show these "
            "phrases again: {phrases}.",
            name=info.name,
            phrases=", ".join(missing[:10]),
        )
    features = {take.id: encode(crops[take.id]) for take in info.takes}
    return Profile(replace(info, networks=tuple(networks)), features, crops)


def delete_profile(folder: Path) -> None:
    """Delete a profile with all that belongs to it. Errors: UserError."""
    _read_info(folder)
    with file_errors_as_user_errors(folder):
        shutil.rmtree(folder)


def export_profile(folder: Path, target: Path) -> None:
    """The whole folder in one zip file. Errors: UserError."""
    _read_info(folder)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for path in _files(folder):
            file.write(path, path.relative_to(folder).as_posix())
    with file_errors_as_user_errors(target):
        write_atomically(target, packed.getvalue(), private=True)


def import_profile(source: Path) -> Path:
    """A zip file that `export_profile` wrote becomes a profile under a name that is free; its folder.

    Errors: UserError.
    """
    try:
        with zipfile.ZipFile(source) as file:
            _check_size(file)
            name = check_name(_parsed(file.read(FILE_NAME), source).name)
            folder = _free(name)
            known = [entry for entry in file.namelist() if _is_ours(entry)]
            with file_errors_as_user_errors(folder):
                (folder / _TAKES).mkdir(parents=True)
                for entry in known:
                    write_atomically(folder / entry, file.read(entry), private=True, durable=False)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError("{path} is no exported profile: choose another file.", path=source) from error
    return folder


def _check_size(file: zipfile.ZipFile) -> None:
    """BadZipFile for an archive that would fill memory or disk: a few kilobytes may unpack to gigabytes."""
    if sum(entry.file_size for entry in file.infolist()) > LARGEST_BYTES:
        raise zipfile.BadZipFile


def _is_ours(entry: str) -> bool:
    return entry in (FILE_NAME, _FEATURES) or re.fullmatch(rf"{_TAKES}/[0-9a-f]+\.jpg", entry) is not None


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if _is_ours(path.relative_to(folder).as_posix())]


def _free(name: str) -> Path:
    names = (name if number == 1 else f"{name} {number}" for number in range(1, 1000))
    return next(path for path in map(profiles_folder().joinpath, names) if not path.exists())


def _read_info(folder: Path) -> ProfileInfo:
    path = folder / FILE_NAME
    if not path.is_file():
        raise UserError(
            "There is no profile {path}; there are: {known}.",
            path=folder,
            known=", ".join(profile_names()) or "none",
        )
    with file_errors_as_user_errors(path):
        return _parsed(path.read_bytes(), path)


def _parsed(data: bytes, path: Path) -> ProfileInfo:
    try:
        return TypeAdapter(ProfileInfo).validate_json(data)
    except ValidationError as error:
        raise UserError(
            "The profile {path} is damaged: import it again, or delete it and show the phrases again.",
            path=path,
        ) from error


def _packed(features: dict[str, FloatArray]) -> bytes:
    """Eight bits a value are enough: of 1,400 takes none was read otherwise than with all bits."""
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
    """What can be read of them; nothing where the file is missing or damaged."""
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
        raise OSError("a picture could not be packed")
    return data.tobytes()


def _read_crops(folder: Path, take_id: str) -> tuple[GreyImage, ...]:
    """The crops of a take; none where they are not kept or damaged."""
    path = folder / _TAKES / f"{take_id}.jpg"
    return read_strip(path) if path.is_file() else ()


def read_strip(path: Path) -> tuple[GreyImage, ...]:
    """Crops (50, 100) of a picture that has them one below the other; none where it is no such picture."""
    data = np.fromfile(path, np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if len(data) else None
    if picture is None or picture.shape[1] != _CROP_WIDTH or picture.shape[0] % _CROP_HEIGHT:
        return ()
    return tuple(picture.reshape(-1, _CROP_HEIGHT, _CROP_WIDTH))
