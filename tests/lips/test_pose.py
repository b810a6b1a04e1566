from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from klipnet_live.lips.pose import (
    LEFT_EYE_CORNERS,
    LIP_POINTS,
    RIGHT_EYE_CORNERS,
    MouthPose,
    PoseSmoother,
    mouth_pose,
)
from klipnet_live.types import FPS, FloatArray

POSES = st.builds(
    MouthPose,
    st.floats(-500, 2500),
    st.floats(-500, 2500),
    st.floats(10, 400),
    st.floats(-math.pi, math.pi),
)


def landmarks(eyes_px: float = 60.0, mouth: tuple[float, float] = (200.0, 300.0)) -> FloatArray:
    """Level eyes, `eyes_px` apart, 80 px above the mouth."""
    points = np.zeros((478, 2), np.float32)
    points[LIP_POINTS] = mouth
    points[RIGHT_EYE_CORNERS] = np.array(mouth) + np.array([-eyes_px / 2, -80])
    points[LEFT_EYE_CORNERS] = np.array(mouth) + np.array([eyes_px / 2, -80])
    return points


def test_a_level_face() -> None:
    assert mouth_pose(landmarks()) == MouthPose(200.0, 300.0, 60.0, 0.0)


@given(st.floats(-3, 3), st.floats(0.2, 5), st.tuples(st.floats(-300, 300), st.floats(-300, 300)))
def test_the_pose_moves_with_the_face(roll: float, scale: float, shift: tuple[float, float]) -> None:
    turn = np.array([[math.cos(roll), -math.sin(roll)], [math.sin(roll), math.cos(roll)]])
    moved = (landmarks() @ turn.T * scale + np.array(shift)).astype(np.float32)
    pose = mouth_pose(moved)
    expected = turn @ (200, 300) * scale + np.array(shift)
    assert (pose.x, pose.y) == pytest.approx(tuple(expected), abs=0.01)
    assert pose.inter_ocular_px == pytest.approx(60 * scale, rel=1e-3)
    assert pose.roll == pytest.approx(roll, abs=1e-3)


@pytest.mark.parametrize("shape", [(478, 3), (100, 2), (478,)])
def test_wrong_shapes_are_refused_naming_the_shape(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=str(shape[0])):
        mouth_pose(np.zeros(shape, np.float32))


@given(POSES)
def test_the_pose_of_a_still_face_is_unchanged(pose: MouthPose) -> None:
    smoother = PoseSmoother()
    for i in range(20):
        smooth = smoother(pose, i / FPS)
    expected = pytest.approx((pose.x, pose.y, pose.inter_ocular_px))
    assert (smooth.x, smooth.y, smooth.inter_ocular_px) == expected
    assert math.cos(smooth.roll - pose.roll) == pytest.approx(1.0)


def test_the_centre_follows_within_five_frames_and_the_scale_within_fifteen() -> None:
    smoother = PoseSmoother()
    for i in range(30):
        smoother(MouthPose(0.0, 0.0, 50.0, 0.0), i / FPS)
    after = [smoother(MouthPose(10.0, 20.0, 65.0, 0.1), i / FPS) for i in range(30, 45)]
    assert [pose.x for pose in after[:5]] == pytest.approx([2, 4, 6, 8, 10])
    assert [pose.inter_ocular_px for pose in after] == pytest.approx([50 + i for i in range(1, 16)])
    assert after[-1].roll == pytest.approx(0.1)


@pytest.mark.parametrize("fps", [10, 15, 24, 25, 30, 60])
def test_a_camera_of_any_rate_is_smoothed_over_the_same_time(fps: int) -> None:
    smoother = PoseSmoother()
    for i in range(2 * fps):
        smoother(MouthPose(0.0, 0.0, 50.0, 0.0), i / fps)
    after = {2 + i / fps: smoother(MouthPose(10.0, 0.0, 60.0, 0.0), 2 + i / fps) for i in range(fps)}
    followed_s = min(time_s for time_s, pose in after.items() if pose.x == pytest.approx(10.0)) - 2
    grown_s = min(time_s for time_s, pose in after.items() if pose.inter_ocular_px == pytest.approx(60)) - 2
    assert followed_s == pytest.approx(4 / FPS, abs=0.6 / fps + 1e-6)
    assert grown_s == pytest.approx(14 / FPS, abs=0.6 / fps + 1e-6)


@pytest.mark.parametrize("jitter_s", [0.004, 0.009])
def test_uneven_timestamps_do_not_change_how_many_frames_are_averaged(jitter_s: float) -> None:
    smoother, random = PoseSmoother(), np.random.default_rng(2)
    for i in range(50):
        time_s = i / FPS + random.uniform(-jitter_s, jitter_s)
        pose = smoother(MouthPose(float(i), 0.0, 50.0, 0.0), time_s)
        if i >= 15:
            assert pose.x == pytest.approx(i - 2)


def test_when_time_goes_back_later_poses_are_dropped() -> None:
    smoother = PoseSmoother()
    for i in range(10):
        smoother(MouthPose(100.0, 0.0, 50.0, 0.0), 10 + i / FPS)
    assert smoother(MouthPose(0.0, 0.0, 50.0, 0.0), 5.0).x == 0.0


def test_roll_is_averaged_across_the_half_turn() -> None:
    smoother = PoseSmoother()
    smoother(MouthPose(0.0, 0.0, 50.0, math.radians(179)), 0.0)
    smooth = smoother(MouthPose(0.0, 0.0, 50.0, math.radians(-179)), 0.04)
    assert abs(math.degrees(smooth.roll)) == pytest.approx(180)


@given(st.lists(POSES, min_size=1, max_size=20), POSES)
def test_a_reset_forgets_all_poses(past: list[MouthPose], pose: MouthPose) -> None:
    smoother = PoseSmoother()
    for i, one in enumerate(past):
        smoother(one, i / FPS)
    smoother.reset()
    assert smoother(pose, len(past) / FPS) == PoseSmoother()(pose, 0.0)


@given(st.lists(POSES, min_size=1, max_size=30))
def test_the_smoothed_pose_lies_within_the_range_of_its_inputs(poses: list[MouthPose]) -> None:
    smoother = PoseSmoother()
    for i, pose in enumerate(poses):
        smooth = smoother(pose, i / FPS)
    centres, shapes = poses[-5:], poses[-15:]
    assert min(p.x for p in centres) - 1e-6 <= smooth.x <= max(p.x for p in centres) + 1e-6
    low, high = (choose(p.inter_ocular_px for p in shapes) for choose in (min, max))
    assert low - 1e-6 <= smooth.inter_ocular_px <= high + 1e-6
