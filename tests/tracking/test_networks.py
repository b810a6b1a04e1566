from __future__ import annotations

from klipnet_live.tracking.networks import borrow, give_back


def test_networks_are_reused_but_never_shared() -> None:
    one = borrow()
    other = borrow()
    assert other is not one
    give_back(one)
    assert borrow() is one
    give_back(one)
    give_back(other)
