"""Feather and parquet for pandas: the host reads and writes them, as pyarrow does elsewhere."""
import json
import os

from cohortline_guest.door import asked


def install(pandas):
    pandas.read_feather = read_feather
    pandas.DataFrame.to_feather = to_feather
    pandas.read_parquet = read_parquet


def read_feather(path, columns=None, use_threads=True, storage_options=None, dtype_backend=None):
    return _read(path, columns, "feather")


def read_parquet(path, engine="auto", columns=None, **options):
    if options.get("filters") is not None:
        raise NotImplementedError("read_parquet(filters=) is not known (in the sandbox): filter the table instead")
    return _read(path, columns, "parquet")


def to_feather(frame, path, **options):
    """As pyarrow refuses them: names that are no texts, and any index but that of places."""
    import pandas

    _check_index(frame, pandas)
    with _kept(path) as file:
        for piece in _pieces(frame):
            file.write(piece)


def _check_index(frame, pandas):
    if not isinstance(frame, pandas.DataFrame):
        raise ValueError("feather only support IO with DataFrames")
    index = frame.index
    if not index.equals(pandas.RangeIndex.from_range(range(len(frame)))):
        raise ValueError(
            "feather does not support serializing a non-default index for the index; "
            "you can .reset_index() to make the index into column(s)"
        )
    if index.name is not None:
        raise ValueError("feather does not serialize index meta-data on a default index")
    if not all(isinstance(name, str) for name in frame.columns):
        raise ValueError("feather must have string column names")
    if not frame.columns.is_unique:
        raise ValueError("Duplicate column names found")


def _kept(path):
    from contextlib import nullcontext

    return nullcontext(path) if hasattr(path, "write") else open(os.fspath(path), "wb")


def _read(path, columns, form):
    if not hasattr(path, "read"):
        return _read_file(os.fspath(path), columns, form)
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(path.read())
        file.flush()
        return _read_file(file.name, columns, form)


def _read_file(path, columns, form):
    with open(path, "rb"):
        pass  # What cannot be opened fails as anywhere else.
    table = _told({"kind": "table-open", "format": form, "file": os.path.abspath(path)})[0]
    try:
        return _frame(table, columns)
    finally:
        asked({"kind": "table-close", "table": table["table"]})


def _told(question, data=b""):
    answer, rest = asked(question, data)
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer, rest


def _frame(table, wanted):
    import pandas

    facts = json.loads(table["pandas"]) if table["pandas"] else {}
    kinds = {each["field_name"]: each["numpy_type"] for each in facts.get("columns", []) if each.get("field_name")}
    names = [column["name"] for column in table["columns"]]
    kept = [each for each in facts.get("index_columns", []) if isinstance(each, str) and each in names]
    places = _places(names, names if wanted is None else [*wanted, *(each for each in kept if each not in wanted)])
    series = [_series(table, place, kinds) for place in places]
    frame = pandas.concat(series, axis=1) if series else pandas.DataFrame(index=range(table["rows"]))
    frame.columns = pandas.Index([names[place] for place in places], dtype=object)
    return _named(_indexed(frame, facts, kept, table["rows"]), facts)


def _places(names, wanted):
    for name in wanted:
        if names.count(name) != 1:
            raise ValueError(f"Field named '{name}' not found or not unique in the schema.")
    return [names.index(name) for name in wanted] if wanted is not names else list(range(len(names)))


def _indexed(frame, facts, kept, rows):
    """The index that pandas noted when it wrote the table."""
    import pandas

    ranges = [each for each in facts.get("index_columns", []) if isinstance(each, dict) and each.get("kind") == "range"]
    if ranges:
        index = pandas.RangeIndex(ranges[0]["start"], ranges[0]["stop"], ranges[0]["step"], name=ranges[0]["name"])
        if len(index) == rows:
            frame.index = index
    if kept:
        titles = {each["field_name"]: each["name"] for each in facts["columns"]}
        frame = frame.set_index(kept)
        frame.index.names = [titles.get(name, name) for name in kept]
    return frame


def _named(frame, facts):
    (level, *more) = facts.get("column_indexes") or [{}]
    if more:
        return frame
    if level.get("pandas_type") == "int64":
        frame.columns = frame.columns.astype("int64")
    frame.columns.name = level.get("name")
    return frame


def _series(table, place, kinds):
    import pandas

    column = table["columns"][place]
    head, data = _told({"kind": "table-column", "table": table["table"], "column": place})
    values, rest = _values(column, head, data, table["rows"])
    if column["codes"] is not None:
        plain = {**column, "codes": None}
        meant, _ = _values(plain, head["values"], rest, None)
        values = pandas.Categorical.from_codes(values, pandas.Index(meant), ordered=column["codes"]["isOrdered"])
    series = pandas.Series(values, dtype=values.dtype, copy=False)
    return _extended(series, kinds.get(column["name"], ""), column)


NULLABLE = {"Int", "UInt", "Float"}


def _extended(series, kind, column):
    """Types of pandas' own, which it noted when it wrote the table."""
    if kind.rstrip("0123456789") in NULLABLE or kind in ("boolean", "string"):
        return series.astype(kind)
    if column["type"]["kind"] == "text" and column["codes"] is None and _infers_text():
        return series.astype("str")
    return series


def _infers_text():
    import pandas

    return pandas.options.future.infer_string is not False


def _values(column, head, data, rows):
    import numpy

    recorded, data = _taken(data, head["recorded"])
    own, rest = _taken(data, head["data"])
    kind = column["type"]["kind"]
    missing = None if recorded is None else numpy.frombuffer(recorded, "u1") == 0
    if column["codes"] is not None:
        return numpy.frombuffer(own, "<i4").copy(), rest
    if kind == "null":
        return numpy.full(rows, None, object), rest
    if kind == "text":
        words = numpy.array([*head["words"], None], object)
        return words[numpy.frombuffer(own, "<i4")], rest
    return _numbers(column["type"], own, missing), rest


def _taken(data, length):
    return (None, data) if length is None else (data[:length], data[length:])


def _numbers(kind, own, missing):
    import numpy

    if kind["kind"] == "moment":
        return _moments(kind, numpy.frombuffer(own, "<i8"), missing)
    if kind["kind"] == "day":
        values = numpy.frombuffer(own, "<i4").astype("<M8[D]").astype(object)
    else:
        values = numpy.frombuffer(own, NUMBERS[kind["kind"]](kind)).copy()
    if missing is None or not missing.any():
        return values
    if kind["kind"] in ("bool", "day"):
        values = values.astype(object)
        values[missing] = None
        return values
    values = values if kind["kind"] == "float" else values.astype("f8")
    values[missing] = numpy.nan
    return values


NUMBERS = {
    "bool": lambda kind: "?",
    "int": lambda kind: f"<{'i' if kind['signed'] else 'u'}{kind['bits'] // 8}",
    "float": lambda kind: f"<f{kind['bits'] // 8}",
}


def _moments(kind, values, missing):
    import numpy
    import pandas

    values = values.astype(f"<M8[{kind['unit']}]")
    if missing is not None:
        values[missing] = numpy.datetime64("NaT")
    if kind["zone"] is None:
        return values
    return pandas.DatetimeIndex(values, tz="UTC").tz_convert(kind["zone"]).array


def _pieces(frame):
    from cohortline_guest.table_columns import handed_over, facts_of

    _told({"kind": "table-begin"})
    for name in frame.columns:
        column, data = handed_over(name, frame[name])
        _told({"kind": "table-put", "column": column}, data)
    told, _ = _told({"kind": "table-write", "rows": len(frame), "pandas": json.dumps(facts_of(frame))})
    left = told["bytes"]
    while left > 0:
        piece = _told({"kind": "table-more"})[1]
        left -= len(piece)
        yield piece
