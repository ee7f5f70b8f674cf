"""Infrastructure declared in Python with the AWS CDK: what starts a construct, and what it runs.

Deploying a stack makes its constructs and runs none of them, so that everything here hangs on the construct's object.
Sources: https://docs.aws.amazon.com/cdk/api/v2/python/ (one module a service) and
https://docs.aws.amazon.com/cdk/v2/guide/cdk-pipeline.html
"""

from __future__ import annotations

import ast
import posixpath
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan.facts import codebuild, codepipeline, lambda_code
from mlops_scan.facts.events import event_of, pipeline, started
from mlops_scan.facts.kinds import Link, Trigger, Unit, Uses
from mlops_scan.facts.python_names import DECLARING, OTHER, Names, dotted, literal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.kinds import Fact

# what switches a rule on, where it is said
_ON = {"enabled": "True", "state": "ENABLED"}
_UNKNOWN = frozenset({"None", OTHER, ""})
# actions of a pipeline that deploy: by whom, and how
_DEPLOYING = {
    "CloudFormationCreateUpdateStackAction": ("CloudFormation", "CREATE_UPDATE"),
    "CloudFormationExecuteChangeSetAction": ("CloudFormation", "CHANGE_SET_EXECUTE"),
    "CodeDeployEcsDeployAction": ("CodeDeployToECS", ""),
    "CodeDeployServerDeployAction": ("CodeDeploy", ""),
    "EcsDeployAction": ("ECS", ""),
    "ElasticBeanstalkDeployAction": ("ElasticBeanstalk", ""),
}
_COMMANDS = frozenset({"commands", "install_commands"})
# what is given to a construct, and starts it
_STARTING = ("event_pattern", "input", "synth")
_SOURCES = ("CodeCommitSourceAction", "CodeStarConnectionsSourceAction", "GitHubSourceAction", "BitBucketSourceAction")
_PUSHED = ("CodePipelineSource.git_hub", "CodePipelineSource.connection", "CodePipelineSource.code_commit")


class Made(NamedTuple):
    """A call to a construct library: its place, the texts and names handed over, and the object that it is about.

    ``asked`` is the object whose method it is.
    """

    node: ast.Call
    name: str
    arguments: dict[str, str]
    handed: dict[str, str]
    thing: str
    names: Names
    asked: str = ""

    @property
    def line(self) -> int:
        """The line of the call."""
        return self.node.lineno

    def given(self, keyword: str, position: int) -> ast.expr | None:
        """Return what is given by a keyword or at a position."""
        named = next((word.value for word in self.node.keywords if word.arg == keyword), None)
        return named or (self.node.args[position] if position < len(self.node.args) else None)


def declares(name: str) -> bool:
    """Tell whether a dotted name is of a library that declares infrastructure."""
    return name.startswith(DECLARING)


def identity(call: ast.Call, names: Names) -> str:
    """Return the identifier of a construct that no variable holds: the text behind the scope, as one word."""
    text = literal_of(call.args[1], names) if len(call.args) > 1 and declares(dotted(call.func, names)) else None
    return "_".join((text or "").replace(".", " ").split())


def facts(made: Made) -> Iterator[Fact]:
    """Yield what a call says of triggers, links and commands."""
    for ending, finder in _FINDERS:
        if made.name.endswith(ending):
            yield from finder(made)
    if made.name.startswith(("aws_cdk.aws_events.", "aws_cdk.pipelines.")):
        for key in _STARTING:
            if key in made.handed:
                yield Link(made.line, "started-by", made.handed[key], made.thing)
    for keyword in made.node.keywords:
        if keyword.arg in _COMMANDS:
            yield from _listed(keyword.value, made)


def _listed(listed: ast.expr, made: Made) -> Iterator[Fact]:
    items = listed.elts if isinstance(listed, (ast.List, ast.Tuple)) else ()
    texts = ((item.lineno, literal_of(item, made.names) or "") for item in items)
    yield from codebuild.in_order(texts, made.thing)


def _rule(made: Made) -> Iterator[Fact]:
    """Rules and schedules of EventBridge."""
    on = all(made.arguments.get(key, text) == text for key, text in _ON.items())
    yield Unit(made.line, made.thing, "resource", off="" if on else "disabled")
    for key in ("schedule", "schedule_expression"):
        when = made.arguments.get(key, "")
        if when not in _UNKNOWN and not when.startswith("."):
            yield Trigger(made.line, "schedule", ".".join(when.split(".")[-2:]), made.thing)


def _pattern(made: Made) -> Iterator[Fact]:
    yield Trigger(made.line, *event_of(made.arguments.get("source", "")), made.thing)


def _project(made: Made) -> Iterator[Fact]:
    """Tell what a build runs that has no specification of its own: the one of its source."""
    yield Unit(made.line, made.thing, "resource")
    if made.arguments.get("build_spec", "None") == "None":
        repository = made.handed.get("source.repository", "")
        if repository:
            yield Link(made.line, "seed", repository, made.thing)
        else:
            yield Link(made.line, "file", codebuild.DEFAULT, made.thing)


def _specification(made: Made) -> Iterator[Fact]:
    """Yield the commands of a specification that stands in the code, in dicts or calls of ``dict``."""
    for part in ast.walk(made.node):
        if isinstance(part, ast.Dict):
            for key, value in zip(part.keys, part.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "commands":
                    yield from _listed(value, made)
        elif isinstance(part, ast.keyword) and part.arg == "commands":
            yield from _listed(part.value, made)


def _seed(made: Made) -> Iterator[Fact]:
    """Tell which folder a repository begins with; an archive stands for the folder that it is made of."""
    path = made.given("directory_path", 0) if made.name.endswith("directory") else made.given("file_path", 0)
    written = _pattern_of(path, made.names) or _written(path, made.names)
    if written:
        folder = written.removesuffix(".zip")
        yield Link(made.line, "seed", posixpath.join(folder, codebuild.DEFAULT), made.thing)


def _pattern_of(path: ast.expr | None, names: Names) -> str:
    """Return an f-string with its names in braces, where each of them is a parameter of the function around it."""
    if not isinstance(path, ast.JoinedStr):
        return ""
    text = ""
    for part in path.values:
        if isinstance(part, ast.Constant):
            text += str(part.value)
        elif isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Name) and names.object_of(part.value):
            text += f"{{{part.value.id}}}"
        else:
            return ""
    return text


def _function(made: Made) -> Iterator[Fact]:
    """Lambda functions: a folder with a handler, or the code itself."""
    yield Unit(made.line, made.thing, "resource")
    code, handler = made.given("code", 3), made.arguments.get("handler", "")
    if isinstance(code, ast.Call) and code.args and dotted(code.func, made.names).endswith("Code.from_inline"):
        yield from lambda_code.written(literal_of(code.args[0], made.names) or "", made.line, made.thing)
    elif isinstance(code, ast.Call):
        where = _written(next(iter((*code.args, *(word.value for word in code.keywords))), None), made.names)
        if where and "." in handler:
            yield Link(made.line, "function", lambda_code.in_folder(where, handler), made.thing)


def _entry(made: Made) -> Iterator[Fact]:
    """Python functions by the folder that they are built from."""
    yield Unit(made.line, made.thing, "resource")
    where = _written(made.given("entry", 9), made.names)
    file, function = made.arguments.get("index", "index.py"), made.arguments.get("handler", "handler")
    if where:
        yield Link(made.line, "function", f"{posixpath.normpath(posixpath.join(where, file))}:{function}", made.thing)


def _image(made: Made) -> Iterator[Fact]:
    where = _written(made.given("directory", 0), made.names)
    if where:
        file = made.arguments.get("file", "Dockerfile")
        yield Link(made.line, "file", posixpath.normpath(posixpath.join(where, file)), made.thing)


def _source(made: Made) -> Iterator[Fact]:
    """Tell that a push starts a pipeline, unless its source leaves that to a rule."""
    waits = (
        made.arguments.get("trigger", "").endswith("NONE") or made.arguments.get("trigger_on_push", "True") != "True"
    )
    if not waits:
        yield Trigger(made.line, "push", made.name.rpartition(".")[2], made.thing)


def _stage(made: Made) -> Iterator[Fact]:
    """Stages of a pipeline: sources start it, and what follows an approval is by hand."""
    actions, pipeline = made.arguments.get("actions", ""), made.asked or made.thing
    if "ManualApproval" in actions:
        yield Link(_approved(made), "approval", "", pipeline)
    if made.thing != pipeline:
        yield Link(made.line, "unit", made.thing, pipeline)
    if any(source in actions for source in _SOURCES):
        for key, name in made.handed.items():
            if key.startswith("actions.") and key.count(".") == 1:
                yield Link(made.line, "started-by", name, made.thing)


def _approved(made: Made) -> int:
    """Return the line of the approval that stands in a call, else that of the call."""
    inner = (part for part in ast.walk(made.node) if isinstance(part, ast.Call))
    return next((part.lineno for part in inner if dotted(part.func, made.names).endswith("ApprovalAction")), made.line)


def _action(made: Made) -> Iterator[Fact]:
    """Actions of a pipeline that deploy; what makes a change set only prepares it."""
    provider, mode = _DEPLOYING[made.name.rpartition(".")[2]]
    told = {"ActionMode": mode, "StackName": made.arguments.get("stack_name", "")}
    name = made.arguments.get("action_name", "")
    action = codepipeline.Action(made.line, provider, name, {key: text for key, text in told.items() if text})
    yield from codepipeline.facts((action,), made.thing)


def _deployed(made: Made) -> Iterator[Fact]:
    yield Uses(made.line, "aws-cdk/add_stage", unit=made.thing)


def _notified(made: Made) -> Iterator[Fact]:
    """Tell what new data in a bucket, or a commit to a repository, starts; other notifications start nothing else."""
    event = "push" if made.name.endswith("on_commit") else "event"
    name = f"{made.thing}.{made.line}"
    yield Trigger(made.line, event, "commit" if event == "push" else "data", name)
    for handed in made.handed.values():
        yield Link(made.line, "object", handed, name)


def _task(made: Made) -> Iterator[Fact]:
    yield Uses(made.line, "arn:aws:states:::sagemaker:createTrainingJob", unit=made.thing)


def _target(made: Made) -> Iterator[Fact]:
    """Tell what a target starts: by its address, or a pipeline where it hands over parameters for one."""
    address = made.arguments.get("arn", "")
    direct = list(started(address, made.line, made.thing))
    if not direct and "sage_maker_pipeline_parameters" in made.arguments:
        direct = [pipeline(address, made.line, made.thing)]
    yield from direct


def _pipeline_target(made: Made) -> Iterator[Fact]:
    yield pipeline(made.handed.get("0", made.arguments.get("0", "")), made.line, made.thing)


def _written(path: ast.expr | None, names: Names) -> str:
    """Return a path: a literal, or the literal end of ``os.path.join`` and of ``Path / "x"``; empty if unknown."""
    if path is None:
        return ""
    if isinstance(path, ast.Call) and path.args and dotted(path.func, names) in {"str", "os.path.abspath"}:
        return _written(path.args[0], names)
    if isinstance(path, ast.Call) and dotted(path.func, names) == "os.path.join":
        parts = [text for part in path.args if (text := literal_of(part, names))]
        return posixpath.join("", *parts)
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Div):
        return posixpath.join(_written(path.left, names), _written(path.right, names))
    text = literal_of(path, names) or (names.literal(path.id) if isinstance(path, ast.Name) else "") or ""
    return "" if "{}" in text else text


_FINDERS: tuple[tuple[tuple[str, ...], Callable[[Made], Iterator[Fact]]], ...] = (
    ((".aws_events.Rule", ".aws_events.CfnRule", "scheduler.CfnSchedule", "scheduler.Schedule"), _rule),
    ((".add_stage.on_state_change", ".aws_codepipeline.Pipeline.on_state_change"), _rule),
    ((".aws_events.EventPattern", ".Rule.add_event_pattern"), _pattern),
    ((".aws_codebuild.Project", ".aws_codebuild.PipelineProject"), _project),
    ((".BuildSpec.from_object", ".BuildSpec.from_object_to_yaml"), _specification),
    ((".aws_codecommit.Code.from_directory", ".aws_codecommit.Code.from_zip_file"), _seed),
    ((".aws_lambda.Function", ".aws_lambda.SingletonFunction"), _function),
    ((".PythonFunction",), _entry),
    ((".DockerImageCode.from_image_asset", ".ContainerImage.from_asset"), _image),
    ((*(f".{name}" for name in _SOURCES), *_PUSHED), _source),
    ((".Pipeline.add_stage",), _stage),
    (tuple(f".aws_codepipeline_actions.{name}" for name in _DEPLOYING), _action),
    ((".pipelines.CodePipeline.add_stage", ".Wave.add_stage"), _deployed),
    ((".add_event_notification", ".on_commit"), _notified),
    ((".SageMakerCreateTrainingJob",), _task),
    ((".SageMakerPipeline", ".SageMakerStartPipelineExecution"), _pipeline_target),
    ((".TargetProperty",), _target),
)
