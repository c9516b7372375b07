"""Writes to a column that was taken out of its table reach the table, as they did before pandas 3 copied what it gave."""
import sys
import weakref

from cohortline_guest.old_pandas import wrapped

IN_PLACE = ("fillna", "replace", "where", "mask", "clip", "ffill", "bfill", "interpolate")


def install(pandas, like):
    from pandas.core.indexing import _iLocIndexer, _LocationIndexer
    from pandas.core.internals.blocks import Block

    wrapped(Block, "coerce_to_target_dtype", _taking_any)
    wrapped(_iLocIndexer, "_setitem_single_column", _taking_whole)
    wrapped(pandas.DataFrame, "__getitem__", _taking)
    for name in IN_PLACE:
        wrapped(pandas.Series, name, _reaching)
    wrapped(pandas.Series, "update", _updating)
    wrapped(pandas.Series, "__setitem__", _setting)
    wrapped(_LocationIndexer, "__setitem__", _placing)


def _taking_any(before):
    """A column takes a value of another type, and has a type that holds both from then on."""

    def coerce_to_target_dtype(self, other, raise_on_upcast=False):
        return before(self, other, raise_on_upcast=False)

    return coerce_to_target_dtype


def _taking_whole(before):
    """All rows of a column at once."""

    def set_column(self, loc, value, plane_indexer):
        try:
            before(self, loc, value, plane_indexer)
        except TypeError as error:
            if not str(error).startswith("Invalid value"):
                raise
            self.obj.isetitem(loc, value)

    return set_column


def _taking(before):
    import pandas

    def getitem(self, key):
        found = before(self, key)
        if isinstance(found, pandas.Series) and isinstance(key, str):
            found.__dict__["_taken_from"] = (weakref.ref(self), key)
        return found

    return getitem


def _table_of(series):
    """The table that it was taken from, and its name there; None where nobody has that table, or it is another by now."""
    frame, key = series.__dict__.get("_taken_from", (lambda: None, None))
    table = frame()
    if table is None or key not in table.columns or not series.index.equals(table.index):
        return None
    return table, key


def _reaching(before):
    def method(self, *words, inplace=False, **options):
        if not inplace:
            return before(self, *words, **options)
        taken = _table_of(self)
        if taken is None and sys.getrefcount(self) <= KEPT_BY_NONE["method"] and not _is_kept(self):
            raise _lost()
        self._update_inplace(before(self, *words, **options))
        if taken is not None:
            taken[0][taken[1]] = self
        return None

    return method


def _updating(before):
    """`update` is always in place."""

    def update(self, other):
        taken = _table_of(self)
        if taken is None and sys.getrefcount(self) <= KEPT_BY_NONE["update"] and not _is_kept(self):
            raise _lost()
        kept = self.copy()
        before(kept, other)
        self._update_inplace(kept)
        if taken is not None:
            taken[0][taken[1]] = self

    return update


def _setting(before):
    def setitem(self, key, value):
        taken = _table_of(self)
        if taken is None and sys.getrefcount(self) <= KEPT_BY_NONE["item"] and not _is_kept(self):
            raise _lost()
        before(self, key, value)
        if taken is not None:
            taken[0][taken[1]] = self

    return setitem


def _placing(before):
    """`.loc`, `.iloc` and their like."""
    import pandas

    def setitem(self, key, value):
        obj = self.obj
        taken = _table_of(obj) if isinstance(obj, pandas.Series) else None
        if taken is None:
            del obj
            before(self, key, value)
        else:
            before(self, key, value)
            taken[0][taken[1]] = obj

    return setitem


def _is_kept(series):
    """A function's own variables are lent to what it calls, and are not counted."""
    return any(each is series for each in sys._getframe(2).f_locals.values())


def _lost():
    import pandas

    return pandas.errors.ChainedAssignmentError(
        "what is written goes to a copy that nobody has (pandas 3): write to the table, as df.loc[rows, name] = value does"
    )


class _Probe:
    def method(self, value=None, inplace=False):
        KEPT_BY_NONE["method"] = sys.getrefcount(self)

    def update(self, other):
        KEPT_BY_NONE["update"] = sys.getrefcount(self)

    def __setitem__(self, key, value):
        KEPT_BY_NONE["item"] = sys.getrefcount(self)


#: References to what is held by nobody but the call.
KEPT_BY_NONE = {}
_Probe().method(0, inplace=True)
_Probe().update(0)
_Probe()[0] = 1
