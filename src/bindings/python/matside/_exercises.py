"""The exercises that can be counted and checked."""

from dataclasses import dataclass
from typing import Optional, Tuple, Union

from . import _native
from ._errors import UsageError


@dataclass(frozen=True)
class Level:
    """A level of an exercise, from easier to harder: its number for `level=`, and its words for people."""

    number: int
    name: str
    description: str


class Exercise:
    """An exercise: what to count and check, and the thresholds. Sessions may share one.

    `matside.exercises()` lists those that are built in. `Exercise.read()` and `Exercise.parse()` make one of your own.
    """

    def __init__(self, native: _native.Exercise, text: Optional[str] = None, built_in: bool = False) -> None:
        self._native = native
        self._text = text
        self._built_in = built_in

    @staticmethod
    def read(text: str) -> "Exercise":
        """Read an exercise from the text of its file, of the schema matside.exercise/2.

        docs/exercise_files.md explains such files. swan_preparation.json (in /usr/share/matside/exercises/moves) is
        an example.

        Raises ModelError with the place of the first error.
        """
        return Exercise(_native.Exercise.read(text), text)

    @staticmethod
    def parse(exercise_json: str, cues_json: str) -> "Exercise":
        """Read a variant of the single-leg kick from the texts of its two files.

        single_leg_kick.json and cues.en.json (in /usr/share/matside/exercises) are examples of the format. Only
        sessions can use it, `analyze()` can't.

        Raises ModelError with the place of the first error.
        """
        return Exercise(_native.Exercise.parse(exercise_json, cues_json))

    @property
    def id(self) -> str:
        """Its name in calls and results, such as "swan-preparation"."""
        return self._native.id

    @property
    def name(self) -> str:
        """Its name for people."""
        return self._native.name

    @property
    def levels(self) -> Tuple[Level, ...]:
        """Its levels, from easier to harder."""
        return tuple(Level(*level) for level in self._native.levels)

    def __repr__(self) -> str:
        return f"<matside.Exercise {self.id!r}: levels {', '.join(str(level.number) for level in self.levels)}>"


ExerciseChoice = Union[None, str, Exercise]


def exercises() -> Tuple[Exercise, ...]:
    """The exercises that are built in; the single-leg kick is the first."""
    return tuple(Exercise(_native.Exercise.find(each), built_in=True) for each in _native.EXERCISES)


def check_choice(exercise: ExerciseChoice) -> None:
    """UsageError for anything that isn't an ExerciseChoice."""
    if not (exercise is None or isinstance(exercise, (str, Exercise))):
        raise UsageError(
            f'exercise: must be an id such as "swan-preparation", or a matside.Exercise, not {exercise!r}'
        )


def native_exercise(exercise: ExerciseChoice) -> Optional[_native.Exercise]:
    """For a session; None for the default exercise."""
    check_choice(exercise)
    if isinstance(exercise, str):
        return _native.Exercise.find(exercise)
    return None if exercise is None else exercise._native
