"""Voice activity detection with Silero (Silero Team 2021, MIT)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from klipnet_live.onnx_session import OnnxSession
from klipnet_live.sound.base import RATE_HZ
from klipnet_live.types import FloatArray, UserError

STEP = 512
"""Samples per probability."""
STEP_S = STEP / RATE_HZ

_CONTEXT = 64
"""Preceding samples that the network needs for each step."""
_STATE = (2, 1, 128)


class VoiceActivity:
    """Processes a stream in blocks of any length. `model`: silero_vad.onnx of release 5 or 6."""

    def __init__(self, model: Path) -> None:
        """Load the model. UserError if the file is not such a model."""
        self._session = OnnxSession(model, preferred=())
        if self._session.inputs.keys() != {"input", "state", "sr"}:
            raise UserError(
                "{path} is not a voice activity model. Get it again with `klipnet-live sound get`.",
                path=model,
            )
        self.reset()

    def reset(self) -> None:
        """Reset the state, as at the start of a stream."""
        self._state = np.zeros(_STATE, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)

    def push(self, samples: FloatArray) -> NDArray[np.float32]:
        """Probability of speech in each complete step of 32 ms; the rest is kept for the next block."""
        waiting = np.concatenate([self._rest, samples.astype(np.float32, copy=False)])
        whole = len(waiting) // STEP
        self._rest = waiting[whole * STEP :]
        return np.array([self._step(waiting[i * STEP : (i + 1) * STEP]) for i in range(whole)], np.float32)

    def _step(self, step: FloatArray) -> float:
        seen = np.concatenate([self._context, step])[None]
        probability, self._state = self._session.run(
            {"input": seen, "state": self._state, "sr": np.array(RATE_HZ, np.int64)}
        )
        self._context = step[-_CONTEXT:]
        return float(probability[0, 0])
