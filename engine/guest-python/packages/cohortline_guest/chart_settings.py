"""Settings of charts that lie in the action's folder, or that a variable names: matplotlib looks for them when it is loaded only."""
import sys


def read_own():
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is None:
        return
    import os

    file = matplotlib.matplotlib_fname()
    if file != os.path.join(matplotlib.get_data_path(), "matplotlibrc"):
        matplotlib.rcParams.update(matplotlib.rc_params_from_file(file))
        matplotlib.rcParamsOrig = matplotlib.rcParams.copy()
