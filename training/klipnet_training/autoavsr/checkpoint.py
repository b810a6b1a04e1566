"""Checkpoints of Auto-AVSR and of Visual Speech Recognition for Multiple Languages, read safely.

Both projects publish the weights of one network under slightly different names. A file is read with
`weights_only`, so nothing in it is executed; each tensor's name and shape is checked against the network.
"""

from __future__ import annotations

import json
import pickle
import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

import torch
from torch import Tensor

from klipnet_live.types import UserError
from klipnet_training.autoavsr.network import LipReader, Sizes

_WRAPPERS = ("state_dict", "model_state_dict", "model")
"""Keys under which training programs put the weights."""

_RENAMED = (
    (re.compile(r"^(module|model)\."), ""),
    (re.compile(r"^encoder\.frontend\."), "frontend."),
    (re.compile(r"^encoder\.embed\.0\.(weight|bias)$"), r"proj_encoder.\1"),
    (re.compile(r"^encoder\.norm\."), "encoder.after_norm."),
    (re.compile(r"^decoder\.output_norm\."), "decoder.after_norm."),
)
"""Names of the older project, and prefixes of wrappers, as this network calls them."""

_UNUSED = re.compile(r"num_batches_tracked$|\.pe$|^criterion\.")

_MOST_BLOCKS = 64


def read_checkpoint(path: Path) -> LipReader:
    """The network of a checkpoint, ready to read. Errors: UserError, in one line."""
    weights = _weights_of(path)
    sizes = sizes_of(weights, path)
    with torch.device("meta"):
        network = LipReader(sizes)
    _check(weights, network.state_dict(), path)
    network.load_state_dict(weights, strict=False, assign=True)
    for name, buffer in network.named_buffers():
        # Only the batch counters of the normalisations are not in `weights`; inference ignores them.
        if buffer.is_meta:
            parent, _, last = name.rpartition(".")
            network.get_submodule(parent).register_buffer(last, torch.zeros(buffer.shape, dtype=buffer.dtype))
    return network.eval()


def check_configuration(path: Path) -> None:
    """Whether a model.json of the older project describes this network. Errors: UserError."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        options = content if isinstance(content, dict) else content[2]
        expected = {
            "transformer_input_layer": "conv3d",
            "transformer_encoder_attn_layer_type": "rel_mha",
            "rel_pos_type": "latest",
        }
        wrong = {name: options.get(name) for name, value in expected.items() if options.get(name) != value}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise UserError(
            "{path} cannot be read as a model.json: {reason}.", path=path, reason=error
        ) from error
    if wrong:
        raise UserError(
            "{path} describes another network ({found}): only video models with the latest relative "
            "positions can be imported.",
            path=path,
            found=", ".join(f"{name} = {value}" for name, value in wrong.items()),
        )


def sizes_of(weights: Mapping[str, Tensor], path: Path) -> Sizes:
    """The sizes that the shapes of the weights tell."""
    try:
        symbols, width = weights["ctc.ctc_lo.weight"].shape
        blocks = _count(weights, "encoder.encoders")
        decoder_blocks = _count(weights, "decoder.decoders")
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
            "{path} is no video model of Auto-AVSR ({missing} is missing or has another shape): import a "
            "checkpoint of its visual speech recognition, such as vsr_trlrs2lrs3vox2avsp_base.pth.",
            path=path,
            missing=error.args[0] if isinstance(error, KeyError) else "a weight",
        ) from error


def _weights_of(path: Path) -> dict[str, Tensor]:
    content = _loaded(path)
    for wrapper in _WRAPPERS:
        if isinstance(content, dict) and isinstance(content.get(wrapper), dict):
            content = content[wrapper]
            break
    if not isinstance(content, dict) or not content:
        raise UserError("{path} holds no weights: choose the .pth file of a released model.", path=path)
    weights: dict[str, Tensor] = {}
    for name, value in content.items():
        if not isinstance(name, str) or not isinstance(value, Tensor):
            raise UserError(
                "{path} holds {name!r}, which is no weight: choose the .pth file of a released model.",
                path=path,
                name=name,
            )
        if not _UNUSED.search(name):
            weights[_renamed(name)] = value.detach().float()
    return weights


def _loaded(path: Path) -> object:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise UserError("There is no file {path}.", path=path) from error
    except pickle.UnpicklingError as error:
        raise UserError(
            "{path} holds more than weights, which may be harmful and was not run: choose the .pth file of a "
            "released model.",
            path=path,
        ) from error
    except Exception as error:
        # A damaged file can make torch raise almost anything.
        raise UserError(
            "{path} is damaged or no checkpoint of PyTorch ({reason}): fetch it again.",
            path=path,
            reason=str(error).partition("\n")[0] or type(error).__name__,
        ) from error


def _renamed(name: str) -> str:
    for pattern, replacement in _RENAMED:
        name = pattern.sub(replacement, name)
    return name


def _count(weights: Iterable[str], prefix: str) -> int:
    pattern = re.compile(rf"^{re.escape(prefix)}\.(\d+)\.")
    numbers = {int(match[1]) for name in weights if (match := pattern.match(name))}
    if len(numbers) > _MOST_BLOCKS or numbers != set(range(len(numbers))):
        raise ValueError(f"{prefix} has gaps")
    return len(numbers)


def _check(weights: Mapping[str, Tensor], expected: Mapping[str, Tensor], path: Path) -> None:
    """Each weight of the network is there with its shape, finite, and nothing is left over."""
    wanted = {name: value for name, value in expected.items() if not _UNUSED.search(name)}
    for name, value in wanted.items():
        if name not in weights:
            problem = f"{name} is missing"
        elif weights[name].shape != value.shape:
            problem = f"{name} is {_shape(weights[name])}, expected {_shape(value)}"
        elif not bool(torch.isfinite(weights[name]).all()):
            problem = f"{name} holds values that are no numbers"
        else:
            continue
        raise UserError(
            "{path} cannot be imported: {problem}. Fetch it again, or choose another checkpoint.",
            path=path,
            problem=problem,
        )
    if left := sorted(set(weights) - set(wanted)):
        raise UserError(
            "{path} is of another architecture: it has {name}, and {count} more such weights.",
            path=path,
            name=left[0],
            count=len(left) - 1,
        )


def _shape(value: Tensor) -> str:
    return "x".join(map(str, value.shape)) or "a number"
