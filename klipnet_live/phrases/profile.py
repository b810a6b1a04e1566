"""A profile in memory: phrases, their takes, and what the networks saw of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from klipnet_live.phrases.matcher import Example
from klipnet_live.types import FloatArray, GreyImage, UserError

MAX_PHRASES = 100
"""With more, matching takes too long for a conversation, and phrases look too much alike."""

Encode = Callable[[Sequence[GreyImage]], FloatArray]


@dataclass(frozen=True, slots=True)
class StoredTake:
    """One take of a phrase. `id` is the key of its features and crops."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class ProfileInfo:
    """Everything but features and crops, as stored in profile.json."""

    name: str
    networks: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    takes: tuple[StoredTake, ...] = ()
    format: int = 1


@dataclass(frozen=True, slots=True)
class Profile:
    """An immutable profile in memory. `features` and `crops`: by take id."""

    info: ProfileInfo
    features: dict[str, FloatArray] = field(default_factory=dict)
    crops: dict[str, tuple[GreyImage, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.info.name

    @property
    def phrases(self) -> tuple[str, ...]:
        return self.info.phrases

    @property
    def examples(self) -> list[Example]:
        """What a matcher is fitted to."""
        return [Example(take.text, self.features[take.id]) for take in self.info.takes]

    def takes_of(self, text: str) -> list[StoredTake]:
        return [take for take in self.info.takes if take.text == text]

    def next_phrase(self, takes: int, skipped: frozenset[str] = frozenset()) -> str | None:
        """The phrase to record next, or None if all but the skipped ones have that many takes.

        Goes through all phrases in rounds, so that the takes of a phrase vary a little.
        """
        counts = {text: len(self.takes_of(text)) for text in self.phrases if text not in skipped}
        fewest = min(counts.values(), default=takes)
        return next((text for text, count in counts.items() if count == fewest < takes), None)

    def with_phrases(self, texts: Iterable[str]) -> Profile:
        """The profile with these phrases added. UserError if there are too many."""
        cleaned = [" ".join(text.split()) for text in texts]
        phrases = tuple(dict.fromkeys([*self.phrases, *filter(None, cleaned)]))
        if len(phrases) > MAX_PHRASES:
            raise UserError(
                "A profile can have up to {most} phrases; this would make {count}. Remove some, or create "
                "a second profile.",
                most=MAX_PHRASES,
                count=len(phrases),
            )
        return replace(self, info=replace(self.info, phrases=phrases))

    def without_phrase(self, text: str) -> Profile:
        """The profile without a phrase and its takes. UserError if there is no such phrase."""
        if text not in self.phrases:
            raise UserError("{name} has no phrase “{text}”. Check its spelling.", name=self.name, text=text)
        left = self
        for take in self.takes_of(text):
            left = left.without_take(take.id)
        phrases = tuple(phrase for phrase in self.phrases if phrase != text)
        return replace(left, info=replace(left.info, phrases=phrases))

    def with_take(self, text: str, features: FloatArray, crops: Sequence[GreyImage] = ()) -> Profile:
        """The profile with one more take of a phrase, which is added if it is new."""
        extended = self.with_phrases([text])
        take = StoredTake(secrets.token_hex(6), " ".join(text.split()))
        info = replace(extended.info, takes=(*extended.info.takes, take))
        kept = {**extended.crops, take.id: tuple(crops)} if crops else extended.crops
        return replace(extended, info=info, features={**extended.features, take.id: features}, crops=kept)

    def without_take(self, take_id: str) -> Profile:
        info = replace(self.info, takes=tuple(take for take in self.info.takes if take.id != take_id))
        features = {key: value for key, value in self.features.items() if key != take_id}
        return replace(
            self,
            info=info,
            features=features,
            crops={key: value for key, value in self.crops.items() if key != take_id},
        )
