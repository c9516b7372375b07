"""Texts: patterns are expressions unless they are said to be none, and lines of files end as they were said to."""
from cohortline_guest.old_pandas import wrapped


def install(pandas, like):
    if like == 2:
        return
    from pandas.core.strings.accessor import StringMethods

    wrapped(StringMethods, "replace", _replacing)
    wrapped(StringMethods, "split", _splitting)
    wrapped(pandas, "read_csv", _reading)
    wrapped(pandas, "read_table", _reading)
    wrapped(pandas.Series, "astype", _as_type)


def _replacing(before):
    """One letter was always that letter."""

    def replace(self, pat, repl, n=-1, case=None, flags=0, regex=None):
        if regex is None:
            regex = not (isinstance(pat, str) and len(pat) == 1)
        return before(self, pat, repl, n=n, case=case, flags=flags, regex=regex)

    return replace


def _splitting(before):
    def split(self, pat=None, n=-1, expand=False, *, regex=None):
        return before(self, pat, n=n, expand=expand, regex=regex)

    return split


def _reading(before):
    def read(*words, squeeze=False, prefix=None, mangle_dupe_cols=True, **options):
        options.pop("infer_datetime_format", None)
        for name, way in (("error_bad_lines", "skip"), ("warn_bad_lines", "warn")):
            if options.pop(name, None) is False and name == "error_bad_lines":
                options["on_bad_lines"] = way
        found = before(*words, **options)
        if prefix is not None:
            found.columns = [f"{prefix}{name}" for name in found.columns]
        return found.squeeze("columns") if squeeze else found

    return read


UNITS = ("Y", "M", "W", "D", "h", "m", "s", "ms", "us")


def _as_type(before):
    """A stretch of time as a number of whole units."""

    def astype(self, dtype, *words, **options):
        import numpy
        import pandas

        if isinstance(dtype, str) and self.dtype.kind == "m" and dtype.startswith("timedelta64["):
            unit = dtype[len("timedelta64[") : -1]
            if unit in UNITS:
                return numpy.trunc(self / pandas.Timedelta(numpy.timedelta64(1, unit).astype("m8[s]" if unit in ("Y", "M") else f"m8[{unit}]")))
        if isinstance(dtype, str) and dtype == "datetime64":
            dtype = "datetime64[ns]"
        return before(self, dtype, *words, **options)

    return astype
