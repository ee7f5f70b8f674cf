"""What calls in code run: functions, objects, and files that are named to them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains import objects
from mlops_scan.chains.graph import Node, Step
from mlops_scan.chains.places import image_name
from mlops_scan.chains.variables import READING
from mlops_scan.chains.words import RUNNABLE, is_runnable
from mlops_scan.facts import kinds
from mlops_scan.facts.python_constructs import declares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

# arguments of job services: the folder that is sent along, the image that the job runs in, and what it runs instead
_FOLDERS = ("source_dir", "source_directory", "code", "working_dir")
_COMMANDS = frozenset({"command", "cmds", "entrypoint"})
# what the program gets that the image starts, unless it is a program itself
_ARGUMENTS = frozenset({"args", "arguments", "container_args"})
_INTERPRETERS = frozenset({"Rscript", "bash", "java", "julia", "python", "python3", "sh"})
_IMAGES = frozenset({"container_uri", "image_uri", "image", "training_image"})
# what says when something runs is not run by it
_WHEN = frozenset({"schedule", "schedule_interval", "timetable"})
_OF_FILES = ("logging.", "nbformat.", "os.path.", "shutil.", "tarfile.", "zipfile.")
# what else is done to a file than to run it: `create_notebook`, `upload_file`
_HANDLED = frozenset({"file", "files", "notebook", "notebooks", "script", "scripts"})
_HANDLING = frozenset(
    {"backup", "copy", "create", "delete", "download", "export", "format", "generate", "lint", "move", "open", "parse"}
    | {"read", "remove", "rename", "save", "upload", "write"}
)
_ON_FILES = frozenset({"open", "os.remove", "os.rename", "os.replace", "os.stat", "os.symlink", "os.unlink", "print"})
# what is compiled is written down for others to run
_WRITES = "compile"
# a path of which only the text is asked for, or whether it is there, is run by nobody
_PATH = "pathlib.Path"
_LOOKS = frozenset(f"{_PATH}.{name}" for name in ("exists", "is_file", "open", "read_bytes", "read_text", "stat"))


def note(builder: Builder, file: FileFacts, known: Places, ended: frozenset[tuple[str, int]]) -> None:
    """Link code to what its calls run; ``ended`` as in `links.note`."""
    calls = file.of(kinds.Call)
    declaring = any(map(declares, {call.name for call in calls}))
    looked_at = {(call.line, call.unit) for call in calls if call.name in _LOOKS}
    for call in calls:
        looks = call.name == _PATH and (call.line, call.unit) in looked_at
        if not looks and (file.path, call.line) not in ended:
            _call(builder, file.path, call, known, declaring=declaring)


def _call(builder: Builder, path: str, call: kinds.Call, known: Places, *, declaring: bool) -> None:
    """Link the code around a call, and the objects that it is about, to what it runs.

    Where a file declares infrastructure, handing something over runs nothing: then only the objects are linked, and
    parameters to what they stand for. Elsewhere a parameter is a value, which runs nothing where it came from.
    """
    function = objects.named(call.name, path, known)
    if function is not None and declaring:
        objects.returned(builder, path, call, function, known)
        objects.handed(builder, path, call, function, known)
    for target, what in _called(path, call, function, known):
        around = () if declaring and target != function else (Node(path, call.unit),)
        step = Step(path, call.line, what)
        for source in (*around, *(Node(path, owner) for owner in call.owners)):
            builder.link(source, target, step, calls=bool(target.unit))
    for target in known.answering(function) if function is not None and not declaring else ():
        for owner in call.owners:
            builder.link(Node(path, owner), target, Step(path, call.line, f"calls {target.unit}"), calls=True)
    if call.asked and not declaring:
        step = Step(path, call.line, f"runs {call.asked}")
        builder.asked.setdefault((Node(path, call.unit), Node(path, call.asked)), step)


def _called(path: str, call: kinds.Call, function: Node | None, known: Places) -> Iterator[tuple[Node, str]]:
    """Yield what a call runs: functions called or handed over, objects, and files named to it."""
    if function is not None:
        yield function, f"calls {function.unit or function.path}"
    last = call.name.rpartition(".")[2]
    if last == _WRITES:
        return
    for key, name in call.references.items():
        target = objects.named(name, path, known) if key.partition(".")[0] not in _WHEN else None
        if target is not None:
            yield target, f"calls {target.unit or target.path}"
    read, runs_module = known.variables.called, "run" in last and "module" in last
    for key, written in call.arguments.items() if not _handles_files(call.name) else ():
        text = (read and objects.text(call, key, path, known)) or written
        names = runs_module or text.endswith(RUNNABLE) or key in _IMAGES
        found = _named(text, key, call, path, known) if names else None
        if found:
            yield Node(found, ""), f"{call.name} runs {text}"


def _handles_files(name: str) -> bool:
    """Tell whether a function only reads, copies, joins or writes down the names that it is given, or their files."""
    if name in READING or name in _ON_FILES or name.startswith(_OF_FILES):
        return True
    words = name.rpartition(".")[2].split("_")
    return words[0] in _HANDLING and words[-1] in _HANDLED


def _named(text: str, key: str, call: kinds.Call, path: str, known: Places) -> str | None:
    """Return the file that the text of an argument names: a path, an image, a module where the call runs modules."""
    if is_runnable(text) and " " not in text:
        return _file(text, call, path, known)
    if key in _IMAGES and not _starts_another(call.arguments):
        return known.images.get(image_name(text))
    last = call.name.rpartition(".")[2]
    if "run" in last and "module" in last:
        found = known.modules.resolve(text, path)
        return found[0] if found and not found[1] else None
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
