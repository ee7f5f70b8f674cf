"""Facts of a parsed Python module: imports, calls, decorators, definitions, conditions, tests, commands."""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

from mlops_scan.facts import (
    flows,
    python_bindings,
    python_builtins,
    python_commands,
    python_conditions,
    python_constructs,
    python_databricks,
    python_defaults,
    python_environment,
    python_loops,
    python_parts,
    python_schedules,
    python_shared,
    python_tests,
    python_tree,
    python_updates,
    python_verdicts,
)
from mlops_scan.facts.kinds import Call, Decorator, Definition, Fact, Guarded, Import, Test, Unit
from mlops_scan.facts.python_annotations import annotated, calling, is_class
from mlops_scan.facts.python_answers import Answers, asks_an_answer, given_back
from mlops_scan.facts.python_bindings import annotate, asked, bind_own_attributes, bind_target, made, stands_apart
from mlops_scan.facts.python_filled import filled
from mlops_scan.facts.python_names import UNKNOWN, Names, dotted, receiver
from mlops_scan.facts.python_references import references
from mlops_scan.facts.python_tree import LEAVES, children, find
from mlops_scan.facts.python_written import call_arguments, module_name, needed, package, parameters

if TYPE_CHECKING:
    from collections.abc import Callable

_BARE = ast.Call(ast.Name(""), [], [])  # a decorator that is given nothing


class Walk:
    """One pass over a module; functions are entered after the code around them, as Python runs them."""

    def __init__(self, tree: ast.Module, path: str, left: int = python_loops.MOST_AGAIN) -> None:
        """Prepare to walk the module that stands at a path; ``left`` as in `python_loops.rounds`."""
        self.tree, self.path, self.left = tree, path, left
        self.module = module_name(path)
        self.facts: list[Fact] = []
        self.answers = Answers(self.module, {}, set(), set())
        self.deferred: list[Callable[[], None]] = []
        self.constructs = self.declaring = self.compares = False
        self.parted = python_parts.Parted(self.module)
        self.assigned = functools.cache(lambda: python_conditions.assigned(tree))
        self.collected = python_tests.is_test_file(path)
        self.tests = python_tests.Tests(tree)
        self.top = frozenset(tree.body) if self.collected else frozenset[ast.stmt]()

    def run(self) -> tuple[Fact, ...]:
        """Return the facts, in order of line."""
        names = Names()
        python_bindings.declare(self.tree.body, names, self.module)
        self._body(self.tree.body, names, "")
        python_shared.bind(self.tree, names, self.module)
        self.facts.extend(Guarded(first, last) for first, last in python_tree.guarded(self.tree))
        while self.deferred:
            self.deferred.pop(0)()
        stated = self.answers.resolved(self.facts)
        found = sorted(self.parted.marked(stated) if self.compares else stated, key=lambda fact: fact.line)
        found.extend(python_tests.of_script(self.tree, found) if self.collected else ())
        meant = () if self.collected else flows.facts(self.path, self.module, found)
        return tuple(sorted((*found, *meant), key=lambda fact: fact.line))

    def _body(self, body: list[ast.stmt], names: Names, unit: str) -> None:
        for statement in body:
            self._statement(statement, names, unit)

    def _statement(self, node: ast.stmt, names: Names, unit: str) -> None:
        if isinstance(node, (*python_tree.FUNCTIONS, ast.ClassDef)):
            self._definition(node, names, unit)
            return
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            self._import(node, names, unit)
            return
        if not python_conditions.is_settled(node, names.literal, self.assigned):
            self.facts.extend(python_conditions.conditions(node, unit, names.outcomes))
        if isinstance(node, python_schedules.STATEMENTS) and not self.collected:
            self.facts.extend(python_schedules.facts(node, names, self.path, self.module))
        self.facts.extend(python_updates.calls(node, unit))
        python_environment.spell_out(node, names)
        owners, within, flow = self._owners(node, names, unit), names.within, names.flow
        self.declaring = self.constructs and python_constructs.declares(asked(node, names))
        for child in children(node):
            if isinstance(child, ast.expr):
                self._expression(child, names, unit, owners)
            elif isinstance(child, ast.withitem):
                self._with_item(child, names, unit)
        self._bindings(node, names, unit)
        self._inside(node, names, unit)
        names.within, names.flow = within, flow
        for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            self._body(part.body, names, unit)

    def _inside(self, node: ast.stmt, names: Names, unit: str) -> None:
        """Go through the statements in a statement; those of a loop also once for each value that is written down."""
        first = len(self.facts)
        for name in ("body", "orelse", "finalbody"):
            self._body(getattr(node, name, []), names, unit)
        if isinstance(node, ast.For) and self.left and not self.constructs:
            walk = Walk(self.tree, self.path, left=0)
            again, self.left = python_loops.rounds(node, names, self._place(unit, names), self.left)
            for inside in again:
                walk._body(node.body, inside, unit)
            self.facts.extend(python_loops.further(self.facts[first:], walk.facts))

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, names: Names, unit: str) -> None:
        python_bindings.declare([node], names, f"{self.module}.{unit}" if unit else self.module)
        if isinstance(node, ast.ClassDef):
            self._class(node, names, unit)
        else:
            self._function(node, names, unit, ())

    def _owners(self, node: ast.stmt, names: Names, unit: str) -> tuple[str, ...]:
        """Return the objects that a statement makes or asks, and those whose ``with`` it stands in."""
        value = getattr(node, "value", None)
        found = list(names.within)
        if isinstance(value, (ast.Call, ast.Await)):
            found.append(names.object_of(receiver(value)))
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            place = self._place(unit, names)
            found.extend(made(target, value, place, names) for target in targets if target is not None)
            if isinstance(node, ast.Return) and unit:
                found.append(f"{place}.return")
            elif self.constructs and isinstance(node, ast.Expr) and isinstance(value, ast.Call):
                identity = python_constructs.identity(value, names)
                found.append(f"{place}.{identity}" if identity else "")
        return tuple(dict.fromkeys(filter(None, found)))

    def _place(self, unit: str, names: Names) -> str:
        """Return what the objects made here are named inside of: the flow that is being described, else the code."""
        return names.flow or (f"{self.module}.{unit}" if unit else self.module)

    def _with_item(self, item: ast.withitem, names: Names, unit: str) -> None:
        target = item.optional_vars
        thing = made(target, item.context_expr, self._place(unit, names), names)
        self._expression(item.context_expr, names, unit, (*names.within, thing) if thing else names.within)
        if isinstance(target, ast.Name):
            names.bind(target.id, dotted(item.context_expr, names), thing=thing)
        if thing:
            names.within = (*names.within, thing)
        if thing and stands_apart(item.context_expr, names):
            names.flow = thing

    def _import(self, node: ast.Import | ast.ImportFrom, names: Names, unit: str) -> None:
        where, need = package(node, self.path), needed(node, self.path) if node in self.top else ""
        for alias in node.names:
            full = f"{where}.{alias.name}" if where else alias.name
            if alias.name == "*":
                names.star = full = where
            self.constructs = self.constructs or python_constructs.declares(f"{full}.")
            self.compares = self.compares or python_parts.compares(full)
            called = alias.name if alias.name == "*" else alias.asname or ""
            self.facts.append(Import(line=node.lineno, name=full, unit=unit, alias=called, needed=need))
            if isinstance(node, ast.Import) and not alias.asname:
                top = alias.name.partition(".")[0]
                names.bind(top, top, value=alias)
            elif alias.name != "*":
                names.bind(alias.asname or alias.name, full, value=alias)

    def _bindings(self, node: ast.stmt, names: Names, unit: str) -> None:
        """Bind what a statement assigns, after its right side was read."""
        if self.constructs:
            self.facts.extend(python_bindings.links(node, self._place(unit, names), names, self.module))
        if isinstance(node, ast.Assign):
            if self.compares:
                names.sources.remember(node)
            for target in node.targets:
                bind_target(target, node.value, names, self._place(unit, names))
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign)) and node.value is not None:
            bind_target(node.target, node.value, names, self._place(unit, names))
            annotate(node, names)
        elif isinstance(node, (ast.For, ast.AsyncFor)):
            python_loops.bind_unknown(node.target, names)
        elif isinstance(node, ast.Return) and unit and isinstance(node.value, (ast.Call, ast.Name, ast.Subscript)):
            told = dotted(node.value, names)
            self.answers.returned.setdefault(f"{self.module}.{unit}", told)
            self.facts.extend(given_back(node, self._own(told), unit))

    def _expression(self, node: ast.expr, names: Names, unit: str, owners: tuple[str, ...] = ()) -> None:
        """State the calls in an expression, outermost first, without entering lambdas' own names."""
        for part in find(node, ast.Call, ast.Dict, ast.NamedExpr) if node.__class__ not in LEAVES else ():
            if isinstance(part, ast.Call):
                self._call(part, names, unit, owners)
            elif isinstance(part, ast.Dict):
                self.facts.extend(python_verdicts.of_dict(part, unit, names.outcomes))
            elif isinstance(part, ast.NamedExpr):
                bind_target(part.target, part.value, names)
            if isinstance(part, (ast.Call, ast.Dict)) and not self.collected:
                self.facts.extend(python_databricks.facts(part, self.path, names))

    def _call(self, node: ast.Call, names: Names, unit: str, owners: tuple[str, ...]) -> None:
        name = dotted(node.func, names)
        if not name or name in python_builtins.LOOKING:
            self.facts.extend(python_verdicts.of_call(node, name, unit, names.outcomes) if name else ())
            return
        arguments, handed = call_arguments(node, names), references(node, names)
        thing = names.object_of(receiver(node))
        asked_of = self._own(thing)
        if not self.constructs and (thing or asks_an_answer(node)):
            self.answers.asked.add(len(self.facts))
        own = tuple(filter(None, map(self._own, owners)))
        call = Call(node.lineno, name, arguments, unit, handed, own, asked_of, filled=filled(node, name, names))
        if self.compares:
            self.parted.note(len(self.facts), call, names.sources.of(node))
        self.facts.append(call)
        self.facts.extend(python_verdicts.of_call(node, name, unit, names.outcomes))
        if self.declaring and own:
            told = python_constructs.Made(node, name, arguments, handed, own[-1], names, asked_of)
            self.facts.extend(python_constructs.facts(told) if python_constructs.declares(name) else ())
        else:
            self.facts.extend(python_commands.commands(name, arguments, node.lineno, unit))

    def _own(self, thing: str) -> str:
        """Return an object's name inside this file; nothing for one of another file."""
        return thing.removeprefix(self.module + ".") if thing.startswith(self.module + ".") else ""

    def _function(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef, names: Names, unit: str, bases: tuple[str, ...]
    ) -> None:
        inside = f"{unit}.{node.name}" if unit else node.name
        names_of = tuple(parameter.arg for parameter in parameters(node))
        end, said = node.end_lineno or node.lineno, annotated(node.returns, names)
        made = (is_class(said) and said) or ""
        self.facts.append(Definition(node.lineno, inside, "function", end, (), names_of, made))
        if not node.decorator_list:
            self.answers.plain.add(f"{self.module}.{inside}")
        context = python_commands.context(self._decorators(node, names, inside))
        if context:
            self.facts.append(Unit(line=node.lineno, name=inside, kind="task"))
        if python_tests.is_test(node, bases, collected=self.collected):
            self.facts.append(Test(line=node.lineno, name=inside, asserts=self.tests.can_fail(node)))
        for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d), *calling(node)):
            self._expression(default, names, unit)
        self.deferred.append(lambda: self._enter(node, names, inside, (unit and names.class_name) or context))

    def _enter(self, node: ast.FunctionDef | ast.AsyncFunctionDef, outer: Names, unit: str, first: str) -> None:
        """Go through a function's body; ``first`` is the class of its first parameter, where that is known."""
        names, usual = Names(outer), python_defaults.named(node, outer)
        for number, parameter in enumerate(parameters(node)):
            known = python_defaults.stands_for(parameter, usual, outer)
            of_task = first if number == 0 and first in python_commands.CONTEXTS else UNKNOWN
            # a parameter stands for something that runs only where infrastructure is declared
            stands = self.constructs and parameter.arg not in {"self", "cls"}
            thing = f"{self.module}.{unit}.{parameter.arg}" if stands else ""
            names.bind(parameter.arg, known or of_task, thing=thing)
            names.sources.parameters.add(parameter.arg)
            if number == 0 and first and parameter.arg in {"self", "cls"}:
                names.self_name = parameter.arg
        python_bindings.declare(node.body, names, f"{self.module}.{unit}")
        self._body(node.body, names, unit)

    def _class(self, node: ast.ClassDef, names: Names, unit: str) -> None:
        inside = f"{unit}.{node.name}" if unit else node.name
        bases = tuple(name for base in node.bases if (name := dotted(base, names)))
        self.facts.append(Definition(node.lineno, inside, "class", node.end_lineno or node.lineno, bases))
        self._decorators(node, names, inside)
        for keyword in node.keywords:
            self._expression(keyword.value, names, unit)
        scope = Names(names)
        scope.class_name = scope.flow = f"{self.module}.{inside}"
        bind_own_attributes(node, scope, bases)
        for statement in node.body:
            if isinstance(statement, python_tree.FUNCTIONS):
                self._function(statement, scope, inside, bases)
            else:
                self._statement(statement, scope, unit)

    def _decorators(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, names: Names, unit: str
    ) -> tuple[str, ...]:
        """State the decorators of a function or class; return their names."""
        found = []
        for decorator in node.decorator_list:
            name, called = dotted(decorator, names), decorator if isinstance(decorator, ast.Call) else _BARE
            if name:
                told = call_arguments(called, names), unit, references(called, names)
                asked = self._own(names.object_of(receiver(decorator)))
                self.facts.append(Decorator(decorator.lineno, name, *told, asked, filled(called, name, names)))
                found.append(name)
            self._inside_decorator(decorator, names, unit)
        return tuple(found)

    def _inside_decorator(self, decorator: ast.expr, names: Names, unit: str) -> None:
        """State the calls among a decorator's arguments; they belong to what is decorated."""
        if isinstance(decorator, ast.Call):
            for value in (*decorator.args, *(keyword.value for keyword in decorator.keywords)):
                self._expression(value, names, unit.rpartition(".")[0], (f"{self.module}.{unit}",))
