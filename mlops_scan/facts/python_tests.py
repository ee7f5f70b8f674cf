"""Which Python functions are automated tests, and whether they assert anything."""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Assertion, Test
from mlops_scan.facts.python_tree import descend, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

Function = ast.FunctionDef | ast.AsyncFunctionDef

_SKIPPING = frozenset({"skip", "xfail", "skipTest"})
_EXITS = frozenset({"exit", "_exit"})
_SYSTEM = frozenset({"sys", "os"})
_FAILING = frozenset({"exit", "fail"})
_CATCHING = frozenset({"AssertionError", "BaseException", "Exception"})
_NEEDING = frozenset({"FileNotFoundError", "ImportError", "KeyboardInterrupt", "ModuleNotFoundError"})
_ASSERTING = ("assert", "has_resource", "resource_count")
# words that may also begin another one, as that of a checkpoint or of an expectation does
_ASSERTING_WORDS = ("expect", "raises", "warns", "verify", "check", "validate")
_ANSWERING = ("verify", "check", "validate")


def is_test_file(path: str) -> bool:
    """Tell whether pytest collects a file of this name by default."""
    name = path.rpartition("/")[2]
    return name.endswith(".py") and (
        name.startswith("test_") or name.endswith(("_test.py", "_tests.py")) or name in {"test.py", "tests.py"}
    )


def is_test(function: Function, bases: tuple[str, ...], *, collected: bool) -> bool:
    """Tell whether a test runner calls this function: by name, in a collected file or in a TestCase class.

    One that is only called ``test`` and wants to be given something is how programs call the trial of a model.
    """
    trial = function.name == "test" and _is_given(function)
    of_case = any(base.endswith("TestCase") for base in bases)
    return function.name.startswith("test") and not trial and (collected or of_case)


def _is_given(function: Function) -> bool:
    """Tell whether a function has parameters beside its object, which no decorator could fill."""
    names = [parameter.arg for parameter in function.args.args]
    return bool(names and names != ["self"]) and not function.decorator_list


class Tests:
    """Tells which tests of a module can fail, and looks through the module only where that is needed."""

    def __init__(self, tree: ast.Module) -> None:
        """Take the module that holds the tests."""
        self.tree = tree

    @functools.cached_property
    def helpers(self) -> frozenset[str]:
        """Return the functions of the file that assert on behalf of its tests."""
        return helpers_that_assert(self.tree)

    @functools.cached_property
    def exits(self) -> bool:
        """Whether the file tells by a status how its tests went."""
        return exits(self.tree)

    def can_fail(self, test: Function) -> bool:
        """Tell whether a test can fail for a reason of its own."""
        return asserts(test, told=lambda: self.exits) or asserts(test, self.helpers, told=lambda: self.exits)


def asserts(
    function: Function, helpers: frozenset[str] = frozenset(), told: Callable[[], bool] = lambda: False
) -> bool:
    """Tell whether a test can fail for a reason of its own; ``helpers`` are functions of the file that assert.

    ``told`` tells whether the file exits with a status of its own, which a test may tell by what it returns.
    """
    if any(_last_name(decorator) in _SKIPPING for decorator in function.decorator_list):
        return False
    nodes = list(find(function, ast.Assert, ast.Call, ast.Try))
    tried = [node for node in nodes if isinstance(node, ast.Try)]
    if not tried:
        return any(_is_assertion(node, helpers) for node in nodes)
    found = {node for node in nodes if _is_assertion(node, helpers)}
    return bool(found) and (not found.issubset(_swallowed(tried, helpers)) or told())


def exits(tree: ast.Module) -> bool:
    """Tell whether a file itself says how its run as a script went."""
    calls = (call for call in find(tree, ast.Call) if isinstance(call, ast.Call))
    return any(_last_name(call) == "exit" and _is_failure(call) for call in calls)


def _swallowed(blocks: Iterable[ast.Try], helpers: frozenset[str]) -> Iterator[ast.AST]:
    """Yield the assertions of which a handler makes nothing: whatever they find, the test goes on."""
    for tried in blocks:
        handler = next((one for one in tried.handlers if _catches(one)), None)
        inside = find(handler, ast.Raise, ast.Call, ast.Assert) if handler is not None else ()
        if handler is not None and not any(_fails(node, helpers) for node in inside):
            for statement in tried.body:
                yield from find(statement, ast.Assert, ast.Call, ast.Raise)


def _catches(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _last_name(kind) in _CATCHING for kind in kinds)


def _fails(node: ast.AST, helpers: frozenset[str]) -> bool:
    """Tell whether a part of a handler makes the test fail after all."""
    failing = isinstance(node, ast.Call) and _last_name(node) in _FAILING
    false = isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant) and not node.test.value
    return failing or false or isinstance(node, ast.Raise) or _is_assertion(node, helpers)


def of_script(tree: ast.Module, found: Iterable[Fact]) -> Iterator[Assertion]:
    """Yield the first place where a file without test functions asserts, raises or exits with a status.

    What raises where a handler makes nothing of it fails nothing; to exit is not caught there.
    """
    if not any(isinstance(fact, Test) for fact in found):
        nodes = list(find(tree, ast.Assert, ast.Call, ast.Raise, ast.ExceptHandler))
        unable = {part for node in nodes if _is_unable(node) for part in find(node, ast.Call, ast.Raise)}
        # a program may check something and go on by the answer; what a test checks is what it is for
        failing = [node for node in nodes if node not in unable and _is_failure(node) and not _asks(node)]
        tried = [node for node in find(tree, ast.Try) if isinstance(node, ast.Try)] if failing else []
        lost = set(_swallowed(tried, frozenset()))
        kept = (node for node in failing if node not in lost or (isinstance(node, ast.Call) and _ends(node.func)))
        lines = [line for node in kept if (line := getattr(node, "lineno", 0))]
        yield from (Assertion(line) for line in sorted(lines)[:1])


def _is_unable(node: ast.AST) -> bool:
    """Tell whether a handler is for what the script itself needs: without it nothing was tried, and nothing failed."""
    if not isinstance(node, ast.ExceptHandler) or node.type is None:
        return False
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return all(_last_name(kind) in _NEEDING for kind in kinds)


def _asks(node: ast.AST) -> bool:
    """Tell whether a call is only named so that it may give an answer as well as assert."""
    return isinstance(node, ast.Call) and _last_name(node).lower().startswith(_ANSWERING)


def _is_failure(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and _ends(node.func):
        return any(not isinstance(status, ast.Constant) or bool(status.value) for status in node.args)
    return isinstance(node, ast.Raise) or _is_assertion(node, frozenset())


def _ends(function: ast.expr) -> bool:
    """Tell whether a function ends the program with a status; others hand on an answer (``dbutils.notebook.exit``)."""
    if isinstance(function, ast.Attribute):
        return function.attr in _EXITS and isinstance(function.value, ast.Name) and function.value.id in _SYSTEM
    return isinstance(function, ast.Name) and function.id in _EXITS


def helpers_that_assert(tree: ast.Module) -> frozenset[str]:
    """Return the names of functions of a file, tests aside, that hold an assertion."""
    return frozenset(
        node.name
        for node in find(tree, ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, Function) and not node.name.startswith("test") and asserts(node)
    )


def _is_assertion(node: ast.AST, helpers: frozenset[str]) -> bool:
    if isinstance(node, ast.Assert):
        return not _is_constant(node.test)
    if not isinstance(node, ast.Call):
        return False
    name = _last_name(node)
    if name in {"assertTrue", "assertFalse"} and node.args:
        return not _is_constant(node.args[0])
    return _raises(node) or name in helpers or name.lower().startswith(_ASSERTING) or _begins_with_a_word(name)


def _raises(call: ast.Call) -> bool:
    """Tell whether a call raises where what was asked, or the program that it runs, says that it failed."""
    checked = any(
        isinstance(k.value, ast.Constant) and k.value.value is True for k in call.keywords if k.arg == "check"
    )
    return _last_name(call) == "raise_for_status" or (checked and _last_name(call) == "run")


def _begins_with_a_word(name: str) -> bool:
    """Tell whether one of the words that assert begins a name, and is whole there; a class makes an object."""
    if name[:1].isupper() and not name.isupper():
        return False
    found = (name[len(word) :] for word in _ASSERTING_WORDS if name.lower().startswith(word))
    return any(not rest[:1].islower() or name.isupper() for rest in found)


def _is_constant(test: ast.expr) -> bool:
    """Tell whether a condition names nothing: ``True``, ``1 + 1 == 2``."""
    return not any(isinstance(node, (ast.Name, ast.Attribute, ast.Call)) for node in descend(test))


def _last_name(node: ast.expr) -> str:
    while isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
