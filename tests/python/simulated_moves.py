"""Poses of practices that are computed: a body of straight lines that lies on a mat, seen square from its left side.
Without noise, so that it is known what must be counted."""

import functools

import numpy as np

import matside

SIZE = (640, 360)
FPS = 30.0
REPETITIONS = 4
_REST_S = 2.0
_REPETITION_S = 7.0
_HIP = np.array([340.0, 260.0])
_THIGH, _SHANK, _TRUNK, _ARM, _NECK = 85.0, 80.0, 105.0, 60.0, 45.0
_FAR = np.array([3.0, -4.0])  # from the near side of the body to the far one


def _towards_head(length, degrees):
    """The head is on the left of the picture; positive angles are up."""
    angle = np.radians(degrees)
    return length * np.stack([-np.cos(angle), -np.sin(angle)], axis=-1)


def _towards_feet(length, degrees):
    angle = np.radians(degrees)
    return length * np.stack([np.cos(angle), -np.sin(angle)], axis=-1)


def _ramp(times, begin, end):
    """0 before, 1 after, smooth between."""
    share = np.clip((times - begin) / (end - begin), 0.0, 1.0)
    return share * share * (3.0 - 2.0 * share)


def _in_each_repetition(curve):
    """The times of the practice, and a curve of the time since the repetition's start in each repetition."""
    times = np.arange(0.0, _REST_S + REPETITIONS * _REPETITION_S + _REST_S, 1.0 / FPS)
    since = times - _REST_S
    inside = (since >= 0.0) & (since < REPETITIONS * _REPETITION_S)
    return times, np.where(inside, curve(since % _REPETITION_S), 0.0)


def _landmarks(trunk_deg, knee_deg):
    """(n, 33, 3) of the n angles of the trunk and of both knees."""
    points = np.zeros((len(trunk_deg), len(matside.LANDMARKS), 3))

    def put(name, place, near=True):
        i = matside.LANDMARKS.index(name)
        points[:, i, :2] = place if near else place + _FAR
        points[:, i, 2] = 0.99 if near else 0.8

    shoulder = _HIP + _towards_head(_TRUNK, trunk_deg)
    nose = shoulder + _towards_head(_NECK, trunk_deg - 10.0)
    ear = shoulder + _towards_head(_NECK - 12.0, trunk_deg + 8.0)
    elbow = np.broadcast_to(_HIP + [-_TRUNK - 25.0, 5.0], shoulder.shape)
    put("nose", nose)
    for side, near in [("left", True), ("right", False)]:
        put(f"{side}_ear", ear, near)
        put(f"{side}_shoulder", shoulder, near)
        put(f"{side}_elbow", elbow, near)
        put(f"{side}_wrist", elbow + [-_ARM, 0.0], near)
        knee = _HIP + _towards_feet(_THIGH, np.zeros_like(knee_deg))
        ankle = knee + _towards_feet(_SHANK, knee_deg)
        put(f"{side}_hip", np.broadcast_to(_HIP, knee.shape), near)
        put(f"{side}_knee", knee, near)
        put(f"{side}_ankle", ankle, near)
        put(f"{side}_heel", ankle + [8.0, -3.0], near)
        put(f"{side}_foot_index", ankle + [20.0, 4.0], near)
    return points


@functools.lru_cache(maxsize=None)
def swan(lift_deg=14.0, hold_s=2.6):
    """(landmarks, times_s) of REPETITIONS chest lifts."""
    times, lift = _in_each_repetition(
        lambda t: lift_deg * (_ramp(t, 0.0, 1.2) - _ramp(t, 1.2 + hold_s, 2.6 + hold_s))
    )
    return _landmarks(8.0 + lift, np.zeros_like(lift)), times


@functools.lru_cache(maxsize=None)
def double_kick(bend_deg=100.0):
    """(landmarks, times_s) of REPETITIONS double-leg kicks with three peaks."""

    def bend(t):
        pulses = sum(_ramp(t, 0.9 + 0.7 * k, 1.2 + 0.7 * k) - _ramp(t, 1.25 + 0.7 * k, 1.6 + 0.7 * k) for k in range(2))
        springs = bend_deg * _ramp(t, 0.0, 0.9) - 30.0 * pulses
        return springs * (1.0 - _ramp(t, 2.6, 4.4))

    times, knees = _in_each_repetition(bend)
    return _landmarks(np.full_like(knees, 25.0), knees), times
