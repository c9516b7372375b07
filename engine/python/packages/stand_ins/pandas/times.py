"""Days and times, as far as `datetime` goes."""

import datetime

from absent import Absent

from .missing import NaT, isna
from .series import Series

Timedelta = datetime.timedelta


class Timestamp(datetime.datetime):
    def __new__(cls, *parts, **named):
        if len(parts) == 1 and isinstance(parts[0], (str, datetime.date)):
            return to_datetime(parts[0])
        return super().__new__(cls, *parts, **named)


def to_datetime(value, format=None, **_):
    if isinstance(value, (list, tuple)):
        return Series([to_datetime(each, format) for each in value])
    if isna(value):
        return NaT
    if isinstance(value, str):
        value = datetime.datetime.strptime(value, format) if format else datetime.datetime.fromisoformat(value)
    time = value.timetuple()
    return Timestamp(*time[:6])


def date_range(start=None, end=None, periods=None, freq="D", **_):
    """Days, or the first days of months."""
    if freq not in ("D", "MS") or start is None or (end is None) == (periods is None):
        raise Absent(f"pandas.date_range(freq={freq!r})")()
    day, last, made = to_datetime(start), None if end is None else to_datetime(end), []
    if freq == "MS" and day.day > 1:
        day = _next_month(day)
    while len(made) < periods if last is None else day <= last:
        made.append(day)
        day = _next_month(day) if freq == "MS" else to_datetime(day + datetime.timedelta(days=1))
    return Series(made)


def _next_month(day):
    return Timestamp(day.year + day.month // 12, day.month % 12 + 1, 1)
