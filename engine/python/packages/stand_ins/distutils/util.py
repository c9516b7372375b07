"""Yes and no from text: the one part that studies use, for their parameters."""

_YES = ("y", "yes", "t", "true", "on", "1")
_NO = ("n", "no", "f", "false", "off", "0")


def strtobool(text):
    if text.lower() in _YES:
        return 1
    if text.lower() in _NO:
        return 0
    raise ValueError(f"invalid truth value {text!r}")
