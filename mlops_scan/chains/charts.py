"""Charts that Helm installs: those of the repository, those that it should have, and those that others publish.

A chart of others (a database, a tracker, a dashboard) runs nothing of the repository, unless it is handed an image.
Source: https://helm.sh/docs/helm/helm_upgrade/
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mlops_scan.chains.graph import Missing
from mlops_scan.chains.words import options, standing
from mlops_scan.facts.kinds import Command, Setting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mlops_scan.chains.graph import Builder, Node
    from mlops_scan.chains.places import Places
    from mlops_scan.evidence import FileFacts

_DEPLOYS = "deploys"
_PROGRAM = "helm "
_INSTALLING = frozenset({"install", "upgrade"})
_CHART = "Chart.yaml"
# a chart in one file, which is made or fetched before it is installed
_PACKED = (".tgz", ".tar.gz")
_VALUES = ("-f", "--values")
# options with a value of their own behind them
_VALUED = frozenset(
    {
        *_VALUES,
        *("-n", "--namespace", "--name", "--repo", "--version", "--timeout", "--description", "--history-max"),
        *("--set", "--set-string", "--set-file", "--set-json", "--set-literal", "--post-renderer", "--output", "-o"),
        *("--kube-context", "--kubeconfig", "--username", "--password", "--ca-file", "--cert-file", "--key-file"),
    }
)
_REPOSITORY = "--repo"
_ADDRESS = "://"
_OPEN = ("$", "{{", "<")
_OWN = "image"


def helm(words: list[str], directories: tuple[str, ...], places: Places) -> Iterator[Node | Missing]:
    """Tell of a chart that ``helm install|upgrade`` is given by its path and the repository does not have."""
    chart = _chart(words)
    by_path = chart.startswith(("./", "../")) or (chart.count("/") > 1 and _ADDRESS not in chart)
    by_path = by_path and not chart.endswith(_PACKED)
    if by_path and not _is_here(chart, directories, places):
        yield Missing(f"there is no chart {chart} here", sure=_is_nowhere(chart, places))


def settle(builder: Builder, files: Iterable[FileFacts], known: Places) -> None:
    """Let installations of charts of others deploy nothing."""
    paths = {node.path for node, acts in builder.acts.items() if any(_is_by_helm(found.what) for found in acts)}
    files = tuple(files) if paths else ()
    imaged = frozenset(file.path for file in files if any(_OWN in setting.key.lower() for setting in file.of(Setting)))
    foreign = {
        (file.path, command.line, command.run)
        for file in files
        if file.path in paths
        for command in file.of(Command)
        if _is_by_helm(command.run) and _is_foreign(command, file.path, imaged, known)
    }
    for node in [node for node in builder.acts if node.path in paths] if foreign else ():
        kept = [f for f in builder.acts[node] if f.act != _DEPLOYS or (f.path, f.line, f.what) not in foreign]
        builder.acts[node] = kept


def _is_by_helm(run: str) -> bool:
    return run.startswith(_PROGRAM)


def _is_foreign(command: Command, path: str, imaged: frozenset[str], known: Places) -> bool:
    """Tell whether a command installs a chart of others, and hands it no image."""
    words = command.run.split(" ")[1:]
    chart = _chart(words)
    beside = posixpath.dirname(path)
    directories = (command.directory, posixpath.join(beside, command.directory), beside, "")
    elsewhere = chart.count("/") == 1 or bool(options(words, _REPOSITORY)) or chart.startswith(("http://", "https://"))
    if not elsewhere or chart.startswith(".") or _is_here(chart, directories, known):
        return False
    values = {known.file(value, directories) for value in options(words, *_VALUES)}
    return not any(_OWN in word.lower() for word in words) and imaged.isdisjoint(values)


def _chart(words: list[str]) -> str:
    """Return the chart that is installed, empty where none is or only the run knows it."""
    named = standing(words, _VALUED)
    if not named or named[0] not in _INSTALLING:
        return ""
    chart = named[-1] if named[1:] else ""
    return "" if any(mark in chart for mark in _OPEN) else chart


def _is_here(chart: str, directories: Iterable[str], places: Places) -> bool:
    paths = {posixpath.normpath(posixpath.join(directory, _declaring(chart))) for directory in directories}
    return not paths.isdisjoint(places.everything) or not _is_nowhere(chart, places)


def _is_nowhere(chart: str, places: Places) -> bool:
    """Tell whether no folder of the repository ends in a chart's path, from wherever that is seen."""
    return places.absent("/".join(part for part in _declaring(chart).split("/") if part != ".."))


def _declaring(chart: str) -> str:
    return posixpath.normpath(posixpath.join(chart, _CHART))
