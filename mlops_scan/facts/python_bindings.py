"""What names stand for after an assignment, and what ``self.x`` stands for in the methods of a class."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from mlops_scan.facts import python_properties
from mlops_scan.facts.kinds import Link
from mlops_scan.facts.python_annotations import annotated, is_class, is_none
from mlops_scan.facts.python_builtins import LOOKING
from mlops_scan.facts.python_names import UNKNOWN, Names, dotted, literal_of, own_attribute
from mlops_scan.facts.python_objects import chosen
from mlops_scan.facts.python_tree import FUNCTIONS, find
from mlops_scan.facts.text import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IMPORTS = (ast.Import, ast.ImportFrom)
LISTS = (ast.List, ast.Tuple)
_NAMED = (ast.Call, ast.Name, ast.Attribute, ast.Await, ast.Subscript)
_KEYWORDS = 100  # a dict of more holds data, and is unpacked into no call
_ORCHESTRATORS = ("airflow.", "prefect.")
_FLOWS = (".DAG", ".Flow", "Operator", "Sensor")
Function: TypeAlias = "ast.FunctionDef | ast.AsyncFunctionDef"


def declare(body: list[ast.stmt], names: Names, prefix: str) -> None:
    """Bind the functions and classes of a body before its code runs."""
    for node in body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            names.bind(node.name, f"{prefix}.{node.name}")


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
        if _looks(value.func, names):
            return ""
        if target is None:
            return f"{place}.with:{value.lineno}"
        if isinstance(target, ast.Name):
            again = names.objects.get(target.id) and stands_apart(value, names)
            return f"{place}.{target.id}:{value.lineno}" if again else f"{place}.{target.id}"
        return f"{names.class_name}.{own_attribute(target)}" if own_attribute(target) else ""
    return names.object_of(value) if value is not None else ""


def _looks(function: ast.expr, names: Names) -> bool:
    """Tell whether a function is one of Python's own that make nothing to be handed on but a value."""
    return isinstance(function, ast.Name) and function.id in LOOKING and names.find(function.id) is None


def stands_apart(value: ast.expr, names: Names) -> bool:
    """Tell whether a call makes, or a name holds, a flow or one of its operators."""
    name = dotted(value, names)
    return name.startswith(_ORCHESTRATORS) and name.endswith(_FLOWS)


def asked(node: ast.stmt, names: Names) -> str:
    """Return the dotted name of what a statement calls last, and so hands its other calls' outcome to."""
    value = getattr(node, "value", None)
    return dotted(value.func, names) if isinstance(value, ast.Call) else ""


def same(node: ast.stmt, place: str, names: Names) -> Iterator[tuple[str, str]]:
    """Yield pairs of objects that are one: what a function returns, and what an attribute of ``self`` is given."""
    value = getattr(node, "value", None)
    thing = names.object_of(value) if isinstance(value, (ast.Name, ast.Attribute)) else ""
    if not thing:
        return
    targets = node.targets if isinstance(node, ast.Assign) else ()
    called = [f"{names.class_name}.{own}" for target in targets if (own := own_attribute(target))]
    if isinstance(node, ast.Return):
        called.append(f"{place}.return")
    yield from ((name, thing) for name in called if thing and name != thing)


def links(node: ast.stmt, place: str, names: Names, module: str) -> Iterator[Link]:
    """Yield the links between the names of such objects in a module."""
    before = f"{module}."
    for one, other in same(node, place, names):
        if one.startswith(before) and other.startswith(before):
            yield Link(node.lineno, "unit", other.removeprefix(before), one.removeprefix(before))


def bind_target(target: ast.expr, value: ast.expr, names: Names, place: str = "") -> None:
    """Bind what an assignment gives a name to; parts of a tuple one by one."""
    if isinstance(target, ast.Name):
        _bind_name(target, value, names, place)
    elif isinstance(target, ast.Subscript):
        table = names.table(target.value.id) if isinstance(target.value, ast.Name) else None
        key = _text(target.slice)
        if table is not None and key and len(table) < _KEYWORDS:
            table.append((key, value))
    elif isinstance(target, (ast.Tuple, ast.List)):
        values = (
            value.elts if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts) else None
        )
        for number, part in enumerate(target.elts):
            if values is not None:
                bind_target(part, values[number], names, place)
            elif isinstance(part, ast.Name):
                names.bind(part.id, UNKNOWN)
    elif isinstance(made_so := chosen(value), ast.Call):
        _give(own_attribute(target), made_so, names)


def _bind_name(target: ast.Name, assigned: ast.expr, names: Names, place: str) -> None:
    if isinstance(assigned, ast.Constant) and assigned.value is None and names.find(target.id):
        return  # `except ImportError: mlflow = None` takes nothing back
    value = chosen(assigned)
    known = dotted(value, names) if isinstance(value, _NAMED) else UNKNOWN
    literal = literal_of(value, names)
    if literal is None and isinstance(value, ast.Name):
        literal = names.literal(value.id)
    thing = made(target, assigned, place, names)
    names.bind(target.id, "" if known.startswith(".") else known, literal, thing, value)
    if isinstance(value, ast.Dict) and len(value.keys) <= _KEYWORDS:
        names.tables[target.id] = [("", value)]
    elif isinstance(value, LISTS):
        names.lists[target.id] = value


def written(node: ast.Dict) -> Iterator[tuple[str, ast.expr]]:
    """Yield the keys of a dict with their values; empty for a key that is no text."""
    yield from ((_text(key), value) for key, value in zip(node.keys, node.values, strict=True))


def _text(node: ast.expr | None) -> str:
    return whole(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _give(own: str, value: ast.Call, names: Names) -> None:
    """Let ``self.x`` be what the method around has just made it, where another method makes something else of it.

    What a method of the same class makes is not known here.
    """
    if own and names.find(own):
        made = dotted(value, names)
        unsure = made.startswith((".", f"{names.class_name}."))
        thing = names.object_of(ast.Attribute(ast.Name("self"), own.removeprefix("self.")))
        names.bind(own, UNKNOWN if unsure else made, thing=thing)


def annotate(node: ast.stmt, names: Names) -> None:
    """Let a name be of the class that it is annotated with, where a function makes it: ``x: Trainer = build()``.

    So is what nothing has made yet: ``x: Trainer | None = None``.
    """
    if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name) or node.value is None:
        return
    made = dotted(node.value.func, names) if isinstance(node.value, ast.Call) else UNKNOWN
    said = annotated(node.annotation, names) if is_none(node.value) or isinstance(node.value, ast.Call) else UNKNOWN
    if is_class(said) and not made.rpartition(".")[2][:1].isupper():
        names.dotted[node.target.id] = said


def bind_own_attributes(node: ast.ClassDef, scope: Names, bases: tuple[str, ...]) -> None:
    """Bind ``self.x`` for every attribute that a method assigns, and inherited members to the first base."""
    python_properties.spell_out(node)
    methods = [statement for statement in node.body if isinstance(statement, FUNCTIONS)]
    parts = list(find(node, ast.Assign, ast.AnnAssign, ast.Attribute, *IMPORTS))
    said = {**imported(parts), **_made_inside(parts, scope), **_annotations(methods, scope)}
    _bind_fields(node.body, parts, scope)
    fields = dict(scope.dotted)
    local, read = _local(methods, parts), set[str]()
    for part in parts:
        if isinstance(part, ast.Assign):
            for target in part.targets:
                if _is_own(target) and not (is_none(part.value) and scope.find(own_attribute(target))):
                    held = isinstance(part.value, ast.Name) and part.value.id in local
                    own = f"{scope.class_name}.{own_attribute(target)}" if held else ""
                    thing = made(target, part.value, "", scope) or own
                    known = _made(chosen(part.value), said, scope) or fields.get(f"self.{target.attr}", "")
                    scope.bind(f"self.{target.attr}", known, thing=thing)
                    if isinstance(part.value, LISTS):
                        scope.lists[f"self.{target.attr}"] = part.value
        elif _is_own(part):
            read.add(part.attr)
    if bases and not bases[0].startswith("."):
        for name in sorted(read.difference(method.name for method in methods)):
            if f"self.{name}" not in scope.dotted:
                scope.bind(f"self.{name}", f"{bases[0]}.{name}")


def _bind_fields(body: list[ast.stmt], parts: list[ast.AST], scope: Names) -> None:
    """Bind ``self.x`` for every field that is annotated with a class: in the class itself, or where it is assigned.

    So is what the class itself holds, for all of its objects: ``client = Client()``.
    """
    fields = set(map(id, body))
    for part in parts:
        if isinstance(part, ast.Assign) and id(part) in fields and isinstance(part.value, ast.Call):
            made_of = dotted(part.value, scope)
            for target in part.targets if made_of and not made_of.startswith(".") else ():
                if isinstance(target, ast.Name):
                    scope.bind(f"self.{target.id}", made_of)
        elif isinstance(part, ast.AnnAssign):
            field = f"self.{part.target.id}" if isinstance(part.target, ast.Name) and id(part) in fields else ""
            own = field or own_attribute(part.target)
            value = chosen(part.value) if part.value else None
            said = annotated(part.annotation, scope) or (dotted(value, scope) if isinstance(value, ast.Call) else "")
            if own and said and not said.startswith("."):
                scope.bind(own, said)


def _local(methods: list[Function], parts: list[ast.AST]) -> frozenset[str]:
    """Return the parameters of methods, and what is made in them by a call."""
    given = {parameter.arg for method in methods for parameter in (*method.args.args, *method.args.kwonlyargs)}
    assigned = (part for part in parts if isinstance(part, ast.Assign) and isinstance(part.value, ast.Call))
    return frozenset(given | {part.id for each in assigned for part in each.targets if isinstance(part, ast.Name)})


def _made(value: ast.expr, said: dict[str, str], scope: Names) -> str:
    """Return what an attribute is assigned: what a parameter is annotated with, or what is called."""
    if isinstance(value, ast.Name) and value.id in said:
        return said[value.id]
    made = dotted(value, scope) if isinstance(value, (ast.Call, ast.Name)) else UNKNOWN
    return "" if made.startswith(".") else made


def _made_inside(parts: list[ast.AST], scope: Names) -> dict[str, str]:
    """Return what makes the names that methods assign, where it is the same wherever they do."""
    found: dict[str, str] = {}
    for part in parts:
        target = part.targets[0] if isinstance(part, ast.Assign) else None
        if isinstance(part, ast.Assign) and isinstance(target, ast.Name) and not is_none(part.value):
            made = dotted(part.value, scope) if isinstance(part.value, ast.Call) else UNKNOWN
            found[target.id] = made if found.get(target.id, made) == made and not made.startswith(".") else UNKNOWN
    return found


def imported(parts: Iterable[ast.AST]) -> dict[str, str]:
    """Return what the names stand for that these parts of code import, but not from their own folder."""
    found: dict[str, str] = {}
    for part in parts:
        if isinstance(part, ast.Import):
            found |= {
                a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
                for a in part.names
            }
        elif isinstance(part, ast.ImportFrom) and part.module and not part.level:
            found |= {alias.asname or alias.name: f"{part.module}.{alias.name}" for alias in part.names}
    return found


def _is_own(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return own_attribute(node) != ""


def _annotations(methods: list[Function], scope: Names) -> dict[str, str]:
    """Return what the parameters of methods are annotated with."""
    given = (parameter for method in methods for parameter in (*method.args.args, *method.args.kwonlyargs))
    return {parameter.arg: found for parameter in given if (found := annotated(parameter.annotation, scope))}
