"""Where the code of Terraform's functions, builds, pipelines and jobs stands in the repository."""

from __future__ import annotations

import itertools
import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import codebuild, lambda_code, shell, states_language
from mlops_scan.facts.kinds import Condition, Link, Uses
from mlops_scan.facts.node import Node
from mlops_scan.facts.shapes.databricks import WORKSPACE
from mlops_scan.facts.terraform_blocks import in_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.terraform_blocks import Block, Entry

_ARCHIVED = (
    *("filename", "s3_key", "source_archive_object", "build_config.source.storage_source.object"),
    *("source", "source_code_hash"),
)
_ARCHIVE = "data.archive_file."
_LOOKED_THROUGH = 3
_OF_STEPS = frozenset({"TrainingImage", "Type"})


def facts(path: str, kind: str, block: Block, here: dict[str, Block]) -> Iterator[Fact]:
    """Yield the links of one resource to files; ``here`` are the blocks of the file by their addresses."""
    finder = _FINDERS.get(kind)
    if finder is not None:
        yield from finder(path, block, here)


def _function(path: str, block: Block, here: dict[str, Block]) -> Iterator[Link]:
    """AWS Lambda, and the community's module for it: ``handler`` is ``file.function`` of the archived folder."""
    handler = block.get("handler")
    code = block.get("source_path") or _archived(block, here, _LOOKED_THROUGH)
    if handler is None:
        return
    told = "" if handler.references or "$" in handler.text else handler.text
    if told and code is not None:
        yield _handler(path, handler, told, code, block.address, here)
    elif told and in_module(block.text("filename")).endswith(".zip"):
        yield from _packed(handler, in_module(block.text("filename")), block.address)
    else:
        names = (name for entry in block.all(*_ARCHIVED) for name in entry.references if name.startswith(_ARCHIVE))
        yield from (Link(handler.line, "packed", f"{name}:{told}", block.address) for name in dict.fromkeys(names))


def archived(path: str, block: Block) -> Iterator[Link]:
    """Yield the file or folder that a block archives, for the resources of other files."""
    source = block.get("source_dir", "source_file") if block.address.startswith(_ARCHIVE) else None
    if source is not None and source.text:
        where = _from_root(path, source.words[0] if source.words else source.text)
        yield Link(source.line, "archived", where, block.address)


def _packed(handler: Entry, archive: str, unit: str) -> Iterator[Link]:
    """Link to where the code of a ready archive stands: beside it, or in the folder that is named like it."""
    if "$" not in archive:
        for folder in (posixpath.dirname(archive), archive.removesuffix(".zip")):
            yield Link(handler.line, "archive", lambda_code.in_folder(folder, handler.text), unit)


def _cloud_function(path: str, block: Block, here: dict[str, Block]) -> Iterator[Link]:
    """Google Cloud Functions: the entry point is a function of ``main.py`` in the archived folder."""
    entry = block.get("entry_point", "build_config.entry_point")
    code = _archived(block, here, _LOOKED_THROUGH)
    if entry is not None and code is not None:
        yield _handler(path, entry, f"main.{entry.text}", code, block.address, here)


def _handler(path: str, at: Entry, handler: str, code: Entry, unit: str, here: dict[str, Block]) -> Link:
    """Link to ``file.function`` of the code; a local name of the file stands for what it is given."""
    local = next((here[name].entries[0] for name in code.references if name in here and not code.words), code)
    where = _from_root(path, local.words[0] if local.words else local.text)
    if where.endswith(".py"):
        return Link(at.line, "function", f"{where}:{handler.rpartition('.')[2]}", unit)
    return Link(at.line, "function", lambda_code.in_folder(where, handler), unit)


def _archived(block: Block, here: dict[str, Block], left: int) -> Entry | None:
    """Return what the archive that a resource names is made of, where the same file says it."""
    found = block.get("source_dir", "source_file") if block.labels[:2] == ("data", "archive_file") else None
    if found is not None or not left:
        return found
    names = (name for entry in block.all(*_ARCHIVED) for name in entry.references)
    below = (_archived(here[name], here, left - 1) for name in names if name in here and here[name] is not block)
    return next((entry for entry in below if entry is not None), None)


def _build(path: str, block: Block, here: dict[str, Block]) -> Iterator[Fact]:  # noqa: ARG001 - all finders take all
    """AWS CodeBuild: a file of the source, a file of the module, the text itself, or ``buildspec.yml``."""
    spec = block.get("source.buildspec")
    if spec is None:
        yield Link(block.line, "file", codebuild.DEFAULT, block.address)
    elif spec.text.startswith(("file(", "templatefile(")) and spec.words:
        yield Link(spec.line, "file", _from_root(path, spec.words[0]), block.address)
    elif spec.words:
        yield from codebuild.specified(Node(spec.line, spec.words[0]), block.address)


def _cloud_build(path: str, block: Block, here: dict[str, Block]) -> Iterator[Fact]:  # noqa: ARG001
    """Google Cloud Build: a file of the source, or steps of its own."""
    found = block.get("filename", "git_file_source.path")
    if found is not None and found.text:
        yield Link(found.line, "file", posixpath.normpath(found.text), block.address)
    for step in block.all("build.step.script"):
        yield from shell.commands(step.words[0] if step.words else "", step.line, block.address)


def _states(path: str, block: Block, here: dict[str, Block]) -> Iterator[Fact]:  # noqa: ARG001
    """AWS Step Functions: the states stand here, as text or as values, or in a file of the module."""
    definition = block.get("definition")
    if definition is None:
        return
    if definition.text.startswith(("file(", "templatefile(")) and definition.words:
        yield Link(definition.line, "file", _from_root(path, definition.words[0]), block.address)
    resources = list(block.all("definition.Resource"))
    if not resources:
        for word in definition.words:
            yield from states_language.used(word, definition.line, block.address)
    arguments = states_language.beside(resource.text for resource in resources)
    for resource in resources:
        if resource.text.startswith(states_language.SERVICE):
            yield Uses(resource.line, resource.text, arguments, block.address)
    yield from _choices(block)


def _choices(block: Block) -> Iterator[Condition]:
    """Yield what the choices of a state machine compare by order; what stands after one is taken to depend on it."""
    rules = [entry for entry in block.entries if entry.key.startswith("definition.")]
    end = max((entry.line for entry in rules), default=0)
    for one, other in itertools.pairwise(rules):
        for variable, number in ((one, other), (other, one)):
            if variable.key == "definition.Variable" and states_language.by_order(number.key.rpartition(".")[2]):
                yield states_language.compared(variable.text, variable.line, end, block.address)


def _pipeline(path: str, block: Block, here: dict[str, Block]) -> Iterator[Link]:  # noqa: ARG001
    """AWS CodePipeline: what its actions name, up to the first that a person has to approve."""
    approved = next((e.line for e in block.all("stage.action.provider") if e.text == "Manual"), None)
    for entry in block.entries:
        if entry.key.startswith("stage.action.configuration.") and (approved is None or entry.line < approved):
            yield from (Link(entry.line, "resource", name, block.address) for name in entry.references)


def _sagemaker(path: str, block: Block, here: dict[str, Block]) -> Iterator[Uses]:  # noqa: ARG001
    """SageMaker Pipelines: the types of the steps, and the images in which they train."""
    for entry in block.entries:
        above, _, last = entry.key.partition(".")
        if above == "pipeline_definition" and last in _OF_STEPS and len(entry.words) == 1:
            yield Uses(entry.line, "aws-sagemaker/step", {last: entry.words[0]}, block.address)


def _databricks(path: str, block: Block, here: dict[str, Block]) -> Iterator[Link]:  # noqa: ARG001
    """Databricks: notebooks and scripts of jobs, and the file that a notebook is made of."""
    for entry in block.all("source", "task.spark_python_task.python_file", "spark_python_task.python_file"):
        if entry.words and not entry.words[0].startswith(("dbfs:", "s3:")):
            yield Link(entry.line, "file", _from_root(path, entry.words[0]), block.address)
    for entry in block.all("task.notebook_task.notebook_path", "notebook_task.notebook_path"):
        if entry.words and not entry.references and entry.words[0].startswith(WORKSPACE):
            yield Link(entry.line, "workspace", entry.words[0], block.address)
        elif entry.words and not entry.references and not entry.text.startswith("/"):
            yield Link(entry.line, "file", f"{posixpath.normpath(entry.text).removesuffix('.py')}.py", block.address)


def _gitlab(path: str, block: Block, here: dict[str, Block]) -> Iterator[Link]:  # noqa: ARG001
    yield Link(block.line, "file", ".gitlab-ci.yml", block.address)


def _module(path: str, block: Block, here: dict[str, Block]) -> Iterator[Link]:
    """Link a module to the folder that it is made of, and the variables in there to what they are given."""
    source = block.get("source")
    if source is not None and source.text.startswith("."):
        where = _from_root(path, source.text)
        yield Link(source.line, "module", where, block.address)
        for entry in block.entries:
            for name in entry.references if not entry.inner else ():
                yield Link(entry.line, "resource", name, f"{block.address}:var.{entry.key}")
    else:
        yield from _function(path, block, here)


def _from_root(path: str, written: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), in_module(written)))


_FINDERS: dict[str, Callable[[str, Block, dict[str, Block]], Iterator[Fact]]] = {
    "aws_lambda_function": _function,
    "google_cloudfunctions_function": _cloud_function,
    "google_cloudfunctions2_function": _cloud_function,
    "aws_codebuild_project": _build,
    "google_cloudbuild_trigger": _cloud_build,
    "aws_sfn_state_machine": _states,
    "aws_codepipeline": _pipeline,
    "aws_sagemaker_pipeline": _sagemaker,
    "databricks_job": _databricks,
    "databricks_notebook": _databricks,
    "gitlab_pipeline_schedule": _gitlab,
    "module": _module,
}
