"""Options shared by several commands."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.plain_text import agrees, say
from klipnet_live.types import Phrases, UserError

if TYPE_CHECKING:
    from klipnet_live.reading.reader import Reader
    from klipnet_live.types import CaptionEvent


def path_argument(text: str) -> Path:
    """Argument type for paths. An empty one, such as an unset variable of a shell, would be this folder."""
    if not text:
        raise argparse.ArgumentTypeError("the name is empty")
    return Path(text)


def add_overwrite_option(parser: argparse.ArgumentParser, help_text: str) -> None:
    """Add the option to replace existing files."""
    parser.add_argument("--overwrite", action="store_true", help=help_text)


def check_overwrite(path: Path, *, allowed: bool) -> None:
    """Ask in the terminal before a file with content is replaced.

    UserError if the user does not agree, or if there is no terminal.
    """
    if allowed or not path.is_file() or not path.stat().st_size:
        return
    if sys.stdin.isatty() and agrees(f"{path} exists already. Replace it?"):
        return
    raise UserError("{path} exists already. Choose another name, or add --overwrite.", path=path)


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for lip reading."""
    parser.add_argument(
        "--model",
        metavar="NAME|DIR",
        help="name of a folder in models/, or a path; for `caption` also a training run",
    )
    parser.add_argument("--language", metavar="en|ko", help="use the first model of this language")
    parser.add_argument(
        "--phrases",
        dest="profiles",
        action="append",
        default=[],
        metavar="PROFILE",
        help="recognise the phrases of this profile (`klipnet-live phrases`); can be repeated",
    )
    sentences = parser.add_mutually_exclusive_group()
    sentences.add_argument(
        "--grammar",
        dest="phrases",
        type=lambda path: Phrases(path_argument(path)),
        metavar="FILE",
        help="allow only these sentences: a file with one phrase per line, or JSGF",
    )
    sentences.add_argument(
        "--hints",
        dest="phrases",
        type=lambda path: Phrases(path_argument(path), only=False),
        metavar="FILE",
        help="file of likely sentences, one per line; others are recognised too",
    )


def add_sound_option(parser: argparse.ArgumentParser, sources: str, default: str | None = "auto") -> None:
    """Add the option for the sound source."""
    parser.add_argument(
        "--sound",
        default=default,
        metavar="SOUND",
        help=f"{sources}; by default the sound of the file, if it has any and the models are installed "
        "(`klipnet-live sound get`)",
    )


def uses_recorded_sound(options: argparse.Namespace, language: str) -> bool:
    """Whether to use the sound of recordings; prints a line if its models cannot be used."""
    from klipnet_live.sound.store import uses_sound_track

    return uses_sound_track(
        options.sound,
        language,
        lambda problem: say(f"klipnet-live: {problem}", sys.stderr),
        sound_language=options.sound_language,
        folder=options.sound_model,
    )


def add_sound_model_option(parser: argparse.ArgumentParser) -> None:
    """Add the options for the speech recogniser and its language."""
    parser.add_argument(
        "--sound-model",
        type=path_argument,
        metavar="DIR",
        help="another speech recogniser: a folder with a Whisper model for CTranslate2, of any size",
    )
    parser.add_argument(
        "--sound-language",
        choices=("en", "ko", "auto"),
        metavar="en|ko|auto",
        help="the language of the sound; by default that of the lips; auto: Korean or English, line by line",
    )


def add_words_option(parser: argparse.ArgumentParser) -> None:
    """Add the option for replacing words."""
    parser.add_argument(
        "--replace",
        type=path_argument,
        metavar="FILE",
        help="words to hide or replace in all captions, one per line: `word`, or `word = other`",
    )


def load_word_replacements(options: argparse.Namespace) -> Callable[[CaptionEvent], CaptionEvent] | None:
    """The word replacements. UserError if the list cannot be read."""
    from klipnet_live.captions.replacements import load_replacements

    return None if options.replace is None else load_replacements(options.replace)


class UsageError(UserError):
    """Options that are invalid, or invalid in combination."""


@contextmanager
def as_usage() -> Iterator[None]:
    """Turn a UserError in the block into a UsageError."""
    try:
        yield
    except UserError as error:
        raise UsageError(error.template, **error.values) from error


def spoken_language(options: argparse.Namespace) -> str:
    """Language of the selected model. UserError if there is no such model."""
    from klipnet_live.manifest import load_manifest
    from klipnet_live.models import find_model

    with as_usage() if options.model is None else nullcontext():
        folder = find_model(options.model, options.language)
    spoken = load_manifest(folder, verify=False).spoken
    if options.language not in (None, spoken):
        raise UsageError(
            "The model {model} reads {spoken}, not {language}. Omit --model or --language.",
            model=options.model,
            spoken=spoken,
            language=options.language,
        )
    return spoken


def open_reader(options: argparse.Namespace) -> Callable[[], Reader]:
    """Check the model's name now; the returned function loads model and phrases."""
    from klipnet_live.pipeline.reader_factory import reader_factory

    return reader_factory(options.model, options.language, options.phrases, options.profiles)
