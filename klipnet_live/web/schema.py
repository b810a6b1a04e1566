"""Request and response models of the API, as documented by OpenAPI."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from klipnet_live.errors import Problem
from klipnet_live.types import CaptionEvent
from klipnet_live.web.store import Job, NumberedLine, State


class ProblemText(BaseModel):
    """An error message. `template` and `values` allow the page to translate it."""

    detail: str
    template: str
    values: dict[str, Any]

    @classmethod
    def of(cls, problem: Problem) -> ProblemText:
        return cls(detail=str(problem), template=problem.template, values=dict(problem.values))


class JobText(BaseModel):
    """A recording and its progress. Times are seconds since 1970; `before`: jobs ahead in the queue."""

    id: str
    name: str
    language: str
    state: State
    progress: float = Field(ge=0, le=1)
    before: int
    lines: int
    created: float
    expires: float
    problem: ProblemText | None = None
    notes: list[ProblemText] = []

    @classmethod
    def of(cls, job: Job, *, before: int, lines: int) -> JobText:
        return cls(
            id=job.id, name=job.name, language=job.language, state=job.state, progress=round(job.progress, 4),
            before=before, lines=lines, created=job.created_s, expires=job.expires_s,
            problem=ProblemText.of(job.problem) if job.problem else None,
            notes=[ProblemText.of(note) for note in job.notes],
        )  # fmt: skip


class LineText(BaseModel):
    """A completed line with the fields of caption files. `number` is stable when other lines are deleted."""

    model_config = ConfigDict(extra="allow")

    number: int
    speaker: str
    name: str
    start_s: float
    end_s: float
    text: str
    confidence: float

    @classmethod
    def of(cls, stored: NumberedLine) -> LineText:
        return cls(number=stored.number, **stored.line.as_dict())


class OpenLineText(BaseModel):
    """An open line at the current position of the recording; only `committed` is final."""

    speaker: str
    committed: str
    tentative: str

    @classmethod
    def of(cls, event: CaptionEvent) -> OpenLineText:
        return cls(speaker=event.speaker, committed=event.committed, tentative=event.tentative)


class NewJob(BaseModel):
    id: str


class TextChange(BaseModel):
    """The new text of a line."""

    text: str = Field(max_length=2000)


class NameChange(BaseModel):
    """The new name of a speaker."""

    name: str = Field(min_length=1, max_length=100)


class TokenText(BaseModel):
    token: str = Field(max_length=200)


class ModelText(BaseModel):
    """A model of the server. `words`: size of its vocabulary, if it is small."""

    name: str
    language: str
    words: int | None


class ServerText(BaseModel):
    """Models and limits of this server. `heard`: languages with speech recognition."""

    version: str
    models: list[ModelText]
    heard: list[str]
    upload_bytes: int
    video_s: float
    keep_s: float
    local: bool


UPLOAD_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": "the video"},
                        "language": {"type": "string", "description": "en or ko; by default the model's"},
                        "model": {"type": "string", "description": "a model name from GET /api/server"},
                        "sound": {
                            "type": "boolean",
                            "default": True,
                            "description": "use the sound; languages: `heard` in GET /api/server",
                        },
                        "phrases": {
                            "type": "string",
                            "description": "sentences, one per line, or a JSGF grammar",
                        },
                        "phrases_only": {
                            "type": "boolean",
                            "default": False,
                            "description": "allow only the phrases; otherwise they are just more likely",
                        },
                    },
                }
            }
        },
    }
}
