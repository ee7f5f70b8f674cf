"""What Python code writes out: the name of a module, the package of an import, and the arguments of a call as text."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_bindings import written
from mlops_scan.facts.python_names import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_names import Names


def module_name(path: str) -> str:
    """Return a file's dotted module path from the repository root: ``src/churn/train.py`` → ``src.churn.train``."""
    stem = path.rpartition(".")[0] or path
    return stem.removesuffix("/__init__").replace("/", ".")


def package(node: ast.Import | ast.ImportFrom, path: str) -> str:
    """Return the package that names are imported from; relative ones from the file's own folder."""
    if isinstance(node, ast.Import):
        return ""
    if not node.level:
        return node.module or ""
    folders = path.split("/")[:-1]
    above = folders[: len(folders) - (node.level - 1)]
    return ".".join((*above, *((node.module,) if node.module else ())))


def needed(node: ast.Import | ast.ImportFrom, path: str) -> str:
    """Return the module that names are taken from; as a path where it is told from the file's own folder."""
    if isinstance(node, ast.Import) or not node.module:
        return ""
    above = path.split("/")[: -node.level]
    return "/".join((*above, *node.module.split("."))) if node.level else node.module


def parameters(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[ast.arg, ...]:
    """Return the parameters of a function that have a name and one value, in order."""
    return (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)


def call_arguments(node: ast.Call, names: Names) -> dict[str, str]:
    """Return the arguments of a call by keyword or position, as `kinds.Call` has them; ``**`` for unknown ones."""
    found = {str(number): text_of(value, names) for number, value in enumerate(node.args)}
    for keyword in node.keywords:
        value = keyword.value
        if keyword.arg is not None:
            found[keyword.arg] = text_of(value, names)
        elif isinstance(value, ast.Dict):
            found.update((key, text_of(given, names)) for key, given in written(value) if key)
        else:
            found.update(_unpacked(value, names))
            found["**"] = text_of(value, names)
    return found


def _unpacked(value: ast.expr, names: Names) -> Iterator[tuple[str, str]]:
    """Yield what the dict that a name stands for gives to a call, as long as the file has not unpacked too much."""
    table = names.table(value.id) if isinstance(value, ast.Name) and names.unpacking[0] > 0 else None
    for key, given in table or ():
        for name, part in written(given) if isinstance(given, ast.Dict) and not key else ((key, given),):
            if name:
                text = text_of(part, names)
                names.unpacking[0] -= len(name) + len(text)
                yield name, text
