"""Calls that are given two parts of one data set: what one split made, or what is called by the words of one.

A comparison of training data with test data says nothing about data that came later, nor does one with a sample of
itself. What a parameter stands for is told by the calls of its function in the same file, where all of them say so.
"""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts.kinds import Call, Definition
from mlops_scan.facts.python_tree import own_attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlops_scan.facts.kinds import Fact

# libraries whose calls hold one data set against another
_COMPARING = frozenset({"evidently", "scipy"})
_SPLITS = frozenset({"train_test_split", "random_split", "randomSplit", "temporal_train_test_split"})
_PARTS = {
    **dict.fromkeys(("train", "trained", "training"), "train"),
    **dict.fromkeys(("test", "testing"), "test"),
    **dict.fromkeys(("val", "valid", "validation", "holdout"), "validation"),
}
# methods that give the same rows again, or some of them at random
_SAME = frozenset({"copy", "sample"})
_TWO = 2
_SELF = frozenset({"self", "cls"})


def compares(module: str) -> bool:
    """Tell whether a module is of a library that compares data sets: in other files nobody asks for parts."""
    return module.partition(".")[0] in _COMPARING


class Origin(NamedTuple):
    """Where a value comes from: the name that holds it, the part and split that it is, and what it is a sample of."""

    name: str = ""
    part: str = ""
    split: str = ""
    of: str = ""


_NONE = Origin()


class Sources(NamedTuple):
    """What the names of a scope come from, with those of the scope around."""

    known: dict[str, Origin]
    outer: Sources | None = None

    def find(self, name: str) -> Origin:
        """Return where a name comes from; one that is not known may say it by its own words."""
        scope: Sources | None = self
        while scope is not None:
            if name in scope.known:
                return scope.known[name]
            scope = scope.outer
        return Origin(name, part_of(name))

    def hide(self, parameter: str) -> None:
        """Let a parameter stand for itself, whatever is called so outside."""
        self.known[parameter] = Origin(parameter, part_of(parameter))

    def remember(self, statement: ast.Assign) -> None:
        """Take note of what an assignment gives to names."""
        for target in statement.targets:
            if isinstance(target, ast.Tuple):
                split = _split(statement.value)
                for part in target.elts if split else ():
                    if isinstance(part, ast.Name):
                        self.known[part.id] = Origin(part.id, part_of(part.id), split)
            elif isinstance(target, ast.Name):
                self.known[target.id] = self._given(target.id, statement.value)

    def _given(self, name: str, value: ast.expr) -> Origin:
        base, methods = _base(value)
        found = self.find(base) if base else _NONE
        said = part_of(name) or found.part or _read(value)
        if base == name:
            return found._replace(part=said)
        same = found.of or base if not _SAME.isdisjoint(methods) else found.of
        return Origin(name, said, found.split, same)

    def of(self, call: ast.Call) -> dict[str, Origin]:
        """Return where the arguments of a call come from, by position and keyword; of those that have names."""
        if len(call.args) + len(call.keywords) < _TWO:
            return {}
        given = [*((str(at), part) for at, part in enumerate(call.args)), *((w.arg, w.value) for w in call.keywords)]
        found = {key: self.find(base) for key, part in given if key and (base := _base(part)[0])}
        return found if len(found) >= _TWO else {}


class Parted:
    """The calls of a module that are given two parts, by the numbers of their facts."""

    def __init__(self, module: str) -> None:
        """Begin with nothing."""
        self.module = f"{module}."
        self.numbers: set[int] = set()
        self.waiting: dict[int, tuple[str, dict[str, Origin]]] = {}
        self.calls: dict[str, list[dict[str, Origin]]] = {}

    def note(self, number: int, call: Call, given: dict[str, Origin]) -> None:
        """Take note of what a call is given."""
        if call.name.startswith(self.module):
            self.calls.setdefault(call.name.removeprefix(self.module), []).append(given)
        if given and _are_parts(given.values()):
            self.numbers.add(number)
        elif given and call.unit:
            self.waiting[number] = (call.unit, given)

    def marked(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Yield the facts of the module, with the calls that are given two parts marked."""
        facts = tuple(facts)
        functions = {unit for unit, _ in self.waiting.values()} & self.calls.keys()
        parameters = {fact.name: fact.parameters for fact in facts if isinstance(fact, Definition)} if functions else {}
        for number, (unit, given) in self.waiting.items():
            if unit in functions and _handed(parameters.get(unit, ()), given, self.calls[unit]):
                self.numbers.add(number)
        made = _made(facts, self.numbers) if self.numbers else frozenset()
        for number, fact in enumerate(facts):
            parted = (number in self.numbers or number in made) and isinstance(fact, Call)
            yield msgspec.structs.replace(fact, parted=True) if parted else fact


def _handed(parameters: tuple[str, ...], given: dict[str, Origin], calls: list[dict[str, Origin]]) -> bool:
    """Tell whether all calls of a function hand two parts to it, which it hands on."""
    own = parameters[1:] if parameters[:1] and parameters[0] in _SELF else parameters
    names = [origin.name for origin in given.values() if origin.name in own]
    sites = [[site.get(name) or site.get(str(own.index(name)), _NONE) for name in names] for site in calls]
    return len(names) >= _TWO and all(_are_parts(site) for site in sites)


def _made(facts: Sequence[Fact], parted: set[int]) -> frozenset[int]:
    """Return the calls that make objects of which nothing else is asked than what is given two parts."""
    calls = {number: fact for number, fact in enumerate(facts) if isinstance(fact, Call)}
    asked = {(calls[number].asked, calls[number].name): set[bool]() for number in parted if number in calls}
    for number, fact in calls.items():
        if (fact.asked, fact.name) in asked:
            asked[fact.asked, fact.name].add(number in parted)
    objects = {thing for (thing, _), all_of in asked.items() if thing and all_of == {True}}
    given = [calls[number] for number in parted if number in calls]
    inline = {(call.line, call.unit, call.name.rpartition(".")[0]) for call in given}
    return frozenset(
        number
        for number, fact in calls.items()
        if (not fact.asked and not objects.isdisjoint(fact.owners)) or (fact.line, fact.unit, fact.name) in inline
    )


def _are_parts(given: Iterable[Origin]) -> bool:
    """Tell whether any two of several values are two parts of one data set."""
    seen: list[Origin] = []
    for one in given:
        for other in seen:
            named = one.part and other.part and one.part != other.part
            split = one.split and one.split == other.split and one.name != other.name
            sample = one.of == other.name != "" or other.of == one.name != ""
            if named or split or sample:
                return True
        seen.append(one)
    return False


def _base(node: ast.expr) -> tuple[str, set[str]]:
    """Return the name that an expression takes its value from, and the methods on the way: ``x`` of ``x["a"].copy()``.

    Where a call is not asked of a name, as ``DataFrame(x)``, its first argument is meant.
    """
    methods: set[str] = set()
    while not isinstance(node, ast.Name):
        own = own_attribute(node)
        if own:
            return own, methods
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            methods.add(node.func.attr)
            node = node.func.value
        elif isinstance(node, ast.Call) and node.args:
            node = node.args[0]
        elif isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        elif isinstance(node, ast.BinOp):
            node = node.left
        else:
            return "", methods
    return node.id, methods


def _split(value: ast.expr) -> str:
    """Return which split an expression is, empty for none."""
    function = value.func if isinstance(value, ast.Call) else None
    name = getattr(function, "attr", "") or getattr(function, "id", "")
    return f"{name}:{value.lineno}" if name in _SPLITS else ""


def _read(value: ast.expr) -> str:
    """Return the part that the arguments of a call speak of: the file that is read."""
    given = [*value.args, *(word.value for word in value.keywords)] if isinstance(value, ast.Call) else []
    texts = (getattr(part, "value", "") if isinstance(part, ast.Constant) else _last(part) for part in given)
    return next((part for text in texts if isinstance(text, str) and (part := part_of(text))), "")


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@functools.lru_cache(maxsize=4096)
def part_of(text: str) -> str:
    """Return the part of a split that a name or path speaks of; empty where it speaks of none or of several."""
    words = "".join(letter.lower() if letter.isalpha() else " " for letter in text).split()
    found = {_PARTS[word] for word in words if word in _PARTS}
    return found.pop() if len(found) == 1 else ""
