"""What a session reports. Left and right are the person's own; None means not measured."""

from dataclasses import dataclass
from typing import Optional, Tuple, Union


@dataclass(frozen=True)
class Kick:
    """One kick: where the knee bends most.

    time_s: from the first frame in a result; by the source's clock in an event.
    knee_flexion_deg: above rest.
    """

    time_s: float
    knee_flexion_deg: float


@dataclass(frozen=True)
class Peak:
    """A peak of a repetition: where the movement turns back. The peaks of the single-leg kick are its kicks.

    time_s: as of a kick.
    value: above rest; unit: "deg" or "thigh_length".
    leg: "left" or "right" where both legs move, each with its own peaks.
    """

    time_s: float
    value: float
    unit: str
    leg: Optional[str] = None


@dataclass(frozen=True)
class Reading:
    """A measure of a repetition that the exercise's file asks for.

    id: as in the file, such as "hold_s".
    unit: "deg", "s", "thigh_length" or "count".
    """

    id: str
    value: float
    unit: str


@dataclass(frozen=True)
class Fault:
    """A fault of a repetition.

    id: for programs, such as "hips_lift".
    value: measured; threshold: what it was compared with; unit: of both.
    cue: what the voice says.
    """

    id: str
    value: float
    threshold: float
    unit: str
    cue: str


@dataclass(frozen=True)
class Counts:
    """What was counted: repetitions by side, kicks, and repetitions without a fault.

    kicks: of all repetitions; in other exercises than the single-leg kick, their peaks.
    both: repetitions of both legs together, or of no leg alone.
    """

    left: int
    right: int
    unsure: int
    kicks: int
    clean: int
    both: int = 0


@dataclass(frozen=True)
class RepetitionFinished:
    """A repetition has ended: a movement to one or more peaks, and its lowering. In the single-leg kick, the kicks of
    one leg.

    index: from 1.
    side: "left", "right", "both" or "unsure".
    status: "clean", "faulty", "partial" or "unjudged".
    start_s: what moves leaves rest; lowering_start_s: after the last peak; end_s: at rest again.
    greatest_bend_deg: largest knee flexion of the kicks, above rest; 0 without kicks.
    side_confidence: 0.5 (a guess) to 1.
    confidence: 0 to 1, that it was a repetition and clearly visible.
    kicks: of the single-leg kick; other exercises have peaks only.
    faults: the most important one first.
    readings: the measures that the exercise's file asks for.
    """

    index: int
    side: str
    status: str
    start_s: float
    lowering_start_s: float
    end_s: float
    greatest_bend_deg: float
    side_confidence: float
    confidence: float
    kicks: Tuple[Kick, ...]
    faults: Tuple[Fault, ...]
    peaks: Tuple[Peak, ...] = ()
    readings: Tuple[Reading, ...] = ()


@dataclass(frozen=True)
class SetFaultDetected:
    """A fault of the whole set, such as "same_side_twice", and when it was detected."""

    id: str
    name: str
    cue: str
    time_s: float


@dataclass(frozen=True)
class WarningRaised:
    """A condition that prevents reliable counting or checking: what is wrong and what to do."""

    id: str
    message: str


Event = Union[RepetitionFinished, SetFaultDetected, WarningRaised]


@dataclass(frozen=True)
class FrameState:
    """What the last frame shows, for feedback without delay. It is provisional: the events at the end of a movement
    decide what counts.

    person: whether a person was found.
    posture: "lying", "upright" or "unknown".
    baseline_known: whether the person's own rest position is known.
    phase: "rest", "bending", "kicking" or "lowering"; in other exercises than the single-leg kick, "bending" is on the
    way up and "kicking" at the top.
    moving_side: "left", "right" or "both"; "unsure" at rest.
    kicks: of the movement in progress, or peaks; last_kick_s: None before the first.
    left_knee_flexion_deg, right_knee_flexion_deg: in the picture; 0 is straight.
    trunk_deg: the line from hip to shoulder above the floor.
    camera_yaw_deg: from square to the mat; positive from the picture's left.
    camera_pitch_deg: positive looking down.
    """

    time_s: float
    person: bool
    posture: str
    baseline_known: bool
    phase: str
    moving_side: str
    kicks: int
    last_kick_s: Optional[float]
    left_knee_flexion_deg: Optional[float]
    right_knee_flexion_deg: Optional[float]
    trunk_deg: Optional[float]
    camera_yaw_deg: Optional[float]
    camera_pitch_deg: Optional[float]
