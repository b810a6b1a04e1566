"""Two talkers in one picture, as a video call shows them: the bundled demo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from klipnet_live.types import FPS, FloatArray, Image
from training.synthetic.camera import Sensor, face_to_picture, view
from training.synthetic.contours import Build
from training.synthetic.interior import Oral
from training.synthetic.look import Look, Optics, Skin
from training.synthetic.matte import person_matte
from training.synthetic.motion import Motion, random_motion
from training.synthetic.portrait import BUST_REGION, WorkPicture, levelled, work_picture
from training.synthetic.sentences import Language
from training.synthetic.talker import Talker
from training.synthetic.track import speak, viseme_track
from training.synthetic.truth import Utterance

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
_CHIN_Y = 1.0

_LINES: dict[Language, tuple[str, ...]] = {
    "en": (
        "bin blue at f two now",
        "place red with a nine soon",
        "set white in k four please",
        "lay green by e seven again",
    ),
    "ko": (
        "학생 축구 그러나 사 주황",
        "분필 축구 하지만 칠 노랑",
        "학생 축구 따라서 일 빨강",
        "분필 축구 그러나 사 노랑",
    ),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """One of the two talkers. `suit_hue`: shift of the suit's hue in OpenCV's half degrees."""

    name: str
    look: Look
    wall: tuple[int, int, int]
    suit_hue: int


SEATS = (
    Seat("left", Look(optics=Optics(contrast=0.9), rate=0.95, sway=0.8), (206, 203, 194), 0),
    Seat(
        "right",
        Look(
            build=Build(
                half_width=0.45, upper_thickness=0.075, lower_thickness=0.115, seam_y=0.06, corner_y=0.0
            ),
            oral=Oral(teeth_light=0.9),
            skin=Skin(lip_light=0.9),
            optics=Optics(gamma=1.2, contrast=0.88, tint=(1.03, 1.0, 0.95)),
            mirrored=True,
            aspect=1.04,
            rate=0.92,
            sway=0.8,
        ),
        (176, 190, 200),
        102,
    ),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is said, and what mouth and head of each seat do. `tracks`: (frames, 7) each."""

    utterances: tuple[Utterance, ...]
    tracks: tuple[FloatArray, ...]
    motions: tuple[Motion, ...]

    @property
    def frames(self) -> int:
        return len(self.tracks[0])


def make_scene(language: Language) -> Scene:
    """The demo's lines, spoken in turn, with more than a second of silence between them."""
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
    """The pictures of a scene, `SIZE`, RGB."""
    tiles = [
        _tile_pictures(seat, track, motion)
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
    """Left, top, right and bottom of a seat's tile in the picture."""
    left = _MARGIN + index * (_TILE[0] + _MARGIN)
    return left, _MARGIN, left + _TILE[0], _MARGIN + _TILE[1]


def describe(scene: Scene, language: Language) -> dict[str, Any]:
    """The ground truth of a scene, as its JSON file holds it; boxes are left, top, right, bottom."""
    return {
        "notice": f"{NOTICE}: no person said this",
        "language": language,
        "fps": FPS,
        "frames": scene.frames,
        "size": SIZE,
        "speakers": [{"name": seat.name, "box": seat_box(index)} for index, seat in enumerate(SEATS)],
        "utterances": [utterance.as_dict() for utterance in scene.utterances],
    }


def _tile_pictures(seat: Seat, track: FloatArray, motion: Motion) -> Iterator[Image]:
    talker = Talker(_dressed(work_picture(_UNIT_PX, BUST_REGION), seat.suit_hue), seat.look)
    matte = levelled(person_matte(), _UNIT_PX, BUST_REGION)
    wall = _wall(seat.wall)
    sensor = Sensor(seat.look.optics, _TILE, np.random.default_rng(_SEED))
    for posture, offset, roll, lids in zip(track, motion.offset, motion.roll, motion.lids, strict=True):
        affine = face_to_picture(seat.look, _MOUTH_AT, offset, float(roll), _UNIT_PX)
        person = sensor(view(talker.frame(posture, float(lids)), talker.picture, affine, _TILE))
        alpha = view(matte, talker.picture, affine, _TILE)
        yield np.asarray(cv2.blendLinear(person, wall, alpha, 1 - alpha), dtype=np.uint8)


def _dressed(picture: WorkPicture, hue_shift: int) -> WorkPicture:
    """The same person in a suit of another colour: what is strongly orange or red below the chin."""
    hue, saturation, value = cv2.split(cv2.cvtColor(picture.image, cv2.COLOR_RGB2HSV))
    turned = cv2.merge([((hue.astype(np.int32) + hue_shift) % 180).astype(np.uint8), saturation, value])
    orange = ((hue < 16) | (hue > 170)).astype(np.float32) * (picture.row_units() > _CHIN_Y)
    suit = orange * np.clip((saturation.astype(np.float32) - 70) / 40, 0, 1)
    other = cv2.cvtColor(turned, cv2.COLOR_HSV2RGB)
    mixed = cv2.blendLinear(other, picture.image, suit, 1 - suit)
    return replace(picture, image=np.asarray(mixed, dtype=np.uint8))


def _wall(colour: tuple[int, int, int]) -> Image:
    """A plain wall that is a little darker towards the floor, the size of a tile."""
    light = np.linspace(1.04, 0.9, _TILE[1])[:, None, None]
    shaded = np.clip(np.array(colour) * light, 0, 255).astype(np.uint8)
    return np.repeat(shaded, _TILE[0], axis=1)
