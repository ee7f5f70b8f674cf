"""Properties that only hand over an attribute: ``x`` is what ``self._x`` was given, wherever that was."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mlops_scan.facts.python_names import own_attribute
from mlops_scan.facts.python_tree import FUNCTIONS, find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def spell_out(node: ast.ClassDef) -> None:
    """Write what the methods of a class give to an attribute as given to the properties that hand it over, too."""
    handed: dict[str, str] = {}
    for name, attribute in _plain(node.body):
        handed.setdefault(attribute, name)
    for part in find(node, ast.Assign) if handed else ():
        if isinstance(part, ast.Assign):
            known = {own_attribute(target) for target in part.targets}
            part.targets = [also for target in part.targets for also in (target, *_also(target, handed, known))]


def _also(target: ast.expr, handed: Mapping[str, str], known: set[str]) -> Iterator[ast.expr]:
    """Yield the property that hands over the attribute that is assigned, as what is assigned too."""
    name = handed.get(own_attribute(target).partition(".")[2], "")
    if name and f"self.{name}" not in known:  # classes in classes may hand over the same in a circle
        known.add(f"self.{name}")
        given = ast.copy_location(ast.Name("self", ast.Load()), target)
        yield ast.copy_location(ast.Attribute(given, name, ast.Store()), target)


def _plain(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    """Yield the properties that do nothing else, with their attributes."""
    for function in body:
        if isinstance(function, FUNCTIONS) and any(map(_is_property, function.decorator_list)):
            last = function.body[-1]
            alone = all(
                isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant) for part in function.body[:-1]
            )
            own = own_attribute(last.value) if alone and isinstance(last, ast.Return) and last.value else ""
            if own:
                yield function.name, own.partition(".")[2]


def _is_property(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Name) and decorator.id == "property"
