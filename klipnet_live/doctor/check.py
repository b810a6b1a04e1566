"""One thing that was looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from klipnet_live.types import UserError


@dataclass(frozen=True, slots=True)
class FindingText:
    """A text with its values apart from it, so that the window can translate it. Values may be lines."""

    template: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return self.template.format(**self.values)


Text = str | FindingText | UserError


@dataclass(frozen=True, slots=True)
class Check:
    """`detail` says what is there, or what is wrong; `remedy` how to mend it (empty where nothing is).

    `needed`: without it the program cannot do its main work.
    """

    name: str
    ok: bool
    detail: Text
    remedy: Text = ""
    needed: bool = True


def line(template: str, **values: object) -> FindingText:
    return FindingText(template, values)


def joined(template: str, texts: Sequence[Text]) -> Text:
    """The texts as one, each two joined by a template of {first} and {second}."""
    return reduce(lambda first, second: line(template, first=first, second=second), texts)
