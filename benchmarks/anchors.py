"""What parsing only what can matter would leave out: `python benchmarks/anchors.py REPOSITORY…`, work trees.

A function or method counts, by its lines, that says a name which tool files ask for in such a file, or compares what
may be a metric (``direct``); and, since chains lead through the code between, one that says the name of such a function
(``on the way``). What is left of 1 is the most that any search for names could spare the parser: imports, module bodies
and definitions are needed of every file.
"""

from __future__ import annotations

import ast
import functools
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import catalogue, spec
from mlops_scan.facts.python_tree import ERRORS, parsed
from mlops_scan.globs import matcher

if TYPE_CHECKING:
    from collections.abc import Iterator

_Function = (ast.FunctionDef, ast.AsyncFunctionDef)


class Part(NamedTuple):
    """A function, method or other statement: what it defines, the names in it, its size, whether tools ask for it."""

    defines: frozenset[str]
    names: frozenset[str]
    size: int
    asked: bool


@functools.cache
def wanted() -> dict[str, frozenset[str]]:
    """Return the last names of calls that tool files ask for, by the package that they are of (``*``: any)."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in catalogue.load().entries():
        for signature in entry.detector.signature:
            if isinstance(signature, (spec.CallSignature, spec.DecoratorSignature)):
                for name in signature.name:
                    first, _, _ = name.partition(".")
                    found["*" if "*" in first or "." not in name else first].add(name.rpartition(".")[2])
    return {first: frozenset(names) for first, names in found.items()}


@functools.cache
def metric() -> tuple[str, ...]:
    """Return the globs of operands that tool files ask for."""
    entries = catalogue.load().entries()
    asked = (signature for entry in entries for signature in entry.detector.signature)
    return tuple(glob for one in asked if isinstance(one, spec.ConditionSignature) for glob in one.operand or ())


def parts(source: str) -> Iterator[Part]:
    """Yield the parts of a Python file."""
    tree = parsed(source)
    imported = {name.partition(".")[0] for node in ast.walk(tree) for name in _imported(node)}
    asked = frozenset().union(*(wanted().get(first, ()) for first in ("*", *imported)))
    for node in tree.body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        above = {node.name} if isinstance(node, ast.ClassDef) else set()
        for one in inner:
            defines = above | ({one.name} if isinstance(one, _Function) else set())
            names = frozenset(_names(one))
            yield Part(
                frozenset(defines), names, _size(one), not isinstance(one, _Function) or _asks(one, names, asked)
            )


def _asks(node: ast.AST, names: frozenset[str], asked: frozenset[str]) -> bool:
    compares = any(isinstance(part, ast.Compare) for part in ast.walk(node))
    return not names.isdisjoint(asked) or (compares and any(map(matcher(metric()), names)))


def _names(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        yield from (str(getattr(part, key)) for key in ("id", "attr") if hasattr(part, key))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def _size(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def shares(found: list[Part]) -> tuple[float, float]:
    """Return which shares of the lines are asked for directly, and on the way there."""
    total = sum(part.size for part in found) or 1
    needed = [part for part in found if part.asked]
    left = [part for part in found if not part.asked]
    direct = sum(part.size for part in needed) / total
    while needed:
        names = frozenset().union(*(part.defines for part in needed))
        needed = [part for part in left if not part.names.isdisjoint(names)]
        left = [part for part in left if part.names.isdisjoint(names)]
    return direct, 1 - sum(part.size for part in left) / total


def _read(file: Path) -> list[Part]:
    try:
        return list(parts(file.read_text(encoding="utf-8")))
    except (OSError, *ERRORS):
        return []


def main(repositories: list[str]) -> None:
    """Print a line for each work tree."""
    print(f"{'tree':<40}{'lines':>9}{'direct':>9}{'on the way':>12}")
    for root in repositories:
        listed = subprocess.run(
            ["git", "-C", root, "ls-files", "-z", "*.py"], check=True, capture_output=True, text=True
        ).stdout
        found = [part for name in filter(None, listed.split("\0")) for part in _read(Path(root, name))]
        direct, on_the_way = shares(found)
        print(f"{Path(root).name[-38:]:<40}{sum(part.size for part in found):>9}{direct:>9.2f}{on_the_way:>12.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
