"""Ends a loop without end at its line. A loop inside Python's own code is ended by the engine, without one."""

import os
import sys

from cohortextractor.author import STUDY

_EVENTS_A_LOOK = 512
_TOOL = 2
_seen = 0


class StudyTookTooLong(BaseException):
    """Not an Exception: a study that catches those must not catch it."""


def _count(*_):
    global _seen
    _seen += 1
    if _seen % _EVENTS_A_LOOK == 0 and os.path.exists("/host/late"):
        raise StudyTookTooLong()


def _begin(code, _offset):
    events = sys.monitoring.events
    if code.co_filename.startswith(STUDY):
        sys.monitoring.set_local_events(_TOOL, code, events.JUMP | events.PY_RETURN)
    return sys.monitoring.DISABLE


def watch_author():
    """Only the author's own code is watched, the rest runs at full speed.

    What goes on and on jumps back, or returns from call after call. Events of lines are no good: for each of
    them Python reads its table of lines from the top of the file.
    """
    monitoring, events = sys.monitoring, sys.monitoring.events
    monitoring.use_tool_id(_TOOL, "cohortline")
    monitoring.register_callback(_TOOL, events.PY_START, _begin)
    monitoring.register_callback(_TOOL, events.JUMP, _count)
    monitoring.register_callback(_TOOL, events.PY_RETURN, _count)
    monitoring.set_events(_TOOL, events.PY_START)


def stop_watching():
    sys.monitoring.set_events(_TOOL, 0)
    sys.monitoring.free_tool_id(_TOOL)
