"""Nothing that a study says hangs on chance: a seed may be set, and nothing is drawn."""

from absent import Absent as _Absent


def seed(*_):
    pass


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Absent(f"numpy.random.{name}")
