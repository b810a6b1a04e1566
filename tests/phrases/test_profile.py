"""Profiles on disk: atomic writes, export, import, removal, recomputation for other networks."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from klipnet_live.phrases import profile_storage as profiles
from klipnet_live.phrases.profile import MAX_PHRASES, Profile, ProfileInfo
from klipnet_live.phrases.profile_storage import (
    check_name,
    delete_profile,
    export_profile,
    import_profile,
    load_profile,
    profile_names,
    save_profile,
)
from klipnet_live.types import FloatArray, GreyImage, UserError
from tests.phrases.takes import Person, crops

NETWORKS = ("one", "two")


def never(_: Sequence[GreyImage]) -> FloatArray:
    raise AssertionError("the features that are kept are good")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(profiles, "profiles_folder", lambda: tmp_path / "phrases")
    return tmp_path / "phrases"


@pytest.fixture
def profile() -> Profile:
    person, made = Person(), Profile(ProfileInfo("나의 말", NETWORKS)).with_phrases(["물 주세요"])
    for number, text in enumerate(["물 주세요", "아파요"]):
        for take in range(2):
            made = made.with_take(text, person.shows(number), crops(20, 3 * number + take))
    return made


def test_a_saved_profile_is_loaded_unchanged(home: Path, profile: Profile) -> None:
    save_profile(home / "mine", profile)
    loaded = load_profile(home / "mine", NETWORKS, never)
    assert loaded.info == profile.info
    for take in profile.info.takes:
        before, after = profile.features[take.id], loaded.features[take.id]
        assert np.abs(after - before).max() < (before.max() - before.min()) / 250
        assert len(loaded.crops[take.id]) == 20


def test_other_networks_compute_features_from_the_saved_crops(home: Path, profile: Profile) -> None:
    save_profile(home / "mine", profile)
    seen = load_profile(home / "mine", ("newer",), lambda shown: np.ones((len(shown), 4), np.float32))
    assert seen.info.networks == ("newer",)
    assert all(features.shape == (20, 4) for features in seen.features.values())


def test_without_crops_the_phrases_to_show_again_are_named(home: Path, profile: Profile) -> None:
    save_profile(home / "mine", Profile(profile.info, profile.features))
    with pytest.raises(UserError, match="Record these phrases again: 물 주세요, 아파요"):
        load_profile(home / "mine", ("newer",), never)


def test_a_removed_phrase_is_deleted_from_the_disk(home: Path, profile: Profile) -> None:
    save_profile(home / "mine", profile)
    save_profile(home / "mine", profile.without_phrase("아파요"))
    assert len(list((home / "mine" / "takes").iterdir())) == 2
    delete_profile(home / "mine")
    assert not (home / "mine").exists()


def test_export_and_import(home: Path, profile: Profile, tmp_path: Path) -> None:
    save_profile(home / "나의 말", profile)
    export_profile(home / "나의 말", tmp_path / "mine.zip")
    folder = import_profile(tmp_path / "mine.zip")
    assert folder.name == "나의 말 2"
    assert load_profile(folder, NETWORKS, never).info == profile.info
    assert profile_names() == ["나의 말", "나의 말 2"]


def test_a_file_that_is_no_profile_is_refused(home: Path, tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_bytes(b"no")
    with pytest.raises(UserError, match="not an exported profile"):
        import_profile(tmp_path / "no.zip")
    assert profile_names() == []


def test_a_full_disk_leaves_the_profile_unchanged(
    home: Path, profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_profile(home / "mine", profile)

    def full(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(profiles, "write_atomically", full)
    with pytest.raises(UserError, match="no space left"):
        save_profile(home / "mine", profile.with_take("네", Person().shows(5), crops(20)))
    assert load_profile(home / "mine", NETWORKS, never).info == profile.info


def test_damaged_and_missing_profiles_are_reported(home: Path, profile: Profile) -> None:
    with pytest.raises(UserError, match="no profile"):
        load_profile(home / "nobody", NETWORKS, never)
    save_profile(home / "mine", profile)
    (home / "mine" / "profile.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="damaged"):
        load_profile(home / "mine", NETWORKS, never)


def test_too_many_phrases_are_refused(profile: Profile) -> None:
    with pytest.raises(UserError, match=f"up to {MAX_PHRASES} phrases; this would make 502"):
        profile.with_phrases(f"phrase {number}" for number in range(500))


@pytest.mark.parametrize("name", ["", "  ", "../up", "a/b", ".hidden", "a:b"])
def test_names_that_cannot_be_folders_are_refused(name: str) -> None:
    with pytest.raises(UserError, match="cannot be used as a profile name"):
        check_name(name)


def test_sixty_takes_need_little_disk_space() -> None:
    """Features of realistic size; noise compresses worse than real mouths do."""
    made = Profile(ProfileInfo("large", networks=NETWORKS))
    random = np.random.default_rng(0)
    for number in range(60):
        sparse = np.maximum(random.normal(size=(25, 1024)) - 0.8, 0).astype(np.float32)
        made = made.with_take(f"phrase {number // 3}", sparse)
    assert len(profiles._packed(made.features)) < 1_000_000
