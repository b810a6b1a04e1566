"""Checks of the program itself: Python, libraries, and models."""

from __future__ import annotations

import importlib
import platform
import sys
from importlib import metadata

from klipnet_live.assets import FACE_MODEL, MODELS
from klipnet_live.doctor.check import Check, joined, line
from klipnet_live.manifest import load_manifest, sha256_of
from klipnet_live.models import model_folders
from klipnet_live.sound.catalogue import MODELS as SOUND_MODELS
from klipnet_live.sound.catalogue import NEEDED
from klipnet_live.sound.store import can_hear, damaged_files, is_here
from klipnet_live.types import UserError

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 13)

MEDIAPIPE = "0.10.30"
FACE_MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"

_WHEELS = {("Linux", "x86_64"), ("Windows", "AMD64"), ("Darwin", "arm64")}
_ONNXRUNTIMES = ("onnxruntime", "onnxruntime-gpu", "onnxruntime-directml", "onnxruntime-openvino")


def python_check(name: str, version: tuple[int, int] = sys.version_info[:2]) -> Check:
    text = ".".join(map(str, version))
    if OLDEST_PYTHON <= version <= NEWEST_PYTHON:
        return Check(name, True, text)
    return Check(
        name, False, line("{version} is not supported", version=text), "Use Python 3.11, 3.12 or 3.13."
    )


def mediapipe_check(name: str) -> Check:
    """Starts the face tracker to check that the library works."""
    if not has_mediapipe_wheel(platform.system(), platform.machine()):
        detail = line("not available for {where}", where=f"{platform.system()} {platform.machine()}")
        systems = "Use Linux or Windows on x86-64, or macOS on arm64: MediaPipe {version} exists only there."
        return Check(name, False, detail, line(systems, version=MEDIAPIPE))
    remedy = f"pip install mediapipe=={MEDIAPIPE}"
    version = _version("mediapipe")
    if version is None:
        return Check(name, False, "not installed", remedy)
    if version != MEDIAPIPE:
        detail = line("{version} is not the pinned release, which sends no usage data", version=version)
        return Check(name, False, detail, remedy)
    from klipnet_live.tracking.faces import Landmarker

    try:
        Landmarker().close()
    except UserError as error:
        return Check(name, False, error, remedy)
    return Check(name, True, line("{version}, the face tracker works", version=version))


def has_mediapipe_wheel(system: str, machine: str) -> bool:
    """Whether there is a wheel; arguments as from the `platform` module."""
    return (system, machine) in _WHEELS


def face_model_check(name: str) -> Check:
    remedy = "Install KLipNet Live again."
    if not FACE_MODEL.is_file():
        return Check(name, False, line("{path} is missing", path=FACE_MODEL), remedy)
    if sha256_of(FACE_MODEL) != FACE_MODEL_SHA256:
        return Check(name, False, line("{path} differs from the published file", path=FACE_MODEL), remedy)
    return Check(name, True, line("{file}, as published", file=FACE_MODEL.name))


def onnxruntime_check(name: str) -> Check:
    installed = [package for package in _ONNXRUNTIMES if _version(package)]
    if not installed:
        return Check(name, False, "not installed", "Install KLipNet Live again: pip install .")
    if len(installed) > 1:
        both, one = " ".join(installed), installed[-1]
        remedy = line("pip uninstall {packages}, then: pip install {package}", packages=both, package=one)
        detail = line("these packages overwrite each other: {packages}", packages=", ".join(installed))
        return Check(name, False, detail, remedy)
    # By name: only klipnet_live.onnx_session may import it statically.
    providers = importlib.import_module("onnxruntime").get_available_providers()
    offered = ", ".join(provider.removesuffix("ExecutionProvider") for provider in providers)
    release = f"{installed[0]} {_version(installed[0])}"
    return Check(name, True, line("{release}, built for {providers}", release=release, providers=offered))


def models_check(name: str) -> Check:
    """The lip models and their hashes; one intact model is enough."""
    good: list[str] = []
    bad: list[UserError] = []
    for folder in model_folders():
        try:
            good.append(f"{folder.name} ({load_manifest(folder).language})")
        except UserError as error:
            bad.append(error)
    if not good and not bad:
        detail = line("no model in {folder}", folder=MODELS)
        return Check(name, False, detail, "Put a model folder there, or install KLipNet Live again.")
    remedy = joined("{first} {second}", bad) if bad else ""
    return Check(name, bool(good) and not bad, ", ".join(good) or "none is usable", remedy)


def sound_models_check(name: str) -> Check:
    """Speech recognition models; without them only lips are read."""
    broken = [model.name for model in SOUND_MODELS if is_here(model) and damaged_files(model)]
    if broken:
        remedy = "Get them again: klipnet-live sound get en, or ko"
        return Check(name, False, line("damaged: {models}", models=", ".join(broken)), remedy, needed=False)
    languages = [language for language in NEEDED if can_hear(language)]
    if not languages:
        get = "For speech recognition: klipnet-live sound get en, or ko"
        return Check(name, False, "none: only lips are read", get, needed=False)
    if "ko" in languages and _version("ctranslate2") is None:
        detail = "CTranslate2, needed for Korean, is not installed"
        return Check(name, False, detail, "Install it: pip install ctranslate2", needed=False)
    return Check(name, True, line("for {languages}", languages=", ".join(languages)), needed=False)


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
