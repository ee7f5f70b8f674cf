"""Reads the templates of Helm charts as YAML: Go actions stand aside, and the lines keep their numbers.

An action inside a line becomes a word that the parser leaves alone, and its own text again afterwards:
``weight: {{ .Values.weight.blue }}``. A line of nothing but actions (``{{- if … }}``, ``{{- toYaml … | nindent 4 }}``)
is left out, because only the values know what it makes. What stands between ``if`` and ``end`` is read, and a
`Conditional` says by which value it stands.

Source of the format: https://helm.sh/docs/chart_template_guide/ and https://pkg.go.dev/text/template
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.kinds import Conditional
from mlops_scan.facts.node import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (".Values.", ".Release.", ".Chart.", 'include "')
_OPENING = frozenset({"if", "with", "range", "define", "block"})
_SILENT = _OPENING | {"else", "end", "template", "break", "continue"}
_LEFT, _RIGHT = "\ue000", "\ue001"


class Rendered(NamedTuple):
    """A template as YAML, the actions by the number that stands for each, and what stands only under a condition."""

    text: str
    actions: tuple[str, ...]
    conditionals: tuple[Conditional, ...]


class Action(NamedTuple):
    """An action with the text before it: what it says without its braces, and how many lines it takes up."""

    before: str
    body: str
    line: int
    lines: int


def is_template(path: str, text: str) -> bool:
    """Tell whether a file is a template of a chart: it lies in ``templates/`` and asks for what Helm hands over."""
    return "templates" in path.split("/")[:-1] and "{{" in text and any(mark in text for mark in _MARKS)


def render(text: str) -> Rendered:
    """Return a template as YAML that a parser can read."""
    kept: list[str] = []
    parts: list[str] = []
    found = list(actions(text))
    for action in found:
        parts.append(action.before)
        parts.append(_instead(action, kept))
    lines = "".join(parts).split("\n")
    return Rendered("\n".join(_line(line, kept) for line in lines), tuple(kept), tuple(_conditionals(found)))


def restore(node: Node, actions: tuple[str, ...]) -> Node:
    """Return a document with its actions in place of the words that stood for them."""
    if isinstance(node.value, str):
        return Node(node.line, _restored(node.value, actions)) if _LEFT in node.value else node
    if isinstance(node.value, tuple):
        return Node(node.line, tuple(restore(item, actions) for item in node.value))
    return Node(node.line, {_restored(key, actions): restore(below, actions) for key, below in node.value.items()})


def actions(text: str) -> Iterator[Action]:
    """Yield every action, and last what follows the last one."""
    place, line = 0, 1
    while (start := text.find("{{", place)) >= 0:
        end = _end(text, start + 2)
        before, inside = text[place:start], text[start + 2 : end]
        line += before.count("\n")
        yield Action(before, inside.removeprefix("-").removesuffix("-").strip(), line, inside.count("\n"))
        line += inside.count("\n")
        place = end + 2
    yield Action(text[place:], "/", line, 0)


def _end(text: str, place: int) -> int:
    """Return where an action's closing braces stand, outside its strings and comments."""
    while place < len(text):
        if text.startswith("}}", place):
            return place
        if text.startswith("/*", place):
            place = _after(text, "*/", place + 2)
        elif text[place] in '"`':
            place = _after_string(text, place)
        else:
            place += 1
    return len(text)


def _after_string(text: str, place: int) -> int:
    quote, place = text[place], place + 1
    while place < len(text) and text[place] != quote:
        place += 2 if quote == '"' and text[place] == "\\" else 1
    return place + 1


def _after(text: str, mark: str, place: int) -> int:
    found = text.find(mark, place)
    return len(text) if found < 0 else found + len(mark)


def _instead(action: Action, kept: list[str]) -> str:
    """Return what stands for an action; its line ends stay."""
    body, ends = action.body, "\n" * action.lines
    word = body.partition(" ")[0]
    assigns = ":=" in body or (word.startswith("$") and " = " in body)
    if word in _SILENT or assigns or body.startswith("/") or "nindent " in body:  # nindent makes lines below the key
        return ends
    literal = body[1:-1] if len(body) > 1 and body[0] == body[-1] and body[0] in '"`' else ""
    kept.append(literal or f"{{{{ {' '.join(body.split())} }}}}")
    return f"{_LEFT}{len(kept) - 1}{_RIGHT}{ends}"


def _line(line: str, kept: list[str]) -> str:
    """Return a line, or nothing where it held actions only."""
    bare = line.strip()
    alone = bare.startswith(_LEFT) and bare.endswith(_RIGHT) and bare.count(_LEFT) == 1
    return "" if alone and kept[int(bare[1:-1])].startswith("{{") else line


def _restored(text: str, actions: tuple[str, ...]) -> str:
    first, *rest = text.split(_LEFT)
    parts = [part.partition(_RIGHT) for part in rest]
    return first + "".join(
        (actions[int(number)] if number.isdigit() and int(number) < len(actions) else number) + after
        for number, _, after in parts
    )


def _conditionals(actions: list[Action]) -> Iterator[Conditional]:
    """Yield the lines from ``if`` or ``with`` to their ``else`` or ``end``, with the condition."""
    opened: list[tuple[int, str]] = []
    for action in actions:
        word, _, rest = action.body.partition(" ")
        if word in _OPENING:
            opened.append((action.line, rest.strip() if word in {"if", "with"} else ""))
        elif word in {"else", "end"} and opened:
            line, condition = opened.pop()
            if condition and action.line > line + 1:
                yield Conditional(line=line, end=action.line, condition=condition)
            if word == "else":
                opened.append((action.line, _otherwise(condition, rest.strip())))


def _otherwise(condition: str, rest: str) -> str:
    """Return the condition of an ``else`` branch; of an ``else if``, its own."""
    if rest.startswith(("if ", "with ")):
        return rest.partition(" ")[2].strip()
    return f"not ({condition})" if condition else ""
