"""`StudyDefinition(...)`: who is in, and what is known of each patient."""

from .author import place_of_call
from .canonical import Writer
from .patients import Call


class StudyDefinition:
    """Taken down at once: lists and dicts that a study changes afterwards change nothing here."""

    def __init__(self, population, default_expectations=None, index_date=None, **covariates):
        self.population = population
        self.default_expectations = default_expectations
        self.index_date = index_date
        self.covariates = covariates
        writer = Writer()
        place = place_of_call()
        self.recorded = {
            **_dummy_data(covariates),
            "index_date": writer._plain(index_date, "StudyDefinition", "index_date"),
            "default_expectations": writer.expectations(default_expectations, "StudyDefinition", "default_expectations"),
            "population": writer.column(population, "population"),
            "columns": writer.columns(covariates),
            "column_order": list(covariates),
            **({} if place is None else {"place": place}),
        }
        self.codelists = writer.codelists


def _dummy_data(covariates):
    """`dummy_data="derived"` is a wish, `dummy_data=patients...` a column."""
    if "dummy_data" not in covariates or isinstance(covariates["dummy_data"], Call):
        return {}
    return {"dummy_data": covariates.pop("dummy_data")}
