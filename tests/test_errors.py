"""Every failure is reported in one line with a remedy."""

from __future__ import annotations

import pytest

from klipnet_live.errors import as_user_error
from klipnet_live.types import UserError


def test_a_user_error_is_kept() -> None:
    mistake = UserError("There is no file {path}: check its name.", path="x")
    assert as_user_error(mistake) is mistake


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            PermissionError(13, "Permission denied", "/root/x"),
            r"^Cannot use /root/x \(Permission denied\)",
        ),
        (OSError("odd"), "OSError: odd"),
        (ZeroDivisionError("oh"), "ZeroDivisionError: oh"),
    ],
)
def test_other_errors_become_user_errors_with_their_reason(error: Exception, message: str) -> None:
    with pytest.raises(UserError, match=message):
        raise as_user_error(error)
