"""Speech known to a model, speech of strangers, and speech that it cannot know, as timed mouth crops."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from klipnet_training.data.mouths import MouthCropper
from klipnet_training.data.table import table_rows
from klipnet_training.data.window import Window
from klipnet_training.synthetic.clip import SyntheticClip, mouth_crops
from klipnet_training.synthetic.look import random_look
from klipnet_training.synthetic.motion import random_motion
from klipnet_training.synthetic.sentences import Language
from klipnet_training.synthetic.track import speak, viseme_track

from klipnet_live.capture.video_file import VideoFile
from klipnet_live.pipeline.stages import capture, look, thin
from klipnet_live.tracking.tracker import FaceTracker
from klipnet_live.types import FPS, Image, Mouth

Role = Literal["known", "stranger", "other"]
"""People in the training set; strangers who say its sentences; anything else, which cannot be read."""

MODELS = ("en-grid", "ko-seed")

ROLES: dict[tuple[str, str], Role] = {
    ("grid_s1", "en-grid"): "known",
    ("grid_more", "en-grid"): "stranger",
    ("grid_others", "en-grid"): "stranger",
    ("korean_seed", "ko-seed"): "known",
}
"""By folder and model; all other pairs are "other"."""

_PARTLY_TRAINED_ON = ("grid_s1", "grid_more")
VIDEOS = (".mp4", ".mkv", ".avi", ".mov", ".webm")
_PICTURE_HEIGHT = 50
_SILENCE_S = 0.8

EVERYDAY: dict[Language, tuple[str, ...]] = {
    "en": (
        "could you send me the file before lunch", "what time is the meeting tomorrow",
        "i will call you back in ten minutes", "the weather has been nice this week",
        "can everybody hear me", "thank you very much for coming", "do you want some coffee",
        "sorry i was on mute", "how was your weekend", "please share your screen",
        "that sounds like a good idea", "she said she would be late", "my train was delayed again",
        "the budget is too small", "good morning everyone", "excuse me where is the station",
        "nobody told me about that", "could you repeat the question", "the children are at school",
        "let me check my calendar",
    ),
    "ko": (
        "안녕하세요 반갑습니다", "오늘 회의는 몇 시에 시작하나요", "잠시만 기다려 주세요",
        "점심 먹으러 갈까요",
        "자료를 다시 보내 주세요", "제 목소리 들리세요", "감사합니다 수고하셨습니다", "날씨가 정말 좋네요",
        "질문이 있으시면 말씀해 주세요", "다음 주에 만나요",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetTalk:
    """One recording: the mouths of each frame, and the speakers whose video was interrupted before it."""

    speaker: str
    name: str
    text: str
    pictures: Sequence[tuple[float, Sequence[Mouth], Sequence[str]]]


def talks_of(folder: Path) -> Iterator[SetTalk]:
    """All recordings of a folder: a dataset, phrase takes, or plain videos. Of grid_s1 only `val`."""
    if (folder / "takes.tsv").is_file():
        yield from _takes(folder)
    elif (folder / "transcripts.tsv").is_file():
        cropper = MouthCropper(Window())
        for row in table_rows(folder):
            if folder.name in _PARTLY_TRAINED_ON and row.get("split") != "val":
                continue
            path = folder / row["path"]
            pictures = _cropped(cropper(path).crops) if _shows_a_mouth(path) else list(_tracked(path))
            yield SetTalk(row.get("speaker", ""), row["path"], row["text"], pictures)
    else:
        for path in sorted(path for path in folder.iterdir() if path.suffix.lower() in VIDEOS):
            yield SetTalk(path.stem, path.name, "", list(_tracked(path)))


def everyday_talks(language: Language, count: int) -> Iterator[SetTalk]:
    """Synthetic talkers saying everyday sentences."""
    sentences = EVERYDAY[language]
    for index in range(count):
        seed = (index, len(sentences), 13)
        random = np.random.default_rng(seed)
        looks, start_s = random_look(random), float(random.uniform(0.25, 0.8))
        text = sentences[index % len(sentences)]
        speech = speak("1", text, language, start_s, looks.rate, random)
        frames = math.ceil((speech.utterance.end_s + _SILENCE_S) * FPS)
        motion = random_motion(frames, looks.sway, random)
        clip = SyntheticClip(speech.utterance, viseme_track([speech], frames), looks, motion, seed)
        yield SetTalk(f"{language}{index}", f"{language}{index}", text, _cropped(mouth_crops(clip)))


def _takes(folder: Path) -> Iterator[SetTalk]:
    """Phrase takes; each image holds the frames of a take, stacked vertically."""
    for row in table_rows(folder, "takes.tsv"):
        strip = cv2.imread(str(folder / row["path"]), cv2.IMREAD_GRAYSCALE)
        if strip is None:
            continue
        crops = strip.reshape(-1, _PICTURE_HEIGHT, strip.shape[1])
        yield SetTalk(row["speaker"], row["path"], row["text"], _cropped(crops.astype(np.uint8)))


def _cropped(crops: Image) -> list[tuple[float, Sequence[Mouth], Sequence[str]]]:
    return [(i / FPS, (Mouth("1", i / FPS, crop),), ()) for i, crop in enumerate(crops)]


def _shows_a_mouth(path: Path) -> bool:
    if path.is_dir():
        return True
    first = next(VideoFile(path, "fast").frames())
    return first.image.shape[:2] == (50, 100)


def _tracked(path: Path) -> Iterator[tuple[float, Sequence[Mouth], Sequence[str]]]:
    tracker = FaceTracker()
    try:
        for sighting in look(tracker, thin(capture(VideoFile(path, "fast")))):
            yield sighting.time_s, sighting.seen.mouths, tuple(sighting.seen.interrupted)
    finally:
        tracker.close()
