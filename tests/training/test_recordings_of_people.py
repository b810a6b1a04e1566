"""Training recordings as users have them: names, tables, units and damage of all kinds."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path, PosixPath

import av
import cv2
import numpy as np
import pytest
from klipnet_training.commands.data import main
from klipnet_training.data.alignments import Unit, read_alignment
from klipnet_training.data.check import check_rows
from klipnet_training.data.clips import load_clips
from klipnet_training.data.kept_splits import rows_to_keep
from klipnet_training.data.layouts import read_dataset
from klipnet_training.data.mouths import MouthCropper
from klipnet_training.data.prepare import finish, prepare
from klipnet_training.data.recordings import NamedRecording, Recording, by_source, with_unique_names
from klipnet_training.data.table import table_rows
from klipnet_training.data.window import Window
from klipnet_training.data.worker import CropSettings, Outcome, Worker

from klipnet_live.dataset_format import AlignedWord, TableRow, read_table
from tests.capture.videos import write_video

FRAMES = 30


def mouths(shade: int = 90, count: int = FRAMES) -> list[np.ndarray]:
    """Images of the size of a mouth crop, in which no face is searched."""
    return [np.full((50, 100, 3), shade, np.uint8) for _ in range(count)]


def table(folder: Path, rows: Sequence[dict[str, str]], *, encoding: str = "utf-8") -> Path:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["\t".join(columns), *("\t".join(row.get(name, "") for name in columns) for row in rows)]
    (folder / "transcripts.tsv").write_text("\n".join(lines) + "\n", encoding=encoding)
    return folder


def prepare_folder(folder: Path, out: Path, *, prune: bool = False) -> tuple[list[TableRow], list[Outcome]]:
    """Run `klipnet-data prepare` in this process."""
    (out / "crops").mkdir(parents=True, exist_ok=True)
    settings = CropSettings(out, Window())
    work = Worker(settings)
    groups = by_source(with_unique_names(read_dataset(folder)))
    outcomes = [outcome for group in groups for outcome in work(group)]
    return finish(settings, outcomes, kept=rows_to_keep(out, outcomes, prune=prune)), outcomes


def problems(outcomes: Sequence[Outcome]) -> str:
    return " ".join(outcome.problem for outcome in outcomes)


def findings(folder: Path) -> list[str]:
    return [str(finding) for clip in check_rows(folder, table_rows(folder)) for finding in clip]


CP949 = os.fsdecode("영상".encode("cp949"))


def test_a_file_name_in_cp949_is_found(tmp_path: Path) -> None:
    write_video(tmp_path / "v.mp4", mouths(), codec="libx264", pixels="yuv420p").rename(
        tmp_path / f"{CP949}.mp4"
    )
    rows, outcomes = prepare_folder(
        table(tmp_path, [{"path": "영상.mp4", "speaker": "kim", "text": "bin blue"}]), tmp_path / "out"
    )
    assert problems(outcomes) == ""
    assert [row["path"] for row in rows] == ["crops/영상.npz"]
    assert len(load_clips(tmp_path / "out")[0].crops) == FRAMES


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("video/clip.mkv", "video\\clip.mkv"),
        ("clip.mkv", " clip.mkv \u00a0"),
        ("clip.mkv", '"clip.mkv"'),
        ("TAKE1.MKV", "take1.mkv"),
        (nfd("가나") + ".mkv", "가나.mkv"),
        ("가나.mkv", nfd("가나") + ".mkv"),
    ],
)
def test_table_paths_match_existing_files(tmp_path: Path, stored: str, written: str) -> None:
    (tmp_path / stored).parent.mkdir(exist_ok=True)
    write_video(tmp_path / "x.mkv", mouths()).rename(tmp_path / stored)
    row = {"path": written, "speaker": '"kim"', "text": '"bin, blue" '}
    rows, outcomes = prepare_folder(table(tmp_path, [row]), tmp_path / "out")
    assert problems(outcomes) == ""
    assert (rows[0]["speaker"], rows[0]["text"]) == ("kim", "bin blue")
    assert not [finding for finding in findings(tmp_path) if "missing" in finding]


def test_an_excel_table_in_utf_16_is_read(tmp_path: Path) -> None:
    table(tmp_path, [{"Path": "a.mkv", " Speaker": "김", "TEXT": "하늘"}], encoding="utf-16")
    assert list(read_table(tmp_path / "transcripts.tsv")) == [
        {"path": "a.mkv", "speaker": "김", "text": "하늘"}
    ]


def test_unicode_forms_of_a_speaker_are_equal(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_video(tmp_path / f"{name}.mkv", mouths())
    rows = [
        {"path": f"{name}.mkv", "speaker": speaker, "text": "bin"}
        for name, speaker in (("a", "김"), ("b", nfd("김")))
    ]
    written, _ = prepare_folder(table(tmp_path, rows), tmp_path / "out")
    assert len({row["speaker"] for row in written}) == 1


def test_clips_never_share_a_file(tmp_path: Path) -> None:
    """A clip's text never ends up with another clip's frames, even after the order of the rows changed."""
    shades = {"a/01": 40, "b/01": 120, "c/kim_01": 160, "d/kim_01_2": 220}
    texts = dict(zip(shades, ("bin", "lay", "set", "place"), strict=True))
    for name, shade in shades.items():
        (tmp_path / name).parent.mkdir()
        write_video(tmp_path / f"{name}.mkv", mouths(shade))
    for order in (list(shades), list(reversed(shades))):
        rows = [{"path": f"{name}.mkv", "speaker": "kim", "text": texts[name]} for name in order]
        prepare_folder(table(tmp_path, rows), tmp_path / "out", prune=True)
        shown = {clip.text: int(clip.crops[:].mean()) for clip in load_clips(tmp_path / "out")}
        assert shown == pytest.approx({texts[name]: shade for name, shade in shades.items()}, abs=3)


def test_macos_metadata_is_ignored_and_suffixes_may_be_upper_case(tmp_path: Path) -> None:
    (tmp_path / "s1").mkdir()
    write_video(tmp_path / "x.mkv", mouths()).rename(tmp_path / "s1" / "TAKE1.MKV")
    (tmp_path / "s1" / "._TAKE1.MKV").write_bytes(b"\x00\x05\x16\x07")
    (tmp_path / "s1" / "TAKE1.ALIGN").write_text("0 10000 sil\n10000 28000 hello\n")
    rows, outcomes = prepare_folder(tmp_path, tmp_path / "out")
    assert problems(outcomes) == ""
    assert [(row["text"], row["align"]) for row in rows] == [("hello", "align/TAKE1.align")]


def test_images_are_in_natural_order(tmp_path: Path) -> None:
    for number in range(12):
        cv2.imwrite(str(tmp_path / f"{number}.png"), np.full((50, 100, 3), 10 * number, np.uint8))
        (tmp_path / f"._{number}.png").write_bytes(b"\x00")
    shown = MouthCropper(Window())(tmp_path).crops[:, 25, 50]
    assert shown.tolist() == [10 * number for number in range(12)]


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("thousandths of a frame", 1000),
        ("milliseconds", 40),
        ("frames", 1),
        ("seconds", 0.04),
        ("100 ns", 400_000),
    ],
)
def test_the_unit_of_an_alignment_is_detected(tmp_path: Path, unit: Unit, factor: float) -> None:
    write_video(tmp_path / "a.mkv", mouths())
    ends = [0, 5, 12, 22, 30]
    labels = ["sil", "bin", "blue", "sil"]
    lines = [
        f"{start * factor:g} {end * factor:g} {label}\n"
        for start, end, label in zip(ends[:-1], ends[1:], labels, strict=True)
    ]
    (tmp_path / "a.align").write_text("".join(lines))
    row = {"path": "a.mkv", "speaker": "k", "text": "bin blue", "align": "a.align"}
    _, (outcome,) = prepare_folder(table(tmp_path, [row]), tmp_path / "out")
    assert read_alignment(tmp_path / "out/align/a.align") == (
        AlignedWord("bin", 5, 12),
        AlignedWord("blue", 12, 22),
    )
    reported = " ".join(outcome.remarks) + " ".join(findings(tmp_path))
    assert reported.count(f"is in {unit}") == (0 if factor == 1000 else 2)


def test_an_alignment_of_another_length_is_refused(tmp_path: Path) -> None:
    write_video(tmp_path / "a.mkv", mouths())
    (tmp_path / "a.align").write_text("0 40000 bin\n40000 80000 blue\n")
    row = {"path": "a.mkv", "speaker": "k", "text": "bin blue", "align": "a.align"}
    _, outcomes = prepare_folder(table(tmp_path, [row]), tmp_path / "out")
    assert "a.align does not belong to its clip" in problems(outcomes)
    assert "ends at frame 80 of 30" in " ".join(findings(tmp_path))


def test_a_gap_of_an_hour_is_not_filled_with_frames(tmp_path: Path) -> None:
    times = [40 * n + 3_600_000 * (n >= 20) for n in range(FRAMES)]
    write_video(tmp_path / "a.mkv", mouths(), times)
    rows, (outcome,) = prepare_folder(
        table(tmp_path, [{"path": "a.mkv", "speaker": "k", "text": "bin"}]), tmp_path / "out"
    )
    assert outcome.frames == FRAMES
    assert "jump from 0.8 to 3600.8 seconds" in " ".join(outcome.remarks)
    assert rows


def cut_off(path: Path) -> Path:
    """A file whose header says 4 s, but which ends after about 1 s, as after an aborted download."""
    options = {"movflags": "faststart"}
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream("libx264", rate=25)
        stream.height, stream.width, stream.pix_fmt = 50, 100, "yuv420p"
        random = np.random.default_rng(1)
        for _ in range(100):
            noise = random.integers(0, 255, (50, 100, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(noise, "rgb24")))
        container.mux(stream.encode())
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    return path


def test_a_truncated_video_is_refused(tmp_path: Path) -> None:
    cut_off(tmp_path / "a.mp4")
    folder = table(tmp_path, [{"path": "a.mp4", "speaker": "k", "text": "bin blue"}])
    rows, outcomes = prepare_folder(folder, tmp_path / "out")
    assert rows == []
    assert "ends after" in problems(outcomes)
    assert "ends after" in " ".join(findings(folder))


def test_a_clip_without_text_is_left_out(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_video(tmp_path / f"{name}.mkv", mouths())
    rows = [{"path": "a.mkv", "speaker": "k", "text": ""}, {"path": "b.mkv", "speaker": "k", "text": "bin"}]
    written, outcomes = prepare_folder(table(tmp_path, rows), tmp_path / "out")
    assert [row["path"] for row in written] == ["crops/b.npz"]
    assert "a.mkv has no text" in problems(outcomes)


def test_a_row_in_another_language_is_reported(tmp_path: Path) -> None:
    for number, shade in enumerate((30, 90, 150)):
        write_video(tmp_path / f"{number}.mkv", mouths(shade))
    texts = ("bin blue", "set red", "안녕하세요")
    rows = [{"path": f"{number}.mkv", "speaker": "k", "text": text} for number, text in enumerate(texts)]
    (found,) = findings(table(tmp_path, rows))
    assert found.startswith("2.mkv: is in 'ko', the others are in 'en'")


def test_unavailable_recordings_keep_their_prepared_clips(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, out = tmp_path / "data", tmp_path / "out"
    source.mkdir()
    for name in ("a", "b"):
        write_video(source / f"{name}.mkv", mouths())
    table(source, [{"path": f"{name}.mkv", "speaker": "k", "text": "bin"} for name in ("a", "b")])
    prepare_folder(source, out)
    before = (out / "transcripts.tsv").read_text().replace("\tk\t\t", "\tk\tval\t")
    (out / "transcripts.tsv").write_text(before)
    for video in source.glob("*.mkv"):
        video.rename(tmp_path / video.name)
    assert main(["prepare", str(source), "-o", str(out), "--workers", "1"]) == 0
    assert (out / "transcripts.tsv").read_text() == before
    assert "2 clips of earlier runs are kept" in capsys.readouterr().out
    assert prepare_folder(source, out, prune=True)[0] == []


class Crashing(PosixPath):
    """A path that ends the process that checks whether it exists."""

    def exists(self, *, follow_symlinks: bool = True) -> bool:
        os._exit(9)


@pytest.mark.parametrize("kind", [Crashing, Path])
def test_a_crash_on_one_clip_does_not_affect_others(tmp_path: Path, kind: Callable[[Path], Path]) -> None:
    good = [write_video(tmp_path / f"{n}.mkv", mouths()) for n in range(3)]
    bad = kind(tmp_path / "bad.mkv")
    Path(bad).write_bytes(b"\x1aE\xdf\xa3" + bytes(range(256)) * 8)
    sources = [good[0], bad, *good[1:]]
    named = [NamedRecording(source.stem, Recording(source, "k", "bin")) for source in sources]
    outcomes = list(prepare(named, CropSettings(tmp_path / "out", Window()), workers=1))
    assert {outcome.entry.name for outcome in outcomes if not outcome.problem} == {"0", "1", "2"}
    (failed,) = [outcome for outcome in outcomes if outcome.problem]
    assert str(bad) in failed.problem


def test_any_exception_in_a_clip_is_reported_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    write_video(tmp_path / "a.mkv", mouths())
    monkeypatch.setattr(MouthCropper, "__call__", fail)
    row = {"path": "a.mkv", "speaker": "k", "text": "bin"}
    _, outcomes = prepare_folder(table(tmp_path, [row]), tmp_path / "out")
    assert "a.mkv cannot be read (MemoryError" in problems(outcomes)
