"""A file is complete, or the old one is unchanged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from klipnet_live.atomic_file import Replacement, make_private_folder, sweep, write_atomically


def test_a_file_is_replaced_and_no_temporary_file_remains(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    for content in (b"old", b"new"):
        write_atomically(path, memoryview(content))
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.json"
    write_atomically(path, b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    write_atomically(path, b"new", durable=False)
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions on Windows")
def test_only_the_owner_can_read_a_private_file(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        for private, rights in ((True, 0o600), (False, 0o644)):
            path = tmp_path / f"{private}"
            write_atomically(path, b"", private=private)
            assert path.stat().st_mode & 0o777 == rights
    finally:
        os.umask(before)


def test_programs_that_write_the_same_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "file"
    call = (
        "import sys; from pathlib import Path; from klipnet_live.atomic_file import write_atomically as w\n"
        "for i in range(300): w(Path(sys.argv[1]), sys.argv[2].encode() * 9999, durable=False)"
    )
    writers = [subprocess.Popen([sys.executable, "-c", call, str(path), letter]) for letter in "ab"]
    assert [writer.wait() for writer in writers] == [0, 0]
    assert path.read_bytes() in (b"a" * 9999, b"b" * 9999)
    assert list(tmp_path.iterdir()) == [path]


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and rights")


@POSIX
def test_links_planted_under_temporary_names_are_not_followed(tmp_path: Path) -> None:
    """A temporary file name guessed by another program: its link is not followed."""
    path, victim = tmp_path / "settings.json", tmp_path / "victim"
    victim.write_bytes(b"precious")
    planted = [f".{path.name}.{number}.part" for number in ("", os.getpid(), "0" * 16)]
    for name in planted:
        (tmp_path / name).symlink_to(victim)
    (tmp_path / f".{path.name}.part").touch(mode=0o666)
    write_atomically(path, b"token", private=True)
    assert victim.read_bytes() == b"precious"
    assert path.stat().st_mode & 0o777 == 0o600


@POSIX
def test_a_rewritten_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for mode in (0o600, 0o640, 0o755):
        path.touch()
        path.chmod(mode)
        write_atomically(path, b"")
        assert path.stat().st_mode & 0o777 == mode


@POSIX
def test_a_symbolic_link_is_kept_and_its_target_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    path, kept = tmp_path / "settings.json", tmp_path / "kept" / "settings.json"
    path.symlink_to(kept)
    for content in (b"first", b"second"):
        write_atomically(path, content)
        assert path.is_symlink()
        assert kept.read_bytes() == content


@POSIX
def test_special_files_are_refused(tmp_path: Path) -> None:
    pipe, ring = tmp_path / "pipe", tmp_path / "ring"
    os.mkfifo(pipe)
    ring.symlink_to(ring)
    for path in (pipe, ring, Path(os.devnull), tmp_path):
        with pytest.raises(OSError, match=r"not a regular file|symbolic links"):
            write_atomically(path, b"")
    assert pipe.is_fifo()
    assert Path(os.devnull).is_char_device()


def test_a_name_may_be_as_long_as_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("가" * 83 + ".txt")
    write_atomically(path, b"content")
    assert path.read_bytes() == b"content"


def test_temporary_files_of_killed_programs_are_removed_and_current_ones_kept(tmp_path: Path) -> None:
    path = tmp_path / "file"
    call = (
        "import os, sys; from pathlib import Path; from klipnet_live.atomic_file import Replacement\n"
        "Replacement(Path(sys.argv[1])).part.write_bytes(b'half'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", call, str(path)], check=False)
    running = Replacement(path)
    assert len(list(tmp_path.iterdir())) == 1, "the temporary file of the killed program must be removed"
    subprocess.run([sys.executable, "-c", call.replace("os._exit(9)", ""), str(path)], check=True)
    assert running.part.exists()
    running.commit()
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


@POSIX
def test_a_private_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    make_private_folder(tmp_path / "one" / "two")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("one", "one/two")] == [0o700] * 2
