"""The exceptions of this package, by what has to be fixed."""


class MatsideError(Exception):
    """Base of all errors of this package: one line that says what is wrong, where, and what to do."""


class UsageError(MatsideError, ValueError):
    """The call is wrong: an argument's type, shape or value, or a session that is closed."""


class InputError(MatsideError, ValueError):
    """A file or a frame can't be used: missing, damaged, or of an unknown format."""


class OutputError(MatsideError):
    """A temporary file can't be written."""


class ModelError(MatsideError):
    """The program matside, a network or an exercise is missing, changed or damaged."""


class StoppedError(MatsideError):
    """The analysis was stopped from outside, by a signal to the program matside."""


class InternalError(MatsideError):
    """A bug in Matside."""
