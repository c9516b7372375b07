"""Packages that studies import and hardly use while they are loaded: whoever uses one is told its name."""

import importlib.abc
import importlib.machinery
import sys
import types

from cohortextractor.exceptions import NotHereError

# What is installed where cohortextractor ran, without pandas and numpy.
PACKAGES = frozenset(
    """IPython bs4 cairosvg dash ebmdatalab formulaic geopandas git google jinja2 jupyter lifelines lxml
    matplotlib networkx nbconvert nbformat notebook opensafely opensafely_matching patsy plotly psutil pyarrow
    pyodbc pytest requests scipy seaborn setuptools six sklearn sqlalchemy statsmodels structlog tableone
    tabulate tqdm upsetplot venn xlrd yaml""".split()
)

# Of the standard library, what this interpreter lacks.
LACKING = frozenset(
    """_ctypes _curses _dbm _gdbm _lzma _bz2 _multiprocessing _posixshmem _posixsubprocess _sqlite3 _ssl _tkinter
    _uuid bz2 ctypes curses dbm ensurepip fcntl grp idlelib lzma mmap msvcrt multiprocessing pwd readline resource
    sqlite3 ssl syslog termios tkinter turtle turtledemo venv winreg winsound""".split()
)


class Absent:
    """Something of such a package. It can be named and set; it cannot be called or computed with."""

    def __init__(self, name):
        self.__dict__["_absent"] = name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(f"{self._absent}.{name}")

    def __setattr__(self, name, value):
        pass

    def __getitem__(self, key):
        return Absent(f"{self._absent}[{key!r}]")

    def __setitem__(self, key, value):
        pass

    def update(self, *_, **__):
        pass

    def __mro_entries__(self, bases):
        return ()

    def __call__(self, *_, **__):
        raise NotHereError(self._absent)

    __iter__ = __len__ = __add__ = __call__


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, names):
        self._names = names

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self._names:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__ = []
        module.__getattr__ = Absent(spec.name).__getattr__
        return module

    def exec_module(self, module):
        pass


def install():
    """A module of the study's own comes before the packages; nothing comes before the standard library."""
    sys.meta_path.insert(0, Finder(LACKING))
    sys.meta_path.append(Finder(PACKAGES))
