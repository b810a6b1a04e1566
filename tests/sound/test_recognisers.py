"""The real models on real speech. The app's own command installs them once."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.sound.base import ANY_LANGUAGE, RATE_HZ
from klipnet_live.sound.recognisers import Recognisers, open_recognisers
from klipnet_live.sound.sound_track import SoundTrack
from klipnet_live.sound.store import can_hear
from klipnet_live.sound.transcriber import Transcriber
from klipnet_live.types import FloatArray, Sound, UserError, Utterance
from tests.sound.conftest import tone


@pytest.fixture(scope="module")
def korean(sound_models: Path) -> Recognisers:
    pytest.importorskip("ctranslate2", reason="the extra [sound] is not installed")
    return open_recognisers("ko")


@pytest.fixture(scope="module")
def english(sound_models: Path) -> Recognisers:
    return open_recognisers("en")


def samples_of(path: Path) -> FloatArray:
    return np.concatenate([block.samples for block in SoundTrack(path, realtime=False).blocks()])


def transcribed(recognisers: Recognisers, samples: FloatArray, *, live: bool = True) -> list[Utterance]:
    recognisers.activity.reset()
    transcriber = Transcriber(recognisers.live, recognisers.activity, final=recognisers.final, live=live)
    found: list[Utterance] = []
    for at in range(0, len(samples), 1_600):
        found += transcriber.push(Sound(samples[at : at + 1_600], RATE_HZ, at / RATE_HZ))
    return [*found, *transcriber.finish()]


def letters(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def distance(recognised: str, spoken: str) -> int:
    row = list(range(len(spoken) + 1))
    for i, one in enumerate(recognised, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(spoken, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (one != other))
    return row[-1]


def test_korean_is_recognised_live(korean: Recognisers, shared_data: Path) -> None:
    folder = shared_data / "korean_speech"
    with (folder / "transcripts.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["text"]][1:5]
    wrong = total = 0
    for row in rows:
        found = transcribed(korean, samples_of(folder / row["path"]))
        recognised = " ".join(u.text for u in found if u.done)
        wrong += distance(letters(recognised), letters(row["text"]))
        total += len(letters(row["text"]))
    assert wrong / total <= 0.15


def test_english_words_have_their_times(english: Recognisers, shared_data: Path) -> None:
    """A sentence of an unseen speaker, recognised without a grammar, with the times of its words."""
    folder = shared_data / "grid_more"
    with (folder / "transcripts.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["speaker"] == "s31"]
    right = total = 0
    for row in rows[:3]:
        samples = samples_of(folder / row["path"])
        # Not as a stream, in which committed words depend on the speed of the computer.
        words = english.live.recognise(samples)
        right += len({letters(word.text) for word in words} & set(row["text"].split()))
        total += len(row["text"].split())
        assert all(0 <= a.start_s <= a.end_s <= len(samples) / RATE_HZ + 0.1 for a in words)
        assert [word.start_s for word in words] == sorted(word.start_s for word in words)
    assert right / total > 0.3


def test_hints_help_and_do_no_harm(english: Recognisers, shared_data: Path) -> None:
    folder = shared_data / "grid_more"
    with (folder / "transcripts.tsv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["speaker"] == "s26"][:4]
    sentences = [row["text"] for row in rows]
    wrong = {"none": 0, "hints": 0}
    for row in rows:
        samples = samples_of(folder / row["path"])
        plain = [word.text for word in english.live.recognise(samples)]
        hinted = english.live.recognise(samples, sentences)
        assert [w.text for w in english.live.recognise(samples, ["Katarzyna", "Kubernetes"])] == plain
        assert all(0 < word.confidence <= 1 for word in hinted)
        wrong["none"] += distance(letters(" ".join(plain)), letters(row["text"]))
        wrong["hints"] += distance(letters(" ".join(w.text for w in hinted)), letters(row["text"]))
    assert wrong["hints"] < 0.8 * wrong["none"]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_spoken_text_scores_best(
    language: str, request: pytest.FixtureRequest, shared_data: Path
) -> None:
    recognisers: Recognisers = request.getfixturevalue("english" if language == "en" else "korean")
    spoken, others, path = {
        "en": (
            "bin blue at l six now",
            ["set white by z nine please", "place red in r two again"],
            "grid_s1",
        ),
        "ko": ("기차도 전기도 없었다", ["라디오도 영화도 몰랐다", "기차도"], "korean_speech"),
    }[language]
    with (shared_data / path / "transcripts.tsv").open(encoding="utf-8") as file:
        row = next(row for row in csv.DictReader(file, delimiter="\t") if row["text"] == spoken)
    samples = samples_of(shared_data / path / row["path"])
    for recogniser in (recognisers.live, recognisers.final):
        scores = recogniser.score(samples, [spoken, *others])
        assert int(np.argmax(scores)) == 0
        assert recogniser.score(samples, [spoken]) == pytest.approx(scores[:1], abs=0.05)
        texts = recogniser.n_best(samples, 3)
        assert len({text for text, _ in texts}) == len(texts) >= 2
        assert [score for _, score in texts] == sorted((score for _, score in texts), reverse=True)
        assert recogniser.score(samples, []) == []
        # Scores belong to the sound that is given, not to one that was heard before.
        assert recogniser.score(samples[: len(samples) // 4], [spoken])[0] < scores[0] - 1


def test_the_language_of_each_line_is_detected(sound_models: Path, shared_data: Path) -> None:
    recogniser = open_recognisers(ANY_LANGUAGE).live
    for path, is_korean in (("korean_speech", True), ("grid_more", False)):
        with (shared_data / path / "transcripts.tsv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if row["text"]]
        row = next(row for row in rows if is_korean or row["speaker"] == "s31")
        words = recogniser.recognise(samples_of(shared_data / path / row["path"]))
        assert words
        assert {any("가" <= letter <= "힣" for letter in word.text) for word in words} == {is_korean}


@pytest.mark.parametrize("language", ["english", "korean"])
def test_sound_without_speech_gives_no_text(language: str, request: pytest.FixtureRequest) -> None:
    recognisers: Recognisers = request.getfixturevalue(language)
    random = np.random.default_rng(5)
    noise = random.normal(0, 0.1, 15 * RATE_HZ).astype(np.float32)
    hum = tone(50, 15, loudness=0.2) + tone(150, 15, loudness=0.1)
    clicks = np.zeros(15 * RATE_HZ, np.float32)
    for at in random.integers(0, len(clicks) - 400, 60):
        clicks[at : at + 400] += random.normal(0, 0.3, 400) * np.exp(-np.arange(400) / 60)
    for sound in (np.zeros(10 * RATE_HZ, np.float32), noise, hum, clicks):
        assert [u.text for u in transcribed(recognisers, sound) if u.text] == []


def test_a_long_line_is_recognised(english: Recognisers, shared_data: Path) -> None:
    """Moonshine fails beyond 9 s if its decoder gets the wrong mask."""
    clips = sorted((shared_data / "grid_s1").rglob("*.m*"))[:5]
    samples = np.concatenate([samples_of(path) for path in clips])
    assert len(samples) > 12 * RATE_HZ
    assert len(english.live.recognise(samples)) > 15


def test_damaged_models_are_one_line_errors(sound_models: Path, tmp_path: Path) -> None:
    for name in ("moonshine-tiny-en", "whisper-base"):
        broken = tmp_path / name
        broken.mkdir()
        for path in (sound_models / name).iterdir():
            (broken / path.name).write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(UserError, match="Choose another folder"):
            open_recognisers("en", broken)


def test_a_language_without_models_names_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert not can_hear("ko")
    with pytest.raises(UserError, match="klipnet-live sound get ko"):
        open_recognisers("ko")
