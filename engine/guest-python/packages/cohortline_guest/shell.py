"""What notebooks use of IPython: display, a few classes, get_ipython. No more of it is here."""
import ast
import builtins
import linecache
import os
import sys
import types

from cohortline_guest import figures, magics
from cohortline_guest.authors_code import authors_tree, compiled
from cohortline_guest.mime import plain
from cohortline_guest.on_import import on_import


def install(main, show):
    display = display_module(show)
    shell = Shell(main, show)
    modules = {
        "IPython": {
            "display": display,
            "get_ipython": lambda: shell,
            "version_info": (9, 0, 0, ""),
            "__version__": "9.0.0",
        },
        "IPython.display": vars(display),
        "IPython.core": {},
        "IPython.core.display": vars(display),
        "IPython.core.display_functions": vars(display),
        "IPython.core.interactiveshell": {"InteractiveShell": InteractiveShell},
        "IPython.core.getipython": {"get_ipython": lambda: shell},
        "IPython.core.pylabtools": {"figsize": _figsize},
        "matplotlib_inline": {},
        "matplotlib_inline.backend_inline": {"set_matplotlib_formats": _nothing},
    }
    for name, contents in modules.items():
        module = sys.modules[name] = types.ModuleType(name)
        module.__dict__.update(contents)
        module.__path__ = []
        above, _, last = name.rpartition(".")
        if above:
            setattr(sys.modules[above], last, module)
    sys.modules["IPython"].InteractiveShell = InteractiveShell
    builtins.display = display.display
    builtins.get_ipython = lambda: shell
    main.update(In=[], Out={}, exit=sys.exit, quit=sys.exit)
    # `plt.show()` shows at once.
    on_import("matplotlib.pyplot", lambda plt: setattr(plt, "show", lambda *_, **__: figures.flush(show)))


class Printed:
    """Of a script: what is shown is printed as text."""

    def output(self, output):
        print(output.get("data", {}).get("text/plain", ""))

    def value(self, value, kind="display_data"):
        print(value.data if isinstance(value, Text) else plain(value))


class InteractiveShell:
    ast_node_interactivity = "last_expr"

    @classmethod
    def instance(cls):
        return cls


class Shell:
    """What `get_ipython()` gives."""

    def __init__(self, main, show):
        self.user_ns, self.show, self.config = main, show, {}
        self.events = types.SimpleNamespace(register=_nothing, unregister=_nothing)

    enable_gui = enable_matplotlib = set_next_input = lambda self, *_, **__: None

    def run_line_magic(self, name, line="", **_):
        if name in magics.HARMLESS:
            return None
        if name in ("env", "set_env"):
            return _env(line)
        if name == "cd":
            return os.chdir(line.strip() or "/workspace")
        if name == "pwd":
            return os.getcwd()
        if name == "run":
            return self._run(line.split())
        if name in ("who", "whos", "store"):
            return None
        raise magics.NotInSandbox(f"%{name} is not known (in the sandbox)")

    magic = lambda self, line: self.run_line_magic(*(line.lstrip("%").split(" ", 1) + [""])[:2])

    def run_cell_magic(self, name, _line, _cell):
        raise magics.NotInSandbox(f"%%{name} is not known (in the sandbox)")

    def system(self, command):
        raise magics.NotInSandbox(f"no other program can be run: !{command} (in the sandbox)")

    def _run(self, words):
        with open(words[0], encoding="utf-8") as file:
            source = file.read()
        before, sys.argv = sys.argv, words
        try:
            exec(compiled(source, words[0]), self.user_ns)
        finally:
            sys.argv = before


def _env(line):
    name, found, value = line.partition("=")
    if found or " " in line.strip():
        name, value = (name, value) if found else line.strip().split(" ", 1)
        os.environ[name.strip()] = value.strip()
        return None
    return os.environ.get(name.strip()) if name.strip() else dict(os.environ)


def run_source(source, name, main, show):
    """A cell: what its last line is worth is shown, unless it ends in a semicolon."""
    text = magics.python_of(source, name)
    linecache.cache[name] = (len(text), None, text.splitlines(True), name)
    tree = authors_tree(text, name)
    is_quiet = text.rstrip().endswith(";")
    every = InteractiveShell.ast_node_interactivity == "all"
    for at, node in enumerate(tree.body):
        is_last = at == len(tree.body) - 1
        if isinstance(node, ast.Expr) and (every or is_last) and not (is_last and is_quiet):
            value = eval(compile(ast.Expression(node.value), name, "eval"), main)
            if value is not None:
                main["_"] = value
                if not _is_flushed(value):
                    show.value(value, "execute_result")
        else:
            exec(compile(ast.Module([node], []), name, "exec"), main)


def _is_flushed(value):
    """A figure that pyplot knows is shown when the cell ends, and once is enough."""
    plt = sys.modules.get("matplotlib.pyplot")
    return plt is not None and getattr(value, "number", None) in plt.get_fignums() and isinstance(value, plt.Figure)


def display_module(show):
    module = types.ModuleType("IPython.display")

    def display(*values, include=None, exclude=None, metadata=None, raw=False, display_id=None, **_):
        for value in values:
            if raw:
                show.output({"output_type": "display_data", "data": value, "metadata": metadata or {}})
            else:
                show.value(value)

    contents = dict(display=display, clear_output=_nothing, set_matplotlib_formats=_nothing, DisplayObject=Display)
    contents.update({kind.__name__: kind for kind in (Markdown, HTML, Latex, Math, SVG, Image, JSON, Code, Pretty, Javascript, IFrame)})
    contents.update(display_html=lambda *values, raw=False, **_: [display(HTML(v) if raw else v) for v in values] and None)
    contents.update(display_markdown=lambda *values, raw=False, **_: [display(Markdown(v) if raw else v) for v in values] and None)
    contents["FileLink"] = contents["FileLinks"] = Pretty
    module.__dict__.update(contents)
    return module


def _nothing(*_, **__):
    return None


def _figsize(width, height):
    import matplotlib

    matplotlib.rcParams["figure.figsize"] = [width, height]


class Display:
    """A text, or a file that holds it."""

    mime = "text/plain"
    binary = False

    def __init__(self, data=None, url=None, filename=None, metadata=None, **_):
        if filename is None and isinstance(data, str) and self.binary:
            filename, data = data, None
        if filename is not None:
            with open(filename, "rb" if self.binary else "r") as file:
                data = file.read()
        self.data = data

    def _repr_mimebundle_(self, **_):
        return {self.mime: self.data, "text/plain": f"<{type(self).__name__} object>"}


class Text(Display):
    """Readable as it is written."""


class Markdown(Text):
    mime = "text/markdown"


class HTML(Display):
    mime = "text/html"


class Latex(Display):
    mime = "text/latex"


class Math(Latex):
    pass


class SVG(Display):
    mime = "image/svg+xml"


class Code(Text):
    pass


class Pretty(Text):
    pass


class Javascript(Display):
    mime = "application/javascript"


class IFrame(Display):
    def __init__(self, src, *_, **__):
        self.data = f"<IFrame {src}>"


class JSON(Display):
    def _repr_mimebundle_(self, **_):
        import json

        return {"text/plain": json.dumps(self.data, indent=2)}


class Image(Display):
    binary = True

    def __init__(self, data=None, url=None, filename=None, format=None, **more):
        if url is not None:
            raise magics.NotInSandbox(f"there is no network for {url} (in the sandbox)")
        super().__init__(data, None, filename, **more)
        name = str(filename or (data if isinstance(data, str) else ""))
        is_jpeg = format in ("jpg", "jpeg") or name.lower().endswith((".jpg", ".jpeg"))
        self.mime = "image/jpeg" if is_jpeg else "image/png"
