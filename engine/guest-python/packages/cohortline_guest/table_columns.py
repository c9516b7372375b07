"""Columns of pandas as the host takes them: a head that says what they are, and their bytes."""
import datetime


def handed_over(name, series):
    """ValueError where a column has no one type that a file can have."""
    kind, codes, head, data = _column(name, series)
    return {"name": name, "type": kind, "codes": codes, "buffers": head}, data


def facts_of(frame):
    """What pandas notes beside a table, by which it reads its own types again."""
    stop = {"kind": "range", "name": None, "start": 0, "stop": len(frame), "step": 1}
    level = {"name": frame.columns.name, "field_name": None, "pandas_type": "unicode", "numpy_type": "object"}
    return {
        "index_columns": [stop],
        "column_indexes": [{**level, "metadata": {"encoding": "UTF-8"}}],
        "columns": [_noted(name, frame[name]) for name in frame.columns],
        "creator": {"library": "cohortline", "version": "1"},
        "pandas_version": "2.0.0",
    }


def _noted(name, series):
    import pandas

    metadata = None
    kind = str(series.dtype)
    if isinstance(series.dtype, pandas.CategoricalDtype):
        metadata = {"num_categories": len(series.cat.categories), "ordered": bool(series.cat.ordered)}
        kind, noted = "int32", "categorical"
    elif isinstance(series.dtype, pandas.DatetimeTZDtype):
        metadata = {"timezone": str(series.dtype.tz)}
        kind, noted = f"datetime64[{series.dtype.unit}]", "datetimetz"
    elif kind.startswith("datetime64"):
        noted = "datetime"
    elif kind in ("object", "str", "string"):
        kind, noted = ("object" if kind == "str" else kind), "unicode"
    else:
        noted = kind.lower().replace("boolean", "bool")
    return {"name": name, "field_name": name, "pandas_type": noted, "numpy_type": kind, "metadata": metadata}


def _column(name, series):
    import numpy
    import pandas

    kind = series.dtype
    if isinstance(kind, pandas.CategoricalDtype):
        meant, codes, inner, data = _column(name, series.cat.categories.to_series())
        own = series.cat.codes.to_numpy().astype("<i4").tobytes()
        head = {"recorded": None, "data": len(own), "words": None, "values": inner}
        return meant, {"isOrdered": bool(series.cat.ordered)}, head, own + data
    if isinstance(kind, pandas.DatetimeTZDtype):
        return _moments(series.dt.tz_convert("UTC").dt.tz_localize(None), kind.unit, str(kind.tz))
    if not isinstance(kind, numpy.dtype) and kind.name not in ("str", "string"):
        return _nullable(name, series)
    if kind.kind == "M":
        return _moments(series, numpy.datetime_data(kind)[0], None)
    if isinstance(kind, numpy.dtype) and kind.kind in "biuf":
        return _numbers(series.to_numpy(), None)
    return _objects(name, series)


def _numbers(values, recorded):
    kind = {"b": "bool", "i": "int", "u": "int", "f": "float"}[values.dtype.kind]
    told = {"kind": kind, "bits": 8 * values.dtype.itemsize, "signed": values.dtype.kind == "i"}
    if kind == "bool":
        told = {"kind": "bool"}
    if kind == "float" and recorded is None:
        recorded = values == values
    return _buffers(told, values, recorded)


def _buffers(kind, values, recorded):
    own = values.astype(values.dtype.newbyteorder("<")).tobytes()
    marks = b"" if recorded is None or recorded.all() else recorded.astype("u1").tobytes()
    head = {"recorded": len(marks) or None, "data": len(own), "words": None, "values": None}
    return kind, None, head, marks + own


def _moments(series, unit, zone):
    values = series.to_numpy()
    recorded = values == values
    return _buffers({"kind": "moment", "unit": unit, "zone": zone}, values.astype("i8"), recorded)


def _nullable(name, series):
    """Int64, boolean and their like."""
    kind = getattr(series.dtype, "numpy_dtype", None)
    if kind is None:
        raise ValueError(f"column {name!r} has the type {series.dtype}, which no file can have (in the sandbox)")
    recorded = series.notna().to_numpy()
    return _numbers(series.fillna(kind.type(0)).to_numpy(dtype=kind), recorded)


def _objects(name, series):
    import numpy
    import pandas

    recorded = series.notna().to_numpy()
    there = series[recorded]
    kinds = {type(value) for value in there}
    if not kinds:
        head = {"recorded": None, "data": 0, "words": None, "values": None}
        return ({"kind": "null"}, None, head, b"")
    if kinds <= {str}:
        codes, words = pandas.factorize(series.to_numpy(dtype=object), use_na_sentinel=True)
        own = codes.astype("<i4").tobytes()
        head = {"recorded": None, "data": len(own), "words": [*words], "values": None}
        return {"kind": "text"}, None, head, own
    if kinds <= {bool, numpy.bool_}:
        return _numbers(series.where(recorded, False).to_numpy(dtype="?"), recorded)
    if all(issubclass(each, (int, numpy.integer)) for each in kinds):
        return _numbers(series.where(recorded, 0).to_numpy(dtype="i8"), recorded)
    if all(issubclass(each, (int, float, numpy.number)) for each in kinds):
        return _numbers(series.to_numpy(dtype="f8"), None)
    if kinds <= {datetime.date}:
        days = series.where(recorded, datetime.date(1970, 1, 1)).to_numpy().astype("M8[D]").astype("i4")
        return _buffers({"kind": "day"}, days, recorded)
    if all(issubclass(each, datetime.datetime) for each in kinds):
        return _column(name, pandas.to_datetime(series))
    named = ", ".join(sorted(each.__name__ for each in kinds))
    raise ValueError(f"column {name!r} holds values of several types or of one that no file can have: {named}")
