"""Configurations as TOML: files, named scenarios, changes on the command line."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from klipnet_live.types import UserError
from training.config import Config, config_from

Table = dict[str, Any]

SCENARIOS = Path(__file__).parent / "scenarios"

_EXTENDS = "extends"


def read_config(path: Path, changes: Iterable[str] = ()) -> Config:
    """A configuration file with changes as from `--set section.name=value`."""
    table = tables_of(path)
    for change in changes:
        table = merged(table, parse_change(change))
    return config_from(table)


def scenario_names() -> list[str]:
    """The configurations that come with the project."""
    return sorted(path.stem for path in SCENARIOS.glob("[!_]*.toml"))


def scenario_path(name: str) -> Path:
    """The file of a named scenario."""
    known = scenario_names()
    if name not in known:
        raise UserError(
            "There is no scenario {name!r}; choose one of: {known}.", name=name, known=", ".join(known)
        )
    return SCENARIOS / f"{name}.toml"


def tables_of(path: Path) -> Table:
    """The tables of a file, laid over those of the files beside it that it `extends`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError("There is no configuration {path}; check --config.", path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError("{path} is not valid TOML: {reason}.", path=path, reason=error) from error
    bases = table.pop(_EXTENDS, [])
    below: Table = {}
    for base in [bases] if isinstance(bases, str) else bases:
        below = merged(below, tables_of(path.with_name(f"{base}.toml")))
    return merged(below, table)


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> Table:
    """`below` with the values of `above` laid over it; lists are replaced as a whole."""
    result = dict(below)
    for name, value in above.items():
        under = result.get(name)
        result[name] = merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return result


def parse_change(change: str) -> Table:
    """`section.name=value` as nested tables; a value that is no TOML is taken as text."""
    name, equals, value = change.partition("=")
    if not equals:
        raise UserError("--set {change}: write section.name=value.", change=change)
    try:
        return tomllib.loads(f"{name} = {value}")
    except tomllib.TOMLDecodeError:
        return _nested(name.strip().split("."), value.strip())


def to_toml(table: Mapping[str, Any]) -> str:
    """The text of nested tables. What is None is left out: it reads back as the default."""
    plain = {name: value for name, value in table.items() if not _is_table(value) and value is not None}
    blocks = ["".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in plain.items())]
    for name, value in table.items():
        if isinstance(value, dict):
            blocks.append(f"[{name}]\n{to_toml(value)}")
        elif _is_table(value):
            blocks += [f"[[{name}]]\n{to_toml(entry)}" for entry in value]
    return "\n".join(blocks)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict)
    )


def _nested(names: list[str], value: str) -> Table:
    table: Any = value
    for name in reversed(names):
        table = {name: table}
    return dict(table)
