"""`date + relativedelta(months=1)`: a day that the month lacks becomes its last."""

import calendar
import datetime


class relativedelta:
    def __init__(self, years=0, months=0, weeks=0, days=0, hours=0, minutes=0, seconds=0):
        self.months = 12 * years + months
        self.rest = datetime.timedelta(days=days, weeks=weeks, hours=hours, minutes=minutes, seconds=seconds)

    def __neg__(self):
        return self._made(-self.months, -self.rest)

    def __mul__(self, times):
        return self._made(self.months * times, self.rest * times)

    __rmul__ = __mul__

    def __radd__(self, day):
        year, month = divmod(12 * day.year + day.month - 1 + self.months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return day.replace(year=year, month=month + 1, day=min(day.day, last)) + self.rest

    __add__ = __radd__

    def __rsub__(self, day):
        return day + -self

    @staticmethod
    def _made(months, rest):
        made = relativedelta(months=months)
        made.rest = rest
        return made
