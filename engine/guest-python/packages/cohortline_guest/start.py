"""Starts what the action names, as `python` would, and ends with its exit code."""
import builtins
import linecache
import os
import sys
import types

from cohortline_guest import authors_code, chance, chart_settings, ending, jpeg, no_programs, not_drawn, styled_tables
from cohortline_guest import texts_beside_numbers, whole_numbers
from cohortline_guest.door import ask
from cohortline_guest.on_import import on_import, on_request

WORKSPACE = "/workspace"


def start(old_pandas, words, variables):
    """`old_pandas` is 1 or 2 where the author wrote for it, or None."""
    form, name, *words = words
    for variable in variables:
        key, _, value = variable.partition("=")
        # Of a name that stands twice the first counts.
        os.environ.setdefault(key, value)
    os.chdir(WORKSPACE)
    sys.stdout.reconfigure(line_buffering=True)
    sys.stderr.reconfigure(line_buffering=True)
    chance.renew()
    chart_settings.read_own()
    authors_code.install()
    if old_pandas is not None:
        texts_beside_numbers.install()
    whole_numbers.install()
    on_import("pandas", lambda pandas: _prepared(pandas, old_pandas))
    if old_pandas is not None:
        from cohortline_guest import old_libraries

        old_libraries.install(old_pandas)
    styled_tables.install(old_pandas)
    no_programs.install()
    not_drawn.install()
    jpeg.install()
    on_request("IPython", _ipython)
    if form == "notebook":
        import json

        from cohortline_guest import notebook

        run = lambda: notebook.run(name, json.loads(words[0]))
    else:
        run = lambda: FORMS[form](name, words)
    code = 0
    try:
        run()
    except SystemExit as end:
        code = end.code
    except BaseException as error:
        _tell(error)
        code = 1
    ending.end()
    # As an interpreter does: a text is printed and is a failure.
    raise SystemExit(code)


def _prepared(pandas, like):
    from cohortline_guest import tables

    tables.install(pandas)
    if like is not None:
        from cohortline_guest import old_pandas

        old_pandas.install(pandas, like)


def _ipython():
    """In a script what is displayed is printed."""
    from cohortline_guest import shell

    shell.install(sys.modules["__main__"].__dict__, shell.Printed())


def run_file(name, words):
    path = in_workspace(name)
    sys.argv = [name, *words]
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    try:
        with open(path, "rb") as file:
            source = file.read()
    except OSError as error:
        print(f"python: can't open file {name!r}: {error.strerror}", file=sys.stderr)
        raise SystemExit(2) from None
    _run_code(authors_code.compiled(source, path), path)


def run_code(source, words):
    sys.argv = ["-c", *words]
    sys.path.insert(0, "")
    # Otherwise a traceback shows the line that started this package.
    linecache.cache["<string>"] = (len(source), None, source.splitlines(True), "<string>")
    _run_code(authors_code.compiled(source, "<string>"), None)


def run_module(name, words):
    import runpy

    sys.argv = ["-m", *words]
    sys.path.insert(0, WORKSPACE)
    runpy.run_module(name, run_name="__main__", alter_sys=True)


FORMS = {"file": run_file, "code": run_code, "module": run_module}


def in_workspace(name):
    """`/workspace/x` is what the action calls `x`."""
    return name[len(WORKSPACE) + 1 :] if name.startswith(WORKSPACE + "/") else name


def main_module(path):
    main = types.ModuleType("__main__")
    main.__dict__.update(__builtins__=builtins, __package__=None, __spec__=None)
    if path is not None:
        main.__file__ = os.path.abspath(path)
    sys.modules["__main__"] = main
    return main


def _run_code(code, path):
    exec(code, main_module(path).__dict__)


def _tell(error):
    """The author's lines, without those of this package and of runpy."""
    import traceback

    if isinstance(error, MemoryError):
        ask({"kind": "out-of-memory"})
    shown = authors_lines(error)
    if sys.excepthook is not sys.__excepthook__:
        sys.excepthook(type(shown), shown, shown.__traceback__)
    else:
        traceback.print_exception(shown)


def authors_lines(error):
    """Without the lines of this package, before the author's and between them."""
    here = os.path.dirname(__file__)
    traces, trace = [], error.__traceback__
    while trace is not None:
        traces.append(trace)
        trace = trace.tb_next
    shown = None
    for trace in reversed(traces):
        if not _is_ours(trace.tb_frame.f_code.co_filename, here):
            shown = types.TracebackType(shown, trace.tb_frame, trace.tb_lasti, trace.tb_lineno)
    if type(error) is ModuleNotFoundError:
        error = _not_here(error)
    return error.with_traceback(shown)


def _not_here(error):
    """The same with a way out, and without Python's: it says to look for site-packages, of which the build has none."""
    told = type("ModuleNotFoundError", (ImportError,), {"__module__": "builtins"})(*error.args)
    told.__context__, told.__cause__, told.__suppress_context__ = error.__context__, error.__cause__, error.__suppress_context__
    told.add_note(f"Python in the sandbox does not have {error.name}; the image may: --python container, or --python local.")
    return told


def _is_ours(file, here):
    return file.startswith(here) or file == "<frozen runpy>" or file.endswith("/runpy.py")
