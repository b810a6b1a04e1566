"""Every failure is reported in one line with a remedy."""

from __future__ import annotations

import pytest

from klipnet_live.errors import as_user_error
from klipnet_live.types import UserError


def test_a_mistake_of_the_user_stays_as_it_is() -> None:
    mistake = UserError("There is no file {path}: check its name.", path="x")
    assert as_user_error(mistake) is mistake


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(13, "Permission denied", "/root/x"),
            r"^Cannot use /root/x \(Permission denied\)",
        ),
        (OSError("odd"), "OSError: odd"),
        (ZeroDivisionError("oh"), "ZeroDivisionError: oh"),
    ],
)
def test_anything_else_says_what_it_is(error: Exception, said: str) -> None:
    with pytest.raises(UserError, match=said):
        raise as_user_error(error)
