"""`read_csv` of a small table. Types are found as pandas finds them: whole numbers, numbers, yes and no, text."""

import csv
import gzip
import io

from absent import Absent

from .frame import DataFrame
from .missing import TEXTS, nan
from .times import to_datetime

_TEXT = (str, object, "str", "string", "object", "category")
_IGNORED = frozenset(("comment", "encoding", "engine", "low_memory", "na_filter", "quotechar", "skipinitialspace"))


def read_csv(filepath_or_buffer, sep=",", delimiter=None, dtype=None, usecols=None, header="infer", names=None,
             index_col=None, parse_dates=None, skiprows=0, nrows=None, keep_default_na=True, **others):
    for name in others:
        if name not in _IGNORED:
            raise Absent(f"pandas.read_csv({name}=…)")()
    rows = _rows(filepath_or_buffer, delimiter or sep)[skiprows:]
    head = rows.pop(0) if rows and names is None and header in ("infer", 0) else None
    width = max(map(len, rows), default=0)
    titles = _titles(head if names is None else list(names), width)
    rows = rows if nrows is None else rows[:nrows]
    wanted = [i for i, title in enumerate(titles) if _is_wanted(usecols, title, i)]
    missing = TEXTS if keep_default_na else frozenset()
    data = {}
    for i in wanted:
        kind = dtype.get(titles[i]) if isinstance(dtype, dict) else dtype
        data[titles[i]] = _typed([row[i] if i < len(row) else "" for row in rows], kind, missing)
    for title in parse_dates if isinstance(parse_dates, list) else []:
        data[title] = to_datetime(data[title])
    frame = DataFrame(data)
    if index_col is None or index_col is False:
        return frame
    return frame.set_index(titles[index_col] if isinstance(index_col, int) else index_col)


def _rows(source, separator):
    if hasattr(source, "read"):
        text = source.read()
    else:
        # As pandas does: packed, where its name says so.
        is_packed = str(source).endswith(".gz")
        with (gzip.open if is_packed else open)(source, "rt", encoding="utf-8-sig", newline="") as file:
            text = file.read()
    return [row for row in csv.reader(io.StringIO(text), delimiter=separator) if row]


def _titles(head, width):
    if head is None:
        return list(range(width))
    return [title if title != "" else f"Unnamed: {i}" for i, title in enumerate(head)]


def _is_wanted(usecols, title, number):
    if usecols is None:
        return True
    return usecols(title) if callable(usecols) else title in usecols or number in usecols


def _typed(values, kind, missing):
    if kind in _TEXT:
        return [nan if value in missing else value for value in values]
    there = [value for value in values if value not in missing]
    for make in (int, float):
        try:
            made = iter([make(value) for value in there])
        except ValueError:
            continue
        is_whole = make is int and len(there) == len(values) and kind not in (float, "float", "float64")
        return [nan if value in missing else next(made) if is_whole else float(next(made)) for value in values]
    if len(there) == len(values) and {value.lower() for value in there} <= {"true", "false"}:
        return [value.lower() == "true" for value in values]
    return [nan if value in missing else value for value in values]
