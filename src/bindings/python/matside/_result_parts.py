"""The parts of a result. The classes have the names and fields of the result file, which
src/formats/analysis.schema.json and docs/measures.md define. Angles are in degrees, times in seconds from the first
frame, and None means not measured. Left and right are the person's own."""

from dataclasses import dataclass
from typing import Optional, Tuple

from ._events import Fault, Kick, Peak, Reading


@dataclass(frozen=True)
class Measured:
    """A measured value and its standard deviation."""

    value: float
    sd: float


@dataclass(frozen=True)
class Difference:
    """A difference and its standard deviation; `distinguishable` is False within measurement error."""

    value: float
    sd: float
    distinguishable: bool


@dataclass(frozen=True)
class Symmetry:
    """Left minus right, and right minus left in percent of their mean."""

    left_less_right: Difference
    index_percent: Optional[Measured]


@dataclass(frozen=True)
class Measures:
    """The measures of a repetition, or their means; docs/measures.md defines them."""

    greatest_bend_deg: Optional[Measured]
    rise_s: Optional[Measured]
    beat_interval_s: Optional[Measured]
    lowering_s: Optional[Measured]
    transit_70_20_s: Optional[Measured]
    lowering_smoothness: Optional[Measured]
    hips_still_share: Optional[Measured]
    hip_moves_at_deg: Optional[Measured]
    chest_fall_deg: Optional[Measured]
    chest_incline_deg: Optional[Measured]
    duration_s: Optional[Measured]


@dataclass(frozen=True)
class SetMeasures:
    """Measures of all repetitions. The changes are those of the second half of the set from the first."""

    mean: Measures
    left: Measures
    right: Measures
    greatest_bend_median_deg: Optional[Measured]
    greatest_bend_best_deg: Optional[Measured]
    rhythm_variation: Optional[Measured]
    rhythm_variation_left: Optional[Measured]
    rhythm_variation_right: Optional[Measured]
    beat_variation: Optional[Measured]
    bend_symmetry: Optional[Symmetry]
    transit_symmetry: Optional[Symmetry]
    bend_change_deg: Optional[Difference]
    transit_change_s: Optional[Difference]
    chest_change_deg: Optional[Difference]


@dataclass(frozen=True)
class Repetition:
    """A movement to one or more peaks, and its lowering. In the single-leg kick, the kicks of one leg.

    kicks: of the single-leg kick; other exercises have peaks only.
    peaks: where the movement turns back; empty in the result of an earlier version.
    readings: the measures that the exercise's file asks for.
    side: "left", "right", "both" or "unsure"; side_confidence: 0.5 (a guess) to 1.
    status: "clean", "faulty", "partial" or "unjudged"; confidence: 0 to 1.
    """

    index: int
    side: str
    side_confidence: float
    start_s: float
    end_s: float
    lowering_start_s: float
    kicks: Tuple[Kick, ...]
    lowering_s: Optional[float]
    transit_70_20_s: Optional[float]
    hip_rise_thigh_lengths: Optional[float]
    thigh_lift_deg: Optional[float]
    measures: Measures
    faults: Tuple[Fault, ...]
    status: str
    confidence: float
    peaks: Tuple[Peak, ...] = ()
    readings: Tuple[Reading, ...] = ()


@dataclass(frozen=True)
class SetFault:
    """A fault of the whole set, such as "same_side_twice", and when it was detected."""

    id: str
    at_s: float


@dataclass(frozen=True)
class PracticeWarning:
    """What limits the analysis: what is wrong and what to do."""

    id: str
    message: str


@dataclass(frozen=True)
class Recorded:
    """When the practice was recorded (ISO 8601), and whether that is from the "file", was "given", or is unknown
    ("analysis")."""

    time: Optional[str]
    from_: str


@dataclass(frozen=True)
class Source:
    """The recording. sha256 is None if the poses came from no file; width and height are of the upright picture."""

    path: str
    sha256: Optional[str]
    width: int
    height: int
    frames: int
    duration_s: float
    recorded: Recorded


@dataclass(frozen=True)
class PoseInfo:
    """The network or program that found the poses, and whether Matside's own network (the eye) helped.

    measured_in says where the angles of the legs were measured: "picture", or "space" between positions in space.
    """

    model: str
    eye: bool
    frames_with_pose: int
    frames_by_eye: int
    measured_in: str


@dataclass(frozen=True)
class ExerciseInfo:
    """The exercise and its level."""

    id: str
    level: int


@dataclass(frozen=True)
class View:
    """How the camera sees the body: the near side of the body, and the side of the picture where the head is."""

    near_side: Optional[str]
    head: Optional[str]
    camera_yaw_deg: Optional[float]
    camera_pitch_deg: Optional[float]
