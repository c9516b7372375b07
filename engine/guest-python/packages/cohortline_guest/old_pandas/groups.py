"""Groups: categories that no row has stay in, and columns that cannot be counted stay out."""
import functools

from cohortline_guest.old_pandas import wrapped

#: Not said by the author.
UNSAID = object()


def install(pandas, like):
    from pandas.core.groupby.generic import DataFrameGroupBy, SeriesGroupBy
    from pandas.core.groupby.groupby import GroupBy

    for owner in (pandas.DataFrame, pandas.Series):
        wrapped(owner, "groupby", _grouping)
    wrapped(pandas, "pivot_table", _with_observed)
    wrapped(pandas.DataFrame, "pivot_table", _with_observed)
    GroupBy.apply = functools.wraps(GroupBy.apply)(_apply)
    # A column's own `apply` only hands on; without it the one above is found.
    del SeriesGroupBy.apply
    GroupBy._has_keys = like == 2
    GroupBy.grouper = property(lambda self: self._grouper)
    if like == 2:
        return
    wrapped(DataFrameGroupBy, "__getitem__", _several)
    for name in ("sum", "mean", "median", "std", "var", "prod", "sem", "quantile"):
        wrapped(DataFrameGroupBy, name, _of_numbers)
    for owner in (pandas.Series, pandas.Index, pandas.DataFrame):
        wrapped(owner, "value_counts", _counting)
    wrapped(SeriesGroupBy, "value_counts", _counting_groups)


def _grouping(before):
    names = ("by", "axis", "level", "as_index", "sort", "group_keys", "squeeze", "observed", "dropna")

    def groupby(self, *words, **options):
        options = {**dict(zip(names, words)), **options}
        if options.pop("axis", 0) in (1, "columns"):
            raise NotImplementedError("groupby(axis=1) is not known (in the sandbox): group the transposed table")
        options.pop("squeeze", None)
        options.setdefault("observed", False)
        keys = options.get("group_keys", UNSAID)
        grouped = before(self, **options)
        grouped._keys_unsaid = keys is UNSAID
        return grouped

    return groupby


def _several(before):
    """Columns with commas between them, as in a list."""

    def getitem(self, key):
        return before(self, list(key) if isinstance(key, tuple) and len(key) > 1 else key)

    return getitem


def _with_observed(before):
    def pivot_table(*words, **options):
        options.setdefault("observed", False)
        return before(*words, **options)

    return pivot_table


def _of_numbers(before):
    def reduce(self, *words, numeric_only=UNSAID, **options):
        if words and isinstance(words[0], bool):
            numeric_only, words = words[0], words[1:]
        if numeric_only is UNSAID:
            own = self._obj_with_exclusions
            numbers = own._get_numeric_data() if own.ndim == 2 else own
            numeric_only = own.ndim == 2 and (own.empty or len(numbers.columns) > 0)
        return before(self, *words, numeric_only=numeric_only, **options)

    return reduce


def _apply(self, func, *args, **options):
    """With the columns that it is grouped by. In pandas 1 keys stand before rows only where the rows are other ones."""
    options.pop("include_groups", None)
    if isinstance(func, str):
        found = getattr(self, func)
        return found(*args, **options) if callable(found) else found
    act = (lambda group: func(group, *args, **options)) if args or options else func
    data = self._selected_obj
    try:
        values, mutated = self._grouper.apply_groupwise(act, data)
    except (TypeError, KeyError):
        # Functions that fail on the columns of the groups are tried without them, as before.
        data = self._obj_with_exclusions
        values, mutated = self._grouper.apply_groupwise(act, data)
    unsaid = getattr(self, "_keys_unsaid", True) and not self._has_keys
    return self._wrap_applied_output(data, values, mutated, is_transform=unsaid and not mutated)


def _counting(before):
    def value_counts(self, *words, **options):
        counts = before(self, *words, **options)
        counts.name = getattr(self, "name", None) if self.ndim == 1 else None
        if self.ndim == 1:
            counts.index.name = None
        return counts

    return value_counts


def _counting_groups(before):
    def value_counts(self, *words, **options):
        counts = before(self, *words, **options)
        return counts.rename(self.obj.name) if counts.ndim == 1 else counts

    return value_counts
