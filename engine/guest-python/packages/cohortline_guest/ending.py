"""Ends an action as an interpreter ends, but for the libraries: to take those apart takes longer than many actions."""
import atexit
import gc
import sys


def end():
    """What waits for the end is run; files that were left open are written; what was printed goes out."""
    atexit._run_exitfuncs()
    for name, module in [*sys.modules.items()]:
        if name == "__main__" or str(getattr(module, "__file__", None)).startswith("/workspace/"):
            vars(module).clear()
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        if not getattr(stream, "closed", True):
            stream.flush()
