"""What an object offers to be shown as, by MIME type."""
import base64

METHODS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/latex": "_repr_latex_",
}


def bundle_of(value):
    whole = _called(value, "_repr_mimebundle_")
    if isinstance(whole, tuple):
        whole = whole[0]
    data = {name: _text(part) for name, part in (whole or {}).items() if part is not None}
    for name, method in METHODS.items():
        part = None if name in data else _called(value, method)
        if part is not None:
            data[name] = _text(part[0] if isinstance(part, tuple) else part)
    if type(value).__name__ == "Figure" and hasattr(value, "savefig"):
        from cohortline_guest import figures

        data = {**figures.bundle(value), **data}
    if "text/plain" not in data:
        data["text/plain"] = plain(value)
    return data


def plain(value):
    if type(value) in (list, tuple, dict, set, frozenset):
        import pprint

        return pprint.pformat(value, width=79, sort_dicts=False, compact=True)
    return repr(value)


def _called(value, name):
    """Only what the object's class brings: a module or a class shows itself, not its instances."""
    if isinstance(value, type) or not hasattr(type(value), name):
        return None
    try:
        return getattr(value, name)()
    except NotImplementedError:
        return None


def _text(part):
    return base64.b64encode(part).decode() if isinstance(part, (bytes, bytearray)) else part
