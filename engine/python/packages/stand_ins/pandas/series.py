"""A column: a list with labels."""

from cohortextractor.exceptions import NotHereError

from .missing import isna, nan


class Series(list):
    def __init__(self, data=(), index=None, name=None, **_):
        if isinstance(data, dict):
            index, data = list(data), list(data.values())
        super().__init__(data)
        self.index = list(range(len(self))) if index is None else list(index)
        self.name = name

    def _like(self, values):
        return Series(values, self.index, self.name)

    def _kept(self, mask):
        kept = [i for i, keep in enumerate(mask) if keep]
        return Series([self.iloc[i] for i in kept], [self.index[i] for i in kept], self.name)

    def __getitem__(self, key):
        if is_mask(key):
            return self._kept(key)
        if isinstance(key, slice):
            return Series(list.__getitem__(self, key), self.index[key], self.name)
        if isinstance(key, list):
            return Series([self[each] for each in key], key, self.name)
        return list.__getitem__(self, self.index.index(key) if key in self.index else key)

    def __setitem__(self, key, value):
        if is_mask(key):
            for i, chosen in enumerate(key):
                if chosen:
                    list.__setitem__(self, i, value)
        elif key in self.index:
            list.__setitem__(self, self.index.index(key), value)
        else:
            self.append(value)
            self.index.append(key)

    def __getattr__(self, name):
        raise (AttributeError(name) if name.startswith("_") else NotHereError(f"pandas.Series.{name}"))

    @property
    def values(self):
        return self

    @property
    def str(self):
        return Texts(self)

    @property
    def loc(self):
        return self

    @property
    def iloc(self):
        return list(self)

    @property
    def size(self):
        return len(self)

    @property
    def empty(self):
        return len(self) == 0

    def tolist(self):
        return list(self)

    to_list = tolist

    def to_dict(self):
        return dict(zip(self.index, list(self)))

    def items(self):
        return zip(self.index, list(self))

    def unique(self):
        return list(dict.fromkeys(self))

    def nunique(self):
        return len(self.dropna().unique())

    def drop_duplicates(self):
        return Series(self.unique(), name=self.name)

    def dropna(self):
        return self._kept([not isna(value) for value in self])

    def fillna(self, value):
        return self._like([value if isna(each) else each for each in self])

    def isna(self):
        return self._like([isna(value) for value in self])

    def notna(self):
        return self._like([not isna(value) for value in self])

    isnull, notnull = isna, notna

    def astype(self, kind):
        kinds = {"str": text, "string": text, "int": int, "int64": int, "float": float, "bool": bool}
        make = text if kind in (type(""), object, "object") else kinds.get(kind, kind)
        return self._like([make(value) for value in self])

    def apply(self, function):
        return self._like([function(value) for value in self])

    def map(self, function):
        if isinstance(function, dict):
            return self._like([function.get(value, nan) for value in self])
        return self.apply(function)

    def replace(self, old, new=None):
        pairs = old if isinstance(old, dict) else {old: new}
        return self._like([pairs.get(value, value) for value in self])

    def isin(self, values):
        return self._like([value in values for value in self])

    def between(self, left, right):
        return self._like([left <= value <= right for value in self])

    def sum(self):
        return sum(self.dropna().tolist())

    def min(self):
        return min(self.dropna().tolist())

    def max(self):
        return max(self.dropna().tolist())

    def mean(self):
        there = self.dropna().tolist()
        return sum(there) / len(there) if there else nan

    def sort_values(self, ascending=True, **_):
        order = sorted(range(len(self)), key=lambda i: self.iloc[i], reverse=not ascending)
        return Series([self.iloc[i] for i in order], [self.index[i] for i in order], self.name)

    def reset_index(self, drop=False, **_):
        return Series(list(self), name=self.name)

    def copy(self, **_):
        return self._like(list(self))

    def head(self, n=5):
        return self[:n]

    def _each(self, other, compute):
        others = list(other) if isinstance(other, list) else [other] * len(self)
        return self._like([compute(a, b) for a, b in zip(list(self), others)])

    def __eq__(self, other):
        return self._each(other, lambda a, b: a == b)

    def __ne__(self, other):
        return self._each(other, lambda a, b: a != b)

    def __lt__(self, other):
        return self._each(other, lambda a, b: a < b)

    def __le__(self, other):
        return self._each(other, lambda a, b: a <= b)

    def __gt__(self, other):
        return self._each(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._each(other, lambda a, b: a >= b)

    def __and__(self, other):
        return self._each(other, lambda a, b: a and b)

    def __or__(self, other):
        return self._each(other, lambda a, b: a or b)

    def __invert__(self):
        return self._like([not value for value in self])

    def __add__(self, other):
        return self._each(other, lambda a, b: a + b)

    def __radd__(self, other):
        return self._each(other, lambda a, b: b + a)

    def __sub__(self, other):
        return self._each(other, lambda a, b: a - b)

    def __mul__(self, other):
        return self._each(other, lambda a, b: a * b)

    def __truediv__(self, other):
        return self._each(other, lambda a, b: a / b)

    def __contains__(self, label):
        return label in self.index

    __hash__ = None


def is_mask(key):
    return isinstance(key, list) and len(key) > 0 and all(isinstance(each, bool) for each in list(key))


def text(value):
    return value if isna(value) else str(value)


class Texts:
    """`column.str.METHOD(...)`: the method of each text; missing values stay missing."""

    def __init__(self, series):
        self._series = series

    def contains(self, pattern, case=True, na=nan, regex=True, **_):
        import re

        find = re.compile(pattern if regex else re.escape(pattern), 0 if case else re.IGNORECASE).search
        return self._each(lambda value: find(value) is not None)

    def len(self):
        return self._each(len)

    def __getitem__(self, key):
        return self._each(lambda value: value[key])

    def __getattr__(self, name):
        if not hasattr("", name):
            raise NotHereError(f"pandas.Series.str.{name}")
        return lambda *given, **named: self._each(lambda value: getattr(value, name)(*given, **named))

    def _each(self, function):
        return self._series.apply(lambda value: value if isna(value) else function(value))
