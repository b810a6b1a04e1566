"""Normalises the features of a face that a model was not trained on.

The features of an unknown face are shifted and scaled compared with those of the training data. Their mean
and deviation are estimated while the person speaks, and replaced by those of the training data, which needs
neither a transcript nor training. The method is cepstral mean and variance normalisation (Viikki, Laurila
1998, "Cepstral domain segmental feature vector normalization for noise robust speech recognition").
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klipnet_live.types import FPS, FloatArray

Sums = NDArray[np.float64]

METADATA_KEY: Final = "feature_statistics"
"""Key of the statistics in the metadata of a final graph."""

PRIOR_FRAMES: Final = 10
"""Weight of the training data's statistics in the estimate for a face, as a number of frames."""

MEMORY_FRAMES: Final = 60 * FPS
"""Older frames lose weight, since light and pose change."""

_LEAST_DEVIATION: Final = 0.3
"""Added to both deviations, because deviations of 0.1 to 3 s of speech are uncertain.

Of the values 0.05 to 0.5 and of 1 to 100 frames above, these give the sentences of GRID's s4, s5 and s26 most
probability under weights that do not know them: exp(-37.4) on average, without normalisation exp(-50.1).
"""


@dataclass(frozen=True, slots=True)
class FeatureStatistics:
    """Mean and standard deviation of each feature over the training data, both (features,)."""

    mean: FloatArray
    deviation: FloatArray

    @classmethod
    def of(cls, features: FloatArray) -> FeatureStatistics:
        """The statistics of features (time, features)."""
        return cls(features.mean(axis=0), features.std(axis=0))

    @classmethod
    def from_json(cls, text: str) -> FeatureStatistics:
        """The inverse of `to_json`. ValueError, TypeError or KeyError for anything else."""
        values = json.loads(text)
        mean, deviation = (np.array(values[name], np.float32) for name in ("mean", "deviation"))
        if mean.ndim != 1 or mean.shape != deviation.shape or not np.isfinite([mean, deviation]).all():
            raise ValueError(f"feature statistics of shapes {mean.shape} and {deviation.shape}")
        return cls(mean, deviation)

    def to_json(self) -> str:
        rows = (("mean", self.mean), ("deviation", self.deviation))
        return json.dumps({name: [round(float(value), 5) for value in row] for name, row in rows})


class SpeakerStatistics:
    """Running statistics of one face; normalises its features to those of the training data."""

    def __init__(self, training: FeatureStatistics) -> None:
        self._training = training
        self._frames = 0.0
        self._sum: Sums = np.zeros(len(training.mean))
        self._squares: Sums = np.zeros(len(training.mean))

    def add(self, features: FloatArray) -> None:
        """Count the features of a finished line, (time, features)."""
        self._frames, self._sum, self._squares = self._with(features)
        fading = min(1.0, MEMORY_FRAMES / self._frames)
        self._frames *= fading
        self._sum *= fading
        self._squares *= fading

    def normalised(self, features: FloatArray) -> FloatArray:
        """The features of a line as if the face were one of the training data."""
        training = self._training
        frames, total, squares = self._with(features)
        mean = total / frames
        own = frames / (frames + PRIOR_FRAMES)
        variance = own * np.maximum(squares / frames - mean**2, 0) + (1 - own) * training.deviation**2
        mean = own * mean + (1 - own) * training.mean
        scale = (training.deviation + _LEAST_DEVIATION) / (np.sqrt(variance) + _LEAST_DEVIATION)
        return np.asarray((features - mean) * scale + training.mean, dtype=np.float32)

    def _with(self, features: FloatArray) -> tuple[float, Sums, Sums]:
        """Number of frames, sum and sum of squares, these features included."""
        exact = features.astype(np.float64)
        return (
            self._frames + len(exact),
            self._sum + exact.sum(axis=0),
            self._squares + (exact**2).sum(axis=0),
        )
