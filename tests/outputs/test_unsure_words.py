"""Every output omits low-confidence words and the text of unreadable lines."""

from __future__ import annotations

import io
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from websockets.sync.client import connect

from klipnet_live.captions.captioned_picture import CaptionedPictures
from klipnet_live.captions.lines import CaptionLine, LineCollector, unclear
from klipnet_live.captions.on_screen import OnScreen
from klipnet_live.captions.painter import CaptionPainter
from klipnet_live.export.subtitles import write_lines
from klipnet_live.outputs.jsonl import JsonLines
from klipnet_live.outputs.outbox import LineOutput
from klipnet_live.outputs.text_file import CaptionFile
from klipnet_live.outputs.typing.typed_lines import TypedLines
from klipnet_live.outputs.websocket import WebSocketServer
from klipnet_live.outputs.zoom import ZoomCaptions
from klipnet_live.transcripts.sessions import SessionStore
from klipnet_live.types import CaptionEvent, Frame, Image
from tests.builders import event
from tests.outputs.test_typed_lines import serve_until
from tests.outputs.test_zoom import Meeting, meeting, send  # noqa: F401
from tests.unsure_captions import MISREAD, READ, SHOWN, delivered


@pytest.fixture(scope="module")
def events() -> list[CaptionEvent]:
    return delivered()


def shown_events(events: list[CaptionEvent], language: str = "en") -> list[CaptionLine]:
    lines: list[CaptionLine] = []
    collect = LineCollector(lines.append, unclear=unclear(language))
    for each in events:
        collect(each)
    return lines


def test_the_confidence_threshold_is_configurable() -> None:
    texts = [[each.text for each in delivered(least)] for least in (0.0, 0.5, 0.85, 0.99)]
    assert texts == [[READ, ""], [SHOWN, ""], ["lay … at …", ""], ["", ""]]
    assert not any(each.readable for each in delivered(0.99))


@pytest.mark.parametrize("ending", [".srt", ".vtt", ".txt", ".csv", ".json", ".jsonl"])
def test_caption_files(events: list[CaptionEvent], tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"talk{ending}"
    write_lines(path, shown_events(events))
    written = path.read_text(encoding="utf-8")
    assert SHOWN in written
    assert "[unclear]" in written
    assert "red" not in written
    assert not any(word in written.split() for word in MISREAD.split())


def test_unreadable_lines_are_marked_in_the_caption_language_or_left_out(events: list[CaptionEvent]) -> None:
    assert [line.text for line in shown_events(events, "ko")] == [SHOWN, "[불명확]"]
    assert [line.readable for line in shown_events(events)] == [True, False]
    lines: list[CaptionLine] = []
    for each in events:
        LineCollector(lines.append)(each)
    assert [line.text for line in lines] == [SHOWN]


def test_transcripts(events: list[CaptionEvent], tmp_path: Path) -> None:
    store = SessionStore(tmp_path)
    journal = store.begin("Talk", "en", "screen", datetime.now(UTC), pytest.fail)
    for line in shown_events(events):
        journal(line)
    journal.close()
    [session] = store.sessions()
    assert [line.line.text for line in session.lines] == [SHOWN, "[unclear]"]
    assert [line.line.readable for line in session.lines] == [True, False]


def test_the_text_file_output(events: list[CaptionEvent], tmp_path: Path) -> None:
    path = tmp_path / "now.txt"
    file = CaptionFile(path, pytest.fail)
    for each in events:
        file.add(each)
    file.refresh()
    written = path.read_text(encoding="utf-8")
    assert SHOWN in written
    assert "red" not in written
    assert written.count("…") == 2, "one for the word, one for the line"


def test_the_picture_of_the_virtual_camera(events: list[CaptionEvent], qapp: QApplication) -> None:
    painter = CaptionPainter()

    def painted(*shown: CaptionEvent) -> Image:
        captions = OnScreen()
        for each in shown:
            captions(each)
        frame = Frame(0, 2.5, np.full((360, 640, 3), 90, np.uint8))
        picture = CaptionedPictures(lambda: frame, captions, painter.paint, (640, 360))()
        assert picture is not None
        return picture

    lower = slice(180, 360)
    readable, unreadable = events
    sure = event("completed", committed=READ, media_s=2.0)
    assert not np.array_equal(painted(readable)[lower], painted(sure)[lower])
    gap = event("completed", committed=SHOWN, media_s=2.0)
    assert np.array_equal(painted(readable) > 250, painted(gap) > 250), (
        "the gap must be painted like its text"
    )
    nothing = painted()
    assert not np.array_equal(painted(unreadable), nothing), "it must be visible that somebody speaks"


def test_json_lines_and_websocket_report_the_hidden_words_separately(events: list[CaptionEvent]) -> None:
    stream = io.StringIO()
    server = WebSocketServer(0, "token")
    server.start()
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        with connect(server.url) as client:
            for each in events:
                JsonLines(stream)(each)
                server(each)
            received = [json.loads(client.recv(60)) for _ in events]
    finally:
        server.stop()
        thread.join(60)
    assert received == [json.loads(text) for text in stream.getvalue().splitlines()]
    readable, unreadable = received
    assert (readable["committed"], readable["hypothesis"], readable["readable"]) == (SHOWN, READ, True)
    assert [word["readable"] for word in readable["words"]] == [True, False, True, True]
    assert (unreadable["committed"], unreadable["hypothesis"], unreadable["readable"]) == ("", MISREAD, False)
    assert unreadable["words"] == []


def test_typing_sends_only_confident_words_of_completed_lines(events: list[CaptionEvent]) -> None:
    typed: list[str] = []
    lines = TypedLines(typed.append)
    output = LineOutput(lines)
    output(event("changed", committed="lay", tentative=" red"))
    for each in events:
        output(each)
    serve_until(lines, lambda: bool(typed))
    assert typed == [f"{SHOWN} "]


def test_zoom_receives_only_confident_words_of_completed_lines(
    events: list[CaptionEvent],
    meeting: Meeting,  # noqa: F811
) -> None:
    zoom = ZoomCaptions(meeting.url, "en", pytest.fail)
    output = LineOutput(zoom)
    output(event("changed", committed="lay", tentative=" red"))
    for each in events:
        output(each)
    send(zoom, lambda: bool(meeting.posts))
    assert [text for *_, text in meeting.posts] == [f"Speaker 1: {SHOWN}"]
