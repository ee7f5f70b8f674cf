"""Reads Dockerfiles: what an image is built from, what building runs, and what the container runs.

Sources of the format: https://docs.docker.com/reference/dockerfile/ and, for the program that a variable names,
https://docs.aws.amazon.com/sagemaker/latest/dg/adapt-training-container.html and
https://flask.palletsprojects.com/en/stable/cli/
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts import docker_stages, shell
from mlops_scan.facts.kinds import Command, Copied, Image, Reading, Setting, Unit
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = (
    "Dockerfile",
    "dockerfile",
    "Dockerfile.*",
    "Dockerfile-*",
    "dockerfile.*",
    "dockerfile-*",
    "*.Dockerfile",
    "*.dockerfile",
    "*_Dockerfile",
    "Dockerfile_*",
    "dockerfile_*",
    "Containerfile",
)

BUILD = "build"
WORKDIR = "WORKDIR"
_KEPT = frozenset({"HEALTHCHECK", "EXPOSE", "COPY", "ADD", "USER"})
# what SageMaker runs in an image that starts nothing by itself
_PROGRAM = "SAGEMAKER_PROGRAM"
# and where no variable names a program: those of these names, in a folder of code that it finds programs in
_FOUND, _NAMES = "PATH", ("train", "serve")
# the application that a command starts which names none
_APPLICATION, _STARTER = "FLASK_APP", "flask run"
_BEFORE = frozenset({"", "python -m ", "python3 -m "})
_COPYING = frozenset({"COPY", "ADD"})
_ELSEWHERE = "--from="
_VARIABLE = re.compile(r"\$\{?(\w+)(?::-([^}]*))?\}?")


class Instruction(NamedTuple):
    """One instruction: its line, its word in capitals, and the text behind it."""

    line: int
    word: str
    text: str


def read(path: str, data: bytes) -> Reading:  # noqa: ARG001 - all readers take both
    """State the images, build commands and start command of a Dockerfile."""
    instructions = tuple(_instructions(decode(data)))
    if not any(instruction.word == "FROM" for instruction in instructions):
        return Reading()
    first = instructions[0].line
    units = (Unit(line=first, name="", kind="container"), Unit(line=first, name=BUILD, kind="image-build"))
    return Reading((*units, *_built(instructions), *_laid_out(instructions), *_started(instructions)))


def _instructions(text: str) -> Iterator[Instruction]:
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        first, line = number, lines[number].strip()
        number += 1
        if not line or line.startswith("#"):
            continue
        while line.endswith("\\") and number < len(lines):
            following = lines[number].strip()
            number += 1
            line = line if following.startswith("#") else f"{line[:-1].rstrip()} \\\n{following}"
        word, _, rest = line.partition(" ")
        yield Instruction(first + 1, word.upper(), rest.strip())


def _built(instructions: tuple[Instruction, ...]) -> Iterator[Fact]:
    arguments: dict[str, str] = {}
    stages: set[str] = set()
    for line, word, text in instructions:
        if word == "ARG":
            name, _, value = text.partition("=")
            arguments[name.strip()] = value.strip().strip("\"'")
        elif word == "FROM":
            words = [part for part in text.split() if not part.startswith("--")]
            if words and words[0] not in stages:
                yield Image(line=line, name=filled(words[0], arguments), unit=BUILD)
            stages.update(words[2:3] if [word.upper() for word in words[1:2]] == ["AS"] else ())
        elif word == "RUN":
            yield from shell.facts(_words(_without_options(text)), line, BUILD)
        elif word in _KEPT:
            yield Setting(line=line, key=word, value=text)


def _laid_out(instructions: tuple[Instruction, ...]) -> Iterator[Fact]:
    """Yield the folders that the image works in, and what it holds of the build's context."""
    values: dict[str, str] = {}
    here = "/"
    for line, word, text in instructions:
        if word in {"ARG", "ENV"}:
            values.update(_assigned(text, values))
        elif word == WORKDIR:
            here = posixpath.join(here, filled(text.strip("\"'"), values))
            yield Setting(line=line, key=word, value=here)
        elif word in _COPYING and _ELSEWHERE not in text:
            *sources, target = [part for part in filled(_words(text), values).split() if not part.startswith("--")] or [
                ""
            ]
            if target.startswith("$"):  # the image that it is made from says where, most likely where it works
                target = _VARIABLE.sub("", target, count=1).lstrip("/")
            for source in sources:
                yield Copied(line, source, posixpath.normpath(posixpath.join(here, target)))


def _assigned(text: str, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the names that ARG or ENV gives a value: ``NAME=value OTHER=value``, or ``NAME value``."""
    words = text.split()
    pairs = [word.partition("=") for word in words] if "=" in text else [("".join(words[:1]), "=", " ".join(words[1:]))]
    yield from ((name, filled(value.strip("\"'"), values)) for name, _, value in pairs if value)


def _without_options(text: str) -> str:
    """Take ``--mount=…`` and its like off the front of a RUN instruction, keeping its lines."""
    while text.lstrip(" \\\n").startswith("--"):
        option, blank, rest = text.lstrip(" \\\n").partition(" ")
        text = rest if blank and "\n" not in option else option.partition("\n")[2]
    return text


def filled(text: str, arguments: dict[str, str]) -> str:
    """Return text with the values of its variables, ``$NAME`` or ``${NAME:-default}``; unknown ones stay as written."""
    return _VARIABLE.sub(lambda found: arguments.get(found[1]) or found[2] or found[0], text)


def _started(instructions: tuple[Instruction, ...]) -> Iterator[Fact]:
    """Yield what the container runs: ENTRYPOINT with CMD behind it, or CMD."""
    image = docker_stages.running(instructions)
    by_word = {instruction.word: instruction for instruction in image}
    entry, command = by_word.get("ENTRYPOINT"), by_word.get("CMD")
    shown = entry or command
    if shown is None:
        yield from _by_variable(image) or _by_name(image)
        return
    parts = [_words(part.text) for part in (entry, command) if part is not None]
    application = _variable(image, _APPLICATION)
    for found in shell.facts(" ".join(parts), shown.line):
        named = _named(found, application) if application and isinstance(found, Command) else found
        yield msgspec.structs.replace(named, line=shown.line)


def _named(command: Command, application: str) -> Command:
    """Return a command with the application that it starts, where it is one that a variable tells which."""
    before, starter, behind = command.run.partition(_STARTER)
    if before not in _BEFORE or not starter:
        return command
    return msgspec.structs.replace(command, run=f"{before}flask --app {application} run{behind}")


def _variable(instructions: tuple[Instruction, ...], name: str) -> str:
    """Return what a variable of the environment holds in the end."""
    assigned = (dict(_assigned(text, {})) for _, word, text in instructions if word == "ENV")
    return next((values[name] for values in reversed(list(assigned)) if name in values), "")


def _by_variable(instructions: tuple[Instruction, ...]) -> tuple[Fact, ...]:
    """Return the program that a variable of the environment names."""
    return tuple(
        fact
        for line, word, text in instructions
        if word == "ENV" and (program := dict(_assigned(text, {})).get(_PROGRAM))
        for fact in shell.facts(f"python {program}", line)
    )


def _by_name(instructions: tuple[Instruction, ...]) -> Iterator[Fact]:
    """Yield the programs of known names in the folders of the repository's code that are on the path of programs."""
    copied = {fact.target for fact in _laid_out(instructions) if isinstance(fact, Copied)}
    for line, word, text in instructions:
        folders = dict(_assigned(text, {})).get(_FOUND, "") if word == "ENV" else ""
        for folder in folders.split(":"):
            if posixpath.normpath(folder) in copied:
                for name in _NAMES:
                    yield from shell.facts(posixpath.join(folder, name), line)


def _words(text: str) -> str:
    """Return the exec form (a JSON list) as one line; the shell form as it is."""
    if text.startswith("["):
        try:
            words = msgspec.json.decode(text.replace("\\\n", " ").encode(), type=list[str])
        except (msgspec.DecodeError, ValueError):
            return text
        return " ".join(_quoted(word) if " " in word else word for word in words)
    return text


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
