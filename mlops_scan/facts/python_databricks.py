"""Jobs of Databricks that code writes out: the dict that its REST interface takes, or the arguments of its client.

Sources: https://docs.databricks.com/api/workspace/jobs/create and
https://databricks-sdk-py.readthedocs.io/en/latest/workspace/jobs/jobs.html
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.node import Node
from mlops_scan.facts.python_bindings import written
from mlops_scan.facts.python_names import text_of
from mlops_scan.facts.shapes import databricks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.python_names import Names

_WORDS = frozenset({"pause_status"})  # whose values the client holds as the members of a class
_PATHS = frozenset({"notebook_path", "python_file"})
_DEEPEST = 6  # job, tasks, task, what it runs, and its arguments


def facts(written_out: ast.Call | ast.Dict, path: str, names: Names) -> Iterator[Fact]:
    """Yield the job that a call or a dict describes with its tasks and triggers; nothing for any other."""
    keys = _keys(written_out)
    if keys.isdisjoint(databricks.SINGLE) or databricks.TASK_KEY in keys:
        return
    job = _node(written_out, names, _DEEPEST)
    if databricks.has_keys(job) or (isinstance(written_out, ast.Dict) and databricks.is_job(job)):
        yield from databricks.described(path, f"job {written_out.lineno}", job, written_out.lineno)


def _keys(node: ast.Call | ast.Dict) -> set[object]:
    if isinstance(node, ast.Call):
        return {keyword.arg for keyword in node.keywords}
    return {key.value for key in node.keys if isinstance(key, ast.Constant)}


def _parts(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """Yield what a dict or the keywords of a call give names to."""
    if isinstance(node, ast.Dict):
        yield from written(node)
    elif isinstance(node, ast.Call):
        yield from ((keyword.arg or "", keyword.value) for keyword in node.keywords)


def _node(node: ast.expr, names: Names, left: int) -> Node:
    """Return what code writes out as the document that it makes: of dicts, lists and calls with keywords."""
    listed = _meant(node, names)
    if isinstance(listed, (ast.List, ast.Tuple)) and left:
        return Node(node.lineno, tuple(_node(item, names, left - 1) for item in listed.elts))
    found = dict(_parts(listed)) if left else {}
    if found:
        return Node(node.lineno, {key: _value(key, value, names, left - 1) for key, value in found.items() if key})
    return Node(node.lineno, text_of(node, names))


def _meant(node: ast.expr, names: Names) -> ast.expr:
    """Return the list, dict or call that a name stands for; anything else as it is."""
    found = names.value(node.id) if isinstance(node, ast.Name) else None
    return found if isinstance(found, (ast.List, ast.Dict, ast.Call)) else node


def _value(key: str, node: ast.expr, names: Names, left: int) -> Node:
    found = _node(node, names, left)
    if key in _WORDS:
        return Node(found.line, found.text.rpartition(".")[2])
    return Node(found.line, _path(found.text)) if key in _PATHS else found


def _path(written_out: str) -> str:
    """Return where a workspace holds a file; behind a folder that only the run knows the rest of the path is known."""
    known = written_out.replace("…", "{}").rpartition("{}")[2]
    return f"{databricks.WORKSPACE[0]}{known.lstrip('/')}" if known != written_out else written_out
