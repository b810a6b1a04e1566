"""All dataset layouts are read into the same list of recordings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from klipnet_training.data.layouts import layout_of, read_dataset
from klipnet_training.data.layouts_grid import sentence_of
from klipnet_training.data.recordings import Recording, Span, by_source, with_unique_names

from klipnet_live.types import UserError


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_grid_name_encodes_its_sentence() -> None:
    assert sentence_of("bbaf2n") == "bin blue at f two now"
    assert sentence_of("swiz3n") == "set white in z three now"
    assert sentence_of("lwbsza") == "lay white by s zero again"
    assert sentence_of("pgwk1s") == "place green with k one soon"


@pytest.mark.parametrize("name", ["bbaw2n", "bbaf0n", "bbaf2", "xbaf2n", "ssbfo"])
def test_other_names_have_no_sentence(name: str) -> None:
    """GRID has no w among its letters, and writes zero as z."""
    assert sentence_of(name) is None


def test_grid_uses_the_text_of_the_speakers_own_alignment(tmp_path: Path) -> None:
    touch(tmp_path, "s1/video/mpg_6000/bbaf2n.mpg", "s2/bbaf2n.mp4", "s2/lrwp9a.mp4", "s2/notes.txt")
    spoken = "0 23750 sil\n23750 29500 bin\n29500 34000 red\n34000 75000 sp\n"
    write(tmp_path / "s1/align/bbaf2n.align", spoken)
    recordings = read_dataset(tmp_path)
    assert [(r.speaker, r.source.name, r.text) for r in recordings] == [
        ("s1", "bbaf2n.mpg", "bin red"),
        ("s2", "bbaf2n.mp4", "bin blue at f two now"),
        ("s2", "lrwp9a.mp4", "lay red with p nine again"),
    ]
    assert recordings[0].align == tmp_path / "s1/align/bbaf2n.align"
    assert recordings[1].align is None


def test_grid_finds_alignments_in_a_separate_folder_by_speaker(tmp_path: Path) -> None:
    touch(tmp_path, "s1/bbaf2n.mpg", "s2/bbaf2n.mpg")
    write(tmp_path / "alignments/s2/bbaf2n.align", "0 1000 two\n")
    write(tmp_path / "alignments/bbaf2n.align", "0 1000 shared\n")
    assert [r.text for r in read_dataset(tmp_path, "grid")] == ["shared", "two"]


def test_a_parent_folder_named_like_a_speaker_is_ignored(tmp_path: Path) -> None:
    touch(tmp_path, "s9/grid/s1/bbaf2n.mpg")
    write(tmp_path / "s9/grid/align/bbaf2n.align", "0 1000 said\n")
    assert [(r.speaker, r.text) for r in read_dataset(tmp_path / "s9/grid")] == [("s1", "said")]


def test_a_clip_without_text_is_a_problem_not_silence(tmp_path: Path) -> None:
    touch(tmp_path, "s1/holiday.mpg")
    (recording,) = read_dataset(tmp_path)
    assert "holiday.mpg has no alignment" in recording.problem


def test_seed_layouts_have_splits_and_image_folders(tmp_path: Path) -> None:
    touch(
        tmp_path,
        "datasets/train/s1/bbaf2n/mouth_000.png",
        "datasets/train/s2/lrwp9a.mpg",
        "datasets/val/s1/ssbfo/mouth_000.png",
        "datasets/val/s1/empty_folder/readme.txt",
    )
    write(tmp_path / "datasets/align/ssbfo.align", "0 20000 학생\n20000 32000 축구\n")
    assert layout_of(tmp_path) == "seed"
    assert layout_of(tmp_path / "datasets") == "seed"
    for folder in (tmp_path, tmp_path / "datasets"):
        assert [(r.split, r.speaker, r.name, r.text) for r in read_dataset(folder)] == [
            ("train", "s1", "bbaf2n", "bin blue at f two now"),
            ("train", "s2", "lrwp9a", "lay red with p nine again"),
            ("val", "s1", "ssbfo", "학생 축구"),
        ]


def test_links_are_followed_without_cycles(tmp_path: Path) -> None:
    """The seed projects ask users to link their corpus into `datasets`."""
    touch(tmp_path, "corpus/s1/bbaf2n.mpg", "corpus/s2/bbaf2n/mouth_000.png")
    write(tmp_path / "aligned/bbaf2n.align", "0 1000 said\n")
    (tmp_path / "seed/datasets/train").mkdir(parents=True)
    (tmp_path / "seed/datasets/train/s1").symlink_to(tmp_path / "corpus/s1")
    (tmp_path / "seed/datasets/train/s2").symlink_to(tmp_path / "corpus/s2")
    (tmp_path / "seed/datasets/align").symlink_to(tmp_path / "aligned")
    assert [(r.speaker, r.text) for r in read_dataset(tmp_path / "seed")] == [("s1", "said"), ("s2", "said")]
    (tmp_path / "corpus/s1/again").symlink_to(tmp_path / "corpus")
    assert [r.speaker for r in read_dataset(tmp_path / "corpus")] == ["s1"]


def test_the_folder_of_a_single_speaker_is_a_dataset(tmp_path: Path) -> None:
    touch(tmp_path, "s5/lbax4n.mpg")
    assert [(r.speaker, r.text) for r in read_dataset(tmp_path / "s5")] == [("s5", "lay blue at x four now")]


def test_a_malformed_alignment_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "s1/bbaf2n.mpg")
    write(tmp_path / "s1/align/bbaf2n.align", "bin 0 1000\n")
    (recording,) = read_dataset(tmp_path)
    assert "bbaf2n.align is not an alignment" in recording.problem


def label(sentences: list[tuple[str, float, float]], **more: Any) -> str:
    """A label file in AI-Hub's format."""
    return json.dumps([{
        "Video_info": {"video_Name": "lip_J_1_F_03_E220_A_001.mp4", "FPS": 30},
        "speaker_info": {"speaker_ID": "E220"},
        "Video_env": {"Angle": "A"},
        "Sentence_info": [
            {"ID": i, "sentence_text": text, "start_time": start, "end_time": end}
            for i, (text, start, end) in enumerate(sentences, 1)
        ],
        "Bounding_box_info": {"Lip_bounding_box": {"xtl_ytl_xbr_ybr": [[500, 860, 730, 1090]] * 9}},
        **more,
    }])  # fmt: skip


def test_ai_hub_gives_a_recording_for_each_sentence(tmp_path: Path) -> None:
    """Each has a margin of 0.2 s, but at most half of the gap to the next sentence."""
    touch(tmp_path, "2.Validation/source/lip_J_1_F_03_E220_A_001.mp4")
    sentences = [("그렇군요,\xa0네.", 3.1, 4.0), ("안녕하세요?", 1.0, 3.0), ("오늘 날씨", 9.0, 10.5)]
    write(tmp_path / "2.Validation/label/lip_J_1_F_03_E220_A_001.json", label(sentences))
    assert layout_of(tmp_path) == "aihub"
    recordings = read_dataset(tmp_path)
    assert [r.text for r in recordings] == ["안녕하세요", "그렇군요 네", "오늘 날씨"]
    assert [r.span for r in recordings] == [
        Span(0.8, pytest.approx(3.05)), Span(pytest.approx(3.05), 4.2), Span(8.8, 10.7),
    ]  # fmt: skip
    assert {(r.speaker, r.session, r.split, r.problem) for r in recordings} == {("E220", "A", "val", "")}
    assert len(by_source(with_unique_names(recordings))) == 1
    assert with_unique_names(recordings)[0].name == "lip_J_1_F_03_E220_A_001_0000800"


def test_ai_hub_leaves_out_sentences_with_unintelligible_words(tmp_path: Path) -> None:
    touch(tmp_path, "a.mp4")
    write(tmp_path / "a.json", label([("그 X 네", 1.0, 2.0), ("네", 3.0, 4.0)], Video_info={}))
    heard = [not recording.problem for recording in read_dataset(tmp_path)]
    assert heard == [False, True]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not an AI-Hub label file"),
        ("[]", "not an AI-Hub label file"),
        ("[[]]", "not an AI-Hub label file"),
        ('[{"Sentence_info": [{"sentence_text": "네"}]}]', "not an AI-Hub label file"),
        ('[{"Sentence_info": []}]', "no video beside it"),
    ],
)
def test_a_broken_label_file_does_not_stop_the_others(tmp_path: Path, text: str, problem: str) -> None:
    touch(tmp_path, "lip_J_1_F_03_E220_A_001.mp4")
    write(tmp_path / "0_broken.json", text)
    write(tmp_path / "good.json", label([("네", 1.0, 2.0)]))
    broken, good = read_dataset(tmp_path, "aihub")
    assert problem in broken.problem
    assert (good.text, good.problem) == ("네", "")


def test_a_plain_folder_may_use_another_table(tmp_path: Path) -> None:
    table = "path\tspeaker\tsession\ttext\talign\nclips/a.mp4\tk1\tx\t* 사 주황\ta.align\n"
    write(tmp_path / "partial.tsv", table)
    (recording,) = read_dataset(tmp_path, table="partial.tsv")
    assert recording == Recording(
        tmp_path / "clips/a.mp4", "k1", "* 사 주황", session="x", align=tmp_path / "a.align"
    )


def test_clips_with_the_same_name_get_unique_names() -> None:
    files = [("a/x.mp4", "s1"), ("b/x.mp4", "s2"), ("c/x.mp4", "s2"), ("y.mp4", "s1")]
    named = with_unique_names(Recording(Path(file), speaker, "") for file, speaker in files)
    assert [entry.name for entry in named] == ["s1_x", "s2_x", "s2_x_2", "y"]


@pytest.mark.parametrize(
    ("files", "layout", "says"),
    [
        (["holiday.jpg"], "auto", "has no known layout"),
        (["holiday.jpg"], "grid", "has no recordings in layout 'grid'"),
        (["s1/bbaf2n.mpg"], "plain", "has no transcripts.tsv"),
    ],
)
def test_a_wrong_folder_is_a_user_error(tmp_path: Path, files: list[str], layout: str, says: str) -> None:
    touch(tmp_path, *files)
    with pytest.raises(UserError, match=says):
        read_dataset(tmp_path, layout)


def test_a_table_must_be_utf8_and_have_paths(tmp_path: Path) -> None:
    (tmp_path / "transcripts.tsv").write_bytes("path\ttext\na.mp4\t학생\n".encode("cp949"))
    with pytest.raises(UserError, match=r"is not UTF-8 text\. Save it as UTF-8"):
        read_dataset(tmp_path)
    write(tmp_path / "transcripts.tsv", "file\ttext\na.mp4\tx\n")
    with pytest.raises(UserError, match="a row without a path"):
        read_dataset(tmp_path)
    with pytest.raises(UserError, match="There is no folder"):
        read_dataset(tmp_path / "nowhere")
