"""LipNet with the recurrence of early Keras, whose weights no GRU of torch can hold."""

from __future__ import annotations

from dataclasses import dataclass

from klipnet_training.keras.gru import Gates, KerasGRU
from klipnet_training.model.lipnet import LipNet, LipNetConfig


@dataclass(frozen=True, slots=True)
class KerasLipNetConfig(LipNetConfig):
    """As Keras 2.0 to 2.2 had it by default."""

    reset_after: bool = False
    gates: Gates = "hard_sigmoid"


class KerasLipNet(LipNet):
    """Reads what a Keras LipNet reads; slow to train."""

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
