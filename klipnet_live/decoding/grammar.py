"""Grammar files (a phrase list or JSGF), and lists of likely phrases that serve as a prior."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from klipnet_live.decoding.automaton import Automaton, compile_expression, spell
from klipnet_live.decoding.expression import Choice, Phrase
from klipnet_live.decoding.jsgf import HEADER, parse_jsgf
from klipnet_live.decoding.ngram import NGram, Prior
from klipnet_live.lips.alphabet import Alphabet
from klipnet_live.types import UserError

MAX_FILE_BYTES: Final = 2_000_000
"""Maximum file size; the length of the phrases is limited separately."""

MAX_HINT_LETTERS: Final = 100_000
"""Length of all sentences: about 3,000 sentences."""

JSGF_SUFFIXES: Final = (".jsgf", ".gram")

HINT_WEIGHT: Final = 0.3
HINT_BONUS: Final = 0.2
"""Strength of the prior: enough to settle doubtful words, too weak to insert words that were not seen."""


def load_grammar(path: Path, alphabet: Alphabet) -> Automaton:
    """Compile a grammar file for `alphabet`.

    A file that begins with #JSGF is a JSGF grammar. Any other file is a list with one phrase per line;
    empty lines and lines that begin with # are skipped. UserError gives the file and the line, also if
    a file with a JSGF extension is not JSGF.
    """
    text = _text_of(path)
    if path.suffix.lower() in JSGF_SUFFIXES and not _is_jsgf(text):
        raise UserError(
            "{path} has the extension of a JSGF grammar but does not begin with {header}. Write "
            "'{header} V1.0;' in the first line, or rename a list of phrases to .txt.",
            path=path,
            header=HEADER,
        )
    with _errors_with_path(path):
        return parse_grammar(text, alphabet)


def load_sentences(path: Path, alphabet: Alphabet) -> list[str]:
    """The sentences of a list, one per line, normalised for `alphabet`. UserError as in `load_grammar`."""
    text = _text_of(path)
    if _is_jsgf(text):
        raise UserError("{path} is a JSGF grammar. Choose a list with one sentence per line.", path=path)
    with _errors_with_path(path):
        phrases = _phrases(text)
        if sum(len(phrase.text) for phrase in phrases) > MAX_HINT_LETTERS:
            raise UserError(
                "The list is too long: more than {limit} letters. Keep only the likely sentences.",
                limit=MAX_HINT_LETTERS,
            )
        return [alphabet.decode(spell(phrase, alphabet)) for phrase in phrases]


def sentences_as_written(path: Path, alphabet: Alphabet) -> dict[str, str]:
    """Maps each sentence of `load_sentences` to its original spelling in the file."""
    sentences = load_sentences(path, alphabet)
    return dict(zip(sentences, (phrase.text for phrase in _phrases(_text_of(path))), strict=True))


def hint_prior(sentences: Sequence[str], alphabet: Alphabet) -> Prior:
    """A prior that favours `sentences`, as returned by `load_sentences`."""
    return Prior(NGram.train(map(alphabet.encode, sentences), alphabet), HINT_WEIGHT, HINT_BONUS)


def parse_grammar(text: str, alphabet: Alphabet) -> Automaton:
    """Compile the text of a grammar file; see `load_grammar`."""
    expression = parse_jsgf(text) if _is_jsgf(text) else Choice(tuple(_phrases(text)))
    return compile_expression(expression, alphabet)


def _text_of(path: Path) -> str:
    try:
        if path.exists() and not path.is_file():
            raise UserError("{path} is not a regular file. Choose a list of phrases or a grammar.", path=path)
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise UserError(
                "{path} is larger than {most} MB. Choose a list of phrases or a grammar.",
                path=path,
                most=MAX_FILE_BYTES // 1_000_000,
            )
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UserError(
            "{path} cannot be read ({reason}). Choose another file or allow this program to read it.",
            path=path,
            reason=error.strerror,
        ) from error
    except UnicodeDecodeError as error:
        raise UserError("{path} is not UTF-8 text. Save it as UTF-8.", path=path) from error


@contextmanager
def _errors_with_path(path: Path) -> Iterator[None]:
    """Prefix errors with the file name."""
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
        raise UserError("The list is empty. Write one sentence per line.")
    return phrases
