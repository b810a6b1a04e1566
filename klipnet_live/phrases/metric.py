"""Distance between frames of one person, learnt from the takes of that person's profile.

Features are centred per take, scaled and normalised to unit length, so that lighting and crop position matter
little. Differences between aligned takes of the *same* phrase are noise; directions with much noise are
shrunk: within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from klipnet_live.phrases.dtw import alignment
from klipnet_live.types import FloatArray

DIMENSIONS, DIMENSIONS_OF_SINGLES = 64, 128
"""Number of principal components; more if each phrase has one take, since the noise is unknown then."""

_SCALE_FLOOR = 0.1
"""In mean deviations of the block; keeps nearly constant features from being amplified."""

_SHRINKAGE = 0.1
"""Share of the noise that is assumed to be equal in all directions."""

_ITERATIONS = 2

_POWER = 0.7
"""0.5 whitens the noise; higher values shrink noisy directions further."""


@dataclass(frozen=True, slots=True)
class Metric:
    """Maps features (time, blocks * width) to frames (time, dimensions) with meaningful distances."""

    blocks: int
    scale: FloatArray
    centre: FloatArray
    projection: FloatArray

    def __call__(self, features: FloatArray) -> FloatArray:
        unit = _units(_centred(features) / self.scale, self.blocks)
        return np.asarray((unit - self.centre) @ self.projection, dtype=np.float32)


def fit_metric(takes: Sequence[FloatArray], texts: Sequence[str], blocks: int) -> Metric:
    """Fit to the features of takes, each of shape (time, blocks * width), and their phrases.

    If each phrase has one take, the noise is unknown and all components count equally.
    """
    centred = [_centred(take) for take in takes]
    scale = _scale(np.concatenate(centred), blocks)
    units = [_units(take / scale, blocks) for take in centred]
    frames = np.concatenate(units)
    centre = frames.mean(axis=0)
    pairs = _pairs(texts)
    components = _components(frames - centre, DIMENSIONS if pairs else DIMENSIONS_OF_SINGLES)
    reduced = [(unit - centre) @ components for unit in units]
    projection = components @ _whitening(_noise(reduced, pairs)) if pairs else components
    return Metric(blocks, scale, centre, projection.astype(np.float32))


def _centred(features: FloatArray) -> FloatArray:
    features = features.astype(np.float32)
    return np.asarray(features - features.mean(axis=0), dtype=np.float32)


def _scale(features: FloatArray, blocks: int) -> FloatArray:
    """Standard deviation of each feature, increased by a share of that of its block."""
    of_blocks = features.reshape(len(features), blocks, -1).std(axis=(0, 2))
    floors = np.repeat(_SCALE_FLOOR * of_blocks, features.shape[1] // blocks)
    return np.asarray(features.std(axis=0) + floors + 1e-6, dtype=np.float32)


def _units(features: FloatArray, blocks: int) -> FloatArray:
    """Normalise each block of each frame to unit length."""
    parts = features.reshape(len(features), blocks, -1)
    parts = parts / (np.linalg.norm(parts, axis=2, keepdims=True) + 1e-6)
    return np.asarray(parts.reshape(features.shape), dtype=np.float32)


def _components(frames: FloatArray, count: int) -> FloatArray:
    """Principal components, shape (features, dimensions), by subspace iteration (Halko et al. 2011).

    A full eigendecomposition of 1,024 features takes twenty times as long.
    """
    start = np.random.default_rng(0).standard_normal((frames.shape[1], count + 32)).astype(np.float32)
    basis, _ = np.linalg.qr(frames.T @ (frames @ start))
    for _ in range(_ITERATIONS):
        basis, _ = np.linalg.qr(frames.T @ (frames @ basis))
    _, _, rows = np.linalg.svd(frames @ basis, full_matrices=False)
    return np.asarray((basis @ rows.T)[:, :count], dtype=np.float32)


def _pairs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """All pairs of takes of the same phrase."""
    return [(i, j) for i, j in combinations(range(len(texts)), 2) if texts[i] == texts[j]]


def _noise(takes: Sequence[FloatArray], pairs: Sequence[tuple[int, int]]) -> FloatArray:
    """Covariance of the differences between aligned takes, shape (dimensions, dimensions)."""
    differences = []
    for one, other in pairs:
        rows, columns = alignment(takes[one], takes[other])
        differences.append(takes[one][rows] - takes[other][columns])
    apart = np.concatenate(differences)
    return np.asarray(apart.T @ apart / (2 * len(apart)), dtype=np.float32)


def _whitening(noise: FloatArray) -> FloatArray:
    """Linear map that makes the noise nearly equal in all directions, shape (dimensions, dimensions)."""
    even = float(np.trace(noise)) / len(noise) * np.eye(len(noise))
    values, vectors = np.linalg.eigh((1 - _SHRINKAGE) * noise + _SHRINKAGE * even)
    # Copies of one take do not show how takes differ.
    mean = float(values.mean())
    values = values / mean if mean > 0 else np.ones_like(values)
    return np.asarray(vectors * np.maximum(values, 1e-6) ** -_POWER, dtype=np.float32)
