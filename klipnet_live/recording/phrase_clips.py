"""Writes the takes of a phrase profile as training clips, in the format of `klipnet-data prepare`."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from klipnet_live.atomic_file import make_private_folder, write_atomically
from klipnet_live.dataset_format import COLUMNS, TABLE, write_table
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.lips.alphabet import alphabet_for, normalise_text
from klipnet_live.lips.hangul import has_hangul
from klipnet_live.phrases.matcher import Example, PhraseMatcher
from klipnet_live.phrases.profile import Profile, StoredTake
from klipnet_live.types import UserError

MIN_PHRASES = 4
"""Phrases with takes for training and one for the comparison; fewer give no meaningful result."""


def language_of(profile: Profile) -> str:
    """`ko` if most phrases are in Hangul, otherwise `en`."""
    korean = [has_hangul(text) for text in profile.phrases]
    return "ko" if 2 * sum(korean) > len(korean) else "en"


def held_out_takes(profile: Profile) -> list[StoredTake]:
    """The newest take of each phrase that has several takes with crops. It is not used for training."""
    korean = language_of(profile) == "ko"
    found = []
    for text in profile.phrases:
        if has_hangul(text) != korean:
            # A model writes one language.
            continue
        takes = [take for take in profile.takes_of(text) if profile.crops.get(take.id)]
        found += takes[-1:] if len(takes) > 1 else []
    return found


def write_clips(profile: Profile, folder: Path) -> None:
    """Replace the contents of a folder with the profile's takes, in splits `train` and `test`.

    Raises UserError.
    """
    language, test = language_of(profile), {take.id for take in held_out_takes(profile)}
    if len(test) < MIN_PHRASES:
        raise UserError(
            "Training needs {least} phrases with at least two takes each: record some more.",
            least=MIN_PHRASES,
        )
    with file_errors_as_user_errors(folder):
        shutil.rmtree(folder, ignore_errors=True)
        make_private_folder(folder / "crops")
        rows = []
        for take in profile.info.takes:
            crops = profile.crops.get(take.id)
            if crops and has_hangul(take.text) == (language == "ko"):
                _check(take.text, language)
                path = f"crops/{take.id}.npz"
                write_atomically(folder / path, _packed(crops), private=True, durable=False)
                split = "test" if take.id in test else "train"
                rows.append({"path": path, "speaker": "me", "split": split, "text": take.text})
        write_table(folder / TABLE, COLUMNS, rows, private=True)


def matched_right(profile: Profile, blocks: int) -> int:
    """Number of held-out takes that phrase matching recognises from the other takes, without training."""
    test = held_out_takes(profile)
    held_out = {take.id for take in test}
    takes = [take for take in profile.info.takes if take.id not in held_out]
    matcher = PhraseMatcher([Example(take.text, profile.features[take.id]) for take in takes], blocks)
    return sum(matcher.match(profile.features[take.id]).nearest[0] == take.text for take in test)


def _check(text: str, language: str) -> None:
    try:
        alphabet_for(language).encode(normalise_text(text))
    except ValueError as error:
        raise UserError(
            "“{text}” cannot be used for training. Write its numbers and signs as words.", text=text
        ) from error


def _packed(crops: Sequence[np.ndarray]) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, crops=np.stack(crops))
    return file.getvalue()
