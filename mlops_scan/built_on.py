"""What a published package is built on: models, as its own topics say or as its imports show.

A helper for a tool of machine learning may train and load nothing itself, and is no less a library of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.evidence import SETUP, Evidence, published
from mlops_scan.facts.kinds import Call, Dependency, Import, Setting
from mlops_scan.spec import CallSignature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mlops_scan.catalogue import Catalogue
    from mlops_scan.evidence import FileFacts
    from mlops_scan.spec import Tool

_DETECTOR = "{}.built-on"
_IMPORTS = "A published package needs and imports {}."
_TOPIC = "Topic :: Scientific/Engineering :: Artificial Intelligence"
_SAYS = "A published package says that it is about artificial intelligence."
_TOPICS = {"pyproject.toml": ("project.classifiers", "tool.poetry.classifiers"), "setup.cfg": ("metadata.classifiers",)}
_GLOB = frozenset("*?[")


def found(catalogue: Catalogue, files: Iterable[FileFacts], acts: Collection[str]) -> tuple[Evidence, ...]:
    """Return what a repository that publishes itself says of its topics, and its imports of tools that do ``acts``.

    Only what is needed to run counts, and only the part of a tool that does them: ``ray`` alone is no ``ray.train``.
    """
    everything = tuple(files)
    if next(published(everything), None) is None:
        return ()
    return (*_topics(everything), *_imports(catalogue, everything, acts))


def _topics(files: Iterable[FileFacts]) -> Iterator[Evidence]:
    for file in files:
        keys = _TOPICS.get(file.path, ())
        for setting in file.of(Setting) if keys else ():
            if setting.key.startswith(keys) and _TOPIC in setting.value:
                yield _says(file.path, setting.line)
        for call in file.of(Call) if file.path == "setup.py" else ():
            if call.name in SETUP and _TOPIC in call.arguments.get("classifiers", ""):
                yield _says(file.path, call.line)


def _says(path: str, line: int) -> Evidence:
    return Evidence(_DETECTOR.format("project-metadata"), path, line, "strong", _SAYS, _TOPIC)


def _imports(catalogue: Catalogue, files: Iterable[FileFacts], acts: Collection[str]) -> Iterator[Evidence]:
    """Yield the first import of each tool that the package needs."""
    product = [file for file in files if file.role == "product"]
    stated = (fact for file in product if "/" not in file.path for fact in file.of(Dependency))
    needed = {fact.name for fact in stated if not (fact.lock or fact.group)}
    roots = {root: tool for tool, _ in catalogue.tools if needed & {*tool.packages} for root in _roots(tool, acts)}
    told: set[str] = set()
    for file in product if roots else ():
        for fact in file.of(Import):
            tool = next((roots[name] for name in _names(fact.name) if name in roots), None)
            if tool is not None and tool.id not in told:
                told.add(tool.id)
                summary = _IMPORTS.format(tool.name)
                yield Evidence(_DETECTOR.format(tool.id), file.path, fact.line, "strong", summary, fact.name)


def _roots(tool: Tool, acts: Collection[str]) -> Iterator[str]:
    """Yield the modules whose functions do one of the acts: what comes before the first part that is not literal."""
    for detector in tool.detector:
        for signature in detector.signature if detector.act in acts else ():
            for name in signature.name if isinstance(signature, CallSignature) else ():
                parts = name.split(".")
                literal = next((n for n, part in enumerate(parts) if not _GLOB.isdisjoint(part)), len(parts) - 1)
                root = ".".join(parts[:literal])
                if root:
                    yield root


def _names(full: str) -> Iterator[str]:
    """Yield a dotted name and the modules that it stands in."""
    while full:
        yield full
        full = full.rpartition(".")[0]
