"""Stream of one speaker's mouth at 25 fps: asleep while it is still, active while it moves."""

from __future__ import annotations

from collections import deque

from klipnet_live.lips.motion import lip_change
from klipnet_live.lips.resample import CropResampler
from klipnet_live.reading.feature_statistics import SpeakerStatistics
from klipnet_live.reading.line import END_FRAMES, OpenLine
from klipnet_live.reading.lip_movement import MOVING, SMOOTHED_OVER
from klipnet_live.types import FPS, GreyImage, Mouth

PRE_ROLL_FRAMES = 10
"""A line starts this long before the detected motion, since the first sound starts softly."""

FORGOTTEN_S = 60.0
"""A speaker who is out of view for longer starts anew."""

_STILL_FRAMES = round(0.8 * FPS)

TimedCrop = tuple[float, GreyImage]


class SpeakerStream:
    """Collects crops until the reader takes them.

    `line`: the open line, if any. `statistics`: of the face, which an interruption does not change; None if
    the model has none.
    """

    def __init__(self, speaker: str, statistics: SpeakerStatistics | None = None) -> None:
        self.speaker = speaker
        self.statistics = statistics
        self.line: OpenLine | None = None
        self._seen_s = float("-inf")
        self._resampler = CropResampler()
        self._recent: deque[TimedCrop] = deque(maxlen=PRE_ROLL_FRAMES)
        self._changes: deque[float] = deque(maxlen=SMOOTHED_OVER)
        self._still_frames = _STILL_FRAMES
        self._waiting: deque[TimedCrop] = deque()

    def is_gap(self, mouth: Mouth) -> bool:
        """Whether the gap since the last crop ends the stream."""
        return self._resampler.is_gap(mouth.time_s)

    def is_unseen(self, now_s: float) -> bool:
        """Whether the speaker of an open line has been out of view long enough to end it."""
        return self.line is not None and now_s - self._seen_s > END_FRAMES / FPS

    def is_forgotten(self, now_s: float) -> bool:
        """Whether the stream can be dropped: no open line, and the speaker was not seen for a long time."""
        return self.line is None and now_s - self._seen_s > FORGOTTEN_S

    def push(self, mouth: Mouth) -> None:
        """Add a crop; any frame rate."""
        self._seen_s = max(self._seen_s, mouth.time_s)
        for timed in self._resampler.feed(mouth.time_s, mouth.crop):
            self._notice(timed[1])
            self._recent.append(timed)
            if self.is_awake:
                self._waiting.append(timed)

    def wake(self) -> bool:
        """Whether a line should open now; the frames before the motion are then queued."""
        if self.line is not None or not self.is_awake:
            return False
        self._waiting = deque(self._recent)
        return True

    def take(self, frames: int) -> list[TimedCrop]:
        """The next chunk; empty if it is not complete yet."""
        if len(self._waiting) < frames:
            return []
        return [self._waiting.popleft() for _ in range(frames)]

    def flush(self, still_frames: int, frames: int) -> None:
        """Pad the stream at its end by repeating the last crop, up to whole chunks."""
        if not self._recent:
            return
        missing = still_frames + -(len(self._waiting) + still_frames) % frames
        self._waiting += [self._recent[-1]] * missing

    def end_line(self) -> OpenLine | None:
        """Remove the open line. A line cut for its length shares no frame with the next one."""
        line, self.line = self.line, None
        if line is not None and line.is_too_long:
            self._recent.clear()
        return line

    def fall_asleep(self) -> None:
        """Stop waiting for motion to end; frames so far do not belong to the next line."""
        self._still_frames = _STILL_FRAMES
        self._recent.clear()
        self._changes.clear()
        self._waiting.clear()

    def restart(self) -> None:
        """Reset the stream."""
        self.line = None
        self._resampler.reset()
        self._recent.clear()
        self._changes.clear()
        self._waiting.clear()
        self._still_frames = _STILL_FRAMES

    @property
    def is_awake(self) -> bool:
        """Whether the lips have moved recently, or a line is open."""
        return self.line is not None or self._still_frames < _STILL_FRAMES

    def rests(self, frames: int) -> bool:
        """Whether the lips have not moved for this many frames, and all frames are processed."""
        return self._still_frames >= frames and len(self._waiting) < frames

    def _notice(self, crop: GreyImage) -> None:
        if self._recent:
            self._changes.append(lip_change(self._recent[-1][1], crop)[0])
        moves = bool(self._changes) and sum(self._changes) / len(self._changes) > MOVING
        self._still_frames = 0 if moves else self._still_frames + 1
