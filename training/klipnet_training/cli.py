"""Entry points of the commands that need PyTorch. Without it they show their help and what to install."""

from __future__ import annotations

from klipnet_training.commands.parsers import evaluate_parser, export_parser, train_parser


def train() -> int:
    """`klipnet-train`."""
    train_parser().parse_args()
    from klipnet_training.commands.train import main

    return main()


def evaluate() -> int:
    """`klipnet-evaluate`."""
    evaluate_parser().parse_args()
    from klipnet_training.commands.evaluate import main

    return main()


def export() -> int:
    """`klipnet-export`."""
    export_parser().parse_args()
    from klipnet_training.commands.export import main

    return main()
