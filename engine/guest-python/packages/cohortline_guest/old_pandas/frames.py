"""Methods of tables and columns that are gone."""
import numpy

from cohortline_guest.old_pandas import wrapped


def install(pandas, like):
    frame, series = pandas.DataFrame, pandas.Series
    frame.applymap = frame.map
    frame.swapaxes = _swapaxes
    for owner in (frame, series):
        owner.pad = owner.ffill
        owner.backfill = owner.bfill
        owner.first, owner.last = _first, _last
        wrapped(owner, "fillna", _filling)
    series.__int__, series.__float__ = _number(int), _number(float)
    wrapped(series, "__getitem__", _by_place)
    wrapped(series, "replace", _replacing_categories)
    wrapped(pandas, "concat", _joining)
    if like == 1:
        _install_first(pandas, frame, series)


def _install_first(pandas, frame, series):
    """What pandas 2 dropped already."""
    from pandas.core.indexes import api
    from pandas.core.internals import construction

    for owner in (construction, api):
        wrapped(owner, "union_indexes", _uniting)
    frame.append, series.append = _append_to_frame, _append_to_series
    frame.iteritems = frame.items
    series.iteritems = series.items
    frame.lookup = _lookup
    frame.mad, series.mad = _mad_of_frame, _mad
    for owner in (frame, series):
        wrapped(owner, "drop", _dropping)
        wrapped(owner, "set_axis", _setting_axis)
        wrapped(owner, "to_csv", _writing)
    series.is_monotonic = property(lambda self: self.is_monotonic_increasing)
    pandas.Index.is_monotonic = property(lambda self: self.is_monotonic_increasing)
    for name in ("any", "all", "max", "mean", "median", "min", "prod", "std", "sum", "var"):
        for owner in (frame, series):
            wrapped(owner, name, _by_level(name))


def _append_to_frame(self, other, ignore_index=False, verify_integrity=False, sort=False):
    import pandas

    if isinstance(other, dict):
        if not ignore_index:
            raise TypeError("Can only append a dict if ignore_index=True")
        other = pandas.Series(other)
    if isinstance(other, pandas.Series):
        if other.name is None and not ignore_index:
            raise TypeError("Can only append a Series if ignore_index=True or if the Series has a name")
        row = other.reindex(self.columns.append(other.index.difference(self.columns)))
        other = pandas.DataFrame([row.to_list()], columns=row.index, index=[other.name]).infer_objects()
        other.index.name = self.index.name
    others = list(other) if isinstance(other, (list, tuple)) else [other]
    if others and not isinstance(others[0], pandas.DataFrame):
        others = [pandas.DataFrame(others)]
    return pandas.concat([self, *others], ignore_index=ignore_index, verify_integrity=verify_integrity, sort=sort)


def _append_to_series(self, to_append, ignore_index=False, verify_integrity=False):
    import pandas

    others = list(to_append) if isinstance(to_append, (list, tuple)) else [to_append]
    return pandas.concat([self, *others], ignore_index=ignore_index, verify_integrity=verify_integrity)


def _lookup(self, row_labels, col_labels):
    return numpy.array([self.at[row, column] for row, column in zip(row_labels, col_labels)])


def _mad(self, axis=None, skipna=True, level=None):
    return (self - self.mean(skipna=skipna)).abs().mean(skipna=skipna)


def _mad_of_frame(self, axis=0, skipna=True, level=None):
    numbers = self.select_dtypes(["number", "bool"]).astype("f8")
    numbers = numbers if axis in (0, "index", None) else numbers.T
    return (numbers - numbers.mean(skipna=skipna)).abs().mean(skipna=skipna)


def _swapaxes(self, axis1, axis2, copy=True):
    return self.copy() if axis1 == axis2 else self.T


def _first(self, offset):
    import pandas

    end = self.index[0] + pandas.tseries.frequencies.to_offset(offset)
    return self[self.index < end]


def _last(self, offset):
    import pandas

    start = self.index[-1] - pandas.tseries.frequencies.to_offset(offset)
    return self[self.index > start]


UNSAID = object()
FILLS = {"ffill": "ffill", "pad": "ffill", "bfill": "bfill", "backfill": "bfill"}


def _filling(before):
    def fillna(self, value=None, method=None, axis=None, inplace=False, limit=None, downcast=None):
        if method is None:
            return before(self, value, axis=axis, inplace=inplace, limit=limit)
        return getattr(self, FILLS[method])(axis=axis, inplace=inplace, limit=limit)

    return fillna


def _uniting(before):
    """Labels that have no order stay in that in which they came."""

    def union_indexes(indexes, sort=True):
        try:
            return before(indexes, sort=sort)
        except TypeError:
            return before(indexes, sort=False)

    return union_indexes


def _joining(before):
    """As many as there are of both: keys without a table, and tables without a key, are left out."""

    def concat(objs, *words, keys=None, **options):
        if keys is not None and isinstance(objs, (list, tuple)) and len(objs) != len(keys):
            count = min(len(objs), len(keys))
            objs, keys = objs[:count], keys[:count]
        return before(objs, *words, keys=keys, **options)

    return concat


def _replacing_categories(before):
    """Of categories the names are replaced, whatever rows have them; what is missing is none."""

    def replace(self, to_replace=None, value=UNSAID, *words, inplace=False, **options):
        import pandas

        asked = {} if value is UNSAID else {"value": value}
        if options.get("regex") is False:
            del options["regex"]
        if not isinstance(self.dtype, pandas.CategoricalDtype) or words or options or (not asked and not isinstance(to_replace, dict)):
            return before(self, to_replace, *([value] if asked else []), *words, inplace=inplace, **options)
        names = pandas.Series(self.cat.categories, dtype=object)
        renamed = before(names, to_replace, **asked)
        kept = pandas.unique(renamed.dropna())
        codes = pandas.Index(kept).get_indexer(renamed)
        old = self.cat.codes.to_numpy()
        found = pandas.Categorical.from_codes([codes[code] if code >= 0 else -1 for code in old], kept, ordered=self.cat.ordered)
        found = pandas.Series(found, index=self.index, name=self.name)
        if not inplace:
            return found
        self._update_inplace(found)
        return None

    return replace


def _dropping(before):
    def drop(self, labels=None, axis=0, index=None, columns=None, level=None, inplace=False, errors="raise"):
        options = dict(axis=axis, index=index, columns=columns, level=level, inplace=inplace, errors=errors)
        return before(self, labels, **options)

    return drop


def _setting_axis(before):
    def set_axis(self, labels, axis=0, inplace=False, copy=None):
        if not inplace:
            return before(self, labels, axis=axis)
        setattr(self, "columns" if axis in (1, "columns") else "index", labels)
        return None

    return set_axis


def _writing(before):
    def to_csv(self, *words, **options):
        if "line_terminator" in options:
            options["lineterminator"] = options.pop("line_terminator")
        # By place, as it was allowed: the file, the separator, what stands for nothing.
        names = ("path_or_buf", "sep", "na_rep", "float_format", "columns", "header", "index")
        return before(self, **dict(zip(names, words)), **options)

    return to_csv


def _number(kind):
    """Of a column with one row."""

    def number(self):
        if len(self) != 1:
            raise TypeError(f"cannot convert the series to {kind}")
        return kind(self.iloc[0])

    return number


def _by_place(before):
    """A whole number is a place where the index holds no numbers."""

    def getitem(self, key):
        places = key if isinstance(key, list) and key else [key]
        if all(isinstance(each, (int, numpy.integer)) and not isinstance(each, bool) for each in places):
            return self.iloc[key] if _has_words(self.index) else before(self, key)
        return before(self, key)

    return getitem


def _has_words(index):
    return index.inferred_type in ("string", "empty", "mixed", "categorical", "datetime64")


def _by_level(name):
    def around(before):
        def reduce(self, *words, level=None, **options):
            if level is None:
                return before(self, *words, **options)
            options.pop("axis", None)
            return getattr(self.groupby(level=level, sort=True), name)(**options)

        return reduce

    return around
