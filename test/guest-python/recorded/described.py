"""A table as both sides tell it."""


def described(frame):
    """Its index, and of each column its type and values."""
    columns = {str(name): [str(series.dtype), [told(v) for v in series]] for name, series in frame.items()}
    return {"index": [str(frame.index.dtype), [told(v) for v in frame.index], list(frame.index.names)], "columns": columns}


def told(value):
    kind = type(value).__name__
    return f"{kind}: {value!r}" if kind in ("float", "int", "str", "bool", "NoneType") else f"{kind}: {value}"
