"""Texts that Python code puts together: with ``+``, with ``os.path.join`` and with ``Path / "x"``.

What is not known reads ``{}``, as in an f-string; the folder of the file itself reads ``.``.
"""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Said = Callable[[ast.expr], str]

_GAP = "{}"
_JOINING = frozenset({"os.path.join"})
# calls that leave a path what it is, by their argument or as methods
_ABSOLUTE = frozenset({"os.path.abspath", "os.path.realpath", "os.path.normpath"})
_SAME = frozenset({"str", *_ABSOLUTE, "os.fspath", "pathlib.Path"})
_SAME_METHODS = frozenset({"resolve", "absolute", "as_posix", "expanduser"})
_FOLDER = "os.path.dirname"
_PARENT = "parent"
_FILE = "__file__"


def together(node: ast.expr, text: Said, named: Said) -> str:
    """Return the text that an expression puts together, empty where it does not or where no part of it is known.

    ``text`` returns that of a literal or of a name that holds one, ``named`` the dotted name of what is called.
    """
    parts = _parts(node, text, named)
    return "".join(parts) if any(part.strip("/") not in {"", _GAP} for part in parts) else ""


def _parts(node: ast.expr, text: Said, named: Said) -> list[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        pieces: list[ast.expr] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            pieces.append(node.right)
            node = node.left
        return [_piece(piece, text, named) for piece in (node, *reversed(pieces))]
    found = _path(node, text, named)
    return [found] if found else []


def _piece(node: ast.expr, text: Said, named: Said) -> str:
    """Return a part of a text: a literal, a name that holds one, or a path; else a gap."""
    return text(node) or _path(node, text, named) or _GAP


def _path(node: ast.expr, text: Said, named: Said) -> str:
    """Return a path that is joined, or that of the file's own folder; empty for anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        pieces: list[ast.expr] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            pieces.append(node.right)
            node = node.left
        return _joined([node, *reversed(pieces)], text, named)
    if isinstance(node, ast.Attribute):
        return _above(node.value, named, text) if node.attr == _PARENT else ""
    return _called(node, text, named) if isinstance(node, ast.Call) else ""


def _called(node: ast.Call, text: Said, named: Said) -> str:
    name = named(node.func)
    if name in _JOINING:
        return _joined(node.args, text, named)
    if name == _FOLDER and node.args:
        return _above(node.args[0], named, text)
    inner = _unwrapped(node, named)
    if name in _ABSOLUTE:  # a path, however its text is put together
        return text(inner) or "".join(_parts(inner, text, named))
    return _path(inner, text, named) if inner is not node else ""


def _joined(pieces: list[ast.expr], text: Said, named: Said) -> str:
    """Join the parts of a path, of which one at least must be a text: else it may be a number that is divided."""
    parts = [_piece(piece, text, named) for piece in pieces]
    known = any(isinstance(piece, ast.Constant) and isinstance(piece.value, str) for piece in pieces)
    return posixpath.join("", *parts) if known else ""


def _above(node: ast.expr, named: Said, text: Said) -> str:
    """Return the folder above a path that begins with the file's own."""
    node = _unwrapped(node, named)
    if isinstance(node, ast.Name):
        below = text(node)
        return "." if node.id == _FILE else _up(below)
    return _up(_path(node, text, named))


def _up(path: str) -> str:
    return "" if not path or path.strip("./") else posixpath.normpath(f"{path}/..")


def _unwrapped(node: ast.expr, named: Said) -> ast.expr:
    """Take off what leaves a path as it is: ``str(…)``, ``Path(…)``, ``.resolve()``."""
    while isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr in _SAME_METHODS and not node.args:
            node = node.func.value
        elif len(node.args) == 1 and named(node.func) in _SAME:
            node = node.args[0]
        else:
            break
    return node
