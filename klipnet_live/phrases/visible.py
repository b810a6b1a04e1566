"""Whether the mouth is in view: a hand in front of it changes its average look more than speech does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from klipnet_live.lips.appearance import WIDTH
from klipnet_live.phrases.matcher import Example
from klipnet_live.types import FloatArray, UserError

COVERED = 0.77
"""Maximum cosine similarity to the takes of a profile of a mouth that is covered.

Takes of seven people have at least 0.86 to the nearest of six other takes of the same person, clips of three
others 0.98. Light that is three times as strong on one side, or from below, leaves 0.77 to 0.92; a painted
hand over the mouth 0.24 to 0.76.
"""


def check_visible(features: FloatArray, examples: Sequence[Example]) -> None:
    """UserError if the mouth of a new take looks unlike that of all other takes of the profile."""
    if is_covered(features, examples):
        raise UserError(
            "Your mouth looks different from before. Is a hand in front of it? Show the whole mouth and say "
            "the phrase again."
        )


def is_covered(features: FloatArray, examples: Sequence[Example]) -> bool:
    """Whether the mouth looks unlike that of all takes of a profile; False if there are none.

    The last `WIDTH` columns of all features are the coarsest gradients of the mouth.
    """
    look = _look(features)
    return bool(examples) and max(float(look @ _look(example.features)) for example in examples) < COVERED


def _look(features: FloatArray) -> FloatArray:
    """Direction of the average gradients of a take, shape (`WIDTH`,)."""
    mean = features[:, -WIDTH:].mean(axis=0)
    return np.asarray(mean / (np.linalg.norm(mean) + 1e-6), dtype=np.float32)
