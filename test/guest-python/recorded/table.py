"""Made once with pandas 2.3 and pyarrow: a table of every type, and what pandas 2 reads of it. `python table.py`."""
import datetime
import json
import os
import sys

import pandas as pd
from described import described


def table():
    import numpy as np

    n = 5
    frame = pd.DataFrame({"patient_id": np.arange(1, n + 1)})
    for kind in ("int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64", "float32", "float64"):
        frame[kind] = np.array([0, 1, 2, 100, 127], kind)
    frame["large"] = np.array([2**53 + 1, -(2**63), 2**63 - 1, 0, -1])
    frame["nan"] = [0.1, np.nan, np.inf, -np.inf, -0.0]
    frame["bool"] = [True, False, True, True, False]
    frame["maybe"] = [True, None, False, None, True]
    frame["text"] = ["", "é,\"'\n", None, "NA", "x"]
    frame["none"] = pd.Series([None] * n, dtype=object)
    frame["date"] = [datetime.date(2020, 2, 29), None, datetime.date(1900, 1, 1), datetime.date(9999, 12, 31), None]
    for unit in ("s", "ms", "us", "ns"):
        frame[unit] = np.array(["2020-01-01", "NaT", "1969-12-31T23:59:59", "2021-06-01T12:30", "1970-01-01"], f"M8[{unit}]")
    frame["zone"] = pd.to_datetime(["2020-01-01", "2020-07-01", None, "2020-03-29T01:30", "1999-01-01"], utc=True, format="ISO8601").tz_convert("Europe/London")
    frame["category"] = pd.Categorical(["b", None, "a", "b", "b"], categories=["c", "b", "a"])
    frame["ordered"] = pd.Categorical([3, 1, None, 3, 1], categories=[1, 2, 3], ordered=True)
    frame["Int64"] = pd.array([1, None, 2**60, -5, 0], dtype="Int64")
    frame["boolean"] = pd.array([True, None, False, True, None], dtype="boolean")
    frame["string"] = pd.array(["a", None, "", "b", "a"], dtype="string")
    return frame


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    frame = table()
    lz4, plain = os.path.join(here, "table.feather"), os.path.join(here, "table.parquet")
    frame.to_feather(lz4)
    frame.set_index("patient_id").to_parquet(plain)
    recorded = {"feather": described(pd.read_feather(lz4)), "parquet": described(pd.read_parquet(plain))}
    recorded["some"] = described(pd.read_feather(lz4, columns=["text", "patient_id"]))
    with open(os.path.join(here, "table.json"), "w") as file:
        json.dump(recorded, file, indent=1)
    print(pd.__version__, sys.version)
