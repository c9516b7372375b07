"""Modules that many helpers load and few actions use: loading them does nothing, and whatever is used of them is an error."""
import sys
import types


class Absent:
    def __init__(self, name):
        self._name = name

    def _refused(self, *_, **__):
        raise ModuleNotFoundError(f"{self._name}: there are no interactive charts (in the sandbox)", name="plotly")

    __call__ = _refused

    def __getattr__(self, name):
        self._refused()


def _module(name):
    module = sys.modules[name] = types.ModuleType(name)
    module.__getattr__ = lambda part: _part(f"{name}.{part}")
    return module


def _part(name):
    if name.rpartition(".")[2].startswith("__"):
        raise AttributeError(name)
    return Absent(name)


__getattr__ = lambda part: _part(f"plotly.{part}")
graph_objects, graph_objs, express, subplots, io, offline = map(
    _module,
    ("plotly.graph_objects", "plotly.graph_objs", "plotly.express", "plotly.subplots", "plotly.io", "plotly.offline"),
)
