"""Network architectures by name."""

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
    """Configuration class of an architecture. UserError for an unknown name."""
    if not isinstance(architecture, str) or architecture not in _CONFIGS:
        raise UserError(
            "Unknown architecture {name!r}: choose one of {known}.",
            name=architecture,
            known=", ".join(_CONFIGS),
        )
    return _CONFIGS[architecture]


def build_network(config: ModelConfig, symbols: int) -> Network:
    """A randomly initialised network with this many output symbols, the CTC blank included."""
    sized = replace(config, symbols=symbols)
    if isinstance(sized, CascadeConfig):
        return Cascade(sized)
    return KerasLipNet(sized) if isinstance(sized, KerasLipNetConfig) else LipNet(sized)
