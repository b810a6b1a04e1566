"""A file is whole, or it is the one that was there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from klipnet_live.atomic_file import write_atomically


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    for content in (b"old", b"new"):
        write_atomically(path, memoryview(content))
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_a_private_file_is_its_owners_alone(tmp_path: Path) -> None:
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
