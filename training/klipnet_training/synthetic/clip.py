"""A clip of one synthetic speaker saying one sentence: first its parameters, then its images."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from klipnet_live.lips.crop import crop_mouth
from klipnet_live.lips.pose import PoseSmoother, mouth_pose
from klipnet_live.types import FPS, FloatArray, GreyImage, Image
from klipnet_training.synthetic.camera import Sensor, face_to_picture, seen_landmarks, view
from klipnet_training.synthetic.look import Look, random_look
from klipnet_training.synthetic.motion import Motion, random_motion
from klipnet_training.synthetic.portrait import MOUTH_REGION, FaceRegion, work_picture
from klipnet_training.synthetic.sentences import Language, random_sentence
from klipnet_training.synthetic.talker import Talker
from klipnet_training.synthetic.track import speak, viseme_track
from klipnet_training.synthetic.truth import RenderedUtterance

CLIP_FRAMES = 75
CLIP_S = CLIP_FRAMES / FPS
WORK_UNIT_PX = 72.0

_LANDMARK_NOISE = 0.004
"""Standard deviation of a landmark in the face tracker, in units."""


@dataclass(frozen=True, slots=True)
class SyntheticClip:
    """A clip before it is rendered. `track`: (frames, 7), channels as `visemes.CHANNELS`."""

    utterance: RenderedUtterance
    track: FloatArray
    look: Look
    motion: Motion
    seed: tuple[int, ...]


def make_clip(language: Language, speaker: str, seed: tuple[int, ...]) -> SyntheticClip:
    """Draw a sentence, a look and a motion; the same seed gives the same clip."""
    random = np.random.default_rng(seed)
    text, look = random_sentence(language, random), random_look(random)
    start_s, rate = float(random.uniform(0.25, 0.8)), look.rate
    speech = speak(speaker, text, language, start_s, rate, random)
    # Speak faster if the sentence would not fit into the clip.
    if speech.utterance.end_s > CLIP_S - 0.1:
        rate *= (speech.utterance.end_s - start_s) / (CLIP_S - 0.2 - start_s)
        speech = speak(speaker, text, language, start_s, rate, np.random.default_rng(seed))
    motion = random_motion(CLIP_FRAMES, look.sway, random)
    return SyntheticClip(speech.utterance, viseme_track([speech], CLIP_FRAMES), look, motion, seed)


def render(
    clip: SyntheticClip, region: FaceRegion, size: tuple[int, int]
) -> Iterator[tuple[Image, FloatArray]]:
    """Images of a clip, size (width, height) with the mouth at the centre, and their true landmarks."""
    random = np.random.default_rng((*clip.seed, 1))
    talker = Talker(work_picture(WORK_UNIT_PX, region), clip.look)
    sensor = Sensor(clip.look.optics, size, random)
    centre = (size[0] / 2, size[1] / 2)
    for posture, offset, roll, lids in zip(
        clip.track, clip.motion.offset, clip.motion.roll, clip.motion.lids, strict=True
    ):
        affine = face_to_picture(clip.look, centre, offset, float(roll), clip.look.optics.unit_px)
        image, landmarks = talker.frame(posture, float(lids) if region is not MOUTH_REGION else 0.0)
        yield sensor(view(image, talker.picture, affine, size)), seen_landmarks(affine, landmarks)


def mouth_crops(clip: SyntheticClip) -> GreyImage:
    """Mouth crops of the clip, shape (frames, 50, 100), made as in the app."""
    random = np.random.default_rng((*clip.seed, 2))
    unit_px = clip.look.optics.unit_px
    size = (round(1.8 * unit_px), round(1.2 * unit_px))
    smoother = PoseSmoother()
    crops = []
    for count, (image, landmarks) in enumerate(render(clip, MOUTH_REGION, size)):
        noisy = landmarks + random.normal(0.0, _LANDMARK_NOISE * unit_px, landmarks.shape)
        pose = mouth_pose(np.asarray(noisy, dtype=np.float32))
        crops.append(crop_mouth(image, smoother(pose, count / FPS)))
    return np.stack(crops)
