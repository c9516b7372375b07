"""Times: counted in nanoseconds, and stretches of the calendar by their old names."""
import re

from cohortline_guest.old_pandas import wrapped


def install(pandas, like):
    from pandas.core.indexes.accessors import DatetimeProperties
    from pandas.core import ops
    from pandas.io.parsers.readers import TextFileReader

    wrapped(pandas, "to_datetime", _in_nanoseconds)
    wrapped(pandas, "date_range", _in_nanoseconds)
    wrapped(pandas, "date_range", _named("freq"))
    wrapped(TextFileReader, "read", _in_nanoseconds)
    wrapped(pandas, "read_feather", _in_nanoseconds)
    for owner in (pandas.DataFrame, pandas.Series):
        wrapped(owner, "resample", _named("rule"))
        wrapped(owner, "asfreq", _named("freq"))
    pandas.Grouper = _grouper(pandas.Grouper)
    if like == 2:
        return
    for owner in (ops, ops.array_ops):
        wrapped(owner, "maybe_prepare_scalar_for_op", _by_average)
    wrapped(pandas, "date_range", _closed)
    DatetimeProperties.week = DatetimeProperties.weekofyear = property(_week)
    pandas.DatetimeIndex.week = pandas.DatetimeIndex.weekofyear = property(_week_of_index)


def _in_nanoseconds(before):
    def read(*words, **options):
        return _nanoseconds(before(*words, **options))

    return read


def _nanoseconds(found):
    import pandas

    if isinstance(found, pandas.DataFrame):
        for at, (_, column) in enumerate(found.items()):
            if column.dtype.kind == "M" and column.dt.unit != "ns":
                found.isetitem(at, _nanoseconds(column))
        if isinstance(found.index, pandas.DatetimeIndex):
            found.index = _nanoseconds(found.index)
        return found
    try:
        if isinstance(found, pandas.Series) and found.dtype.kind == "M":
            return found.dt.as_unit("ns")
        if isinstance(found, (pandas.DatetimeIndex, pandas.Timestamp)) and found is not pandas.NaT:
            return found.as_unit("ns")
    except pandas.errors.OutOfBoundsDatetime:
        pass  # Beyond the years 1677 to 2262 there are no nanoseconds.
    return found


NAMES = {
    **{"M": "ME", "Q": "QE", "A": "YE", "Y": "YE", "BM": "BME", "BQ": "BQE", "BA": "BYE", "BY": "BYE"},
    **{"H": "h", "T": "min", "S": "s", "L": "ms", "U": "us", "N": "ns", "AS": "YS", "BAS": "BYS"},
}


def _now(name):
    if not isinstance(name, str):
        return name
    found = re.fullmatch(r"(-?\d*)([A-Z]+)(-[A-Z]{3})?", name)
    if found is None:
        return name
    times, unit, anchor = found.groups()
    return f"{times}{NAMES.get(unit, unit)}{anchor or ''}"


def _named(option):
    def around(before):
        def act(*words, **options):
            if option in options:
                options[option] = _now(options[option])
            # The first word of a method is its table.
            return before(*(_now(word) if at == 1 and option == "rule" else word for at, word in enumerate(words)), **options)

        return act

    return around


def _closed(before):
    def date_range(*words, closed=None, **options):
        if closed is not None:
            options["inclusive"] = closed
        return before(*words, **options)

    return date_range


def _grouper(kind):
    class Grouper(kind):
        def __new__(cls, *words, **options):
            options["freq"] = _now(options.get("freq"))
            return kind(*words, **{name: each for name, each in options.items() if each is not None})

    return Grouper


def _by_average(before):
    """A month or a year of numpy counted as the average one."""

    def prepare(value, *words):
        import numpy

        if isinstance(value, numpy.timedelta64) and numpy.datetime_data(value)[0] in ("M", "Y"):
            value = value.astype("m8[s]")
        return before(value, *words)

    return prepare


def _week(self):
    return self.isocalendar().week.astype("int64").rename(self._parent.name)


def _week_of_index(self):
    import pandas

    return pandas.Index(self.isocalendar().week.to_numpy(dtype="int64"))
