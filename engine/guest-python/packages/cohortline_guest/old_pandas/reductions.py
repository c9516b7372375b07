"""Reductions of a whole table: columns that have no mean, or no sum, are left out."""
from cohortline_guest.old_pandas import wrapped


def install(pandas, like):
    if like == 2:
        return
    for name in ("mean", "median", "std", "var", "sem", "skew", "kurt", "quantile", "corr", "cov"):
        wrapped(pandas.DataFrame, name, _of_numbers)
    for name in ("sum", "prod"):
        wrapped(pandas.DataFrame, name, _without_times)


def _of_numbers(before):
    def reduce(self, *words, numeric_only=None, **options):
        if numeric_only is None:
            numeric_only = len(self._get_numeric_data().columns) < len(self.columns)
        return before(self, *words, numeric_only=numeric_only, **options)

    return reduce


def _without_times(before):
    """Texts are added one to another, but moments cannot be."""

    def reduce(self, axis=0, *words, numeric_only=None, **options):
        table = self
        if numeric_only is None and axis in (0, "index", None):
            table = self.loc[:, [kind.kind != "M" for kind in self.dtypes]]
        return before(table, 0 if axis is None else axis, *words, numeric_only=bool(numeric_only), **options)

    return reduce
