"""Splits hold out the requested clips and are reproducible."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from klipnet_training.commands.data import main
from klipnet_training.data.split import SplitRule, assign_splits, sentence_of

from klipnet_live.dataset_format import TableRow, read_table
from klipnet_live.types import UserError


def rows(sentences: int, *speakers: str) -> list[TableRow]:
    return [
        {"path": f"crops/{speaker}_{i}.npz", "speaker": speaker, "text": f"sentence {i}"}
        for speaker in speakers
        for i in range(sentences)
    ]


def held_out(assigned: list[TableRow]) -> set[str]:
    return {row["path"] for row in assigned if row["split"] == "val"}


@given(st.integers(5, 60), st.floats(0.15, 0.85), st.integers(0, 99))
def test_a_random_split_holds_out_its_part(count: int, part: float, seed: int) -> None:
    assigned = assign_splits(rows(count, "s1"), SplitRule("random_split", seed, part))
    assert len(held_out(assigned)) == round(part * count)
    assert {row["split"] for row in assigned} == {"train", "val"}


def test_a_split_depends_on_the_seed_not_on_the_order() -> None:
    every = rows(40, "s1", "s2")
    first = held_out(assign_splits(every, SplitRule("random_split", seed=7)))
    assert held_out(assign_splits(every[::-1], SplitRule("random_split", seed=7))) == first
    assert held_out(assign_splits(every, SplitRule("random_split", seed=8))) != first


def test_recordings_of_one_sentence_stay_together() -> None:
    """Otherwise another take of a training sentence would make validation too easy."""
    every = [row | {"path": f"{take}/{row['path']}"} for take in "abc" for row in rows(20, "s1")]
    assigned = assign_splits(every, SplitRule("random_split"))
    sides: dict[tuple[str, str], set[str]] = {}
    for row in assigned:
        sides.setdefault(sentence_of(row), set()).add(row["split"])
    assert all(len(side) == 1 for side in sides.values())
    assert len(held_out(assigned)) == 3 * 4


def test_unseen_speakers_default_to_those_of_the_paper() -> None:
    every = rows(2, "s1", "s2", "s3", "s20", "s22")
    assert {path.split("_")[0] for path in held_out(assign_splits(every, SplitRule("unseen_speakers")))} == {
        "crops/s1", "crops/s2", "crops/s20", "crops/s22",
    }  # fmt: skip
    assigned = assign_splits(every, SplitRule("unseen_speakers", speakers=("s3",)))
    assert held_out(assigned) == {"crops/s3_0.npz", "crops/s3_1.npz"}


def test_overlapped_speakers_hold_out_sentences_of_each() -> None:
    assigned = assign_splits(rows(9, "s1", "s2", "s3"), SplitRule("overlapped_speakers", sentences=4))
    for speaker in ("s1", "s2", "s3"):
        assert sum(f"{speaker}_" in path for path in held_out(assigned)) == 4


def test_the_paper_holds_out_255_sentences() -> None:
    assert len(held_out(assign_splits(rows(300, "s1", "s2"), SplitRule("overlapped_speakers")))) == 510


def test_test_clips_are_never_touched() -> None:
    every = rows(10, "s1")
    every[3]["split"] = "test"
    assigned = assign_splits(every, SplitRule("random_split", part=0.5))
    assert assigned[3]["split"] == "test"
    assert len(held_out(assigned)) == 4


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (SplitRule("random_split", part=0.0), "hold out some"),
        (SplitRule("random_split", part=1.0), "hold out some"),
        (SplitRule("unseen_speakers", speakers=("s1", "s2")), "hold out some"),
        (SplitRule("unseen_speakers", speakers=("s9",)), "choose from s1, s2"),
        (SplitRule("overlapped_speakers", sentences=10), "Speaker s[12] has 10 sentences"),
    ],
)
def test_a_split_needs_clips_on_both_sides(rule: SplitRule, says: str) -> None:
    with pytest.raises(UserError, match=says):
        assign_splits(rows(10, "s1", "s2"), rule)


def test_the_command_rewrites_only_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "transcripts.tsv"
    lines = [f"clips/{i}.mp4\ts1\t문장 {i}\ta/{i}.align" for i in range(10)]
    table.write_text("\n".join(["path\tspeaker\ttext\talign", *lines]), encoding="utf-8")
    assert main(["split", str(tmp_path), "--scenario", "random_split", "--part", "0.3", "--seed", "5"]) == 0
    assert capsys.readouterr().out == "train 7, val 3\n"
    written = list(read_table(table))
    assert [row["path"] for row in written] == [f"clips/{i}.mp4" for i in range(10)]
    assert written[4] | {"split": ""} == {
        "path": "clips/4.mp4", "speaker": "s1", "split": "", "text": "문장 4", "align": "a/4.align",
    }  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["transcripts.tsv"]


def test_a_failed_split_leaves_the_table_unchanged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "transcripts.tsv"
    table.write_text("path\tspeaker\ttext\na.mp4\ts1\tx\n")
    before = table.read_bytes()
    assert main(["split", str(tmp_path), "--scenario", "overlapped_speakers"]) == 1
    assert table.read_bytes() == before
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert main(["split", str(tmp_path / "nowhere"), "--scenario", "random_split"]) == 1
