"""Configurations: files, scenarios, command-line changes, curricula."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from klipnet_training.config.curriculum import at_epoch
from klipnet_training.config.files import parse_change, read_config, to_toml
from klipnet_training.config.scenarios import SCENARIOS, scenario_path
from klipnet_training.config.schema import Config, config_from
from klipnet_training.model.lipnet import LipNetConfig

from klipnet_live.types import UserError

SEED_SCENARIOS = (
    "random_split",
    "unseen_speakers",
    "unseen_speakers_curriculum",
    "overlapped_speakers",
    "overlapped_speakers_curriculum",
)


@pytest.mark.parametrize("name", SEED_SCENARIOS)
def test_scenarios_are_lipnet_with_their_own_split(name: str) -> None:
    config = read_config(scenario_path(name))
    assert config.architecture == "lipnet"
    assert config.split is not None
    assert config.split.scenario == name.removesuffix("_curriculum")
    assert bool(config.curriculum) == name.endswith("_curriculum")


def test_unseen_speakers_are_those_of_the_paper() -> None:
    split = read_config(scenario_path("unseen_speakers")).split
    assert split is not None
    assert split.speakers == ("s1", "s2", "s20", "s22")


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("[!_]*.toml")), ids=lambda path: path.stem)
def test_a_configuration_survives_a_round_trip(path: Path) -> None:
    config = read_config(path)
    assert config_from(tomllib.loads(to_toml(config.as_dict()))) == config
    assert config_from(config.as_dict()) == config


def test_changes_override_the_file_and_the_file_overrides_its_bases(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('language = "ko"\n[optimisation]\nepochs = 3\nbatch = 4\n')
    (tmp_path / "run.toml").write_text('extends = "base"\n[optimisation]\nbatch = 5\n')
    config = read_config(tmp_path / "run.toml", ["optimisation.seed=9", "start_from=runs/before"])
    optimisation = config.optimisation
    assert (optimisation.epochs, optimisation.batch, optimisation.seed) == (3, 5, 9)
    assert (config.language, config.start_from) == ("ko", "runs/before")


def test_sections_by_language_follow_the_detected_language(tmp_path: Path) -> None:
    path = tmp_path / "run.toml"
    path.write_text(
        '[[data]]\nfolder = "mine"\n[by_language.en]\nstart_from = "a"\n'
        '[by_language.ko]\nstart_from = "b"\n[by_language.ko.optimisation]\nepochs = 3\n'
    )

    def chosen(language: str, *changes: str) -> tuple[str, str | None, int]:
        def detect(config: Config) -> str:
            assert [source.folder for source in config.data] == ["mine"]
            return language

        config = read_config(path, changes, detect)
        return config.language, config.start_from, config.optimisation.epochs

    assert chosen("en") == ("en", "a", Config().optimisation.epochs)
    assert chosen("ko") == ("ko", "b", 3)
    assert chosen("en", "language=ko", "optimisation.epochs=4") == ("ko", "b", 4)
    assert chosen("ko", "start_from=runs/mine") == ("ko", "runs/mine", 3)
    with pytest.raises(UserError, match=r"run\.toml has no section \[by_language\.xx\]"):
        chosen("en", "language=xx")
    with pytest.raises(UserError, match=r"has no section \[by_language\.en\]"):
        chosen("en", "by_language=3")


def test_the_architecture_determines_the_model_section() -> None:
    assert config_from({"architecture": "lipnet", "model": {"hidden": 8}}).model == LipNetConfig(hidden=8)
    with pytest.raises(UserError, match=r"hidden in \[model\]: choose one of symbols"):
        config_from({"model": {"hidden": 8}})


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"optimisation": {"epoch": 3}}, r"epoch in \[optimisation\]: choose one of epochs"),
        ({"optimisation": {"epochs": "many"}}, r"\[optimisation\] epochs = 'many': .*integer"),
        ({"optimisation": {"schedule": "none"}}, "one_cycle"),
        ({"architecture": "resnet"}, "choose one of cascade, lipnet, keras_lipnet"),
        ({"split": {"scenario": "other"}}, "random_split"),
        ({"optimisation": {"batch": 0}}, r"\[optimisation\] batch = 0: .*greater than or equal to 1"),
        ({"optimisation": {"clip_norm": 0}}, "greater than 0"),
        ({"augmentation": {"flip": 1.5}}, r"\[augmentation\] flip = 1.5: .*less than or equal to 1"),
        ({"sampling": {"margin_frames": [9, 2]}}, "margin_frames = .*must not be larger than the second"),
        ({"model": {"window_height": 60}}, "window_height = 60: .*less than or equal to 50"),
        ({"model": {"channels": [4, 0, 4, 4]}}, "channels = .*greater than or equal to 1"),
        ({"architecture": "lipnet", "model": {"height": 40}}, "height = 40: .*50"),
        ({"curriculum": [{"epoch": -1}]}, r"\[curriculum\] epoch = -1"),
        ({"data": [{"share": 0.0}]}, r"\[data\] share = 0.0"),
        ({"data": "mine"}, r"data = 'mine': expected a list of tables, such as \[{folder = \.\.\.}\]"),
        ({"data": ["mine"]}, r"data = 'mine': expected a table, such as {folder = \.\.\.}"),
        ({"curriculum": 3}, r"curriculum = 3: expected a list of tables, such as \[{epoch = \.\.\.}\]"),
        ({"optimisation": 5}, r"optimisation = 5: expected a table, such as {epochs = \.\.\.}"),
        ({"split": "random_split"}, r"split = 'random_split': expected a table, such as {scenario = \.\.\.}"),
        ({"model": []}, r"model = \[\]: expected a table"),
        ({"architecture": ["lipnet"]}, "choose one of cascade, lipnet, keras_lipnet"),
    ],
)
def test_errors_name_the_allowed_values(table: dict[str, object], message: str) -> None:
    with pytest.raises(UserError, match=message):
        config_from(table)


def test_changes_must_be_assignments() -> None:
    assert parse_change("a.b=1e-4") == {"a": {"b": 1e-4}}
    assert parse_change("a.b=[1, 2]") == {"a": {"b": [1, 2]}}
    assert parse_change("a.b=some text") == {"a": {"b": "some text"}}
    with pytest.raises(UserError, match=r"write section\.name=value"):
        parse_change("a.b")


def test_unknown_scenarios_and_files_are_named() -> None:
    with pytest.raises(UserError, match=r"choose one of .*random_split"):
        scenario_path("_lipnet")
    with pytest.raises(UserError, match="There is no configuration"):
        read_config(Path("nowhere.toml"))


def test_the_curriculum_grows_as_in_the_keras_lipnet() -> None:
    config = read_config(scenario_path("unseen_speakers_curriculum"))

    def stage(epoch: int) -> tuple[int, float, float]:
        sampling, change = at_epoch(epoch, config.curriculum, config.sampling, config.augmentation)
        return sampling.run_of_words, change.flip, change.jitter

    assert [stage(epoch) for epoch in (0, 1, 2, 3, 4, 5, 6, 60)] == [
        (1, 0.0, 0.0),
        (2, 0.0, 0.0),
        (2, 0.5, 0.0),
        (3, 0.5, 0.05),
        (0, 0.0, 0.0),
        (0, 0.5, 0.0),
        (0, 0.5, 0.05),
        (0, 0.5, 0.05),
    ]


def test_word_runs_decay_as_in_the_paper() -> None:
    config = read_config(scenario_path("unseen_speakers"))
    later, _ = at_epoch(10, config.curriculum, config.sampling, config.augmentation)
    assert later.words == pytest.approx(config.sampling.words * 0.925**10)
    plain = Config()
    assert at_epoch(10, (), plain.sampling, plain.augmentation) == (plain.sampling, plain.augmentation)
