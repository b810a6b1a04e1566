"""Which rows and splits of an earlier run are kept when a folder is prepared again, and notes about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from klipnet_live.dataset_format import TABLE, TableRow, read_table
from klipnet_training.arguments import as_argument
from klipnet_training.data.prepare import path_of
from klipnet_training.data.worker import Outcome, origin_of


def splits_in(folder: Path) -> dict[str, str]:
    """The splits of a folder's clips by path; clips without a split are omitted."""
    table = folder / TABLE
    rows = read_table(table) if table.is_file() else ()
    return {row["path"]: row["split"] for row in rows if "path" in row and "split" in row}


def rows_to_keep(out: Path, outcomes: Sequence[Outcome], *, prune: bool = False) -> list[TableRow]:
    """Rows of an earlier run whose recordings are unavailable now or no longer in the dataset.

    They are kept unless the user asks to `prune` them. A clip that was renamed is not kept under its old
    name.
    """
    table = out / TABLE
    if prune or not table.is_file():
        return []
    now = {path_of(outcome.entry): outcome for outcome in outcomes}
    gone = [row for row in read_table(table) if "path" in row and _is_gone(now.get(row["path"]))]
    left = [row for row in gone if (out / row["path"]).is_file()]
    if not left:
        return []
    made = {origin_of(out / path) for path, outcome in now.items() if not outcome.problem}
    return [row for row in left if not _is_among(origin_of(out / row["path"]), made)]


def kept_remark(kept: Sequence[TableRow], dataset: Path) -> Iterator[str]:
    """A note about rows kept from earlier runs, if there are any."""
    if kept:
        clips = _clips(len(kept), "of an earlier run is kept", "of earlier runs are kept")
        yield f"{clips} that can no longer be found in {dataset}: --prune removes them."


def _is_gone(outcome: Outcome | None) -> bool:
    return outcome is None or outcome.out_of_reach


def _is_among(origin: str, made: Collection[str]) -> bool:
    """Whether the origin matches one of `made`; earlier versions stored origins without the folder."""
    return bool(origin) and any(one == origin or one.endswith("/" + origin) for one in made)


def split_remarks(
    dataset: Path, out: Path, rows: Sequence[TableRow], given: Mapping[str, str]
) -> Iterator[str]:
    """Notes about the splits of prepared rows; `given`: the splits of the dataset itself."""
    differ = sum(bool(given.get(row["path"])) and row.get("split") != given[row["path"]] for row in rows)
    if differ:
        yield (
            f"{_clips(differ, 'has a different split', 'have different splits')} in {dataset} and "
            f"{'keeps its own' if differ == 1 else 'keep their own'}: "
            f"to use the dataset's splits, delete {out / TABLE} and prepare again."
        )
    unassigned = sum(not row.get("split") for row in rows)
    if unassigned:
        yield (
            f"{_clips(unassigned, 'has', 'have')} no split yet and will be used for training: "
            f"`klipnet-data split {as_argument(out)} --scenario random_split` assigns new splits."
        )


def _clips(count: int, one: str, several: str) -> str:
    return f"{count} clip {one}" if count == 1 else f"{count} clips {several}"
