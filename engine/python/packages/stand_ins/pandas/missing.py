"""Missing values, which are not equal to themselves."""

nan = NA = NaT = float("nan")

# As read_csv takes them.
TEXTS = frozenset(
    """#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|n/a|nan|null""".split("|")
) | {""}


def isna(value):
    if isinstance(value, list):
        return type(value)([isna(each) for each in value])
    return value is None or value != value


def notna(value):
    if isinstance(value, list):
        return type(value)([notna(each) for each in value])
    return not isna(value)


isnull, notnull = isna, notna
