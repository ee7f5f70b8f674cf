"""Which event a pattern of a cloud's event bus waits for.

Source of the format: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
"""

from __future__ import annotations

_OF_SOURCES = {
    "aws.codecommit": ("push", "CodeCommit"),
    "aws.s3": ("event", "data"),
    "aws.ecr": ("event", "image"),
    "aws.sagemaker": ("event", "SageMaker"),
}


def event_of(pattern: str) -> tuple[str, str]:
    """Return event and detail, as `kinds.Trigger` has them, of the text of a pattern."""
    return next((event for source, event in _OF_SOURCES.items() if source in pattern), ("event", "pattern"))
