"""Facts to edges: what each unit runs, and where it runs what is not there."""

from __future__ import annotations

import itertools
import posixpath
from typing import TYPE_CHECKING

import msgspec

from mlops_scan.chains import archives, calls, fetching, objects, workspaces
from mlops_scan.chains.commands import started
from mlops_scan.chains.dispatches import by_action, by_command
from mlops_scan.chains.graph import NEVER, Message, Missing, Node, Step
from mlops_scan.chains.places import built_by_action, image_name
from mlops_scan.chains.spellings import spelt
from mlops_scan.chains.words import is_runnable
from mlops_scan.facts import kinds
from mlops_scan.facts.shapes.dvc import NEEDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_CLUSTER = ("kubectl", "oc ")
# programs of the repository's own, which may write whatever they like
_PROGRAMS = ("python ", "bash ", "sh ", "source ", ". ", "./", "make", "Rscript ", "node ")
# what an image is given when it is run stands elsewhere
_UNKNOWN = "$@"
_COMMAND = (".command", ".callback")
_DOCUMENTS = (".yml", ".yaml", ".toml", ".json", "Jenkinsfile")
_SERVES, _ROUTE = "serves", "route"
_SAID = {"packed": "archive", "workspace": "notebook"}
_ANY_EVENT = "repository_dispatch"


def note(builder: Builder, file: FileFacts, known: Places, ended: frozenset[tuple[str, int]]) -> None:
    """Link the units of a file to what they run; ``ended`` are the places where a test runner or linter starts."""
    in_image = any(unit.kind in {"container", "service"} for unit in file.of(kinds.Unit))
    tables = _tables(file)
    links, commands = file.of(kinds.Link), file.of(kinds.Command)
    uses = file.of(kinds.Uses)
    around = {link.target: link.unit for link in links if link.kind == "unit"}
    away = fetching.since(file, around)
    made = frozenset(_made(commands))
    for link in links:
        _link(builder, file.path, _spelt(link, known), known)
    for command in commands:
        if (file.path, command.line) not in ended:
            sure = command.line < away.get(around.get(command.unit, command.unit), NEVER)
            placed = in_image or command.unit in tables
            _command(builder, file.path, command, known, in_image=placed, sure=sure, whole=not away, made=made)
    for used in uses:
        if (file.path, used.line) not in ended:
            sure = used.line < away.get(around.get(used.unit, used.unit), NEVER)
            _used(builder, file.path, used, known, sure=sure)
    calls.note(builder, file, known, ended)
    for decorator in file.of(kinds.Decorator):
        _subcommand(builder, file, decorator)
        _routed(builder, file.path, decorator)


def _tables(file: FileFacts) -> frozenset[str]:
    """Return the jobs of tables of cron: the paths in them are those of a machine or image, where the root is not ours.

    A document of a service that starts jobs says where these run.
    """
    if file.path.endswith(_DOCUMENTS):
        return frozenset()
    return frozenset(trigger.unit for trigger in file.of(kinds.Trigger) if trigger.unit and trigger.event == "schedule")


def handlers(builder: Builder) -> None:
    """Link a program to the handlers it registers when it is run: functions that serve."""
    for node, acts in list(builder.acts.items()):
        if node.unit and any(found.act == _SERVES for found in acts):
            step = Step(node.path, acts[0].line, f"answers with {node.unit}")
            builder.link(Node(node.path, ""), node, step, answers=True)


def hooks(builder: Builder, files: Iterable[FileFacts]) -> None:
    """Link an application to what is registered with it beside its routes: what it does when it starts, or all along.

    A command of its own it runs for a person alone.
    """
    acts = (found for found in itertools.chain.from_iterable(builder.acts.values()) if found.act == _SERVES)
    serving = {Node(found.path, owner): Node(found.path, found.unit) for found in acts for owner in found.owners}
    for file in files if serving else ():
        for fact in file.of(kinds.Decorator):
            asked, hook = Node(file.path, fact.asked), Node(file.path, fact.unit)
            answers = any(found.act == _SERVES for found in builder.acts.get(hook, ()))
            if asked in serving and not answers and not fact.name.endswith(_COMMAND):
                for source in (asked, serving[asked]):
                    builder.link(source, hook, Step(file.path, fact.line, f"registers {fact.unit}"), answers=True)


def asked_objects(builder: Builder) -> None:
    """Link code to the objects it asks for something, where these run anything: ``app()``, ``pipeline.run()``."""
    for (source, target), step in builder.asked.items():
        if target in builder.edges:
            builder.link(source, target, step, calls=True)


def _made(commands: Sequence[kinds.Command]) -> Iterator[tuple[str, str]]:
    """Yield what commands may make, where a cluster is told of files: a file by its name, or any, in their unit."""
    for command in commands if any(command.run.startswith(_CLUSTER) for command in commands) else ():
        if command.into:
            yield posixpath.basename(command.into), ""
        if command.run.startswith(_PROGRAMS):
            yield "", command.unit
        elif not command.run.startswith(_CLUSTER):
            yield from ((posixpath.basename(word.rstrip("/")), "") for word in command.run.replace("=", " ").split(" "))


def _command(
    builder: Builder,
    path: str,
    command: kinds.Command,
    known: Places,
    *,
    in_image: bool,
    sure: bool,
    whole: bool,
    made: frozenset[tuple[str, str]],
) -> None:
    """Link a command to what it starts; ``sure``: its unit brings no further files, ``whole``: nor does the file."""
    anywhere = in_image or path.endswith((".py", ".ipynb"))
    source = Node(path, command.unit)
    of_job = command.unit and builder.kinds.get(source) == "job"
    what = f"job {command.unit}: {command.run}" if of_job else command.run
    step = Step(path, command.line, what)
    for target in dict.fromkeys(started(command, path, known, in_image=anywhere)):
        if isinstance(target, Missing):
            name = posixpath.basename(target.file.rstrip("/"))
            missing = not (name and made.intersection(((name, ""), ("", command.unit))))
            tolerated = command.tolerated or not (sure and missing and target.sure)
            builder.end(source, step, target.reason, tolerated=tolerated, sure=whole and target.sure)
        else:
            builder.link(source, target, step, beside=command.beside)
            runs = builder.runs[target.path].setdefault((source, command.line), [])
            runs.append(_UNKNOWN if in_image else command.run)
    for sent in by_command(command.run):
        _send(builder, Message(source, step, *sent, tolerated=command.tolerated))


def _send(builder: Builder, message: Message) -> None:
    """Note what is started; a receiver of all events that reach the repository hears every one."""
    heard = f"{message.name}, {_ANY_EVENT}" if message.kind == "event" else message.name
    builder.sent.append(message._replace(name=heard))


def _used(builder: Builder, path: str, used: kinds.Uses, known: Places, *, sure: bool) -> None:
    """Follow a ready-made step to the workflow it starts, the Dockerfile it builds, or where it is declared here."""
    step = Step(path, used.line, used.name)
    for declared in known.aliases.get(used.name, ()):
        builder.link(Node(path, used.unit), declared, step)
    for sent in by_action(used):
        what = f"{used.name} {sent.name}"
        _send(builder, Message(Node(path, used.unit), Step(path, used.line, what), *sent, tolerated=used.tolerated))
    dockerfile = built_by_action(used, path, known.everything)
    if dockerfile in known.files:
        builder.link(Node(path, used.unit), Node(dockerfile, "build"), step)
    elif dockerfile and dockerfile not in known.everything:
        reason = f"there is no {dockerfile} here"
        builder.end(Node(path, used.unit), step, reason, tolerated=used.tolerated or not sure)


def _subcommand(builder: Builder, file: FileFacts, fact: kinds.Decorator) -> None:
    """Link a command line to its only command, which needs no name: ``app = Typer(); @app.command()``."""
    if fact.asked and fact.name.endswith(_COMMAND):
        same = [other for other in file.of(kinds.Decorator) if (other.name, other.asked) == (fact.name, fact.asked)]
        if len(same) == 1:
            step = Step(file.path, fact.line, f"command {fact.unit}")
            builder.link(Node(file.path, fact.asked), Node(file.path, fact.unit), step)


def _routed(builder: Builder, path: str, fact: kinds.Decorator) -> None:
    """Link what handlers are registered with to them: a program may take a router of another file in."""
    handler = Node(path, fact.unit)
    if fact.asked and any(found.act == _SERVES for found in builder.acts.get(handler, ())):
        step = Step(path, fact.line, f"answers with {fact.unit}")
        builder.link(Node(path, fact.asked), handler, step, answers=True)


def _spelt(link: kinds.Link, known: Places) -> kinds.Link:
    named = spelt(link.target, known.everything) if link.kind == "file" else link.target
    return link if named == link.target else msgspec.structs.replace(link, target=named)


def _link(builder: Builder, path: str, link: kinds.Link, known: Places) -> None:
    if objects.linked(builder, path, link, known):
        return
    source = known.resources.source(path, link) if link.kind == "resource" else Node(path, link.unit)
    if source is None:
        return
    what = (
        builder.kinds.get(Node(path, link.target), link.kind)
        if link.kind == "unit"
        else _SAID.get(link.kind, link.kind)
    )
    said = f"{link.said}: " if link.said else ""
    step = Step(path, link.line, f"{what} {said}{link.target.partition(', ')[0].rstrip(':')}")
    if link.kind in {"event", "workflow"} or (link.kind == "call" and link.target in known.everything):
        builder.sent.append(Message(source, step, link.kind, link.target))
        return
    targets = _targets(path, link, known)
    if link.kind == "upon":
        for target in targets:
            builder.link(target, source, step)
        return
    for target in targets:
        builder.link(source, target, step, event=link.event, answers=link.kind == _ROUTE)
        builder.routed.update((target,) if link.kind == _ROUTE else ())
        if link.kind == "file" and builder.kinds.get(source) == "service":
            build_step = Step(path, link.line, f"builds {link.target}")
            builder.link(Node(path, f"{link.unit}:build"), Node(link.target, "build"), build_step)
    if not targets and link.kind in _NEEDED and "$" not in link.target and _absent(link, known):
        noun = "file" if link.kind == "call" else link.kind
        builder.end(source, step, f"there is no {noun} {link.target} here")


_NEEDED = frozenset({"call", "file", "name"})


def _absent(link: kinds.Link, known: Places) -> bool:
    """Tell whether nothing is called so; a name may be that of a file in whatever folder."""
    return known.absent(link.target) if link.kind == "name" else link.target not in known.everything


def _targets(path: str, link: kinds.Link, known: Places) -> tuple[Node, ...]:
    if link.kind == "unit":
        return (Node(path, link.target),)
    if link.kind == "script":
        return known.named.get(link.target, ())
    if link.kind in {"name", "upon"}:
        last = link.target if link.target.startswith(NEEDS) else link.target.rpartition("/")[2]
        named = known.aliases.get(link.target) or known.aliases.get(last)
        if named:
            return named
        target = _function(link.target, path, known)
    else:
        target = _target(path, link, known)
    return (target,) if target is not None else ()


def _target(path: str, link: kinds.Link, known: Places) -> Node | None:
    if link.kind in {"function", _ROUTE}:
        return _function(link.target, path, known) or (
            _module(link.target, path, known) if link.kind == _ROUTE else None
        )
    if link.kind == "packed":
        return archives.handler(path, link.target, known)
    if link.kind == "archive":
        return _in_archive(link.target, path, known)
    if link.kind == "resource":
        return known.resources.named(path, link.target)
    found = known.images.get(image_name(link.target)) if link.kind == "image" else None
    if link.kind == "workspace":
        found = workspaces.notebook(link.target, known.notebooks)
    if link.kind in {"file", "given"}:
        found = known.file(link.target, ("",), anywhere=path.endswith(".py"))
    return Node(found, "") if found else None


def _module(target: str, path: str, known: Places) -> Node | None:
    """Resolve a module by its dotted name to what stands at its top."""
    found = known.modules.resolve(target, path)
    return Node(found[0], "") if found and not found[1] else None


def _in_archive(target: str, path: str, known: Places) -> Node | None:
    """Resolve a path that is seen from where a tool is run: in the folder of the file, or in one that calls it."""
    module, _, name = target.partition(":")
    found = known.file(module, _above(path))
    return known.member(found, name) if found else None


def _above(path: str) -> tuple[str, ...]:
    """Return the folders that a file lies in, the nearest first."""
    above = [posixpath.dirname(path)]
    while above[-1]:
        above.append(posixpath.dirname(above[-1]))
    return tuple(above)


def _function(target: str, path: str, known: Places) -> Node | None:
    """Resolve ``package.module:function`` or ``path/file.py:function``."""
    module, _, name = target.partition(":")
    if is_runnable(module):
        found = known.file(module, _above(path), anywhere=path.endswith(".py"))
        return (known.member(found, name) or Node(found, "")) if found else None
    return known.function(f"{module}.{name}" if name else module, path) or known.function(module, path)
