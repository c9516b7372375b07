"""What a study file imports. Nothing here is computed or checked: each call is kept as data.

The engine reads the data, and tells every problem at the line of the author's file that made the call.
"""

from . import codelistlib, date_expressions, exceptions, log_utils, measure, patients, study_definition
from .codelistlib import codelist, codelist_from_csv, combine_codelists, filter_codes_by_category
from .exceptions import MissingParameterError, ValidationError
from .measure import Measure
from .parameters import params
from .study_definition import StudyDefinition

__all__ = [
    "StudyDefinition",
    "Measure",
    "patients",
    "codelist",
    "codelist_from_csv",
    "combine_codelists",
    "filter_codes_by_category",
    "params",
]
