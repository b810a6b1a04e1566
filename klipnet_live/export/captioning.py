"""Captions a whole recording faster than real time, and writes caption files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import av

from klipnet_live.atomic_file import Replacement
from klipnet_live.captions.gaps import MIN_CONFIDENCE
from klipnet_live.captions.lines import CaptionLine, LineCollector, default_name, unclear
from klipnet_live.capture.video_facts import VideoFacts
from klipnet_live.capture.video_file import VideoFile, sampled
from klipnet_live.errors import file_errors_as_user_errors
from klipnet_live.export.burn_in import Paint, burn_in
from klipnet_live.export.seams import Joiner, ReportEvent, SeamTracker, StretchEvent
from klipnet_live.export.subtitle_track import add_subtitle_track
from klipnet_live.export.subtitles import WRITERS, write_lines
from klipnet_live.export.video_copy import FORMATS, Reporter
from klipnet_live.lips.crop import CropGeometry
from klipnet_live.media.container import length_s
from klipnet_live.media.stretches import Stretch
from klipnet_live.pipeline.hearing import Hearing
from klipnet_live.pipeline.live import LivePipeline, no_face
from klipnet_live.reading.reader import Reader
from klipnet_live.sound.sound_track import SoundTrack
from klipnet_live.tracking.glance import shows_a_face, turn_of_faces
from klipnet_live.types import CaptionEvent, UserError

_POLL_S = 0.1

_END_S = 1.5
"""Time limit for stopping a cancelled job; threads that hang are abandoned."""

_MIN_FRAME_RATE = 10
"""Frames per second below which lip reading hardly works."""


@dataclass(frozen=True, slots=True)
class StretchFacts:
    """Facts about a stretch that was read, in addition to its captions."""

    video: VideoFacts
    saw_a_face: bool


def read_stretch(
    video: Path,
    stretch: Stretch,
    open_reader: Callable[[], Reader],
    reporter: Reporter,
    report: ReportEvent,
    hearing: Hearing | None = None,
    *,
    least_confidence: float = MIN_CONFIDENCE,
    edit: Callable[[CaptionEvent], CaptionEvent] | None = None,
) -> StretchFacts:
    """Read one stretch of a recording; `Lines` takes what it reports. Raises UserError and CancelledError."""
    source = VideoFile(video, "fast", shows_a_face, stretch)
    tracker: SeamTracker | None = None

    def open_tracker(geometry: CropGeometry) -> SeamTracker:
        nonlocal tracker
        tracker = SeamTracker(geometry, stretch, report)
        return tracker

    pipeline = LivePipeline(
        source, open_reader, [report], lossless=True, open_tracker=open_tracker,
        hearing=_of_stretch(hearing, stretch), edit=edit,
    )  # fmt: skip
    pipeline.least_confidence, pipeline.expects_faces = least_confidence, False
    _run(pipeline, reporter, stretch, length_s(video))
    status = pipeline.status()
    if status.error is not None:
        raise status.error
    if status.sound_problem is not None:
        reporter.note(status.sound_problem)
    return StretchFacts(source.facts, tracker is not None and tracker.met > 0)


class Lines:
    """The completed lines of a recording whose stretches were read one by one."""

    def __init__(self, language: str) -> None:
        self._lines: list[CaptionLine] = []
        collect = LineCollector(
            self._lines.append, lambda speaker: default_name(speaker, language), unclear(language)
        )
        self._joiner = Joiner(collect)

    def begin(self, stretch: Stretch) -> None:
        self._joiner.begin(stretch)

    def take(self, event: StretchEvent) -> None:
        """Process an event of the current stretch. Thread-safe."""
        self._joiner.take(event)

    def completed(
        self, video: Path, facts: Sequence[StretchFacts], reporter: Reporter, *, marks_unclear: bool = True
    ) -> list[CaptionLine]:
        """All lines, after the last stretch. Raises UserError if no face was seen."""
        lines = self._lines
        turned = None if any(line.readable for line in lines) else _rotation_note(video)
        if not any(part.saw_a_face for part in facts):
            raise no_face(video.name) if turned is None else turned
        if turned is not None:
            reporter.note(turned)
        for note in _notes(video, VideoFacts.of_stretches([part.video for part in facts]), lines):
            reporter.note(note)
        return [line for line in lines if line.readable or marks_unclear]


def _run(pipeline: LivePipeline, reporter: Reporter, stretch: Stretch, whole_s: float | None) -> None:
    """Run the pipeline to its end and report progress. On an exception, stop it."""
    end_s = None if whole_s is None else min(stretch.to_s, whole_s) - stretch.from_s
    pipeline.start()
    try:
        while not pipeline.join(_POLL_S):
            newest = pipeline.preview.take()
            done_s = 0.0 if newest is None else newest.frame.time_s - stretch.from_s
            reporter.report(done_s, end_s if newest else None)
    except BaseException:
        pipeline.stop()
        pipeline.join(_END_S)
        raise


def _of_stretch(hearing: Hearing | None, stretch: Stretch) -> Hearing | None:
    if hearing is None or not isinstance(hearing.source, SoundTrack):
        return hearing
    return replace(hearing, source=hearing.source.part(stretch))


def _notes(video: Path, facts: VideoFacts, lines: Sequence[CaptionLine]) -> Iterator[UserError]:
    """Notes that explain why there are fewer captions than expected."""
    yield from facts.remarks(video)
    if not any(line.readable for line in lines):
        yield from _slow(video, facts)
    if not lines:
        yield UserError("A face was found in {path}, but no speech.", path=video)
    unread = sum(not line.readable for line in lines)
    if unread > len(lines) / 2:
        yield UserError(
            "{unread} of {count} lines in {path} could not be read. This model knows few words and few "
            "people.",
            path=video,
            unread=unread,
            count=len(lines),
        )
    if facts.pictures_per_s is not None and facts.pictures_per_s < _MIN_FRAME_RATE:
        yield UserError(
            "{path} has only {rate:.0f} frames per second. Record at least {least}, preferably 25.",
            path=video,
            rate=facts.pictures_per_s,
            least=_MIN_FRAME_RATE,
        )
    if facts.is_cut_off:
        yield UserError(
            "{path} is incomplete: it ends after {seconds:.0f} of {whole:.0f} seconds. Try another copy.",
            path=video,
            seconds=facts.seen_s,
            whole=facts.announced_s,
        )


def _rotation_note(video: Path) -> UserError | None:
    """A note if faces are upright only after rotating the video."""
    try:
        degrees = turn_of_faces(sampled(video))
    except (av.FFmpegError, OSError, ValueError):
        return None
    if not degrees:
        return None
    return UserError(
        "{path} is rotated: turn it by {degrees} degrees counterclockwise with a video program, so that "
        "faces are upright.",
        path=video,
        degrees=degrees,
    )


def _slow(video: Path, facts: VideoFacts) -> Iterator[UserError]:
    """A note if many frames are repeated, as in slow motion."""
    if facts.different_per_s is not None and 1 <= facts.different_per_s < _MIN_FRAME_RATE:
        yield UserError(
            "{path} shows only {rate:.0f} different frames per second. It is slow motion, or the camera was "
            "slow. Lip reading needs normal speed and 25 frames per second.",
            path=video,
            rate=facts.different_per_s,
        )


def has_known_suffix(target: Path) -> bool:
    """Whether the suffix is that of a caption or video format."""
    return target.suffix.lower() in (*FORMATS, *WRITERS)


def check_suffix(target: Path) -> None:
    """UserError if the suffix is not a known caption or video format."""
    if not has_known_suffix(target):
        known = " ".join([*WRITERS, *sorted(FORMATS)])
        raise UserError("{path} has an unknown extension. Use one of {known}.", path=target, known=known)


def check_target(video: Path, target: Path) -> None:
    """Check the output path before the work starts. Raises UserError."""
    check_suffix(target)
    folder = target.absolute().parent
    if not folder.is_dir():
        raise UserError("The folder {folder} does not exist. Create it first.", folder=folder)
    if target.exists() and target.samefile(video):
        raise UserError("{path} is the recording itself. Choose another name.", path=target)
    with file_errors_as_user_errors(target):
        Replacement(target, durable=False).discard()


def write_captions(
    video: Path,
    target: Path,
    lines: Sequence[CaptionLine],
    language: str,
    *,
    paint: Paint | None = None,
    reporter: Reporter | None = None,
) -> None:
    """Write the lines in the format given by the suffix of `target`.

    A video copy gets them as a subtitle track, or painted into the frames if `paint` is given. Raises
    UserError and CancelledError.
    """
    if target.suffix.lower() not in FORMATS:
        write_lines(target, lines)
    elif paint is not None:
        burn_in(video, target, lines, paint, reporter=reporter)
    else:
        add_subtitle_track(video, target, lines, language=language, reporter=reporter)
