"""Reads tests of Terraform and OpenTofu: the runs of a test file, and whether they assert anything.

Source of the format: https://developer.hashicorp.com/terraform/language/tests
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Reading, Test
from mlops_scan.facts.terraform_blocks import parse
from mlops_scan.facts.text import decode

if TYPE_CHECKING:
    from mlops_scan.facts.terraform_blocks import Block

READS = ("*.tftest.hcl", "*.tofutest.hcl")

MAX_BYTES = 1_000_000
# the grammar takes the square of a run of white space in time; tests have none of this length
_VOID = re.compile(r"\s{1000}")
_CONDITION, _FAILURES = "assert.condition", "expect_failures"


def read(path: str, data: bytes) -> Reading:  # noqa: ARG001 - all readers take both
    """State the runs of a test file; one that only sets something up asserts nothing."""
    if len(data) > MAX_BYTES:
        return Reading()
    blocks = parse(_VOID.split(decode(data), 1)[0].encode())
    runs = (block for block in blocks if block.labels[0] == "run" and block.labels[1:])
    return Reading(tuple(Test(line=run.line, name=run.labels[1], asserts=_asserts(run)) for run in runs))


def _asserts(run: Block) -> bool:
    """Tell whether a run asks anything of what is planned: a literal is asked of nothing."""
    return any(entry.references for entry in run.all(_CONDITION, _FAILURES))
