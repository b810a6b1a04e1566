"""Model folders with misleading content and correct hashes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import onnx

from klipnet_live.assets import MODELS
from klipnet_live.manifest import FILE_NAME, sha256_of


def model_with(tmp_path: Path, file: str, graph: onnx.GraphProto) -> Path:
    """A copy of a model folder in which this graph replaces the `stream` or `final` graph."""
    folder = tmp_path / "model"
    shutil.copytree(MODELS / "en-grid", folder)
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(folder / f"{file}.onnx"))
    table = json.loads((folder / FILE_NAME).read_text("utf-8"))
    table[file] = {"file": f"{file}.onnx", "sha256": sha256_of(folder / f"{file}.onnx")}
    (folder / FILE_NAME).write_text(json.dumps(table), encoding="utf-8")
    return folder


def value(name: str, *shape: int | str, kind: int = onnx.TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return onnx.helper.make_tensor_value_info(name, kind, shape)


def endless_model(tmp_path: Path) -> Path:
    """The final graph counts to 2^62 before it answers."""
    make, tensor = onnx.helper.make_node, onnx.helper.make_tensor
    whole, flag = onnx.TensorProto.INT64, onnx.TensorProto.BOOL
    body = onnx.helper.make_graph(
        [make("Identity", ["go"], ["go_on"]), make("Identity", ["x"], ["y"])],
        "body",
        [value("i", kind=whole), value("go", kind=flag), value("x", 1, "t", "f")],
        [value("go_on", kind=flag), value("y", 1, "t", "f")],
    )
    graph = onnx.helper.make_graph(
        [make("Loop", ["most", "yes", "kept"], ["out"], body=body)],
        "g",
        [value("kept", 1, "t", "f")],
        [value("out", 1, "t", "f")],
        [tensor("most", whole, [], [2**62]), tensor("yes", flag, [], [True])],
    )
    return model_with(tmp_path, "final", graph)
