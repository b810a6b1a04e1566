"""Argument parsers of the commands that need PyTorch, separate so that `--help` works without it."""

from __future__ import annotations

import argparse
from pathlib import Path

from klipnet_training.arguments import positive
from klipnet_training.config.scenarios import scenario_names


def train_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="klipnet-train", description="Train a network on prepared clips.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--config", type=Path, metavar="FILE", help="configuration file (TOML)")
    which.add_argument("--scenario", metavar="NAME", help=f"one of: {', '.join(scenario_names())}")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder of the prepared clips (default: .)")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="run folder")
    parser.add_argument("--resume", action="store_true", help="continue the run if it was stopped")
    parser.add_argument("--epochs", type=positive, metavar="N", help="override the configured number")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="SECTION.NAME=VALUE",
        help="change one value; repeatable. start_from=FOLDER starts from the weights of a run or "
        "model, such as models/en-grid (as scenario adapt does)",
    )
    return parser


def evaluate_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="klipnet-evaluate", description="Error rates of a network on a dataset."
    )
    parser.add_argument("--model", type=Path, required=True, metavar="DIR|RUN", help="model folder or run")
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="prepared clips, or recordings"
    )
    parser.add_argument("--split", metavar="S", help="only clips of this split (default: all)")
    parser.add_argument(
        "--mode", choices=("stream", "final"), default="final", help="which head (default final)"
    )
    parser.add_argument("--decoder", choices=("beam", "greedy"), default="beam", help="default beam")
    parser.add_argument("--beam-width", type=positive, metavar="N", help="default: as in the app")
    parser.add_argument("--grammar", type=Path, metavar="FILE", help="phrases, one per line, or JSGF")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write all scores and texts")
    parser.add_argument(
        "--confusion", type=Path, metavar="PNG", help="draw confusion matrices of symbols and visemes"
    )
    parser.add_argument("--saliency", nargs=2, metavar=("CLIP", "PNG"), help="draw a saliency map of a clip")
    return parser


def export_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="klipnet-export", description="Export a run as a model folder.")
    formats = parser.add_subparsers(dest="format", required=True)
    onnx = formats.add_parser("onnx", help="ONNX graphs and manifest, verified against torch")
    onnx.add_argument("run", type=Path, metavar="RUN", help="run folder written by klipnet-train")
    onnx.add_argument("-o", "--output", type=Path, required=True, help="model folder, such as models/en-grid")
    onnx.add_argument(
        "--quantize", choices=["int8"], help="a quarter of the size; prints the loss of accuracy"
    )
    onnx.add_argument(
        "--data", type=Path, metavar="DIR", help="prepared clips for --quantize (default: the run's own)"
    )
    return parser
