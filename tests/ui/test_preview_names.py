"""Placing the name of a face in the preview."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF

from klipnet_live.ui.preview.view import name_place

VIEW = QRectF(0, 0, 400, 300)
NAME = QSizeF(90, 24)


def test_a_name_at_the_edge_stays_in_the_view() -> None:
    for left, top in ((370, 100), (-20, 100), (150, 260)):
        assert VIEW.contains(name_place(NAME, QRectF(left, top, 50, 60), [], VIEW))


def test_a_name_moves_above_its_face_if_another_face_is_below() -> None:
    box, below = QRectF(100, 100, 50, 60), QRectF(100, 165, 50, 60)
    assert name_place(NAME, box, [], VIEW).top() > box.bottom()
    label = name_place(NAME, box, [below], VIEW)
    assert not label.intersects(below)
    assert label.bottom() < box.top()


def test_a_name_does_not_cover_its_own_face() -> None:
    at_the_bottom = QRectF(100, 200, 80, 98)
    label = name_place(NAME, at_the_bottom, [at_the_bottom], VIEW)
    assert VIEW.contains(label)
    assert not label.intersects(at_the_bottom)
    tall = QRectF(20, 0, 80, 300)
    assert not name_place(NAME, tall, [tall], VIEW).intersects(tall)
