"""DVC pipelines (``dvc.yaml``, or a file for each stage) and MLflow projects (``MLproject``): stages and commands.

Sources of the formats: https://dvc.org/doc/user-guide/project-structure/dvcyaml-files,
https://github.com/iterative/dvc.org/blob/0.94.0/content/docs/user-guide/dvc-file-format.md and
https://mlflow.org/docs/latest/ml/projects/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.facts import shell
from mlops_scan.facts.kinds import Link, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.facts.kinds import Fact
    from mlops_scan.facts.node import Node


# what a stage was written into before there was one file for all of them
STAGE_FILES = (".dvc", "Dvcfile")
NEEDS = "dvc:"


def facts(path: str, document: Node) -> Iterator[Fact]:
    """Yield the stages of a pipeline, or the entry points of a project."""
    name = posixpath.basename(path)
    stages = document.get("stages") if name == "dvc.yaml" else None
    if stages is not None:
        yield from _stages(path, stages)
    if name.endswith(STAGE_FILES) and document.get("cmd") is not None:
        yield from _stage_file(path, document)
    points = document.get("entry_points") if name.lower() == "mlproject" else None
    for point, content in (points.mapping if points else {}).items():
        yield Unit(line=content.line, name=point, kind="stage")
        yield from _commands(path, point, content, "command")


def _stages(path: str, stages: Node) -> Iterator[Fact]:
    yield Unit(line=stages.line, name="", kind="pipeline")
    makers = {out: name for name, stage in stages.mapping.items() for out in _paths(stage, "outs")}
    for name, declared in stages.mapping.items():
        stage = declared.get("do") or declared
        yield Unit(line=declared.line, name=name, kind="stage")
        yield Link(line=declared.line, kind="unit", target=name)
        for needed in _paths(stage, "deps"):
            if makers.get(needed, name) != name:
                yield Link(line=declared.line, kind="after", target=makers[needed], unit=name)
        yield from _commands(path, name, stage, "cmd")


def _stage_file(path: str, stage: Node) -> Iterator[Fact]:
    """Yield the stage of a file of its own; to run it is to run first what makes the files that it needs."""
    moved = stage.get("wdir")
    folder = posixpath.join(posixpath.dirname(path), moved.text if moved else "")
    yield Unit(line=stage.line, name="", kind="stage")
    for needed in _places(stage, "deps"):
        alias = f"{NEEDS}{posixpath.normpath(posixpath.join(folder, needed))}"
        yield Unit(line=stage.line, name="", kind="stage", alias=alias)
    for made in _places(stage, "outs"):
        target = f"{NEEDS}{posixpath.normpath(posixpath.join(folder, made))}"
        yield Link(line=stage.line, kind="upon", target=target)
    yield from _commands(path, "", stage, "cmd")


def _places(stage: Node, key: str) -> Iterator[str]:
    listed = stage.get(key)
    for item in listed.items if listed else ():
        found = item.get("path")
        yield from (found.text,) if found is not None else ()


def _commands(path: str, unit: str, stage: Node, key: str) -> Iterator[Fact]:
    found = stage.get(key)
    moved = stage.get("wdir")
    directory = posixpath.normpath(posixpath.join(posixpath.dirname(path), moved.text if moved else ""))
    for item in found.items if found else ():
        yield from shell.facts(item.text, item.line, unit, directory="" if directory == "." else directory)


def _paths(stage: Node, key: str) -> Iterator[str]:
    """Yield the paths of a list whose items are paths or mappings of one path to its options."""
    listed = (stage.get("do") or stage).get(key)
    for item in listed.items if listed else ():
        yield from (item.text,) if item.text else item.mapping
