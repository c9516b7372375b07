"""Charts of a cell: shown when the cell asks for it, or when it ends."""
import base64
import io
import sys


def _pyplot():
    return sys.modules.get("matplotlib.pyplot")


def flush(show):
    plt = _pyplot()
    if plt is None:
        return
    try:
        for number in plt.get_fignums():
            show.value(plt.figure(number))
    finally:
        plt.close("all")


def forget():
    plt = _pyplot()
    if plt is not None:
        plt.close("all")


def bundle(figure):
    """An empty figure is shown by no picture."""
    if not figure.axes and not figure.lines and not figure.texts:
        return {}
    file = io.BytesIO()
    figure.savefig(file, format="png", bbox_inches="tight")
    return {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": _words(figure)}


def _words(figure):
    width, height = figure.get_size_inches() * figure.dpi
    axes = len(figure.axes)
    return f"<Figure size {width:.0f}x{height:.0f} with {axes} Axes>"
