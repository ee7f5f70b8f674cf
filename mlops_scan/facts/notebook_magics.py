"""Magics and commands of notebooks: the lines of their cells that are no Python.

Sources: https://ipython.readthedocs.io/en/stable/interactive/reference.html#system-shell-access and
https://docs.databricks.com/aws/en/notebooks/notebooks-code#mix-languages
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHELL_CELLS = ("%%bash", "%%sh", "%%script bash", "%%shell")
_PYTHON_CELLS = ("%%time", "%%capture", "%%prun")
# on a line of their own these make the whole cell one of another language, where Databricks runs it
_SHELL = "%sh"
_OTHERS = frozenset({"%sql", "%md", "%scala", "%r", "%fs", _SHELL})
_MAGIC = ("!", "%", "?")
_FURTHER = "\\"


def plain(lines: list[str], before: int, commands: list[tuple[int, str]]) -> Iterator[str]:
    """Yield the lines of a cell with magics blanked; commands among them are noted with their number from 1."""
    cell = lines[0].strip() if lines else ""
    if cell.startswith("%%") or cell in _OTHERS:
        if cell.startswith(_SHELL_CELLS) or cell == _SHELL:
            commands.extend((before + number, line) for number, line in enumerate(lines[1:], 2))
        yield from ("", *lines[1:]) if cell.startswith(_PYTHON_CELLS) else ("" for _ in lines)
        return
    for number, line, more in _joined(_dedented(lines)):
        stripped, indent = line.strip(), line[: len(line) - len(line.lstrip())]
        name, asked = _given_back(stripped)
        if asked.startswith("!"):
            commands.append((before + number, asked[1:]))
        elif asked.startswith("%run "):
            commands.append((before + number, f"python {asked[5:]}"))
        magic = stripped.startswith(_MAGIC) or stripped.endswith("?")
        yield f"{indent}{name}= ..." if name else f"{indent}pass" if magic else line
        yield from [""] * more


def _dedented(lines: list[str]) -> list[str]:
    """Return the lines of a cell without the indentation of its first one, as a kernel runs them."""
    first = next((line for line in lines if line.strip()), "")
    space = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(space) for line in lines] if space else lines


def _joined(lines: list[str]) -> Iterator[tuple[int, str, int]]:
    """Yield lines by their number from 1; a magic that goes on behind a backslash as one, with how many follow."""
    number = 0
    while number < len(lines):
        first, parts = number, [lines[number]]
        magic = _given_back(lines[number].strip())[1].startswith(_MAGIC)
        while magic and parts[-1].rstrip().endswith(_FURTHER) and number + 1 < len(lines):
            number += 1
            parts[-1] = parts[-1].rstrip().removesuffix(_FURTHER).rstrip()
            parts.append(lines[number].strip())
        yield first + 1, " ".join(parts), number - first
        number += 1


def _given_back(line: str) -> tuple[str, str]:
    """Return the name, if any, that a line gives the output of a magic (``files = !ls``), and what it asks for."""
    name, _, rest = line.partition("=")
    rest = rest.lstrip()
    told = rest.startswith(("!", "%")) and all(part.strip().isidentifier() for part in name.split(","))
    return (name, rest) if told else ("", line)
