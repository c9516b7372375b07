"""Dates by chance, as scripts draw them for patients of dummy data. Other columns are drawn by `generate_cohort`."""
import datetime


def generate_dates(population, earliest_date, latest_date, rate):
    """A table of one column, `date`, with a row for each of `population`: days from `earliest_date` to `latest_date`, both ISO texts.

    `rate` is "uniform", or "exponential_increase": the nearer to the end the more.
    """
    import numpy
    import pandas

    first, last = (datetime.date.fromisoformat(each) for each in (earliest_date, latest_date))
    days = (last - first).days
    if days < 0:
        raise ValueError(f"generate_dates: {latest_date} is before {earliest_date}")
    if rate == "uniform":
        after = numpy.random.randint(0, days + 1, population)
    elif rate == "exponential_increase":
        # A tenth of the time is the mean distance from its end; what lies before its beginning is drawn again.
        back = numpy.random.exponential(days / 10, population)
        while (early := back > days).any():
            back[early] = numpy.random.exponential(days / 10, early.sum())
        after = days - back.astype("int64")
    else:
        raise ValueError(f'generate_dates: the rate {rate!r} is not known; there are "uniform" and "exponential_increase"')
    dates = pandas.Timestamp(first) + pandas.to_timedelta(after, unit="D")
    return pandas.DataFrame({"date": dates.astype("datetime64[ns]")})


def __getattr__(name):
    raise AttributeError(f"expectation_generators has generate_dates only (in the sandbox), and not {name}")
