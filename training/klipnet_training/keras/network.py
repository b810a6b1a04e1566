"""LipNet with the GRU of early Keras versions, which torch's GRU cannot represent."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_training.keras.gru import Gates, KerasGRU
from klipnet_training.model.lipnet import LipNet, LipNetConfig


@dataclass(frozen=True, slots=True)
class KerasLipNetConfig(LipNetConfig):
    """LipNet with a Keras GRU; the defaults are those of Keras 2.0 to 2.2."""

    reset_after: bool = False
    gates: Gates = "hard_sigmoid"


class KerasLipNet(LipNet):
    """Equivalent to a Keras LipNet; slow to train."""

    def __init__(self, config: KerasLipNetConfig) -> None:
        super().__init__(config)
        self.gru = KerasGRU(
            self.gru.input_size,
            config.hidden,
            self.gru.num_layers,
            config.dropout,
            reset_after=config.reset_after,
            gates=config.gates,
        )
