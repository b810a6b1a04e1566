"""Average several checkpoints into a new run; the mean is often more accurate than each of them.

python -m klipnet_training.commands.average RUN RUN/last.pt -o RUN_MEAN

Wortsman et al. 2022, "Model soups", arXiv:2203.05482: checkpoints with a common start lie in one loss basin.
"""

from __future__ import annotations

from klipnet_training import needs_torch  # noqa: F401  # isort: skip

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from klipnet_live.types import UserError
from klipnet_training.arguments import report_failure
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.trained import load_network, load_weights

Weights = dict[str, Tensor]


def average(sources: Sequence[Path], out: Path) -> None:
    """Write a run folder with the mean weights of run folders and checkpoint files.

    The first source is a run folder, whose configuration is used. UserError if shapes differ, or if
    `out` already contains a run.
    """
    config, _ = load_network(sources[0])
    mean = mean_weights([load_weights(source) for source in sources])
    folder = RunFolder(out)
    with folder.claimed():
        folder.save_best(config, mean)


def mean_weights(parts: Sequence[Weights]) -> Weights:
    """Mean of each tensor; integers, such as batch counts, are taken from the first part."""
    shapes = [{name: value.shape for name, value in part.items()} for part in parts]
    if any(shape != shapes[0] for shape in shapes):
        raise UserError("The checkpoints are of different networks: average checkpoints of one architecture.")
    return {
        name: torch.stack([part[name] for part in parts]).mean(0) if value.is_floating_point() else value
        for name, value in parts[0].items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Average checkpoints; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "sources", type=Path, nargs="+", metavar="RUN", help="a run folder or checkpoint file"
    )
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="RUN_MEAN")
    options = parser.parse_args(arguments)
    try:
        average(options.sources, options.out)
    except Exception as error:
        return report_failure("klipnet_training.commands.average", error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
