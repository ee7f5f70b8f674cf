"""What parameters of Python functions stand for where nobody gives them: ``def run(sleep=time.sleep)``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_annotations import annotated, is_class
from mlops_scan.facts.python_names import dotted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mlops_scan.facts.python_names import Names

_ANY_FUNCTION = "collections.abc.Callable"  # says nothing of what a parameter does, which its default does


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


def stands_for(parameter: ast.arg, usual: Mapping[str, str], names: Names) -> str:
    """Return what a parameter is: the class that it is said to be, else what it is by default, if that is known."""
    said = annotated(parameter.annotation, names)
    return said if is_class(said) and said != _ANY_FUNCTION else usual.get(parameter.arg) or said
