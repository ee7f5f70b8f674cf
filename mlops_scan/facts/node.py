"""A parsed configuration document whose every part knows its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mlops_scan.facts.kinds import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SETTINGS = 5000


class Node(msgspec.Struct, frozen=True):
    """A scalar (its text), a sequence or a mapping; ``line`` is 1-based, for a mapping's value that of its key."""

    line: int
    value: str | tuple[Node, ...] | dict[str, Node]

    def get(self, *keys: str) -> Node | None:
        """Return the node below these mapping keys (or list positions as text), or None where the way ends."""
        node = self
        for key in keys:
            below = node.child(key)
            if below is None:
                return None
            node = below
        return node

    def child(self, key: str) -> Node | None:
        """Return the value of one key of a mapping, or of one position of a sequence."""
        if isinstance(self.value, dict):
            return self.value.get(key)
        if isinstance(self.value, tuple) and key.isdigit() and int(key) < len(self.value):
            return self.value[int(key)]
        return None

    def said(self, *keys: str) -> str:
        """Return the text below these keys, empty where there is none."""
        found = self.get(*keys)
        return found.text if found is not None else ""

    @property
    def text(self) -> str:
        """The scalar's text; empty for anything else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> tuple[Node, ...]:
        """The parts of a sequence; a scalar is a sequence of one; empty for a mapping."""
        if isinstance(self.value, tuple):
            return self.value
        return (self,) if isinstance(self.value, str) and self.value else ()

    @property
    def mapping(self) -> dict[str, Node]:
        """The keys and values of a mapping; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}


def settings(node: Node) -> Iterator[Setting]:
    """State every leaf of a document, in order, at most `MAX_SETTINGS` of them."""
    stack = [("", node)]
    left = MAX_SETTINGS
    while stack and left:
        key, node = stack.pop()
        if isinstance(node.value, str):
            left -= 1
            yield Setting(line=node.line, key=key, value=node.value)
            continue
        below = node.value.items() if isinstance(node.value, dict) else ((str(i), n) for i, n in enumerate(node.value))
        stack.extend(reversed([(f"{key}.{name}" if key else name, part) for name, part in below]))
