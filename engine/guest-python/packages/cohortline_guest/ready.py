"""What is loaded before an action begins, layer by layer, and kept as an image of the memory (engine/guest-python/start).

Nothing of it is changed here: that is done when an action starts, which says what it was written for.
"""
import gc


def tables():
    import io

    import numpy.random
    import pandas
    from cohortline_guest import chance, notebook, old_libraries, old_pandas, shell, start, table_columns, tables
    from cohortline_guest.old_pandas import frames, groups, reductions, texts, times, writes

    # What pandas loads when it is first used.
    pandas.read_csv(io.StringIO("a,b\n1,x\n"), parse_dates=["b"]).groupby("b").sum().to_csv(io.StringIO())
    _keep()


def charts():
    import datetime
    import io

    import matplotlib.dates
    import matplotlib.pyplot as plt

    # Fonts are looked for, and texts measured, when something is first drawn.
    figure, axes = plt.subplots()
    axes.plot([datetime.date(2020, 1, 1), datetime.date(2020, 2, 1)], [1, 2], label="a")
    axes.set_title("$10^2$", fontweight="bold")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    plt.close("all")
    # Fonts keep their files open, which nobody has open in another run.
    matplotlib.font_manager._get_font.cache_clear()
    _keep()


def models():
    import scipy.stats
    import seaborn
    import sklearn.linear_model
    import statsmodels.api
    import statsmodels.formula.api

    _keep()


def _keep():
    """What is here now is not looked through again each time that memory is swept."""
    gc.collect()
    gc.freeze()
    _check_closed()


def _check_closed():
    """A file that is open now is open for nobody who starts from here."""
    import os

    for number in range(4, 20):
        try:
            os.fstat(number)
        except OSError:
            continue
        raise AssertionError(f"file {number} was left open")
