"""Options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.types import Phrases, UserError

if TYPE_CHECKING:
    from klipnet_live.reading.reader import Reader
    from klipnet_live.types import CaptionEvent


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """How lips are read."""
    parser.add_argument(
        "--model",
        metavar="NAME|DIR",
        help="a folder under models/ by name, or a path; for `caption` also a training run",
    )
    parser.add_argument("--language", metavar="en|ko", help="take the first model of this language")
    parser.add_argument(
        "--phrases",
        dest="profiles",
        action="append",
        default=[],
        metavar="PROFILE",
        help="read the phrases of this profile (`klipnet-live phrases`); may be given several times",
    )
    sentences = parser.add_mutually_exclusive_group()
    sentences.add_argument(
        "--grammar",
        dest="phrases",
        type=lambda path: Phrases(Path(path)),
        metavar="FILE",
        help="allow only these sentences: one phrase a line, or JSGF",
    )
    sentences.add_argument(
        "--hints",
        dest="phrases",
        type=lambda path: Phrases(Path(path), only=False),
        metavar="FILE",
        help="sentences that are likely, one a line; others are still read",
    )


def add_sound_option(parser: argparse.ArgumentParser, sources: str, default: str | None = "auto") -> None:
    """What is heard beside the picture."""
    parser.add_argument(
        "--sound",
        default=default,
        metavar="SOUND",
        help=f"{sources}; by default the sound of the file, where it has any and the models are here "
        "(`klipnet-live sound get`)",
    )


def check_sound(options: argparse.Namespace, language: str) -> None:
    """Errors: UserError where sound is asked for by name, and its models are not here."""
    from klipnet_live.sound.source import OFF
    from klipnet_live.sound.store import check_models

    if options.sound not in ("auto", OFF):
        check_models(language, options.sound_model)


def add_sound_model_option(parser: argparse.ArgumentParser) -> None:
    """Which recogniser hears it."""
    parser.add_argument(
        "--sound-model",
        type=Path,
        metavar="DIR",
        help="another recogniser: Whisper for CTranslate2, any size",
    )


def add_words_option(parser: argparse.ArgumentParser) -> None:
    """Words that are not shown as they were read."""
    parser.add_argument(
        "--replace",
        type=Path,
        metavar="FILE",
        help="words to hide or replace in all captions, one a line: `word`, or `word = other`",
    )


def words_edit(options: argparse.Namespace) -> Callable[[CaptionEvent], CaptionEvent] | None:
    """What the list of words changes. UserError for one that cannot be read."""
    from klipnet_live.captions.replacements import load_replacements

    return None if options.replace is None else load_replacements(options.replace)


class UsageError(UserError):
    """Options that make no sense, or not together."""


@contextmanager
def as_usage() -> Iterator[None]:
    """A mistake that is told in the block is one of usage."""
    try:
        yield
    except UserError as error:
        raise UsageError(error.template, **error.values) from error


def spoken_language(options: argparse.Namespace) -> str:
    """The language that the chosen model reads. UserError where there is no such model."""
    from klipnet_live.manifest import load_manifest
    from klipnet_live.models import find_model

    with as_usage() if options.model is None else nullcontext():
        folder = find_model(options.model, options.language)
    spoken = load_manifest(folder, verify=False).spoken
    if options.language not in (None, spoken):
        raise UsageError(
            "The model {model} reads {spoken}, not {language}: leave out --model or --language.",
            model=options.model,
            spoken=spoken,
            language=options.language,
        )
    return spoken


def open_reader(options: argparse.Namespace) -> Callable[[], Reader]:
    """Checks the model's name now; the function it gives loads model and phrases."""
    from klipnet_live.pipeline.reader_factory import reader_factory

    return reader_factory(options.model, options.language, options.phrases, options.profiles)
