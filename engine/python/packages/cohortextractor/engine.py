"""How the engine is asked: it answers what it does for every study, whatever its language."""

import json

from .exceptions import MissingFileError, ReportedError


def ask(kind, **request):
    """The engine's answer; raises what it reports."""
    with open("/host/ask", "w", encoding="utf-8") as question:
        question.write(json.dumps({"kind": kind, **request}))
    with open("/host/answer", encoding="utf-8") as answer:
        answered = json.load(answer)
    if "reported" in answered:
        kind = MissingFileError if answered["isMissing"] else ReportedError
        raise kind(answered["message"], answered["reported"])
    return answered["answer"]
