"""Compiles the author's files: where they say `int` for the type of a column or an array they mean 64 bits (whole_numbers.py)."""
import ast
import importlib.machinery
import sys

WORKSPACE = "/workspace"
#: Methods whose first word is a type.
BY_TYPE = ("astype", "dtype")
OF_NUMPY = ("int", "int_")


def authors_tree(source, name):
    return _Types().visit(ast.parse(source, name))


def compiled(source, name):
    return compile(authors_tree(source, name), name, "exec", dont_inherit=True)


class _Types(ast.NodeTransformer):
    def visit_Call(self, node):
        self.generic_visit(node)
        if not isinstance(node.func, ast.Attribute):
            return node
        if node.func.attr in BY_TYPE and node.args:
            node.args[0] = _in_64_bits(node.args[0])
        for keyword in node.keywords:
            if keyword.arg == "dtype" or (node.func.attr == "astype" and keyword.arg is None):
                keyword.value = _in_64_bits(keyword.value)
        return node


def _in_64_bits(node):
    """`int`, `"int"` and `np.int`, alone or as values of a dict."""
    if isinstance(node, ast.Dict):
        node.values = [_in_64_bits(value) for value in node.values]
        return node
    is_name = isinstance(node, ast.Name) and node.id == "int"
    is_text = isinstance(node, ast.Constant) and node.value == "int"
    is_numpys = isinstance(node, ast.Attribute) and node.attr in OF_NUMPY and getattr(node.value, "id", "") in ("np", "numpy")
    return ast.copy_location(ast.Constant("int64"), node) if is_name or is_text or is_numpys else node


class _Loader(importlib.machinery.SourceFileLoader):
    def source_to_code(self, data, path, *_, **__):
        return compiled(data, path)


def install():
    sys.path_hooks.insert(0, _finder)
    sys.path_importer_cache.clear()


def _finder(path):
    import os

    if not os.path.abspath(path).startswith(WORKSPACE):
        raise ImportError(path)
    return importlib.machinery.FileFinder(path, (_Loader, [".py"]))
