"""How a study file ended that raised something, as data for the engine: the author's own lines only."""

import traceback

from cohortextractor.author import STUDY
from cohortextractor.exceptions import (
    MissingParameterError,
    NotHereError,
    NotPlainError,
    ReportedError,
    UnknownFunctionError,
)

from .deadline import StudyTookTooLong

_MOST_CALLS = 10
_MOST_CHARACTERS = 2000


def ended_by(error):
    return {"kind": "raised", "calls": _calls(error), **_what(error)}


def _what(error):
    """From the most certain to the most general."""
    if isinstance(error, StudyTookTooLong):
        return {"error": "took-too-long"}
    if isinstance(error, ReportedError):
        return {"error": "reported", "number": error.number}
    if isinstance(error, MissingParameterError):
        return {"error": "missing-parameter", "name": str(error.parameter)}
    if isinstance(error, UnknownFunctionError):
        return {"error": "unknown-function", "name": error.function}
    if isinstance(error, NotPlainError):
        return {"error": "not-plain", "function": error.function, "name": error.argument, "found": error.found}
    if isinstance(error, NotHereError):
        return {"error": "not-here", "name": error.name}
    if isinstance(error, MemoryError):
        return {"error": "memory"}
    if isinstance(error, RecursionError):
        return {"error": "recursion"}
    if isinstance(error, SyntaxError):
        return {"error": "syntax", "message": _cut(error.msg)}
    if isinstance(error, ImportError):
        return _import(error)
    if isinstance(error, OSError) and isinstance(error.filename, (str, bytes)):
        return {"error": "file", "name": _text(error.filename), "message": _said(error)}
    return {"error": "exception", "message": _said(error)}


def _import(error):
    wanted = getattr(error, "name_from", None)
    if error.name == "cohortextractor.patients" and wanted is not None:
        return {"error": "unknown-function", "name": wanted}
    if isinstance(error, ModuleNotFoundError) and error.name is not None:
        return {"error": "module", "name": error.name}
    return {"error": "exception", "message": _said(error)}


def _said(error):
    name = type(error).__name__
    if isinstance(error, OSError) and error.strerror:
        # The numbers of errors are those of the box and mean nothing outside it.
        return _cut(f"{name}: {error.strerror}")
    try:
        message = str(error)
    except BaseException:
        message = ""
    return _cut(f"{name}: {message}" if message else name)


def _cut(text):
    return str(text)[:_MOST_CHARACTERS]


def _text(name):
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else name


def _calls(error):
    """The innermost line first."""
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(STUDY):
        return [_call(error.filename, error.lineno, (error.text or "").strip())]
    if isinstance(error, NotPlainError) and error.place is not None:
        return [{**error.place, "text": ""}]
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(STUDY)]
    return [_call(frame.filename, frame.lineno, frame.line or "") for frame in own[::-1][:_MOST_CALLS]]


def _call(filename, line, text):
    return {"file": filename[len(STUDY) :], "line": line or 1, "text": text[:400]}
