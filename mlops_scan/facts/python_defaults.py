"""What parameters of Python functions stand for where nobody gives them: ``def run(sleep=time.sleep)``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_names import dotted

if TYPE_CHECKING:
    from mlops_scan.facts.python_names import Names


def named(node: ast.FunctionDef | ast.AsyncFunctionDef, names: Names) -> dict[str, str]:
    """Return the parameters that are a function or class of a module by default, with its dotted name."""
    given = node.args
    placed = (*given.posonlyargs, *given.args)
    defaults = (
        *zip(placed[len(placed) - len(given.defaults) :], given.defaults, strict=True),
        *zip(given.kwonlyargs, given.kw_defaults, strict=True),
    )
    said = (
        (one.arg, dotted(default, names)) for one, default in defaults if isinstance(default, (ast.Name, ast.Attribute))
    )
    return {name: full for name, full in said if "." in full.strip(".") and not full.startswith(".")}
