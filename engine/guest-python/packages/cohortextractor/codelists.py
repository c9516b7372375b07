"""Codelists: lists of codes, or of (code, category), that know their system."""
import csv


class Codelist(list):
    system = None
    has_categories = False


def _made(codes, system, has_categories):
    made = Codelist(codes)
    made.system, made.has_categories = system, has_categories
    return made


def codelist(codes, system):
    codes = list(codes)
    return _made(codes, system, bool(codes) and isinstance(codes[0], tuple))


def codelist_from_csv(filename, system, column="code", category_column=None):
    """Codes without blanks around them, each once, in the order of the file; a row without a code has none."""
    with open(filename, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        for name in (column, category_column):
            if name is not None and name not in (reader.fieldnames or ()):
                raise ValueError(f"{filename} has no column {name!r}: it has {', '.join(reader.fieldnames or ())}")
        rows = [row for row in reader if (row[column] or "").strip()]
    if category_column is None:
        return _made(dict.fromkeys(row[column].strip() for row in rows), system, False)
    pairs = [(row[column].strip(), (row[category_column] or "").strip()) for row in rows]
    return _made(dict.fromkeys(pairs), system, True)


def combine_codelists(first_codelist, *other_codelists):
    systems = {each.system for each in (first_codelist, *other_codelists)}
    if len(systems) > 1:
        raise ValueError(f"codelists of different systems cannot be combined: {', '.join(map(repr, systems))}")
    pairs = dict.fromkeys(code for each in (first_codelist, *other_codelists) for code in each)
    return _made(pairs, first_codelist.system, first_codelist.has_categories)


def filter_codes_by_category(codes, include):
    return _made([code for code, category in codes if category in include], codes.system, False)
