"""Safely reads checkpoints of Auto-AVSR and of Visual Speech Recognition for Multiple Languages.

Both projects publish weights of the same network under slightly different names. Files are read with
`weights_only`, so no code in them is executed; the name and shape of each tensor are checked.
"""

from __future__ import annotations

import pickle
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from klipnet_live.types import UserError
from klipnet_training.autoavsr.network import LipReader, Sizes

_WRAPPERS = ("state_dict", "model_state_dict", "model")
"""Keys under which training programs store the weights."""

_ZIP, _PICKLE = b"PK\x03\x04", b"\x80"
"""First bytes of the two formats of `torch.save`."""

_WRAPPED = re.compile(r"^(module|model)\.")

_RENAMED = (
    (re.compile(r"^encoder\.frontend\."), "frontend."),
    (re.compile(r"^encoder\.embed\.0\.(weight|bias)$"), r"proj_encoder.\1"),
    (re.compile(r"^encoder\.norm\."), "encoder.after_norm."),
    (re.compile(r"^decoder\.output_norm\."), "decoder.after_norm."),
)
"""Maps names of the older project to the names of this network."""

_UNUSED = re.compile(r"num_batches_tracked$|\.pe$|^criterion\.")

_OTHER_KINDS = (
    (
        re.compile(r"^(aux_encoder|fusion)\."),
        "{path} is an audio-visual model: choose a checkpoint of video alone, such as {example}.",
    ),
    (
        re.compile(r"^predictor\.|^embed\.weight$"),
        "{path} is a language model: choose a checkpoint that reads lips, and give this one with "
        "--language-model.",
    ),
    (
        re.compile(r"^frontend\.(trunk\.)?conv1\.weight$|^frontend\.frontend1D\."),
        "{path} is an audio model: choose a checkpoint of video, such as {example}.",
    ),
)
"""Weight names of other kinds of checkpoints, and the error message for each kind."""

_EXAMPLE = "vsr_trlrs2lrs3vox2avsp_base.pth"

_MAX_BLOCKS = 64

Weights = Mapping[str, Tensor]
Module = TypeVar("Module", bound=nn.Module)


def read_checkpoint(path: Path) -> LipReader:
    """The network of a checkpoint in eval mode. Raises UserError."""
    weights = {_renamed(name): value for name, value in weights_of(path).items()}
    _check_kind(weights, path)
    sizes = sizes_of(weights, path)
    with torch.device("meta"):
        network = LipReader(sizes)
    check_weights(weights, network.state_dict(), path)
    return load_into(network, weights)


def sizes_of(weights: Weights, path: Path) -> Sizes:
    """Network sizes inferred from the shapes of the weights. Raises UserError."""
    try:
        symbols, width = weights["ctc.ctc_lo.weight"].shape
        blocks = count(weights, "encoder.encoders")
        decoder_blocks = count(weights, "decoder.decoders")
        return Sizes(
            symbols=symbols,
            width=width,
            heads=weights["encoder.encoders.0.self_attn.pos_bias_u"].shape[0],
            units=weights["encoder.encoders.0.feed_forward.w_1.weight"].shape[0],
            blocks=blocks,
            kernel=weights["encoder.encoders.0.conv_module.depthwise_conv.weight"].shape[2],
            decoder_blocks=decoder_blocks,
            decoder_units=weights["decoder.decoders.0.feed_forward.w_1.weight"].shape[0]
            if decoder_blocks
            else 0,
            activation="prelu" if "frontend.trunk.layer1.0.relu1.weight" in weights else "swish",
        )
    except (KeyError, ValueError, IndexError) as error:
        raise UserError(
            "{path} is not a video model of Auto-AVSR ({missing} is missing or has another shape): import a "
            "checkpoint for visual speech recognition, such as {example}.",
            path=path,
            example=_EXAMPLE,
            missing=error.args[0] if isinstance(error, KeyError) else "a weight",
        ) from error


def _check_kind(weights: Weights, path: Path) -> None:
    for pattern, message in _OTHER_KINDS:
        if any(pattern.search(name) for name in weights):
            raise UserError(message, path=path, example=_EXAMPLE)


def weights_of(path: Path) -> dict[str, Tensor]:
    """The weights of a file, in floats, without the prefixes of whoever wrapped them. Raises UserError."""
    content = _loaded(path)
    for wrapper in _WRAPPERS:
        if isinstance(content, dict) and isinstance(content.get(wrapper), dict):
            content = content[wrapper]
            break
    if not isinstance(content, dict) or not content:
        raise UserError("{path} has no weights: choose the .pth file of a released model.", path=path)
    weights: dict[str, Tensor] = {}
    for name, value in content.items():
        if not isinstance(name, str) or not isinstance(value, Tensor):
            raise UserError(
                "{path} has {name!r}, which is not a weight: choose the .pth file of a released model.",
                path=path,
                name=name,
            )
        if not _UNUSED.search(name):
            weights[_WRAPPED.sub("", name)] = value.detach().float()
    return weights


def load_into(module: Module, weights: Weights) -> Module:
    """Put weights that were checked into a network made on the device `meta`."""
    module.load_state_dict(weights, strict=False, assign=True)
    for name, buffer in module.named_buffers():
        # Only the batch counters of the normalisations are not in `weights`; inference ignores them.
        if buffer.is_meta:
            parent, _, last = name.rpartition(".")
            module.get_submodule(parent).register_buffer(last, torch.zeros(buffer.shape, dtype=buffer.dtype))
    return module.eval()


def _loaded(path: Path) -> object:
    try:
        _check_container(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="cpu", weights_only=True)
    except UserError:
        raise
    except FileNotFoundError as error:
        raise UserError("There is no file {path}.", path=path) from error
    except pickle.UnpicklingError as error:
        raise UserError(
            "{path} contains code, which was not run as it may be harmful: choose the .pth file of a "
            "released model.",
            path=path,
        ) from error
    except Exception as error:
        # torch may raise almost any exception for a damaged file.
        raise UserError(
            "{path} is damaged or not a PyTorch checkpoint ({reason}): download it again.",
            path=path,
            reason=re.split(r"\n|\. ", str(error))[0] or type(error).__name__,
        ) from error


def _check_container(path: Path) -> None:
    """Reject a folder, an archive, an incomplete download, or a web page saved in its place. UserError."""
    if path.is_dir():
        raise UserError("{path} is a folder: choose the .pth file in it.", path=path)
    with path.open("rb") as file:
        first = file.read(4)
    if first == _ZIP:
        if not zipfile.is_zipfile(path):
            raise UserError("{path} is incomplete: download it again.", path=path)
        with zipfile.ZipFile(path) as archive:
            if not any(name.endswith("data.pkl") for name in archive.namelist()):
                raise UserError("{path} is an archive: unpack it and choose the .pth file in it.", path=path)
    elif first[:1] != _PICKLE:
        raise UserError(
            "{path} is not a PyTorch checkpoint, but perhaps a web page that was saved in its place: "
            "download it again.",
            path=path,
        )


def _renamed(name: str) -> str:
    for pattern, replacement in _RENAMED:
        name = pattern.sub(replacement, name)
    return name


def count(weights: Iterable[str], prefix: str) -> int:
    """How many blocks there are under a name; ValueError where one is left out."""
    pattern = re.compile(rf"^{re.escape(prefix)}\.(\d+)\.")
    numbers = {int(match[1]) for name in weights if (match := pattern.match(name))}
    if len(numbers) > _MAX_BLOCKS or numbers != set(range(len(numbers))):
        raise ValueError(f"{prefix} has gaps")
    return len(numbers)


def check_weights(weights: Weights, expected: Weights, path: Path) -> None:
    """Check that all weights are present, finite and of the right shape, and that none is left over.

    Raises UserError.
    """
    used = {name: value for name, value in expected.items() if not _UNUSED.search(name)}
    for name, value in used.items():
        if name not in weights:
            problem = f"{name} is missing"
        elif weights[name].shape != value.shape:
            problem = f"{name} is {_shape(weights[name])}, expected {_shape(value)}"
        elif not bool(torch.isfinite(weights[name]).all()):
            problem = f"{name} has values that are not finite"
        else:
            continue
        raise UserError(
            "{path} cannot be imported: {problem}. Download it again, or choose another checkpoint.",
            path=path,
            problem=problem,
        )
    if left := sorted(set(weights) - set(used)):
        raise UserError(
            "{path} has another architecture: it has the weight {name} and {count} more unknown ones.",
            path=path,
            name=left[0],
            count=len(left) - 1,
        )


def _shape(value: Tensor) -> str:
    return "x".join(map(str, value.shape)) or "a number"
