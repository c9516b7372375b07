"""What scripts for images of an older Python use of other libraries than pandas, and those have dropped since."""
import functools

from cohortline_guest.on_import import on_import


def install(like):
    """`like` is 1 or 2, as the image's pandas."""
    on_import("argparse", _help_as_it_is)
    on_import("numpy", lambda numpy: _names_of_numpy(numpy, like))
    on_import("numpy.core.numeric", lambda numeric: vars(numeric).update(NaN=numeric.nan, Inf=numeric.inf))
    if like == 1:
        on_import("matplotlib.axes", lambda axes: _grid_by_b(axes.Axes))
        on_import("matplotlib.pyplot", _grid_by_b)


def _help_as_it_is(argparse):
    """A percent sign in a help text matters only where the help is printed."""
    argparse.ArgumentParser._check_help = lambda *_: None


NAMES = {
    **{"NaN": "nan", "Inf": "inf", "Infinity": "inf", "infty": "inf", "float_": "float64", "unicode_": "str_"},
    **{"product": "prod", "cumproduct": "cumprod", "alltrue": "all", "sometrue": "any"},
    **{"in1d": "isin", "trapz": "trapezoid", "row_stack": "vstack", "round_": "round"},
}
OF_PYTHON = {"float": float, "int": int, "object": object, "str": str}


def _names_of_numpy(numpy, like):
    # A number inside a list is written as `0.5`, and not as `np.float64(0.5)`.
    numpy.set_printoptions(legacy="1.25")
    names = {old: getattr(numpy, new) for old, new in NAMES.items()}
    for name, value in {**names, **(OF_PYTHON if like == 1 else {})}.items():
        # To ask whether it has a name that it dropped would print a warning.
        vars(numpy).setdefault(name, value)


def _visible(options):
    return {"visible" if name == "b" else name: value for name, value in options.items()}


def _grid_by_b(owner):
    """`grid(b=True)`, of axes and of the module that draws on the present ones."""
    before = owner.grid

    @functools.wraps(before)
    def grid(*words, **options):
        return before(*words, **_visible(options))

    owner.grid = grid
