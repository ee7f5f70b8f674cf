"""Facts to edges: what each unit runs, and where it runs what is not there."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.commands import Missing, started
from mlops_scan.chains.dispatches import by_action, by_command
from mlops_scan.chains.graph import Message, Node, Step
from mlops_scan.chains.places import built_by_action, image_name, is_runnable
from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

# programs and actions that bring files which are not in the tree
_FETCHING = (
    *("aws s3", "cookiecutter", "copier", "cp ", "curl", "docker cp", "dvc ", "gdown", "gh ", "git clone"),
    *("gsutil", "huggingface-cli", "jupyter nbconvert", "jupytext", "mv ", "tar ", "unzip", "wget"),
)
_CHECKOUT = "actions/checkout"
ANY_EVENT = "repository_dispatch"


def note(builder: Builder, file: FileFacts, known: Places, ended: frozenset[tuple[str, int]]) -> None:
    """Link the units of a file to what they run; ``ended`` are the places where a test runner or linter starts."""
    in_image = any(isinstance(fact, kinds.Unit) and fact.kind in {"container", "service"} for fact in file.facts)
    own = file.path.rpartition(".")[0].removesuffix("/__init__").replace("/", ".") + "."
    around = {f.target: f.unit for f in file.facts if isinstance(f, kinds.Link) and f.kind == "unit"}
    unsure = frozenset(around.get(f.unit, f.unit) for f in file.facts if _brings_files(f))  # type: ignore[attr-defined]
    for fact in file.facts:
        if isinstance(fact, kinds.Link):
            _link(builder, file.path, fact, known)
        elif (file.path, fact.line) in ended:
            continue
        elif isinstance(fact, kinds.Command):
            sure = around.get(fact.unit, fact.unit) not in unsure
            _command(builder, file.path, fact, known, in_image=in_image, sure=sure)
        elif isinstance(fact, kinds.Uses):
            _used(builder, file.path, fact, known, sure=around.get(fact.unit, fact.unit) not in unsure)
        elif isinstance(fact, kinds.Call):
            _call(builder, file.path, fact, known, own)


def handlers(builder: Builder) -> None:
    """Link a program to the handlers it registers when it is run: functions that serve."""
    for node, acts in list(builder.acts.items()):
        if node.unit and any(found.act == "serves" for found in acts):
            builder.link(Node(node.path, ""), node, Step(node.path, acts[0].line, f"answers with {node.unit}"))


def _brings_files(fact: kinds.Fact) -> bool:
    """Tell whether a step may bring files that the tree does not have, or leads where we cannot follow."""
    if isinstance(fact, kinds.Command):
        return fact.run.startswith(_FETCHING) or (fact.run.startswith("cd ") and "$" in fact.run)
    return (
        isinstance(fact, kinds.Uses) and fact.name == _CHECKOUT and bool({"repository", "path"} & set(fact.arguments))
    )


def _command(builder: Builder, path: str, command: kinds.Command, known: Places, *, in_image: bool, sure: bool) -> None:
    anywhere = in_image or path.endswith((".py", ".ipynb"))
    source = Node(path, command.unit)
    what = f"job {command.unit}: {command.run}" if builder.kinds.get(source) == "job" else command.run
    step = Step(path, command.line, what)
    for target in dict.fromkeys(started(command, path, known, in_image=anywhere)):
        if isinstance(target, Missing):
            builder.end(source, step, target.reason, tolerated=command.tolerated or not (sure and target.sure))
        else:
            builder.link(source, target, step)
    for sent in by_command(command.run):
        _send(builder, Message(source, step, *sent, tolerated=command.tolerated))


def _send(builder: Builder, message: Message) -> None:
    """Note what is started; a receiver of all events that reach the repository hears every one."""
    heard = f"{message.name}, {ANY_EVENT}" if message.kind == "event" else message.name
    builder.sent.append(message._replace(name=heard))


def _used(builder: Builder, path: str, used: kinds.Uses, known: Places, *, sure: bool) -> None:
    """Follow a ready-made step to the workflow it starts, or to the Dockerfile it builds."""
    step = Step(path, used.line, used.name)
    for sent in by_action(used):
        what = f"{used.name} {sent.name}"
        _send(builder, Message(Node(path, used.unit), Step(path, used.line, what), *sent, tolerated=used.tolerated))
    dockerfile = built_by_action(used)
    if dockerfile in known.files:
        builder.link(Node(path, used.unit), Node(dockerfile, "build"), step)
    elif dockerfile and dockerfile not in known.everything:
        reason = f"there is no {dockerfile} here"
        builder.end(Node(path, used.unit), step, reason, tolerated=used.tolerated or not sure)


def _call(builder: Builder, path: str, call: kinds.Call, known: Places, own: str) -> None:
    sources = (Node(path, call.unit), *(Node(path, owner) for owner in call.owners))
    for target, what in _called(path, call, known, own):
        for source in sources:
            builder.link(source, target, Step(path, call.line, what), calls=bool(target.unit))


def _called(path: str, call: kinds.Call, known: Places, own: str) -> Iterator[tuple[Node, str]]:
    """Yield what a call runs: functions called or handed over, objects, and files named to it."""
    for name in (call.name, *call.references.values()):
        target = known.member(path, name.removeprefix(own)) if name.startswith(own) else known.function(name, path)
        if target is not None:
            yield target, f"calls {target.unit or target.path}"
    for text in call.arguments.values():
        if is_runnable(text) and " " not in text:
            found = known.file(text, (posixpath.dirname(path), ""), anywhere=True)
            if found:
                yield Node(found, ""), f"{call.name} runs {text}"


def _link(builder: Builder, path: str, link: kinds.Link, known: Places) -> None:
    source = Node(path, link.unit)
    what = builder.kinds.get(Node(path, link.target), link.kind) if link.kind == "unit" else link.kind
    step = Step(path, link.line, f"{what} {link.target.partition(', ')[0]}")
    if link.kind in {"event", "workflow"}:
        builder.sent.append(Message(source, step, link.kind, link.target))
        return
    targets = _targets(path, link, known)
    for target in targets:
        builder.link(source, target, step, event=link.event)
        if link.kind == "file" and builder.kinds.get(source) == "service":
            build_step = Step(path, link.line, f"builds {link.target}")
            builder.link(Node(path, f"{link.unit}:build"), Node(link.target, "build"), build_step)
    if not targets and link.kind in _NEEDED and "$" not in link.target and link.target not in known.everything:
        builder.end(source, step, f"there is no {link.kind} {link.target} here")


_NEEDED = frozenset({"file", "name"})


def _targets(path: str, link: kinds.Link, known: Places) -> tuple[Node, ...]:
    if link.kind == "unit":
        return (Node(path, link.target),)
    if link.kind == "file":
        return (Node(link.target, ""),) if link.target in known.files else ()
    if link.kind == "image":
        found = known.images.get(image_name(link.target))
        return (Node(found, ""),) if found else ()
    if link.kind == "name":
        return known.aliases.get(link.target, ())
    target = _function(link.target, path, known) if link.kind == "function" else None
    return (target,) if target is not None else ()


def _function(target: str, path: str, known: Places) -> Node | None:
    """Resolve ``package.module:function`` or ``path/file.py:function``."""
    module, _, name = target.partition(":")
    if is_runnable(module):
        found = known.file(module, (posixpath.dirname(path), ""))
        return (known.member(found, name) or Node(found, "")) if found else None
    return known.function(f"{module}.{name}" if name else module, path) or known.function(module, path)
