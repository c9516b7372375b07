"""Packages that studies import and hardly use while they are loaded: whoever uses one is told its name."""

import importlib.abc
import importlib.machinery
import os
import sys
import types

from cohortextractor.exceptions import NotHereError

# What is installed where cohortextractor ran. Of pandas, numpy, dateutil and distutils: modules that are not here.
PACKAGES = frozenset(
    """IPython attr attrs bs4 cairosvg certifi chardet dash dateutil distutils ebmdatalab formulaic geopandas git
    google idna importlib_metadata jinja2 jupyter lifelines lxml matplotlib more_itertools networkx nbconvert
    nbformat notebook numpy opensafely opensafely_matching packaging pandas patsy pip pkg_resources plotly
    prestodb psutil pyarrow pyodbc pyparsing pytest pytz requests retry scipy seaborn setuptools six sklearn
    sqlalchemy sqlparse statsmodels structlog tableone tabulate tqdm trino typing_extensions upsetplot urllib3
    venn xlrd yaml""".split()
)

# Of the standard library from Python 3.8 on, what this interpreter lacks. Nothing of Windows: by whether its
# modules are there, others find out where they run.
LACKING = frozenset(
    """_bz2 _ctypes _curses _curses_panel _dbm _gdbm _lzma _multiprocessing _posixshmem _posixsubprocess
    _sqlite3 _ssl _tkinter _uuid asynchat asyncore bz2 concurrent.futures.process concurrent.futures.thread
    ctypes curses dbm ensurepip fcntl grp idlelib imp lib2to3 lzma mmap multiprocessing nis ossaudiodev pty
    pwd pydoc_data readline resource rlcompleter smtpd spwd sqlite3 ssl syslog termios tkinter tty turtle
    turtledemo uu venv webbrowser xdrlib""".split()
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
        if name in self._names or name.partition(".")[0] in self._names:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__ = []
        module.__getattr__ = Absent(spec.name).__getattr__
        return module

    def exec_module(self, module):
        pass


# An editor writes such imports by itself. Not fork and others by which Python's own code finds out what it may do.
_CALLS = ("chmod", "getlogin", "getppid", "kill", "popen", "system")


def _lend_calls():
    for name in _CALLS:
        if not hasattr(os, name):
            setattr(os, name, Absent(f"os.{name}"))


def install():
    """A module of the study's own comes before the packages; nothing comes before the standard library."""
    sys.meta_path.insert(0, Finder(LACKING))
    sys.meta_path.append(Finder(PACKAGES))
    _lend_calls()
