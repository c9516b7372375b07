"""Texts beside numbers in one array of numpy, as numpy 1 had them: the numbers become texts."""
import functools

from cohortline_guest.on_import import on_import


def install():
    on_import("numpy", _of_numpy)


def _of_numpy(numpy):
    numpy.where = _mixing(numpy.where)
    numpy.select = _mixing(numpy.select)


def _mixing(before):
    """`np.where(late, "late", 0)` and `np.select([late], ["late"])`, whose default is the number 0."""

    @functools.wraps(before)
    def act(*words, **options):
        try:
            return before(*words, **options)
        except TypeError:
            if not _has_text((words, options)):
                raise
        if before.__name__ == "select":
            options = {"default": 0, **options}
        return before(*[_typed(word) for word in words], **{name: _typed(value) for name, value in options.items()})

    return act


def _has_text(value):
    if isinstance(value, dict):
        value = [*value.values()]
    if isinstance(value, (list, tuple)):
        return any(_has_text(each) for each in value)
    return isinstance(value, str) or getattr(getattr(value, "dtype", None), "kind", "") == "U"


def _typed(value):
    """A plain number as numpy's, which has a type that texts can be joined with."""
    import numpy

    if isinstance(value, list):
        return [_typed(each) for each in value]
    return numpy.asarray(value) if type(value) in (int, float) else value
