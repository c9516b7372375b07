"""A small table."""

import csv

from cohortextractor.exceptions import NotHereError

from .missing import isna
from .series import Series, is_mask


class Row(Series):
    """The values of a row by the names of their columns; an attribute of each name."""

    def __getattr__(self, name):
        if name in self.index:
            return self[name]
        return super().__getattr__(name)

    def __getitem__(self, key):
        return list.__getitem__(self, self.index.index(key) if key in self.index else key)

    def get(self, key, default=None):
        return self[key] if key in self.index else default

    def keys(self):
        return list(self.index)


class DataFrame:
    def __init__(self, data=None, index=None, columns=None, **_):
        columns_of = columns_from({} if data is None else data, columns)
        self.__dict__["_data"] = columns_of
        count = len(next(iter(columns_of.values()), []))
        self.__dict__["index"] = list(range(count)) if index is None else list(index)

    @staticmethod
    def stacked(frames, ignore_index):
        names = list(dict.fromkeys(name for frame in frames for name in frame.columns))
        missing = float("nan")
        data = {
            name: [v for frame in frames for v in frame._data.get(name, [missing] * len(frame))] for name in names
        }
        return DataFrame(data, None if ignore_index else [label for frame in frames for label in frame.index])

    @property
    def columns(self):
        return Series(list(self._data))

    @property
    def shape(self):
        return len(self.index), len(self._data)

    @property
    def empty(self):
        return len(self) == 0

    @property
    def values(self):
        return [list(row) for row in self._tuples()]

    @property
    def loc(self):
        return Labelled(self)

    @property
    def iloc(self):
        return Numbered(self)

    def _tuples(self):
        return list(zip(*self._data.values()))

    def _at(self, numbers):
        data = {name: [values[i] for i in numbers] for name, values in self._data.items()}
        return DataFrame(data, [self.index[i] for i in numbers])

    def _row(self, number):
        return Row([values[number] for values in self._data.values()], list(self._data), self.index[number])

    def _with(self, data, index=None):
        return DataFrame(data, self.index if index is None else index)

    def __len__(self):
        return len(self.index)

    def __iter__(self):
        return iter(self._data)

    def __contains__(self, name):
        return name in self._data

    def __getitem__(self, key):
        if is_mask(key):
            return self._at([i for i, keep in enumerate(key) if keep])
        if isinstance(key, slice):
            return self._at(range(len(self))[key])
        if isinstance(key, list):
            return self._with({name: self._data[name] for name in key})
        return Series(self._data[key], self.index, key)

    def __setitem__(self, name, value):
        self._data[name] = list(value) if isinstance(value, (list, tuple)) else [value] * len(self)

    def __getattr__(self, name):
        if name in self._data:
            return self[name]
        raise (AttributeError(name) if name.startswith("_") else NotHereError(f"pandas.DataFrame.{name}"))

    def keys(self):
        return self.columns

    def items(self):
        return ((name, self[name]) for name in self._data)

    def iterrows(self):
        return ((label, self._row(i)) for i, label in enumerate(self.index))

    def itertuples(self, index=True, name="Pandas"):
        from collections import namedtuple

        fields = (["Index"] if index else []) + list(self._data)
        make = tuple if name is None else namedtuple(name, fields, rename=True)._make
        rows = zip(self.index, *self._data.values()) if index else zip(*self._data.values())
        return (make(row) for row in rows)

    def apply(self, function, axis=0, **_):
        if axis in (1, "columns"):
            made = [function(row) for _, row in self.iterrows()]
            if made and all(isinstance(row, Row) for row in made):
                rows = [DataFrame({name: [row[name]] for name in row.index}) for row in made]
                return DataFrame(DataFrame.stacked(rows, True)._data, self.index)
            return Series(made, self.index)
        return Series([function(self[name]) for name in self._data], list(self._data))

    def to_dict(self, orient="dict"):
        rows = [dict(zip(self._data, row)) for row in self._tuples()]
        if orient == "records":
            return rows
        if orient == "list":
            return {name: list(values) for name, values in self._data.items()}
        if orient == "index":
            return dict(zip(self.index, rows))
        if orient == "dict":
            return {name: dict(zip(self.index, values)) for name, values in self._data.items()}
        raise NotHereError(f"pandas.DataFrame.to_dict({orient!r})")

    def set_index(self, name, **_):
        rest = {each: values for each, values in self._data.items() if each != name}
        return DataFrame(rest, self._data[name])

    def reset_index(self, drop=False, **_):
        first = {} if drop else {"index": self.index}
        return DataFrame({**first, **self._data})

    def rename(self, columns=None, **_):
        change = columns or {}
        new = change.get if isinstance(change, dict) else lambda name, _: change(name)
        return self._with({new(name, name): values for name, values in self._data.items()})

    def drop(self, labels=None, columns=None, axis=0, **_):
        if columns is None and axis not in (1, "columns"):
            raise NotHereError("pandas.DataFrame.drop of rows")
        names = labels if columns is None else columns
        gone = [names] if isinstance(names, str) else list(names)
        return self._with({name: values for name, values in self._data.items() if name not in gone})

    def drop_duplicates(self, subset=None, **_):
        chosen = self if subset is None else self[[subset] if isinstance(subset, str) else list(subset)]
        first = {}
        for i, row in enumerate(chosen._tuples()):
            first.setdefault(row, i)
        return self._at(first.values())

    def dropna(self, subset=None, **_):
        chosen = self if subset is None else self[[subset] if isinstance(subset, str) else list(subset)]
        return self._at([i for i, row in enumerate(chosen._tuples()) if not any(map(isna, row))])

    def fillna(self, value, **_):
        return self._with({name: list(self[name].fillna(value)) for name in self._data})

    def astype(self, kind, **_):
        kinds = kind if isinstance(kind, dict) else dict.fromkeys(self._data, kind)
        made = {name: self[name].astype(kinds[name]) if name in kinds else self[name] for name in self._data}
        return self._with(made)

    def sort_values(self, by, ascending=True, **_):
        names = [by] if isinstance(by, str) else list(by)
        rows = self[names]._tuples()
        return self._at(sorted(range(len(self)), key=rows.__getitem__, reverse=not ascending))

    def head(self, n=5):
        return self[:n]

    def copy(self, **_):
        return self._with(self._data)

    def to_csv(self, path, index=True, **_):
        with open(path, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(([""] if index else []) + list(self._data))
            for label, row in zip(self.index, self._tuples()):
                rows.writerow(([label] if index else []) + ["" if isna(value) else value for value in row])


class Labelled:
    """`frame.loc[rows]` and `frame.loc[rows, column]`."""

    def __init__(self, frame):
        self._frame = frame

    def __getitem__(self, key):
        frame = self._frame
        rows, columns = key if isinstance(key, tuple) else (key, None)
        if isinstance(rows, slice) and rows == slice(None):
            chosen = frame
        elif is_mask(rows) or (isinstance(rows, list) and len(rows) == 0):
            chosen = frame[rows] if rows else frame._at([])
        elif isinstance(rows, list):
            chosen = frame._at([frame.index.index(label) for label in rows])
        elif isinstance(rows, slice):
            raise NotHereError("pandas.DataFrame.loc of a range")
        else:
            row = frame._row(frame.index.index(rows))
            return row if columns is None else row[columns]
        return chosen if columns is None else chosen[columns]


class Numbered:
    """`frame.iloc[number]`, `frame.iloc[range]` and `frame.iloc[rows, columns]`."""

    def __init__(self, frame):
        self._frame = frame

    def __getitem__(self, key):
        frame = self._frame
        rows, columns = key if isinstance(key, tuple) else (key, None)
        chosen = frame._row(rows) if isinstance(rows, int) else frame._at(range(len(frame))[rows] if isinstance(rows, slice) else rows)
        if columns is None:
            return chosen
        names = list(frame._data)[columns]
        return chosen[names]


def columns_from(data, names):
    """Of a dict of columns, a list of dicts or a list of rows."""
    if isinstance(data, DataFrame):
        return {name: list(values) for name, values in data._data.items()}
    if isinstance(data, dict):
        count = max((len(v) for v in data.values() if isinstance(v, (list, tuple, range))), default=1)
        return {
            name: list(values) if isinstance(values, (list, tuple, range)) else [values] * count
            for name, values in data.items()
        }
    rows = list(data)
    if rows and isinstance(rows[0], dict):
        known = list(dict.fromkeys(name for row in rows for name in row)) if names is None else list(names)
        return {name: [row.get(name, float("nan")) for row in rows] for name in known}
    rows = [row if isinstance(row, (list, tuple)) else [row] for row in rows]
    known = list(range(len(rows[0]) if rows else 0)) if names is None else list(names)
    return {name: [row[i] for row in rows] for i, name in enumerate(known)}
