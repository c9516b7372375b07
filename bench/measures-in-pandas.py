"""The 54 measures file by file in pandas: the way the reference goes.

python3 measures-in-pandas.py FOLDER FORMAT EVENTS GROUPS, the last two as names with commas between.
Writes beside the cohorts, into FOLDER/in-pandas, and starts anew each time.
"""
import shutil
import sys
from pathlib import Path

import pandas

THRESHOLD = 5


def read(path, form, events, groups):
    if form.startswith("csv"):
        types = {**{event: "float64" for event in events}, **{group: "category" for group in groups}}
        frame = pandas.read_csv(path, usecols=list(types), dtype=types, keep_default_na=False)
    else:
        reader = pandas.read_feather if form == "feather" else pandas.read_parquet
        frame = reader(path, columns=[*events, *groups])
    return frame.assign(population=1)


def suppress(column):
    small = (column > 0) & (column <= THRESHOLD)
    if not small.any():
        return column
    large = column[column > THRESHOLD]
    hidden = column.mask(small)
    if column[small].sum() > THRESHOLD or large.empty:
        return hidden
    return hidden.mask(column == large.min())


def measure(frame, event, group):
    counts = [event, "population"]
    if group == "population":
        table = frame[counts].sum().to_frame().T
    else:
        table = frame[[*counts, group]].groupby(group, observed=False)[counts].sum().reset_index()
    for column in counts:
        table[column] = suppress(table[column])
    return table.assign(value=table[event] / table["population"])


folder, form, events, groups = sys.argv[1:]
events, groups = events.split(","), groups.split(",")
target = Path(folder) / "in-pandas"
shutil.rmtree(target, ignore_errors=True)
target.mkdir()
parts = {}
for path in sorted(Path(folder).glob(f"input_*.{form}")):
    date = path.name[len("input_") :].split(".")[0]
    frame = read(path, form, events, groups)
    for event in events:
        for group in [*groups, "population"]:
            table = measure(frame, event, group)
            table.to_csv(target / f"measure_{event}_by_{group}_{date}.csv", index=False)
            parts.setdefault((event, group), []).append(table.assign(date=date))
for (event, group), tables in parts.items():
    pandas.concat(tables).to_csv(target / f"measure_{event}_by_{group}.csv", index=False)
shutil.rmtree(target)
