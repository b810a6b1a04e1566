"""Grammar files: one phrase a line, or slots in JSGF; and lists of phrases that are only likelier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from klipnet_live.decoding.automaton import Automaton, compile_expression, spelled
from klipnet_live.decoding.expression import Choice, Phrase
from klipnet_live.decoding.jsgf import HEADER, parse_jsgf
from klipnet_live.decoding.ngram import NGram, Prior
from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import UserError

LARGEST_BYTES: Final = 2_000_000
"""Of a file; what it holds is bounded once more, by the letters of its phrases."""

MOST_HINT_LETTERS: Final = 100_000
"""In all sentences: about 3,000 sentences."""

JSGF_SUFFIXES: Final = (".jsgf", ".gram")

HINT_WEIGHT: Final = 0.3
HINT_BONUS: Final = 0.2
"""Of the prior that hints are: strong enough to settle doubts, too weak to write what was not seen."""


def load_grammar(path: Path, alphabet: Alphabet) -> Automaton:
    """The sentences of a file that `alphabet` can write.

    A file that begins with #JSGF is a slot grammar; any other holds one phrase a line, where empty
    lines and lines that begin with # are left out. UserError names the file and the line, and a file
    that is named as JSGF and is none.
    """
    text = _text_of(path)
    if path.suffix.lower() in JSGF_SUFFIXES and not _is_jsgf(text):
        raise UserError(
            "{path} is named as a JSGF grammar, but does not begin with {header}: write '{header} V1.0;' in "
            "its first line, or give a list of phrases the ending .txt.",
            path=path,
            header=HEADER,
        )
    with _naming(path):
        return parse_grammar(text, alphabet)


def load_sentences(path: Path, alphabet: Alphabet) -> list[str]:
    """The sentences of a list, one a line, as `alphabet` writes them. UserError as above."""
    text = _text_of(path)
    if _is_jsgf(text):
        raise UserError("{path} is a JSGF grammar: give a list of sentences, one a line.", path=path)
    with _naming(path):
        phrases = _phrases(text)
        if sum(len(phrase.text) for phrase in phrases) > MOST_HINT_LETTERS:
            raise UserError(
                "The list is too long (over {limit} letters): keep the sentences that are likely.",
                limit=MOST_HINT_LETTERS,
            )
        return [alphabet.decode(spelled(phrase, alphabet)) for phrase in phrases]


def sentences_as_written(path: Path, alphabet: Alphabet) -> dict[str, str]:
    """The sentences of `load_sentences`, each with the form in which its file has it. UserError as above."""
    sentences = load_sentences(path, alphabet)
    return dict(zip(sentences, (phrase.text for phrase in _phrases(_text_of(path))), strict=True))


def hints_of(sentences: Sequence[str], alphabet: Alphabet) -> Prior:
    """A prior that makes these sentences, as `load_sentences` gives them, likelier than others."""
    return Prior(NGram.train(map(alphabet.encode, sentences), alphabet), HINT_WEIGHT, HINT_BONUS)


def parse_grammar(text: str, alphabet: Alphabet) -> Automaton:
    """As `load_grammar`, from the file's text."""
    expression = parse_jsgf(text) if _is_jsgf(text) else Choice(tuple(_phrases(text)))
    return compile_expression(expression, alphabet)


def _text_of(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise UserError("{path} is no ordinary file: choose a list of phrases or a grammar.", path=path)
        with path.open("rb") as file:
            content = file.read(LARGEST_BYTES + 1)
        if len(content) > LARGEST_BYTES:
            raise UserError(
                "{path} is larger than {most} MB: choose a list of phrases or a grammar.",
                path=path,
                most=LARGEST_BYTES // 1_000_000,
            )
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UserError(
            "{path} cannot be used ({reason}): choose another one, or allow this program to use it.",
            path=path,
            reason=error.strerror,
        ) from error
    except UnicodeDecodeError as error:
        raise UserError("{path} is not UTF-8 text: save it as UTF-8.", path=path) from error


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """What is wrong with a text is said with the name of its file."""
    try:
        yield
    except UserError as error:
        raise UserError("{path}: " + error.template, path=path, **error.values) from error


def _is_jsgf(text: str) -> bool:
    return text.lstrip().startswith(HEADER)


def _phrases(text: str) -> list[Phrase]:
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    phrases = [Phrase(line, number) for number, line in lines if line and not line.startswith("#")]
    if not phrases:
        raise UserError("There is no sentence: write one a line.")
    return phrases
