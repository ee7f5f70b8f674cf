"""What names stand for after an assignment, and what ``self.x`` stands for in the methods of a class."""

from __future__ import annotations

import ast
from typing import TypeGuard

from mlops_scan.facts.python_names import UNKNOWN, Names, dotted, literal_of, own_attribute
from mlops_scan.facts.python_tree import find

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_ORCHESTRATORS = ("airflow.", "prefect.")
_FLOWS = (".DAG", ".Flow", "Operator", "Sensor")


def made(target: ast.expr | None, value: ast.expr | None, place: str, names: Names) -> str:
    """Return the object that an assignment makes; ``place`` is the module, function or flow around it, dotted.

    Flows and operators that follow each other under one variable are objects of their own, told apart by their line;
    a ``with`` that names no variable makes an object only of a flow.
    """
    if isinstance(value, ast.Await):
        value = value.value
    if target is None and (value is None or not stands_apart(value, names)):
        return ""
    if isinstance(value, ast.Call):
        if target is None:
            return f"{place}.with:{value.lineno}"
        if isinstance(target, ast.Name):
            again = names.objects.get(target.id) and stands_apart(value, names)
            return f"{place}.{target.id}:{value.lineno}" if again else f"{place}.{target.id}"
        return f"{names.class_name}.{own_attribute(target)}" if own_attribute(target) else ""
    return names.object_of(value) if value is not None else ""


def stands_apart(value: ast.expr, names: Names) -> bool:
    """Tell whether a call makes, or a name holds, a flow or one of its operators."""
    name = dotted(value, names)
    return name.startswith(_ORCHESTRATORS) and name.endswith(_FLOWS)


def bind_target(target: ast.expr, value: ast.expr, names: Names, place: str = "") -> None:
    """Bind what an assignment gives a name to; parts of a tuple one by one."""
    if isinstance(target, ast.Name):
        if isinstance(value, ast.Constant) and value.value is None and names.find(target.id):
            return  # `except ImportError: mlflow = None` takes nothing back
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
    asked: set[str] = set()
    for part in find(node, ast.Assign, ast.Attribute):
        if isinstance(part, ast.Assign):
            for target in part.targets:
                if _is_own(target):
                    thing = made(target, part.value, "", scope)
                    scope.bind(f"self.{target.attr}", _made(part.value, annotated, scope), thing=thing)
        elif _is_own(part):
            asked.add(part.attr)
    if bases and not bases[0].startswith("."):
        for name in sorted(asked.difference(method.name for method in methods)):
            if f"self.{name}" not in scope.dotted:
                scope.bind(f"self.{name}", f"{bases[0]}.{name}")


def _made(value: ast.expr, annotated: dict[str, str], scope: Names) -> str:
    """Return what an attribute is assigned: what a parameter is annotated with, or what is called."""
    if isinstance(value, ast.Name) and value.id in annotated:
        return annotated[value.id]
    made = dotted(value, scope) if isinstance(value, (ast.Call, ast.Name)) else UNKNOWN
    return "" if made.startswith(".") else made


def _is_own(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return own_attribute(node) != ""


def _annotations(methods: list[ast.FunctionDef | ast.AsyncFunctionDef], scope: Names) -> dict[str, str]:
    """Return what the parameters of methods are annotated with."""
    return {
        parameter.arg: dotted(parameter.annotation, scope)
        for method in methods
        for parameter in (*method.args.args, *method.args.kwonlyargs)
        if isinstance(parameter.annotation, (ast.Name, ast.Attribute))
    }
