"""Which lines are the author's."""

import sys
from bisect import bisect_right

STUDY = "/study/"

# By the address of a code object, which is kept with it: Python's own look-up starts at the top of the file.
_lines = {}


def place_of_call():
    """The innermost line of the author's files that is running now, or None."""
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        name = code.co_filename
        if name.startswith(STUDY):
            return {"file": name[len(STUDY) :], "line": _line_at(code, frame.f_lasti)}
        frame = frame.f_back
    return None


def _line_at(code, offset):
    known = _lines.get(id(code))
    if known is None:
        stretches = [(start, line) for start, _, line in code.co_lines()]
        known = _lines[id(code)] = (code, [start for start, _ in stretches], [line for _, line in stretches])
    _, starts, lines = known
    return lines[bisect_right(starts, offset) - 1] or code.co_firstlineno
