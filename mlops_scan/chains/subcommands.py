"""The subcommands of command lines, by the words that name them: of click, typer and argparse.

Sources: https://click.palletsprojects.com/en/stable/commands-and-groups/ and
https://typer.tiangolo.com/tutorial/subcommands/add-typer/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.graph import Node
from mlops_scan.facts.kinds import Call, Decorator, Definition, Import

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mlops_scan.evidence import FileFacts
    from mlops_scan.modules import Modules

_LIBRARIES = frozenset({"asyncclick", "click", "rich_click", "typer"})
_COMMAND, _GROUP = ".command", ".group"
_PARSER = ".add_parser"
_TAKES_IN = (".add_command", ".add_typer")


class Subcommands(NamedTuple):
    """The functions of files by the words that name them, and the files of groups that a file takes in, by theirs."""

    functions: Mapping[str, Mapping[str, Node]]
    groups: Mapping[str, Mapping[str, str]]

    def named(self, path: str, words: list[str]) -> tuple[str, list[str]]:
        """Return the file of the group that the words name, with the words behind; else the file that was given."""
        behind = 0
        for number, word in enumerate(words):
            if word in self.groups.get(path, ()):
                path, behind = self.groups[path][word], number + 1
        return path, words[behind:]


def subcommands(files: Iterable[FileFacts], modules: Modules) -> Subcommands:
    """Return the subcommands of files that have any, with those that they take in from other files."""
    own = {file.path: (file, dict(_commands(file))) for file in files}
    dispatching = [path for path, (file, _) in own.items() if _dispatches(file)]
    functions = {path: named for path, (_, named) in own.items()}
    functions |= {path: {**_made(own[path][0], modules), **functions[path]} for path in dispatching}
    groups: dict[str, dict[str, str]] = {}
    for path, (file, _) in own.items():
        for call in file.of(Call):
            found = modules.resolve(call.arguments.get("0", ""), path) if call.name.endswith(_TAKES_IN) else None
            if found is None or found[0] == path or found[0] not in own:
                continue
            other, theirs = own[found[0]]
            name = _name(call, other, found[1])
            if name:
                groups.setdefault(path, {})[name] = found[0]
            else:
                alone = {word: node for word, node in theirs.items() if node.unit == found[1]}
                functions[path] = {**(alone or functions[found[0]]), **functions[path]}
    return Subcommands({path: named for path, named in functions.items() if named}, groups)


def _dispatches(file: FileFacts) -> bool:
    """Tell whether a file imports what dispatches commands."""
    return any(fact.name.partition(".")[0] in _LIBRARIES for fact in file.of(Import))


def _made(file: FileFacts, modules: Modules) -> dict[str, Node]:
    """Return functions that a file makes commands of: ``app.command("fit")(train)``, else by their own names."""
    calls = [call for call in file.of(Call) if call.asked and call.name.endswith(_COMMAND)]
    words = {call.line: given for call in calls if (given := call.arguments.get("name") or call.arguments.get("0"))}
    here = {fact.name for fact in file.of(Definition) if fact.kind == "function"} if calls else set()
    found: dict[str, Node] = {}
    for call in calls:
        name = call.arguments.get("0", "")
        last = name.rpartition(".")[2]
        place, unit = modules.resolve(name, file.path) or (file.path, last if last in here else "")
        if unit:
            given = words[call.line] if words[call.line] != name else unit
            found.update((word, Node(place, unit)) for word in (given, given.replace("_", "-")))
    return found


def _name(call: Call, file: FileFacts, group: str) -> str:
    """Return the word for a group: what it is taken in as, or what it calls itself; empty of one without."""
    decorated = (fact for fact in file.of(Decorator) if fact.unit == group and fact.name.endswith(_GROUP))
    calls_itself = (fact.arguments.get("0") or fact.arguments.get("name") or group for fact in decorated)
    given = call.arguments.get("name") or call.arguments.get("1") or next(calls_itself, "")
    return given.replace("_", "-")


def _commands(file: FileFacts) -> Iterator[tuple[str, Node]]:
    """Yield subcommands by name: of click and typer (functions), and of argparse (the parser's object)."""
    for decorator in file.of(Decorator):
        if decorator.name.endswith(_COMMAND) and decorator.unit:
            given = decorator.arguments.get("0") or decorator.arguments.get("name")
            name = given or decorator.unit.rpartition(".")[2]
            yield from ((known, Node(file.path, decorator.unit)) for known in (name.replace("_", "-"), name))
    for call in file.of(Call):
        if call.owners and call.owners[-1] != call.asked and call.name.endswith(_PARSER):
            yield call.arguments.get("0", ""), Node(file.path, call.owners[-1])
