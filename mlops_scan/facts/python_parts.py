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
_MOST = 50  # arguments or parameters; every one is held against all others
_MOST_CALLS = 200  # of a function, that are asked what they hand to it
_DERIVED = frozenset({ast.Call, ast.Name, ast.Attribute, ast.Subscript, ast.BinOp})
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
    """What the names of a scope come from that says anything, with those of the scope around, and its parameters."""

    known: dict[str, Origin]
    outer: Sources | None = None
    parameters: set[str] = set()  # noqa: RUF012 - each scope is made with one of its own

    def find(self, name: str) -> Origin:
        """Return where a name comes from; one that is not known may say it by its own words."""
        scope: Sources | None = self
        while scope is not None:
            if name in scope.known:
                return scope.known[name]
            if name in scope.parameters:
                break
            scope = scope.outer
        return _by_name(name)

    def remember(self, statement: ast.Assign) -> None:
        """Take note of what an assignment gives to names."""
        value = statement.value
        for target in statement.targets:
            if target.__class__ is ast.Name:
                self._given(target.id, value)
            elif target.__class__ is ast.Tuple and value.__class__ is ast.Call and (split := _split(value)):
                for part in target.elts:
                    if isinstance(part, ast.Name):
                        self.known[part.id] = Origin(part.id, part_of(part.id), split)

    def _given(self, name: str, value: ast.expr) -> None:
        base = _base(value) if value.__class__ in _DERIVED else ""
        found = self.find(base) if base else _NONE
        said = part_of(name) or found.part or (_read(value) if isinstance(value, ast.Call) else "")
        same = found.of
        if base and base != name and not same and value.__class__ is ast.Call and _is_same(value):
            same = base
        if said or found.split or same:
            self.known[name] = Origin(name, said, found.split, same)
        else:
            self.known.pop(name, None)

    def of(self, call: ast.Call) -> dict[str, Origin]:
        """Return where the arguments of a call come from, by position and keyword, where that says anything."""
        if not _TWO <= len(call.args) + len(call.keywords) <= _MOST:
            return {}
        found: dict[str, Origin] = {}
        for at, part in enumerate(call.args):
            if base := part.id if part.__class__ is ast.Name else _base(part):
                found[str(at)] = self.find(base)
        for word in call.keywords:
            if word.arg and (base := _base(word.value)):
                found[word.arg] = self.find(base)
        told = len(found) >= _TWO and any(one.part or one.split or one.of for one in found.values())
        if told or sum(one.name in self.parameters for one in found.values()) >= _TWO:
            return found
        return {}


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
        if not (self.numbers or self.waiting):
            yield from facts
            return
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
    if len(parameters) > _MOST or len(calls) > _MOST_CALLS:
        return False
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


def _base(node: ast.expr) -> str:
    """Return the name that an expression takes its value from: ``x`` of ``x["a"].copy()``.

    Where a call is not asked of a name, as ``DataFrame(x)``, its first argument is meant.
    """
    while True:
        kind = node.__class__
        if kind is ast.Name:
            return node.id  # type: ignore[attr-defined, no-any-return]
        if kind is ast.Attribute:
            if own := own_attribute(node):
                return own
            node = node.value  # type: ignore[attr-defined]
        elif kind is ast.Subscript:
            node = node.value  # type: ignore[attr-defined]
        elif kind is ast.BinOp:
            node = node.left  # type: ignore[attr-defined]
        elif kind is ast.Call and node.func.__class__ is ast.Attribute:  # type: ignore[attr-defined]
            node = node.func.value  # type: ignore[attr-defined]
        elif kind is ast.Call and node.args:  # type: ignore[attr-defined]
            node = node.args[0]  # type: ignore[attr-defined]
        else:
            return ""


def _is_same(node: ast.expr) -> bool:
    """Tell whether a chain of calls gives the same rows again, or some of them at random."""
    while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _SAME:
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def _split(value: ast.expr) -> str:
    """Return which split an expression is, empty for none."""
    function = value.func if isinstance(value, ast.Call) else None
    name = getattr(function, "attr", "") or getattr(function, "id", "")
    return f"{name}:{value.lineno}" if name in _SPLITS else ""


def _read(value: ast.Call) -> str:
    """Return the part that the arguments of a call speak of: the file that is read."""
    given = [*value.args, *(word.value for word in value.keywords)]
    texts = (getattr(part, "value", "") if isinstance(part, ast.Constant) else _last(part) for part in given)
    return next((part for text in texts if isinstance(text, str) and (part := part_of(text))), "")


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@functools.lru_cache(maxsize=4096)
def _by_name(name: str) -> Origin:
    return Origin(name, part_of(name))


@functools.lru_cache(maxsize=4096)
def part_of(text: str) -> str:
    """Return the part of a split that a name or path speaks of; empty where it speaks of none or of several."""
    words = "".join(letter.lower() if letter.isalpha() else " " for letter in text).split()
    found = {_PARTS[word] for word in words if word in _PARTS}
    return found.pop() if len(found) == 1 else ""
