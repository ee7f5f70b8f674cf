"""CloudFormation and SAM templates: which of their resources run, what starts them, and what they run in turn.

Sources: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/ (one page a resource type) and
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import codebuild, codepipeline, lambda_code, states_language
from mlops_scan.facts.events import event_of, pipeline, started
from mlops_scan.facts.kinds import Link, Trigger, Unit
from mlops_scan.facts.node import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.kinds import Fact

_FUNCTIONS = frozenset({"AWS::Lambda::Function", "AWS::Serverless::Function"})
# properties that grant or report rather than start
_ASIDE = frozenset({"RoleArn", "Role", "DeadLetterConfig", "RetryPolicy", "ScheduleExpression", "EventPattern"})
_PUSHED = frozenset({"CodeCommit", "CodeStarSourceConnection"})
_WAITING = ("PollForSourceChanges", "DetectChanges")
_MOST = 2000


class _Resource(NamedTuple):
    """A resource with its logical name and the file around it; ``names`` are all logical names of the template."""

    path: str
    name: str
    properties: Node
    names: frozenset[str]
    parameters: Node | None

    def text(self, node: Node) -> str:
        """Return a value's text; for a parameter of the template its default."""
        asked = (node.get("Ref") or node).text
        default = self.parameters.get(asked, "Default") if self.parameters and asked else None
        return default.text if default else asked


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the units of a template."""
    resources = document.get("Resources")
    declared = resources.mapping if resources else {}
    names = frozenset(declared)
    shared, parameters = document.get("Globals", "Function", "CodeUri"), document.get("Parameters")
    for name, resource in declared.items():
        kind, properties = resource.get("Type"), resource.get("Properties")
        finder = _FINDERS.get(kind.text) if kind else None
        if kind is not None and finder is not None and properties is not None:
            found = _Resource(path, name, properties, names, parameters)
            yield Unit(kind.line, name, "resource", off=_off(resource, found))
            yield from finder(found)
            if kind.text in _FUNCTIONS:
                yield from lambda_code.facts(path, name, properties, shared, resource.get("Metadata"))


def _off(resource: Node, of: _Resource) -> str:
    state = of.properties.get("State")
    if state is not None and not of.text(state).startswith("ENABLED"):
        return "disabled"
    return f"only if {condition.text}" if (condition := resource.get("Condition")) and condition.text else ""


def _referred(node: Node, names: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the logical names that a value asks for: ``Ref``, ``GetAtt`` and ``Sub`` in either form."""
    waiting, left = [node], _MOST
    while waiting and left:
        part = waiting.pop(0)
        left -= 1
        for text in _asked(part.text):
            if text in names:
                yield part.line, text
        below = part.mapping.items() if part.mapping else (("", item) for item in part.items if item is not part)
        waiting.extend(value for key, value in below if key not in _ASIDE)


def _asked(text: str) -> Iterator[str]:
    yield text.partition(".")[0]
    for piece in text.split("${")[1:]:
        yield piece.partition("}")[0].partition(".")[0]


def _links(node: Node | None, of: _Resource) -> Iterator[Link]:
    for line, name in _referred(node, of.names) if node is not None else ():
        if name != of.name:
            yield Link(line, "unit", name, of.name)


def _rule(of: _Resource) -> Iterator[Fact]:
    """Rules and schedules of EventBridge."""
    schedule, pattern = of.properties.get("ScheduleExpression"), of.properties.get("EventPattern")
    if schedule is not None and schedule.text:
        yield Trigger(schedule.line, "schedule", schedule.text, of.name)
    if pattern is not None:
        yield Trigger(pattern.line, *event_of(_text(pattern)), of.name)
    targets, target = of.properties.get("Targets"), of.properties.get("Target")
    for node in (targets, target):
        yield from _links(node, of)
    for each in (*(targets.items if targets else ()), *((target,) if target else ())):
        address = each.get("Arn", "Fn::Sub") or each.get("Arn")
        if address is None:
            continue
        direct = list(started(address.text, address.line, of.name))
        if not direct and each.get("SageMakerPipelineParameters"):
            direct = [pipeline(address.text, address.line, of.name)]
        yield from direct


def _text(node: Node) -> str:
    parts = node.mapping.values() if node.mapping else () if node.text else node.items
    return node.text or " ".join(_text(part) for part in parts)


def _function(of: _Resource) -> Iterator[Fact]:
    """Events of a function in SAM; the code is found by `lambda_code`."""
    events = of.properties.get("Events")
    for event in events.mapping.values() if events else ():
        kind, told = event.get("Type"), event.get("Properties")
        if kind is None or told is None or _switched_off(told, of):
            continue
        when = told.get("Schedule") or told.get("ScheduleExpression")
        pattern = told.get("Pattern")
        if kind.text in {"Schedule", "ScheduleV2"} and when is not None:
            yield Trigger(when.line, "schedule", when.text, of.name)
        elif kind.text == "S3":
            yield Trigger(kind.line, "event", "data", of.name)
        elif kind.text in {"EventBridgeRule", "CloudWatchEvent"} and pattern is not None:
            yield Trigger(pattern.line, *event_of(_text(pattern)), of.name)


def _switched_off(told: Node, of: _Resource) -> bool:
    enabled, state = told.get("Enabled"), told.get("State")
    off = enabled is not None and of.text(enabled).lower() not in {"true", "yes", "on"}
    return off or (state is not None and of.text(state) != "ENABLED")


def _states(of: _Resource) -> Iterator[Fact]:
    """Step Functions: the definition stands here or in a file; schedules and events as of functions."""
    yield from _function(of)
    for key in ("Definition", "DefinitionString", "DefinitionSubstitutions"):
        yield from _links(of.properties.get(key), of)
    definition = of.properties.get("Definition")
    if definition is not None:
        yield from states_language.tasks(definition, of.name)
    text = of.properties.get("DefinitionString")
    if text is not None:
        whole = text.text or _text(text.get("Fn::Sub") or Node(text.line, ""))
        yield from states_language.used(whole, text.line, of.name)
    file = of.properties.get("DefinitionUri")
    if file is not None and file.text and not file.text.startswith("s3:"):
        yield Link(file.line, "file", lambda_code.beside(of.path, file.text), of.name)


def _project(of: _Resource) -> Iterator[Fact]:
    """CodeBuild: its specification, and the pushes that a webhook lets start it."""
    spec = of.properties.get("Source", "BuildSpec")
    if spec is not None:
        yield from codebuild.specified(Node(spec.line, spec.text or _text(spec.get("Fn::Sub") or spec)), of.name)
    else:
        yield Link(of.properties.line, "file", codebuild.DEFAULT, of.name)
    hook = of.properties.get("Triggers", "Webhook")
    if hook is not None and hook.text == "true":
        asked = _text(of.properties.get("Triggers", "FilterGroups") or hook)
        pulled = "PULL_REQUEST" in asked and "PUSH" not in asked
        yield Trigger(hook.line, "pull-request" if pulled else "push", "webhook", of.name)


def _pipeline(of: _Resource) -> Iterator[Fact]:
    """CodePipeline: its actions in order; what they ask for counts up to the first that a person has to approve."""
    stages = of.properties.get("Stages")
    actions = [found for stage in (stages.items if stages else ()) for found in _actions(stage)]
    yield from codepipeline.facts((action for action, _ in actions), of.name)
    for action, told in actions:
        if action.provider == codepipeline.APPROVAL:
            return
        waits = told is not None and any((w := told.get(k)) and w.text.lower() == "false" for k in _WAITING)
        if action.provider in _PUSHED and not waits:
            yield Trigger(action.line, "push", action.provider, of.name)
        yield from _links(told, of)


def _actions(stage: Node) -> Iterator[tuple[codepipeline.Action, Node | None]]:
    """Yield the actions of a stage with their configuration."""
    actions = stage.get("Actions")
    for action in actions.items if actions else ():
        provider, told = action.get("ActionTypeId", "Provider"), action.get("Configuration")
        if provider is not None:
            name = " ".join(part.text for part in (stage.get("Name"), action.get("Name")) if part)
            said = {key: part for key in codepipeline.TELLING if told and (part := told.get(key))}
            arguments = {key: _text(part.get("Fn::Sub") or part) for key, part in said.items()}
            yield codepipeline.Action(provider.line, provider.text, name, arguments), told


def _webhook(of: _Resource) -> Iterator[Fact]:
    yield Trigger(of.properties.line, "push", "webhook", of.name)
    yield from _links(of.properties.get("TargetPipeline"), of)


def _container(of: _Resource) -> Iterator[Fact]:
    """ECS and Batch: the images that run."""
    listed = of.properties.get("ContainerDefinitions")
    for container in (*(listed.items if listed else ()), of.properties.get("ContainerProperties")):
        image = container.get("Image") if container else None
        if image is not None and (image.text or image.get("Fn::Sub")):
            yield Link(image.line, "image", image.text or _text(image), of.name)


_FINDERS: dict[str, Callable[[_Resource], Iterator[Fact]]] = {
    "AWS::Events::Rule": _rule,
    "AWS::Scheduler::Schedule": _rule,
    "AWS::Lambda::Function": _function,
    "AWS::Serverless::Function": _function,
    "AWS::StepFunctions::StateMachine": _states,
    "AWS::Serverless::StateMachine": _states,
    "AWS::CodeBuild::Project": _project,
    "AWS::CodePipeline::Pipeline": _pipeline,
    "AWS::CodePipeline::Webhook": _webhook,
    "AWS::ECS::TaskDefinition": _container,
    "AWS::Batch::JobDefinition": _container,
}
