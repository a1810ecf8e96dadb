"""Matside counts and checks Pilates exercises on the mat: the single-leg kick and its sisters.

    import matside

    result = matside.analyze("practice.mp4")       # a video, a photo, or poses; exercise="swan-preparation"
    print(result.counts.left, result.counts.right)
    result.repetitions_frame()                     # a pandas frame

Poses that another program finds go into a `Session`, as NumPy arrays. docs/python.md is a tutorial.

Errors are subclasses of `MatsideError`: `UsageError`, `InputError`, `OutputError`, `ModelError`, `StoppedError`,
`InternalError`.
"""

from ._analysis import analyze
from ._errors import (
    InputError,
    InternalError,
    MatsideError,
    ModelError,
    OutputError,
    StoppedError,
    UsageError,
)
from ._events import (
    Counts,
    Event,
    Fault,
    FrameState,
    Kick,
    Peak,
    Reading,
    RepetitionFinished,
    SetFaultDetected,
    WarningRaised,
)
from ._exercises import Exercise, Level, exercises
from ._native import LANDMARKS, MAX_FRAMES, VERSION
from ._result_parts import (
    Difference,
    ExerciseInfo,
    Measured,
    Measures,
    PoseInfo,
    PracticeWarning,
    Recorded,
    Repetition,
    SetFault,
    SetMeasures,
    Source,
    Symmetry,
    View,
)
from ._results import Poses, Result
from ._session import Session

__version__ = VERSION

__all__ = [
    "LANDMARKS",
    "MAX_FRAMES",
    "Counts",
    "Difference",
    "Event",
    "Exercise",
    "ExerciseInfo",
    "Fault",
    "FrameState",
    "InputError",
    "InternalError",
    "Kick",
    "Level",
    "MatsideError",
    "Measured",
    "Measures",
    "ModelError",
    "OutputError",
    "Peak",
    "PoseInfo",
    "Poses",
    "PracticeWarning",
    "Reading",
    "Recorded",
    "Repetition",
    "RepetitionFinished",
    "Result",
    "Session",
    "SetFault",
    "SetFaultDetected",
    "SetMeasures",
    "Source",
    "StoppedError",
    "Symmetry",
    "UsageError",
    "View",
    "WarningRaised",
    "analyze",
    "exercises",
]
