"""`klipnet-live phrases`: manages profiles of the user's own phrases without a window."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.commands.options import add_overwrite_option, check_overwrite, path_argument
from klipnet_live.plain_text import agrees, say
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from klipnet_live.phrases.profile import Profile
    from klipnet_live.reading.phrase_encoder import PhraseEncoder


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("phrases", help="manage your own phrases for lip reading")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add(actions, "list", _list, "list the profiles, or the phrases of one", "?")
    add = _add(actions, "add", _add_phrases, "add phrases to a profile, which is created if it is new")
    add.add_argument(
        "phrases", nargs="+", metavar="PHRASE|FILE", help="a phrase, or a file with one per line"
    )
    record = _add(actions, "record", _record, "record the phrases of a profile with a camera")
    record.add_argument("--source", default="camera:0", help="a camera, or a video file instead")
    record.add_argument("--takes", type=int, default=3, metavar="N", help="takes of each phrase (default 3)")
    videos = _add(actions, "from-videos", _from_videos, "learn the phrases of a profile from video clips")
    videos.add_argument(
        "folder",
        type=path_argument,
        metavar="DIR",
        help="folder with one subfolder per phrase, or with a table",
    )
    videos.add_argument("--speaker", help="use only clips of this speaker in transcripts.tsv")
    _add(actions, "check", _check, "list misrecognised phrases, and phrases that look alike")
    remove = _add(actions, "remove", _remove, "remove phrases, or the whole profile")
    remove.add_argument("phrases", nargs="*", metavar="PHRASE")
    export = _add(actions, "export", _export, "write a profile to a file")
    export.add_argument("file", type=path_argument, metavar="FILE.zip")
    add_overwrite_option(export, "replace FILE.zip")
    bring = actions.add_parser("import", help="import an exported profile")
    bring.add_argument("file", type=path_argument, metavar="FILE.zip")
    bring.set_defaults(run=_import)


def _add(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    help_text: str,
    count: str | None = None,
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=help_text)
    parser.add_argument("profile", metavar="PROFILE", nargs=count, help="name or folder of a profile")
    parser.set_defaults(run=run)
    return parser


def _list(options: argparse.Namespace) -> int:
    from klipnet_live.phrases.profile_storage import profile_names

    if options.profile is None:
        names = profile_names()
        for name in names:
            say(name)
        if not names:
            say("There are no profiles. Create one with `klipnet-live phrases add NAME PHRASE`.", sys.stderr)
        return 0
    _, profile, _ = _opened(options.profile)
    for text in profile.phrases:
        say(f"{len(profile.takes_of(text)):3} takes  {text}")
    return 0


def _add_phrases(options: argparse.Namespace) -> int:
    folder, profile, encode = _opened(options.profile, make=True)
    texts = [text for word in options.phrases for text in _texts(word)]
    profile = profile.with_phrases(texts)
    _save(folder, profile, encode)
    say(
        f"{profile.name}: {len(profile.phrases)} phrases. Record them with "
        f"`klipnet-live phrases record {shlex.quote(options.profile)}`."
    )
    return 0


def _texts(word: str) -> list[str]:
    """The lines of a text file, or else the phrase itself."""
    path = Path(word)
    if not path.is_file():
        if path.suffix.lower() == ".txt":
            raise UserError("There is no file {path}. Check its name.", path=path)
        return [word]
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UserError("{path} is not UTF-8 text. Save it as UTF-8.", path=path) from error


def _from_videos(options: argparse.Namespace) -> int:
    """Make a profile from all usable clips; problems of others are printed."""
    from klipnet_live.recording.phrase_takes import clips_in, take_of_video

    folder, profile, encode = _opened(options.profile, make=True)
    problems = 0
    for clip in clips_in(options.folder, options.speaker):
        try:
            crops = take_of_video(clip.path)
        except UserError as error:
            problems += 1
            say(f"klipnet-live: {error}", sys.stderr)
            continue
        profile = profile.with_take(clip.text, encode(crops), crops)
    if not profile.info.takes:
        return 1
    _save(folder, profile, encode)
    say(f"{profile.name}: {len(profile.phrases)} phrases, {len(profile.info.takes)} takes")
    return 1 if problems else 0


def _record(options: argparse.Namespace) -> int:
    from klipnet_live.commands.record_phrases import record

    folder, profile, encode = _opened(options.profile)
    return record(folder, profile, encode, options.source, options.takes)


def _check(options: argparse.Namespace) -> int:
    from klipnet_live.phrases.check import look_alikes, report

    _, profile, encode = _opened(options.profile)
    for phrase in report(profile.examples, profile.phrases, encode.blocks):
        mistaken = f", taken for {', '.join(phrase.taken_for)}" if phrase.taken_for else ""
        tried = f"{phrase.right} of {phrase.tried} right" if phrase.tried else f"{phrase.takes} takes"
        say(f"{tried}  {phrase.text}{mistaken}")
    for pair in look_alikes(profile.examples, encode.blocks):
        say(f"look alike on the lips: {pair.one} / {pair.other}")
    return 0


def _remove(options: argparse.Namespace) -> int:
    from klipnet_live.phrases.profile_storage import delete_profile, profile_path

    if not options.phrases:
        folder = profile_path(options.profile)
        if _agrees_to_delete(folder):
            delete_profile(folder)
            say(f"{folder.name} has been removed")
        return 0
    folder, profile, encode = _opened(options.profile)
    for text in options.phrases:
        profile = profile.without_phrase(text)
    _save(folder, profile, encode)
    return 0


def _agrees_to_delete(profile: Path) -> bool:
    """Ask before recorded takes are lost, if somebody is there to answer."""
    if not profile.is_dir() or not sys.stdin.isatty():
        return True
    return agrees(f"Delete {profile.name} with all its takes?")


def _export(options: argparse.Namespace) -> int:
    from klipnet_live.phrases.profile_storage import export_profile, profile_path

    check_overwrite(options.file, allowed=options.overwrite)
    export_profile(profile_path(options.profile), options.file)
    return 0


def _import(options: argparse.Namespace) -> int:
    from klipnet_live.phrases.profile_storage import import_profile

    say(import_profile(options.file).name)
    return 0


def _opened(name: str, *, make: bool = False) -> tuple[Path, Profile, PhraseEncoder]:
    """A profile, its folder and the encoder. `make`: create the profile if it is new."""
    from klipnet_live.phrases.profile import Profile, ProfileInfo
    from klipnet_live.phrases.profile_storage import (
        FILE_NAME,
        check_name,
        load_profile,
        profile_path,
    )
    from klipnet_live.reading.phrase_encoder import PhraseEncoder

    encode, folder = PhraseEncoder(), profile_path(name)
    if make and not (folder / FILE_NAME).is_file():
        return folder, Profile(ProfileInfo(check_name(folder.name), networks=encode.networks)), encode
    return folder, load_profile(folder, encode.networks, encode), encode


def _save(folder: Path, profile: Profile, encode: PhraseEncoder) -> None:
    from dataclasses import replace

    from klipnet_live.phrases.profile_storage import save_profile

    info = replace(profile.info, networks=encode.networks)
    save_profile(folder, replace(profile, info=info))
