"""`klipnet-evaluate`: scores, plots, and runs compared with released models."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from klipnet_training.architectures import build_network
from klipnet_training.commands.evaluate import main
from klipnet_training.commands.export import export
from klipnet_training.config.schema import config_from
from klipnet_training.data.clips import load_clips
from klipnet_training.evaluation.confusion import MISSING, confusion, symbols_of
from klipnet_training.evaluation.networks import ReleasedNetwork, TrainedNetwork, open_network
from klipnet_training.evaluation.saliency import saliency
from klipnet_training.evaluation.scores import clip_reading, score, score_speakers
from klipnet_training.evaluation.visemes import visemes_of
from klipnet_training.run.metrics import bleu, count, error_rates
from klipnet_training.run.run_folder import RunFolder

from klipnet_live.lips.alphabet import alphabet_for
from tests.training.small_clips import SMALL_CASCADE, SMALL_LIPNET, make_clip, write_clips


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _untrained(tmp_path_factory.mktemp("run"), "cascade", SMALL_CASCADE)


def _untrained(folder: Path, architecture: str, sizes: object) -> Path:
    folder.mkdir(exist_ok=True)
    torch.manual_seed(1)
    config = config_from({"architecture": architecture, "model": sizes})
    network = build_network(config.model, alphabet_for("en").size)
    RunFolder(folder).save_best(config, network.state_dict())
    return folder


def test_errors_are_counted_in_characters_and_words() -> None:
    counted = count("bin blue at", "bin bloo a")
    assert (counted.character_errors, counted.characters) == (3, 11)
    assert (counted.word_errors, counted.words, counted.exact) == (2, 3, False)
    rates = error_rates(["bin blue", "at", ""], ["bin blue", "it", ""])
    assert rates.cer == pytest.approx(1 / 10)
    assert rates.wer == pytest.approx(1 / 3)
    assert rates.sentence_accuracy == pytest.approx(2 / 3)


def test_text_recognised_in_silence_is_an_error() -> None:
    assert error_rates(["", "at"], ["no", "at"]).cer == pytest.approx(1.0)


def test_bleu_is_100_for_equal_texts_and_falls_with_wrong_words() -> None:
    truth = ["bin blue at f two now", "lay red by z six soon"]
    assert bleu(truth, truth) == pytest.approx(100)
    assert 0 < bleu(truth, ["bin blue at f two soon", truth[1]]) < 95
    assert bleu(["그러나 사 주황"], ["그러나 사 주황"]) == pytest.approx(100), "no sentence has four words"


def test_intervals_contain_the_rate_and_narrow_with_more_clips() -> None:
    few = [clip_reading(str(i), "s1", "abcd", "abcd" if i % 2 else "abxx") for i in range(10)]
    scores, more = score(few), score(few * 20)
    assert scores.clips == 10
    assert scores.cer == pytest.approx(25)
    assert scores.cer_interval[0] < 25 < scores.cer_interval[1]
    assert more.cer_interval[1] - more.cer_interval[0] < scores.cer_interval[1] - scores.cer_interval[0]
    assert score(few) == scores


def test_speakers_are_scored_separately() -> None:
    readings = [clip_reading("a", "s1", "at", "at"), clip_reading("b", "s2", "at", "in")]
    by_speaker = score_speakers(readings)
    assert by_speaker["s1"].cer == 0
    assert by_speaker["s2"].cer == 100


def test_unknown_beginnings_are_not_scored() -> None:
    reading = clip_reading("a", "k1", "* 사 주황", "학생 축구 사 노랑")
    assert (reading.truth, reading.read) == ("사 주황", "사 노랑")
    nothing_known = clip_reading("a", "k1", "*", "학생 축구")
    assert (nothing_known.truth, nothing_known.read) == ("", "")
    fewer_read = clip_reading("a", "k1", "* 그러나 사 주황", "주황")
    assert (fewer_read.truth, fewer_read.read) == ("그러나 사 주황", "주황")


def test_confusions_are_aligned() -> None:
    found = confusion([("bat", "pat"), ("bat", "bats"), ("bat", "at")], symbols_of)
    count_of = dict(np.ndenumerate(found.counts))
    label = {name: i for i, name in enumerate(found.labels)}
    assert found.labels == ("a", "b", "p", "s", "t", MISSING)
    assert count_of[label["b"], label["p"]] == 1
    assert count_of[label[MISSING], label["s"]] == 1
    assert count_of[label["b"], label[MISSING]] == 1
    assert count_of[label["a"], label["a"]] == 3
    assert found.counts.sum() == 10


def test_sounds_that_look_alike_share_a_viseme() -> None:
    assert visemes_of("bin") == ["E bilabial", "V4 narrow", "C alveolar"]
    assert visemes_of("pin") == visemes_of("bin")
    assert visemes_of("fin") != visemes_of("bin")
    assert visemes_of("바") == visemes_of("마") == ["bilabial", "open"]
    assert visemes_of("아 강") == ["open", "velar", "open", "velar"], "the silent initial is skipped"


def test_every_sound_has_a_viseme() -> None:
    for language, text in (
        ("en", "the quick brown fox jumps over a lazy dog"),
        ("ko", "학생 축구 그러나 사 주황"),
    ):
        assert len(visemes_of(text)) > 15, language
    assert len(visemes_of("쀍")) == 3


def test_symbols_distinguish_initial_and_final_consonants() -> None:
    assert symbols_of("학 a") == ["ㅎ", "ㅏ", "-ㄱ", "␣", "a"]


def test_a_run_is_evaluated(
    run: Path, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, picture = tmp_path / "report.json", tmp_path / "confusion.png"
    given = ["--model", str(run), "--data", str(prepared), "--split", "val", "--mode", "stream"]
    assert main([*given, "--json", str(report), "--confusion", str(picture)]) == 0
    assert "val), stream" in " ".join(capsys.readouterr().out.split())
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["overall"]["clips"] == 3
    assert {name: scores["clips"] for name, scores in found["speakers"].items()} == {"s0": 2, "s1": 1}
    assert [clip["truth"] for clip in found["clips"]] == ["bin blue", "lay red now", "set white"]
    assert found["mode"] == "stream"
    low, high = found["overall"]["wer_interval"]
    assert low <= found["overall"]["wer"] <= high
    drawn = cv2.imread(str(picture))
    assert min(drawn.shape[:2]) > 300
    assert drawn.std() > 5


def test_a_grammar_allows_only_its_phrases(run: Path, prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "phrases.txt").write_text("bin blue\nset white\n")
    report = tmp_path / "report.json"
    given = ["--model", str(run), "--data", str(prepared), "--json", str(report)]
    assert main([*given, "--grammar", str(tmp_path / "phrases.txt")]) == 0
    read = {clip["read"] for clip in json.loads(report.read_text(encoding="utf-8"))["clips"]}
    assert read <= {"bin blue", "set white", ""}
    with pytest.raises(SystemExit) as ended:
        main([*given, "--grammar", "any", "--decoder", "greedy"])
    assert ended.value.code == 2


def test_saliency_is_limited_to_the_window(run: Path, prepared: Path, tmp_path: Path) -> None:
    network = TrainedNetwork(run)
    (clip, *_) = load_clips(prepared, "val")
    salient = saliency(network.network, clip, network.alphabet, "stream")
    assert salient.shape == clip.crops.shape
    assert salient.max() == pytest.approx(1.0)
    assert not salient[:, :16].any(), "the window is 16 of 50 rows, at the middle"
    assert salient[:, 17:33, 34:66].any()
    picture = tmp_path / "saliency.png"
    given = ["--model", str(run), "--data", str(prepared), "--mode", "stream"]
    assert main([*given, "--saliency", clip.name, str(picture)]) == 0
    drawn = cv2.imread(str(picture))
    assert drawn.std() > 5
    export(run, tmp_path / "model")
    assert main(["--model", str(tmp_path / "model"), *given[2:], "--saliency", clip.name, str(picture)]) == 0
    np.testing.assert_array_equal(cv2.imread(str(picture)), drawn)


def test_a_released_model_equals_its_run(run: Path, tmp_path: Path) -> None:
    export(run, tmp_path / "model")
    released = open_network(tmp_path / "model")
    assert isinstance(released, ReleasedNetwork)
    # Clip and flush frames make a whole number of chunks, so nothing is appended.
    clip = make_clip("even", "s1", "val", "bin blue", 22)
    (expected,), (found,) = (list(n.log_probs([clip])) for n in (TrainedNetwork(run), released))
    for head in ("stream", "final"):
        np.testing.assert_allclose(found[head], expected[head], atol=1e-3)
    odd = replace(clip, crops=clip.crops[:-1])
    (found,) = released.log_probs([odd])
    assert len(found["final"]) % 2 == 0


def test_recordings_are_cropped_first(
    run: Path, shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klipnet_training.evaluation.clips.user_cache_path", lambda _: tmp_path / "cache")
    video = shared_data / "grid_s1/video/bbaf2n.mp4"
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/transcripts.tsv").write_text(
        f"path\tspeaker\ttext\n{video}\ts1\tbin blue at f two now\n"
    )
    report = tmp_path / "report.json"
    assert main(["--model", str(run), "--data", str(tmp_path / "raw"), "--json", str(report)]) == 0
    (clip,) = json.loads(report.read_text(encoding="utf-8"))["clips"]
    assert (clip["name"], clip["truth"]) == ("bbaf2n", "bin blue at f two now")
    (crops,) = (tmp_path / "cache").rglob("bbaf2n.npz")
    assert np.load(crops)["crops"].shape == (75, 50, 100)


def test_user_errors_are_printed_in_one_line(
    run: Path, prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lipnet = _untrained(tmp_path / "lipnet", "lipnet", SMALL_LIPNET)
    korean = write_clips(tmp_path / "korean", [make_clip("k", "k1", "val", "학생 축구")])
    for model, data, extra, message in (
        (tmp_path, prepared, (), "neither a run of klipnet-train nor a model folder"),
        (run, tmp_path / "none", (), "here is no folder"),
        (run, prepared, ("--split", "dev"), "no clip in split dev"),
        (lipnet, prepared, ("--mode", "stream"), "no stream head: use --mode final"),
        (run, prepared, ("--saliency", "nobody", "x.png"), "There is no clip nobody"),
        (run, prepared, ("--grammar", str(tmp_path / "none")), "none cannot be read"),
        (run, prepared, ("--confusion", "c.jpeg2"), "is not a PNG file name"),
        (run, prepared, ("--json", str(tmp_path / "none/x.json")), "here is no folder"),
        (run, korean, (), "is in 'ko', but the network is for 'en'"),
    ):
        assert main(["--model", str(model), "--data", str(data), *extra]) == 1
        printed = capsys.readouterr().err.strip().splitlines()
        assert printed[-1].startswith("klipnet-evaluate: ")
        assert message in printed[-1]
