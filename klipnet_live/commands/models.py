"""`klipnet-live models`: lists lip models, verifies their files, and removes the user's own."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from klipnet_live.commands.options import UsageError
from klipnet_live.plain_text import say
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from klipnet_live.manifest import Manifest

_MEGA = 1e6

_MAX_COMMAND_LENGTH = 120
"""Longer training commands are shown only in the manifest."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("models", help="list, verify or remove lip reading models")
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(dest="action")
    actions.add_parser("list", help="list the installed models (default)").set_defaults(run=_list)
    check = actions.add_parser("check", help="verify the checksums of all files")
    check.add_argument("names", nargs="*", metavar="MODEL", help="default: all")
    check.set_defaults(run=_check)
    remove = actions.add_parser("remove", help="delete your own models")
    remove.add_argument("names", nargs="+", metavar="MODEL")
    remove.set_defaults(run=_remove)
    path = actions.add_parser("path", help="print the folder of a model, or of your own models")
    path.add_argument("names", nargs="?", metavar="MODEL")
    path.set_defaults(run=_path)


def _list(options: argparse.Namespace) -> int:
    from klipnet_live.models import manifest_of, model_folders

    for folder in model_folders():
        manifest = manifest_of(folder)
        say(f"{folder.name}: {folder}")
        for line in ["damaged"] if manifest is None else _described(folder, manifest):
            say(f"  {line}")
    return 0


def _described(folder: Path, manifest: Manifest) -> Iterator[str]:
    size = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    words = f"{len(manifest.words)} words" if manifest.words else "any words"
    if manifest.spelling == "pieces":
        words = f"any words, from {len(manifest.symbols) - 1} subwords"
    yield f"language {manifest.language}, {words}, {size / _MEGA:.0f} MB"
    for credit in manifest.data:
        clips = f", {credit.clips} clips" if credit.clips else ""
        yield f"from {credit.name}{clips}; licence: {credit.licence}"
    if manifest.command and len(manifest.command) <= _MAX_COMMAND_LENGTH:
        yield f"made by {manifest.command}"
    yield from (f"measured on {name}: {rates}" for name, rates in _rates(manifest.figures))


def _rates(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Final error rates in per cent of each data set in the manifest."""
    for name, measured in figures.items():
        rates = measured.get("final", measured) if isinstance(measured, dict) else None
        if isinstance(rates, dict) and isinstance(rates.get("wer"), int | float):
            cer = f"CER {rates['cer']:.1f} %, " if isinstance(rates.get("cer"), int | float) else ""
            yield name, f"{cer}WER {rates['wer']:.1f} %"


def _check(options: argparse.Namespace) -> int:
    from klipnet_live.manifest import load_manifest
    from klipnet_live.models import find_model, model_folders

    folders = [find_model(name, None) for name in options.names] or model_folders()
    failed = False
    for folder in folders:
        try:
            load_manifest(folder)
            say(f"{folder.name}: all files are as published")
        except UserError as error:
            failed = True
            say(f"{folder.name}: {error}")
    return int(failed)


def _remove(options: argparse.Namespace) -> int:
    from klipnet_live.assets import MODELS
    from klipnet_live.models import find_model

    folders = [find_model(name, None) for name in options.names]
    for folder in folders:
        if folder.resolve().parent == MODELS.resolve():
            raise UsageError("{name} is part of the program and cannot be removed.", name=folder.name)
    for folder in folders:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
        say(f"{folder.name} has been removed")
    return 0


def _path(options: argparse.Namespace) -> int:
    from klipnet_live.models import find_model, user_models

    say(find_model(options.names, None).resolve() if options.names else user_models())
    return 0
