"""Loads configurations: TOML files, named scenarios and changes from the command line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import tomli_w

from klipnet_live.types import UserError
from klipnet_training.config.schema import Config, config_from

Table = dict[str, Any]

_EXTENDS = "extends"

_FILE_STEM = re.compile(r"\w[\w-]*")

_MAX_CHARACTERS = 1_000_000

_MAX_DEPTH = 10

_BY_LANGUAGE = "by_language"
"""One section per language; the section of the trained language supplies defaults for the rest of the
file."""


def read_config(
    path: Path,
    changes: Iterable[str] = (),
    detect_language: Callable[[Config], str] = lambda _: Config().language,
) -> Config:
    """Read a configuration file and apply changes as from `--set section.name=value`. Raises UserError.

    `detect_language` finds the language of the transcripts, if a file with `by_language` does not set it.
    """
    table = load_tables(path)
    for change in changes:
        table = merged(table, parse_change(change))
    choices = table.pop(_BY_LANGUAGE, None)
    if choices is None:
        return config_from(table)
    language = table.get("language") or detect_language(config_from(table))
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


def load_tables(path: Path, extended_by: tuple[Path, ...] = ()) -> Table:
    """The tables of a file, merged over those of the files in the same folder that it `extends`.

    `extended_by`: the files that extend this one, to detect cycles. Raises UserError.
    """
    if path in extended_by:
        raise UserError("{path} extends itself: remove that entry of `extends`.", path=path)
    table = _parsed(path)
    bases = table.pop(_EXTENDS, [])
    names = [bases] if isinstance(bases, str) else bases
    if not isinstance(names, list) or not all(isinstance(n, str) and _FILE_STEM.fullmatch(n) for n in names):
        raise UserError("{path} can only extend files in its own folder, by name without .toml.", path=path)
    defaults: Table = {}
    for base in names:
        defaults = merged(defaults, load_tables(path.with_name(f"{base}.toml"), (*extended_by, path)))
    return merged(defaults, table)


def _parsed(path: Path) -> Table:
    if path.exists() and not path.is_file():
        raise UserError("{path} is not a regular file: check --config.", path=path)
    try:
        with path.open(encoding="utf-8") as file:
            return tomllib.loads(file.read(_MAX_CHARACTERS))
    except RecursionError as error:
        raise UserError("{path} is nested too deeply: use fewer levels.", path=path) from error
    except OSError as error:
        raise UserError("There is no configuration {path}: check --config.", path=path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError("{path} is not valid TOML: {reason}.", path=path, reason=error) from error


def merged(base: Mapping[str, Any], override: Mapping[str, Any]) -> Table:
    """`base` with the values of `override` merged over it; lists are replaced as a whole."""
    result = dict(base)
    for name, value in override.items():
        under = result.get(name)
        result[name] = merged(under, value) if isinstance(under, dict) and isinstance(value, dict) else value
    return result


def parse_change(change: str) -> Table:
    """Parse `section.name=value` into nested tables; a value that is not TOML is taken as a string."""
    name, equals, value = change.partition("=")
    if not equals:
        raise UserError("--set {change}: write section.name=value.", change=change)
    try:
        return tomllib.loads(f"{name} = {value}")
    except (tomllib.TOMLDecodeError, RecursionError):
        return _nested(name.strip().split(".")[:_MAX_DEPTH], value.strip())


def to_toml(table: Mapping[str, Any]) -> str:
    """Nested tables as TOML. None values are omitted, so they are read back as the default."""
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
