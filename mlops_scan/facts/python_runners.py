"""Functions that run what they are given, ``def run(cmd): subprocess.run(cmd)``, and what calls hand to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts import python_commands
from mlops_scan.facts.kinds import Call, Command, Definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

MAX_DEPTH = 3
_MOST = 50  # parameters of a function, which each of its calls is asked for
_LONGEST = 2000  # a command that is longer was put together to be long
_SELF = frozenset({"self", "cls"})
_RUN = "subprocess.run"


def commands(found: Iterable[Fact], module: str) -> Iterator[Command]:
    """Yield the commands that calls hand to such functions of the same file; these may hand them on to each other."""
    facts = tuple(found)
    known = {fact for fact in facts if isinstance(fact, Command)}
    waiting = sorted((command for command in known if _is_open(command)), key=lambda command: command.line)
    if not waiting:
        return
    defined = (fact for fact in facts if isinstance(fact, Definition))
    functions = {fact.name: fact for fact in defined if 0 < len(fact.parameters) <= _MOST}
    calls = [fact for fact in facts if isinstance(fact, Call) and fact.name.startswith(f"{module}.")]
    for _ in range(MAX_DEPTH):
        runners = {command.unit: command for command in waiting if command.unit in functions}
        given = [each for call in calls if (each := _given(call, call.name[len(module) + 1 :], runners, functions))]
        stated = [command for text, call in given for command in _stated(text, call)]
        yield from (command for command in stated if not _is_open(command) and command not in known)
        waiting = [command for command in stated if _is_open(command)]


def _is_open(command: Command) -> bool:
    """Tell whether a command has a word of which only the name is known."""
    return bool(command.unit) and any(_name(word) for word in command.run.split(" "))


def _name(word: str) -> str:
    return word[1:] if word[:1] == "." and word[1:].isidentifier() else ""


def _stated(text: str, call: Call) -> Iterator[Command]:
    return python_commands.commands(_RUN, {"0": text}, call.line, call.unit)


def _given(
    call: Call, name: str, runners: dict[str, Command], functions: dict[str, Definition]
) -> tuple[str, Call] | None:
    """Return what a call makes of the command that its function runs, where it says all of it."""
    command = runners.get(name)
    if command is None:
        return None
    parameters = functions[name].parameters
    own = parameters[1:] if parameters[0] in _SELF else parameters
    said = {
        parameter: call.arguments.get(parameter, call.arguments.get(str(at), "")) for at, parameter in enumerate(own)
    }
    words = command.run.split(" ")
    if not all(said.get(_name(word)) for word in words if _name(word)):
        return None
    run = " ".join(said[_name(word)] if _name(word) else word for word in words)
    return (run, call) if len(run) <= _LONGEST else None
