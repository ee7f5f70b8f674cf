"""The blocks of a Terraform file with their attributes and what these refer to, through tree-sitter's HCL grammar.

Source of the format: https://developer.hashicorp.com/terraform/language/syntax/configuration
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 20
# larger expressions are data, and are not looked into for their elements
MAX_LOOKED_INTO = 3000
# in a larger expression only small elements are looked into, since elements stand in elements; in one of this size none
_SMALL, _MOST = 40, 30_000
_STRINGS = frozenset({"string_lit", "quoted_template", "heredoc_template"})
_QUOTES = ("quoted_template_start", "quoted_template_end", "heredoc_start", "heredoc_identifier")
_ATTRIBUTES = frozenset({"get_attr", "index"})
_EMPTY = frozenset({"", "[]", "{}"})
_OF_MODULE = ("${path.module}/", "${path.root}/", "${path.cwd}/")


class Entry(NamedTuple):
    """An attribute, or with ``inner`` an element of an object inside one.

    ``key`` has the names of the blocks around it; ``text`` is as written, without quotes; ``references`` are the
    addresses that its expression asks for (a quoted address is none); ``words`` the strings in it, in order.
    """

    line: int
    key: str
    text: str
    references: tuple[str, ...]
    words: tuple[str, ...]
    inner: bool = False


class Block(NamedTuple):
    """A top-level block: its type and labels (``resource``, ``aws_lambda_function``, ``train``), and what is in it."""

    line: int
    labels: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def address(self) -> str:
        """The name by which expressions ask for it."""
        first = {"resource": (), "variable": ("var",)}.get(self.labels[0], self.labels[:1])
        return ".".join((*first, *self.labels[1:]))

    def all(self, *keys: str) -> Iterator[Entry]:
        """Yield the entries of these keys."""
        return (entry for entry in self.entries if entry.key in keys)

    def get(self, *keys: str) -> Entry | None:
        """Return the first entry of these keys."""
        return next(self.all(*keys), None)

    def text(self, *keys: str) -> str:
        """Return the text of the first entry of these keys, empty where there is none."""
        found = self.get(*keys)
        return found.text if found else ""


class _Parts(NamedTuple):
    """The nodes of an expression, and for each that has one its next sibling by id: tree-sitter counts up to it."""

    nodes: list[Any]
    after: dict[int, Any]


def parse(data: bytes) -> tuple[Block, ...]:
    """Return the top-level blocks of a file."""
    import tree_sitter
    import tree_sitter_hcl

    tree = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language())).parse(data)
    body = next((child for child in tree.root_node.children if child.type == "body"), None)
    blocks = (child for child in (body.children if body is not None else ()) if child.type == "block")
    return tuple(
        Block(b.start_point[0] + 1, labels, tuple(_entries(b))) for b in blocks if (labels := tuple(_labels(b)))
    )


def in_module(written: str) -> str:
    """Return a path as seen from the module's folder."""
    for prefix in _OF_MODULE:
        written = written.removeprefix(prefix)
    return written


def _labels(block: Any) -> Iterator[str]:  # noqa: ANN401 - tree-sitter nodes
    yield from (_text(child).strip('"') for child in block.children if child.type in {"identifier", "string_lit"})


def _entries(block: Any) -> Iterator[Entry]:  # noqa: ANN401 - tree-sitter nodes
    """Yield attributes with the dotted names of the blocks around them, in order."""
    stack = [(block, "", 0)]
    while stack:
        node, prefix, depth = stack.pop()
        body = next((child for child in node.children if child.type == "body"), None)
        nested = []
        for child in body.children if body is not None else ():
            if child.type == "attribute":
                yield from _attribute(child, prefix)
            elif child.type == "block" and depth < MAX_DEPTH:
                labels = list(_labels(child))
                content = _content(child) if labels[:1] == ["dynamic"] else child
                if content is not None:
                    named = labels[1:] if labels[:1] == ["dynamic"] else labels
                    nested.append((content, f"{prefix}{'.'.join(named)}.", depth + 1))
        stack.extend(reversed(nested))


def _content(block: Any) -> Any | None:  # noqa: ANN401 - tree-sitter nodes
    """Return what a dynamic block stands for; nothing where its list is empty, or a variable may leave it empty."""
    body = next((child for child in block.children if child.type == "body"), None)
    parts = body.children if body is not None else ()
    over = next(
        (_text(p.children[-1]) for p in parts if p.type == "attribute" and _text(p.children[0]) == "for_each"), ""
    )
    if over in _EMPTY or "var." in over:
        return None
    return next((part for part in parts if part.type == "block" and list(_labels(part)) == ["content"]), None)


def _attribute(node: Any, prefix: str) -> Iterator[Entry]:  # noqa: ANN401 - tree-sitter nodes
    key, value = f"{prefix}{_text(node.children[0])}", node.children[-1]
    parts = _within(value)
    yield _entry(node, key, value, parts)
    whole = len(parts.nodes) < MAX_LOOKED_INTO
    for part in parts.nodes if len(parts.nodes) < _MOST else ():
        if part.type == "object_elem" and len(part.children) > 1 and (whole or part.descendant_count < _SMALL):
            inner, below = part.children[-1], f"{key}.{_text(part.children[0])}".replace('"', "")
            yield _entry(part, below, inner, _within(inner))._replace(inner=True)


def _entry(node: Any, key: str, value: Any, parts: _Parts) -> Entry:  # noqa: ANN401 - tree-sitter nodes
    """State one expression with its parts; an object's own keys are no references."""
    references, words = [], []
    keys = {part.children[0].start_byte for part in parts.nodes if part.type == "object_elem"}
    for part in parts.nodes:
        if part.type == "variable_expr" and part.start_byte not in keys:
            references.append(_address(part, parts.after))
        elif part.type in _STRINGS and part.start_byte not in keys:
            words.append("".join(_text(child) for child in part.children if child.type not in _QUOTES))
    text = _text(value).strip('"')
    return Entry(node.start_point[0] + 1, key, text, tuple(dict.fromkeys(references)), tuple(words))


def _address(variable: Any, after: dict[int, Any]) -> str:  # noqa: ANN401 - tree-sitter nodes
    parts, node = [_text(variable)], after.get(variable.id)
    while node is not None and node.type in _ATTRIBUTES:
        if node.type == "get_attr":
            parts.append(_text(node.children[-1]))
        node = after.get(node.id)
    return ".".join(parts[: 3 if parts[0] in {"module", "data"} else 2])


def _within(node: Any) -> _Parts:  # noqa: ANN401 - tree-sitter nodes
    found, stack = _Parts([], {}), [node]
    while stack:
        node = stack.pop()
        found.nodes.append(node)
        children = node.children
        found.after.update((one.id, after) for one, after in pairwise(children))
        stack.extend(reversed(children))
    return found


def _text(node: Any) -> str:  # noqa: ANN401 - tree-sitter nodes
    return (node.text or b"").decode(errors="replace")
