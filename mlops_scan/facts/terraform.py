"""Reads Terraform: resources and modules with their settings, and what of them runs.

Source of the format: https://developer.hashicorp.com/terraform/language/syntax/configuration
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlops_scan.facts import terraform_units
from mlops_scan.facts.kinds import Diagnostic, Reading, Resource, Setting
from mlops_scan.facts.terraform_blocks import parse
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.terraform_blocks import Block

READS = ("*.tf",)

MAX_BYTES = 1_000_000
# the grammar takes the square of a run of white space in time; Terraform has none of this length
_VOID = re.compile(r"\s{1000}")


def read(path: str, data: bytes) -> Reading:
    """State the resources and modules of a Terraform file, and the units among them."""
    if len(data) > MAX_BYTES:
        return Reading((), (Diagnostic(path, 0, f"Terraform file over {MAX_BYTES:,} bytes: not read"),))
    blocks = parse(_VOID.split(decode(data), 1)[0].encode())
    facts: list[Fact] = [resource for block in blocks for resource in _resource(block)]
    facts.extend(terraform_units.facts(path, blocks))
    return Reading(tuple(facts))


def _resource(block: Block) -> Iterator[Resource]:
    settings = tuple(Setting(e.line, e.key, e.text[:2000]) for e in block.entries if not e.inner)
    if block.labels[0] == "resource" and len(block.labels) > 2:  # noqa: PLR2004 - resource, type, name
        yield Resource(block.line, "terraform", block.labels[1], block.labels[2], settings)
    elif block.labels[0] == "module" and len(block.labels) > 1:
        yield Resource(block.line, "terraform", "module", block.labels[1], settings)
