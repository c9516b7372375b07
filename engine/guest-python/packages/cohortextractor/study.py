"""Studies and measures, as a script finds them in a study definition."""


class StudyDefinition:
    def __init__(self, population=None, default_expectations=None, index_date=None, **covariates):
        self.population, self.default_expectations, self.index_date = population, default_expectations, index_date
        self.covariates = covariates


class Measure:
    POPULATION_COLUMN = "population"

    def __init__(self, id, denominator, numerator, group_by=None, small_number_suppression=False):
        self.id, self.denominator, self.numerator = id, denominator, numerator
        self.group_by, self.small_number_suppression = group_by, small_number_suppression


class _Parameters(dict):
    def __missing__(self, name):
        raise KeyError(f"no --param gives {name!r}: only commands of cohortextractor have them")


params = _Parameters()
