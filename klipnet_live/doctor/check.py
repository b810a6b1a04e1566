"""Result of one check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class FindingText:
    """A text and its values, so that the window can translate the template. Values may be texts too."""

    template: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return self.template.format(**self.values)


Text = str | FindingText | UserError


@dataclass(frozen=True, slots=True)
class Check:
    """`detail`: what was found, or what is wrong; `remedy`: how to fix it, or empty.

    `needed`: the program cannot do its main task without it.
    """

    name: str
    ok: bool
    detail: Text
    remedy: Text = ""
    needed: bool = True


def line(template: str, **values: object) -> FindingText:
    return FindingText(template, values)


def joined(template: str, texts: Sequence[Text]) -> Text:
    """The texts joined pairwise with a template of {first} and {second}."""
    return reduce(lambda first, second: line(template, first=first, second=second), texts)
