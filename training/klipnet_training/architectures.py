"""The networks by name."""

from __future__ import annotations

from dataclasses import replace

from klipnet_live.types import UserError
from klipnet_training.keras.network import KerasLipNet, KerasLipNetConfig
from klipnet_training.model.cascade import Cascade, CascadeConfig
from klipnet_training.model.lipnet import LipNet, LipNetConfig

ModelConfig = CascadeConfig | LipNetConfig
Network = Cascade | LipNet

_CONFIGS: dict[str, type[ModelConfig]] = {
    "cascade": CascadeConfig,
    "lipnet": LipNetConfig,
    "keras_lipnet": KerasLipNetConfig,
}


def model_config_kind(architecture: object) -> type[ModelConfig]:
    """The configuration class of an architecture."""
    if not isinstance(architecture, str) or architecture not in _CONFIGS:
        raise UserError(
            "There is no architecture {name!r}; choose one of: {known}.",
            name=architecture,
            known=", ".join(_CONFIGS),
        )
    return _CONFIGS[architecture]


def build_network(config: ModelConfig, symbols: int) -> Network:
    """A network with new weights that writes this many symbols, the blank included."""
    sized = replace(config, symbols=symbols)
    if isinstance(sized, CascadeConfig):
        return Cascade(sized)
    return KerasLipNet(sized) if isinstance(sized, KerasLipNetConfig) else LipNet(sized)
