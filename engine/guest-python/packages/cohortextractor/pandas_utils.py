"""Writes a table in the format that its file's name says."""
import os


def dataframe_to_file(df, filename):
    name = os.fspath(filename)
    if name.endswith((".csv", ".csv.gz")):
        df.to_csv(filename, index=False)
    elif name.endswith(".feather"):
        df.reset_index(drop=True).to_feather(filename)
    else:
        raise ValueError(f"{name}: tables are written as csv, csv.gz and feather (in the sandbox)")
