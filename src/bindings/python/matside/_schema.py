"""Reads JSON into dataclasses whose fields are those of a JSON schema, and checks every type on the way."""

import dataclasses
import json
import typing
from typing import Any, Dict, Type, TypeVar, Union, get_args, get_origin

from ._errors import InputError

T = TypeVar("T")


def _finite(text: str) -> float:
    raise ValueError(f"{text} is not a JSON number")


def parse_json(text: str, name: str) -> Any:
    """The value of a JSON text; InputError if it is none."""
    try:
        return json.loads(text, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not JSON: {error}") from None


def _numbers_match(value: Any, kind: Any) -> bool:
    if isinstance(value, bool) or kind is bool:
        return kind is bool and isinstance(value, bool)
    if kind is float:
        return isinstance(value, (int, float))
    return isinstance(value, kind)


def _read(value: Any, kind: Any, place: str) -> Any:
    if get_origin(kind) is Union:  # Optional
        if value is None:
            return None
        kind = get_args(kind)[0]
    if dataclasses.is_dataclass(kind):
        return read(value, kind, place)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise InputError(f"{place}: must be a list")
        return tuple(_read(each, get_args(kind)[0], f"{place}[{i}]") for i, each in enumerate(value))
    if not _numbers_match(value, kind):
        raise InputError(f"{place}: must be of type {kind.__name__}, not {type(value).__name__}")
    return float(value) if kind is float else value


_HINTS: Dict[type, Dict[str, Any]] = {}


def read(value: Any, kind: Type[T], place: str) -> T:
    """A dataclass from a JSON object. Keys that the dataclass doesn't have are ignored. A key whose field has a
    default may be missing.

    A field such as `from_`, whose name is a word of Python without the underscore, has the key `from`. Fields that
    begin with an underscore are not read.
    """
    if not isinstance(value, dict):
        raise InputError(f"{place}: must be an object")
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    given = {}
    for name, hint in _HINTS[kind].items():
        key = name.rstrip("_")
        if name.startswith("_"):
            continue
        if key not in value and hasattr(kind, name):
            continue
        if key not in value:
            raise InputError(f"{place}.{key}: is missing")
        given[name] = _read(value[key], hint, f"{place}.{key}")
    return kind(**given)
