"""Quantises the weights of matrix products to 8 bits, a quarter of their size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

from klipnet_training.autoavsr.graphs import CROP_PX, graphs_of, read_in_chunks
from klipnet_training.autoavsr.network import AFTER, LipReader
from klipnet_training.export.graphs import session

_FRAMES = 76


def quantise(network: LipReader, folder: Path) -> dict[str, Any]:
    """Quantise the encoder and decoder graphs in place; returns their sizes and differences on noise.

    Dynamic quantisation: ranges of activations are computed at run time. The convolutions of the front-end
    stay float, because ONNX Runtime is slower with dynamically quantised convolutions on most processors.
    """
    clip = np.random.default_rng(0).integers(0, 255, (1, _FRAMES, CROP_PX, CROP_PX), np.uint8)
    kept = read_in_chunks(session(folder / "stream.onnx"), clip)[:, AFTER:]
    feeds = {"final": {"kept": kept}}
    if network.decoder is not None:
        feeds["decoder"] = _texts(network, folder, kept)
    figures: dict[str, Any] = {}
    for name in (name for name in graphs_of(network) if name in feeds):
        path = folder / f"{name}.onnx"
        floats, size = session(path).run(None, feeds[name])[0], path.stat().st_size
        quantize_dynamic(str(path), str(path), op_types_to_quantize=["MatMul"], weight_type=QuantType.QInt8)
        whole = session(path).run(None, feeds[name])[0]
        figures[f"int8_{name}"] = {
            "megabytes": [round(size / 1e6, 1), round(path.stat().st_size / 1e6, 1)],
            "mean_difference_of_probabilities": float(np.abs(np.exp(whole) - np.exp(floats)).sum(-1).mean()),
        }
    return figures


def _texts(network: LipReader, folder: Path, kept: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    pieces = np.random.default_rng(1).integers(1, network.sizes.symbols, (2, 12))
    encoded = session(folder / "final.onnx").run(None, {"kept": kept})[1]
    return {"pieces": pieces, "encoded": encoded}
