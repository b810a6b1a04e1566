"""What makes two frames of one person look alike, learnt from the takes of this person's own profile.

Features are freed of the take's mean, scaled, and set to unit length, so that light and the place of the
crop count little. Then what differs between aligned takes of the *same* phrase is noise, and directions in
which there is much of it are shrunk: within-class covariance normalisation (Hatch, Kajarekar and Stolcke
2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from klipnet_live.phrases.dtw import alignment
from klipnet_live.types import FloatArray

DIMENSIONS, DIMENSIONS_OF_SINGLES = 64, 128
"""Kept of the principal components; with one take of each phrase, where no noise is known, more of them."""

_SCALE_FLOOR = 0.1
"""In mean deviations: features that hardly move are not blown up."""

_SHRINKAGE = 0.1
"""How much of the noise is taken as equal in all directions."""

_ITERATIONS = 2

_POWER = 0.7
"""0.5 makes noise equal in all directions; more shrinks noisy directions further."""


@dataclass(frozen=True, slots=True)
class Metric:
    """Turns features (time, blocks * width) into frames (time, dimensions) whose distances mean something."""

    blocks: int
    scale: FloatArray
    centre: FloatArray
    projection: FloatArray

    def __call__(self, features: FloatArray) -> FloatArray:
        unit = _units(_centred(features) / self.scale, self.blocks)
        return np.asarray((unit - self.centre) @ self.projection, dtype=np.float32)


def fit_metric(takes: Sequence[FloatArray], texts: Sequence[str], blocks: int) -> Metric:
    """From the features of takes, each (time, blocks * width), and what is said in them.

    With one take of each phrase nothing is known of the noise, and all components count alike.
    """
    centred = [_centred(take) for take in takes]
    spread = np.concatenate(centred).std(axis=0)
    scale = spread + _SCALE_FLOOR * float(np.concatenate(centred).std()) + 1e-6
    units = [_units(take / scale, blocks) for take in centred]
    frames = np.concatenate(units)
    centre = frames.mean(axis=0)
    pairs = _pairs(texts)
    components = _components(frames - centre, DIMENSIONS if pairs else DIMENSIONS_OF_SINGLES)
    reduced = [(unit - centre) @ components for unit in units]
    projection = components @ _whitening(_noise(reduced, pairs)) if pairs else components
    return Metric(blocks, scale.astype(np.float32), centre, projection.astype(np.float32))


def _centred(features: FloatArray) -> FloatArray:
    features = features.astype(np.float32)
    return np.asarray(features - features.mean(axis=0), dtype=np.float32)


def _units(features: FloatArray, blocks: int) -> FloatArray:
    """Each block of each frame at length one."""
    parts = features.reshape(len(features), blocks, -1)
    parts = parts / (np.linalg.norm(parts, axis=2, keepdims=True) + 1e-6)
    return np.asarray(parts.reshape(features.shape), dtype=np.float32)


def _components(frames: FloatArray, count: int) -> FloatArray:
    """Principal components, (features, dimensions), by subspace iteration (Halko et al. 2011).

    A whole eigendecomposition of 1,024 features takes twenty times as long.
    """
    start = np.random.default_rng(0).standard_normal((frames.shape[1], count + 32)).astype(np.float32)
    basis, _ = np.linalg.qr(frames.T @ (frames @ start))
    for _ in range(_ITERATIONS):
        basis, _ = np.linalg.qr(frames.T @ (frames @ basis))
    _, _, rows = np.linalg.svd(frames @ basis, full_matrices=False)
    return np.asarray((basis @ rows.T)[:, :count], dtype=np.float32)


def _pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Each two takes of the same phrase."""
    return [(i, j) for i, j in combinations(range(len(texts)), 2) if texts[i] == texts[j]]


def _noise(takes: Sequence[FloatArray], pairs: Sequence[tuple[int, int]]) -> FloatArray:
    """Covariance of what differs between aligned takes, (dimensions, dimensions)."""
    differences = []
    for one, other in pairs:
        rows, columns = alignment(takes[one], takes[other])
        differences.append(takes[one][rows] - takes[other][columns])
    apart = np.concatenate(differences)
    return np.asarray(apart.T @ apart / (2 * len(apart)), dtype=np.float32)


def _whitening(noise: FloatArray) -> FloatArray:
    """The linear map that makes noise nearly equal in all directions, (dimensions, dimensions)."""
    even = float(np.trace(noise)) / len(noise) * np.eye(len(noise))
    values, vectors = np.linalg.eigh((1 - _SHRINKAGE) * noise + _SHRINKAGE * even)
    values = values / values.mean()
    return np.asarray(vectors * np.maximum(values, 1e-6) ** -_POWER, dtype=np.float32)
