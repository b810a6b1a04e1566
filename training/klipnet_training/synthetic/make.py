"""`python -m klipnet_training.synthetic.make`: makes synthetic datasets and the bundled demo videos."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
from rich.progress import track

from klipnet_live.plain_text import say
from klipnet_live.types import UserError
from klipnet_training.arguments import positive
from klipnet_training.synthetic.dataset import Kind, write_dataset
from klipnet_training.synthetic.scene import SIZE, describe, make_scene, render_scene
from klipnet_training.synthetic.writers import write_json, write_video


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    try:
        options.run(options)
    except (UserError, OSError) as error:
        say(f"{error}", sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m klipnet_training.synthetic.make", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="{dataset,demo}")
    dataset = commands.add_parser("dataset", help="make a dataset folder of clips with exact ground truth")
    dataset.add_argument("out", type=Path, metavar="OUT", help="output folder")
    dataset.add_argument("--language", choices=("en", "ko"), required=True)
    dataset.add_argument(
        "--count", type=positive, default=100, metavar="N", help="number of clips (default 100)"
    )
    dataset.add_argument("--seed", type=int, default=0, metavar="S", help="random seed (default 0)")
    dataset.add_argument("--crops", action="store_true", help="write mouth crops (.npz) instead of videos")
    dataset.set_defaults(run=_dataset)
    demo = commands.add_parser("demo", help="make the bundled demo, with its ground truth (.json)")
    demo.add_argument("out", type=Path, metavar="OUT.mp4", help="output video")
    demo.add_argument("--language", choices=("en", "ko"), required=True)
    demo.set_defaults(run=_demo)
    return parser


def _dataset(options: argparse.Namespace) -> None:
    kind: Kind = "crops" if options.crops else "video"
    clips = write_dataset(options.out, options.language, options.count, options.seed, kind)
    for _ in track(clips, total=options.count, description=f"{options.count} clips"):
        pass


def _demo(options: argparse.Namespace) -> None:
    scene = make_scene(options.language)
    pictures = track(render_scene(scene), total=scene.frames, description=options.out.name)
    write_video(options.out, pictures, SIZE)
    write_json(options.out.with_suffix(".json"), describe(scene, options.language))


if __name__ == "__main__":
    sys.exit(main())
