"""Chance of its own for each run: what drew it when it was loaded, and lies in an image since, draws it again."""
import random

from cohortline_guest.on_import import on_import


def renew():
    random.seed()
    on_import("numpy.random", lambda numpys: numpys.seed())
