"""Recordings, analysed by the installed program (docs/adr/0038)."""

import array
import csv
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
from typing import Any, Dict, List, Optional, Tuple, Type, Union

import numpy as np

from ._errors import (
    InputError,
    InternalError,
    MatsideError,
    ModelError,
    OutputError,
    StoppedError,
    UsageError,
)
from ._exercises import Exercise, ExerciseChoice, check_choice
from ._native import LANDMARKS
from ._results import Poses, Result, make_result
from ._session import picture_size

StrPath = Union[str, "os.PathLike[str]"]

_PROGRAM_VARIABLE = "MATSIDE_PROGRAM"
# The program's exit codes (docs/researching.md).
_ERRORS: Dict[int, Type[MatsideError]] = {2: UsageError, 3: InputError, 4: OutputError, 5: ModelError}
_INTERRUPTED = 130
# How long the program may take to stop before it is killed.
_PATIENCE_S = 5.0


def _find_program(program: Optional[StrPath]) -> str:
    named = os.fspath(program) if program is not None else os.environ.get(_PROGRAM_VARIABLE, "")
    if named:
        return named
    found = shutil.which("matside")
    if found is None:
        raise ModelError(
            "the program matside was not found. Install the Debian package matside, or name the program with "
            f"program= or the environment variable {_PROGRAM_VARIABLE}"
        )
    return found


def _run(command: List[str]) -> Tuple[int, bytes, str]:
    """Runs the program to its end. Whatever interrupts the waiting, such as Ctrl-C, also ends the program."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise ModelError(f"{command[0]}: cannot be started: {error.strerror}") from None
    except ValueError as error:  # A NUL character.
        raise UsageError(f"path: {error}") from None
    with process:
        try:
            output, errors = process.communicate()
        except BaseException:
            process.terminate()
            try:
                process.communicate(timeout=_PATIENCE_S)
            except BaseException:
                process.kill()
            raise
    return process.returncode, output, errors.decode("utf-8", "replace").strip()


def _check(code: int, errors: str, program: str) -> None:
    if code == 0:
        return
    message = re.sub(r"^matside: ", "", errors)
    if code in _ERRORS:
        raise _ERRORS[code](message or f"{program}: failed with exit code {code}")
    if code == _INTERRUPTED:
        raise StoppedError(message or f"{program}: was interrupted")
    if code < 0:
        raise StoppedError(f"{program}: was ended by signal {-code}. Was there enough memory?")
    raise InternalError(f"{program}: failed with exit code {code}: {message}")


def _read_poses(path: pathlib.Path) -> Poses:
    """The table that `matside analyze --poses` writes."""
    numbers = array.array("d")
    with open(path, encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            numbers.extend(float(text) if text else np.nan for text in row[1:])
    points = len(LANDMARKS) * 3
    table = np.array(numbers, dtype=np.float64).reshape(-1, 1 + points + 4)
    return Poses(
        table[:, 0].copy(),
        table[:, 1 : 1 + points].reshape(-1, len(LANDMARKS), 3),
        table[:, 1 + points :].reshape(-1, 2, 2),
    )


def _option(name: str, value: Any) -> List[str]:
    return [] if value is None else [f"--{name}={value}"]


def _decimal(value: Optional[float], name: str) -> Optional[str]:
    """A number for the command line, without an exponent."""
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise UsageError(f"{name}: must be a number, not {value!r}") from None
    if not np.isfinite(number):
        raise UsageError(f"{name}: must be a number, not {value!r}")
    return np.format_float_positional(number, trim="-")


def _exercise_options(exercise: ExerciseChoice, folder: pathlib.Path) -> List[str]:
    """An exercise that isn't installed is written to the folder, for the program to read."""
    check_choice(exercise)
    if not isinstance(exercise, Exercise):
        return _option("exercise", exercise)
    if exercise._built_in:
        return _option("exercise", exercise.id)
    if exercise._text is None:
        raise UsageError("exercise: one that Exercise.parse() made is for sessions only; use Exercise.read()")
    (folder / "exercise.json").write_text(exercise._text, encoding="utf-8")
    return [*_option("exercises", folder), *_option("exercise", exercise.id)]


def analyze(
    path: StrPath,
    *,
    exercise: ExerciseChoice = None,
    level: int = 1,
    model: str = "full",
    eye: bool = True,
    threads: Optional[int] = None,
    from_s: Optional[float] = None,
    to_s: Optional[float] = None,
    size: Optional[Tuple[int, int]] = None,
    fps: Optional[float] = None,
    markers: Optional[StrPath] = None,
    up: Optional[str] = None,
    date: Optional[str] = None,
    poses: bool = False,
    program: Optional[StrPath] = None,
) -> Result:
    """Analyse a video, a photo, a pose file or a folder of pose files, as `matside analyze` does.

    The installed program does the work in a process of its own: the interpreter lock is free, and Ctrl-C stops it.

    path: the recording.
    exercise: the id of an installed exercise, such as "swan-preparation", or an Exercise; with None, the program tells
        it from the movements.
    level: of the exercise; the single-leg kick has the levels 0 to 3.
    model: pose network, "lite", "full" or "heavy"; eye: with "full", use Matside's network for people lying down.
    threads: number of processor cores; None for all.
    from_s, to_s: the part to analyse, in seconds.
    size, fps: for pose files that lack them: width and height of the pictures in pixels, and frames per second.
    markers, up: for TRC and C3D files: a file of marker names, and the axis that points up ("x", "y", "z", "-x" ...).
    date: when the practice was recorded, such as "2026-01-05T09:30"; None for what the recording says.
    poses: also return the pose in each frame, as `Result.poses`.
    program: the program matside; None for the one named by the environment variable MATSIDE_PROGRAM, or else the
        one that is installed.

    Raises UsageError for an option that is missing or wrong, InputError for a recording that can't be read,
    ModelError where the program or a network is missing or damaged, OutputError where the temporary folder is full,
    StoppedError where the program was stopped. Their texts are those of the program, so they name its options:
    `--size` is the argument `size`.
    """
    found = _find_program(program)
    try:
        recording = os.fspath(path)
    except TypeError:
        raise UsageError(f"path: must be a path, not {path!r}") from None
    command = [found, "analyze", "--quiet", "--json=-", f"--level={level}", f"--model={model}"]
    command += [] if eye else ["--no-eye"]
    command += _option("threads", threads)
    command += _option("from", _decimal(from_s, "from_s")) + _option("to", _decimal(to_s, "to_s"))
    if size is not None:
        command += [f"--size={'x'.join(str(side) for side in picture_size(size))}"]
    command += _option("fps", _decimal(fps, "fps"))
    command += _option("markers", None if markers is None else os.fspath(markers))
    command += _option("up", up) + _option("date", date)
    with tempfile.TemporaryDirectory(prefix="matside-") as name:
        folder = pathlib.Path(name)
        command += _exercise_options(exercise, folder)
        table = folder / "poses.csv"
        if poses:
            command += [f"--poses={table}"]
        code, output, errors = _run([*command, "--", recording])
        _check(code, errors, found)
        return _result(output, found, table if poses else None)


def _result(output: bytes, program: str, table: Optional[pathlib.Path]) -> Result:
    try:
        return make_result(output.decode("utf-8"), "result", None if table is None else _read_poses(table))
    except (InputError, OSError, UnicodeError, ValueError, StopIteration) as error:
        raise ModelError(
            f"{program}: its result can't be read. Install the same version of the program and of this package "
            f"({error})"
        ) from None
