"""The result of an analysis."""

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Dict, Optional, Tuple

import numpy as np
import numpy.typing as npt

from ._errors import InputError
from ._events import Counts
from ._result_parts import (
    ExerciseInfo,
    PoseInfo,
    PracticeWarning,
    Repetition,
    SetFault,
    SetMeasures,
    Source,
    View,
)
from ._schema import parse_json, read

if TYPE_CHECKING:
    from pandas import DataFrame

SCHEMA = "matside.analysis/1"


@dataclass(frozen=True)
class Poses:
    """The pose in each of n frames.

    times_s: (n,), by the source's clock.
    landmarks: (n, 33, 3): x_px, y_px, score (0 to 1), in the order of matside.LANDMARKS; NaN where no person was
    found. Pixels of the upright picture.
    knees: (n, 2, 2): flexion in space and its standard deviation, in degrees, of the left and the right knee; NaN
    where not measured.
    """

    times_s: npt.NDArray[np.float64]
    landmarks: npt.NDArray[np.float64]
    knees: npt.NDArray[np.float64]

    def to_frame(self) -> "DataFrame":
        """A pandas frame with a row for each landmark of each frame: frame, time_s, keypoint, x_px, y_px, score."""
        from . import _tables

        return _tables.poses(self.times_s, self.landmarks)


@dataclass(frozen=True, repr=False)
class Result:
    """The result of one practice.

    Read the attributes, `to_dict()` or the pandas frames; `to_json()` is the text of the result file. `poses` is
    there after `analyze(..., poses=True)`.
    """

    complete: bool
    source: Source
    pose: PoseInfo
    exercise: ExerciseInfo
    view: View
    repetitions: Tuple[Repetition, ...]
    set_faults: Tuple[SetFault, ...]
    elbows_forward: bool
    set: SetMeasures
    counts: Counts
    warnings: Tuple[PracticeWarning, ...]
    _json: str = field(default="", compare=False)
    _poses: Optional[Poses] = field(default=None, compare=False)

    @staticmethod
    def from_json(text: str, name: str = "result") -> "Result":
        """Read the text of a result file, as `matside analyze` and `matside batch` write it.

        name: of the file, for errors.

        Raises InputError with the place of the first error.
        """
        return make_result(text, name, None)

    def to_json(self) -> str:
        """The text of the result file, byte for byte as `matside analyze` writes it."""
        return self._json

    def to_dict(self) -> Dict[str, Any]:
        """The result file as dictionaries and lists; a new one in each call."""
        document: Dict[str, Any] = json.loads(self._json)
        return document

    @property
    def poses(self) -> Optional[Poses]:
        """The pose in each frame, if analyze() was called with poses=True."""
        return self._poses

    def repetitions_frame(self) -> "DataFrame":
        """A pandas frame with a row for each repetition: the columns of repetitions.csv (docs/batch.md)."""
        from . import _tables

        return _tables.repetitions(self.repetitions, self.exercise.id)

    def kicks_frame(self) -> "DataFrame":
        """A pandas frame with a row for each kick: repetition, side, kick, time_s, knee_flexion_deg."""
        from . import _tables

        return _tables.kicks(self.repetitions)

    def peaks_frame(self) -> "DataFrame":
        """A pandas frame with a row for each peak: repetition, side, leg, peak (its number, for each leg), time_s,
        value, unit."""
        from . import _tables

        return _tables.peaks(self.repetitions)

    def readings_frame(self) -> "DataFrame":
        """A pandas frame with a row for each measure that the exercise's file asks for: repetition, side, reading,
        value, unit."""
        from . import _tables

        return _tables.readings(self.repetitions)

    def faults_frame(self) -> "DataFrame":
        """A pandas frame with a row for each fault: the columns of faults.csv (docs/batch.md)."""
        from . import _tables

        return _tables.faults(self.repetitions, self.set_faults)

    def __repr__(self) -> str:
        counts = self.counts
        both = f"{counts.both} both, " if counts.both else ""
        peaks = "kicks" if self.exercise.id == "single-leg-kick" else "peaks"
        return (
            f"<matside.Result {self.source.path!r}: {counts.left} left, {counts.right} right, {both}"
            f"{counts.unsure} unsure, {counts.kicks} {peaks}, {counts.clean} clean>"
        )


def make_result(text: str, name: str, poses: Optional[Poses]) -> Result:
    """As Result.from_json(), with the poses."""
    document = parse_json(text, name)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputError(f"{name}: not a result file of this version of Matside ({SCHEMA})")
    result = read(document, Result, name)
    object.__setattr__(result, "_json", text)
    object.__setattr__(result, "_poses", poses)
    return result
