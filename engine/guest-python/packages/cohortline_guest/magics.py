"""Lines of a cell that are IPython's and not Python's: those that change nothing are accepted."""
import ast
import re

#: Without a meaning where charts are always in the page and modules are loaded once.
HARMLESS = {
    *("matplotlib", "config", "load_ext", "reload_ext", "unload_ext", "autoreload", "precision"),
    *("xmode", "pdb", "pylab", "colors", "logstop", "reset_selective", "automagic", "pinfo"),
}
#: Run the rest of the line or cell as it is.
TRANSPARENT = {"time", "timeit", "capture", "prun"}
#: Show the rest of the cell.
SHOWN = {"html": "HTML", "markdown": "Markdown", "latex": "Latex", "svg": "SVG", "javascript": None, "js": None}

LINE = re.compile(r"^(\s*(?:[\w.,\[\]'\" ]+=\s*)?)([%!])\s*(.*)$")
#: Where nothing can be fetched it does nothing, and what is imported next is there or not.
INSTALL = re.compile(r"^(\s*)[%!]?\s*(?:pip3?|conda|mamba)\s+install\b")
HELP = re.compile(r"^\s*(?:\?+[\w.]+|[\w.]+\?+)\s*$")


class NotInSandbox(SyntaxError):
    pass


def python_of(source, name):
    """The same lines as Python; SyntaxError names the line of what has no meaning here."""
    source = _to_the_margin(source)
    if source.lstrip().startswith("%%"):
        return _cell(source, name)
    try:
        ast.parse(source)
        return source
    except SyntaxError:
        lines = source.split("\n")
        return "\n".join(_line(line, at, name) for at, line in enumerate(lines, 1))


def _to_the_margin(source):
    """As IPython takes a cell: whole lines are moved to the left by as much as its first one is."""
    indent = re.match(r"(?:[ \t]*\n)*([ \t]*)", source)[1]
    return re.sub(f"^{indent}", "", source, flags=re.MULTILINE) if indent else source


def _line(line, at, name):
    install = INSTALL.match(line)
    if install is not None:
        return f"{install[1]}print('Nothing is installed (in the sandbox)')"
    found = LINE.match(line)
    if found is None:
        return re.sub(r"\S.*", "pass", line, count=1) if HELP.match(line) else line
    before, sign, rest = found.groups()
    if sign == "!":
        raise _refused(f"no other program can be run: !{rest}", line, at, name)
    word, _, more = rest.partition(" ")
    if word in HARMLESS:
        return before + ("None" if before.strip() else "pass")
    if word in TRANSPARENT:
        return before + (_statement(more) or "pass")
    if word in ("env", "set_env", "cd", "pwd", "run", "who", "whos", "store"):
        return f"{before}get_ipython().run_line_magic({word!r}, {more!r})"
    raise _refused(f"%{word} is not known", line, at, name)


def _statement(more):
    """Behind the options of %timeit."""
    return re.sub(r"^(?:-\w+\s*\d*\s+)+", "", more.strip())


def _cell(source, name):
    blank = len(source) - len(source.lstrip())
    first, _, rest = source[blank:].partition("\n")
    word, _, more = first[2:].partition(" ")
    above = "\n" * (source[:blank].count("\n") + 1)
    if word in TRANSPARENT:
        return above + python_of(rest, name)
    if word in SHOWN:
        kind = SHOWN[word]
        return "" if kind is None else f"__import__('IPython').display.display(__import__('IPython').display.{kind}({rest!r}))"
    raise _refused(f"%%{word} is not known", first, above.count("\n"), name)


def _refused(why, line, at, name):
    return NotInSandbox(f"{why} (in the sandbox)", (name, at, 1, line + "\n"))
