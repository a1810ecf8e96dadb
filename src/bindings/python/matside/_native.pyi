from typing import Any, List, Optional, Tuple

import numpy.typing as npt

from ._events import Counts, Event, FrameState

VERSION: str
LANDMARKS: Tuple[str, ...]
MAX_FRAMES: int

class Exercise:
    @staticmethod
    def parse(exercise_json: str, cues_json: str) -> Exercise: ...

class Session:
    def __init__(self, level: int, exercise: Optional[Exercise]) -> None: ...
    def push(
        self,
        landmarks: npt.NDArray[Any],
        times_s: npt.NDArray[Any],
        width_px: int,
        height_px: int,
        knees: Optional[npt.NDArray[Any]],
    ) -> List[Event]: ...
    def finish(self) -> List[Event]: ...
    def counts(self) -> Counts: ...
    def frame_state(self) -> FrameState: ...
    def result_json(self, path: bytes, sha256: str, pose_model: str) -> str: ...
    def close(self) -> None: ...
    @property
    def closed(self) -> bool: ...
