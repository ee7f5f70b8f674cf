"""Which event a pattern of a cloud's event bus waits for, and what the bus starts by an address.

Sources of the formats: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html,
https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html and
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.facts.kinds import Uses

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_SOURCES = {
    "CloudWatch Alarm State Change": ("monitor", "alarm"),
    "aws.cloudwatch": ("monitor", "alarm"),
    "aws.codecommit": ("push", "CodeCommit"),
    "aws.s3": ("event", "data"),
    "aws.ecr": ("event", "image"),
    "aws.sagemaker": ("event", "SageMaker"),
}


def event_of(pattern: str) -> tuple[str, str]:
    """Return event and detail, as `kinds.Trigger` has them, of the text of a pattern."""
    return next((event for source, event in _OF_SOURCES.items() if source in pattern), ("event", "pattern"))


# targets that ask a service directly
_UNIVERSAL = "arn:aws:scheduler:::aws-sdk:"
_PIPELINE = ":pipeline/"


def started(address: str, line: int, unit: str) -> Iterator[Uses]:
    """Yield what a target's address starts that is no resource with code of its own: a service's call, a pipeline."""
    if address.startswith(_UNIVERSAL):
        yield Uses(line, address, unit=unit)
    elif ":sagemaker:" in address and _PIPELINE in address:
        yield pipeline(address.rpartition(_PIPELINE)[2], line, unit)


def pipeline(name: str, line: int, unit: str) -> Uses:
    """Return the start of a SageMaker pipeline of that name."""
    return Uses(line, "aws-sagemaker/pipeline", {"pipeline": name}, unit)
