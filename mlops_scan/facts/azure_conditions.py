"""Conditions of Azure Pipelines, asked reason by reason.

Sources: https://learn.microsoft.com/en-us/azure/devops/pipelines/process/expressions and
https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables (``Build.Reason``)
"""

from __future__ import annotations

from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING

from mlops_scan.facts.github_expressions import FUNCTIONS, UNKNOWN, Unknown, Value, both, either, equal, evaluate, truth
from mlops_scan.facts.kinds import Condition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mlops_scan.facts.github_expressions import Function
    from mlops_scan.facts.node import Node

_REASONS = {
    "push": ("IndividualCI", "BatchedCI"),
    "pull-request": ("PullRequest",),
    "schedule": ("Schedule",),
    "upstream": ("ResourceTrigger", "BuildCompletion"),
    "manual": ("Manual",),
}
_ANY: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_BY_HAND = frozenset({"manual"})
_YES: Value = True
_NO: Value = False
_WHATEVER_HAPPENS = ("always()", "failed()", "succeededOrFailed()", "canceled()")


def limits(part: Node, branches: Mapping[str, tuple[str, ...]] = _ANY) -> tuple[str, tuple[str, ...]]:
    """Return why no event starts a stage, job or step by itself, and the only events that start it.

    ``branches`` are those that an event is known to come from, where it can come from no other.
    """
    test = part.get("condition")
    enabled = part.get("enabled")
    if enabled is not None and enabled.text == "false":
        return "enabled: false", ()
    if test is None or not test.text:
        return "", ()
    possible = {event for event in _REASONS if _possible(test.text, event, branches.get(event, ()))}
    if len(possible) == len(_REASONS):
        return "", ()
    return f"condition: {test.text}" if possible <= _BY_HAND else "", tuple(sorted(possible))


def whatever_happens(part: Node) -> bool:
    """Tell whether something runs although what it waits for did not."""
    test = part.get("condition")
    return test is not None and any(function in test.text for function in _WHATEVER_HAPPENS)


def asked(part: Node, unit: str, end: int = 0) -> Iterator[Condition]:
    """Yield the condition that a step, up to its end, a job or a stage stands under, where it asks for a variable.

    A variable that is given the output of a job is another name for that.
    """
    test = part.get("condition")
    names = _names(test.text) if test else ()
    if names:
        yield Condition(part.line, (), end or part.line, "" if end else "unit", unit, worded=names)
    stated = part.get("variables")
    listed = {
        n.text: v for item in (stated.items if stated else ()) if (n := item.get("name")) and (v := item.get("value"))
    }
    for name, value in {**(stated.mapping if stated else {}), **listed}.items():
        if value.text.startswith("$[") and (taken := tuple(of for of in _names(value.text) if of != name)):
            yield Condition(value.line, (), value.line, unit=unit, kept=(name,), worded=taken)


def _names(text: str) -> tuple[str, ...]:
    """Return the variables and outputs that an expression names: ``variables['good']``, ``outputs['gate.good']``."""
    found = [part.partition("'")[0] for part in text.split("['")[1:]]
    dotted = [part.partition("variables.")[2] for part in text.replace(",", " ").replace(")", " ").split()]
    names = (name.rpartition(".")[2] for name in (*found, *dotted) if not name.startswith("Build."))
    return tuple(dict.fromkeys(filter(None, names)))


def _possible(text: str, event: str, branches: tuple[str, ...]) -> bool:
    """Tell whether a condition may hold for an event, for one of its reasons and on one of its branches."""
    anywhere: dict[str, Value] = {"sourcebranch": Unknown("refs/pull/" if event == "pull-request" else "refs/")}
    named: list[dict[str, Value]] = [
        {"sourcebranch": f"refs/heads/{name}", "sourcebranchname": name.rpartition("/")[2]} for name in branches
    ]
    return any(_holds(text, {"reason": why, **of}) for why in _REASONS[event] for of in (named or [anywhere]))


def _holds(text: str, build: Mapping[str, Value]) -> bool:
    known = {f"{name}.{key}": value for name in ("variables.build", "build") for key, value in build.items()}
    return truth(evaluate(text, known, _FUNCTIONS)) is not False


def _eq(given: list[Value]) -> Value:
    same = equal(*given[:2]) if len(given) > 1 else None
    return UNKNOWN if same is None else same


def _in(given: list[Value]) -> Value:
    return reduce(either, [_eq([given[0], other]) for other in given[1:]], _NO) if given else UNKNOWN


def _not(given: list[Value]) -> Value:
    holds = truth(given[0]) if given else None
    return UNKNOWN if holds is None else not holds


_FUNCTIONS: dict[str, Function] = {
    "and": lambda given: reduce(both, given, _YES),
    "or": lambda given: reduce(either, given, _NO),
    "not": _not,
    "eq": _eq,
    "ne": lambda given: _not([_eq(given)]),
    "in": _in,
    "notin": lambda given: _not([_in(given)]),
    "always": lambda _: True,
    "succeeded": lambda _: Unknown(truth=True),
    "false": lambda _: False,
    "true": lambda _: True,
    "startswith": FUNCTIONS["startswith"],
    "endswith": FUNCTIONS["endswith"],
    "contains": FUNCTIONS["contains"],
}
