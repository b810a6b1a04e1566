"""Model folders: manifests are read back as written, and damaged ones are rejected in one line."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import (
    FILE_NAME,
    DataCredit,
    GraphFile,
    Manifest,
    load_manifest,
    sha256_of,
    write_manifest,
)
from klipnet_live.types import UserError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model folder with two files instead of graphs."""
    for name in ("stream.onnx", "final.onnx"):
        (tmp_path / name).write_bytes(name.encode())
    write_manifest(tmp_path, manifest_of(tmp_path))
    return tmp_path


def manifest_of(folder: Path) -> Manifest:
    stream, final = (GraphFile(name, sha256_of(folder / name)) for name in ("stream.onnx", "final.onnx"))
    return Manifest(
        name="small", language="ko", symbols=alphabet_for("ko").symbols, chunk_frames=2, flush_frames=6,
        states={"video": (4, 44, 88), "hidden": (2, 256)}, stream=stream, final=final,
        calibration={"stream": (1.5, 0.25)}, data=(DataCredit("own recordings", "CC BY 4.0", 12),),
        figures={"validation": {"wer": 0.25}}, command="klipnet-export onnx run -o models/small",
    )  # fmt: skip


def change(folder: Path, **values: Any) -> None:
    """Overwrites values of a manifest."""
    path = folder / FILE_NAME
    table = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(table | values), encoding="utf-8")


def test_a_written_manifest_is_read_back(folder: Path) -> None:
    assert load_manifest(folder) == manifest_of(folder)


def test_a_failed_write_keeps_the_old_manifest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_manifest(folder, replace(manifest_of(folder), name="larger"))
    assert load_manifest(folder).name == "small"


def test_a_manifest_is_indented_and_not_escaped(folder: Path) -> None:
    text = (folder / FILE_NAME).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert '"licence": "CC BY 4.0"' in text
    assert "ᄀ" in text, "Hangul is written as it is"


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert sha256_of(tmp_path / "file") == known


@pytest.mark.parametrize("name", ["stream.onnx", "final.onnx"])
def test_a_changed_file_is_refused(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"something else")
    with pytest.raises(UserError, match=rf"{name} differs from the published file\. Copy"):
        load_manifest(folder)
    assert load_manifest(folder, verify=False).language == "ko"


@pytest.mark.parametrize("name", ["stream.onnx", "final.onnx"])
def test_a_missing_file_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(UserError, match=rf"{name} is missing\. Copy"):
        load_manifest(folder)


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"not a model folder.*Choose another model"):
        load_manifest(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}', '{"format": 2}'])
def test_a_damaged_manifest_is_refused(text: str, folder: Path) -> None:
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"manifest\.json is damaged.*Copy the model folder again") as caught:
        load_manifest(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "values",
    [
        {"stream": "stream.onnx"}, {"states": [1, 2]}, {"symbols": 5}, {"crop": {"width": "wide"}},
        {"stream": {"file": 3, "sha256": ""}}, {"data": [{"name": "x"}]}, {"format": 2},
    ],
)  # fmt: skip
def test_values_of_the_wrong_type_are_refused(values: dict[str, Any], folder: Path) -> None:
    change(folder, **values)
    with pytest.raises(UserError, match=r"manifest\.json is damaged.*Copy the model folder again"):
        load_manifest(folder)


@pytest.mark.parametrize("file", ["../other/stream.onnx", "/etc/hosts"])
def test_a_file_outside_the_folder_is_refused(file: str, folder: Path) -> None:
    change(folder, stream={"file": file, "sha256": ""})
    with pytest.raises(UserError, match=r"manifest\.json is damaged.*Copy the model folder again"):
        load_manifest(folder)


def test_an_unknown_language_is_refused(folder: Path) -> None:
    change(folder, language="xx")
    with pytest.raises(UserError, match=r"Unknown language 'xx'\. Choose one of: en, ko"):
        load_manifest(folder)


def test_unknown_fields_of_a_newer_version_are_ignored(folder: Path) -> None:
    change(folder, more="than is known here")
    assert load_manifest(folder) == manifest_of(folder)


def test_another_alphabet_is_refused(folder: Path) -> None:
    change(folder, language="en")
    with pytest.raises(UserError, match="different alphabet"):
        load_manifest(folder)


@pytest.mark.parametrize(
    "values",
    [
        {"chunk_frames": 10**9},
        {"chunk_frames": 0},
        {"chunk_frames": -4},
        {"flush_frames": 10**12},
        {"states": {"video": [10**6, 10**6]}},
        {"states": {"video": [-1, 4]}},
        {"states": {str(number): [1] for number in range(100)}},
        {"crop": {"width": 100_000, "height": 100_000}},
        {"crop": {"width": 0}},
        {"crop": {"width_in_inter_ocular": 0.0}},
        {"crop": {"scale_frames": 10**9}},
        {"fps": 1e9},
        {"fps": 0},
        {"blank": 10**6},
        {"blank": -1},
        {"calibration": {"stream": [1e300, 0.0]}},
        {"language": "xx"},
        {"language": "x" * 10_000},
        {"words": ["w" * 10_000]},
        {"stream": {"file": "a\u0000b", "sha256": ""}},
        {"stream": {"file": "", "sha256": ""}},
        {"stream": {"file": "..", "sha256": ""}},
        {"symbols": []},
        {"spelling": "pieces", "symbols": [""] * 9},
    ],
    ids=str,
)
def test_every_number_has_a_range(folder: Path, values: dict[str, Any]) -> None:
    change(folder, **values)
    with pytest.raises(UserError):
        load_manifest(folder)


@pytest.mark.parametrize("content", [b"[" * 10**6, b'{"figures":' + b"[" * 10**5, b"", b"\xff", b"NaN"])
def test_content_that_is_no_manifest_is_refused(folder: Path, content: bytes) -> None:
    (folder / FILE_NAME).write_bytes(content)
    with pytest.raises(UserError, match="damaged"):
        load_manifest(folder)


def test_weights_in_a_file_without_a_hash_are_refused(folder: Path) -> None:
    graph = b"...\x0a\x08location\x12\x0bweights.bin"
    (folder / "stream.onnx").write_bytes(graph)
    change(folder, stream={"file": "stream.onnx", "sha256": sha256_of(folder / "stream.onnx")})
    with pytest.raises(UserError, match="another file"):
        load_manifest(folder)
