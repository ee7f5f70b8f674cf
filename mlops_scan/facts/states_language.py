"""Amazon States Language: the tasks of AWS Step Functions, and the numbers by which they choose what comes next.

Source of the format: https://states-language.net/spec.html and
https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Condition, Uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.node import Node

SERVICE = "arn:aws:states:::"
MAX_STATES = 500
# what tells people or other programs that something happened
_TELLING = tuple(f"{SERVICE}{service}:" for service in ("events", "sns", "sqs"))
_NUMBERS = ("NumericGreaterThan", "NumericLessThan")
_COMBINED = ("And", "Or", "Not")
_SEVERAL = 2
# choices of a machine that are followed, each through all its states; people write few
_CHOICES = 50
_DEPTH = 5


def used(text: str, line: int, unit: str) -> Iterator[Uses | Condition]:
    """Yield what `tasks` does, from the text of a state machine in JSON or from the name of one service."""
    if text.startswith(SERVICE):
        yield Uses(line, text, unit=unit)
    elif SERVICE in text:
        from mlops_scan.facts.json_documents import node

        try:
            document = node(msgspec.json.decode(text.encode()), line)
        except (msgspec.DecodeError, ValueError, RecursionError):
            return
        yield from tasks(document, unit)


def tasks(document: Node, unit: str) -> Iterator[Uses | Condition]:
    """Yield the services that the states of a document ask, those inside parallel and mapped states too.

    What a choice compares by order is a condition on the states that only one outcome leads to.
    """
    machines = list(_machines(document))
    states = [state for machine in machines for state in machine.values()]
    resources = [resource for state in states if (resource := state.get("Resource")) is not None]
    arguments = beside(resource.text for resource in resources)
    for resource in resources:
        if resource.text.startswith(SERVICE):
            yield Uses(resource.line, resource.text, arguments, unit)
    for machine in machines:
        yield from _choices(machine, unit)


def beside(resources: Iterable[str]) -> dict[str, str]:
    """Return what a task is told of the others: how many do something, where there are several."""
    doing = [resource for resource in resources if not resource.startswith(_TELLING)]
    return {"tasks": str(len(doing))} if len(doing) >= _SEVERAL else {}


def compared(variable: str, line: int, end: int, unit: str) -> Condition:
    """Return the condition on a value of a state machine (``$.Evaluation.f1``), by the names on the way to it."""
    names = tuple(part.lower() for part in reversed(variable.split(".")) if part.isidentifier())
    return Condition(line, names, end, unit=unit)


def by_order(key: str) -> bool:
    """Tell whether a key of a choice compares numbers by their order."""
    return key.startswith(_NUMBERS)


def _machines(document: Node) -> Iterator[dict[str, Node]]:
    """Yield the states of a machine by their names, and those of the machines inside it."""
    waiting, left = [document], MAX_STATES
    while waiting and left:
        node = waiting.pop(0)
        left -= 1
        states, inner = node.get("States"), node.get("ItemProcessor") or node.get("Iterator")
        branches = node.get("Branches")
        if states is not None and states.mapping:
            yield states.mapping
        waiting.extend(states.mapping.values() if states else ())
        waiting.extend(branches.items if branches else ())
        waiting.extend((inner,) if inner else ())


def _choices(machine: dict[str, Node], unit: str) -> Iterator[Condition]:
    left = _CHOICES if len(machine) <= MAX_STATES else 0
    for state in machine.values():
        choices = state.get("Choices")
        rules = choices.items[:left] if choices else ()
        left -= len(rules)
        others = _led_to(machine, (state.said("Default"),)) if rules else set()
        for rule in rules:
            decided = [machine[name] for name in _led_to(machine, (rule.said("Next"),)) - others]
            end = max(map(_last_line, decided), default=0)
            for variable in _compared(rule, _DEPTH) if end else ():
                yield compared(variable.text, variable.line, end, unit)


def _led_to(machine: dict[str, Node], names: tuple[str, ...]) -> set[str]:
    """Return the states that come after the named ones where nothing fails, and these."""
    found: set[str] = set()
    waiting = [name for name in names if name in machine]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            state = machine[name]
            rules = state.get("Choices")
            said = [
                state.said("Next"),
                state.said("Default"),
                *(r.said("Next") for r in (rules.items if rules else ())),
            ]
            waiting.extend(other for other in said if other in machine)
    return found


def _compared(rule: Node, left: int) -> Iterator[Node]:
    """Yield the variables that a rule, or any of those it combines, compares by order."""
    variable = rule.get("Variable")
    if variable is not None and any(map(by_order, rule.mapping)):
        yield variable
    for key in _COMBINED if left else ():
        parts = rule.get(key)
        for part in (parts.items or (parts,)) if parts else ():
            yield from _compared(part, left - 1)


def _last_line(node: Node) -> int:
    last, waiting = node.line, [node]
    while waiting:
        part = waiting.pop()
        last = max(last, part.line)
        waiting.extend(part.mapping.values() if part.mapping else part.items if isinstance(part.value, tuple) else ())
    return last
