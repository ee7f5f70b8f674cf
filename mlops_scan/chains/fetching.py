"""What brings files that the tree does not have, or leads where we cannot follow: there nothing is missing for sure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.chains.words import is_runnable
from mlops_scan.facts import kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlops_scan.evidence import FileFacts

# what `dvc pull` brings is data; and a program of another repository brings code by its own words only
_FETCHING = (
    *("aws s3", "cookiecutter", "copier", "cp ", "docker cp", "dvc exp", "dvc get", "dvc import", "dvc repro", "gdown"),
    *("gh release download", "gh repo clone", "gh run download", "git clone", "gsutil", "helm create", "helm fetch"),
    *("helm package", "helm pull", "hf download", "huggingface-cli download", "jupyter nbconvert", "jupytext", "mv "),
    *("tar ", "unzip", "wget"),
)
_CLONING = ("git clone", "gh repo clone")
# words of a request whose answer becomes a file; else it is shown, asked about, or handed to an installer
_WRITING = frozenset({"--output", "--remote-name", "--remote-name-all", "--output-dir"})
_NOWHERE = "/dev/null"
_CHECKOUT = "actions/checkout"
# steps that bring what other jobs made
_DOWNLOADS = frozenset({"actions/download-artifact", "DownloadBuildArtifacts", "DownloadPipelineArtifact"})


def bringing(file: FileFacts) -> frozenset[str] | None:
    """Return the units of a file that may bring files which the tree does not have; None where one clones others.

    What a step of a job brings is there for the steps beside it, and for no other job.
    """
    cloned = any(command.run.startswith(_CLONING) for command in file.of(kinds.Command))
    if cloned:
        return None
    around = {link.target: link.unit for link in file.of(kinds.Link) if link.kind == "unit"}
    outer = frozenset(since(file, around))
    return outer.union(inner for inner, unit in around.items() if unit in outer)


def since(file: FileFacts, around: dict[str, str]) -> dict[str, int]:
    """Return the line from which on units may have files the tree lacks; ``around`` names the units around some."""
    first: dict[str, int] = {}
    for unit, line in _away(file):
        outer = around.get(unit, unit)
        first[outer] = min(line, first.get(outer, line))
    return first


def _away(file: FileFacts) -> Iterator[tuple[str, int]]:
    yield from ((command.unit, command.line) for command in file.of(kinds.Command) if _leads_away(command))
    yield from ((used.unit, used.line) for used in file.of(kinds.Uses) if _checks_out_elsewhere(used))


def _leads_away(command: kinds.Command) -> bool:
    moved = command.run.startswith("cd ") and "$" in command.run
    written = (command.into, *(command.run.split(" ") if command.run.startswith("tee ") else ()))
    fetched = command.run.startswith(_FETCHING) or (command.run.startswith("curl ") and _writes(command))
    return moved or fetched or any(map(is_runnable, written))


def _writes(request: kinds.Command) -> bool:
    """Tell whether what a request is answered becomes a file: ``-o model.tgz``, ``-sSLO``, ``> train.py``."""
    words = request.run.split(" ")
    short = any(word[:1] == "-" and word[1:2] != "-" and not {"o", "O"}.isdisjoint(word) for word in words)
    written = short or not _WRITING.isdisjoint(words) or request.into not in {"", _NOWHERE}
    return written and _NOWHERE not in words


def _checks_out_elsewhere(uses: kinds.Uses) -> bool:
    elsewhere = uses.name == _CHECKOUT and not {"repository", "path"}.isdisjoint(uses.arguments)
    return elsewhere or uses.name in _DOWNLOADS
