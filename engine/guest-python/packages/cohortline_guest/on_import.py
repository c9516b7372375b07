"""Changes a module once it is loaded, if it ever is: most actions load only some of what is here."""
import importlib.machinery
import importlib.util
import sys


def on_import(name, change):
    if name in sys.modules:
        change(sys.modules[name])
    else:
        _watch().changes.setdefault(name, []).append(change)


def on_request(name, make):
    """`make` puts a module of that name, and those below it, among the loaded ones."""
    _watch().makers[name] = make


def _watch():
    for finder in sys.meta_path:
        if isinstance(finder, _Finder):
            return finder
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    return finder


class _Finder:
    def __init__(self):
        self.changes, self.makers = {}, {}

    def find_spec(self, name, path=None, target=None):
        make = self.makers.pop(name, None)
        if make is not None:
            return importlib.machinery.ModuleSpec(name, _Made(make), is_package=True)
        changes = self.changes.pop(name, None)
        if changes is None:
            return None
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, changes)
        return spec


class _Made:
    def __init__(self, make):
        self._make = make

    def create_module(self, spec):
        self._make()
        return sys.modules[spec.name]

    def exec_module(self, module):
        pass


class _Loader:
    def __init__(self, loader, changes):
        self._loader, self._changes = loader, changes

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        for change in self._changes:
            change(module)
