"""What a folder that is prepared again keeps of its splits, and what the user is told of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from klipnet_training.arguments import as_argument
from klipnet_training.data.prepare import path_of
from klipnet_training.data.table import DEFAULT_TABLE, Row, read_table
from klipnet_training.data.worker import Outcome, origin_of


def splits_in(folder: Path) -> dict[str, str]:
    """The splits of a folder's clips by their paths; clips that have none are missing."""
    table = folder / DEFAULT_TABLE
    rows = read_table(table) if table.is_file() else ()
    return {row["path"]: row["split"] for row in rows if "path" in row and "split" in row}


def rows_to_keep(out: Path, outcomes: Sequence[Outcome], *, prune: bool = False) -> list[Row]:
    """Rows of an earlier run whose recordings are out of reach or not in the dataset any more.

    What exists is not replaced by less unasked: `prune` asks. A clip that has another name now is not kept
    under its old one.
    """
    table = out / DEFAULT_TABLE
    if prune or not table.is_file():
        return []
    now = {path_of(outcome.entry): outcome for outcome in outcomes}
    gone = [row for row in read_table(table) if "path" in row and _is_gone(now.get(row["path"]))]
    left = [row for row in gone if (out / row["path"]).is_file()]
    if not left:
        return []
    made = {origin_of(out / path) for path, outcome in now.items() if not outcome.problem}
    return [row for row in left if not _is_among(origin_of(out / row["path"]), made)]


def kept_remark(kept: Sequence[Row], dataset: Path) -> Iterator[str]:
    """What is to be said of them."""
    if kept:
        clips = _clips(len(kept), "of an earlier run is kept", "of earlier runs are kept")
        yield f"{clips} that cannot be found in {dataset} now: --prune takes them out."


def _is_gone(outcome: Outcome | None) -> bool:
    return outcome is None or outcome.out_of_reach


def _is_among(origin: str, made: Collection[str]) -> bool:
    """Earlier versions wrote origins without the folder."""
    return bool(origin) and any(one == origin or one.endswith("/" + origin) for one in made)


def split_remarks(dataset: Path, out: Path, rows: Sequence[Row], given: Mapping[str, str]) -> Iterator[str]:
    """What is to be said of prepared rows; `given`: the splits that the dataset itself names."""
    differ = sum(bool(given.get(row["path"])) and row.get("split") != given[row["path"]] for row in rows)
    if differ:
        yield (
            f"{_clips(differ, 'has another split', 'have other splits')} in {dataset} and "
            f"{'keeps its own' if differ == 1 else 'keep their own'}: "
            f"delete {out / DEFAULT_TABLE} and prepare again to take those over."
        )
    undivided = sum(not row.get("split") for row in rows)
    if undivided:
        yield (
            f"{_clips(undivided, 'has', 'have')} no split yet and will be trained with: "
            f"`klipnet-data split {as_argument(out)} --scenario random_split` divides all anew."
        )


def _clips(count: int, one: str, several: str) -> str:
    return f"{count} clip {one}" if count == 1 else f"{count} clips {several}"
