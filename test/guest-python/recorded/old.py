"""Lines of scripts for pandas 1 and 2, and what pandas 1.5 and 2.1 give for each: recorded once, with `python old.py`."""
import io
import json
import os
import re
import warnings

import numpy as np
import pandas as pd
from described import described

a = pd.DataFrame({"g": ["x", "y", "x"], "n": [1, 2, 3], "f": [0.5, None, 2.5]})
b = pd.DataFrame({"g": ["z"], "n": [9], "m": [True]}, index=[7])
c = a.assign(k=pd.Categorical(["p", "q", "p"], categories=["q", "r", "p"]), l=pd.Categorical(["u", "u", "v"]))
t = pd.Series(["a1.b", "2", None, "aXb"])
d = pd.DataFrame({"day": pd.to_datetime(["2020-01-31", "2020-02-01", "2020-02-29"]), "n": [1, 2, 4]})
s = pd.Series([3, 1, 2], index=["i", "j", "k"], name="s")
TEXT = "day,n\n2020-01-31,1\n,2\n"



def wrote(line):
    scope = {"f": a.copy(), "pd": pd}
    exec(line, scope)
    return scope["f"]


def cells(styled):
    return re.findall(r">([^<>]+)</t[hd]>", styled.to_html())


def redacted(counts):
    out = counts.copy()
    out[out == 1] = 0
    out[out == out.max()] = 9
    out.replace(9, 8, inplace=True)
    return out


CASES = """
redacted(a["n"])
redacted(a["n"] * 2)
wrote('f["f"].fillna(0, inplace=True)')
wrote('f["g"].where(f["n"] > 1, "w", inplace=True)')
wrote('f["g"].replace("x", "w", inplace=True)')
wrote('f["n"].clip(upper=2, inplace=True)')
wrote('f["g"].update(pd.Series(["z"], index=[1]))')
wrote('f["n"][f["g"] == "x"] = 5')
wrote('f["n"][0] = 6')
wrote('f["n"].loc[1] = 7')
wrote('f.n.iloc[0] = 7')
wrote('s = f["f"]; s.mask(s.isna(), 9, inplace=True)')
wrote('s = f["n"]; s[0] = 8')
wrote('s = f["n"].copy(); s[0] = 8; s.fillna(1, inplace=True)')
wrote('s = f["n"] * 2; s[0] = 8; f["m"] = s')
wrote('f.loc[f["n"] > 1, "g"] = "late"')
wrote('f.loc[f["n"] > 1, "f"] = "late"')
wrote('f.loc[f["n"] > 1, "n"] = "late"')
wrote('f.loc[0, "n"] = 0.5')
wrote('f["m"] = f["n"] > 1; f.loc[0, "m"] = "x"')
wrote('f.loc[f["n"] > 1, "f"] = pd.Series(["a", "b", "c"])')
wrote('f["n"].where(f["n"] > 1, "few", inplace=True)')
a.fillna("missing")
wrote('f.loc[:, ["f", "n"]] = f.loc[:, ["f", "n"]].fillna("few")')
wrote('f.loc[:, "n"] = "x"')
pd.DataFrame({"x": pd.Series({"i": 1}), "y": pd.Series({"j": 1, 2.0: 3})}).astype(str)
a.apply(lambda each: each.value_counts())["g"].dropna()
a.append(b)
a.append(b, ignore_index=True)
a.append([b, b], sort=False)
a.append({"g": "w", "n": 5}, ignore_index=True)
a.append(pd.Series({"g": "w", "n": 5, "f": 1.0}, name="last"))
a.append(pd.Series({"g": "w", "h": 5}), ignore_index=True)
a["n"].append(b["n"])
a["n"].append([b["n"], b["n"]], ignore_index=True)
pd.DataFrame().append(a, ignore_index=True)
[(name, list(each)) for name, each in a[["g", "n"]].iteritems()]
list(s.iteritems())
a.to_csv(line_terminator="\\r\\n", index=False)
a[["n", "f"]].applymap(lambda each: each * 2)
a.lookup([0, 2], ["n", "f"]).tolist()
a.mad()
a["n"].mad()
a["f"].fillna(method="ffill")
a["f"].pad()
a["f"].backfill()
a.fillna(0)
a.drop("f", 1)
a.drop([0, 2])
a.set_axis(["q", "r", "s"], axis=1)
a["n"].is_monotonic
a.index.is_monotonic
s[0]
s[-1]
s[[0, 2]]
s[0:2]
a.set_index("g").sum(level=0)
a.set_index("g")["n"].max(level="g")
c.groupby("k").size()
c.groupby("k").grouper.size()
c["k"].replace("p", "z")
c["k"].replace({"p": "z", "q": "y"})
c["k"].replace("p", "q")
c["k"].replace(["p", "q"], "one")
c["k"].replace(np.nan, "x")
c["k"].replace("none", "x")
c.replace({"k": {"p": "z"}})["k"]
c.groupby("k")["n"].sum()
c.groupby(["k", "l"])["n"].count()
c.groupby(["g", "k"]).size().reset_index(name="count")
c.groupby("k", observed=True).size().sort_index()
c.groupby("k", as_index=False)["n"].sum()
c.groupby("k")["f"].mean()
c.pivot_table(index="k", columns="l", values="n", aggfunc="sum")
pd.crosstab(c["k"], c["l"])
c.groupby("k").agg({"n": "sum", "f": "max"})
a.groupby("n").sum()
a.groupby("n").mean()
c.groupby("l").mean()
a.groupby("g").median()
a.groupby("g").std()
a.groupby("g").agg("mean")
a.groupby("g").agg(["sum"])["n"]
a.groupby("g").first()
a.groupby("g").min()
a.groupby("g").quantile(0.5)
a.groupby("g").sum(numeric_only=True)
a.groupby("g")["n"].sum()
a.mean()
a.median()
a.std()
a.quantile(0.25)
a.corr()
a.sum(numeric_only=True)
a[["n", "f"]].mean(axis=1)
a.groupby("g").apply(lambda each: each.head(1))
a.groupby("g").apply(lambda each: each.assign(total=each["n"].sum()))
a.groupby("g").apply(lambda each: each["n"].sum())
a.groupby("g").apply(lambda each: pd.Series({"rows": len(each), "of": each["g"].iloc[0]}))
a.groupby("g", group_keys=True).apply(lambda each: each)
a.groupby("g")["n"].apply(lambda each: each / each.sum())
a.groupby("g")["n"].apply(list)
a.groupby("g", as_index=False).apply(lambda each: each["n"].max())
a.groupby("g")["n"].transform("sum")
a["g"].value_counts()
a["g"].value_counts().reset_index()
a["g"].value_counts(normalize=True)
a["g"].value_counts().to_frame()
a[["g"]].value_counts()
a.groupby("g")["n"].value_counts()
pd.cut(a["n"], [0, 1, 3]).value_counts().sort_index().tolist()
t.str.replace("[0-9]", "")
t.str.replace(".", "-")
t.str.replace("a.", "-")
t.str.replace("a.", "-", regex=False)
t.str.split("b", 1)
d["day"].astype("int64")
str(pd.to_datetime("2020-01-01").to_datetime64().dtype)
pd.to_datetime(pd.Series(["2020-01-01", None])).astype("int64")
pd.to_datetime(["2020-01-01", "x"], errors="coerce")
pd.to_datetime("20200131", format="%Y%m%d")
str(pd.date_range("2020-01-01", periods=2).dtype)
pd.date_range("2020-01-01", periods=3, freq="M")
pd.date_range("2020-01-01", periods=3, freq="2H")
pd.date_range("2020-01-01", "2020-01-04", closed="left")
d.set_index("day").resample("M").sum()
d.resample("Q", on="day")["n"].sum()
d.groupby(pd.Grouper(key="day", freq="M"))["n"].sum()
d.set_index("day").resample("A-DEC")["n"].max()
d["day"].dt.week
d["day"].dt.to_period("M").astype(str)
(d["day"] - pd.Timestamp("2020-01-01 12:00")).astype("timedelta64[D]")
(d["day"].max() - d["day"]).dt.days
(d["day"].max() - d["day"]) / np.timedelta64(1, "M")
(d["day"].max() - d["day"]) / np.timedelta64(1, "Y")
((d["day"].max() - d["day"]) / np.timedelta64(1, "D")).round(1)
(d["day"].max() - d["day"]).astype("timedelta64[M]")
(d["day"].max() - d["day"]).astype("timedelta64[W]")
pd.Series([np.NaN, np.Inf]), np.in1d([1, 2], [2]).tolist(), int(np.product([2, 3]))
pd.Series([3e9]).astype(int)
a.assign(n=3e9).astype({"n": "int"})["n"]
pd.Series(np.arange(3)) * 2_000_000_000
a.assign(m=np.where(a["n"] > 1, 2_000_000_000, 0))["m"] * 2
[int(np.sum([2_000_000_000] * 2)), int(np.array([2_000_000_000] * 2).sum()), np.zeros(1, int).dtype.itemsize]
int((np.arange(70_000) > 0).sum() ** 2)
pd.Series(np.random.RandomState(1).permutation(5))
d.set_index("day").first("2D")
d.set_index("day").last("28D")
pd.read_csv(io.StringIO(TEXT), parse_dates=["day"])
pd.read_csv(io.StringIO(TEXT), parse_dates=["day"])["day"].astype("int64")
pd.read_csv(io.StringIO(TEXT), index_col="day", parse_dates=True)
pd.read_csv(io.StringIO("n\\n1\\n2\\n"), squeeze=True)
pd.read_csv(io.StringIO(TEXT))
a.dtypes.astype(str)
a.select_dtypes(include="object")
a["g"].dtype == object
pd.Series(["x", None]).isna()
pd.Series(["x", None]).astype(str)
pd.concat([a, b])
pd.concat([a, b], keys=["p", "q", "r"])
pd.concat([a, b], keys=["p"])
__import__("numpy.core.numeric").core.numeric.NaN
a.merge(b, on="g", how="outer")
a.describe()
a["g"].describe()
a.replace({"g": {"x": "w"}})
a["g"].map({"x": 1})
a.rename(columns={"g": "h"})
a.nlargest(1, "n")
a.T
str((a["f"].max(), [a["n"].sum()], np.str_("x"), np.bool_(True), a["f"].tolist()))
int(a["n"].loc[a["n"] > 2])
float(a["f"][:1])
float(a["f"])
a.groupby("g")["n", "f"].sum()
d.sum()
d.assign(g=["x", "y", "z"]).sum()
np.where(a["n"] > 1, "late", 0).tolist()
np.where([True, False], "late", np.nan).tolist()
np.where(a["n"] > 1, a["g"], 0).tolist()
np.select([a["n"] > 1], ["late"]).tolist()
np.select([a["n"] > 2, a["n"] > 1], ["late", 5], default=0.5).tolist()
np.select([a["n"] > 1], ["late"], None).tolist()
cells(a.style.format({"f": "{:.1f}"}).set_caption("of texts"))
cells(a.style.hide_index().set_precision(1))
cells(a.style.applymap(lambda each: "color: red"))
""".strip().split("\n")


def result(line):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = eval(line)
        except Exception as error:
            return type(error).__name__
    if isinstance(value, pd.Index):
        value = value.to_series().reset_index(drop=True)
    if isinstance(value, pd.Series):
        return ["series", str(value.name), described(value.rename("_").to_frame())]
    if isinstance(value, pd.DataFrame):
        return ["frame", str(list(value.columns)), str(value.columns.names), described(value)]
    value = value.item() if isinstance(value, np.generic) else value
    return f"{type(value).__name__}: {value!r}" if not isinstance(value, pd.Timestamp) else str(value)


def results():
    return {line: result(line) for line in CASES}


if __name__ == "__main__":
    name = f"old-{pd.__version__[0]}.json"
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), "w") as file:
        json.dump(results(), file, sort_keys=True)
