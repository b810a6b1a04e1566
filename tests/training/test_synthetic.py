"""Synthetic talkers: mouth motion matches the text, and the face tracker follows it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from klipnet_training.synthetic import english, korean
from klipnet_training.synthetic.clip import CLIP_FRAMES, CLIP_S, SyntheticClip, make_clip, mouth_crops, render
from klipnet_training.synthetic.contours import lip_gap
from klipnet_training.synthetic.look import Look, Optics
from klipnet_training.synthetic.make import main
from klipnet_training.synthetic.motion import random_motion
from klipnet_training.synthetic.portrait import BUST_REGION
from klipnet_training.synthetic.scene import SIZE, make_scene, render_scene, seat_box
from klipnet_training.synthetic.seats import SEATS
from klipnet_training.synthetic.track import speak, viseme_track
from klipnet_training.synthetic.truth import labels_of
from klipnet_training.synthetic.visemes import CHANNELS, REST

from klipnet_live.assets import DEMOS
from klipnet_live.dataset_format import write_alignment
from klipnet_live.lips.pose import mouth_pose
from klipnet_live.tracking.faces import Landmarker
from klipnet_live.types import FPS, FloatArray, Image

LANGUAGES = ("en", "ko")
CLOSURE, JAW, ROUNDING = (CHANNELS.index(name) for name in ("closure", "jaw", "rounding"))


@pytest.fixture(scope="module")
def landmarker() -> Iterator[Landmarker]:
    with closing(Landmarker()) as found:
        yield found


def _seen_gap(landmarks: FloatArray) -> float:
    """Opening of the lips in inter-ocular distances."""
    return float(np.linalg.norm(landmarks[13] - landmarks[14])) / mouth_pose(landmarks).inter_ocular_px


def _plain_clip(language: str, seed: int, mirrored: bool = False) -> SyntheticClip:
    clip = make_clip(language, "a", (seed,))  # type: ignore[arg-type]
    return replace(clip, look=Look(mirrored=mirrored, optics=Optics(unit_px=70.0)))


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("ko", True)])
def test_the_face_tracker_follows_the_mouth(landmarker: Landmarker, language: str, mirrored: bool) -> None:
    clip = _plain_clip(language, 3, mirrored)
    driven, seen, apart = [], [], []
    for posture, (image, truth) in list(zip(clip.track, render(clip, BUST_REGION, (400, 400)), strict=True))[
        ::2
    ]:
        faces = landmarker(image)
        assert len(faces) == 1
        driven.append(lip_gap(posture, clip.look.build))
        seen.append(_seen_gap(faces[0].landmarks))
        here, there = mouth_pose(faces[0].landmarks), mouth_pose(truth)
        apart.append(np.hypot(here.x - there.x, here.y - there.y) / there.inter_ocular_px)
        assert abs(here.roll - there.roll) < 0.08
    assert np.corrcoef(driven, seen)[0, 1] > 0.9
    assert max(apart) < 0.08


def test_silence_is_closed_and_still() -> None:
    random = np.random.default_rng(0)
    speech = speak("a", "bin blue at f two now", "en", 1.0, 1.0, random)
    track = viseme_track([speech], 100)
    before = track[: int(0.7 * FPS)]
    after = track[int((speech.utterance.end_s + 0.35) * FPS) :]
    for silence in (before, after):
        assert len(silence) > 10
        np.testing.assert_allclose(silence, np.tile(REST.targets(), (len(silence), 1)), atol=0.01)
        assert all(lip_gap(posture, Look().build) == 0 for posture in silence)


def test_a_still_and_silent_head_gives_identical_frames() -> None:
    clip = _plain_clip("en", 1)
    still = random_motion(CLIP_FRAMES, 0.0, np.random.default_rng(0))
    silent = replace(clip, track=viseme_track([], CLIP_FRAMES), motion=replace(still, lids=still.lids * 0))
    images = [image for image, _ in render(silent, BUST_REGION, (160, 120))]
    assert all(np.array_equal(image, images[0]) for image in images)


def test_lips_meet_for_bilabials_and_round_for_w() -> None:
    speech = speak("a", "b w", "en", 0.5, 0.8, np.random.default_rng(0))
    track = viseme_track([speech], 75)
    symbols = speech.utterance.symbols

    def at(index: int) -> FloatArray:
        middle_s = (symbols[index].start_s + symbols[index].end_s) / 2
        return np.asarray(track[int(middle_s * FPS)])

    assert [symbol.symbol for symbol in symbols[:4]] == ["B", "IY", "D", "AH"]
    assert lip_gap(at(0), Look().build) < 0.01 < lip_gap(at(1), Look().build)
    assert symbols[-1].symbol == "UW"
    assert at(len(symbols) - 1)[ROUNDING] > 0.7 > 0.1 > at(1)[ROUNDING]


@pytest.mark.parametrize("language", LANGUAGES)
def test_crops_depend_only_on_the_seed(language: str) -> None:
    first, again, other = (make_clip(language, "a", seed) for seed in ((5,), (5,), (6,)))  # type: ignore[arg-type]
    assert first.utterance == again.utterance
    crops = mouth_crops(first)
    assert crops.shape == (CLIP_FRAMES, 50, 100)
    assert crops.dtype == np.uint8
    np.testing.assert_array_equal(crops, mouth_crops(again))
    assert not np.array_equal(crops, mouth_crops(other))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_clip_contains_its_sentence_and_alignment(language: str, tmp_path: Path) -> None:
    for seed in range(60):
        utterance = make_clip(language, "a", (seed,)).utterance  # type: ignore[arg-type]
        assert 0 < utterance.start_s < utterance.end_s < CLIP_S
        assert [word.symbol for word in utterance.words] == utterance.text.split()
        for timed in (utterance.words, utterance.symbols):
            assert all(earlier.end_s <= later.start_s for earlier, later in pairwise(timed))
        write_alignment(tmp_path / "a.align", labels_of(utterance, CLIP_S))
        rows = [line.split() for line in (tmp_path / "a.align").read_text(encoding="utf-8").splitlines()]
        assert rows[0][0] == "0"
        assert rows[-1][1] == "75000"
        assert all(before[1] == after[0] for before, after in pairwise(rows))
        assert " ".join(row[2] for row in rows if row[2] not in ("sil", "sp")) == utterance.text


def test_words_are_converted_to_sounds() -> None:
    def spelled(word: str) -> str:
        return " ".join(sound.symbol for sound in english.word_sounds(word))

    assert spelled("blue") == "B L UW"
    assert spelled("cheese") == "CH IY S"
    assert spelled("make") == "M EY K"
    assert spelled("?!") == ""
    assert [sound.visemes for sound in korean.word_sounds("왕")] == [("W", "A"), ("K",)]
    assert [sound.symbol for sound in korean.word_sounds("학생")] == list(
        unicodedata.normalize("NFD", "학생")
    )


def test_a_dataset_folder_is_complete(tmp_path: Path) -> None:
    assert main(["dataset", str(tmp_path / "ko"), "--language", "ko", "--count", "2", "--crops"]) == 0
    assert main(["dataset", str(tmp_path / "en"), "--language", "en", "--count", "1"]) == 0
    crops = np.load(tmp_path / "ko" / "crops" / "ko0-00001.npz")["crops"]
    assert crops.shape == (CLIP_FRAMES, 50, 100)
    header, first, _ = (tmp_path / "ko" / "transcripts.tsv").read_text(encoding="utf-8").splitlines()
    row = dict(zip(header.split("\t"), first.split("\t"), strict=True))
    assert row["split"] == "train"
    assert (tmp_path / "ko" / row["path"]).is_file()
    assert (tmp_path / "ko" / row["align"]).is_file()
    assert len(_frames(tmp_path / "en" / "video" / "en0-00000.mp4")) == CLIP_FRAMES


def test_an_unwritable_folder_is_a_one_line_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["dataset", str(tmp_path / "file"), "--language", "en", "--count", "1"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_demo_matches_its_ground_truth(landmarker: Landmarker, language: str) -> None:
    truth = json.loads((DEMOS / f"demo-{language}.json").read_text(encoding="utf-8"))
    images = _frames(DEMOS / f"demo-{language}.mp4", every=6)
    gaps = {speaker["name"]: _gaps(landmarker, images, speaker["box"]) for speaker in truth["speakers"]}
    lines = truth["utterances"]
    assert all(later["start_s"] - earlier["end_s"] >= 1 for earlier, later in pairwise(lines))
    times_s = np.arange(len(images)) * 6 / FPS
    for name, gap in gaps.items():
        own = [line for line in lines if line["speaker"] == name]
        talking = np.any([(times_s > line["start_s"]) & (times_s < line["end_s"]) for line in own], axis=0)
        near = np.any(
            [(times_s > line["start_s"] - 0.2) & (times_s < line["end_s"] + 0.2) for line in own], axis=0
        )
        assert gap[talking].max() > 0.1
        assert gap[~near].max() < 0.03


def test_the_generator_reproduces_the_bundled_demo() -> None:
    scene = make_scene("en")
    truth = json.loads((DEMOS / "demo-en.json").read_text(encoding="utf-8"))
    assert truth["frames"] == scene.frames
    assert [line["text"] for line in truth["utterances"]] == [each.text for each in scene.utterances]
    rendered = next(render_scene(scene)).astype(np.float32)
    bundled = _frames(DEMOS / "demo-en.mp4", every=10_000)[0]
    assert bundled.shape == (SIZE[1], SIZE[0], 3)
    assert np.abs(rendered - bundled).mean() < 4
    assert len({seat.name for seat in SEATS}) == 2
    assert seat_box(0)[2] <= seat_box(1)[0]


def _gaps(landmarker: Landmarker, images: list[Image], box: list[int]) -> FloatArray:
    left, top, right, bottom = box
    found = [landmarker(image[top:bottom, left:right]) for image in images]
    assert all(len(faces) == 1 for faces in found)
    return np.array([_seen_gap(faces[0].landmarks) for faces in found], dtype=np.float32)


def _frames(path: Path, every: int = 1) -> list[Image]:
    with av.open(str(path)) as container:
        pictures = enumerate(container.decode(video=0))
        return [
            np.asarray(picture.to_ndarray(format="rgb24"), dtype=np.uint8)
            for index, picture in pictures
            if index % every == 0
        ]
