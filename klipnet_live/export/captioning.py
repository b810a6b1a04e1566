"""Captions of a whole recording, as fast as it goes, and files of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import av

from klipnet_live.captions.gaps import LEAST_CONFIDENCE
from klipnet_live.captions.lines import CaptionLine, LineCollector, default_name, unclear
from klipnet_live.capture.video_file import VideoFile, sampled
from klipnet_live.export.burn_in import Paint, burn_in
from klipnet_live.export.subtitle_track import add_subtitle_track
from klipnet_live.export.subtitles import WRITERS, write_lines
from klipnet_live.export.video_copy import FORMATS, CancelledError, Reporter
from klipnet_live.media.container import length_s
from klipnet_live.pipeline.hearing import Hearing
from klipnet_live.pipeline.live import LivePipeline, Sink
from klipnet_live.reading.reader import Reader
from klipnet_live.tracking.glance import shows_a_face, turn_of_faces
from klipnet_live.types import CaptionEvent, UserError

_LOOK_AGAIN_S = 0.1

_END_S = 1.5
"""For a recording that is not wanted any more; what is stuck is left behind."""

_FEW_PICTURES = 10
"""A second; with fewer, lips can hardly be read."""


def read_lines(
    video: Path,
    open_reader: Callable[[], Reader],
    reporter: Reporter | None = None,
    language: str = "en",
    sinks: Sequence[Sink] = (),
    hearing: Hearing | None = None,
    *,
    marks_unclear: bool = True,
    least_confidence: float = LEAST_CONFIDENCE,
    edit: Callable[[CaptionEvent], CaptionEvent] | None = None,
) -> list[CaptionLine]:
    """All completed lines, in the order in which they ended, with speakers named in `language`.

    `sinks` get every event meanwhile. `hearing`: the sound of the recording; without it lips alone are read.
    `marks_unclear`: lines that could not be read say so; otherwise they are left out. `least_confidence`: of
    words that are no gap. `edit` replaces or hides words. What explains missing lines is noted. Raises
    UserError and CancelledError.
    """
    reporter = reporter or Reporter()
    lines: list[CaptionLine] = []
    source = VideoFile(video, "fast", shows_a_face)
    collector = LineCollector(
        lines.append, lambda speaker: default_name(speaker, language), unclear(language)
    )
    pipeline = LivePipeline(
        source, open_reader, [collector, *sinks], lossless=True, hearing=hearing, edit=edit
    )
    pipeline.least_confidence = least_confidence
    _run(pipeline, reporter, length_s(video))
    error = pipeline.status().error
    readable = any(line.readable for line in lines)
    turned = None if readable else _turned(video)
    if error is not None:
        raise error if turned is None or lines else turned
    if turned is not None:
        reporter.note(turned)
    for note in (*_of_sound(pipeline), *_notes(video, source, lines)):
        reporter.note(note)
    return [line for line in lines if line.readable or marks_unclear]


def _run(pipeline: LivePipeline, reporter: Reporter, whole_s: float | None) -> None:
    """Until it has ended; whatever comes between ends it."""
    pipeline.start()
    try:
        while not pipeline.join(_LOOK_AGAIN_S):
            newest = pipeline.preview.take()
            reporter.report(0.0 if newest is None else newest.frame.time_s, whole_s if newest else None)
    except BaseException:
        pipeline.stop()
        pipeline.join(_END_S)
        raise


def _of_sound(pipeline: LivePipeline) -> tuple[UserError, ...]:
    problem = pipeline.status().sound_problem
    return () if problem is None else (problem,)


def _notes(video: Path, source: VideoFile, lines: Sequence[CaptionLine]) -> Iterator[UserError]:
    """What explains captions that are fewer than expected."""
    yield from source.remarks()
    if not any(line.readable for line in lines):
        yield from _slow(video, source)
    if not lines:
        yield UserError("A face was seen in {path}, but nobody spoke.", path=video)
    unread = sum(not line.readable for line in lines)
    if unread > len(lines) / 2:
        yield UserError(
            "Somebody speaks in {path}, but {unread} of {count} lines could not be read: this model knows "
            "few words and few people.",
            path=video,
            unread=unread,
            count=len(lines),
        )
    if source.pictures_per_s is not None and source.pictures_per_s < _FEW_PICTURES:
        yield UserError(
            "{path} has only {rate:.0f} pictures a second: record at least {least}, better 25.",
            path=video,
            rate=source.pictures_per_s,
            least=_FEW_PICTURES,
        )
    if source.is_cut_off:
        yield UserError(
            "{path} breaks off after {seconds:.0f} of {whole:.0f} seconds: it is incomplete, try another "
            "copy.",
            path=video,
            seconds=source.seen_s,
            whole=source.announced_s,
        )


def _turned(video: Path) -> UserError | None:
    """What there is to say where faces stand upright only when the picture is turned."""
    try:
        degrees = turn_of_faces(sampled(video))
    except (av.FFmpegError, OSError, ValueError):
        return None
    if not degrees:
        return None
    return UserError(
        "The faces in {path} stand upright only when its picture is turned by {degrees} degrees, "
        "counterclockwise: turn it with a video program first.",
        path=video,
        degrees=degrees,
    )


def _slow(video: Path, source: VideoFile) -> Iterator[UserError]:
    """Slow motion, as far as it shows: pictures that are repeated."""
    if source.different_per_s is not None and 1 <= source.different_per_s < _FEW_PICTURES:
        yield UserError(
            "{path} shows only {rate:.0f} different pictures a second: it is slow motion, or of a slow "
            "camera. Lips are read at their own speed, from 25 pictures a second.",
            path=video,
            rate=source.different_per_s,
        )


def check_ending(target: Path) -> None:
    """UserError where the ending names no form of captions."""
    suffix = target.suffix.lower()
    if suffix not in FORMATS and suffix not in WRITERS:
        known = " ".join([*WRITERS, *sorted(FORMATS)])
        raise UserError("{path} has an unknown ending: use one of {known}.", path=target, known=known)


def check_target(video: Path, target: Path) -> None:
    """A mistake in the name of the result is told before the work. Raises UserError."""
    check_ending(target)
    folder = target.absolute().parent
    if not folder.is_dir():
        raise UserError("There is no folder {folder}: make it first.", folder=folder)
    if target.exists() and target.samefile(video):
        raise UserError("{path} is the recording itself: choose another name.", path=target)


def write_captions(
    video: Path,
    target: Path,
    lines: Sequence[CaptionLine],
    language: str,
    *,
    paint: Paint | None = None,
    reporter: Reporter | None = None,
) -> None:
    """Write the lines in the form that the ending of `target` names.

    A copy of the video has them as a track, or in its pictures where `paint` is given. Raises UserError
    and CancelledError.
    """
    if target.suffix.lower() not in FORMATS:
        write_lines(target, lines)
        return
    if paint is not None:
        whole = burn_in(video, target, lines, paint, reporter=reporter)
    else:
        whole = add_subtitle_track(video, target, lines, language=language, reporter=reporter)
    if not whole:
        raise CancelledError
