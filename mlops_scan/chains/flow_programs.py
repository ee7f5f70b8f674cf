"""Programs that start the flows of an orchestrator by their names.

Sources: https://airflow.apache.org/docs/apache-airflow/stable/cli-and-env-variables-ref.html,
https://docs.prefect.io/v3/how-to-guides/deployments/run-deployments,
https://docs.kedro.org/en/stable/build/run_a_pipeline/,
https://kubeflow-pipelines.readthedocs.io/en/stable/source/cli.html and https://luigi.readthedocs.io/en/stable/running_luigi.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.words import options
from mlops_scan.facts.flows.kedro import PIPELINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.chains.graph import Node
    from mlops_scan.chains.places import Places

# https://github.com/getindata: each adds a command of its name
_KEDRO_PLUGINS = frozenset({"azureml", "kubeflow", "sagemaker", "snowflake", "vertexai"})
_KEDRO_RUNS = frozenset({"entrypoint", "execute", "run", "run-once"})


def airflow(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:  # noqa: ARG001 - one signature for all programs
    """Follow ``airflow dags trigger ID`` (or ``test``) to the DAG of that id."""
    if words[:2] in (["dags", "trigger"], ["dags", "test"]):
        yield from (node for word in words[2:] for node in places.aliases.get(word, ()))


def prefect(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:  # noqa: ARG001
    """Follow ``prefect deployment run flow/deployment``."""
    if words[:2] == ["deployment", "run"]:
        for word in words[2:]:
            yield from places.aliases.get(word) or places.aliases.get(word.rpartition("/")[2], ())


def kedro(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:  # noqa: ARG001
    """Follow ``kedro run`` to the pipelines of the project, or to those in the folder of the one named.

    So does a plug-in that runs them elsewhere (``kedro vertexai run-once``), and in the image that it runs there.
    """
    elsewhere = words[:1] and words[0] in _KEDRO_PLUGINS and words[1:2] and words[1] in _KEDRO_RUNS
    if words[:1] != ["run"] and not elsewhere:
        return
    named = next(iter(options(words, "--pipeline", "-p")), "")
    pipelines = places.aliases.get(PIPELINE, ())
    inside = [node for node in pipelines if f"/{named}/" in node.path]
    yield from inside if named and named != "__default__" else pipelines


def kfp(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:  # noqa: ARG001
    """Follow ``kfp run create -f FILE`` to the pipeline that is compiled into that file; compiling runs nothing."""
    if words[:1] == ["run"]:
        for file in options(words, "-f", "--package-file"):
            yield from places.aliases.get(posixpath.basename(file), ())


def luigi(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node]:
    """Follow ``luigi --module tasks Train`` to the task of that name."""
    module = next(iter(options(words, "--module")), "")
    found = places.file(f"{module.replace('.', '/')}.py", directories) if module else None
    for word in words if found else ():
        task = places.member(found or "", word)
        if task is not None:
            yield task
