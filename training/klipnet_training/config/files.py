"""Configurations as TOML: files, named scenarios, changes on the command line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from klipnet_live.assets import SCENARIOS
from klipnet_live.types import UserError
from klipnet_training.config.schema import Config, config_from

Table = dict[str, Any]

_EXTENDS = "extends"

_BESIDE = re.compile(r"\w[\w-]*")

_MOST_LETTERS = 1_000_000

_DEEPEST = 10

_BY_LANGUAGE = "by_language"
"""Sections for each language, of which the one that is trained lies under the rest of the file."""


def read_config(
    path: Path, changes: Iterable[str] = (), seen: Callable[[Config], str] = lambda _: Config().language
) -> Config:
    """A configuration file with changes as from `--set section.name=value`.

    `seen` tells the language of a configuration's texts, where a file with `by_language` leaves it open.
    """
    table = tables_of(path)
    for change in changes:
        table = merged(table, parse_change(change))
    choices = table.pop(_BY_LANGUAGE, None)
    if choices is None:
        return config_from(table)
    language = table.get("language") or seen(config_from(table))
    return config_from(merged({"language": language} | _choice(choices, language, path), table))


def _choice(choices: object, language: str, path: Path) -> Table:
    chosen = choices.get(language) if isinstance(choices, dict) else None
    if not isinstance(chosen, dict):
        raise UserError(
            "{path} has no section [{section}.{language}]: add it, or choose another language.",
            path=path,
            section=_BY_LANGUAGE,
            language=language,
        )
    return chosen


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


def tables_of(path: Path, above: tuple[Path, ...] = ()) -> Table:
    """The tables of a file, laid over those of the files beside it that it `extends`.

    `above`: the files that extend this one.
    """
    if path in above:
        raise UserError("{path} extends itself: take that out.", path=path)
    table = _parsed(path)
    bases = table.pop(_EXTENDS, [])
    names = [bases] if isinstance(bases, str) else bases
    if not isinstance(names, list) or not all(isinstance(n, str) and _BESIDE.fullmatch(n) for n in names):
        raise UserError("{path} may only extend files beside it, by their names without .toml.", path=path)
    below: Table = {}
    for base in names:
        below = merged(below, tables_of(path.with_name(f"{base}.toml"), (*above, path)))
    return merged(below, table)


def _parsed(path: Path) -> Table:
    if path.exists() and not path.is_file():
        raise UserError("{path} is no ordinary file; check --config.", path=path)
    try:
        with path.open(encoding="utf-8") as file:
            return tomllib.loads(file.read(_MOST_LETTERS))
    except RecursionError as error:
        raise UserError("{path} is nested too deep: write it flatter.", path=path) from error
    except OSError as error:
        raise UserError("There is no configuration {path}; check --config.", path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError("{path} is not valid TOML: {reason}.", path=path, reason=error) from error


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
    except (tomllib.TOMLDecodeError, RecursionError):
        return _nested(name.strip().split(".")[:_DEEPEST], value.strip())


def to_toml(table: Mapping[str, Any]) -> str:
    """The text of nested tables. Values of None are left out: they read back as the default."""
    return tomli_w.dumps(_without_none(table))


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_none(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_without_none(inner) for inner in value]
    return value


def _nested(names: list[str], value: str) -> Table:
    table: Any = value
    for name in reversed(names):
        table = {name: table}
    return dict(table)
