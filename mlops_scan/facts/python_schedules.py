"""What a statement says of jobs that come again: tables of them, and loops that wait between their rounds."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts import python_beat, python_waits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.python_names import Names

STATEMENTS = (ast.Assign, ast.AnnAssign, ast.Expr, ast.While)


def facts(statement: ast.stmt, names: Names, path: str, module: str) -> Iterator[Fact]:
    """Yield the jobs that a statement schedules, in the file of a path and dotted module."""
    if isinstance(statement, ast.While):
        yield from python_waits.facts(statement, names, path, module)
    else:
        yield from python_beat.facts(statement)
