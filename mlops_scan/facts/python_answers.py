"""What hangs on the answer of a function of the same file: ``connect().cursor()``, ``model = load(); model.fit(x)``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts.kinds import Call, Definition, Link
from mlops_scan.facts.python_annotations import is_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

# functions that give back what the next one made; people write few
_MOST = 20


class Answers(NamedTuple):
    """What the functions of a module return, and which are ``plain``: without a decorator.

    ``asked`` are the numbers of the facts that are calls of what another call answered.
    """

    module: str
    returned: dict[str, str]
    plain: set[str]
    asked: set[int]

    def resolved(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Yield facts, calls of answers as calls of what these are: ``build().fit`` is ``SVC.fit``, else ``.fit``.

        A function has methods of its own only from a decorator, ``flow.serve``, or from who registers it; it says which
        class of things it returns, as far as it makes them.
        """
        before = f"{self.module}."
        for number, fact in enumerate(facts):
            if isinstance(fact, Definition):
                made = self._made(before + fact.name)
                yield msgspec.structs.replace(fact, returns=made) if is_class(made) else fact
                continue
            own = isinstance(fact, Call) and fact.name.startswith(before)
            name = self._name(fact.name, asked=number in self.asked) if own and isinstance(fact, Call) else ""
            yield msgspec.structs.replace(fact, name=name) if name else fact

    def _name(self, name: str, *, asked: bool) -> str:
        """Return what a name means that hangs on a function of the module; empty for any other."""
        function, _, _ = name.rpartition(".")
        while function != self.module and function not in self.returned and function not in self.plain:
            function = function.rpartition(".")[0]
        made = self._made(function) if asked or function in self.plain else ""
        if made and not made.startswith("."):
            return made + name[len(function) :]
        return f".{name.rpartition('.')[2]}" if asked and function in self.plain else ""

    def _made(self, function: str) -> str:
        """Return what a function gives back; what another function of the module gave to it is what that one made."""
        made, met = self.returned.get(function, ""), {function}
        while len(met) < _MOST and made in self.plain and made not in met and self.returned.get(made):
            met.add(made)
            made = self.returned[made]
        return made


def given_back(node: ast.Return, own: str, unit: str) -> Iterator[Link]:
    """Yield the link to a function of its own that a function gives back by its name: it is there to be called."""
    if isinstance(node.value, ast.Name) and own.startswith(f"{unit}."):
        yield Link(node.lineno, "unit", own, unit)


def asks_an_answer(call: ast.Call) -> bool:
    """Tell whether a call is asked of what another call answers, in the same expression."""
    node = call.func
    while isinstance(node, (ast.Attribute, ast.Await)):
        node = node.value
    return isinstance(node, ast.Call)
