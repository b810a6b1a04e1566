"""Builds a reader from the names of a model, a language, phrases and profiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from klipnet_live.decoding.beam import BEAM_WIDTHS, BeamSearch
from klipnet_live.decoding.calibration import UNCALIBRATED, Calibration, calibration_key
from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.grammar import hint_prior, load_grammar, load_sentences
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.decoding.readability import ALL_READABLE
from klipnet_live.manifest import Manifest, load_manifest
from klipnet_live.models import find_model
from klipnet_live.phrases.in_use import TakeMemory
from klipnet_live.phrases.profile_storage import load_profile, profile_path
from klipnet_live.reading.line import REREAD_FRAMES, SELDOM_REREAD_FRAMES, Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.phrase_encoder import PhraseEncoder
from klipnet_live.reading.phrases import PhraseReader, activate
from klipnet_live.reading.reader import Reader
from klipnet_live.types import Phrases


def reader_factory(
    model: str | None,
    language: str | None,
    phrases: Phrases | None = None,
    profiles: Sequence[str] = (),
    memory: TakeMemory | None = None,
) -> Callable[[], Reader]:
    """Check the model's name now, and return a function that loads phrases and model, which takes a while.

    `profiles`: names or folders of the user's own phrases; `NAME@SPEAKER` applies them to this speaker only.
    `memory`: collects takes of the phrases. Raises UserError.
    """
    folder = find_model(model, language)
    manifest = load_manifest(folder, verify=False)

    def open_reader() -> Reader:
        decoders = decoders_for(manifest, phrases)
        return Reader(LipModel(folder), decoders, phrase_reader(profiles, memory) if profiles else None)

    return open_reader


def phrase_reader(profiles: Sequence[str], memory: TakeMemory | None = None) -> PhraseReader:
    """Matchers for these profiles. UserError if one is missing, damaged or empty."""
    encode = PhraseEncoder()
    active = []
    for profile in profiles:
        name, _, speaker = profile.partition("@")
        loaded = load_profile(profile_path(name), encode.networks, encode)
        active.append(activate(loaded, encode.blocks, speaker or None))
    return PhraseReader(encode, active, memory)


def decoders_for(manifest: Manifest, phrases: Phrases | None = None) -> Decoders:
    """The decoders of both heads, with their measured calibration."""
    automaton = prior = None
    words = frozenset(manifest.words)
    if phrases is not None and phrases.only:
        automaton, words = load_grammar(phrases.path, manifest.alphabet), frozenset()
    elif phrases is not None:
        sentences = load_sentences(phrases.path, manifest.alphabet)
        prior = hint_prior(sentences, manifest.alphabet)
        words = words and words.union(*map(str.split, sentences))

    def beam(head: str) -> BeamSearch:
        key = calibration_key(head, automaton is not None)
        fitted = manifest.calibration.get(key, manifest.calibration.get(head))
        calibration = replace(Calibration(*fitted) if fitted else UNCALIBRATED, vocabulary=words)
        return BeamSearch(
            manifest.alphabet,
            width=BEAM_WIDTHS[head],
            grammar=automaton,
            prior=prior,
            calibration=calibration,
        )

    return Decoders(
        beam("stream"),
        KnownWordsDecoder(beam("final"), words),
        LocalAgreement(),
        manifest.readability or ALL_READABLE,
        manifest.readability or ALL_READABLE,
        REREAD_FRAMES if manifest.decoder is None else SELDOM_REREAD_FRAMES,
    )
