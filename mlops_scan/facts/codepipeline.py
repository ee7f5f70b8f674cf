"""Actions of AWS CodePipeline in order: each a step of the pipeline, up to the first that a person has to approve.

Source of the format: https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts.kinds import Link, Unit, Uses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.facts.kinds import Fact

PREFIX = "aws-codepipeline/"
APPROVAL = "Manual"
# what a configuration says of a deployment: how, and to where
TELLING = ("ActionMode", "StackName")


class Action(NamedTuple):
    """An action: who provides it, the names of its stage and itself, and what its configuration says."""

    line: int
    provider: str
    name: str
    arguments: dict[str, str]


def facts(actions: Iterable[Action], pipeline: str) -> Iterator[Fact]:
    """Yield the steps of a pipeline; no trigger comes to those behind an approval."""
    approved = False
    for action in actions:
        approved = approved or action.provider == APPROVAL
        if action.provider != APPROVAL:
            step = named(pipeline, action.name)
            yield Unit(action.line, step, "step")
            yield Uses(action.line, f"{PREFIX}{action.provider}", action.arguments, step)
            if not approved:
                yield Link(action.line, "unit", step, pipeline)


def named(pipeline: str, name: str) -> str:
    """Return what a step of a pipeline is called: its own name as one word behind the pipeline's."""
    return f"{pipeline}.{'_'.join(name.replace('.', ' ').split())}"
