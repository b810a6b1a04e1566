"""`klipnet-train`: trains a network on prepared clips."""

from __future__ import annotations

from klipnet_training import needs_torch  # noqa: F401  # isort: skip

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import cv2
import torch
from rich.console import Console
from rich.text import Text
from torch import Tensor

from klipnet_live.plain_text import one_line, say
from klipnet_live.types import UserError
from klipnet_training.arguments import report_failure
from klipnet_training.commands.parsers import train_parser
from klipnet_training.config.files import read_config
from klipnet_training.config.scenarios import scenario_path
from klipnet_training.config.schema import Config, DataSource
from klipnet_training.run.interruption import stop_on_request
from klipnet_training.run.parallel import Process, process_group
from klipnet_training.run.progress import TerminalWatcher
from klipnet_training.run.released import starting_weights
from klipnet_training.run.run_folder import RunFolder
from klipnet_training.run.sources import detect_language
from klipnet_training.run.trainer import Trainer
from klipnet_training.run.watcher import NullWatcher, Watcher

EXIT_STOPPED = 130
"""The exit status that shells give a program ended by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of `klipnet-train`; returns the exit code."""
    parser = train_parser()
    options = parser.parse_args(arguments)
    if not (options.config or options.scenario):
        if not options.resume:
            parser.error("add --config FILE or --scenario NAME")
        if options.data or options.epochs or options.set:
            parser.error("a resumed run keeps its configuration: --data, --epochs and --set are for new runs")
    cv2.setNumThreads(1)
    try:
        with process_group() as process:
            return _train(options, process)
    except torch.OutOfMemoryError:
        say("klipnet-train: The GPU is out of memory: lower optimisation.batch.", sys.stderr)
    except Exception as error:
        return report_failure("klipnet-train", error)
    except KeyboardInterrupt:
        return EXIT_STOPPED
    return 1


def _train(options: argparse.Namespace, process: Process) -> int:
    folder = RunFolder(options.out)
    if not options.resume:
        folder.check_free()
    config = _configuration(options, folder)
    fresh = not (options.resume and folder.begun)
    start = starting_weights(Path(config.start_from)) if config.start_from and fresh else None
    trainer = Trainer(config, options.out, process)
    console = Console(stderr=True, quiet=process.index > 0)
    with ExitStack() as stack:
        if process.index == 0:
            stack.enter_context(folder.claimed(new_run=not options.resume))
        if options.resume and folder.begun:
            trainer.resume()
        elif start is not None:
            _start_from(start, trainer, console)
        clips, validation = len(trainer.clips), len(trainer.validation)
        console.print(f"{clips} clips, {validation} for validation, on {process.device}.")
        watcher: Watcher = NullWatcher() if console.quiet else stack.enter_context(TerminalWatcher(console))
        stopped = stack.enter_context(stop_on_request())
        complete = trainer.fit(watcher, stopped)
    return _print_result(console, options.out, complete)


def _start_from(weights: dict[str, Tensor], trainer: Trainer, console: Console) -> None:
    new = trainer.start_from(weights)
    rest = f"; new layers: {', '.join(new)}" if new else ""
    console.print(Text(one_line(f"Starting from the weights of {trainer.config.start_from}{rest}.")))


def _print_result(console: Console, run: Path, complete: bool) -> int:
    if complete:
        console.print(Text(one_line(f"Done: the best weights are in {run / 'best.pt'}.")))
        return 0
    console.print(Text(one_line(f"Stopped. `klipnet-train --resume --out {run}` continues from here.")))
    return EXIT_STOPPED


def _configuration(options: argparse.Namespace, folder: RunFolder) -> Config:
    """The requested configuration; for a resumed run its own, which a given one must match."""
    requested, saved = _requested(options), folder.configuration() if options.resume else None
    if requested is None:
        if saved is None or not folder.begun:
            raise UserError("{run} has no run to resume: add --config or --scenario.", run=folder.path)
        return saved
    if saved not in (None, requested):
        raise UserError(
            "{run} was started with another configuration: omit these options, or choose another --out.",
            run=folder.path,
        )
    return requested


def _requested(options: argparse.Namespace) -> Config | None:
    path = scenario_path(options.scenario) if options.scenario else options.config
    if path is None:
        return None
    changes = [*options.set, *([f"optimisation.epochs={options.epochs}"] if options.epochs else [])]
    root = options.data or Path()
    config = read_config(path, changes, lambda config: detect_language(_under(root, config.data)))
    if not config.data:
        raise UserError("{path} has no [[data]] section: add the folders to train on.", path=path)
    return replace(config, data=_under(root, config.data), validation=_under(root, config.validation))


def _under(root: Path, sources: tuple[DataSource, ...]) -> tuple[DataSource, ...]:
    return tuple(replace(source, folder=str((root / source.folder).resolve())) for source in sources)


if __name__ == "__main__":
    sys.exit(main())
