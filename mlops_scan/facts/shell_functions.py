"""Functions of shell texts: one that nothing calls does not run."""

from __future__ import annotations

from typing import NamedTuple

_NOT_COMMANDS = ("#", "set ", "source ", ". ", "export ", "readonly ", "declare ", "local ", "shopt ")
_DISPATCHING = ('"$@"', '"$1"', "$1 ", "$@", '"${1', "${1", '"$cmd"', "$cmd")


_FIRST, _ALL = frozenset({"$1", "${1}"}), frozenset({"$@", "$*", "${@}", "${*}"})
_SAYING = frozenset({"echo", "printf", "log", "local"})


class _Body(NamedTuple):
    """A function with its first and last line, from 0."""

    name: str
    first: int
    last: int


def without_unused(text: str) -> str:
    """Blank the functions that a text defines and never names again; what defines functions only is for others."""
    if "()" not in text and "function " not in text:
        return text
    lines = text.split("\n")
    bodies = _bodies(lines)
    inside = {number for body in bodies for number in range(body.first, body.last + 1)}
    outside = [line.strip() for number, line in enumerate(lines) if number not in inside]
    if not any(map(_is_command, outside)) or any(line.startswith(_DISPATCHING) for line in outside):
        return text
    unused = [body for body in bodies if not _is_named(body, lines)]
    gone = {number for body in unused for number in range(body.first, body.last + 1)}
    return "\n".join("" if number in gone else line for number, line in enumerate(lines))


def passing_on(text: str) -> dict[str, str]:
    """Return the functions of a text that run what they are given, with the line of each that does so."""
    if "()" not in text and "function " not in text:
        return {}
    lines = text.split("\n")
    found: dict[str, str] = {}
    for body in _bodies(lines):
        inside = [line.strip() for line in lines[body.first + 1 : body.last]]
        running = [line for line in inside if _names_arguments(line)]
        if len(running) == 1:
            found[body.name] = running[0]
    return found


def leaving(text: str) -> frozenset[str]:
    """Return the functions of a text that leave a program in the background."""
    if "()" not in text and "function " not in text:
        return frozenset()
    lines = text.split("\n")
    return frozenset(body.name for body in _bodies(lines) if any(map(_leaves, lines[body.first + 1 : body.last])))


def _leaves(line: str) -> bool:
    return line.rstrip().endswith("&") and not line.rstrip().endswith("&&")


def _names_arguments(line: str) -> bool:
    first = line.partition(" ")[0]
    named = "$@" in line or "$*" in line or '$1"' in line or line.endswith("$1")
    return named and first not in _SAYING and "=" not in first


def given(words: list[str], arguments: list[str]) -> list[str]:
    """Return the words of a function's line with its arguments in their places; none where it runs none of them."""
    if _FIRST.union(_ALL).isdisjoint(words):
        return []
    pairs = ((word, arguments if word in _ALL else arguments[:1] if word in _FIRST else [word]) for word in words)
    return [part for _, parts in pairs for part in parts]


def _bodies(lines: list[str]) -> list[_Body]:
    """Return the functions whose braces stand at the ends and starts of lines, as they are usually written."""
    found: list[_Body] = []
    for number, line in enumerate(lines):
        head = line.strip()
        name = head.removeprefix("function ").partition("(")[0].partition("{")[0].strip()
        opens = head.endswith("{") and (head.startswith("function ") or "()" in head)
        if opens and name and " " not in name:
            indent = line[: len(line) - len(line.lstrip())]
            last = next((n for n in range(number + 1, len(lines)) if lines[n].rstrip() == f"{indent}}}"), None)
            found.extend([_Body(name, number, last)] if last is not None else [])
    return found


def _is_command(line: str) -> bool:
    assigns = "=" in line and line.partition("=")[0].isidentifier()
    return bool(line) and not line.startswith(_NOT_COMMANDS) and not assigns


def _is_named(body: _Body, lines: list[str]) -> bool:
    for number, line in enumerate(lines):
        if not body.first <= number <= body.last:
            words = "".join(letter if letter.isalnum() or letter in "_-." else " " for letter in line).split()
            if body.name in words:
                return True
    return False
