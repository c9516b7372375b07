"""Whole numbers of 64 bits where an author says no more than `int`.

The build's machine has 32 bits, and numpy takes its own size for `int` there: numbers beyond 2,147,483,647 would come out
as others, without a word. Libraries keep what they are built for; what the author's own lines ask for has 64 bits.
"""
import functools
import sys

from cohortline_guest.on_import import on_import

#: Of numpy: what makes arrays, or counts.
FUNCTIONS = (
    *("array", "asarray", "ascontiguousarray", "arange", "zeros", "ones", "empty", "full", "linspace", "fromiter"),
    *("zeros_like", "ones_like", "full_like", "where", "select", "choose", "nan_to_num", "genfromtxt", "loadtxt"),
    *("sum", "nansum", "prod", "nanprod", "cumsum", "cumprod", "nancumsum", "nancumprod", "dot", "diff", "outer"),
    *("unique", "bincount", "histogram", "digitize", "searchsorted", "argsort", "argmax", "argmin", "argwhere"),
    *("flatnonzero", "nonzero", "count_nonzero", "round", "around", "identity", "eye", "indices", "tri"),
)
#: Their sums have the size of `int`, but for numbers that are larger.
SUMS = ("sum", "nansum", "prod", "nanprod", "cumsum", "cumprod", "nancumsum", "nancumprod")
CHANCE = ("randint", "random_integers", "choice", "permutation", "poisson", "binomial", "geometric")


def install():
    on_import("numpy", _of_numpy)
    on_import("pandas", _of_pandas)


def _of_numpy(numpy):
    from numpy._core import _methods

    numpy.int_ = numpy.int64
    numpy.uint = numpy.uint64
    for name in FUNCTIONS:
        setattr(numpy, name, _widened(getattr(numpy, name), name in SUMS))
    on_import("numpy.random", _of_chance)
    for name in ("_sum", "_prod"):
        setattr(_methods, name, _widened(getattr(_methods, name), True))


def _of_chance(random):
    for name in CHANCE:
        if hasattr(random, name):
            setattr(random, name, _widened(getattr(random, name), False, name == "randint"))


def _widened(before, is_sum, takes_type=False):
    """For calls of the author's own lines."""
    import numpy

    @functools.wraps(before)
    def act(*words, **options):
        if not is_authors(sys._getframe(1)):
            return before(*words, **options)
        words = tuple(numpy.int64 if word is int else word for word in words)
        if options.get("dtype") in INTEGERS:
            options["dtype"] = numpy.int64
        elif takes_type:
            options.setdefault("dtype", numpy.int64)
        elif is_sum and words and len(words) < 3 and options.get("dtype") is None and options.get("out") is None:
            wide = _type_of_sum(words[0])
            if wide is not None:
                options["dtype"] = wide
        return _wide(before(*words, **options))

    return act


INTEGERS = (int, "int", "i")


def is_authors(frame):
    return not frame.f_code.co_filename.startswith(("/usr/local/lib/", "<frozen ", "<__array_function__"))


def _type_of_sum(values):
    import numpy

    values = numpy.asarray(values) if isinstance(values, (list, tuple, range)) else values
    if not isinstance(values, numpy.ndarray) or values.dtype.kind not in "biu" or values.dtype.itemsize > 4:
        return None
    return numpy.uint64 if values.dtype.kind == "u" else numpy.int64


def _wide(found):
    import numpy

    if isinstance(found, tuple):
        return tuple(_wide(each) for each in found)
    if type(found) in (numpy.ndarray, numpy.int32) and found.dtype == numpy.int32:
        return found.astype(numpy.int64)
    return found


def _of_pandas(pandas):
    """Types that are said to pandas, whoever says them: it takes none of the machine's for itself."""
    from pandas.core.dtypes import common

    before = common.pandas_dtype

    @functools.wraps(before)
    def pandas_dtype(dtype):
        return before("int64" if dtype is int or (isinstance(dtype, str) and dtype in ("int", "int_")) else dtype)

    for name, module in [*sys.modules.items()]:
        if name.startswith("pandas.") and getattr(module, "pandas_dtype", None) is before:
            module.pandas_dtype = pandas_dtype
