"""Grammar files: one phrase a line, or slots in JSGF."""

from __future__ import annotations

from pathlib import Path

from klipnet_live.decoding.automaton import Automaton, compile_expression
from klipnet_live.decoding.expression import Choice, Expression, Phrase
from klipnet_live.decoding.jsgf import parse_jsgf
from klipnet_live.decoding.jsgf_rules import HEADER
from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import UserError


def load_grammar(path: Path, alphabet: Alphabet) -> Automaton:
    """The sentences of a file that `alphabet` can write.

    A file that begins with #JSGF is a slot grammar; any other holds one phrase a line, where empty
    lines and lines that begin with # are left out. UserError names the file and the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            "Cannot read the grammar {path} ({reason}); give a text file in UTF-8.",
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    try:
        return parse_grammar(text, alphabet)
    except UserError as error:
        raise UserError("{path}: " + error.template, path=path, **error.values) from error


def parse_grammar(text: str, alphabet: Alphabet) -> Automaton:
    """As `load_grammar`, from the file's text."""
    expression = parse_jsgf(text) if text.lstrip().startswith(HEADER) else _phrases(text)
    return compile_expression(expression, alphabet)


def _phrases(text: str) -> Expression:
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    phrases = [Phrase(line, number) for number, line in lines if line and not line.startswith("#")]
    if not phrases:
        raise UserError("The grammar holds no phrase; write one a line.")
    return Choice(tuple(phrases))
