"""Deployments of jobs to Databricks by their names: of one that no file describes, nothing is deployed.

Source: https://dbx.readthedocs.io/en/latest/reference/cli/#dbx-deploy
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Step
from mlops_scan.chains.words import options, standing
from mlops_scan.facts.shapes.databricks import ALIAS

if TYPE_CHECKING:
    from mlops_scan.chains.graph import Builder
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import Evidence

_DEPLOYS, _COMMAND = "deploys", "dbx deploy "
_NAMING = ("--job", "--jobs", "--workflow", "--workflows")
_VALUED = frozenset(
    {*_NAMING, "--deployment-file", "--environment", "-e", "--requirements-file", "--tags", "--branch-name"}
)
# what only the run knows
_OPEN = ("$", "{{")
# a deployment file that is rendered first is not read
_RENDERED = ".j2"


def settle(builder: Builder, known: Places) -> None:
    """Let a deployment deploy nothing whose jobs are all called otherwise than any job of the repository."""
    if any(path.endswith(_RENDERED) for path in known.everything):
        return
    for node, acts in list(builder.acts.items()):
        idle = [found for found in acts if found.act == _DEPLOYS and _is_nowhere(found, known)]
        if idle:
            builder.acts[node] = [found for found in acts if not _is_nowhere(found, known)]
            step = Step(node.path, idle[0].line, idle[0].what)
            builder.end(node, step, "there is no job of that name here", tolerated=True)


def _is_nowhere(found: Evidence, known: Places) -> bool:
    if not found.what.startswith(_COMMAND):
        return False
    words = found.what.removeprefix(_COMMAND).split(" ")
    names = [*standing(words, _VALUED), *(name for text in options(words, *_NAMING) for name in text.split(","))]
    named = [name for name in names if name]
    unknown = any(mark in found.what for mark in _OPEN)
    return bool(named) and not unknown and not any(f"{ALIAS}{name}" in known.aliases for name in named)
