"""Which event a pattern of a cloud's event bus waits for, and the pipelines that a rule of it starts by itself.

Source of the format: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
"""

from __future__ import annotations

# what a rule does that has a machine-learning pipeline for its target
PIPELINE = "aws-events/sagemaker-pipeline"
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


def is_pipeline(arn: str) -> bool:
    """Tell whether the address of a target, as written, is that of a SageMaker pipeline."""
    return ":sagemaker:" in arn and ":pipeline/" in arn
