"""The configuration of a training run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError

from klipnet_live.types import UserError
from klipnet_training.architectures import ModelConfig, model_config_kind
from klipnet_training.config.curriculum import Stage
from klipnet_training.data.augment import Augmentation
from klipnet_training.data.excerpts import Sampling
from klipnet_training.data.split import SplitRule
from klipnet_training.model.cascade import CascadeConfig
from klipnet_training.ranges import AtLeastOne, Count, NotNegative, Part, Positive

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Optimisation:
    """Training with AdamW.

    `average`: decay of the weights' moving average; `workers`: data-loading processes.
    """

    epochs: AtLeastOne = 60
    batch: AtLeastOne = 16
    learning_rate: NotNegative = 1.5e-3
    schedule: Literal["one_cycle", "constant"] = "one_cycle"
    warmup: Part = 0.06
    """Fraction of the one-cycle schedule in which the learning rate rises."""
    weight_decay: NotNegative = 0.01
    near_start: NotNegative = 0.0
    """Weight of the penalty on the squared distance from the starting weights (L2-SP, Li et al. 2018,
    arXiv:1802.01483)."""
    clip_norm: Positive = 5.0
    average: Part = 0.998
    stream_weight: NotNegative = 1.0
    final_weight: NotNegative = 1.0
    speaking_weight: NotNegative = 2.0
    quiet_weight: NotNegative = 2.0
    """Weight of the loss for symbols in silent frames, for each head."""
    distillation: NotNegative = 0.5
    """Weight of the distillation from the final head to the streaming head."""
    distillation_frames: AtLeastOne = 5
    """Delay of the streaming head behind its teacher: how many future frames it may see."""
    consistency: NotNegative = 0.0
    """Weight of the consistency loss between two views of each clip (CR-CTC), which doubles the batch."""
    bfloat16: bool = False
    seed: Count = 1
    workers: Count = 0
    patience: Count = 0
    """Early stopping: epochs without a better validation score; 0 turns it off."""
    checkpoint_steps: AtLeastOne = 100

    @property
    def views(self) -> int:
        """Number of differently augmented views of each clip in a step."""
        return 2 if self.consistency else 1


@dataclass(frozen=True, slots=True)
class DataSource:
    """A prepared folder, relative to --data; `share`: expected draws of each clip per epoch."""

    folder: str = "."
    split: str | None = "train"
    session: str | None = None
    share: Positive = 1.0


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that decides the outcome of a run."""

    language: str = "en"
    architecture: str = "cascade"
    data: tuple[DataSource, ...] = ()
    validation: tuple[DataSource, ...] = ()
    split: SplitRule | None = None
    """Assigns new splits to each folder; without it the splits of the tables are used."""
    start_from: str | None = None
    """A run folder, model folder or checkpoint to take the initial weights from."""
    rehearsal: Count = 0
    """Number of clips of synthetic talkers to add, against catastrophic forgetting."""
    rehearsal_part: Part = 0.5
    """Their fraction of each epoch."""
    model: ModelConfig = field(default_factory=CascadeConfig)
    sampling: Sampling = field(default_factory=Sampling)
    augmentation: Augmentation = field(default_factory=Augmentation)
    curriculum: tuple[Stage, ...] = ()
    optimisation: Optimisation = field(default_factory=Optimisation)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


_SECTIONS = {"sampling": Sampling, "augmentation": Augmentation, "optimisation": Optimisation}
_LISTS = {"data": DataSource, "validation": DataSource, "curriculum": Stage}


def config_from(table: Mapping[str, Any]) -> Config:
    """Build a configuration from nested tables, as from `Config.as_dict`. Raises UserError."""
    values = dict(table)
    values["model"] = _build(
        model_config_kind(values.get("architecture", "cascade")), values.get("model", {}), "model"
    )
    for name, kind in _SECTIONS.items():
        values[name] = _build(kind, values.get(name, {}), name)
    if values.get("split") is not None:
        values["split"] = _build(SplitRule, values["split"], "split")
    for name, kind in _LISTS.items():
        values[name] = _build_list(kind, values.get(name, ()), name)
    return _build(Config, values, "configuration")


def _build_list(kind: type[T], entries: object, where: str) -> tuple[T, ...]:
    if not isinstance(entries, list | tuple):
        raise UserError(
            "{where} = {value!r}: expected a list of tables, such as [{{{name} = ...}}].",
            where=where,
            value=entries,
            name=_names(kind)[0],
        )
    return tuple(_build(kind, entry, where) for entry in entries)


def _build(kind: type[T], values: object, where: str) -> T:
    hints, known = get_type_hints(kind, include_extras=True), _names(kind)
    if not isinstance(values, Mapping):
        raise UserError(
            "{where} = {value!r}: expected a table, such as {{{name} = ...}}.",
            where=where,
            value=values,
            name=known[0],
        )
    checked = {}
    for name, value in values.items():
        if name not in known:
            raise UserError(
                "Unknown value {name} in [{where}]: choose one of {known}.",
                where=where,
                name=name,
                known=", ".join(known),
            )
        checked[name] = _checked(hints[name], value, f"[{where}] {name}")
    return kind(**checked)


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


def _checked(hint: Any, value: object, where: str) -> Any:
    try:
        return TypeAdapter(hint).validate_python(value)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].lower()
        raise UserError("{where} = {value!r}: {reason}.", where=where, value=value, reason=reason) from error
