"""Rules about the code that import contracts cannot express."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

APP = REPOSITORY / "klipnet_live"

ADAPTERS = {
    "mediapipe": "tracking/faces.py",
    "onnxruntime": "onnx_session.py",
    "pyvirtualcam": "outputs/virtual_camera.py",
    "mss": "capture/screen.py",
    "sounddevice": "sound/microphone.py",
}
"""The one file of the app that may import each native library."""

NETWORK = {"asyncio", "ftplib", "http", "requests", "smtplib", "socket", "ssl", "urllib", "websockets"}

ANSWERING = {"outputs/websocket.py", "outputs/zoom.py"}
"""The only files that may open a connection, and only if the user enables their output."""

SERVING = {
    "commands/serve.py",
    *(f"web/{name}.py" for name in ("access", "app", "bodies", "connections", "events", "files")),
    *(f"web/{name}.py" for name in ("server", "upload", "videos", "watchers")),
}
"""The web server, which only answers requests."""

WITHIN_THE_COMPUTER = {"ui/app/signals.py", "ui/app/remote.py"}
"""Local socket pairs by which a signal wakes Qt up, and the socket of `toggle`."""

LONGEST_FUNCTION = 40
"""In lines; longer ones do too much in one place."""

CODE = ("klipnet_live", "training", "benchmarks", "scripts")


def modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(APP).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """The top-level packages that a file imports, anywhere in it."""
    packages: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            packages |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            packages.add(node.module.partition(".")[0])
    return frozenset(packages)


@pytest.mark.parametrize(("library", "file"), ADAPTERS.items())
def test_a_native_library_is_imported_in_one_file(library: str, file: str) -> None:
    assert [name_of(path) for path in modules(APP) if library in imported(path)] == [file]


def test_only_network_outputs_import_network_modules() -> None:
    known = {name_of(path) for path in modules(APP) if NETWORK & imported(path)}
    assert known == ANSWERING | SERVING | WITHIN_THE_COMPUTER


def test_the_app_depends_on_nothing_that_only_training_needs() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = " ".join(project["dependencies"])
    assert not [name for name in ("torch", "onnx>", "jiwer", "tensorboard", "matplotlib") if name in wanted]


def called(path: Path) -> Iterator[str]:
    """Names of the functions and attributes that a file calls."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                yield f".{node.func.attr}"
                if isinstance(node.func.value, ast.Name):
                    yield f"{node.func.value.id}.{node.func.attr}"


SHOWING = {"QLabel", "QMessageBox", "QInputDialog", ".setToolTip", ".showText"} | {
    f"{kind}.{way}"
    for kind, ways in {
        "QMessageBox": ("question", "warning", "information", "critical", "about"),
        "QInputDialog": ("getText", "getItem", "getMultiLineText"),
    }.items()
    for way in ways
}
"""Qt methods that render text which looks like HTML as HTML."""


def test_windows_never_render_external_text_as_html() -> None:
    known = [name_of(path) for path in modules(APP / "ui") if SHOWING & set(called(path))]
    assert known == ["ui/widgets/plain.py"]


def test_terminal_output_goes_through_one_safe_function() -> None:
    code = [*modules(APP), *modules(REPOSITORY / "training" / "klipnet_training")]
    assert [path.name for path in code if "print" in set(called(path))] == ["plain_text.py"]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length in lines of each function of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or 0) - node.lineno + 1


@pytest.mark.parametrize("folder", CODE)
def test_functions_fit_a_screen(folder: str) -> None:
    for path in modules(REPOSITORY / folder):
        for name, lines in functions(path):
            assert lines <= LONGEST_FUNCTION, f"{path}: {name}"


@pytest.mark.parametrize("folder", CODE)
def test_every_module_has_a_docstring(folder: str) -> None:
    silent = [
        path.relative_to(REPOSITORY).as_posix()
        for path in modules(REPOSITORY / folder)
        if not ast.get_docstring(tree(path))
    ]
    assert silent == []
