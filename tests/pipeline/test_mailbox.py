from __future__ import annotations

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.latest import Latest
from klipnet_live.pipeline.mailbox import Mailbox

PATIENCE_S = 60.0


def in_thread(action: object) -> threading.Thread:
    assert callable(action)
    thread = threading.Thread(target=action, daemon=True)
    thread.start()
    return thread


def test_items_arrive_in_order_and_closing_ends_the_reader() -> None:
    mailbox = Mailbox[int](3, drops=False)
    received: list[int] = []
    reader = in_thread(lambda: received.extend(mailbox))
    for number in range(50):
        assert mailbox.put(number)
    mailbox.shut()
    reader.join(PATIENCE_S)
    assert received == list(range(50))


def test_a_full_mailbox_blocks_the_sender_until_an_item_is_taken() -> None:
    mailbox = Mailbox[int](2, drops=False)
    mailbox.put(1)
    mailbox.put(2)
    sender = in_thread(lambda: mailbox.put(3))
    sender.join(0.1)
    assert sender.is_alive()
    assert next(iter(mailbox)) == 1
    sender.join(PATIENCE_S)
    assert not sender.is_alive()
    assert mailbox.dropped == 0


def test_a_dropping_mailbox_never_blocks_and_counts_lost_items() -> None:
    mailbox = Mailbox[str](2, drops=True, worth=len)
    assert all(mailbox.put(item) for item in ("a", "bb", "ccc", "dddd"))
    mailbox.shut()
    assert list(mailbox) == ["a", "bb"]
    assert mailbox.dropped == 7


def test_each_lost_item_counts_once_by_default() -> None:
    mailbox = Mailbox[str](1, drops=True)
    for item in ("a", "bb", "ccc"):
        mailbox.put(item)
    assert mailbox.dropped == 2


def test_a_reader_that_leaves_releases_a_waiting_sender() -> None:
    mailbox = Mailbox[int](1, drops=False)
    mailbox.put(1)
    answers: list[bool] = []
    sender = in_thread(lambda: answers.append(mailbox.put(2)))
    time.sleep(0.05)
    mailbox.shut()
    sender.join(PATIENCE_S)
    assert answers == [False]
    assert list(mailbox) == [1]


def test_shutting_releases_a_waiting_reader() -> None:
    mailbox = Mailbox[int](1, drops=True)
    received: list[list[int]] = []
    reader = in_thread(lambda: received.append(list(mailbox)))
    time.sleep(0.05)
    mailbox.shut()
    reader.join(PATIENCE_S)
    assert received == [[]]


def test_a_shut_mailbox_takes_nothing_and_counts_nothing_as_lost() -> None:
    mailbox = Mailbox[int](1, drops=True)
    mailbox.put(1)
    mailbox.shut(discard=True)
    assert not mailbox.put(2)
    assert list(mailbox) == []
    assert mailbox.dropped == 0


@given(st.lists(st.booleans()), st.integers(1, 5))
def test_remaining_items_keep_their_order(steps: list[bool], capacity: int) -> None:
    """True puts the next number, False takes one if available; a plain list is the reference model."""
    mailbox = Mailbox[int](capacity, drops=True)
    taken = iter(mailbox)
    model: list[int] = []
    lost = 0
    for number, puts in enumerate(steps):
        if puts and len(model) < capacity:
            model.append(number)
        elif puts:
            lost += 1
        elif model:
            assert next(taken) == model.pop(0)
        if puts:
            mailbox.put(number)
    mailbox.shut()
    assert list(taken) == model
    assert mailbox.dropped == lost


def test_a_slot_holds_the_latest_value_once() -> None:
    slot = Latest[int]()
    assert slot.take() is None
    slot.put(1)
    slot.put(2)
    assert slot.take() == 2
    assert slot.take() is None
