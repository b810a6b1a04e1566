"""Statistics of a video file that has been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from klipnet_live.media.timeline import Leap
from klipnet_live.types import UserError

# Audio and video of an intact file rarely end at exactly the same time.
_CUT_OFF_S, _CUT_OFF_PART = 1.0, 0.05

_ENOUGH_PICTURES = 50


@dataclass(slots=True)
class VideoFacts:
    """`pictures` and `seen_s`: number of frames, and time of the last one; `newest_s`: the latest timestamp;
    `announced_s`: end according to the file; `leaps`: timestamp discontinuities.

    `steps`: intervals between frames, with the total length `stepped_s`; `repeated`: steps to an identical
    frame. `track` of `tracks` was used. `odd_aspect`: an implausible pixel aspect ratio, or 0.
    """

    pictures: int = 0
    seen_s: float = 0.0
    newest_s: float = 0.0
    announced_s: float | None = None
    leaps: list[Leap] = field(default_factory=list)
    steps: int = 0
    stepped_s: float = 0.0
    repeated: int = 0
    track: int = 1
    tracks: int = 1
    odd_aspect: float = 0.0

    @classmethod
    def of_stretches(cls, facts: Sequence[VideoFacts]) -> VideoFacts:
        """Combined statistics of a file that was read in stretches."""
        last = facts[-1]
        return cls(
            sum(part.pictures for part in facts),
            max(part.seen_s for part in facts),
            max(part.newest_s for part in facts),
            last.announced_s,
            [leap for part in facts for leap in part.leaps],
            sum(part.steps for part in facts),
            sum(part.stepped_s for part in facts),
            sum(part.repeated for part in facts),
            last.track,
            last.tracks,
            last.odd_aspect,
        )

    @property
    def is_cut_off(self) -> bool:
        """After the last frame: whether the file should be longer."""
        return self.announced_s is not None and self.announced_s - self.newest_s > max(
            _CUT_OFF_S, _CUT_OFF_PART * self.announced_s
        )

    @property
    def pictures_per_s(self) -> float | None:
        """Frame rate without pauses and timestamp jumps; None if there are too few frames."""
        return self.steps / self.stepped_s if self.stepped_s else None

    @property
    def different_per_s(self) -> float | None:
        """Frame rate without repeated frames; None if there are too few frames."""
        if self.pictures_per_s is None or self.steps < _ENOUGH_PICTURES:
            return None
        return self.pictures_per_s * (1 - self.repeated / self.steps)

    def remarks(self, path: Path) -> Iterator[UserError]:
        """After the last frame: notes about the file for the user."""
        if self.tracks > 1:
            yield UserError(
                "{path} has {count} video tracks. Track {number} was used.",
                path=path,
                count=self.tracks,
                number=self.track,
            )
        for leap in self.leaps[:1]:
            yield UserError(
                "The timestamps of {path} jump from {before:.1f} to {after:.1f} seconds ({count} jumps in"
                " all). Captions start anew after each jump.",
                path=path,
                before=leap.from_s,
                after=leap.to_s,
                count=len(self.leaps),
            )
        if self.odd_aspect:
            yield UserError(
                "{path} has an implausible pixel aspect ratio of {aspect:.3g}. Its pixels are treated as "
                "square.",
                path=path,
                aspect=self.odd_aspect,
            )
