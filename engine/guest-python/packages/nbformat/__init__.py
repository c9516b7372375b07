"""What scripts that write notebooks take from `nbformat`: notebooks of version 4 as plain data, read and written."""
import json
import os

from nbformat import v4
from nbformat.v4 import NotebookNode

__all__ = ["NO_CONVERT", "NotebookNode", "from_dict", "read", "reads", "v4", "write", "writes"]

NO_CONVERT = object()
current_nbformat, current_nbformat_minor = 4, 4


def from_dict(data):
    if isinstance(data, dict):
        return NotebookNode({name: from_dict(value) for name, value in data.items()})
    return [from_dict(each) for each in data] if isinstance(data, (list, tuple)) else data


def reads(s, as_version=4, **_):
    """Texts that a file has in lines are whole. ValueError for any other version."""
    notebook = from_dict(json.loads(s))
    if notebook.get("nbformat") != 4:
        raise ValueError("only notebooks of nbformat 4 can be read (in the sandbox)")
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def writes(nb, version=NO_CONVERT, **_):
    """Sources in lines, as the format has it."""
    cells = [{**cell, "source": cell["source"].splitlines(True)} for cell in nb["cells"]]
    return json.dumps({**nb, "cells": cells}, ensure_ascii=False, indent=1, sort_keys=True)


def read(fp, as_version=4, **_):
    if isinstance(fp, (str, os.PathLike)):
        with open(fp, encoding="utf-8") as file:
            return reads(file.read())
    return reads(fp.read())


def write(nb, fp, version=NO_CONVERT, **_):
    text = writes(nb) + "\n"
    if isinstance(fp, (str, os.PathLike)):
        with open(fp, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        fp.write(text)
