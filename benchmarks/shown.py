"""Records what a viewer saw of the captions and when; computes delays and stability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.reference import ReferenceWord
from klipnet_live.types import CaptionEvent


@dataclass(slots=True)
class ShownText:
    """All caption events shown. Times are in seconds on the clock of the source's frames."""

    events: list[tuple[CaptionEvent, float]] = field(default_factory=list)

    def add(self, event: CaptionEvent, shown_s: float) -> None:
        self.events.append((event, shown_s))

    def delays_ms(self, kinds: Iterable[str]) -> list[float]:
        """From the capture of the newest frame used to the display, in ms."""
        return [(shown_s - event.media_s) * 1000 for event, shown_s in self.events if event.event in kinds]

    def completion_delays_ms(self) -> list[float]:
        """From the last frame of speech to the display of the completed line, in ms."""
        return [(at_s - event.end_s) * 1000 for event, at_s in self.events if event.event == "completed"]

    def word_delays_ms(self, words: Sequence[ReferenceWord]) -> list[float]:
        """From the end of each spoken word to its first correct display, in ms."""
        delays = []
        for place, word in enumerate(words):
            at = [shown_s for event, shown_s in self.events if _word(event.text, place) == word.text]
            if at:
                delays.append((min(at) - word.end_s) * 1000)
        return delays

    def unstable_ratio(self) -> float:
        """Unstable partial word ratio: the share of words shown in open lines that changed later."""
        lines: dict[int, list[str]] = defaultdict(list)
        for event, _ in self.events:
            lines[event.line].append(event.text)
        counts = [unstable_words(texts) for texts in lines.values()]
        shown = sum(shown for _, shown in counts)
        return sum(changed for changed, _ in counts) / shown if shown else 0.0

    def committed_changed(self) -> int:
        """The number of lines whose committed text did not only grow."""
        before: dict[int, str] = {}
        broken = set()
        for event, _ in self.events:
            if not event.committed.startswith(before.get(event.line, "")):
                broken.add(event.line)
            before[event.line] = event.committed
        return len(broken)


def unstable_words(texts: Sequence[str]) -> tuple[int, int]:
    """Count the words of one line's successive texts that changed later, and all words shown.

    The last word may still grow: "bl" becoming "blue" is no change.
    """
    changed = shown = 0
    before: list[str] = []
    for number, text in enumerate(texts):
        words = text.split()
        for place in range(max(len(words), len(before))):
            old = before[place] if place < len(before) else None
            new = words[place] if place < len(words) else None
            grew = old is not None and new is not None and place == len(before) - 1 and new.startswith(old)
            changed += old is not None and old != new and not grew
            shown += new is not None and old != new and not grew and number < len(texts) - 1
        before = words
    return changed, shown


def _word(text: str, place: int) -> str | None:
    words = text.split()
    return words[place] if place < len(words) else None
