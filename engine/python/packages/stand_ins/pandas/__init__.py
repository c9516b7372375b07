"""A little of pandas: small tables that a study reads and turns into lists and dicts. The rest is told by its name."""

from absent import Absent as _Absent

from .frame import DataFrame
from .missing import NA, NaT, isna, isnull, nan, notna, notnull
from .reading import read_csv
from .series import Series
from .times import Timedelta, Timestamp, date_range, to_datetime

__version__ = "1.4.1"


def concat(frames, ignore_index=False, **_):
    return DataFrame.stacked(list(frames), ignore_index)


def unique(values):
    return list(dict.fromkeys(values))


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return _Absent(f"pandas.{name}")
