"""Parser for JSGF grammars.

JSpeech Grammar Format, W3C Note of 5 June 2000. Supported: rules, sequences, alternatives, groups,
options, repetitions, quoted tokens, <NULL> and <VOID>. Weights and tags are ignored; imports and
recursion are errors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Final, NamedTuple

from klipnet_live.decoding.expression import NOTHING, Choice, Expression, Phrase, Repeat, Sequence
from klipnet_live.types import UserError, translatable

HEADER: Final = "#JSGF"

MAX_DEPTH: Final = 60
"""Maximum nesting of rules and brackets."""

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
    """A token of the file.

    `kind` is the group name in `_TOKEN`, or the mark itself; "end" terminates a rule.
    """

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Rule:
    """The tokens of a rule's body; an "end" token replaces the semicolon."""

    public: bool
    body: tuple[Token, ...]


def _tokens(text: str) -> Iterator[Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        if kind == "bad":
            raise unexpected(Token(kind, match[0], line), translatable("a word, a rule or an operator"))
        if kind != "blank":
            yield Token(match[0] if kind == "mark" else kind, match[kind], line)
        line += match[0].count("\n")


def split_rules(text: str) -> dict[str, Rule]:
    """Rules by name, in file order. UserError gives the line of a mistake."""
    rules: dict[str, Rule] = {}
    for statement in _statements(_tokens(text)):
        first = statement[0]
        if first.text in (HEADER, "grammar"):
            continue
        if first.text == "import":
            raise UserError(
                "Line {line} of the grammar: imports are not supported. "
                "Copy the imported rules into this file.",
                line=first.line,
            )
        public = first.text == "public"
        name, equals, *body = statement[public:] + statement[-1:]
        if name.kind != "rule":
            raise unexpected(name, translatable("<name> = words;"))
        if equals.kind != "=":
            raise unexpected(equals, translatable("'=' after the rule's name"))
        if name.text in rules:
            raise UserError(
                "Line {line} of the grammar: {name} is defined twice. Rename one of the two rules.",
                line=name.line,
                name=name.text,
            )
        rules[name.text] = Rule(public, tuple(body))
    return rules


def _statements(tokens: Iterator[Token]) -> Iterator[list[Token]]:
    """The tokens of each statement, with an "end" token in place of its semicolon."""
    statement: list[Token] = []
    for token in tokens:
        if token.kind == ";":
            yield [*statement, Token("end", ";", token.line)]
            statement = []
        else:
            statement.append(token)
    if statement:
        raise UserError(
            "Line {line} of the grammar: a ';' is missing after the rule.", line=statement[0].line
        )


def unexpected(token: Token, expected: str) -> UserError:
    """The error for a `token` where `expected` should be."""
    return UserError(
        "Line {line} of the grammar: expected {expected}, found {found!r}.",
        line=token.line,
        expected=expected,
        found=token.text,
    )


def parse_jsgf(text: str) -> Expression:
    """The choice of all public rules of a grammar. UserError gives the line of a mistake."""
    parser = _Parser(split_rules(text))
    expressions = {name: parser.rule(name) for name in parser.rules}
    public = tuple(expressions[name] for name, rule in parser.rules.items() if rule.public)
    if not public:
        raise UserError(
            "The grammar has no public rule. Write 'public' before the rule of a complete sentence."
        )
    return Choice(public)


class _Parser:
    """Recursive descent over the rules; a rule is parsed when it is first referenced."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self.rules = rules
        self._done: dict[str, Expression] = {"<NULL>": NOTHING, "<VOID>": Choice()}
        self._open: list[str] = []
        self._depth = 0

    def rule(self, name: str) -> Expression:
        """The expression of an existing rule."""
        if name not in self._done:
            self._open.append(name)
            self._done[name] = _Body(self.rules[name].body, self.reference, self.depth).whole()
            self._open.pop()
        return self._done[name]

    @contextmanager
    def depth(self, token: Token) -> Iterator[None]:
        """Count one more nesting level for the duration of the context. UserError if it is too deep."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UserError(
                "Line {line} of the grammar: rules and brackets are nested more than {most} levels deep. "
                "Flatten the grammar.",
                line=token.line,
                most=MAX_DEPTH,
            )
        yield
        self._depth -= 1

    def reference(self, token: Token) -> Expression:
        """The expression of a rule at a place that references it."""
        if token.text in self._open:
            raise UserError(
                "Line {line} of the grammar: {name} refers to itself. Use * or + for repetition.",
                line=token.line,
                name=token.text,
            )
        if token.text not in self.rules and token.text not in self._done:
            raise UserError(
                "Line {line} of the grammar: there is no rule {name}. Define it or correct the name.",
                line=token.line,
                name=token.text,
            )
        return self.rule(token.text)


class _Body:
    """Parser of one rule's body."""

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
        """The expression of the complete body."""
        expression = self._choice()
        if self._next.kind != "end":
            raise unexpected(self._next, translatable("an operator, a word or ';'"))
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
        raise unexpected(token, translatable("a word or a rule (<NULL> for nothing)"))

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
