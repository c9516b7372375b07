"""A little of numpy: what studies use of it while they are loaded. The rest is told by its name."""

import math as _math

from absent import Absent as _Absent

from . import random

nan = NaN = float("nan")
inf = _math.inf
pi = _math.pi
int64 = int32 = int_ = int
float64 = float32 = float_ = float
str_ = str
bool_ = bool
ndarray = list
__version__ = "1.22.3"


def array(values, *_, **__):
    return list(values)


def arange(start, stop=None, step=1):
    first, last = (0, start) if stop is None else (start, stop)
    return [first + step * i for i in range(max(0, _math.ceil((last - first) / step)))]


def linspace(start, stop, num=50):
    step = (stop - start) / (num - 1) if num > 1 else 0
    return [float(start + step * i) for i in range(num)]


def unique(values):
    return sorted(set(values))


def isnan(value):
    return value != value


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Absent(f"numpy.{name}")
