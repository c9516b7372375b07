"""The functions `patients.NAME(...)`. Each gives a record of its call; what it may say is the engine's to judge."""

import json
import pathlib

from .author import place_of_call
from .exceptions import UnknownFunctionError

# In the order in which arguments may be given without their names; written by the engine.
signatures = json.loads(pathlib.Path(__file__).with_name("signatures.json").read_text("utf-8"))


class Call(tuple):
    """(name of the function, its arguments by name), and where the author wrote it."""

    place = None


def _recorder(name, signature):
    names = [argument for argument, _ in signature]
    kinds = dict(signature)
    takes_columns = "extra_columns" in kinds
    takes_names = "column_names" in kinds

    def record(*positional, **named):
        given = {}
        if takes_names:
            given["column_names"] = positional
        elif len(positional) > len(names):
            raise TypeError(f"{name}() takes at most {len(names)} arguments without names, and was given {len(positional)}")
        else:
            given.update(zip(names, positional))
        columns = {}
        for argument, value in named.items():
            if argument in given:
                raise TypeError(f"{name}() was given the argument '{argument}' twice")
            if takes_columns and (argument not in kinds or argument == "extra_columns" or takes_names):
                columns[argument] = value
            else:
                given[argument] = value
        if columns:
            given["extra_columns"] = columns
        call = Call((name, given))
        call.place = place_of_call()
        return call

    record.__name__ = record.__qualname__ = name
    return record


for _name, _signature in signatures.items():
    globals()[_name] = _recorder(_name, _signature)

__all__ = list(signatures)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise UnknownFunctionError(name)
