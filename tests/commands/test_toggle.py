"""`klipnet-live toggle`: commands for the open window."""

from __future__ import annotations

import pytest

from klipnet_live.cli import main
from klipnet_live.settings import TOGGLE_WORDS


def test_the_command_is_sent_to_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr("klipnet_live.ui.app.remote.send", lambda word: sent.append(word) or True)
    assert [main(["toggle", word]) for word in TOGGLE_WORDS] == [0] * len(TOGGLE_WORDS)
    assert sent == list(TOGGLE_WORDS)


def test_without_a_window_the_command_is_a_one_line_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("klipnet_live.ui.app.remote.channel", lambda: "klipnet-test-nobody")
    assert main(["toggle", "captions"]) == 1
    assert capsys.readouterr().err == "klipnet-live: No window is open. Start `klipnet-live` first.\n"


def test_an_unknown_command_word_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["toggle", "lights"])
    assert left.value.code == 2
    assert "click-through" in capsys.readouterr().err
