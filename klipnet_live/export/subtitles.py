"""Writes completed lines as subtitle, text and table files."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pysubs2

from klipnet_live.atomic_file import write_atomically
from klipnet_live.captions.cues import Cue, cues_of, slices_of
from klipnet_live.captions.line_break import DEFAULT_LIMITS
from klipnet_live.captions.lines import CaptionLine
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.plain_text import one_line, utf8

Names = Literal["auto", "always", "never"]
"""When subtitles begin with the speaker's name; auto: if there is more than one speaker."""


def write_lines(path: Path, lines: Iterable[CaptionLine], *, names: Names = "auto") -> None:
    """Write the lines as UTF-8 in the format of the path's suffix, one of `WRITERS`. Raises UserError."""
    write = WRITERS[path.suffix.lower()]
    ordered = sorted(map(plain_line, lines), key=lambda line: (line.start_s, line.end_s))
    data = utf8(write(ordered, are_named(ordered, names)))
    with file_errors_as_user_errors(path):
        write_atomically(path, data)


def are_named(lines: Iterable[CaptionLine], names: Names) -> bool:
    return names == "always" or (names == "auto" and len({line.speaker for line in lines}) > 1)


# Text that players interpret as a new cue, an ASS command or HTML, whatever the file's format.
_COMMANDS = re.compile(r"-->|[\\{}]|<(?=[A-Za-z/!?])|(?<=\d:\d\d)[.,](?=\d{3})")
_FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_PLAIN = {"-->": "→", "\\": "/", "{": "(", "}": ")", "<": "‹", ".": " ", ",": " "}


def plain_line(line: CaptionLine) -> CaptionLine:
    """The line with line breaks removed from name and text, which users may have edited."""
    return replace(line, name=_one_line(line.name), text=_one_line(line.text))


def plain_subtitle(text: str) -> str:
    """Text without anything that a player could interpret as markup."""
    return _COMMANDS.sub(lambda found: _PLAIN[found[0]], text)


Writer = Callable[[Sequence[CaptionLine], bool], str]


def to_srt(lines: Sequence[CaptionLine], named: bool) -> str:
    """SubRip. Simultaneous speakers share one subtitle: many players show only one at a time."""
    subtitles = pysubs2.SSAFile()
    for part in slices_of(cues_of(lines, DEFAULT_LIMITS, named=named)):
        text = r"\N".join(map(plain_subtitle, shared_lines(part.cues)))
        subtitles.append(pysubs2.SSAEvent(part.start_ms, part.end_ms, text))
    return subtitles.to_string("srt", keep_ssa_tags=True)


def shared_lines(cues: Sequence[Cue]) -> list[str]:
    """The lines of one subtitle; if there are several speakers, each has a dash and the name."""
    if len(cues) == 1:
        return list(cues[0].lines)
    leads = (f"- {cue.name}: " if cue.continues else "- " for cue in cues)
    return [
        line for lead, cue in zip(leads, cues, strict=True) for line in (lead + cue.lines[0], *cue.lines[1:])
    ]


def to_vtt(lines: Sequence[CaptionLine], named: bool) -> str:
    """WebVTT with voice spans. Overlapping cues are kept: players stack them, as the standard requires."""
    subtitles = pysubs2.SSAFile()
    for cue in cues_of(lines, DEFAULT_LIMITS):
        text = r"\N".join(map(_escaped, cue.lines))
        voice = f"<v {_escaped(cue.name)}>" if named else ""
        subtitles.append(pysubs2.SSAEvent(cue.start_ms, cue.end_ms, voice + text))
    return subtitles.to_string("vtt", keep_ssa_tags=True)


def _escaped(text: str) -> str:
    # pysubs2 treats a backslash as part of a line break.
    return html.escape(text.replace("\\", "/"), quote=False)


def to_txt(lines: Sequence[CaptionLine], named: bool) -> str:
    """One line of text per caption line, with its start time."""
    return "".join(
        f"[{clock(line.start_s)}] {line.name + ': ' if named else ''}{line.text}\n" for line in lines
    )


def to_json(lines: Sequence[CaptionLine], named: bool) -> str:
    document = {"lines": [line.as_dict() for line in lines]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def to_jsonl(lines: Sequence[CaptionLine], named: bool) -> str:
    return "".join(json.dumps(line.as_dict(), ensure_ascii=False) + "\n" for line in lines)


def to_csv(lines: Sequence[CaptionLine], named: bool) -> str:
    """CSV table with a byte order mark, without which Excel misreads Hangul."""
    table = io.StringIO()
    columns = ("start_s", "end_s", "speaker", "name", "text", "confidence", "readable")
    rows = csv.DictWriter(table, columns)
    rows.writeheader()
    rows.writerows({name: _no_formula(value) for name, value in line.as_dict().items()} for line in lines)
    return "\ufeff" + table.getvalue()


def _no_formula(value: object) -> object:
    """Prefix cells that spreadsheets would execute as formulas with a quotation mark."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


def clock(time_s: float) -> str:
    """Hours, minutes, seconds and tenths: 0:01:02.5."""
    tenths = round(time_s * 10)
    return f"{tenths // 36000}:{tenths // 600 % 60:02d}:{tenths // 10 % 60:02d}.{tenths % 10}"


def _one_line(text: str) -> str:
    return " ".join(one_line(text).split())


WRITERS: dict[str, Writer] = {
    ".srt": to_srt,
    ".vtt": to_vtt,
    ".txt": to_txt,
    ".json": to_json,
    ".jsonl": to_jsonl,
    ".csv": to_csv,
}
