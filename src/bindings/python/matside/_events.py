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
    """What was counted: repetitions by side, kicks, and repetitions without a fault."""

    left: int
    right: int
    unsure: int
    kicks: int
    clean: int


@dataclass(frozen=True)
class RepetitionFinished:
    """A repetition has ended: the kicks of one leg, and its lowering.

    index: from 1.
    side: "left", "right" or "unsure".
    status: "clean", "faulty", "partial" or "unjudged".
    start_s: the foot leaves rest; lowering_start_s: after the last kick; end_s: at rest again.
    greatest_bend_deg: largest knee flexion of the kicks, above rest.
    side_confidence: 0.5 (a guess) to 1.
    confidence: 0 to 1, that it was a repetition and clearly visible.
    faults: the most important one first.
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
    phase: "rest", "bending", "kicking" or "lowering".
    moving_side: "left" or "right"; "unsure" at rest.
    kicks: of the movement in progress; last_kick_s: None before its first kick.
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
