"""What pandas, pyarrow and Polars have to say about cohort files, and files of theirs for the engine.

Run by test/foreign/arrow.ts, which knows what must come out.
"""

import json
import sys


def texts(frame):
    """Every cell as text, empty where missing."""
    import pandas

    def text(value):
        if pandas.isna(value):
            return ""
        if isinstance(value, pandas.Timestamp) or hasattr(value, "strftime"):
            return value.strftime("%Y-%m-%d").rjust(10, "0")
        if isinstance(value, bool) or type(value).__name__ in ("bool_", "bool"):
            return str(int(value))
        return str(value)

    rows = [[text(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    return [list(frame.columns), *rows]


def read_pandas(path):
    import pandas

    frame = pandas.read_feather(path) if path.endswith("feather") else pandas.read_parquet(path)
    types = [str(frame[name].dtype) for name in frame.columns]
    return {"types": types, "cells": texts(frame)}


def read_polars(path):
    import polars

    frame = polars.read_ipc(path) if path.endswith("feather") else polars.read_parquet(path)
    return {"types": [str(kind) for kind in frame.dtypes], "rows": frame.height}


def frame_to_write():
    import pandas

    return pandas.DataFrame(
        {
            "patient_id": [3, 7, 9],
            "sex": pandas.Categorical(["F", None, "M"], categories=["U", "M", "F"]),
            "ill": [True, False, True],
            "bmi": [27.9, float("nan"), 0.1],
            "seen": pandas.to_datetime(["2020-02-29", None, "1999-12-31"]),
            "place": ["Leeds", "", "Zürich" * 3],
            "imd": pandas.Categorical([0, 100, 0]),
        }
    )


def write_pandas(path):
    way = path.split(".")[-2]
    frame = frame_to_write()
    if way == "newer_pages":
        frame.to_parquet(path, data_page_version="2.0")
    elif path.endswith("parquet"):
        frame.to_parquet(path, compression=None if way == "uncompressed" else way)
    else:
        frame.to_feather(path, compression=way)


def write_polars(path):
    import polars

    frame = polars.from_pandas(frame_to_write())
    frame.write_parquet(path) if path.endswith("parquet") else frame.write_ipc(path)


WORK = {
    "read_pandas": read_pandas,
    "read_polars": read_polars,
    "write_pandas": write_pandas,
    "write_polars": write_polars,
}

name, path = sys.argv[1:3]
print(json.dumps(WORK[name](path)))
