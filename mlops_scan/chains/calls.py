"""What calls in code run: functions, objects, and files that are named to them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains import objects
from mlops_scan.chains.graph import Node, Step
from mlops_scan.chains.inner_calls import (
    IMAGES,
    handed,
    inner_calls,
    is_written_down,
    may_name,
    names_member,
    runs_module,
)
from mlops_scan.chains.places import image_name
from mlops_scan.chains.variables import READING
from mlops_scan.chains.words import is_runnable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.inner_calls import Calls
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts
    from mlops_scan.facts import kinds

# arguments of job services: the folder that is sent along, the image that the job runs in, and what it runs instead
_FOLDERS = ("source_dir", "source_directory", "code", "working_dir")
_COMMANDS = frozenset({"command", "cmds", "entrypoint"})
# what the program gets that the image starts, unless it is a program itself
_ARGUMENTS = frozenset({"args", "arguments", "container_args"})
_INTERPRETERS = frozenset({"Rscript", "bash", "java", "julia", "python", "python3", "sh"})
_OF_FILES = ("logging.", "nbformat.", "os.path.", "shutil.", "tarfile.", "zipfile.")
# what else is done to a file than to run it: `create_notebook`, `upload_file`
_HANDLED = frozenset({"file", "files", "notebook", "notebooks", "script", "scripts"})
_HANDLING = frozenset(
    {"backup", "copy", "create", "delete", "download", "export", "format", "generate", "lint", "move", "open", "parse"}
    | {"read", "remove", "rename", "save", "upload", "write"}
)
_ON_FILES = frozenset({"open", "os.remove", "os.rename", "os.replace", "os.stat", "os.symlink", "os.unlink", "print"})

# what lies in a folder of this name is shown by the application beside it, where somebody goes there
_PAGES = "pages"


def note(builder: Builder, file: FileFacts, known: Places, ended: frozenset[tuple[str, int]]) -> None:
    """Link code to what its calls run; ``ended`` as in `links.note`."""
    calls = file.once(inner_calls)
    for source, edge in calls.edges:
        if (file.path, edge.step.line) not in ended:
            builder.edges[source].append(edge)
    for ends, step in calls.asked:
        if (file.path, step.line) not in ended:
            builder.asked.setdefault(ends, step)
    for number in sorted(_leading(file.path, calls, known)):
        if (file.path, calls.all[number].line) not in ended:
            _call(builder, file.path, calls.all[number], known, calls)


def _leading(path: str, calls: Calls, known: Places) -> Collection[int]:
    """Return the numbers of the calls that may run something else than their file's own."""
    if path in known.exports.every:
        return range(len(calls.all))
    first = (calls.by_first[name] for name in calls.by_first.keys() & known.modules.names)
    last = (calls.by_last[name] for name in calls.by_last.keys() & known.variables.called)
    return calls.leading.union(*first, *last)


def _call(builder: Builder, path: str, call: kinds.Call, known: Places, calls: Calls) -> None:
    """Link the code around a call, and the objects that it is about, to what it runs beside its file's own.

    Where a file declares infrastructure, handing something over runs nothing: then only the objects are linked, and
    parameters to what they stand for. Elsewhere a parameter is a value, which runs nothing where it came from.
    """
    declaring = calls.declaring
    function = objects.named(call.name, path, known) if call.name not in calls.known else None
    if function is not None and declaring:
        objects.returned(builder, path, call, function, known)
        objects.handed(builder, path, call, function, known)
    for target, what in _called(path, call, function, known, calls):
        around = () if declaring and target != function else (Node(path, call.unit),)
        step = Step(path, call.line, what)
        for source in (*around, *(Node(path, owner) for owner in call.owners)):
            builder.link(source, target, step, calls=bool(target.unit))
    for target in known.answering(function) if function is not None and not declaring else ():
        for owner in call.owners:
            builder.link(Node(path, owner), target, Step(path, call.line, f"calls {target.unit}"), calls=True)


def _called(
    path: str, call: kinds.Call, function: Node | None, known: Places, calls: Calls
) -> Iterator[tuple[Node, str]]:
    """Yield what a call runs: functions called or handed over, objects, and files named to it."""
    if function is not None:
        yield function, f"calls {function.unit or function.path}"
    if is_written_down(call):
        return
    for name in handed(call):
        target = objects.named(name, path, known) if name not in calls.known else None
        if target is not None:
            yield target, f"calls {target.unit or target.path}"
    read = known.variables.called
    for key, written in call.arguments.items() if not _handles_files(call.name) else ():
        text = (read and objects.text(call, key, path, known)) or written
        found = _named(text, key, call, path, known) if may_name(call, key, text) else None
        if found and not _only_holds(call, path, known):
            yield Node(found, ""), f"{call.name} runs {text}"


def _only_holds(call: kinds.Call, path: str, known: Places) -> bool:
    """Tell whether a call only fills in the fields of a class of the repository, which has nothing that could run."""
    made = objects.named(call.name, path, known)
    kept = known.units.get(made.path, frozenset()) if made is not None else frozenset[str]()
    name = made.unit if made is not None else ""
    return name.rpartition(".")[2][:1].isupper() and not any(unit.startswith(f"{name}.") for unit in kept)


def _handles_files(name: str) -> bool:
    """Tell whether a function only reads, copies, joins or writes down the names that it is given, or their files."""
    if name in READING or name in _ON_FILES or name.startswith(_OF_FILES):
        return True
    words = name.rpartition(".")[2].split("_")
    return words[0] in _HANDLING and words[-1] in _HANDLED


def _named(text: str, key: str, call: kinds.Call, path: str, known: Places) -> str | None:
    """Return the file that the text of an argument names: a path, an image, a module where the call runs modules."""
    if is_runnable(text) and " " not in text:
        return _file(text, call, path, known) if posixpath.basename(posixpath.dirname(text)) != _PAGES else None
    if key in IMAGES and not _starts_another(call.arguments):
        return known.images.get(image_name(text))
    member = names_member(call, text)
    if member or runs_module(call):
        found = known.modules.resolve(text.partition(":")[0], path)
        whole = found and not found[1] and not (member and found[0] == path)  # a program has run itself already
        return found[0] if found and whole else None
    return None


def _starts_another(arguments: dict[str, str]) -> bool:
    """Tell whether something else than its own program runs in an image that is named to a call."""
    given = (arguments[key].partition(" ")[0] for key in _ARGUMENTS & arguments.keys())
    return not _COMMANDS.isdisjoint(arguments) or any(posixpath.basename(word) in _INTERPRETERS for word in given)


def _file(written: str, call: kinds.Call, path: str, known: Places) -> str | None:
    """Return a file that a call names: in the folder that it sends to where its job runs, if it says one."""
    directories = (posixpath.dirname(path), "")
    held = {key: objects.text(call, key, path, known) for key in _FOLDERS if key in call.arguments}
    said = (text or call.arguments[key] for key, text in held.items() if text or key not in call.references)
    folder = next((text for text in said if "…" not in text and ":" not in text and not is_runnable(text)), "")
    return known.file(posixpath.normpath(posixpath.join(folder, written)), directories, anywhere=True)
