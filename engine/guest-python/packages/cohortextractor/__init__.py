"""What scripts of actions take from study definitions and their helpers: codelists, and the measures and columns as data.

Nothing is computed here: cohorts and measures are made by actions of their own.
"""
from cohortextractor import pandas_utils, patients
from cohortextractor.codelists import codelist, codelist_from_csv, combine_codelists, filter_codes_by_category
from cohortextractor.study import Measure, StudyDefinition, params

__all__ = [
    *("StudyDefinition", "Measure", "patients", "params", "pandas_utils"),
    *("codelist", "codelist_from_csv", "combine_codelists", "filter_codes_by_category"),
]
