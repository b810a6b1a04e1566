"""The program's own parts: Python, the libraries that read faces and lips, and their models."""

from __future__ import annotations

import importlib
import platform
import sys
from importlib import metadata

from klipnet_live.assets import FACE_MODEL, MODELS
from klipnet_live.doctor.check import Check
from klipnet_live.manifest import load_manifest, sha256_of
from klipnet_live.pipeline.open import model_folders
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
    return Check(name, False, f"{text} is not supported", "Use Python 3.11, 3.12 or 3.13.")


def mediapipe_check(name: str) -> Check:
    """Starts the face tracker, which is what the library is there for."""
    if not has_mediapipe_wheel(platform.system(), platform.machine()):
        where = f"{platform.system()} {platform.machine()}"
        remedy = f"MediaPipe {MEDIAPIPE} exists for Linux and Windows on x86-64 and macOS on arm64: use one."
        return Check(name, False, f"there is none for {where}", remedy)
    remedy = f"pip install mediapipe=={MEDIAPIPE}"
    version = _version("mediapipe")
    if version is None:
        return Check(name, False, "not installed", remedy)
    if version != MEDIAPIPE:
        return Check(name, False, f"{version} is not the release that keeps to this computer", remedy)
    from klipnet_live.tracking.faces import Landmarker

    try:
        Landmarker().close()
    except UserError as error:
        return Check(name, False, str(error), remedy)
    return Check(name, True, f"{version}, the face tracker starts")


def has_mediapipe_wheel(system: str, machine: str) -> bool:
    """Both as the `platform` module names them."""
    return (system, machine) in _WHEELS


def face_model_check(name: str) -> Check:
    remedy = "Install KLipNet Live again."
    if not FACE_MODEL.is_file():
        return Check(name, False, f"{FACE_MODEL} is missing", remedy)
    if sha256_of(FACE_MODEL) != FACE_MODEL_SHA256:
        return Check(name, False, f"{FACE_MODEL} is not the file that was released", remedy)
    return Check(name, True, f"{FACE_MODEL.name}, as released")


def onnxruntime_check(name: str) -> Check:
    installed = [package for package in _ONNXRUNTIMES if _version(package)]
    if not installed:
        return Check(name, False, "not installed", "Install KLipNet Live again: pip install .")
    if len(installed) > 1:
        remedy = f"pip uninstall {' '.join(installed)}, then: pip install {installed[-1]}"
        return Check(name, False, f"{' and '.join(installed)} overwrite each other", remedy)
    # By name: only klipnet_live.reading imports it, and it does not tell the providers without a model.
    providers = importlib.import_module("onnxruntime").get_available_providers()
    offered = ", ".join(provider.removesuffix("ExecutionProvider") for provider in providers)
    return Check(name, True, f"{installed[0]} {_version(installed[0])}, built for {offered}")


def models_check(name: str) -> Check:
    """The models and their hashes; one that works is enough."""
    good, bad = [], []
    for folder in model_folders():
        try:
            good.append(f"{folder.name} ({load_manifest(folder).language})")
        except UserError as error:
            bad.append(str(error))
    if not good and not bad:
        return Check(name, False, f"no model in {MODELS}", "Put a model folder there, or install again.")
    return Check(name, bool(good) and not bad, ", ".join(good) or "none can be used", " ".join(bad))


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
