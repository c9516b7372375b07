"""Codelists: lists of codes, or of (code, category), that know their system."""

from .author import place_of_call
from .engine import ask


class Codelist(list):
    """A list like any other; `files` tells where its codes come from."""

    system = None
    files = ()
    has_categories = False


def _made(answer):
    codes = answer["codes"]
    has_categories = bool(codes) and isinstance(codes[0], list)
    made = Codelist(map(tuple, codes) if has_categories else codes)
    made.system = answer["system"]
    made.files = answer["files"]
    made.has_categories = has_categories
    return made


def _told(codes):
    if not isinstance(codes, Codelist):
        return _plain(codes)
    return {"system": codes.system, "codes": list(codes), "files": list(codes.files)}


def _plain(values):
    return values if isinstance(values, (str, dict)) or not hasattr(values, "__iter__") else list(values)


def codelist(codes, system, check_categories=True):
    return _made(ask("codelist", codes=_plain(codes), system=system))


def codelist_from_csv(filename, system, column="code", category_column=None):
    return _made(
        ask(
            "codelist_from_csv",
            path=str(filename),
            system=system,
            column=column,
            category_column=category_column,
            place=place_of_call(),
        )
    )


def combine_codelists(first_codelist, *other_codelists):
    return _made(ask("combine_codelists", lists=[_told(each) for each in (first_codelist, *other_codelists)]))


def filter_codes_by_category(codes, include):
    if isinstance(include, str) and isinstance(codes, Codelist) and codes.has_categories:
        # `category in "text"` is true of each part of the text.
        parts = sorted({category for _, category in codes if category in include})
        include = parts or [include]
    return _made(ask("filter_codes_by_category", list=_told(codes), include=_plain(include)))
