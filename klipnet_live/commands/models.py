"""`klipnet-live models`: the lip models on this computer: list them, check their files, remove one's own."""

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

_LONGEST_COMMAND = 120
"""Letters; a recipe of several stages is in the manifest."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("models", help="list, check or remove the models that read lips")
    parser.set_defaults(run=_list)
    actions = parser.add_subparsers(dest="action")
    actions.add_parser("list", help="what is here (the default)").set_defaults(run=_list)
    check = actions.add_parser("check", help="compare every file with its checksum")
    check.add_argument("names", nargs="*", metavar="MODEL", help="default: all")
    check.set_defaults(run=_check)
    remove = actions.add_parser("remove", help="delete models of your own")
    remove.add_argument("names", nargs="+", metavar="MODEL")
    remove.set_defaults(run=_remove)
    path = actions.add_parser("path", help="where a model is; without a name, where yours are kept")
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
        words = f"any words, of {len(manifest.symbols) - 1} sub-words"
    yield f"language {manifest.language}, {words}, {size / _MEGA:.0f} MB"
    for credit in manifest.data:
        clips = f", {credit.clips} clips" if credit.clips else ""
        yield f"from {credit.name}{clips}; licence: {credit.licence}"
    if manifest.command and len(manifest.command) <= _LONGEST_COMMAND:
        yield f"made by {manifest.command}"
    yield from (f"measured on {name}: {rates}" for name, rates in _rates(manifest.figures))


def _rates(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The final error rates of each set that the manifest names, in per cent."""
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
            say(f"{folder.name}: every file is as it was released")
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
            raise UsageError("{name} ships with the program and stays.", name=folder.name)
    for folder in folders:
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
        say(f"{folder.name} is removed")
    return 0


def _path(options: argparse.Namespace) -> int:
    from klipnet_live.models import find_model, user_models

    say(find_model(options.names, None).resolve() if options.names else user_models())
    return 0
