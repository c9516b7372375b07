"""A study as the engine reads it: plain data, taken down at the moment when `StudyDefinition(...)` is called."""

from .codelistlib import Codelist
from .exceptions import NotPlainError
from .patients import Call, signatures

# Beyond it the engine's numbers are not exact.
_LARGEST = 2**53


class Writer:
    """Writes a codelist once and names it by number: a study uses the same list hundreds of times."""

    def __init__(self):
        self.codelists = []
        self._numbers = {}
        self._kept = []

    def column(self, call, name="a column"):
        if not isinstance(call, Call):
            raise NotPlainError("StudyDefinition", name, f"{described(call)}, not a patients.* call")
        function, given = call
        kinds = dict(signatures[function])
        try:
            args = {
                argument: self._argument(kinds.get(argument), value, f"patients.{function}", argument)
                for argument, value in given.items()
            }
        except NotPlainError as error:
            error.place = error.place or call.place
            raise
        place = {} if call.place is None else {"place": call.place}
        return {"function": function, "args": args, **place}

    def columns(self, columns):
        return {name: self.column(call, name) for name, call in columns.items()}

    def expectations(self, value, function, argument):
        """Ratios keep the order and the kinds of their keys: an object of JSON moves numbers to the front."""
        if not isinstance(value, dict):
            return self._plain(value, function, argument)
        category = value.get("category")
        if not isinstance(category, dict) or "ratios" not in category:
            return self._plain(value, function, argument)
        ratios = category["ratios"]
        is_plain = isinstance(ratios, dict) and all(isinstance(key, str) and not key.isdigit() for key in ratios)
        ratios = (self._plain if is_plain else self._pairs)(ratios, function, argument)
        rest = {key: part for key, part in value.items() if key != "category"}
        others = {key: part for key, part in category.items() if key != "ratios"}
        plain = self._plain(others, function, argument)
        return {**self._plain(rest, function, argument), "category": {**plain, "ratios": ratios}}

    def _argument(self, kind, value, function, argument):
        if value is None:
            return None
        if kind == "extra-columns":
            return self.columns(value)
        if kind == "expectations":
            return self.expectations(value, function, argument)
        if kind == "categories":
            return self._pairs(value, function, argument)
        if kind == "codelist" and isinstance(value, (list, tuple)) and not isinstance(value, Codelist):
            codes = self._plain(list(value), function, argument)
            return {"system": None, "codes": codes}
        return self._plain(value, function, argument)

    def _pairs(self, value, function, argument):
        if not isinstance(value, dict):
            return self._plain(value, function, argument)
        return {
            "$pairs": [
                [self._key(key, function, argument), self._plain(each, function, argument)]
                for key, each in value.items()
            ]
        }

    def _key(self, key, function, argument):
        """A missing value is the empty text in a file, and yes and no are 1 and 0; a code of medicines is exact as text."""
        if key is None or key != key:
            return ""
        if isinstance(key, int) and abs(key) > _LARGEST:
            return str(key)
        return int(key) if isinstance(key, bool) else self._plain(key, function, argument)

    def _plain(self, value, function, argument):
        if value is None or isinstance(value, (bool, str)):
            return value
        if isinstance(value, (int, float)) and -_LARGEST <= value <= _LARGEST:
            return value
        if isinstance(value, Codelist):
            return self._codelist(value)
        if isinstance(value, dict) and all(isinstance(key, str) for key in value):
            return {key: self._plain(part, function, argument) for key, part in value.items()}
        if isinstance(value, (set, frozenset)):
            return [self._plain(part, function, argument) for part in sorted(value, key=str)]
        if isinstance(value, (list, tuple, range, type({}.keys()), type({}.values()))):
            return [self._plain(part, function, argument) for part in value]
        raise NotPlainError(function, argument, described(value))

    def _codelist(self, value):
        number = self._numbers.get(id(value))
        if number is None or self._kept[number] != value:
            number = len(self.codelists)
            self._numbers[id(value)] = number
            # A list may be changed after it was written, and another may take its address once it is gone.
            self._kept.append(Codelist(value))
            self.codelists.append({"system": value.system, "codes": list(value), "files": list(value.files)})
        return {"$codelist": number}


def described(value):
    """A value in words, for a message."""
    if value is None:
        return "None"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"the number {value!r}"
    if isinstance(value, dict):
        odd = next((key for key in value if not isinstance(key, str)), None)
        return "a dict" if odd is None else f"a dict with the key {odd!r}, which is not text"
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
