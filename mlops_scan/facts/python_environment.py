"""Environment variables that code reads by their key: the call that Python makes of ``os.environ["NAME"]``.

Source: https://docs.python.org/3/reference/datamodel.html#object.__getitem__
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_names import dotted

if TYPE_CHECKING:
    from mlops_scan.facts.python_names import Names

_READ = "os.environ"


def spell_out(node: ast.stmt, names: Names) -> None:
    """Write what an assignment reads from the environment by its key as a call, like ``os.environ.get``."""
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and isinstance(node.value, ast.Subscript):
        read = node.value
        if dotted(read.value, names) == _READ:
            method = ast.copy_location(ast.Attribute(read.value, "__getitem__", ast.Load()), read)
            node.value = ast.copy_location(ast.Call(method, [read.slice], []), read)
