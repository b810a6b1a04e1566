"""JSGF text to rules: each a name and the tokens of its body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from klipnet_live.types import UserError

HEADER: Final = "#JSGF"

_TOKEN: Final = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<rule><[^<>\s]+>)
      | "(?P<quoted>(?:\\.|[^"\\\n])*)"
      | (?P<tag>\{(?:\\.|[^}\\])*\})
      | (?P<weight>/\s*[0-9.]+\s*/)
      | (?P<mark>[;=|()\[\]*+])
      | (?P<word>[^\s;=|()\[\]*+<>{}"/]+)
      | (?P<bad>.)""",
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the file.

    `kind` is the group of `_TOKEN`; a mark is a kind of its own, and "end" stands behind a rule.
    """

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's body, up to but without its semicolon, closed by an "end" token."""

    public: bool
    body: tuple[Token, ...]


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "bad":
            raise unexpected(Token(kind, match[0], line), "a word, a rule or an operator")
        if kind != "blank":
            yield Token(match[0] if kind == "mark" else kind, match[kind], line)
        line += match[0].count("\n")


def split_rules(text: str) -> dict[str, Rule]:
    """Rules by name, in the file's order. UserError names the line of a mistake."""
    rules: dict[str, Rule] = {}
    for statement in _statements(_tokens(text)):
        first = statement[0]
        if first.text in (HEADER, "grammar"):
            continue
        if first.text == "import":
            raise UserError("Line {line} of the grammar: copy the imported rules here.", line=first.line)
        public = first.text == "public"
        name, equals, *body = statement[public:] + statement[-1:]
        if name.kind != "rule":
            raise unexpected(name, "<name> = words;")
        if equals.kind != "=":
            raise unexpected(equals, "'=' after the rule's name")
        if name.text in rules:
            raise UserError(
                "Line {line} of the grammar: {name} is defined twice; rename one of them.",
                line=name.line,
                name=name.text,
            )
        rules[name.text] = Rule(public, tuple(body))
    return rules


def _statements(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    """What stands between semicolons, each closed by an "end" token."""
    statement: list[Token] = []
    for token in tokens:
        if token.kind == ";":
            yield [*statement, Token("end", ";", token.line)]
            statement = []
        else:
            statement.append(token)
    if statement:
        raise UserError("Line {line} of the grammar: end the rule with ';'.", line=statement[0].line)


def unexpected(token: Token, expected: str) -> UserError:
    """What to raise where `token` stands and `expected` should."""
    return UserError(
        "Line {line} of the grammar: write {expected} instead of {found!r}.",
        line=token.line,
        expected=expected,
        found=token.text,
    )
