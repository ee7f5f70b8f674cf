"""Texts that are put together from names whose values stand elsewhere: ``f"s3://{settings.BUCKET}/train"``.

What such a text says is unknown, but two of them that are spelled alike say the same.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_tree import constant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.python_names import Names

# things that have an address are those of orchestrators: others' texts are only asked for what they say themselves
_ADDRESSED = ("airflow.",)
_DEEPEST = 6
_LONGEST = 1000
_UNKNOWN = ("…", "{}")


def filled(call: ast.Call, name: str, names: Names) -> dict[str, str]:
    """Return the arguments of a call that are such texts, by keyword or position, with the names in braces."""
    if not name.startswith(_ADDRESSED):
        return {}
    return {key: text for key, node in _given(call) if "{" in (text := _text(node, names, _DEEPEST))}


def _given(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    yield from ((str(number), node) for number, node in enumerate(call.args))
    yield from ((keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg)


def _text(node: ast.AST | None, names: Names, left: int) -> str:
    """Return a text as it is spelled, empty where a part of it is neither written down nor a name of elsewhere."""
    if isinstance(node, ast.Constant):
        return constant(node)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, names, left) if node.conversion == -1 and not node.format_spec else ""
    parts = _parts(node)
    if parts and left:
        return _joined(parts, names, left - 1)
    return _of_name(node, names, left)


def _joined(parts: list[ast.expr], names: Names, left: int) -> str:
    """Return parts as one text; one that is longer than any address is followed no further."""
    said = ""
    for part in parts:
        text = _text(part, names, left)
        said += text
        if not text or len(said) > _LONGEST:
            return ""
    return said


def _parts(node: ast.AST | None) -> list[ast.expr]:
    """Return the parts of a text that is put together."""
    if isinstance(node, ast.JoinedStr):
        return node.values
    return [node.left, node.right] if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) else []


def _of_name(node: ast.AST | None, names: Names, left: int) -> str:
    """Return the text that a name stands for, or what it is asked for by, in braces."""
    literal = names.literal(node.id) if isinstance(node, ast.Name) else ""
    if literal and not any(part in literal for part in _UNKNOWN):
        return literal
    value = names.value(node.id) if isinstance(node, ast.Name) else None
    if _parts(value) and left:
        return _text(value, names, left - 1)
    spelled = _spelled(node, names, left)
    return spelled and f"{{{spelled}}}"


def _spelled(node: ast.AST | None, names: Names, left: int) -> str:
    """Return how a value of elsewhere is asked for: an imported name, its attribute, or what it answers to constants.

    Empty for what differs from run to run or from caller to caller: a parameter, a loop's variable, ``uuid4()``.
    """
    if isinstance(node, ast.Name):
        value = names.value(node.id)
        if isinstance(value, ast.alias):
            return names.find(node.id) or ""
        return _spelled(value, names, left - 1) if left else ""
    if isinstance(node, ast.Attribute):
        of = _spelled(node.value, names, left - 1) if left else ""
        return of and f"{of}.{node.attr}"
    if isinstance(node, ast.Subscript):
        of = _spelled(node.value, names, left - 1) if left else ""
        return f"{of}[{constant(node.slice)}]" if of and isinstance(node.slice, ast.Constant) else ""
    return _answered(node, names, left - 1) if isinstance(node, ast.Call) and left else ""


def _answered(call: ast.Call, names: Names, left: int) -> str:
    """Return how an object is made, or a function asked for something by its name: ``Config()``, ``getenv(BUCKET)``."""
    of, given = _spelled(call.func, names, left), list(_given(call))
    known = all(isinstance(node, ast.Constant) for _, node in given) and len(given) == len(call.args + call.keywords)
    alike = bool(given) or of.rpartition(".")[2][:1].isupper()
    told = ", ".join(f"{key}={constant(node)}" for key, node in given if isinstance(node, ast.Constant))
    return f"{of}({told})" if of and known and alike and len(told) <= _LONGEST else ""
