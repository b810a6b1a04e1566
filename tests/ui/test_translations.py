"""The Korean translation is complete, compiled, and uses the same placeholders."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
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
from klipnet_live.ui.text.error_texts import SYSTEM_REASONS, message_text
from klipnet_live.ui.text.language import FOLDER, InterfaceTranslator
from scripts import translations

KOREAN = FOLDER / "klipnet_ko.ts"
DENIED = os.strerror(errno.EACCES)

REASONED = {"CaptureError", "HearingFailure", "unexpected", "no_video", "_failed", "_lost", "unusable"}
"""Functions and classes that pass a reason on to a UserError."""

SAME_IN_KOREAN = {"KLipNet Live"}


def messages() -> Iterator[tuple[str, str, str | None]]:
    """Source text, translation, and the type of the translation (None: finished)."""
    for message in ElementTree.parse(KOREAN).getroot().iter("message"):
        source, translation = message.find("source"), message.find("translation")
        assert source is not None
        assert translation is not None
        yield source.text or "", translation.text or "", translation.get("type")


def test_the_korean_file_lists_every_text_of_the_sources(tmp_path: Path) -> None:
    """If this fails: make translations, then translate what is new."""
    fresh = tmp_path / "klipnet_ko.ts"
    shutil.copy(KOREAN, fresh)
    translations.update(fresh)
    assert _listed(fresh) == _listed(KOREAN)


def test_no_translated_text_is_an_f_string() -> None:
    """lupdate cannot read f-strings."""
    hidden = [
        ast.unparse(string)
        for tree in translations.parsed_sources()
        for string in ast.walk(tree)
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "tr"
    ]
    assert hidden == []


def test_every_text_is_translated() -> None:
    for source, translation, kind in messages():
        assert kind is None, f"{kind}: {source}"
        assert re.search("[가-힣]", translation) or source in SAME_IN_KOREAN, source


def test_translations_have_the_same_placeholders() -> None:
    for source, translation, _ in messages():
        assert _fields(source) == _fields(translation), source


def test_the_compiled_file_is_up_to_date(tmp_path: Path) -> None:
    """If this fails: make translations."""
    compiled = tmp_path / "klipnet_ko.qm"
    translations.release(KOREAN, compiled)
    assert compiled.read_bytes() == KOREAN.with_suffix(".qm").read_bytes()


def test_templates_are_constants() -> None:
    """A template composed at run time could be neither collected nor translated."""
    sources = translations.parsed_sources()
    composed = {
        ast.unparse(call.args[0])
        for call in translations.calls(sources, {"translatable", *translations.error_classes(sources)})
        if not isinstance(call.args[0], ast.Constant)
    }
    # A path goes before the template of the error in that file; an error of another process is restored.
    assert composed == {"'{path}: ' + error.template", "self.template"}


def test_reasons_in_words_are_marked_as_translatable() -> None:
    sources = translations.parsed_sources()
    passed_on = [value for call in translations.calls(sources, REASONED) for value in call.args]
    reasons = [
        word.value
        for call in translations.calls(sources, {"UserError"})
        for word in call.keywords
        if word.arg in ("reason", "expected")
    ]
    parts = [
        part
        for value in passed_on + reasons
        for part in (value.values if isinstance(value, ast.BoolOp) else [value])
    ]
    assert [ast.unparse(part) for part in parts if isinstance(part, ast.Constant) and " " in part.value] == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems word their errors differently")
def test_the_translated_reasons_are_those_of_the_system() -> None:
    assert set(map(str, SYSTEM_REASONS)) <= {os.strerror(code) for code in errno.errorcode}


def test_a_message_is_translated_before_values_are_inserted(qapp: QApplication) -> None:
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


def test_nested_values_of_a_message_are_translated(qapp: QApplication, tmp_path: Path) -> None:
    grammar = tmp_path / "mine.jsgf"
    grammar.write_text("#JSGF V1.0;\ngrammar g;\npublic x = a;", encoding="utf-8")
    with pytest.raises(UserError) as raised:
        load_grammar(grammar, alphabet_for("en"))
    translator = InterfaceTranslator()
    translator.set_language("ko")
    try:
        assert message_text(raised.value) == f"{grammar}: 문법 3행: 'x' 대신 <이름> = 단어; 형태로 쓰세요."
        unwritable = UserError(
            "Cannot write {path} ({reason}). Choose another folder.", path="a", reason=DENIED
        )
        assert message_text(unwritable) == "a: 쓸 수 없습니다(권한 없음). 다른 폴더를 고르세요."
    finally:
        translator.set_language("en")


def _listed(path: Path) -> set[tuple[str, str]]:
    """Context and source of each text."""
    contexts = ElementTree.parse(path).getroot().iter("context")
    return {
        (context.findtext("name", ""), source.text or "")
        for context in contexts
        for source in context.iter("source")
    }


def _fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))
