"""One study file, from its request to its result."""

import absent
import importlib
import json
import os
import sys

from cohortextractor.parameters import params

from .deadline import stop_watching, watch_author
from .ended import ended_by
from .said import said_by


def run_study():
    with open("/host/request", encoding="utf-8") as file:
        request = json.load(file)
    params.update(request["params"])
    absent.install()
    os.chdir("/study")
    # After the standard library and this package, as in cohortextractor: a study cannot replace them.
    sys.path.extend(["/study", "/study/analysis"])
    result = _result(request["module"])
    if request["with_sources"] and result["kind"] == "study":
        from .source import modules_of

        result["sources"] = modules_of(request["module"])
    with open("/host/result", "w", encoding="utf-8") as file:
        file.write(json.dumps(result))


def _result(name):
    watch_author()
    try:
        return said_by(importlib.import_module(name))
    except BaseException as error:
        # No memory is left for more than this, or the stack is used up.
        error_now = error
    finally:
        stop_watching()
    return ended_by(error_now)
