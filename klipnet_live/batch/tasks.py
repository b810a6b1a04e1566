"""Tasks for one recording, with the work of `klipnet-live caption`."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from klipnet_live.batch.messages import Message, Note, PartialResult, Progress, Report
from klipnet_live.captions.gaps import MIN_CONFIDENCE
from klipnet_live.errors import Problem
from klipnet_live.media.stretches import STANDARD, Division, Stretch
from klipnet_live.types import CaptionEvent, Phrases, UserError

if TYPE_CHECKING:
    from klipnet_live.captions.lines import CaptionLine
    from klipnet_live.export.burn_in import Paint
    from klipnet_live.export.captioning import StretchFacts
    from klipnet_live.export.seams import StretchEvent
    from klipnet_live.export.video_copy import Reporter
    from klipnet_live.pipeline.hearing import Hearing


@dataclass(frozen=True, slots=True)
class ReadingChoice:
    """How to caption a recording: the options of `caption`.

    `sound`: use the sound track, if any, or that of `sound_file`; without the models the task fails, so that
    all machines give the same results. `replacements`: list of words to hide or replace. `profiles`: of the
    user's own phrases. `least_confidence`: words below it become gaps.
    """

    language: str
    model: str | None = None
    phrases: Phrases | None = None
    sound: bool = False
    sound_model: Path | None = None
    replacements: Path | None = None
    marks_unclear: bool = True
    sound_language: str | None = None
    sound_file: Path | None = None
    profiles: tuple[str, ...] = ()
    least_confidence: float = MIN_CONFIDENCE


@dataclass(frozen=True, slots=True)
class VideoLimits:
    """Limits for uploaded recordings."""

    max_seconds: float
    max_pixels: int


@dataclass(frozen=True, slots=True)
class Divided:
    """The result for a long recording: its stretches, each of which is to be read by its own task."""

    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class StretchRead:
    """The result of reading one stretch: completed lines, people, and facts about its frames."""

    stretch: Stretch
    events: tuple[StretchEvent, ...]
    facts: StretchFacts


@dataclass(frozen=True, slots=True)
class ReadStretch:
    """Read one stretch of a recording. `reports_events`: report all caption events, and the people met."""

    video: Path
    choice: ReadingChoice
    stretch: Stretch
    reports_events: bool

    def __call__(self, report: Report) -> StretchRead:
        from klipnet_live.captions.replacements import load_replacements
        from klipnet_live.export.captioning import read_stretch
        from klipnet_live.pipeline.reader_factory import reader_factory

        _check_present(self.video)
        choice = self.choice
        events: list[StretchEvent] = []

        def report_event(event: StretchEvent) -> None:
            if self.reports_events:
                report(PartialResult(event))
            if not isinstance(event, CaptionEvent) or event.event == "completed":
                events.append(event)

        facts = read_stretch(
            self.video, self.stretch,
            reader_factory(choice.model, choice.language, choice.phrases, choice.profiles),
            _reporter(report), report_event, _hearing(self.video, choice),
            least_confidence=choice.least_confidence,
            edit=None if choice.replacements is None else load_replacements(choice.replacements),
        )  # fmt: skip
        return StretchRead(self.stretch, tuple(events), facts)


@dataclass(frozen=True, slots=True)
class ReadVideo:
    """Read a recording; the result is the list of completed lines. `reports_events`: report all events.

    For a long recording the result is `Divided`; with its stretches in `read`, their lines are joined.
    """

    video: Path
    choice: ReadingChoice
    limits: VideoLimits | None = None
    division: Division = STANDARD
    read: tuple[StretchRead, ...] = ()
    reports_events: bool = True
    reading_share: ClassVar[float] = 1.0

    def __call__(self, report: Report) -> list[CaptionLine] | Divided:
        from klipnet_live.batch.admission import check_video
        from klipnet_live.export.captioning import Lines

        _check_present(self.video)
        if self.limits is not None:
            check_video(self.video, self.limits.max_seconds, self.limits.max_pixels)
        read = self.read
        if not read:
            # Dividing reads the whole file once.
            stretches = self.division.stretches_of(self.video)
            if len(stretches) > 1:
                return Divided(stretches)
            read = (self.stretch(stretches[0])(report),)
        lines = Lines(self.choice.language)
        for one in read:
            lines.begin(one.stretch)
            for event in one.events:
                lines.take(event)
        return lines.completed(
            self.video,
            [one.facts for one in read],
            _reporter(report),
            marks_unclear=self.choice.marks_unclear,
        )

    def stretch(self, stretch: Stretch) -> ReadStretch:
        """The task that reads a stretch of it."""
        return ReadStretch(self.video, self.choice, stretch, self.reports_events)


@dataclass(frozen=True, slots=True)
class WriteCaptions:
    """Write captions in the format given by the target's suffix."""

    video: Path
    target: Path
    lines: Sequence[CaptionLine]
    language: str
    burn_in: bool = False

    def __call__(self, report: Report) -> None:
        from klipnet_live.export.captioning import write_captions

        write_captions(
            self.video,
            self.target,
            self.lines,
            self.language,
            paint=_paint() if self.burn_in else None,
            reporter=_reporter(report),
        )


@dataclass(frozen=True, slots=True)
class CaptionVideo:
    """Read a recording and write its captions; the result is the number of lines.

    For a long recording the result is `Divided`; with its stretches in `read`, the captions are written.
    """

    video: Path
    target: Path
    choice: ReadingChoice
    burn_in: bool = False
    division: Division = STANDARD
    read: tuple[StretchRead, ...] = ()
    reading_share: ClassVar[float] = 0.5

    def __call__(self, report: Report) -> int | Divided:
        self.target.parent.mkdir(parents=True, exist_ok=True)
        halves = (_half(report, 0.0), _half(report, 0.5))
        reading = ReadVideo(self.video, self.choice, None, self.division, self.read, reports_events=False)
        lines = reading(halves[0])
        if isinstance(lines, Divided):
            return lines
        WriteCaptions(self.video, self.target, lines, self.choice.language, self.burn_in)(halves[1])
        return len(lines)

    def stretch(self, stretch: Stretch) -> ReadStretch:
        """The task that reads a stretch of it."""
        return ReadStretch(self.video, self.choice, stretch, reports_events=False)


def _hearing(video: Path, choice: ReadingChoice) -> Hearing | None:
    from klipnet_live.pipeline.hearing_factory import hearing_of
    from klipnet_live.sound.sound_track import has_sound
    from klipnet_live.sound.store import check_models

    if not choice.sound:
        return None
    check_models(choice.sound_language or choice.language, choice.sound_model)
    if choice.sound_file is None and not has_sound(video):
        return None
    return hearing_of(
        str(choice.sound_file or video),
        choice.language,
        choice.phrases,
        fast=True,
        folder=choice.sound_model,
        sound_language=choice.sound_language,
    )


def _check_present(video: Path) -> None:
    if not video.is_file():
        raise UserError(
            "{path} does not exist on the machine {machine}. All machines need the same folder at the same "
            "path.",
            path=video,
            machine=platform.node(),
        )


def _half(report: Report, start: float) -> Report:
    """Map progress to one half of the total."""

    def forward(message: Message) -> None:
        if isinstance(message, Progress):
            report(Progress(start + message.part / 2))
        else:
            report(message)

    return forward


def _reporter(report: Report) -> Reporter:
    from klipnet_live.export.video_copy import Reporter

    def note(problem: UserError) -> None:
        report(Note(Problem.of(problem)))

    return Reporter(progress=lambda part: report(Progress(part)), note=note)


def _paint() -> Paint:
    # Imports Qt, which is not needed otherwise.
    from klipnet_live.captions.painter import CaptionPainter

    return CaptionPainter().paint
