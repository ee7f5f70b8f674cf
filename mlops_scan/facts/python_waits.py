"""Endless loops that wait between their rounds: ``while True: train(); time.sleep(86400)`` is a schedule."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts import python_commands
from mlops_scan.facts.kinds import Link, Trigger, Unit
from mlops_scan.facts.python_annotations import is_none
from mlops_scan.facts.python_names import dotted
from mlops_scan.facts.python_references import references
from mlops_scan.facts.python_tree import find
from mlops_scan.facts.python_written import call_arguments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.python_names import Names

_WAITS = frozenset({"time.sleep", "asyncio.sleep", "trio.sleep", "anyio.sleep"})
_HELD = "wait"
_ASKS = frozenset({"is_set", _HELD})
# what waits less than this many seconds waits for something to be done, and comes back to it
_SHORTEST = 60
# a longer body is a program, whose loop somebody wrote for more than to repeat a job
_MOST_CALLS = 50


def facts(loop: ast.While, names: Names, path: str, module: str) -> Iterator[Fact]:
    """Yield a loop that comes again by itself as a unit, with the functions and commands that it runs."""
    if not _is_endless(loop):
        return
    calls = [part for part in find(loop, ast.Call) if isinstance(part, ast.Call)]
    wait = next((call for call in calls if _waits(call, names)), None)
    if wait is None or len(calls) > _MOST_CALLS or _ends(loop):
        return
    unit = f"loop:{loop.lineno}"
    yield Unit(loop.lineno, unit, "loop")
    yield Trigger(wait.lineno, "schedule", ast.unparse(wait), unit)
    for call in calls:
        name = dotted(call.func, names)
        for said in dict.fromkeys((name, *references(call, names).values())):
            own = said.removeprefix(f"{module}.")
            if said and not said.startswith(".") and said not in _WAITS:
                yield Link(call.lineno, "function", f"{path}:{own}" if own != said else said, unit)
        yield from python_commands.commands(name, call_arguments(call, names), call.lineno, unit)


def _is_endless(loop: ast.While) -> bool:
    """Tell whether a loop goes on until somebody stops it: for ever, while an object says so, or without a limit."""
    test = loop.test
    if isinstance(test, ast.BoolOp):
        return _needs_no_limit(test)
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        asked = test.operand.func if isinstance(test.operand, ast.Call) else None
        return isinstance(asked, ast.Attribute) and asked.attr in _ASKS
    return isinstance(test, ast.Attribute)


def _needs_no_limit(test: ast.BoolOp) -> bool:
    """Tell whether rounds are counted only where there is a limit: ``limit is None or done < limit``."""
    first, second = test.values[0], test.values[-1]
    if not isinstance(test.op, ast.Or) or not (isinstance(first, ast.Compare) and isinstance(second, ast.Compare)):
        return False
    none = isinstance(first.ops[0], ast.Is) and is_none(first.comparators[0])
    return none and isinstance(second.ops[0], ast.Lt) and ast.dump(first.left) == ast.dump(second.comparators[0])


def _ends(loop: ast.While) -> bool:
    """Tell whether a loop is left by itself, and not where something went wrong: it tries until it succeeds."""
    waiting: list[tuple[ast.AST, bool]] = [(node, False) for node in loop.body]
    for node, inner in waiting:  # which grows while it is gone through
        if isinstance(node, ast.Return) or (isinstance(node, ast.Break) and not inner):
            return True
        if isinstance(node, ast.stmt) and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for name in ("body", "orelse", "finalbody"):
                within = inner or (name == "body" and isinstance(node, (ast.For, ast.AsyncFor, ast.While)))
                waiting.extend((part, within) for part in getattr(node, name, []))
    return False


def _waits(call: ast.Call, names: Names) -> bool:
    """Tell whether a call waits, as long as a schedule has it: a minute at least, where that is written down."""
    if dotted(call.func, names) not in _WAITS:
        held = isinstance(call.func, ast.Attribute) and call.func.attr == _HELD
        if not held:
            return False
    value = call.args[0] if call.args else next((keyword.value for keyword in call.keywords), None)
    seconds = _seconds(value, names) if value is not None else 0
    return seconds is None or seconds >= _SHORTEST


def _seconds(node: ast.expr, names: Names) -> float | None:
    """Return a number that is written down, also as a product or share; None for what only the run can know."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div)):
        left, right = _seconds(node.left, names), _seconds(node.right, names)
        if isinstance(node.op, ast.Div):  # by what is unknown: no more than the whole
            return left / right if left is not None and right else left
        return None if left is None or right is None else left * right
    text = ast.unparse(node) if isinstance(node, ast.Constant) else None
    if isinstance(node, ast.Name):
        text = names.literal(node.id)
    try:
        return float(text) if text else None
    except ValueError:
        return None
