"""The author's modules as data, for whoever writes them in another language."""

import ast
import io
import sys
import tokenize

from cohortextractor.author import STUDY
from cohortextractor.canonical import Writer
from cohortextractor.codelistlib import Codelist
from cohortextractor.exceptions import NotPlainError
from cohortextractor.measure import Measure
from cohortextractor.patients import Call


def modules_of(entry):
    """By name, with the tree, the comments, and what the names of each module hold at the end."""
    found = {}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if not file.startswith(STUDY) or not file.endswith(".py"):
            continue
        with open(file, encoding="utf-8-sig") as source:
            text = source.read()
        found[name] = {
            "file": file[len(STUDY) :],
            "tree": _tree(ast.parse(text)),
            "comments": _comments(text),
            "values": _values(module),
        }
    return {"entry": entry, "modules": found}


def _tree(part):
    if isinstance(part, list):
        return [_tree(each) for each in part]
    if isinstance(part, ast.Constant):
        return {"_": "Constant", **_lines(part), **_constant(part.value)}
    if not isinstance(part, ast.AST):
        return part if part is None or isinstance(part, (str, int)) else str(part)
    fields = {field: _tree(getattr(part, field, None)) for field in part._fields if field != "ctx"}
    return {"_": type(part).__name__, **_lines(part), **fields}


def _lines(node):
    line = getattr(node, "lineno", None)
    return {} if line is None else {"line": line, "end": node.end_lineno}


def _constant(value):
    if value is None or isinstance(value, (bool, str)):
        return {"value": value}
    if isinstance(value, (int, float)) and abs(value) < 2**53:
        return {"value": value}
    return {"odd": type(value).__name__}


def _comments(text):
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    found = [token for token in tokens if token.type == tokenize.COMMENT]
    return [{"line": token.start[0], "text": token.string.lstrip("#").strip()} for token in found]


def _values(module):
    found = {}
    for name, value in vars(module).items():
        if name.startswith("__"):
            continue
        try:
            recorded = _recorded(value)
        except (NotPlainError, RecursionError):
            recorded = None
        if recorded is not None:
            found[name] = recorded
    return found


def _recorded(value):
    """What a name holds, in a form that tells columns, codelists and lists apart; None for anything else."""
    if value is None or isinstance(value, (bool, str, int, float)):
        return {"kind": "plain", "value": Writer()._plain(value, "value", "value")}
    if isinstance(value, Codelist):
        return {"kind": "codelist", "codelist": {"system": value.system, "codes": list(value), "files": list(value.files)}}
    if isinstance(value, Call):
        writer = Writer()
        return {"kind": "column", "column": writer.column(value), "codelists": writer.codelists}
    if isinstance(value, Measure):
        return {"kind": "measure", "id": value.id}
    if isinstance(value, (list, tuple)):
        return _whole("list", [_recorded(each) for each in value])
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        values = [_recorded(each) for each in value.values()]
        return _whole("dict", [None if each is None else [key, each] for key, each in zip(value, values)])
    return None


def _whole(kind, items):
    return None if any(each is None for each in items) else {"kind": kind, "items": items}
