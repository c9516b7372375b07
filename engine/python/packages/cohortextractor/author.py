"""Which lines are the author's."""

import sys

STUDY = "/study/"


def place_of_call():
    """The innermost line of the author's files that is running now, or None."""
    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(STUDY):
            return {"file": name[len(STUDY) :], "line": frame.f_lineno}
        frame = frame.f_back
    return None
