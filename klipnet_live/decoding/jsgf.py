"""Slot grammars in JSGF.

JSpeech Grammar Format, W3C Note of 5 June 2000. Rules, sequences, alternatives, groups, options,
repetitions, quoted tokens and <NULL>/<VOID> are understood; weights and tags are read and left
aside; imports and recursion are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple

from klipnet_live.decoding.expression import NOTHING, Choice, Expression, Phrase, Repeat, Sequence
from klipnet_live.types import UserError

HEADER: Final = "#JSGF"

DEEPEST: Final = 60
"""Of rules and brackets within each other."""

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


def parse_jsgf(text: str) -> Expression:
    """Any of the public rules of a grammar. UserError names the line of a mistake."""
    parser = _Parser(split_rules(text))
    expressions = {name: parser.rule(name) for name in parser.rules}
    public = tuple(expressions[name] for name, rule in parser.rules.items() if rule.public)
    if not public:
        raise UserError("The grammar has no public rule; write 'public' before the rule of a whole sentence.")
    return Choice(public)


class _Parser:
    """Recursive descent over the rules; a rule is parsed when it is first referred to."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self._done: dict[str, Expression] = {"<NULL>": NOTHING, "<VOID>": Choice()}
        self._open: list[str] = []
        self._depth = 0

    def rule(self, name: str) -> Expression:
        """The expression of a rule that exists."""
        if name not in self._done:
            self._open.append(name)
            self._done[name] = _Body(self.rules[name].body, self.reference, self.depth).whole()
            self._open.pop()
        return self._done[name]

    @contextmanager
    def depth(self, token: Token) -> Iterator[None]:
        """One level deeper, from this token on. UserError where it is too deep."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UserError(
                "Line {line} of the grammar: more than {most} rules and brackets are within each other; "
                "write it flatter.",
                line=token.line,
                most=DEEPEST,
            )
        yield
        self._depth -= 1

    def reference(self, token: Token) -> Expression:
        """The expression of a rule where it is used."""
        if token.text in self._open:
            raise UserError(
                "Line {line} of the grammar: {name} refers to itself; use * or + to repeat.",
                line=token.line,
                name=token.text,
            )
        if token.text not in self.rules and token.text not in self._done:
            raise UserError(
                "Line {line} of the grammar: there is no rule {name}; define it or mend its name.",
                line=token.line,
                name=token.text,
            )
        return self.rule(token.text)


class _Body:
    """One rule's tokens, read from left to right."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        reference: Callable[[Token], Expression],
        depth: Callable[[Token], AbstractContextManager[None]],
    ) -> None:
        self._tokens = tokens
        self._at = 0
        self._reference, self._depth = reference, depth

    def whole(self) -> Expression:
        """The expression of all tokens."""
        expression = self._choice()
        if self._next.kind != "end":
            raise unexpected(self._next, "an operator, a word or ';'")
        return expression

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _choice(self) -> Expression:
        items = [self._sequence()]
        while self._next.kind == "|":
            self._take()
            items.append(self._sequence())
        return items[0] if len(items) == 1 else Choice(tuple(items))

    def _sequence(self) -> Expression:
        if self._next.kind == "weight":
            self._take()
        items = [self._repeated()]
        while self._next.kind in ("word", "quoted", "rule", "(", "["):
            items.append(self._repeated())
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _repeated(self) -> Expression:
        expression = self._atom()
        while self._next.kind in ("tag", "*", "+"):
            operator = self._take()
            if operator.kind == "+":
                expression = Repeat(expression)
            elif operator.kind == "*":
                expression = Choice((Repeat(expression), NOTHING))
        return expression

    def _atom(self) -> Expression:
        token = self._take()
        if token.kind in ("word", "quoted"):
            return Phrase(token.text, token.line)
        if token.kind in ("rule", "(", "["):
            with self._depth(token):
                return self._nested(token)
        raise unexpected(token, "a word or a rule (<NULL> for nothing)")

    def _nested(self, token: Token) -> Expression:
        if token.kind == "rule":
            return self._reference(token)
        if token.kind == "(":
            return self._closed_by(")")
        return Choice((self._closed_by("]"), NOTHING))

    def _closed_by(self, bracket: str) -> Expression:
        expression = self._choice()
        if self._next.kind != bracket:
            raise unexpected(self._next, f"'{bracket}'")
        self._take()
        return expression
