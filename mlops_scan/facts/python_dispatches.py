"""Requests that Python sends to GitHub to start workflows: to its API, or through PyGithub.

Sources: https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event,
https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event and
https://pygithub.readthedocs.io/en/stable/github_objects/Repository.html
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Link
from mlops_scan.facts.python_tree import FUNCTIONS, children

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCOPES = (*FUNCTIONS, ast.ClassDef)
_ENDING = "/dispatches"
_ANY = "repository_dispatch"
_MAX_DEPTH = 4


def links(tree: ast.Module, source: str) -> Iterator[Link]:
    """Yield what the functions of a module start; most modules do not name what this needs, and are not searched."""
    if _ENDING in source or "create_repository_dispatch" in source or "create_dispatch" in source:
        yield from _scope(tree, "", {})


def _scope(node: ast.AST, unit: str, outer: dict[str, ast.expr]) -> Iterator[Link]:
    """Yield what the code of one scope starts, then that of the scopes in it; ``outer`` are the values of names."""
    own = list(_own(node))
    values = {**outer, **dict(_assigned(own))}
    for part in own:
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            yield from _call(part, part.func, unit, values)
    for part in own:
        if isinstance(part, _SCOPES):
            yield from _scope(part, f"{unit}.{part.name}" if unit else part.name, values)


def _own(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes below a scope, without those of the scopes in it."""
    stack = list(children(node))
    while stack:
        part = stack.pop()
        yield part
        if not isinstance(part, _SCOPES):
            stack.extend(children(part))


def _assigned(own: list[ast.AST]) -> Iterator[tuple[str, ast.expr]]:
    for part in own:
        if isinstance(part, ast.Assign) and len(part.targets) == 1 and isinstance(part.targets[0], ast.Name):
            yield part.targets[0].id, part.value


def _call(call: ast.Call, asked: ast.Attribute, unit: str, values: dict[str, ast.expr]) -> Iterator[Link]:
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    first = call.args[0] if call.args else None
    if asked.attr == "create_repository_dispatch":
        event = _text(given.get("event_type", first), values)
        yield from (Link(line=call.lineno, kind="event", target=f"{event}, {_ANY}", unit=unit),) if event else ()
    elif asked.attr == "create_dispatch":
        yield from _of_workflow(call, asked.value, unit, values)
    elif asked.attr in {"post", "request"}:
        urls = [text for value in (given.get("url"), *call.args[:2]) if (text := _text(value, values))]
        url = next((url for url in urls if url.endswith(_ENDING)), "")
        handed = [given.get("json"), given.get("data"), *call.args[1:]]
        yield from _request(url, handed, Link(line=call.lineno, kind="event", target="", unit=unit), values)


def _of_workflow(call: ast.Call, workflow: ast.expr, unit: str, values: dict[str, ast.expr]) -> Iterator[Link]:
    """Yield the workflow that ``repo.get_workflow("train.yml")`` gives."""
    made = _value(workflow, values)
    if isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) and made.func.attr == "get_workflow":
        name = _text(made.args[0] if made.args else None, values)
        yield from (Link(line=call.lineno, kind="workflow", target=name, unit=unit),) if name else ()


def _request(url: str, handed: list[ast.expr | None], link: Link, values: dict[str, ast.expr]) -> Iterator[Link]:
    parts = url.split("/")
    if parts[-3:-2] == ["workflows"] and "{}" not in parts[-2]:
        yield Link(line=link.line, kind="workflow", target=parts[-2], unit=link.unit)
    elif url and parts[-3:-2] != ["workflows"]:
        for value in handed:
            event = _text(_entry(value, "event_type", values), values)
            if event:
                yield Link(line=link.line, kind="event", target=f"{event}, {_ANY}", unit=link.unit)


def _entry(value: ast.expr | None, key: str, values: dict[str, ast.expr]) -> ast.expr | None:
    """Return the value behind a key of a dictionary, perhaps one that ``json.dumps`` writes."""
    found = _value(value, values)
    if isinstance(found, ast.Call) and found.args:
        found = _value(found.args[0], values)
    if isinstance(found, ast.Dict):
        for name, inner in zip(found.keys, found.values, strict=True):
            if isinstance(name, ast.Constant) and name.value == key:
                return inner
    return None


def _value(node: ast.expr | None, values: dict[str, ast.expr]) -> ast.expr | None:
    """Return what a name was last seen to hold."""
    for _ in range(_MAX_DEPTH):
        if not isinstance(node, ast.Name):
            break
        node = values.get(node.id)
    return node


def _text(node: ast.expr | None, values: dict[str, ast.expr]) -> str:
    """Return the text of a value, with ``{}`` for what is not literal in it."""
    found = _value(node, values)
    if isinstance(found, ast.Constant) and isinstance(found.value, str):
        return found.value
    if isinstance(found, ast.JoinedStr):
        return "".join(_part(part, values) for part in found.values)
    return ""


def _part(part: ast.expr, values: dict[str, ast.expr]) -> str:
    """Return the text of one part of an f-string; a name in it counts where it holds a plain text."""
    if isinstance(part, ast.FormattedValue):
        inner = _value(part.value, values)
        return inner.value if isinstance(inner, ast.Constant) and isinstance(inner.value, str) else "{}"
    return _text(part, values)
