"""The Korean texts: complete, compiled, and with the same values in them."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from klipnet_live.decoding.grammar import load_grammar
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.types import UserError
from klipnet_live.ui.text.error_templates import SYSTEM_WORDS, TEMPLATES, WORDS
from klipnet_live.ui.text.error_texts import message_text
from klipnet_live.ui.text.language import FOLDER, InterfaceTranslator
from tests.conftest import REPOSITORY

SOURCES = REPOSITORY / "klipnet_live"
KOREAN = FOLDER / "klipnet_ko.ts"
DENIED = os.strerror(errno.EACCES)
REFUSALS = [
    node.name
    for node in ast.parse((SOURCES / "web" / "refusals.py").read_text(encoding="utf-8")).body
    if isinstance(node, ast.ClassDef)
]
"""UserErrors of the web server; its page looks the Korean up in the same table."""

SAME_IN_KOREAN = {"KLipNet Live"}


def tool(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def messages() -> Iterator[tuple[str, str, str | None]]:
    """Source, translation, and the type of the translation."""
    for message in ElementTree.parse(KOREAN).getroot().iter("message"):
        source, translation = message.find("source"), message.find("translation")
        assert source is not None
        assert translation is not None
        yield source.text or "", translation.text or "", translation.get("type")


def test_every_text_of_the_window_is_listed(tmp_path: Path) -> None:
    """If this fails: make translations, then translate what is new."""
    fresh = tmp_path / "klipnet_ko.ts"
    shutil.copy(KOREAN, fresh)
    sources = sorted(str(path) for path in (SOURCES / "ui").rglob("*.py"))
    subprocess.run(
        [tool("pyside6-lupdate"), *sources, "-ts", str(fresh), "-no-obsolete", "-locations", "none"],
        check=True, capture_output=True,
    )  # fmt: skip
    assert sorted(_sources(fresh)) == sorted(_sources(KOREAN))


def test_no_text_hides_from_the_list() -> None:
    """lupdate reads no f-string."""
    hidden = [
        ast.unparse(string)
        for tree in trees()
        for string in ast.walk(tree)
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "tr"
    ]
    assert hidden == []


def test_nothing_is_left_untranslated() -> None:
    for source, translation, kind in messages():
        assert kind is None, f"{kind}: {source}"
        assert re.search("[가-힣]", translation) or source in SAME_IN_KOREAN, source


def test_translations_hold_the_same_values() -> None:
    for source, translation, _ in messages():
        assert _fields(source) == _fields(translation), source


def test_the_compiled_file_is_that_of_the_texts(tmp_path: Path) -> None:
    """If this fails: make translations."""
    compiled = tmp_path / "klipnet_ko.qm"
    subprocess.run(
        [tool("pyside6-lrelease"), str(KOREAN), "-qm", str(compiled)], check=True, capture_output=True
    )
    assert compiled.read_bytes() == KOREAN.with_suffix(".qm").read_bytes()


def test_the_messages_of_the_lower_layers_are_those_that_are_listed() -> None:
    """If this fails: fix error_templates.py, then make translations."""
    assert set(map(str, TEMPLATES)) == {text for tree in trees() for text in _templates(tree)}


def test_a_message_is_listed_once() -> None:
    listed = [*map(str, TEMPLATES), *map(str, WORDS), *map(str, SYSTEM_WORDS)]
    assert len(listed) == len(set(listed))


def test_the_words_in_messages_are_those_that_are_listed() -> None:
    """If this fails: fix error_templates.py, then make translations."""
    listed = set(map(str, WORDS))
    assert {text for tree in trees() for text in _words(tree)} - listed == set()
    assert listed - {text for tree in trees() for text in _constants(tree)} == set()


@pytest.mark.skipif(sys.platform != "linux", reason="another system has words of its own")
def test_the_reasons_of_the_system_are_its_own_words() -> None:
    assert set(map(str, SYSTEM_WORDS)) <= {os.strerror(code) for code in errno.errorcode}


def test_a_message_is_translated_before_it_is_filled(qapp: QApplication) -> None:
    translator = InterfaceTranslator()
    translator.set_language("ko")
    try:
        error = UserError(
            "There is no model {model}. Available models: {known}.", model="{x}", known="en-grid"
        )
        assert message_text(error) == "모델 {x}: 그런 모델이 없습니다. 있는 모델: en-grid."
        assert message_text("ended").startswith("입력이 끝났습니다")
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "취소"
        assert QCoreApplication.translate("QFileDialog", "&Look in:") == "찾는 위치(&L):"
        folder = QCoreApplication.translate("QAbstractFileIconProvider", "Folder", "All other platforms")
        assert folder == "폴더"
    finally:
        translator.set_language("en")
    assert message_text(error) == "There is no model {x}. Available models: en-grid."


def test_an_error_in_a_grammar_says_where_and_what_in_korean(qapp: QApplication, tmp_path: Path) -> None:
    grammar = tmp_path / "mine.jsgf"
    grammar.write_text("#JSGF V1.0;\ngrammar g;\npublic x = a;", encoding="utf-8")
    with pytest.raises(UserError) as raised:
        load_grammar(grammar, alphabet_for("en"))
    translator = InterfaceTranslator()
    translator.set_language("ko")
    try:
        assert message_text(raised.value) == f"{grammar}: 문법 3행: 'x' 대신 <이름> = 단어; 형태로 쓰세요."
        gone = UserError("Cannot write {path} ({reason}). Choose another folder.", path="a", reason=DENIED)
        assert message_text(gone) == "a: 쓸 수 없습니다(권한 없음). 다른 폴더를 고르세요."
    finally:
        translator.set_language("en")


def _sources(path: Path) -> list[str]:
    return [text.text or "" for text in ElementTree.parse(path).getroot().iter("source")]


def _fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


def trees() -> Iterator[ast.Module]:
    """What can be seen in the window; the commands and the doctor speak English in the terminal."""
    for path in SOURCES.rglob("*.py"):
        if not {"commands", "doctor", "error_templates.py"} & set(path.relative_to(SOURCES).parts):
            yield ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
            yield node


def _constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _templates(tree: ast.AST) -> Iterator[str]:
    for call in _calls(tree, "UserError", *REFUSALS):
        template = call.args[0]
        if isinstance(template, ast.Constant):
            yield template.value
        else:
            # Which file an error is in is put before its own words; one from another process is made anew.
            known = ("'{path}: ' + error.template", "self.template")
            assert ast.unparse(template) in known


def _words(tree: ast.AST) -> Iterator[str]:
    """What is said in words where an error is made; a text with values in it could not be translated."""
    for call in _calls(tree, "unexpected", "CaptureError", "_failed", "_no_video"):
        said = call.args[-1]
        assert not isinstance(said, ast.JoinedStr) or not any(map(str.isalpha, "".join(_constants(said))))
        if isinstance(said, ast.Constant):
            yield said.value
    for call in _calls(tree, "UserError"):
        for keyword in call.keywords:
            if isinstance(keyword.value, ast.BoolOp):
                yield from (part.value for part in keyword.value.values if isinstance(part, ast.Constant))
