"""The bundled demo: two talkers side by side as in a video call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from klipnet_live.types import FPS, FloatArray, Image
from klipnet_training.synthetic.camera import Sensor, face_to_picture, view
from klipnet_training.synthetic.matte import person_matte
from klipnet_training.synthetic.motion import Motion, random_motion
from klipnet_training.synthetic.portrait import BUST_REGION, levelled, work_picture
from klipnet_training.synthetic.seats import SEATS, Seat, wall, with_suit_colour
from klipnet_training.synthetic.sentences import Language
from klipnet_training.synthetic.talker import Talker
from klipnet_training.synthetic.track import speak, viseme_track
from klipnet_training.synthetic.truth import RenderedUtterance

SIZE = (1280, 720)
NOTICE = "synthetic demo"

_UNIT_PX = 88.0
_TILE = (628, 704)
_MARGIN = 8
_MOUTH_AT = (314.0, 395.0)
_GROUND = (30, 32, 36)
_FIRST_WORD_S = 1.2
_PAUSE_S = 1.3
_SEED = 11

_LINES: dict[Language, tuple[str, ...]] = {
    "en": (
        "bin blue at f two now",
        "place red with g nine soon",
        "set white in m two please",
        "lay green by y seven again",
    ),
    "ko": (
        "학생 축구 그러나 사 주황",
        "분필 축구 하지만 칠 노랑",
        "학생 축구 따라서 일 빨강",
        "분필 축구 그러나 사 노랑",
    ),
}


@dataclass(frozen=True, slots=True)
class Scene:
    """Utterances, and the viseme track (frames, 7) and head motion of each seat."""

    utterances: tuple[RenderedUtterance, ...]
    tracks: tuple[FloatArray, ...]
    motions: tuple[Motion, ...]

    @property
    def frames(self) -> int:
        return len(self.tracks[0])


def make_scene(language: Language) -> Scene:
    """Lay out the demo's lines in turn, with more than a second of silence between them."""
    random = np.random.default_rng(_SEED)
    speeches = []
    at_s = _FIRST_WORD_S
    for turn, text in enumerate(_LINES[language]):
        seat = SEATS[turn % len(SEATS)]
        speeches.append(speak(seat.name, text, language, at_s, seat.look.rate, random))
        at_s = speeches[-1].utterance.end_s + _PAUSE_S
    frames = round(at_s * FPS)
    own = [[each for each in speeches if each.utterance.speaker == seat.name] for seat in SEATS]
    return Scene(
        utterances=tuple(speech.utterance for speech in speeches),
        tracks=tuple(viseme_track(spoken, frames) for spoken in own),
        motions=tuple(random_motion(frames, seat.look.sway, random) for seat in SEATS),
    )


def render_scene(scene: Scene) -> Iterator[Image]:
    """The images of a scene, RGB, of size `SIZE`."""
    tiles = [
        _render_tile(seat, track, motion)
        for seat, track, motion in zip(SEATS, scene.tracks, scene.motions, strict=True)
    ]
    for pictures in zip(*tiles, strict=True):
        canvas = np.full((SIZE[1], SIZE[0], 3), _GROUND, dtype=np.uint8)
        for index, picture in enumerate(pictures):
            left, top, right, bottom = seat_box(index)
            canvas[top:bottom, left:right] = picture
        cv2.putText(canvas, NOTICE, (24, 700), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1, cv2.LINE_AA)
        yield canvas


def seat_box(index: int) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a seat's tile in pixels."""
    left = _MARGIN + index * (_TILE[0] + _MARGIN)
    return left, _MARGIN, left + _TILE[0], _MARGIN + _TILE[1]


def describe(scene: Scene, language: Language) -> dict[str, Any]:
    """The ground truth of a scene for its JSON file; boxes are left, top, right, bottom."""
    return {
        "notice": f"{NOTICE}: no person said this",
        "language": language,
        "fps": FPS,
        "frames": scene.frames,
        "size": SIZE,
        "speakers": [{"name": seat.name, "box": seat_box(index)} for index, seat in enumerate(SEATS)],
        "utterances": [utterance.as_dict() for utterance in scene.utterances],
    }


def _render_tile(seat: Seat, track: FloatArray, motion: Motion) -> Iterator[Image]:
    talker = Talker(with_suit_colour(work_picture(_UNIT_PX, BUST_REGION), seat.suit_hue), seat.look)
    matte = levelled(person_matte(), _UNIT_PX, BUST_REGION)
    behind = wall(seat.wall, _TILE)
    sensor = Sensor(seat.look.optics, _TILE, np.random.default_rng(_SEED))
    for posture, offset, roll, lids in zip(track, motion.offset, motion.roll, motion.lids, strict=True):
        affine = face_to_picture(seat.look, _MOUTH_AT, offset, float(roll), _UNIT_PX)
        image, _ = talker.frame(posture, float(lids))
        person = sensor(view(image, talker.picture, affine, _TILE))
        alpha = view(matte, talker.picture, affine, _TILE)
        yield np.asarray(cv2.blendLinear(person, behind, alpha, 1 - alpha), dtype=np.uint8)
