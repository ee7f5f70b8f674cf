"""Which units a command starts: scripts, modules, subcommands, and what programs of their own start."""

from __future__ import annotations

import itertools
import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Missing, Node
from mlops_scan.chains.programs import PROGRAMS, tasks
from mlops_scan.chains.words import HANDLERS, is_runnable, options
from mlops_scan.facts.rehearsals import rehearses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains.places import Places
    from mlops_scan.facts.kinds import Command

# the application that Flask starts where it is told of none
_FLASK, _APPLICATIONS = "flask", ("wsgi", "app")
# how shells and makefiles write the folder that a program runs in
_HERE = ("$PWD/", "${PWD}/", "$(pwd)/", "$(PWD)/", "$(CURDIR)/")
# runs the programs that its settings name
_SUPERVISOR, _SETTINGS = "supervisord", (".conf", ".ini")
# servers that know what to take of a module, and their options that take no value
_SERVERS = frozenset({"gunicorn"})
_FLAGS = frozenset({"--daemon", "-D", "--preload", "--reload", "--capture-output", "--no-sendfile"})
_SCRIPTS = (".sh", ".bash")
# programs that run compiled classes by their dotted names, and what these are compiled from
_MACHINES, _SOURCES = (
    frozenset({"java", "scala", "spark-submit", "spark2-submit", "spark3-submit"}),
    (".scala", ".java", ".kt"),
)
_MODULE_OPTIONS = frozenset({"-n", "--module-name"})
_INTERPRETERS = frozenset({"python", "python3", "bash", "sh", "source", ".", "Rscript", "julia", "papermill"})
# what stands before the function that a runtime of functions is given: nothing where the image starts the runtime
_RUNTIMES: tuple[list[str], ...] = ([], ["awslambdaric"])
_MANAGER, _MANAGED, _HANDLE = "manage.py", "/management/commands", "Command.handle"
_TASK_RUNNERS = frozenset(
    {"poe", "pdm", "npm", "yarn", "pnpm", "hatch", "mise", "task", "invoke", "inv", "just", "pixi"}
)


def started(command: Command, path: str, places: Places, *, in_image: bool) -> Iterator[Node | Missing]:
    """Yield the units that a command of a file starts, at most one for each of its words, and what is not there."""
    if rehearses(command.run):
        return
    run = command.run if "$" not in command.run else places.variables.filled(path, command.run)
    words = [_from_here(word) for word in run.split(" ")]
    program = posixpath.basename(words[0])
    beside = posixpath.dirname(path)
    directories = tuple(
        dict.fromkeys((command.directory, posixpath.normpath(posixpath.join(beside, command.directory)), beside, ""))
    )
    handler = PROGRAMS.get(program)
    if handler is not None:
        yield from handler(words[1:], directories, places)
    elif program in _TASK_RUNNERS:
        yield from tasks(program, words[1:], directories, places)
    elif ":" in words[0] and words[0].partition(":")[2] in places.named:
        yield from tasks("", words, directories, places)
    elif words[0] in places.named:
        yield from _console_script(words, places)
        yield from _driven(words, directories, places)
    elif program not in HANDLERS:
        image = places.copies.image(path, command.unit) if in_image else ""
        yield from _files(words, image, directories, places)
        yield from _driven(words, directories, places)
        yield from _server(words, image, directories, places)
        yield from _class(words, program, places)
        if not in_image and path.endswith(_SCRIPTS):
            yield from _inside(words, path, places)
        if not in_image and (program in _INTERPRETERS or words[0].startswith("./")):
            yield from _missing(words, directories, places)


def _files(words: list[str], image: str, directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow every word that is a file which can run, or a module named by ``-m`` or ``module:attribute``.

    ``image`` is by what the files of an image are found, empty outside of any.
    """
    settings = _SETTINGS if posixpath.basename(words[0]) == _SUPERVISOR else ()
    for number, whole in enumerate(words):
        word = _from_here(whole.partition("=")[2]) if whole.startswith("--") else whole
        if (is_runnable(word) or word.endswith(settings)) and not word.startswith("-"):
            found = _copied(word, image, places) or places.file(word, directories, anywhere=bool(image))
            if found:
                yield from _program(found, words[number + 1 :], places)
                yield from _pages(found, words[:number], places)
        elif number and words[number - 1] == "-m":
            known = _copied_module(word, image, places) or _module(word, directories, places)
            module = known or (_module_elsewhere(word, places) if image else None)
            if module:
                yield from _program(module, words[number + 1 :], places)
        elif ":" in word and "/" not in word and "." not in word.partition(":")[2]:
            yield from (Node(path, "") for path in _served(word.partition(":")[0], image, directories, places))
        elif image and word is words[-1] and _starts_runtime(words[:number]):
            yield from _handler(word, image, directories, places)


def _from_here(word: str) -> str:
    """Return a path as it is seen from the folder that a program runs in, where it begins with that folder."""
    return next((word[len(here) :] for here in _HERE if word.startswith(here)), word)


def _pages(path: str, before: list[str], places: Places) -> Iterator[Node]:
    """Yield the pages that Streamlit shows with an application: it runs what lies in a folder of that name beside it.

    Source: https://docs.streamlit.io/develop/concepts/multipage-apps/pages-directory
    """
    if before[-2:] == ["streamlit", "run"]:
        folder = posixpath.join(posixpath.dirname(path), "pages")
        yield from (Node(page, "") for page in places.folders.get(folder, ()) if page.endswith(".py"))


def _starts_runtime(before: list[str]) -> bool:
    """Tell whether a runtime of functions takes the word behind these; an image may start it by a script of its own."""
    return before[-1:] in _RUNTIMES or (len(before) == 1 and before[0].endswith(".sh"))


def _server(words: list[str], image: str, directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow servers that are given less than a file, or a name in a module."""
    if posixpath.basename(words[0]) in _SERVERS:
        yield from _application(words, image, directories, places)
    elif _FLASK in words[:3] and "run" in words:
        yield from _flask(words, image, directories, places)


def _application(words: list[str], image: str, directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow a server to the module that it is given without a name in it: its object ``application`` is meant."""
    for before, word in itertools.pairwise(words):
        value = before.startswith("-") and "=" not in before and before not in _FLAGS
        if not value and not word.startswith("-") and ":" not in word:
            yield from (Node(path, "") for path in _served(word, image, directories, places))


def _flask(words: list[str], image: str, directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``flask --app name run`` to the module of that name; the others are files and need no telling.

    Source: https://flask.palletsprojects.com/en/stable/cli/#application-discovery
    """
    named = options(words, "--app", "-A")
    meant = (list(_served(name, image, directories, places)) for name in named or _APPLICATIONS)
    yield from (Node(path, "") for path in next((found for found in meant if found), [])[:1])


def _class(words: list[str], program: str, places: Places) -> Iterator[Node]:
    """Follow the class that a virtual machine is told to run: compilers want it in the folders of its package.

    Source: https://spark.apache.org/docs/latest/submitting-applications.html
    """
    for word in words[1:] if program in _MACHINES else ():
        name = word.rpartition("=")[2]
        stem = name.replace(".", "/") if "/" not in name else ""
        found = (places.file(f"{stem}{ending}", (), anywhere=True) for ending in _SOURCES if "/" in stem)
        yield from (Node(path, "") for path in list(filter(None, found))[:1])


def _inside(words: list[str], path: str, places: Places) -> Iterator[Node]:
    """Follow absolute paths in a script to the files that an image holds there: an entry point is written for one."""
    for number, word in enumerate(words):
        found = _copied(word, path, places) if word.startswith("/") and is_runnable(word) else None
        if found:
            yield from _program(found, words[number + 1 :], places)


def _served(name: str, image: str, directories: tuple[str, ...], places: Places) -> Iterator[str]:
    """Yield the files that may be the module whose object a server is given."""
    copied = _copied_module(name, image, places)
    if copied:
        yield copied
        return
    meant = (
        _module(name, directories, places),
        places.file(f"{name.replace('.', '/')}.py", (), anywhere=bool(image)),
    )
    yield from (path for path in dict.fromkeys(meant) if path)


def _handler(name: str, image: str, directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``module.function``, all that an image tells the runtime in it: the module loads, the function answers."""
    module, _, function = name.rpartition(".")
    for path in _served(module, image, directories, places) if module else ():
        if function in places.units.get(path, ()):
            yield from (Node(path, ""), Node(path, function))


def _copied(word: str, image: str, places: Places) -> str | None:
    """Return the file that a path in an image was copied from."""
    return places.copies.find(word, image) if image else None


def _copied_module(name: str, image: str, places: Places) -> str | None:
    stem = name.replace(".", "/")
    return _copied(f"{stem}/__main__.py", image, places) or _copied(f"{stem}.py", image, places)


def _module(name: str, directories: tuple[str, ...], places: Places) -> str | None:
    """Return the file that ``python -m`` runs for a module or package of the repository."""
    for directory in directories:
        for candidate in (f"{name}.__main__", name):
            found = places.modules.resolve(candidate, posixpath.join(directory, "x"))
            if found and not found[1]:
                return found[0]
    return None


def _module_elsewhere(name: str, places: Places) -> str | None:
    """Return the one file that a module of a package can be, where it is not known from where Python runs."""
    stem = name.replace(".", "/")
    found = (places.file(f"{stem}{ending}", (), anywhere=True) for ending in (".py", "/__main__.py"))
    return next(filter(None, found), None) if "/" in stem else None


def _program(path: str, words: list[str], places: Places) -> Iterator[Node]:
    """Yield the subcommands that the words behind a program name, or the whole program where they name none."""
    own = _management(words[0], places) if words and posixpath.basename(path) == _MANAGER else ()
    yield from own or _subcommands(path, words, places) or (Node(path, ""),)


def _management(word: str, places: Places) -> tuple[Node, ...]:
    """Return the commands of this name that applications of Django have.

    Source: https://docs.djangoproject.com/en/stable/howto/custom-management-commands/
    """
    files = (path for path in places.called.get(f"{word}.py", ()) if f"/{path}".endswith(f"{_MANAGED}/{word}.py"))
    return tuple(Node(path, _HANDLE) for path in files if _HANDLE in places.units.get(path, ()))


def _subcommands(path: str, words: list[str], places: Places) -> tuple[Node, ...]:
    """Return the functions of a file, or of a group that it takes in, that words name."""
    path, words = places.commands.named(path, words)
    known = places.commands.functions.get(path, {})
    units = places.units.get(path, frozenset())
    found: list[Node] = []
    for word in words:
        if word in known:
            found.append(known[word])
        if not word.startswith("-"):
            name = word.replace("-", "_")
            likely = (name, f"cmd_{name}", f"{name}_command", f"{name}_cmd", f"run_{name}")
            found.extend(Node(path, unit) for unit in likely if unit in units)
    return tuple(dict.fromkeys(found))


def _console_script(words: list[str], places: Places) -> Iterator[Node]:
    """Follow a console script to the subcommand that the words behind it name, else to what it runs."""
    behind = (_subcommands(path, words[1:], places) for path in places.scripts.get(words[0], ()))
    yield from next((found for found in behind if found), places.named[words[0]])


def _driven(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow the module whose ``get_pipeline`` a driver runs, as the templates of SageMaker projects have it."""
    for name, word in itertools.pairwise(words):
        path = _module(word, directories, places) if name in _MODULE_OPTIONS else None
        if path and "get_pipeline" in places.units.get(path, ()):
            yield Node(path, "get_pipeline")


def _missing(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Missing]:
    """Tell of a script or module that an interpreter is given and the repository does not have."""
    word, module = _given(words)
    if module:
        top = word.partition(".")[0]
        ours = any(places.modules.resolve(top, posixpath.join(directory, "x")) for directory in directories)
        if ours and not _module(word, directories, places):
            yield Missing(f"there is no module {word} here", sure=True)
    elif "$" in word or "{{" in word:
        yield Missing(f"{word} is not known here", sure=False)
    elif is_runnable(word) and not word.startswith(("/", "~")) and "*" not in word:
        paths = {posixpath.normpath(posixpath.join(directory, word)) for directory in directories}
        if paths.isdisjoint(places.everything):
            yield Missing(f"there is no file {word} here", sure=places.absent(word))


def _given(words: list[str]) -> tuple[str, bool]:
    """Return the program that an interpreter is given, and whether it is a module."""
    if words[0].startswith("./"):
        return words[0], False
    for number, word in enumerate(words[1:], 1):
        if word == "-m":
            return (words[number + 1] if number + 1 < len(words) else ""), True
        if not word.startswith("-"):
            return word, False
        if word == "-c":
            break
    return "", False
