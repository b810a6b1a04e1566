"""What a training run is: read from a TOML file, saved in every checkpoint."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from klipnet_live.types import UserError
from training.data.augment import Augmentation
from training.data.samples import Sampling
from training.model.cascade import CascadeConfig

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Optimisation:
    """One cycle of AdamW. `average` is the decay of the running mean of the weights."""

    epochs: int = 60
    batch: int = 16
    learning_rate: float = 1.5e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    clip_norm: float = 5.0
    average: float = 0.998
    stream_weight: float = 1.0
    final_weight: float = 1.0
    speaking_weight: float = 2.0
    bfloat16: bool = False
    seed: int = 1
    workers: int = 0


@dataclass(frozen=True, slots=True)
class DataSource:
    """A prepared folder; `share` is how often each of its clips is drawn in an epoch."""

    folder: str
    split: str | None = "train"
    session: str | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that decides the outcome of a run."""

    language: str = "en"
    data: tuple[DataSource, ...] = ()
    validation: tuple[DataSource, ...] = ()
    start_from: str | None = None
    model: CascadeConfig = field(default_factory=CascadeConfig)
    sampling: Sampling = field(default_factory=Sampling)
    augmentation: Augmentation = field(default_factory=Augmentation)
    optimisation: Optimisation = field(default_factory=Optimisation)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


_SECTIONS = {"model": CascadeConfig, "sampling": Sampling, "augmentation": Augmentation, "optimisation": Optimisation}


def read_config(path: Path) -> Config:
    """A configuration file; a misspelt name is an error that lists the right ones."""
    try:
        return config_from(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise UserError("There is no configuration {path}.", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise UserError("{path} is not valid TOML: {reason}", path=path, reason=error) from error


def config_from(table: dict[str, Any]) -> Config:
    """A configuration from nested tables, as `Config.as_dict` gives them."""
    values: dict[str, Any] = dict(table)
    for name, kind in _SECTIONS.items():
        values[name] = _build(kind, values.get(name, {}), name)
    for name in ("data", "validation"):
        values[name] = tuple(_build(DataSource, entry, name) for entry in values.get(name, ()))
    return _build(Config, values, "configuration")


def _build(kind: type[T], values: dict[str, Any], where: str) -> T:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    for name in values:
        if name not in known:
            raise UserError("[{where}] has no {name}; it knows {known}.", where=where, name=name, known=sorted(known))
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in values.items()})
