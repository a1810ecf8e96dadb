"""Results as pandas frames. The only module that imports pandas."""

from typing import Any, Dict, List, Optional, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ._native import LANDMARKS
from ._result_parts import Measures, Repetition, SetFault

_MEASURES = list(Measures.__dataclass_fields__)
_REPETITION = [
    "side",
    "side_confidence",
    "status",
    "confidence",
    "start_s",
    "lowering_start_s",
    "end_s",
    "hip_rise_thigh_lengths",
    "thigh_lift_deg",
]
_FAULT_COLUMNS = ["repetition", "side", "fault", "at_s", "value", "threshold", "unit"]
_KICK_COLUMNS = ["repetition", "side", "kick", "time_s", "knee_flexion_deg"]
_PEAK_COLUMNS = ["repetition", "side", "leg", "peak", "time_s", "value", "unit"]
_READING_COLUMNS = ["repetition", "side", "reading", "value", "unit"]
_TEXT = {"side", "status", "fault", "unit", "leg", "reading", "exercise"}
_WHOLE = {"kick", "kicks", "faults", "peak", "peaks"}


def _frame(rows: List[Dict[str, Any]], columns: List[str]) -> pd.DataFrame:
    """The columns have the same types whether or not there are rows."""
    frame = pd.DataFrame(rows, columns=columns)
    types: Dict[str, str] = {}
    for column in columns:
        if column == "repetition":
            types[column] = "Int64"  # A fault of the set has none.
        elif column in _WHOLE:
            types[column] = "int64"
        else:
            types[column] = "object" if column in _TEXT else "float64"
    return frame.astype(types)


def _peak_count(repetition: Repetition) -> int:
    """Peaks of the body, or of one leg where both move."""
    of_right = sum(peak.leg == "right" for peak in repetition.peaks)
    return max(of_right, len(repetition.peaks) - of_right)


def repetitions(given: Sequence[Repetition], exercise: str) -> pd.DataFrame:
    rows: List[Dict[str, Any]] = []
    for each in given:
        row: Dict[str, Any] = {"repetition": each.index}
        row.update({name: getattr(each, name) for name in _REPETITION})
        row.update(kicks=len(each.kicks), faults=len(each.faults))
        for name in _MEASURES:
            measured = getattr(each.measures, name)
            row[name] = None if measured is None else measured.value
            row[f"{name}_sd"] = None if measured is None else measured.sd
        row.update(exercise=exercise, peaks=_peak_count(each))
        rows.append(row)
    measures = [column for name in _MEASURES for column in (name, f"{name}_sd")]
    return _frame(rows, ["repetition", *_REPETITION, "kicks", "faults", *measures, "exercise", "peaks"])


def kicks(given: Sequence[Repetition]) -> pd.DataFrame:
    rows = [
        {
            "repetition": repetition.index,
            "side": repetition.side,
            "kick": number,
            "time_s": kick.time_s,
            "knee_flexion_deg": kick.knee_flexion_deg,
        }
        for repetition in given
        for number, kick in enumerate(repetition.kicks, 1)
    ]
    return _frame(rows, _KICK_COLUMNS)


def peaks(given: Sequence[Repetition]) -> pd.DataFrame:
    rows: List[Dict[str, Any]] = []
    for repetition in given:
        numbers: Dict[Optional[str], int] = {}
        for peak in repetition.peaks:
            numbers[peak.leg] = numbers.get(peak.leg, 0) + 1
            rows.append(
                {
                    "repetition": repetition.index,
                    "side": repetition.side,
                    "leg": peak.leg,
                    "peak": numbers[peak.leg],
                    "time_s": peak.time_s,
                    "value": peak.value,
                    "unit": peak.unit,
                }
            )
    return _frame(rows, _PEAK_COLUMNS)


def readings(given: Sequence[Repetition]) -> pd.DataFrame:
    rows = [
        {
            "repetition": repetition.index,
            "side": repetition.side,
            "reading": reading.id,
            "value": reading.value,
            "unit": reading.unit,
        }
        for repetition in given
        for reading in repetition.readings
    ]
    return _frame(rows, _READING_COLUMNS)


def faults(given: Sequence[Repetition], of_the_set: Sequence[SetFault]) -> pd.DataFrame:
    rows: List[Dict[str, Any]] = [
        {
            "repetition": repetition.index,
            "side": repetition.side,
            "fault": fault.id,
            "at_s": repetition.end_s,
            "value": fault.value,
            "threshold": fault.threshold,
            "unit": fault.unit,
        }
        for repetition in given
        for fault in repetition.faults
    ]
    rows += [{"fault": fault.id, "at_s": fault.at_s} for fault in of_the_set]
    return _frame(rows, _FAULT_COLUMNS)


def poses(times_s: npt.NDArray[np.float64], landmarks: npt.NDArray[np.float64]) -> pd.DataFrame:
    frames = len(times_s)
    return pd.DataFrame(
        {
            "frame": np.repeat(np.arange(frames), len(LANDMARKS)),
            "time_s": np.repeat(times_s, len(LANDMARKS)),
            "keypoint": list(LANDMARKS) * frames,
            "x_px": landmarks[:, :, 0].ravel(),
            "y_px": landmarks[:, :, 1].ravel(),
            "score": landmarks[:, :, 2].ravel(),
        }
    )
