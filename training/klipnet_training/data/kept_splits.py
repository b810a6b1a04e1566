"""What a folder that is prepared again keeps of its splits, and what the user is told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from klipnet_training.arguments import as_argument
from klipnet_training.data.table import DEFAULT_TABLE, Row, read_table


def splits_in(folder: Path) -> dict[str, str]:
    """The splits of a folder's clips by their paths; clips that have none are missing."""
    table = folder / DEFAULT_TABLE
    rows = read_table(table) if table.is_file() else ()
    return {row["path"]: row["split"] for row in rows if "path" in row and "split" in row}


def split_remarks(dataset: Path, out: Path, rows: Sequence[Row], given: Mapping[str, str]) -> Iterator[str]:
    """What is to be said of prepared rows; `given`: the splits that the dataset itself names."""
    differ = sum(bool(given.get(row["path"])) and row["split"] != given[row["path"]] for row in rows)
    if differ:
        yield (
            f"{_clips(differ, 'has another split', 'have other splits')} in {dataset} and "
            f"{'keeps its own' if differ == 1 else 'keep their own'}: "
            f"delete {out / DEFAULT_TABLE} and prepare again to take those over."
        )
    undivided = sum(not row["split"] for row in rows)
    if undivided:
        yield (
            f"{_clips(undivided, 'has', 'have')} no split yet and will be trained with: "
            f"`klipnet-data split {as_argument(out)} --scenario random_split` divides all anew."
        )


def _clips(count: int, one: str, several: str) -> str:
    return f"{count} clip {one}" if count == 1 else f"{count} clips {several}"
