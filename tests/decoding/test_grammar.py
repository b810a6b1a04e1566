from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.decoding import automaton
from klipnet_live.decoding.automaton import Automaton
from klipnet_live.decoding.beam import BeamSearch
from klipnet_live.decoding.grammar import hint_prior, load_grammar, load_sentences, parse_grammar
from klipnet_live.lips.alphabet import Alphabet, alphabet_for
from klipnet_live.types import UserError
from tests.decoding.allowed import Allowed
from tests.decoding.ctc_reference import log_probs_of

ENGLISH, KOREAN = alphabet_for("en"), alphabet_for("ko")
GRAMMARS = Path(__file__).parents[2] / "assets" / "grammars"


def jsgf(body: str) -> Automaton:
    return parse_grammar(f"#JSGF V1.0 UTF-8 en;\ngrammar test;\n{body}", ENGLISH)


def accepts(grammar: Automaton, text: str, alphabet: Alphabet = ENGLISH) -> bool:
    return Allowed(grammar, alphabet.size).is_complete(alphabet.encode(text))


def number_of_sentences(grammar: Automaton) -> int:
    """All sentences of a grammar without repetition."""
    ways, total = Counter({grammar.start: 1}), 0
    while ways:
        following: Counter[int] = Counter()
        for node, count in ways.items():
            for target in grammar.arcs[node].values():
                following[target] += count
        ways = following
        total += sum(count for node, count in ways.items() if node in grammar.accepting)
    return total


def test_the_grid_grammar_has_the_sentences_of_the_corpus() -> None:
    grammar = load_grammar(GRAMMARS / "grid.jsgf", ENGLISH)
    assert number_of_sentences(grammar) == 64_000
    assert accepts(grammar, "bin blue at f two now")
    assert not accepts(grammar, "bin blue at w two now")


def test_the_korean_grammar_has_its_54_sentences() -> None:
    grammar = load_grammar(GRAMMARS / "korean_seed.jsgf", KOREAN)
    assert number_of_sentences(grammar) == 54
    assert accepts(grammar, "분필 축구 따라서 칠 노랑", KOREAN)


def test_every_recorded_sentence_is_in_its_grammar(shared_data: Path) -> None:
    for folder, name, alphabet in (("grid_s1", "grid", ENGLISH), ("korean_seed", "korean_seed", KOREAN)):
        grammar = load_grammar(GRAMMARS / f"{name}.jsgf", alphabet)
        header, *rows = (shared_data / folder / "transcripts.tsv").read_text("utf-8").splitlines()
        column = header.split("\t").index("text")
        assert all(accepts(grammar, row.split("\t")[column], alphabet) for row in rows)


def test_a_phrase_list_allows_exactly_its_lines() -> None:
    grammar = parse_grammar("# greetings\nHello there.\n\nDon't stop\nhello\n", ENGLISH)
    assert all(accepts(grammar, text) for text in ("hello there", "hello", "dont stop"))
    assert not any(accepts(grammar, text) for text in ("hello ", "there", "hello dont stop", "hell"))


def test_an_empty_line_is_always_allowed() -> None:
    assert accepts(jsgf("public <s> = yes | no;"), "")


@pytest.mark.parametrize(
    ("body", "yes", "no"),
    [
        ("public <s> = a [b] c;", ["a c", "a b c"], ["a", "a b", "a b b c"]),
        ("public <s> = a b*;", ["a", "a b", "a b b"], ["b", "a b a"]),
        ("public <s> = (a | b)+;", ["a", "b a b"], ["ab"]),
        ("public <s> = a | b c;", ["a", "b c"], ["a c", "b"]),
        ("public <s> = a b* (c);", ["a c", "a b c"], ["a b"]),
        ("public <s> = <a> {tag} <b>; <a> = x {one; two}; <b> = y;", ["x y"], ["x"]),
        ("public <s> = /2.5/ a | /0.1/ b;", ["a", "b"], ["a b"]),
        ('public <s> = "new york" [city];', ["new york", "new york city"], ["new"]),
        ("public <s> = a <NULL> b | c <VOID>;", ["a b"], ["c", "a"]),
        ("public <s> = a; public <t> = b; <hidden> = c;", ["a", "b"], ["c"]),
        ("/* all\nof it */ public <s> = a // b\n c;", ["a c"], ["a b c"]),
        ("public <s> = ((a* b*)* c)*;", ["c", "a a b a c", "b c c"], ["a", "c a"]),
    ],
)
def test_jsgf(body: str, yes: list[str], no: list[str]) -> None:
    grammar = jsgf(body)
    assert [text for text in yes if not accepts(grammar, text)] == []
    assert [text for text in no if accepts(grammar, text)] == []


def groups(parts: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    """The same expression as JSGF and as a regular expression in which a space precedes each word."""

    def joined(items: list[tuple[str, str]]) -> tuple[str, str]:
        return "(" + " ".join(a for a, _ in items) + ")", "(" + "".join(b for _, b in items) + ")"

    def either(items: list[tuple[str, str]]) -> tuple[str, str]:
        return "(" + " | ".join(a for a, _ in items) + ")", "(" + "|".join(b for _, b in items) + ")"

    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        several.map(joined),
        several.map(either),
        parts.map(lambda p: (f"[{p[0]}]", f"({p[1]})?")),
        parts.map(lambda p: (f"({p[0]})*", f"({p[1]})*")),
        parts.map(lambda p: (f"({p[0]})+", f"({p[1]})+")),
    )


EXPRESSIONS = st.recursive(
    st.sampled_from(["a", "b", "ab"]).map(lambda word: (word, " " + word)), groups, max_leaves=6
)
SENTENCES = st.lists(st.sampled_from(["a", "b", "ab"]), max_size=5).map(" ".join)


@given(EXPRESSIONS, st.lists(SENTENCES, min_size=1, max_size=8))
def test_jsgf_equals_the_corresponding_regular_expression(
    expression: tuple[str, str], texts: list[str]
) -> None:
    grammar = jsgf(f"public <s> = {expression[0]};")
    for text in texts:
        expected = not text or re.fullmatch(expression[1], " " + text) is not None
        assert accepts(grammar, text) == expected


@given(EXPRESSIONS)
def test_every_node_is_entered_by_one_symbol(expression: tuple[str, str]) -> None:
    grammar = jsgf(f"public <s> = {expression[0]};")
    for row in grammar.arcs:
        assert all(grammar.entered_by[target] == symbol for symbol, target in row.items())


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("public <s> = a\n(b;", r"Line 4 .* '\)'.* ';'"),
        ("public <s> = a;\n<t> = b", "Line 4 .*';'"),
        ("public <s> = ;", "Line 3 .* a word or a rule .*';'"),
        ("public <s> = a | ;", "Line 3 .* a word or a rule"),
        ("public <s> a;", "Line 3 .* '=' after the rule's name.*'a'"),
        ("hello = a;", "Line 3 .* <name> = words;.*'hello'"),
        ("public <s> = a) b;", r"Line 3 .*'\)'"),
        ("public <s> = a\n\n<missing>;", "Line 5 .* there is no rule <missing>"),
        ("public <s> = a <t>;\n<t> = b <s>;", "Line 4 .* <s> refers to itself"),
        ("public <s> = a;\n<s> = b;", "Line 4 .* <s> is defined twice"),
        ("<s> = a;", "no public rule"),
        ("import <other.rule>;\npublic <s> = a;", "Line 3 .* import"),
        ("public <s> = a\nf2;", "Line 4: '2' is not in the alphabet"),
        ("public <s> = a\n사;", "Line 4: '사' is not in the alphabet.*'en'"),
        ("public <s> = -;", "Line 3: '-'"),
        ('public <s> = "a;', "Line 3 .*'\"'"),
        ("public <s> = 'a' > b;", "Line 3 .*'>'"),
    ],
)
def test_a_syntax_error_is_reported_with_its_line(body: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        jsgf(body)


def test_a_phrase_that_cannot_be_spelled_is_reported_with_its_line() -> None:
    with pytest.raises(UserError, match="Line 3: '7' is not in the alphabet"):
        parse_grammar("hello\n\nroom 7\n", ENGLISH)


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(UserError, match=r"The list is empty\. Write one sentence per line"):
        parse_grammar("# nothing yet\n\n", ENGLISH)


def test_a_grammar_that_grows_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "MAX_NODES", 1000)
    with pytest.raises(UserError, match="too large"):
        jsgf("public <s> = (a | b)* a" + " (a | b)" * 12 + ";")


def test_errors_name_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine {1}.jsgf"
    path.write_text("#JSGF V1.0;\npublic <s> = ;", encoding="utf-8")
    with pytest.raises(UserError, match=r"mine \{1\}.jsgf: Line 2"):
        load_grammar(path, ENGLISH)


def test_a_byte_order_mark_does_not_hide_the_header(tmp_path: Path) -> None:
    path = tmp_path / "windows.jsgf"
    path.write_text("#JSGF V1.0;\r\npublic <s> = a;\r\n", encoding="utf-8-sig", newline="")
    assert accepts(load_grammar(path, ENGLISH), "a")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read (No such file or directory)"),
        ("bin blue".encode("utf-16"), "is not UTF-8 text. Save it as UTF-8."),
    ],
)
def test_an_unreadable_file_is_reported_with_the_reason(
    tmp_path: Path, content: bytes | None, message: str
) -> None:
    path = tmp_path / "phrases.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=re.escape(f"{path} {message}")):
        load_grammar(path, ENGLISH)


@pytest.mark.parametrize("name", ["grid.jsgf", "grid.JSGF", "grid.gram"])
def test_a_jsgf_file_without_its_header_is_not_read_as_a_list(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("bin blue\nlay red\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"does not begin with #JSGF\. Write '#JSGF V1\.0;'"):
        load_grammar(tmp_path / name, ENGLISH)
    phrases = (tmp_path / name).rename(tmp_path / "grid.txt")
    assert accepts(load_grammar(phrases, ENGLISH), "lay red")


def test_hints_make_phrases_more_likely_and_forbid_nothing(tmp_path: Path) -> None:
    path = tmp_path / "hints.txt"
    path.write_text("# stand-up\nbin blue\nbin red\n", encoding="utf-8")
    prior = hint_prior(load_sentences(path, ENGLISH), ENGLISH)
    after = prior.factors(ENGLISH.encode("bin "))
    blue, seven = ENGLISH.encode("b")[0], ENGLISH.encode("s")[0]
    assert after[blue] > 2 * after[seven] > 0


def test_hints_decide_between_equally_likely_texts(tmp_path: Path) -> None:
    path = tmp_path / "hints.txt"
    path.write_text("pin\nlay\n", encoding="utf-8")
    heard = log_probs_of(ENGLISH, list("bin"), 0.9)
    b, p = ENGLISH.encode("bp")
    heard[0, [b, p]] = np.log([0.46, 0.44])
    assert BeamSearch(ENGLISH).line(heard).text == "bin"
    prior = hint_prior(load_sentences(path, ENGLISH), ENGLISH)
    assert BeamSearch(ENGLISH, prior=prior).line(heard).text == "pin"
    sure = log_probs_of(ENGLISH, list("bin"), 0.9)
    assert BeamSearch(ENGLISH, prior=prior).line(sure).text == "bin"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hello\nroom 7\n", r"hints.txt: Line 2: '7' is not in the alphabet"),
        ("#JSGF V1.0;\npublic <s> = a;\n", r"hints.txt is a JSGF grammar"),
        ("\n", r"hints.txt: The list is empty"),
    ],
)
def test_invalid_hints_are_reported(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "hints.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_sentences(path, ENGLISH)


HEAD = "#JSGF V1.0;\ngrammar hostile;\n"
DOUBLING = "<r0> = a b;\n" + "".join(f"<r{i}> = <r{i - 1}> <r{i - 1}>;\n" for i in range(1, 40))


@pytest.mark.parametrize(
    "body",
    [
        DOUBLING + "public <s> = <r39>;",
        DOUBLING.replace("> <", "> | <") + "public <s> = (<r39>)+;",
        f"public <s> = {'(' * 5000}a{')' * 5000};",
        f"public <s> = {'[' * 5000}a{']' * 5000};",
        f"public <s> = (a | b)* a {'(a | b) ' * 40};",
        f"public <s> = {'/*' * 20_000};",
        f"public <s> = {'{' * 20_000};",
        f"public <s> = {chr(34) * 20_001};",
        "".join(f"<r{i}> = (<r{i + 1}>);\n" for i in range(3000)) + "<r3000> = a;\npublic <s> = <r0>;",
    ],
    ids=lambda body: body[:20],
)
def test_a_hostile_grammar_is_refused_quickly_with_a_one_line_error(body: str) -> None:
    began_s = time.process_time()
    with pytest.raises(UserError) as raised:
        parse_grammar(HEAD + body, ENGLISH)
    assert time.process_time() - began_s < 15
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("load", [load_grammar, load_sentences])
@pytest.mark.parametrize("size", [400_000, 10_000_000])
def test_a_list_that_is_too_long_is_refused_at_once(
    tmp_path: Path, size: int, load: Callable[[Path, Alphabet], object]
) -> None:
    path = tmp_path / "list.txt"
    path.write_text("bin blue at f two now\n" * (size // 22), encoding="utf-8")
    began_s = time.process_time()
    with pytest.raises(UserError, match=r"too large|too long|larger than"):
        load(path, ENGLISH)
    assert time.process_time() - began_s < 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.txt")
    with pytest.raises(UserError, match="not a regular file"):
        load_grammar(tmp_path / "list.txt", ENGLISH)
