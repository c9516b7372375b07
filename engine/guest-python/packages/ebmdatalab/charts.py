"""Deciles of a column over time, as a table and as a chart."""
import numpy

DECILES = [*range(10, 100, 10)]
OUTER = [*range(1, 10), *range(91, 100)]
#: Of each kind of line how it is drawn, how wide, and what the legend calls it.
LINES = {
    "median": ("b-", 1.5, "median"),
    "decile": ("b--", 1, "decile"),
    "outer": ("b:", 0.8, "1st-9th, 91st-99th percentile"),
}


def add_percentiles(df, period_column=None, column=None, show_outer_percentiles=True):
    """Of each period the value of `column` at each percentile: columns `period_column`, `percentile` (10 for 0.1), `column`."""
    percents = numpy.array([*DECILES, *(OUTER if show_outer_percentiles else [])])
    values = df.groupby(period_column)[column].quantile(percents / 100).reset_index()
    values.index = values.index.map(str)
    values = values.rename(columns={values.columns[1]: "percentile"})
    values["percentile"] = (values["percentile"] * 100).round().astype("int64")
    return values


def deciles_chart(df, period_column=None, column=None, title="", ylabel="", show_outer_percentiles=True, show_legend=True, ax=None):
    """A line for each percentile, on new axes unless some are given; gives `pyplot`. Periods are times."""
    import matplotlib.dates
    import matplotlib.pyplot as plt

    # As seaborn's "whitegrid" is, without loading seaborn.
    plt.style.use("seaborn-v0_8-whitegrid")
    plt.rcParams["grid.color"] = ".9"
    if ax is None:
        _, ax = plt.subplots(1, 1)
    values = add_percentiles(df, period_column, column, show_outer_percentiles)
    named = set()
    for percentile, line in values.groupby("percentile"):
        kind = "median" if percentile == 50 else "decile" if percentile in DECILES else "outer"
        form, width, label = LINES[kind]
        ax.plot(line[period_column], line[column], form, linewidth=width, label="_nolegend_" if kind in named else label)
        named.add(kind)
    ax.set_ylabel(ylabel, size=15, alpha=0.6)
    if title:
        ax.set_title(title, size=18)
    ax.set_ylim([0, values[column].max() * 1.05])
    ax.set_xlim([values[period_column].min(), values[period_column].max()])
    ax.tick_params(labelsize=12)
    plt.setp(ax.xaxis.get_majorticklabels(), rotation=90)
    ax.xaxis.set_major_formatter(matplotlib.dates.DateFormatter("%B %Y"))
    if show_legend:
        ax.legend(bbox_to_anchor=(1.1, 0.8), loc="center left", ncol=1, fontsize=12, borderaxespad=0)
    plt.gcf().autofmt_xdate()
    return plt
