from __future__ import annotations

from klipnet_live.tracking.networks import borrow, give_back


def test_networks_are_used_again_but_never_by_two_at_once() -> None:
    one = borrow()
    other = borrow()
    assert other is not one
    give_back(one)
    assert borrow() is one
    give_back(one)
    give_back(other)
