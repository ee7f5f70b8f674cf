"""What of Terraform's resources runs, what starts it, and what it runs in turn.

Sources: https://registry.terraform.io/providers/hashicorp/aws/latest/docs,
https://registry.terraform.io/providers/hashicorp/google/latest/docs,
https://registry.terraform.io/providers/databricks/databricks/latest/docs and
https://registry.terraform.io/providers/gitlabhq/gitlab/latest/docs (one page a resource type)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from mlops_scan.facts import codepipeline, shell, terraform_code
from mlops_scan.facts.events import event_of, pipeline, started
from mlops_scan.facts.kinds import Image, Link, Trigger, Unit, Uses
from mlops_scan.facts.terraform_blocks import Block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.terraform_blocks import Entry

_SCHEDULES = ("schedule", "schedule_expression", "cron", "schedule.quartz_cron_expression", "spec.schedule")
_AZURE_SCHEDULE = "schedule_trigger_config.cron_expression"
_OFF = {
    ("paused", "true"): "paused",
    ("disabled", "true"): "disabled",
    ("state", "DISABLED"): "disabled",
    ("is_enabled", "false"): "disabled",
    ("active", "false"): "not active",
    ("spec.suspend", "true"): "suspended",
    ("schedule.pause_status", "PAUSED"): "paused",
    ("trigger.pause_status", "PAUSED"): "paused",
    ("approval_config.approval_required", "true"): "a person has to approve",
    ("count", "0"): "count = 0",
}
_SWITCHES = frozenset({"count", "for_each", *(key for key, _ in _OFF)})
# types of resources that run something, and the attributes whose references they run
_RUNS: dict[str, tuple[str, ...]] = {
    "google_cloud_scheduler_job": ("http_target.uri", "http_target.body", "pubsub_target.topic_name"),
    "google_cloud_run_v2_job": (),
    "google_cloud_run_v2_service": (),
    "google_cloud_run_service": (),
    "google_cloudfunctions_function": (),
    "google_cloudfunctions2_function": (),
    "google_cloudbuild_trigger": (),
    "google_pubsub_topic": (),
    "google_pubsub_subscription": ("push_config.push_endpoint",),
    "google_eventarc_trigger": (
        "destination.cloud_run_service.service",
        "destination.cloud_function",
        "destination.workflow",
    ),
    "google_workflows_workflow": ("source_contents",),
    "aws_cloudwatch_event_rule": (),
    "aws_scheduler_schedule": ("target.arn", "target.input", "target.ecs_parameters.task_definition_arn"),
    "aws_lambda_function": (),
    "aws_lambda_alias": ("function_name",),
    "aws_sfn_state_machine": ("definition",),
    "aws_codebuild_project": (),
    "aws_codepipeline": (),
    "aws_ecs_task_definition": (),
    "aws_sagemaker_pipeline": (),
    "aws_batch_job_definition": (),
    "aws_s3_bucket_notification": ("lambda_function.lambda_function_arn",),
    "databricks_job": ("task.notebook_task.notebook_path", "notebook_task.notebook_path"),
    "databricks_notebook": (),
    "kubernetes_cron_job": (),
    "kubernetes_cron_job_v1": (),
    "kubernetes_job": (),
    "kubernetes_job_v1": (),
    "gitlab_pipeline_schedule": (),
    "azurerm_container_app_job": (),
    "module": (),
    "output": ("value",),
    "variable": (),
}
_PIPELINES = ("aws_sagemaker_pipeline.", "awscc_sagemaker_pipeline.")
# attributes by which a resource says who starts it: the references of the first start those of the second (or itself)
_STARTED_BY: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "aws_cloudwatch_event_target": (
        ("rule",),
        ("arn", "input", "ecs_target.task_definition_arn", "batch_target.job_definition"),
    ),
    "google_pubsub_subscription": (("topic",), ()),
    "google_cloudfunctions_function": (("event_trigger.resource",), ()),
    "google_cloudfunctions2_function": (("event_trigger.pubsub_topic",), ()),
    "google_eventarc_trigger": (("transport.pubsub.topic",), ()),
    "google_cloudbuild_trigger": (("pubsub_config.topic",), ()),
}
_PIPELINE_BLOCKS = frozenset({"sagemaker_pipeline_target", "sagemaker_pipeline_parameters"})


def facts(path: str, blocks: tuple[Block, ...]) -> Iterator[Fact]:
    """Yield the units of a file with their triggers and links."""
    locals_ = (entry for block in blocks if block.labels == ("locals",) for entry in block.entries if not entry.inner)
    here = {f"local.{entry.key}": Block(entry.line, ("local", entry.key), (entry,)) for entry in locals_}
    here.update({block.address: block for block in blocks})
    for block in blocks:
        kind = block.labels[1] if block.labels[0] == "resource" and len(block.labels) > 1 else block.labels[0]
        if kind in _RUNS and len(block.labels) > 1:
            yield Unit(block.line, block.address, "resource", off=_off(block), alias=_alias(kind, block))
            yield from _triggers(kind, block)
            yield from _code(path, kind, block, here)
            for entry in block.all(*_RUNS[kind]):
                yield from _links(entry, block.address)
        if kind in _STARTED_BY and not _off(block):
            yield from _started_by(kind, block)
        yield from terraform_code.archived(path, block)


def _alias(kind: str, block: Block) -> str:
    """Return the name that the cloud knows a resource by, behind its type; empty where it has none."""
    name = block.get("name", "family", "function_name")
    written = (f"${{{name.text}}}" if name.references and not name.words else name.text) if name else ""
    return f"{kind}/{written}" if written else ""


def _off(block: Block) -> str:
    """Say why a resource starts nothing by itself; what a variable may leave out counts as left out."""
    for entry in block.entries:
        if (entry.key, entry.text) in _OFF:
            return _OFF[entry.key, entry.text]
        if entry.key in _SWITCHES and any(name.startswith("var.") for name in entry.references):
            return f"{entry.key} depends on {entry.text}"
    return ""


def _triggers(kind: str, block: Block) -> Iterator[Trigger]:
    unit = block.address
    if kind in {"module", "output", "variable"}:
        return
    for entry in block.all(*_SCHEDULES, _AZURE_SCHEDULE):
        yield Trigger(entry.line, "schedule", entry.text, unit)
    for entry in block.all("event_pattern"):
        yield Trigger(entry.line, *event_of(" ".join((entry.text, *entry.words))), unit)
    found = _FURTHER.get(kind)
    if found is not None:
        yield from found(block)


def _build_triggers(block: Block) -> Iterator[Trigger]:
    """State what starts a build: a branch, a tag or a pull request of the repository."""
    for entry in block.entries:
        above, _, last = entry.key.rpartition(".")
        if last in {"branch", "branch_name", "tag", "tag_name"} and above != "source_to_build":
            event = "tag" if last.startswith("tag") else "push"
            asked = "pull-request" if above.endswith("pull_request") else event
            yield Trigger(entry.line, asked, entry.text, block.address)


def _data_triggers(block: Block) -> Iterator[Trigger]:
    """State that new data starts a function."""
    for entry in block.entries:
        stored = "storage" in entry.text and ("finalize" in entry.text or "create" in entry.text.lower())
        arrived = entry.key.endswith("events") and "s3:ObjectCreated" in entry.text
        if stored or arrived or entry.key == "trigger.file_arrival.url":
            yield Trigger(entry.line, "event", "data", block.address)


def _pipeline_triggers(block: Block) -> Iterator[Trigger]:
    """State that a push starts a pipeline, unless its source says that something else has to."""
    waits = any(
        entry.text == "false"
        for entry in block.entries
        if entry.key.endswith((".PollForSourceChanges", ".DetectChanges"))
    )
    for entry in block.all("stage.action.provider"):
        if not waits and entry.text in {"CodeCommit", "CodeStarSourceConnection"}:
            yield Trigger(entry.line, "push", entry.text, block.address)


_FURTHER: dict[str, Callable[[Block], Iterator[Trigger]]] = {
    "google_cloudbuild_trigger": _build_triggers,
    "google_cloudfunctions_function": _data_triggers,
    "google_cloudfunctions2_function": _data_triggers,
    "google_eventarc_trigger": _data_triggers,
    "aws_s3_bucket_notification": _data_triggers,
    "databricks_job": _data_triggers,
    "aws_codepipeline": _pipeline_triggers,
}


def _by_address(entry: Entry, unit: str) -> Iterator[Uses]:
    """Yield what a target starts that runs no code of its own, named by its address or by the resource."""
    yield from started(entry.text, entry.line, unit)
    for name in entry.references:
        if name.startswith(_PIPELINES):
            yield pipeline(name.rpartition(".")[2], entry.line, unit)


def _started_by(kind: str, block: Block) -> Iterator[Fact]:
    by, what = _STARTED_BY[kind]
    direct = [used for entry in block.all("arn") for used in _by_address(entry, block.address)]
    parts = (part for entry in block.entries for part in entry.key.split("."))
    if not direct and not _PIPELINE_BLOCKS.isdisjoint(parts):
        direct = [pipeline("", entry.line, block.address) for entry in block.all("arn")]
    if direct:
        yield Unit(block.line, block.address, "resource")
        yield from direct
    for asked in block.all(*by):
        for starter in asked.references if direct else ():
            yield Link(asked.line, "resource", block.address, starter)
        for starter in asked.references:
            for entry in block.all(*what) if what else ():
                yield from _links(entry, starter)
            if not what:
                yield Link(asked.line, "resource", block.address, starter)


def _links(entry: Entry, unit: str) -> Iterator[Link]:
    """Link a unit to the resources that an expression asks for, and to a job that it names in a URL."""
    for name in entry.references:
        yield Link(entry.line, "resource", name, unit)
    behind = entry.text.partition("/jobs/")[2].partition(":run")
    if behind[1] and not any("." in name and name.startswith("google_") for name in entry.references):
        for kind in ("google_cloud_run_v2_job",):
            yield Link(entry.line, "resource", f"{kind}/{behind[0]}", unit)


def _code(path: str, kind: str, block: Block, here: dict[str, Block]) -> Iterator[Fact]:
    """Yield what a resource runs of the repository: its image, its command, its code, the steps of its pipeline."""
    unit = block.address
    yield from terraform_code.facts(path, kind, block, here)
    for entry in block.entries:
        above, _, last = entry.key.rpartition(".")
        if last in {"image", "image_uri"} and entry.words:
            yield Image(entry.line, entry.words[0], unit)
            if block.get(f"{above}.command", f"{above}.entrypoint") is None:
                yield Link(entry.line, "image", entry.words[0], unit)
    if kind == "aws_codepipeline":
        yield from codepipeline.facts(_actions(block), unit)
    for entry in block.all("target.arn"):
        yield from _by_address(entry, unit)
    for command in _commands(block):
        for found in shell.commands(" ".join(map(_quoted, command.words)), command.line, unit):
            yield msgspec.structs.replace(found, line=command.line)


def _actions(block: Block) -> Iterator[codepipeline.Action]:
    """Yield the actions of a pipeline: the next begins where an attribute comes again, or another stage."""
    stage = ""
    said: dict[str, Entry] = {}
    for entry in block.entries:
        above, _, last = entry.key.rpartition(".")
        if entry.key == "stage.name" or (above == "stage.action" and last in said):
            yield from _action(stage, said)
            said = {}
        if entry.key == "stage.name":
            stage = entry.text
        elif entry.key.startswith("stage.action."):
            said.setdefault(last, entry)
    yield from _action(stage, said)


def _action(stage: str, said: dict[str, Entry]) -> Iterator[codepipeline.Action]:
    provider = said.get("provider")
    if provider is not None:
        name = f"{stage} {said['name'].text if 'name' in said else ''}".strip()
        arguments = {key: said[key].text for key in codepipeline.TELLING if key in said}
        yield codepipeline.Action(provider.line, provider.text, name, arguments)


class _Words(NamedTuple):
    line: int
    words: tuple[str, ...]


def _commands(block: Block) -> Iterator[_Words]:
    """Yield the command lines of containers: the program and its arguments stand in attributes of their own."""
    commands: dict[str, _Words] = {}
    for entry in block.entries:
        above, _, last = entry.key.rpartition(".")
        if last in {"command", "args", "entrypoint"} and entry.words:
            before = commands.get(above, _Words(entry.line, ()))
            commands[above] = _Words(before.line, before.words + entry.words)
    yield from commands.values()


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'" if " " in word or "\n" in word else word
