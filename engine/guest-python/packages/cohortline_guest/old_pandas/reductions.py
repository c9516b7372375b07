"""Reductions of a whole table: columns that have no mean are left out."""
from cohortline_guest.old_pandas import wrapped


def install(pandas, like):
    if like == 2:
        return
    for name in ("mean", "median", "std", "var", "sem", "skew", "kurt", "quantile", "corr", "cov"):
        wrapped(pandas.DataFrame, name, _of_numbers)


def _of_numbers(before):
    def reduce(self, *words, numeric_only=None, **options):
        if numeric_only is None:
            numeric_only = len(self._get_numeric_data().columns) < len(self.columns)
        return before(self, *words, numeric_only=numeric_only, **options)

    return reduce
