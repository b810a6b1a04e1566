"""Quantises the weights of matrix products to 8 bits, a quarter of their size."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

from klipnet_training.autoavsr.graphs import CROP_PX, Graph, read_in_chunks
from klipnet_training.autoavsr.network import AFTER
from klipnet_training.export.graphs import session

_FRAMES = 75


def quantise(graphs: Mapping[str, Graph], folder: Path) -> dict[str, Any]:
    """Quantise all graphs but the front-end in place; returns their sizes and differences on noise.

    Dynamic quantisation: ranges of activations are computed at run time. The convolutions of the front-end
    stay float, because ONNX Runtime is slower with dynamically quantised convolutions on most processors.
    """
    feeds = _feeds(graphs, folder)
    figures: dict[str, Any] = {}
    for name, feed in feeds.items():
        path = folder / f"{name}.onnx"
        floats, size = session(path).run(None, feed)[0], path.stat().st_size
        with _quiet():
            quantize_dynamic(
                str(path), str(path), op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8
            )
        whole = session(path).run(None, feed)[0]
        figures[f"int8_{name}"] = {
            "megabytes": [round(size / 1e6, 1), round(path.stat().st_size / 1e6, 1)],
            "mean_difference_of_probabilities": float(np.abs(np.exp(whole) - np.exp(floats)).sum(-1).mean()),
        }
    return figures


def _feeds(graphs: Mapping[str, Graph], folder: Path) -> dict[str, dict[str, NDArray[Any]]]:
    """An input for each graph that is replaced."""
    random = np.random.default_rng(0)
    clip = random.integers(0, 255, (1, _FRAMES, CROP_PX, CROP_PX), np.uint8)
    kept = read_in_chunks(session(folder / "stream.onnx"), clip)[:, AFTER:]
    log_probs, encoded = session(folder / "final.onnx").run(None, {"kept": kept})
    pieces = random.integers(1, log_probs.shape[-1], (2, 12))
    feeds = {
        "final": {"kept": kept},
        "decoder": {"pieces": pieces, "encoded": encoded},
        "language_model": {"pieces": pieces},
    }
    return {name: feed for name, feed in feeds.items() if name in graphs}


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the advice that ONNX Runtime gives to whoever quantises by hand."""
    logger = logging.getLogger()
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
