"""Objects handed from call to call: what a parameter stands for, and what a call of the repository's own returns.

An object is a node beside the units: what is asked of it and handed over to it are its edges. The node ``x:seed`` is
the file that a code repository ``x`` begins with; it goes along wherever ``x`` goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Node, Step
from mlops_scan.chains.members import CODE, PACKAGE, own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.facts.kinds import Call, Link

SEED = ":seed"
_OF_OBJECTS = frozenset({"approval", "object", "seed", "started-by"})
_SELF = frozenset({"self", "cls"})


def named(name: str, path: str, known: Places) -> Node | None:
    """Return the unit or object that a dotted name means in a file."""
    start = own(path)
    if not name.startswith(start):
        return known.function(name, path)
    rest = name.removeprefix(start)
    node = known.member(path, rest)
    if node is None:
        return known.function(name, path) if path.endswith(PACKAGE) else None  # of a module of the package
    return known.function(name, path) or node if known.exports.inherits(path, rest, node.unit) else node


def text(call: Call, key: str, path: str, known: Places) -> str:
    """Return the text that an argument holds, where it comes from a variable of the environment."""
    name = call.references.get(key) or call.arguments[key]
    if name.rpartition(".")[2] not in known.variables.called:
        return ""
    thing = named(name, path, known)
    return known.variables.text(*thing) if thing else ""


def same(builder: Builder, one: Node, other: Node, step: Step, known: Places) -> None:
    """Say that one object stands for another."""
    builder.link(one, other, step)
    if known.seeds:
        builder.link(seed(one), seed(other), step)


def seed(node: Node) -> Node:
    """Return the node of the file that a code repository begins with."""
    return Node(node.path, node.unit + SEED)


def handed(builder: Builder, path: str, call: Call, function: Node, known: Places) -> None:
    """Note what a call hands over to the parameters of a function of the repository."""
    for parameter, name in _by_parameter(call.references, known.parameters.get(function, ())):
        given = named(name, path, known)
        if given is not None and known.member(given.path, given.unit):
            step = Step(path, call.line, f"{parameter} is {given.unit}")
            builder.given[Node(function.path, f"{function.unit}.{parameter}")].append((given, step))


def returned(builder: Builder, path: str, call: Call, function: Node, known: Places) -> None:
    """Link what a call makes to what comes back from a function of the repository."""
    back, step = Node(function.path, f"{function.unit}.return"), Step(path, call.line, f"made by {function.unit}")
    owners = [Node(path, owner) for owner in call.owners]
    patterns = [(unit, target) for unit, target in known.seeds.get(function, ()) if "{" in target]
    if back.unit in known.units.get(function.path, ()):
        for owner in owners:
            builder.link(owner, back, step)
            if known.seeds and not patterns:
                builder.link(seed(owner), seed(back), step)
    for unit, pattern in patterns:
        file = known.file(_filled(pattern, call, known.parameters.get(function, ())), ("",), anywhere=True)
        for repository in (Node(function.path, unit), *owners) if file else ():
            builder.link(seed(repository), Node(file or "", ""), step)


def _filled(pattern: str, call: Call, parameters: tuple[str, ...]) -> str:
    """Return a path with the parameters in braces as a call gives them."""
    for parameter, text in _by_parameter(call.arguments, parameters):
        pattern = pattern.replace(f"{{{parameter}}}", text)
    return pattern


def _by_parameter(given: dict[str, str], parameters: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a function with what a call gives them, by keyword or position."""
    positional = parameters[1:] if parameters[:1] and parameters[0] in _SELF else parameters
    for key, name in given.items():
        if key in parameters:
            yield key, name
        elif key.isdigit() and int(key) < len(positional):
            yield positional[int(key)], name


def settle(builder: Builder, known: Places) -> None:
    """Let a parameter stand for what it is given, where all calls give the same."""
    for parameter, given in builder.given.items():
        if len({node for node, _ in given}) == 1:
            same(builder, parameter, *given[0], known)


def linked(builder: Builder, path: str, link: Link, known: Places) -> bool:
    """Link objects by what a construct library says of them; tell whether the link is of that sort."""
    source, other = Node(path, link.unit), Node(path, link.target)
    what = builder.kinds.get(other, link.kind) if link.kind == "unit" else link.kind
    step = Step(path, link.line, f"{what} {link.target}".strip())
    if link.kind == "approval":
        builder.broken[source] = min(link.line, builder.broken.get(source, link.line))
    elif link.kind == "unit" and path.endswith(CODE):
        same(builder, source, other, step, known)
        return True
    elif link.kind in {"object", "started-by"}:
        thing = named(link.target, path, known)
        if thing is not None:
            builder.link(*((source, thing) if link.kind == "object" else (thing, source)), step)
    elif link.kind == "seed" and "{" not in link.target:
        repository = named(link.target, path, known)
        file = None if repository else known.file(link.target, ("",), anywhere=True)
        if repository is not None:
            builder.link(source, seed(repository), step)
        elif file is not None:
            builder.link(seed(source), Node(file, ""), step)
    return link.kind in _OF_OBJECTS
