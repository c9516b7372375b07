"""Runs the cells of a notebook in one namespace, and tells what each shows as nbformat 4 has it."""
import json
import os
import sys

from cohortline_guest import chart_settings, figures, shell
from cohortline_guest.door import ask
from cohortline_guest.mime import bundle_of
from cohortline_guest.start import authors_lines, in_workspace, main_module

MOST_LETTERS = 65_536


def run(name, program):
    path = in_workspace(name)
    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    folder = os.path.dirname(os.path.abspath(path))
    main = main_module(None).__dict__
    show = Shown()
    sys.stdout, sys.stderr = Stream("stdout", show), Stream("stderr", show)
    shell.install(main, show)
    sys.path.insert(0, "")
    os.chdir(folder)
    chart_settings.read_own()
    sys.argv = [path]
    count = 0
    for place, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        count += 1
        source = "".join(cell["source"])
        ask({"kind": "cell", "cell": place})
        allowed = program["allowErrors"] or "raises-exception" in tags_of(cell)
        if source.strip() and not run_cell(source, f"{path}, cell {count}", main, show) and not allowed:
            raise SystemExit(1)


def tags_of(cell):
    return cell.get("metadata", {}).get("tags", [])


def run_cell(source, name, main, show):
    """Whether it ended well."""
    try:
        shell.run_source(source, name, main, show)
        figures.flush(show)
        return True
    except SystemExit as end:
        if end.code in (None, 0):
            return True
        tell(end, show)
    except BaseException as error:
        tell(error, show)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return False


def tell(error, show):
    """As an output of the cell, and for the action's log."""
    import traceback

    if isinstance(error, MemoryError):
        ask({"kind": "out-of-memory"})
    figures.forget()
    lines = "".join(traceback.format_exception(authors_lines(error))).splitlines()
    sys.stdout.flush()
    sys.stderr.flush()
    name, value = type(error).__name__, str(error)
    show.output({"output_type": "error", "ename": name, "evalue": value, "traceback": lines})
    print("\n".join(lines), file=sys.__stderr__)


class Shown:
    """What cells show goes to the host, one output after another."""

    def output(self, output):
        ask({"kind": "output", "output": output})

    def value(self, value, kind="display_data"):
        sys.stdout.flush()
        sys.stderr.flush()
        data = bundle_of(value)
        if data:
            self.output({"output_type": kind, "data": data, "metadata": {}})


class Stream:
    """Printed text, told in pieces."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name, show):
        self.name, self.show, self.parts, self.letters = name, show, [], 0

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.parts.append(text)
        self.letters += len(text)
        if self.letters > MOST_LETTERS:
            self.flush()
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        text, self.parts, self.letters = "".join(self.parts), [], 0
        if text:
            self.show.output({"output_type": "stream", "name": self.name, "text": text})

    def isatty(self):
        return False

    def writable(self):
        return True

    def readable(self):
        return False

    def fileno(self):
        import io

        raise io.UnsupportedOperation("fileno")
