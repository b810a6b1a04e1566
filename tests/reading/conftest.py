"""A released model, and speaking mouths: the two talkers of the bundled demo, one after the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from klipnet_live.assets import MODELS
from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.commit import LocalAgreement
from klipnet_live.decoding.known_words import KnownWordsDecoder
from klipnet_live.reading.line import Decoders
from klipnet_live.reading.model import LipModel
from klipnet_live.reading.reader import Reader
from tests.reading.talk import Talk, watch_the_demo


@pytest.fixture(scope="session")
def model() -> LipModel:
    return LipModel(MODELS / "en-grid")


@pytest.fixture(scope="session")
def decoders(model: LipModel) -> Decoders:
    alphabet = model.manifest.alphabet
    return Decoders(
        BeamSearch(alphabet, width=8),
        KnownWordsDecoder(BeamSearch(alphabet, width=8)),
        LocalAgreement(),
    )


@pytest.fixture
def new_reader(model: LipModel, decoders: Decoders) -> Callable[[], Reader]:
    """Creates readers without history."""
    return lambda: Reader(model, decoders)


@pytest.fixture(scope="session")
def talk() -> Talk:
    return watch_the_demo()
