"""`klipnet-live phrases record`: records phrases with a camera; the terminal shows which one is next."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from klipnet_live.phrases.check import check_new_take
from klipnet_live.phrases.profile import Profile
from klipnet_live.phrases.profile_storage import save_profile
from klipnet_live.plain_text import say
from klipnet_live.types import UserError

if TYPE_CHECKING:
    from klipnet_live.reading.phrase_encoder import PhraseEncoder
    from klipnet_live.recording.phrase_studio import PhraseStudio

_POLL_S = 0.05


def record(folder: Path, profile: Profile, encode: PhraseEncoder, source: str, takes: int) -> int:
    """Record until each phrase has its takes, the source ends or Ctrl+C is pressed; takes are saved at once.

    Exit status 0 if all takes exist, else 1. Raises UserError.
    """
    from klipnet_live.capture.source import open_source
    from klipnet_live.recording.phrase_studio import PhraseStudio

    if not profile.phrases:
        raise UserError(
            "The profile {name} has no phrases. First use `klipnet-live phrases add {name} PHRASE …`.",
            name=profile.name,
        )
    studio = PhraseStudio(open_source(source), encode)
    studio.start()
    studio.listen(True)
    try:
        while (text := profile.next_phrase(takes)) is not None:
            say(f"{len(profile.takes_of(text)) + 1} of {takes}: {text}")
            if (extended := _with_next_take(studio, profile, text, encode)) is None:
                break
            profile = extended
            save_profile(folder, replace(profile, info=replace(profile.info, networks=encode.networks)))
    except KeyboardInterrupt:
        pass
    finally:
        studio.stop()
        studio.join()
    if (problem := studio.state.problem) is not None and profile.next_phrase(takes) is not None:
        raise problem
    return 0 if profile.next_phrase(takes) is None else 1


def _with_next_take(
    studio: PhraseStudio, profile: Profile, text: str, encode: PhraseEncoder
) -> Profile | None:
    """The profile with the next valid take of the phrase; None when the source has ended."""
    reported: UserError | None = None
    while True:
        state = studio.state
        if (shown := studio.next_take()) is not None:
            try:
                check_new_take(text, shown.features, profile.examples, encode.blocks)
                return profile.with_take(text, shown.features, shown.crops)
            except UserError as error:
                say(f"  {error}", sys.stderr)
            continue
        if not state.running:
            return None
        if state.problem is not None and state.problem is not reported:
            reported = state.problem
            say(f"  {reported}", sys.stderr)
        time.sleep(_POLL_S)
