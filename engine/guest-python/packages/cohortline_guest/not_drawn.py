"""Modules that many files load and few actions use: to load them does nothing, and what is used of them is an error."""
import importlib.machinery
import sys
import types

#: What there is none of.
LOADED = {"plotly": "there are no interactive charts", "tkinter": "there are no windows", "turtle": "there are no windows"}


def install():
    sys.meta_path.append(_Finder())


class Absent:
    def __init__(self, name):
        self._name = name

    def _refused(self, *_, **__):
        top = self._name.partition(".")[0]
        raise ModuleNotFoundError(f"{self._name}: {LOADED[top]} (in the sandbox)", name=top)

    __call__ = _refused

    def __getattr__(self, name):
        self._refused()


class _Finder:
    """Behind all others: an author may have modules of these names."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in LOADED:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda part: _part(spec.name, part)
        return module

    def exec_module(self, module):
        pass


def _part(module, name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Absent(f"{module}.{name}")
