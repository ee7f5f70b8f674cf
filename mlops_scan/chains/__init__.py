"""Chains: triggers, units and links of a repository as a graph that ends in acts."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.commands import started
from mlops_scan.chains.graph import Builder, Graph, Node, Reached, Start, Step
from mlops_scan.chains.places import image_name, is_runnable, places
from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.modules import Modules

__all__ = ["Graph", "Node", "Reached", "Start", "Step", "build"]

_DOCUMENTS = (".yml", ".yaml", ".toml", ".json")
_ENDS = frozenset({"tests", "lints"})


def build(files: Iterable[FileFacts], evidence: Iterable[Evidence], modules: Modules) -> Graph:
    """Return the graph of everything that runs; templates' and examples' own files are among them if product."""
    files = tuple(file for file in files if file.role in {"product", "test"})
    evidence = tuple(evidence)
    known = places(files, modules)
    builder = Builder()
    for found in evidence:
        if found.act and found.strength == "strong":
            builder.acts[Node(found.path, found.unit)].append(found)
    ended = frozenset((found.path, found.line) for found in evidence if found.act in _ENDS)
    for file in files:
        _units(builder, file)
        _links(builder, file, known, ended)
    _handlers(builder)
    _triggers(builder, files, evidence, known)
    _upstream(builder, files)
    return builder.graph()


def _units(builder: Builder, file: FileFacts) -> None:
    """Note the units of a file; a document run as a whole runs all of them."""
    whole = Node(file.path, "")
    starts_some = any(isinstance(f, kinds.Link) and not f.unit and f.kind == "unit" for f in file.facts)
    for fact in file.facts:
        if not isinstance(fact, kinds.Unit):
            continue
        node = Node(file.path, fact.name)
        builder.kinds[node] = fact.kind
        if fact.off:
            builder.off[node] = fact.off
        elif file.path.endswith(_DOCUMENTS) and fact.name and not starts_some and fact.kind != "console-script":
            builder.link(whole, node, Step(file.path, fact.line, f"{fact.kind} {fact.name}"))


def _links(builder: Builder, file: FileFacts, known: Places, ended: frozenset[tuple[str, int]]) -> None:
    in_image = any(isinstance(fact, kinds.Unit) and fact.kind in {"container", "service"} for fact in file.facts)
    own = file.path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".") + "."
    for fact in file.facts:
        if isinstance(fact, kinds.Command):
            if (file.path, fact.line) not in ended:
                _command(builder, file.path, fact, known, in_image=in_image)
        elif isinstance(fact, kinds.Call):
            if (file.path, fact.line) not in ended:
                _call(builder, file.path, fact, known, own)
        elif isinstance(fact, kinds.Link):
            _link(builder, file.path, fact, known)


def _handlers(builder: Builder) -> None:
    """Link a program to the handlers it registers when it is run: functions that serve."""
    for node, acts in list(builder.acts.items()):
        if node.unit and any(found.act == "serves" for found in acts):
            builder.link(Node(node.path, ""), node, Step(node.path, acts[0].line, f"answers with {node.unit}"))


def _command(builder: Builder, path: str, command: kinds.Command, known: Places, *, in_image: bool) -> None:
    anywhere = in_image or path.endswith((".py", ".ipynb"))
    source = Node(path, command.unit)
    what = f"job {command.unit}: {command.run}" if builder.kinds.get(source) == "job" else command.run
    for target in dict.fromkeys(started(command, path, known, in_image=anywhere)):
        builder.link(source, target, Step(path, command.line, what))


def _call(builder: Builder, path: str, call: kinds.Call, known: Places, own: str) -> None:
    source = Node(path, call.unit)
    for name in (call.name, *call.references):
        target = known.member(path, name.removeprefix(own)) if name.startswith(own) else known.function(name, path)
        if target is not None:
            builder.link(source, target, Step(path, call.line, f"calls {target.unit or target.path}"))
    for text in call.arguments.values():
        if is_runnable(text) and " " not in text:
            found = known.file(text, (posixpath.dirname(path), ""), anywhere=True)
            if found:
                builder.link(source, Node(found, ""), Step(path, call.line, f"{call.name} runs {text}"))


def _link(builder: Builder, path: str, link: kinds.Link, known: Places) -> None:
    source = Node(path, link.unit)
    target: Node | None = None
    if link.kind == "unit":
        target = Node(path, link.target)
    elif link.kind == "file" and link.target in known.files:
        target = Node(link.target, "")
    elif link.kind == "image" and image_name(link.target) in known.images:
        target = Node(known.images[image_name(link.target)], "")
    elif link.kind == "function":
        target = _function(link.target, path, known)
    if target is not None:
        what = builder.kinds.get(target, link.kind) if link.kind == "unit" else link.kind
        builder.link(source, target, Step(path, link.line, f"{what} {link.target}"))
        if link.kind == "file" and builder.kinds.get(source) == "service":
            build_step = Step(path, link.line, f"builds {link.target}")
            builder.link(Node(path, f"{link.unit}:build"), Node(link.target, "build"), build_step)


def _function(target: str, path: str, known: Places) -> Node | None:
    """Resolve ``package.module:function`` or ``path/file.py:function``."""
    module, _, name = target.partition(":")
    if is_runnable(module):
        found = known.file(module, (posixpath.dirname(path), ""))
        return (known.member(found, name) or Node(found, "")) if found else None
    return known.function(f"{module}.{name}" if name else module, path) or known.function(module, path)


def _triggers(builder: Builder, files: Iterable[FileFacts], evidence: Iterable[Evidence], known: Places) -> None:
    for file in files:
        for fact in file.facts:
            if isinstance(fact, kinds.Trigger):
                step = Step(file.path, fact.line, f"{fact.event} {fact.detail}".strip())
                nodes = (Node(file.path, fact.unit),) if fact.unit else tuple(_startable(builder, file))
                live = tuple(node for node in nodes if node not in builder.off)
                builder.starts.append(Start(fact.event, step, live))
    for found in evidence:
        if found.trigger and found.strength == "strong":
            step = Step(found.path, found.line, f"{found.trigger}: {found.what}")
            handed = (known.function(name, found.path) for name in (*found.references, found.what))
            nodes = tuple(node for node in handed if node is not None) or (Node(found.path, found.unit),)
            builder.starts.append(Start(found.trigger, step, nodes))


def _startable(builder: Builder, file: FileFacts) -> Iterator[Node]:
    """Yield what an event of the whole file starts: every unit that is not off, and the file itself."""
    units = [Node(file.path, fact.name) for fact in file.facts if isinstance(fact, kinds.Unit)]
    yield from (node for node in units if node not in builder.off)
    if not any(builder.kinds.get(node) == "job" for node in units):
        yield Node(file.path, "")


def _upstream(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Link runs that others wait for: a workflow to those that start when it completes."""
    by_name: dict[str, list[str]] = {}
    for file in files:
        for fact in file.facts:
            if isinstance(fact, kinds.Setting) and fact.key == "name":
                by_name.setdefault(fact.value, []).append(file.path)
    for start in [start for start in builder.starts if start.event == "upstream"]:
        for name in start.step.what.removeprefix("upstream ").split(", "):
            for path in by_name.get(name, ()):
                for source in [node for node in builder.kinds if node.path == path]:
                    for target in start.nodes:
                        builder.link(source, target, start.step)
