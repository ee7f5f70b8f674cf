"""The kinds of facts that a signature can ask for, as a table of the documentation, out of `mlops_scan.spec`."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, NamedTuple, get_args

from mlops_scan import spec

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXAMPLE = "Example: ``"
_OF_ALL = frozenset({"path", "not-path"})


class Kind(NamedTuple):
    """One kind of fact: its name, what it is, the keys that a signature may have for it, and a signature as example."""

    fact: str
    what: str
    keys: tuple[str, ...]
    example: str


def kinds() -> Iterator[Kind]:
    """Yield the kinds in the order in which the shapes stand."""
    for signature in spec.AnySignature.__args__:
        what, _, example = inspect.getdoc(signature).partition(_EXAMPLE)  # type: ignore[union-attr]
        keys = tuple(key for key in signature.__struct_encode_fields__ if key not in _OF_ALL)
        yield Kind(str(signature.__struct_config__.tag), what.strip(), keys, example.partition("``")[0])


def render() -> str:
    """Return the table, with the first paragraph of what a kind is."""
    rows = [("fact", "what it is", "may ask, besides `path` and `not-path`", "example"), ("---",) * 4]
    for fact, what, keys, example in kinds():
        first = " ".join(what.partition("\n\n")[0].split()).replace("``", "`")
        rows.append((f"`{fact}`", _cell(first), ", ".join(f"`{key}`" for key in keys), f"`{example}`"))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def words() -> str:
    """Return the acts and the triggers that a detector may name."""
    acts, events = (", ".join(f"`{word}`" for word in get_args(names)) for names in (spec.Act, spec.Event))
    return f"Acts: {acts}.\n\nTriggers: {events}."
