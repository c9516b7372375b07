"""
What scripts for `python:v1` and `v2` use of pandas 1 and 2, and pandas 3 dropped or does otherwise without a word. Each
part is held against what pandas 1.5 and 2.1 give (test/guest-python/recorded/old.py). What cannot be had back,
some writes to copies that once wrote to the table itself, is an error and not a warning.
"""
import warnings


def install(pandas, like):
    """`like` is 1 or 2."""
    from cohortline_guest.old_pandas import frames, groups, reductions, texts, times, writes

    pandas.options.future.infer_string = False
    warnings.simplefilter("error", pandas.errors.ChainedAssignmentError)
    for part in (frames, groups, reductions, texts, times, writes):
        part.install(pandas, like)


def wrapped(owner, name, around):
    """`around` gets what was there, and stands in its place under its name."""
    import functools

    before = getattr(owner, name)
    setattr(owner, name, functools.wraps(before)(around(before)))
