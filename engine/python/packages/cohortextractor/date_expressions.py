"""Imported by some studies, and used by none while it is loaded."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise AttributeError(f"cohortextractor.{__name__.rpartition('.')[2]}.{name} does not exist in a study")
