"""Lines of Python programs that run only where one of the program's options is given, or where it is not.

Sources: https://docs.python.org/3/library/argparse.html#action and https://click.palletsprojects.com/en/stable/options/
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Switch
from mlops_scan.facts.python_tree import descend

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_WORDS = ("store_true", "is_flag")
_SWITCHES = frozenset({"store_true", "BooleanOptionalAction"})
_OBJECTS = frozenset({"self", "cls"})
_BLOCKS = ("body", "orelse", "finalbody")
_EXITS = frozenset({"exit", "_exit"})
_MOST = 10  # names of one option; people write two


def switches(tree: ast.Module, source: str) -> Iterator[Switch]:
    """State the lines that hang on whether an option is given that takes no value."""
    if not any(word in source for word in _WORDS):
        return
    options = dict(_options(tree))
    for node in descend(tree) if options else ():
        for name in _BLOCKS:
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield from _of_block(block, options)


def _options(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield options without a value by the name that the program knows them by."""
    for call in descend(tree):
        if not isinstance(call, ast.Call):
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        texts = (part.value for part in call.args if isinstance(part, ast.Constant))
        words = tuple(text for text in texts if isinstance(text, str))
        names = tuple(word.partition("/")[0] for word in words if word.startswith("-"))
        called = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        takes_none = (called == "add_argument" and _is_switch(given.get("action"))) or _is_flag(called, given)
        if 0 < len(names) <= _MOST and takes_none and _is_off(given.get("default")):
            dest = given.get("dest")
            plain = next((word for word in words if not word.startswith("-")), max(names, key=len).lstrip("-"))
            name = dest.value if isinstance(dest, ast.Constant) else plain
            yield str(name).replace("-", "_"), names


def _is_switch(action: ast.expr | None) -> bool:
    said = action.value if isinstance(action, ast.Constant) else getattr(action, "attr", getattr(action, "id", ""))
    return said in _SWITCHES


def _is_flag(called: str, given: Mapping[str | None, ast.expr]) -> bool:
    flag = given.get("is_flag")
    return called == "option" and isinstance(flag, ast.Constant) and flag.value is True


def _is_off(default: ast.expr | None) -> bool:
    """Tell whether an option that is not given is off; one that is on by default hangs on no command line."""
    return default is None or (isinstance(default, ast.Constant) and not default.value)


def _of_block(block: Sequence[ast.stmt], options: Mapping[str, tuple[str, ...]]) -> Iterator[Switch]:
    for place, statement in enumerate(block):
        if not isinstance(statement, ast.If):
            continue
        asked, given = _asked(statement.test)
        if asked not in options:
            continue
        yield from _lines(statement.body, options[asked], given=given)
        if not isinstance(statement.test, ast.BoolOp):
            yield from _lines(statement.orelse, options[asked], given=not given)
            if _leaves(statement.body[-1]):
                yield from _lines(block[place + 1 :], options[asked], given=not given)


def _lines(block: Sequence[ast.stmt], options: tuple[str, ...], *, given: bool) -> Iterator[Switch]:
    if block:
        yield Switch(block[0].lineno, block[-1].end_lineno or block[-1].lineno, options, given)


def _asked(test: ast.expr) -> tuple[str, bool]:
    """Return a name that a condition cannot hold without, else nothing, and whether it has to be given."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        name, given = _asked(test.operand)
        return ("", True) if isinstance(test.operand, ast.BoolOp) else (name, not given)
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return next((found for part in test.values if (found := _asked(part))[0]), ("", True))
    if isinstance(test, ast.Name):
        return test.id, True
    owned = isinstance(test, ast.Attribute) and isinstance(test.value, ast.Name) and test.value.id not in _OBJECTS
    return (test.attr, True) if owned and isinstance(test, ast.Attribute) else ("", True)


def _leaves(statement: ast.stmt) -> bool:
    """Tell whether what follows on a statement does not run."""
    if isinstance(statement, (ast.Return, ast.Raise, ast.Continue)):
        return True
    call = statement.value if isinstance(statement, ast.Expr) else None
    function = call.func if isinstance(call, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", "")) in _EXITS
