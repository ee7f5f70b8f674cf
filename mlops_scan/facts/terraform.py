"""Reads Terraform: resources and modules with their settings, through tree-sitter's HCL grammar.

Source of the format: https://developer.hashicorp.com/terraform/language/syntax/configuration
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan.facts.kinds import Diagnostic, Reading, Resource, Setting
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

READS = ("*.tf",)

MAX_BYTES = 1_000_000
MAX_DEPTH = 20


def read(path: str, data: bytes) -> Reading:
    """State the resources and modules of a Terraform file."""
    if len(data) > MAX_BYTES:
        return Reading((), (Diagnostic(path, 0, f"Terraform file over {MAX_BYTES:,} bytes: not read"),))
    import tree_sitter
    import tree_sitter_hcl

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))
    tree = parser.parse(decode(data).encode())
    body = next((child for child in tree.root_node.children if child.type == "body"), None)
    return Reading(tuple(_resources(body)) if body is not None else ())


def _resources(body: Any) -> Iterator[Resource]:  # noqa: ANN401 - tree-sitter nodes
    for block in body.children:
        words = _labels(block) if block.type == "block" else []
        line = block.start_point[0] + 1
        if words[:1] == ["resource"] and len(words) > 2:  # noqa: PLR2004 - resource, type, name
            yield Resource(line, "terraform", words[1], words[2], tuple(_settings(block)))
        elif words[:1] == ["module"] and len(words) > 1:
            yield Resource(line, "terraform", "module", words[1], tuple(_settings(block)))


def _labels(block: Any) -> list[str]:  # noqa: ANN401 - tree-sitter nodes
    return [_text(child).strip('"') for child in block.children if child.type in {"identifier", "string_lit"}]


def _settings(block: Any) -> Iterator[Setting]:  # noqa: ANN401 - tree-sitter nodes
    """Yield attributes with the dotted names of the blocks around them, in order."""
    stack = [(block, "", 0)]
    while stack:
        node, prefix, depth = stack.pop()
        body = next((child for child in node.children if child.type == "body"), None)
        nested = []
        for child in body.children if body is not None else ():
            if child.type == "attribute":
                name = _text(child.children[0])
                value = _text(child.children[-1]).strip('"')
                yield Setting(line=child.start_point[0] + 1, key=prefix + name, value=value[:2000])
            elif child.type == "block" and depth < MAX_DEPTH:
                nested.append((child, f"{prefix}{'.'.join(_labels(child))}.", depth + 1))
        stack.extend(reversed(nested))


def _text(node: Any) -> str:  # noqa: ANN401 - tree-sitter nodes
    return (node.text or b"").decode(errors="replace")
