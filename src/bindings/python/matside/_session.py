"""One practice whose poses another program finds."""

import operator
import os
from types import TracebackType
from typing import Any, List, Optional, Tuple, Type, Union

import numpy as np
import numpy.typing as npt

from . import _native
from ._errors import UsageError
from ._events import Counts, Event, FrameState
from ._exercises import ExerciseChoice, native_exercise
from ._results import Result, make_result

_INT32 = 2**31


def whole(value: Any, name: str) -> int:
    """A whole number that C's int holds."""
    try:
        number = operator.index(value)
    except TypeError:
        raise UsageError(f"{name}: must be a whole number, not {value!r}") from None
    if not -_INT32 <= number < _INT32:
        raise UsageError(f"{name}: {number} is too large")
    return number


def picture_size(size: Any) -> Tuple[int, int]:
    """A pair of whole numbers."""
    try:
        width, height = size
    except (TypeError, ValueError):
        raise UsageError("size: must be (width, height) in pixels, such as (1280, 720)") from None
    return whole(width, "size"), whole(height, "size")


def _numbers(value: npt.ArrayLike, name: str) -> npt.NDArray[Any]:
    """The array itself where it is one."""
    try:
        return np.asarray(value)
    except ValueError as error:
        raise UsageError(f"{name}: not an array of numbers: {error}") from None


def _times(value: npt.ArrayLike) -> npt.NDArray[np.float64]:
    times = _numbers(value, "time_s")
    if times.dtype.kind not in "iuf":
        raise UsageError(f"time_s: must be seconds as numbers, not {times.dtype}")
    return times.astype(np.float64, copy=False)


class Session:
    """One practice: landmarks in, events out. For poses that another program finds, live or recorded.

        with matside.Session(size=(1280, 720), level=1) as session:
            events = session.push(landmarks, times)   # (n, 33, 3) and (n,)
            events += session.finish()
            result = session.result()

    Threads: the interpreter lock is released during the work, so several sessions work in parallel. Use each session
    in one thread at a time; another thread gets a UsageError.

    All methods raise UsageError after close().
    """

    def __init__(self, *, size: Tuple[int, int], level: int = 1, exercise: ExerciseChoice = None) -> None:
        """Start a practice.

        size: width and height of the upright picture in pixels, 1 to 100,000.
        level: of the exercise; the single-leg kick has the levels 0 to 3.
        exercise: the id of a built-in exercise, such as "swan-preparation", or an Exercise; None for the single-leg
            kick.

        Raises UsageError if there is no such level, size or exercise; for an exercise it names those that are built
        in.
        """
        self._width, self._height = picture_size(size)
        limit = 100_000
        if not (0 < self._width <= limit and 0 < self._height <= limit):
            raise UsageError(f"size: {self._width} x {self._height} is not a picture size (1 to 100000 pixels)")
        self._native = _native.Session(whole(level, "level"), native_exercise(exercise))

    def push(
        self, landmarks: npt.ArrayLike, time_s: npt.ArrayLike, knees: Optional[npt.ArrayLike] = None
    ) -> List[Event]:
        """Process one frame, or many in order.

        landmarks: float64 or float32, (33, 3) for one frame or (n, 33, 3) for n frames, at most 1,000,000. The last
            axis is x_px, y_px (pixels from the upper left of the upright picture) and score, 0 (missing or hidden)
            to 1 (certainly visible). The order is that of matside.LANDMARKS. A landmark that is NaN or infinite
            counts as missing; a frame whose x and y are all NaN has no person. An array is read where it is, without
            a copy, whatever its strides.
        time_s: by the source's clock; must increase from frame to frame. A number, or (n,).
        knees: for sources that measure the knees in space: flexion_deg and sd_deg of the left and the right knee,
            (2, 2) or (n, 2, 2); NaN where not measured.

        Returns the events of these frames. A frame with an invalid or non-increasing time is skipped, with a
        warning among the events. Values are rounded as in a table of poses: microseconds, hundredths of a pixel,
        scores of 0.0001, tenths of a degree.

        Raises UsageError for another shape or type, and after finish(). Then no frame was processed.
        """
        points = _numbers(landmarks, "landmarks")
        times = _times(time_s)
        angles = None if knees is None else _numbers(knees, "knees")
        if points.ndim == 2 and times.ndim == 0:
            points, times = points[np.newaxis], times[np.newaxis]
            angles = None if angles is None else angles[np.newaxis]
        return self._native.push(points, times, self._width, self._height, angles)

    def finish(self) -> List[Event]:
        """End the practice: score the movement in progress and return the remaining events. A second call returns
        none."""
        return self._native.finish()

    @property
    def counts(self) -> Counts:
        """What was counted so far."""
        return self._native.counts()

    @property
    def frame_state(self) -> FrameState:
        """What the last frame shows, for feedback without delay."""
        return self._native.frame_state()

    def result(
        self,
        path: Union[str, "os.PathLike[str]"] = "",
        sha256: str = "",
        pose_model: str = "",
    ) -> Result:
        """The result so far; `complete` is False before finish().

        path, sha256: of the file that the poses are from, where there is one.
        pose_model: the program or network that found the poses: lower-case letters, digits and "-".

        Raises UsageError before the first frame, InputError for an invalid sha256 or pose_model.
        """
        try:
            name = os.fsencode(path)
        except (TypeError, UnicodeError):
            raise UsageError(f"path: must be a path, not {path!r}") from None
        if b"\0" in name:
            raise UsageError("path: must not contain a NUL character")
        text = self._native.result_json(name, sha256, pose_model)
        return make_result(text, "result", None)

    def close(self) -> None:
        """Free the session's memory. Nothing happens if it is closed already."""
        self._native.close()

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._native.closed

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        place: Optional[TracebackType],
    ) -> None:
        self.close()
