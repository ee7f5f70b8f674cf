"""What a Python name means: imports, aliases, objects made by calls, literals assigned once."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from mlops_scan.facts import python_outcomes, python_parts, python_paths, python_tables
from mlops_scan.facts.python_tree import constant
from mlops_scan.facts.python_tree import own_attribute as own_attribute  # noqa: PLC0414 - part of what names mean

if TYPE_CHECKING:
    _Value = ast.expr | ast.alias | None

UNKNOWN = ""
_SCRIPTS = (".py", ".sh")
OTHER = "…"
_BUILTINS = frozenset(dir(builtins))
_MAX_TEXT = 2000
_LISTED = "list"  # what clients of services give of what is there; each of it is asked like what it is one of
_MOST_UNPACKED = 100_000

_PYTHON = "sys.executable"
_IMPORTERS = frozenset({"importlib.import_module", "__import__"})
# libraries whose calls declare infrastructure, and whose objects stand for it: an attribute hands over the object
DECLARING = ("aws_cdk.",)


class Names:
    """The names of one scope: each stands for a dotted name or a literal; what is not found is asked outside."""

    def __init__(self, outer: Names | None = None) -> None:
        """Open a scope inside another."""
        self.outer = outer
        self.dotted: dict[str, str] = {}
        self.literals: dict[str, str] = {}
        self.objects: dict[str, str] = {}
        self.values: dict[str, _Value] = {}
        self.tables: dict[str, list[tuple[str, ast.expr]]] = {}
        self.lists: dict[str, ast.expr] = {}
        # characters that calls of the file may still unpack: a long dict can be unpacked any number of times
        self.unpacking: list[int] = outer.unpacking if outer else [_MOST_UNPACKED]
        self.within: tuple[str, ...] = ()
        self.flow = ""
        self.outcomes = python_outcomes.nothing()
        self.sources: python_parts.Sources = python_parts.Sources({}, outer.sources if outer else None, set())
        self.star: str = outer.star if outer else ""
        self.self_name: str = outer.self_name if outer else ""
        self.class_name: str = outer.class_name if outer else ""

    def bind(self, name: str, dotted: str, literal: str | None = None, thing: str = "", value: _Value = None) -> None:
        """Let a name stand for something; an unknown dotted name hides what the name meant outside.

        ``thing`` is the object that the name holds, as `kinds.Call` names it; ``value`` what it is assigned or imports.
        """
        self.dotted[name], self.objects[name], self.values[name] = dotted, thing, value
        if self.tables or self.lists:
            self.tables.pop(name, None)
            self.lists.pop(name, None)
        if literal is None:
            self.literals.pop(name, None)
        else:
            self.literals[name] = literal

    def _binding(self, name: str) -> Names | None:
        """Return the scope that binds a name."""
        scope: Names | None = self
        while scope is not None and name not in scope.dotted:
            scope = scope.outer
        return scope

    def find(self, name: str) -> str | None:
        """Return the dotted name that a name stands for, empty for unknown, None where it is not bound."""
        scope = self._binding(name)
        return scope.dotted[name] if scope else None

    def literal(self, name: str) -> str | None:
        """Return the text of the literal that a name stands for."""
        scope = self._binding(name)
        return scope.literals.get(name) if scope else None

    def table(self, name: str) -> list[tuple[str, ast.expr]] | None:
        """Return the dict that a name stands for, under no key, and behind it what was put into it under keys."""
        scope = self._binding(name)
        return scope.tables.get(name) if scope else None

    def value(self, name: str) -> _Value:
        """Return what a name was assigned as it is written, or the import that brings it."""
        scope = self._binding(name)
        return scope.values.get(name) if scope else None

    def listed(self, name: str) -> ast.expr | None:
        """Return the list that a name stands for, as it is written."""
        scope = self._binding(name)
        return scope.lists.get(name) if scope else None

    def object_of(self, node: ast.expr) -> str:
        """Return the object that a name or an attribute of ``self`` holds, empty where it holds none."""
        name = node.id if isinstance(node, ast.Name) else own_attribute(node)
        scope = self._binding(name) if name else None
        return scope.objects.get(name, "") if scope else ""

    def resolve(self, name: str) -> str:
        """Return the dotted name of a bare name: bound, built in, or from a star import."""
        found = self.find(name)
        if found is not None:
            return found
        if name in _BUILTINS:
            return name
        return f"{self.star}.{name}" if self.star else UNKNOWN


def receiver(node: ast.expr) -> ast.expr:
    """Return what a chain of calls and attributes begins with: ``a`` of ``a.b().c``, ``self.a`` of ``self.a.b()``."""
    while isinstance(node, (ast.Attribute, ast.Call, ast.Await)) and not own_attribute(node):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node


def dotted(node: ast.expr, names: Names) -> str:
    """Return the resolved dotted name of an expression; ``.last`` on an unknown object; empty when it has none."""
    attributes: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            attributes.append(node.attr)
            node = node.value
        elif isinstance(node, ast.Call):
            module = _imported(node, names)
            if module:
                return ".".join((module, *reversed(attributes)))
            taken = python_tables.got(node, names)
            if taken is not None:
                return _of_table(taken, attributes, names)
            node = node.func
        elif isinstance(node, ast.Await) or (isinstance(node, ast.Subscript) and _is_one_of_all(node, names)):
            node = node.value
        else:
            break
    if not isinstance(node, ast.Name):
        return _of_table(node, attributes, names)
    if node.id == names.self_name and attributes:
        return _own_attribute(attributes, names)
    base = names.resolve(node.id)
    if base:
        return ".".join((base, *reversed(attributes)))
    return _on_unknown(attributes) or f".{node.id}"


def _is_one_of_all(node: ast.Subscript, names: Names) -> bool:
    """Tell whether something is taken by its place of what a client lists, ``Endpoint.list()[0]``."""
    index = node.slice.operand if isinstance(node.slice, ast.UnaryOp) else node.slice
    if not (isinstance(index, ast.Constant) and isinstance(index.value, int)):
        return False
    if isinstance(node.value, ast.Name):
        return (names.find(node.value.id) or "").endswith(f".{_LISTED}")
    function = node.value.func if isinstance(node.value, ast.Call) else None
    return isinstance(function, ast.Attribute) and function.attr == _LISTED


def _of_table(node: ast.expr, attributes: list[str], names: Names) -> str:
    """Return the dotted name of what is taken from a dict, by a key that is known or for one of all."""
    held = python_tables.function(node, names)
    if held is not None:
        return ".".join((dotted(held, names), *reversed(attributes)))
    value = python_tables.member(node, names)
    base = dotted(value, names) if value is not None else UNKNOWN
    return _on_unknown(attributes) if base.startswith(".") or not base else ".".join((base, *reversed(attributes)))


def _imported(call: ast.Call, names: Names) -> str:
    """Return the module that ``importlib.import_module("x")`` or ``__import__("x")`` brings, else nothing."""
    named = call.args[0] if call.args else None
    if not (isinstance(named, ast.Constant) and isinstance(named.value, str)):
        return ""
    function = call.func
    while isinstance(function, ast.Attribute):
        function = function.value
    # to resolve what a call is asked of would ask this again, for each call of a chain twice
    return named.value if isinstance(function, ast.Name) and dotted(call.func, names) in _IMPORTERS else ""


def _on_unknown(attributes: list[str]) -> str:
    return f".{attributes[0]}" if attributes else UNKNOWN


def _own_attribute(attributes: list[str], names: Names) -> str:
    """Resolve ``self.a.b``: an attribute assigned in the class, else a member of the class."""
    known = names.find(f"self.{attributes[-1]}")
    if known is not None:
        return ".".join((known, *reversed(attributes[:-1]))) if known else _on_unknown(attributes)
    if len(attributes) == 1 and names.class_name:
        return f"{names.class_name}.{attributes[0]}"
    return _on_unknown(attributes)


def text_of(node: ast.expr, names: Names) -> str:
    """Return the text of an argument: literals as they read, names and calls dotted, the rest as ``…``."""
    if isinstance(node, (ast.List, ast.Tuple)) and not node.elts:
        return ""
    return (_text(node, names) or OTHER)[:_MAX_TEXT]


def _text(node: ast.expr, names: Names) -> str:
    node = _unfilled(python_tables.held(node, names))
    if isinstance(node, ast.Constant):
        return constant(node)
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(part, names) for part in node.values)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return " ".join(_flat(item, names) for item in node.elts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return f"-{constant(node.operand)}"
    literal = names.literal(node.id) if isinstance(node, ast.Name) else _together(node, names) or None
    if literal is not None:
        return literal
    return dotted(node, names) if isinstance(node, (ast.Name, ast.Attribute, ast.Call)) else ""


def _together(node: ast.expr, names: Names) -> str:
    """Return the text that an expression puts together, where some of it is known."""
    if not isinstance(node, (ast.BinOp, ast.Call, ast.Attribute)):
        return ""
    return python_paths.together(node, lambda part: _literal(part, names), lambda called: dotted(called, names))


def _literal(node: ast.expr, names: Names) -> str:
    if isinstance(node, ast.Name):
        return names.literal(node.id) or ""
    node = _unfilled(node)
    known = isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    return _text(node, names) if known else ""


def _unfilled(node: ast.expr) -> ast.expr:
    """Return the text of ``"text {}".format(…)``, which reads as an f-string's does; any other node as it is.

    A text that is split into words reads as the list of them: ``"a b".split()``, ``shlex.split(text)``.
    """
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return node
    method = node.func
    if method.attr == "format" and isinstance(method.value, ast.Constant):
        return method.value
    return _unsplit(node, method.value) if method.attr == "split" and not node.keywords else node


def _unsplit(call: ast.Call, of: ast.expr) -> ast.expr:
    """Return the text that a call splits at blanks, or as a shell does; the call where it splits at something else."""
    if isinstance(of, ast.Name) and of.id == "shlex":
        return call.args[0] if len(call.args) == 1 else call
    return of if not call.args and isinstance(of, (ast.Constant, ast.JoinedStr, ast.Name)) else call


def _flat(item: ast.expr, names: Names) -> str:
    """Return an item of a list; lists in lists are not opened."""
    return OTHER if isinstance(item, (ast.List, ast.Tuple, ast.Set)) else _text(item, names) or OTHER


def _part(part: ast.expr, names: Names) -> str:
    if isinstance(part, ast.Constant):
        return constant(part)
    if isinstance(part, ast.FormattedValue):
        value = python_tables.held(part.value, names)
        if value is not part.value:
            return _text(value, names)[:_MAX_TEXT] or "{}"
        if isinstance(value, ast.Name):
            return names.literal(value.id) or "{}"
    return "{}"


def literal_of(node: ast.expr, names: Names) -> str | None:
    """Return the text of a literal (a constant, or a list that begins like a command line), None for anything else."""
    if isinstance(_unfilled(node), (ast.Constant, ast.JoinedStr)):
        return _text(node, names)[:_MAX_TEXT]
    if isinstance(node, (ast.List, ast.Tuple)) and _is_literal(node.elts, names):
        return _text(node, names)[:_MAX_TEXT]
    return _together(node, names)[:_MAX_TEXT] or None


def _is_literal(items: list[ast.expr], names: Names) -> bool:
    """Tell whether a list holds constants only, or is a command line: Python, or a program with an option or script."""
    if all(isinstance(item, ast.Constant) for item in items) or dotted(items[0], names) == _PYTHON:
        return True
    words = [item.value if isinstance(item, ast.Constant) and isinstance(item.value, str) else "" for item in items]
    return any(word.endswith(_SCRIPTS) for word in words) or (words[1:] or [""])[0].startswith("-")
