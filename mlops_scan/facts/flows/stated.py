"""What a Python file states, sorted by kind, and the names in it as other facts write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.kinds import Call, Decorator, Definition, Fact, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_UNKNOWN = ("…", "{}")
_PATHS = ("./", "../")  # which no name begins with
_MOST_CALLS = 100  # of one function


class Stated(NamedTuple):
    """A file's calls, decorators and classes in order of line; ``module`` is its dotted path.

    ``parameters`` are those of its functions.
    """

    path: str
    module: str
    imports: frozenset[str]
    calls: tuple[Call, ...]
    decorators: tuple[Decorator, ...]
    classes: tuple[Definition, ...]
    parameters: Mapping[str, tuple[str, ...]]
    called: Mapping[str, list[Call]]

    @staticmethod
    def of(path: str, module: str, stated: Iterable[Fact]) -> Stated:
        """Sort the facts of a file."""
        found = tuple(stated)
        called: dict[str, list[Call]] = {}
        for fact in found:
            if isinstance(fact, Call) and fact.name.startswith(f"{module}."):
                called.setdefault(fact.name.removeprefix(f"{module}."), []).append(fact)
        return Stated(
            path,
            module,
            frozenset(fact.name.partition(".")[0] for fact in found if isinstance(fact, Import)),
            tuple(fact for fact in found if isinstance(fact, Call)),
            tuple(fact for fact in found if isinstance(fact, Decorator)),
            tuple(fact for fact in found if isinstance(fact, Definition) and fact.kind == "class"),
            {fact.name: fact.parameters for fact in found if isinstance(fact, Definition) and fact.kind == "function"},
            called,
        )

    def decorated(self, *names: str) -> Iterator[Decorator]:
        """Yield the decorators of these dotted names."""
        return (decorator for decorator in self.decorators if decorator.name in names)

    def given(self, function: str, parameter: str) -> Iterator[str]:
        """Yield what the calls of a function of this file give to a parameter."""
        names = self.parameters.get(function, ())
        for call in self.called.get(function, ())[:_MOST_CALLS] if parameter in names else ():
            yield call.arguments.get(parameter, call.arguments.get(str(names.index(parameter)), ""))

    def own(self, name: str) -> str:
        """Return a dotted name as this file calls it, empty where the name is not of this file."""
        start = f"{self.module}."
        return name.removeprefix(start) if name.startswith(start) else ""

    def target(self, name: str) -> str:
        """Return what a link of kind function writes for a dotted name."""
        own = self.own(name)
        return f"{self.path}:{own}" if own else name


def text(arguments: dict[str, str], *keys: str) -> str:
    """Return the first of these arguments that is given, where its value can be known; else nothing."""
    found = next((arguments[key] for key in keys if key in arguments), "")
    name = found.startswith(".") and not found.startswith(_PATHS)
    return "" if name or found == "None" or any(part in found for part in _UNKNOWN) else found


def address(made: Call | Decorator, *keys: str) -> str:
    """Return a text by which things find each other: what it says, or else how it is spelled; see `kinds.Call`."""
    said = text(made.arguments, *keys)
    spelled = made.filled.get(next((key for key in keys if key in made.arguments), ""), "")
    return said if not spelled or spelled == f"{{{said}}}" else spelled
