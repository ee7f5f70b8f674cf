"""What names stand for after an assignment, and what ``self.x`` stands for in the methods of a class."""

from __future__ import annotations

import ast
from typing import TypeAlias, TypeGuard

from mlops_scan.facts.python_names import UNKNOWN, Names, dotted, literal_of, own_attribute
from mlops_scan.facts.python_tree import find

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"


def made(target: ast.expr, value: ast.expr | None, place: str, names: Names) -> str:
    """Return the object that an assignment makes; ``place`` is the module or function around it, dotted."""
    if isinstance(value, ast.Await):
        value = value.value
    if isinstance(value, ast.Call):
        if isinstance(target, ast.Name):
            return f"{place}.{target.id}"
        return f"{names.class_name}.{own_attribute(target)}" if own_attribute(target) else ""
    return names.object_of(value) if value is not None else ""


def bind_target(target: ast.expr, value: ast.expr, names: Names, place: str = "") -> None:
    """Bind what an assignment gives a name to; parts of a tuple one by one."""
    if isinstance(target, ast.Name):
        known = dotted(value, names) if isinstance(value, (ast.Call, ast.Name, ast.Attribute, ast.Await)) else UNKNOWN
        literal = literal_of(value, names)
        if literal is None and isinstance(value, ast.Name):
            literal = names.literal(value.id)
        thing = made(target, value, place, names)
        names.bind(target.id, "" if known.startswith(".") else known, literal, thing)
    elif isinstance(target, (ast.Tuple, ast.List)):
        values = (
            value.elts if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts) else None
        )
        for number, part in enumerate(target.elts):
            if values is not None:
                bind_target(part, values[number], names, place)
            elif isinstance(part, ast.Name):
                names.bind(part.id, UNKNOWN)


def bind_own_attributes(node: ast.ClassDef, scope: Names, bases: tuple[str, ...]) -> None:
    """Bind ``self.x`` for every attribute that a method assigns, and inherited members to the first base."""
    methods = [statement for statement in node.body if isinstance(statement, FUNCTIONS)]
    annotated = _annotations(methods, scope)
    local, asked = _local(methods), set[str]()
    for part in find(node, ast.Assign, ast.Attribute):
        if isinstance(part, ast.Assign):
            for target in part.targets:
                if _is_own(target):
                    held = isinstance(part.value, ast.Name) and part.value.id in local
                    own = f"{scope.class_name}.{own_attribute(target)}" if held else ""
                    thing = made(target, part.value, "", scope) or own
                    scope.bind(f"self.{target.attr}", _made(part.value, annotated, scope), thing=thing)
        elif _is_own(part):
            asked.add(part.attr)
    if bases and not bases[0].startswith("."):
        for name in sorted(asked.difference(method.name for method in methods)):
            if f"self.{name}" not in scope.dotted:
                scope.bind(f"self.{name}", f"{bases[0]}.{name}")


def _local(methods: list[Function]) -> frozenset[str]:
    """Return the parameters of methods, and what is made in them by a call."""
    given = {parameter.arg for method in methods for parameter in (*method.args.args, *method.args.kwonlyargs)}
    assigned = [part for method in methods for part in find(method, ast.Assign) if isinstance(part.value, ast.Call)]
    return frozenset(given | {target.id for part in assigned for target in part.targets if isinstance(target, ast.Name)})


def _made(value: ast.expr, annotated: dict[str, str], scope: Names) -> str:
    """Return what an attribute is assigned: what a parameter is annotated with, or what is called."""
    if isinstance(value, ast.Name) and value.id in annotated:
        return annotated[value.id]
    made = dotted(value, scope) if isinstance(value, (ast.Call, ast.Name)) else UNKNOWN
    return "" if made.startswith(".") else made


def _is_own(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return own_attribute(node) != ""


def _annotations(methods: list[Function], scope: Names) -> dict[str, str]:
    """Return what the parameters of methods are annotated with."""
    return {
        parameter.arg: dotted(parameter.annotation, scope)
        for method in methods
        for parameter in (*method.args.args, *method.args.kwonlyargs)
        if isinstance(parameter.annotation, (ast.Name, ast.Attribute))
    }
