"""Feeds damaged and hostile files to everything that reads files from other people.

    python -m benchmarks.fuzz --minutes 10
    python -m benchmarks.fuzz --rounds 40 --only grammar --seed 7

Each case is a valid file with a few changed bytes. Reading it must end within seconds, either with the
readable part or with one UserError. The current case is written to a temporary folder, which is left behind
when the process dies.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from klipnet_live.assets import ASSETS, DEMOS, MODELS
from klipnet_live.capture.video_file import VideoFile
from klipnet_live.decoding.grammar import load_grammar, load_sentences
from klipnet_live.lips.alphabet import alphabet_for
from klipnet_live.manifest import FILE_NAME, load_manifest
from klipnet_live.plain_text import say
from klipnet_live.settings import Settings
from klipnet_live.settings_file import load, save
from klipnet_live.transcripts.session_file import SUFFIX
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import FPS, UserError

MAX_CPU_S = 12.0
"""Limit of CPU time per case; a grammar that is rejected late takes most of it."""

_PICTURES = 40

_TOKENS = (
    b"", b"\x00", b"\xff", b"\n", b"\r\n", b"\t", b'"', b"[" * 400, b"{" * 400, b"(" * 400, b"NaN", b"1e999",
    b"-1", b"9" * 400, b"null", b"true", b"../", b"/", b"\\N", b"-->", b"*", b"+", b"|", b"<a>", b";",
    "가".encode(), "\u202e".encode(), b"\xed\xb0\x80",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FuzzTarget:
    """A file format: valid seed files, the file name of a case, and the function that reads it."""

    seeds: tuple[bytes, ...]
    name: str
    read: Callable[[Path], object]
    share: float = 1.0
    """Of the cases; slow targets get fewer."""


def targets(folder: Path) -> dict[str, FuzzTarget]:
    """All file formats. Seed files are generated in `folder`."""
    english = alphabet_for("en")
    grammars = [path.read_bytes() for path in sorted((ASSETS / "grammars").glob("*"))]
    manifest = (MODELS / "en-grid" / FILE_NAME).read_bytes()
    table = b"path\tspeaker\ttext\tsplit\na.mp4\ts1\tbin blue at f two now\ttrain\nb.mp4\ts2\tset red\tval\n"
    return {
        "manifest": FuzzTarget((manifest,), FILE_NAME, lambda path: load_manifest(path.parent, verify=False)),
        "grammar": FuzzTarget(tuple(grammars), "case.jsgf", lambda path: load_grammar(path, english), 0.5),
        "list": FuzzTarget((b"bin blue at f two now\nset red\n",), "case.txt", _read_lists),
        "table": FuzzTarget((table,), "transcripts.tsv", _read_table),
        "settings": FuzzTarget((_settings(folder),), "settings.json", _read_settings),
        "transcript": FuzzTarget((_transcript(folder),), f"case{SUFFIX}", _read_transcript),
        "video": FuzzTarget(tuple(_videos()), "case.mp4", _read_video, 0.3),
        **_preparations(folder),
    }


def _read_lists(path: Path) -> None:
    load_sentences(path, alphabet_for("en"))
    load_grammar(path, alphabet_for("ko"))


def _read_table(path: Path) -> None:
    from klipnet_training.data.layouts import read_dataset
    from klipnet_training.data.recordings import with_unique_names

    for named in with_unique_names(read_dataset(path.parent, "plain")):
        assert Path(named.name).name == named.name, f"{named.name!r} is a path"


def _read_settings(path: Path) -> None:
    loaded = load(path)
    assert loaded.problem is None or load(path).problem is None, "the problem is reported at every start"


def _read_transcript(path: Path) -> None:
    store = SessionStore(path.parent)
    for session in store.sessions():
        for ending in (".srt", ".vtt", ".txt", ".csv", ".json"):
            store.export(session.id, path.with_suffix(f".out{ending}"))


def _read_video(path: Path) -> None:
    list(islice(VideoFile(path, "fast").frames(), _PICTURES))


def _preparations(folder: Path) -> dict[str, FuzzTarget]:
    """A folder of recordings in which one file is damaged: table, video, alignment or picture of a mouth."""
    good = folder / "recordings"
    (good / "mouths").mkdir(parents=True)
    mouths = [np.full((50, 100, 3), 6 * number, np.uint8) for number in range(40)]
    video = cv2.VideoWriter(str(good / "talk.mp4"), cv2.VideoWriter.fourcc(*"mp4v"), FPS, (100, 50))
    for number, image in enumerate(mouths):
        cv2.imwrite(str(good / "mouths" / f"{number}.png"), image)
        video.write(image)
    video.release()
    (good / "talk.align").write_text("0 12000 bin\n12000 25000 blue\n")
    (good / "transcripts.tsv").write_text(
        "path\tspeaker\ttext\tsplit\talign\n"
        "talk.mp4\ts1\tbin blue\ttrain\ttalk.align\nmouths\t\t안녕\tval\t\n"
    )
    prepare = _Preparation(good)
    return {
        f"prepare-{kind}": FuzzTarget(((good / name).read_bytes(),), Path(name).name, prepare.of(name), share)
        for kind, name, share in (
            ("table", "transcripts.tsv", 0.3),
            ("video", "talk.mp4", 0.3),
            ("align", "talk.align", 0.3),
            ("picture", "mouths/0.png", 0.3),
        )
    }


class _Preparation:
    """Prepares, checks and splits a copy of a folder of recordings, as `klipnet-data` does."""

    def __init__(self, good: Path) -> None:
        self._good = good

    def of(self, name: str) -> Callable[[Path], None]:
        """A function that does it with another file in place of `name`."""
        return lambda case: self._run(name, case)

    def _run(self, name: str, case: Path) -> None:
        with TemporaryDirectory(dir=case.parent) as place:
            folder, out = Path(place, "dataset"), Path(place, "out")
            shutil.copytree(self._good, folder)
            shutil.copy(case, folder / name)
            before = sorted(folder.rglob("*"))
            _prepare(folder, out)
            assert sorted(Path(place).iterdir()) == [folder, out], "something is written elsewhere"
            assert sorted(folder.rglob("*")) == before, "something is written into the recordings"


def _prepare(folder: Path, out: Path) -> None:
    from klipnet_training.data.check import check_rows
    from klipnet_training.data.clips import prepared_rows
    from klipnet_training.data.layouts import read_dataset
    from klipnet_training.data.prepare import finish
    from klipnet_training.data.recordings import by_source, with_unique_names
    from klipnet_training.data.split import SplitRule, split_folder
    from klipnet_training.data.window import Window
    from klipnet_training.data.worker import CropSettings, Worker

    from klipnet_live.dataset_format import TABLE

    (out / "crops").mkdir(parents=True)
    named = with_unique_names(read_dataset(folder))
    settings = CropSettings(out, Window())
    worker = Worker(settings)
    outcomes = [outcome for group in by_source(named) for outcome in worker(group)]
    for outcome in outcomes:
        assert "\n" not in outcome.problem, f"a problem of several lines: {outcome.problem}"
    if finish(settings, outcomes):
        list(check_rows(out, prepared_rows(out)))
        split_folder(out, SplitRule("random_split"), TABLE)


def _settings(folder: Path) -> bytes:
    save(Settings(), folder / "settings.json")
    return (folder / "settings.json").read_bytes()


def _transcript(folder: Path) -> bytes:
    from datetime import UTC, datetime

    from klipnet_live.captions.lines import CaptionLine

    store = SessionStore(folder / "sessions")
    journal = store.begin("Talk", "en", "camera:0", datetime(2026, 3, 1, tzinfo=UTC), lambda problem: None)
    for number in range(8):
        journal(CaptionLine("1", "Ada", number, number + 0.9, f"line {number} 안녕", 0.9))
    journal.close()
    return (folder / "sessions" / f"{journal.session_id}{SUFFIX}").read_bytes()


def _videos() -> Iterator[bytes]:
    for path in sorted(DEMOS.glob("*.mp4"))[:2]:
        yield path.read_bytes()


def damaged(good: bytes, chance: random.Random) -> bytes:
    """`good` with one to eight changes; in large files most are in the first and last 4 KB."""
    data = bytearray(good)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = _place(len(data), chance)
        kind = chance.randrange(5)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] = chance.randrange(256)
        elif kind == 1:
            data[at:at] = chance.choice(_TOKENS)
        elif kind == 2:
            del data[at : at + chance.choice((1, 2, 8, 100))]
        elif kind == 3:
            length = chance.choice((1, 8, 60))
            data[at : at + length] = chance.choice(_TOKENS)
        else:
            begin = _place(len(data), chance)
            data[at:at] = data[begin : begin + chance.choice((4, 40, 400))]
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data)


def _place(length: int, chance: random.Random) -> int:
    edge = chance.randrange(min(length, 4096) + 1)
    return chance.choice((edge, length - edge, chance.randrange(length + 1)))


def fault_of(target: FuzzTarget, case: bytes, path: Path) -> str | None:
    """What went wrong while reading a case; None if nothing did."""
    path.write_bytes(case)
    began_s = time.process_time()
    try:
        target.read(path)
    except UserError as error:
        if "\n" in str(error) and b"\n" not in path.name.encode():
            return f"a message of several lines: {error}"
    except BaseException:
        return traceback.format_exc()
    taken_s = time.process_time() - began_s
    return f"took {taken_s:.1f} s" if taken_s > MAX_CPU_S else None


def run(only: str | None, seed: int, more: Callable[[int], bool], kept: Path) -> int:
    """Run one case of each kind per round while `more(round)`; return the number of faults."""
    faults = done = round_ = 0
    with TemporaryDirectory(prefix="klipnet-fuzz-") as folder:
        every = {name: t for name, t in targets(Path(folder)).items() if only in (None, name)}
        while more(round_):
            for name, target in every.items():
                chance = random.Random(f"{seed} {name} {round_}")
                if chance.random() <= target.share:
                    done += 1
                    faults += _try(name, target, chance, Path(folder), kept)
            round_ += 1
    say(f"{done} cases, {faults} faults")
    return faults


def _try(name: str, target: FuzzTarget, chance: random.Random, folder: Path, kept: Path) -> bool:
    """Run one case. Print a fault and keep its case; return whether there was one."""
    place = folder / name
    place.mkdir(exist_ok=True)
    case = damaged(chance.choice(target.seeds), chance)
    fault = fault_of(target, case, place / target.name)
    if fault is None:
        return False
    kept.mkdir(parents=True, exist_ok=True)
    copy = kept / f"{hashlib.sha256(case).hexdigest()[:12]}-{target.name}"
    copy.write_bytes(case)
    sys.stderr.write(f"{name}, kept as {copy}:\n{fault}\n")
    return True


def main(arguments: list[str] | None = None) -> int:
    """Return the exit status: 1 if there was a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--minutes", type=float, default=1.0, metavar="N")
    length.add_argument("--rounds", type=int, metavar="N", help="rounds of one case of each kind")
    parser.add_argument(
        "--only",
        metavar="KIND",
        help="manifest, grammar, list, table, settings, transcript, video; prepare-table, -video, -align, "
        "-picture",
    )
    parser.add_argument("--seed", type=int, default=1, help="random seed; the same seed gives the same cases")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-faults"), help="folder for cases with faults")
    options = parser.parse_args(arguments)
    end_s = time.monotonic() + 60 * options.minutes

    def more(done: int) -> bool:
        return bool(time.monotonic() < end_s if options.rounds is None else done < options.rounds)

    return int(run(options.only, options.seed, more, options.keep) > 0)


if __name__ == "__main__":
    sys.exit(main())
