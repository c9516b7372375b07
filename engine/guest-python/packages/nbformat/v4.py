"""Notebooks, cells and outputs of nbformat 4.4, in which cells have no random names."""


class NotebookNode(dict):
    """A dict whose entries are attributes too."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(self, name, value):
        self[name] = value


def new_notebook(**given):
    return NotebookNode({"nbformat": 4, "nbformat_minor": 4, "metadata": NotebookNode(), "cells": [], **given})


def new_code_cell(source="", **given):
    return _cell("code", source, {"execution_count": None, "outputs": [], **given})


def new_markdown_cell(source="", **given):
    return _cell("markdown", source, given)


def new_raw_cell(source="", **given):
    return _cell("raw", source, given)


def new_output(output_type, data=None, **given):
    return NotebookNode({"output_type": output_type, **({} if data is None else {"data": data}), **given})


def _cell(kind, source, given):
    return NotebookNode({"cell_type": kind, "metadata": NotebookNode(), "source": source, **given})
