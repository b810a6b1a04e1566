"""Loads networks and weights of training runs."""

from __future__ import annotations

from pathlib import Path

from torch import Tensor

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import UserError
from klipnet_training.architectures import Network, build_network
from klipnet_training.config.schema import Config, config_from
from klipnet_training.run import checkpoint

BEST = "best.pt"

_MEAN = "module."
"""Prefix of weight names in torch's AveragedModel."""


def load_network(run: Path) -> tuple[Config, Network]:
    """Configuration and best network of a run folder, in eval mode. Raises UserError."""
    if not run.is_dir():
        raise UserError("There is no run folder {run}.", run=run)
    state = checkpoint.load(run / BEST)
    config = config_from(checkpoint.part(state, "config", run / BEST))
    network = build_network(config.model, alphabet_for(config.language).size)
    try:
        network.load_state_dict(checkpoint.part(state, "model", run / BEST))
    except (RuntimeError, TypeError, AttributeError) as error:
        raise UserError(
            "The weights in {run} do not fit its architecture {name}: train or import it again.",
            run=run,
            name=config.architecture,
        ) from error
    return config, network.eval()


def load_weights(path: Path) -> dict[str, Tensor]:
    """The best weights of a run folder, or those of a checkpoint file (for last.pt the moving average)."""
    file = path / BEST if path.is_dir() else path
    state = checkpoint.load(file)
    if "mean" not in state:
        return checkpoint.part(state, "model", file)
    mean = checkpoint.part(state, "mean", file).items()
    return {name.removeprefix(_MEAN): value for name, value in mean if name.startswith(_MEAN)}
