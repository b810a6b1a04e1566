"""Writes the plots of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from klipnet_live.types import UserError
from klipnet_training.data.clips import Clip
from klipnet_training.evaluation.confusion import confusion, symbols_of
from klipnet_training.evaluation.networks import ReleasedNetwork, TrainedNetwork
from klipnet_training.evaluation.plots import draw_confusion, draw_saliency
from klipnet_training.evaluation.saliency import saliency
from klipnet_training.evaluation.scores import ReadClip
from klipnet_training.evaluation.visemes import visemes_of
from klipnet_training.run.released import released_network


def write_confusion(path: Path, readings: Sequence[ReadClip]) -> None:
    """Draw confusion matrices of symbols and visemes."""
    pairs = [(reading.truth, reading.read) for reading in readings]
    matrices = {"symbols": confusion(pairs, symbols_of), "visemes": confusion(pairs, visemes_of)}
    draw_confusion(path, matrices)


def write_saliency(
    path: Path, network: TrainedNetwork | ReleasedNetwork, clips: Sequence[Clip], name: str, head: str
) -> None:
    """Draw the saliency map of one clip. UserError if there is no such clip."""
    clip = next((clip for clip in clips if clip.name == name), None)
    if clip is None:
        raise UserError("There is no clip {name} in the evaluated data.", name=name)
    # ONNX Runtime has no gradients.
    trained = released_network(network.folder) if isinstance(network, ReleasedNetwork) else network.network
    draw_saliency(path, clip.crops[:], saliency(trained, clip, network.alphabet, head), clip.text)
