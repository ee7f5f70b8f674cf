"""What the calls of a file run inside it, whatever else is in the repository, and which of its calls may lead further.

It is worked out once a file, however many states of a history hold it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.chains.exports import bases_of, inherits
from mlops_scan.chains.graph import Edge, Node, Step
from mlops_scan.chains.members import PACKAGE, answering, member, members, own
from mlops_scan.chains.words import RUNNABLE
from mlops_scan.facts import kinds
from mlops_scan.facts.python_constructs import declares

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlops_scan.evidence import FileFacts

IMAGES = frozenset({"container_uri", "image_uri", "image", "training_image"})
# what says when something runs is not run by it
_WHEN = frozenset({"schedule", "schedule_interval", "timetable"})
# what is compiled is written down for others to run
_WRITES = "compile"
_OFFERING = (".add_command", ".add_typer", ".command")
# a path of which only the text is asked for, or whether it is there, is run by nobody
_PATH = "pathlib.Path"
_LOOKS = frozenset(f"{_PATH}.{name}" for name in ("exists", "is_file", "open", "read_bytes", "read_text", "stat"))
# the first words of calls that start what is named to them
_STARTS = frozenset({"run", "serve"})


class Calls(NamedTuple):
    """The calls of a file that may run something.

    ``declaring``: the file declares infrastructure. ``known`` are the names that mean something of this file or
    nothing, whatever else there is; ``edges`` link what runs what they mean, ``asked`` are the objects that are asked.
    ``leading`` are the calls that may run something elsewhere, by their number; so may those of ``by_first`` where a
    module is called like the first part of a name, and of ``by_last`` where a variable is called like the last.
    """

    all: Sequence[kinds.Call]
    declaring: bool
    known: dict[str, Node | None]
    edges: tuple[tuple[Node, Edge], ...]
    asked: tuple[tuple[tuple[Node, Node], Step], ...]
    leading: frozenset[int]
    by_first: dict[str, list[int]]
    by_last: dict[str, list[int]]


def inner_calls(file: FileFacts) -> Calls:
    """Return the calls of a file."""
    found = file.of(kinds.Call)
    looked_at = {(call.line, call.unit) for call in found if call.name in _LOOKS}
    kept = [call for call in found if call.name != _PATH or (call.line, call.unit) not in looked_at]
    if sum(map(_offers, kept)) > 1:
        kept = [call for call in kept if not _offers(call)]
    declaring = any(map(declares, {call.name for call in found}))
    known = {} if declaring else dict(_known(file, kept))
    return Calls(
        kept,
        declaring,
        known,
        tuple(edge for call in kept for edge in _edges(file, call, known)) if known else (),
        tuple(_asked(file.path, call) for call in kept if call.asked and not declaring),
        frozenset(_leading(file.path, kept, known)),
        _numbered((name.partition(".")[0] for name in _said(call) if name not in known) for call in kept),
        _numbered((name.rpartition(".")[2] for name in _said(call)) for call in kept),
    )


def handed(call: kinds.Call) -> Iterator[str]:
    """Yield the names handed over by a call that it may run."""
    yield from (name for key, name in call.references.items() if key.partition(".")[0] not in _WHEN)


def _offers(call: kinds.Call) -> bool:
    """Tell whether a call offers what it is given as a command, of which whoever starts the program names one."""
    return bool(call.references) and call.name.endswith(_OFFERING)


def is_written_down(call: kinds.Call) -> bool:
    """Tell whether a call only writes down what it is given, for others to run."""
    return call.name.rpartition(".")[2] == _WRITES


def may_name(call: kinds.Call, key: str, text: str) -> bool:
    """Tell whether an argument may name a file, an image or a module to run."""
    return text.endswith(RUNNABLE) or key in IMAGES or runs_module(call) or names_member(call, text)


def names_member(call: kinds.Call, text: str) -> bool:
    """Tell whether a call that runs or serves is given something in a module: ``churn.app:app``."""
    module, colon, name = text.partition(":")
    starts = colon and call.name.rpartition(".")[2].partition("_")[0] in _STARTS
    return bool(starts) and name.isidentifier() and all(part.isidentifier() for part in module.split("."))


def runs_module(call: kinds.Call) -> bool:
    """Tell whether a call runs a module that is named to it."""
    last = call.name.rpartition(".")[2]
    return "run" in last and "module" in last


def _known(file: FileFacts, calls: Iterable[kinds.Call]) -> Iterator[tuple[str, Node | None]]:
    """Yield the names of this file's own, unless they may hang on a class of another, or on a module of the package."""
    start, held, bases = own(file.path), file.once(members), file.once(bases_of)
    package = file.path.endswith(PACKAGE)
    for name in {name for call in calls for name in (call.name, *call.references.values())}:
        if name.startswith(start):
            node = member(file.path, name.removeprefix(start), held)
            if node is None and package:
                continue
            if node is None or not inherits(name.removeprefix(start), node.unit, bases):
                yield name, node


def _edges(file: FileFacts, call: kinds.Call, known: dict[str, Node | None]) -> Iterator[tuple[Node, Edge]]:
    """Yield what runs what a call of this file's own runs: the code around it, and the objects that it is about."""
    function = known.get(call.name)
    owners = [Node(file.path, owner) for owner in call.owners]
    given = () if is_written_down(call) else map(known.get, handed(call))
    for target in filter(None, (function, *given)):
        edge = Edge(target, Step(file.path, call.line, f"calls {target.unit or target.path}"), calls=bool(target.unit))
        yield from ((source, edge) for source in (Node(file.path, call.unit), *owners) if source != target)
    for target in answering(function, file.once(members)) if function is not None else ():
        edge = Edge(target, Step(file.path, call.line, f"calls {target.unit}"), calls=True)
        yield from ((owner, edge) for owner in owners if owner != target)


def _asked(path: str, call: kinds.Call) -> tuple[tuple[Node, Node], Step]:
    return (Node(path, call.unit), Node(path, call.asked)), Step(path, call.line, f"runs {call.asked}")


def _leading(path: str, calls: Iterable[kinds.Call], known: dict[str, Node | None]) -> Iterator[int]:
    """Yield the numbers of the calls that name a file, or what may hang on a class of another."""
    start = own(path)
    for number, call in enumerate(calls):
        further = any(name.startswith(start) and name not in known for name in _said(call))
        if further or any(may_name(call, key, text) for key, text in call.arguments.items()):
            yield number


def _said(call: kinds.Call) -> Iterator[str]:
    """Yield what a call says that may be a name."""
    yield call.name
    yield from call.references.values()
    yield from call.arguments.values()


def _numbered(said: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Return the numbers of what says a word."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(said):
        for word in words:
            found[word].append(number)
    return found
