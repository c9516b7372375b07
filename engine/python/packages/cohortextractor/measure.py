"""`Measure(...)`: a ratio over the cohort, in groups."""

from .author import place_of_call
from .canonical import Writer

made = []


class Measure:
    POPULATION_COLUMN = "population"

    def __init__(self, id, denominator, numerator, group_by=None, small_number_suppression=False):
        self.id = id
        self.denominator = denominator
        self.numerator = numerator
        self.group_by = group_by
        self.small_number_suppression = small_number_suppression
        self._place = place_of_call()
        made.append(self)

    def recorded(self):
        parts = ("id", "numerator", "denominator", "group_by", "small_number_suppression")
        writer = Writer()
        plain = {part: writer._plain(getattr(self, part), "Measure", part) for part in parts}
        return {**plain, **({} if self._place is None else {"place": self._place})}
