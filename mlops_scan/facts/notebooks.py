"""Reads notebooks: the source of code cells, without outputs.

Format 4 is decoded straight into the few fields that matter; older formats go through nbformat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from mlops_scan.facts import r_code, shell
from mlops_scan.facts.kinds import Diagnostic, Reading, Unit
from mlops_scan.facts.python_source import python_facts
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact

READS = ("*.ipynb",)

_SHELL_CELLS = ("%%bash", "%%sh", "%%script bash", "%%shell")


class _Cell(msgspec.Struct):
    cell_type: str = ""
    source: str | list[str] = ""


class _Kernel(msgspec.Struct):
    language: str = "python"


class _Metadata(msgspec.Struct):
    kernelspec: _Kernel | None = None
    language_info: dict[str, Any] | None = None


class _Notebook(msgspec.Struct):
    nbformat: int = 4
    cells: list[_Cell] | None = None
    metadata: _Metadata | None = None


def read(path: str, data: bytes) -> Reading:
    """State the facts of a notebook's code cells, on the lines of the notebook file."""
    text = decode(data)
    try:
        notebook = msgspec.json.decode(text.encode(), type=_Notebook)
        cells = notebook.cells if notebook.nbformat >= 4 and notebook.cells is not None else _older(text)  # noqa: PLR2004 - the format's own number
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        return Reading((), (Diagnostic(path, 0, f"not read as a notebook: {str(error).split(chr(10), 1)[0]}"),))
    sources = [_source(cell) for cell in cells if cell.cell_type == "code"]
    if _language(notebook) == "r":
        return r_code.read(path, "\n".join(sources).encode())
    return _python(path, sources, text)


def _source(cell: _Cell) -> str:
    return cell.source if isinstance(cell.source, str) else "".join(cell.source)


def _language(notebook: _Notebook) -> str:
    metadata = notebook.metadata
    kernel = metadata.kernelspec.language if metadata and metadata.kernelspec else "python"
    return kernel.lower()


def _older(text: str) -> list[_Cell]:
    """Return the cells of a format before 4. Raises ValueError for what nbformat cannot read either."""
    import nbformat

    try:
        notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    except Exception as error:
        message = f"older than format 4, and nbformat cannot read it: {type(error).__name__}"
        raise ValueError(message) from error
    return [_Cell(cell.cell_type, cell.source) for cell in notebook.cells]


def _python(path: str, sources: list[str], text: str) -> Reading:
    lines: list[str] = []
    commands: list[tuple[int, str]] = []
    for source in sources:
        lines.extend(list(_plain(source.split("\n"), len(lines), commands)))
    places = _Places(text, [line for source in sources for line in source.split("\n")])
    reading = python_facts("\n".join(lines), path)
    if reading.diagnostics:
        reading = _cell_by_cell(path, sources)
    facts: list[Fact] = [_placed(fact, places) for fact in reading.facts]
    facts.extend(_placed(c, places) for number, command in commands for c in shell.commands(command, number))
    whole = (Unit(line=1, name="", kind="notebook"),) if facts else ()
    return Reading((*whole, *facts), reading.diagnostics)


def _plain(lines: list[str], before: int, commands: list[tuple[int, str]]) -> Iterator[str]:
    """Yield the lines of a cell with magics blanked; commands among them are noted with their number from 1."""
    cell = lines[0].strip() if lines else ""
    if cell.startswith("%%"):
        if cell.startswith(_SHELL_CELLS):
            commands.extend((before + number, line) for number, line in enumerate(lines[1:], 2))
        python = cell.startswith(("%%time", "%%capture", "%%prun"))
        yield from ("", *lines[1:]) if python else ("" for _ in lines)
        return
    for number, line in enumerate(_dedented(lines), 1):
        stripped = line.lstrip()
        if stripped.startswith("!"):
            commands.append((before + number, stripped[1:]))
        elif stripped.startswith("%run "):
            commands.append((before + number, f"python {stripped[5:]}"))
        magic = stripped.startswith(("!", "%", "?")) or stripped.endswith("?")
        yield line[: len(line) - len(stripped)] + "pass" if magic else line


def _dedented(lines: list[str]) -> list[str]:
    """Return the lines of a cell without the indentation of its first one, as a kernel runs them."""
    first = next((line for line in lines if line.strip()), "")
    space = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(space) for line in lines] if space else lines


def _cell_by_cell(path: str, sources: list[str]) -> Reading:
    """Read every cell alone, so that one that is not Python loses only itself."""
    facts: list[Fact] = []
    wrong: list[Diagnostic] = []
    before = 0
    good: list[str] = []
    for source in sources:
        lines = list(_plain(source.split("\n"), 0, []))
        alone = python_facts("\n".join(lines), path)
        wrong.extend(msgspec.structs.replace(d, line=0) for d in alone.diagnostics)
        good.extend(lines if not alone.diagnostics else [""] * len(lines))
        before += len(lines)
    facts.extend(python_facts("\n".join(good), path).facts)
    return Reading(tuple(facts), tuple(wrong[:1]))


class _Places:
    """Finds the line of the notebook file on which a line of source stands, searching forward."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self.lines = lines
        self.found = self._search(text)

    def _search(self, text: str) -> list[int]:
        found: list[int] = []
        position, line = 0, 1
        for source in self.lines:
            stripped = source.strip()
            encoded = msgspec.json.encode(stripped).decode()[1:-1] if stripped else ""
            place = text.find(encoded, position) if encoded else -1
            if place >= 0:
                line += text.count("\n", position, place)
                position = place
            found.append(line)
        return found


def _placed(fact: Fact, places: _Places) -> Fact:
    def at(number: int) -> int:
        # Python ends a line at more characters than we do
        return places.found[min(number, len(places.found)) - 1] if number > 0 and places.found else number

    end = getattr(fact, "end", 0)
    return msgspec.structs.replace(fact, line=at(fact.line), **({"end": at(end)} if end else {}))
