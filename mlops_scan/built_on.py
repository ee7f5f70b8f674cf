"""What a published package is built on: models, as its own topics, its imports or what it plugs into say.

A helper for a tool of machine learning may train and load nothing itself, and is no less a library of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan import packaged
from mlops_scan.evidence import Evidence
from mlops_scan.facts.kinds import Dependency, Import, Setting
from mlops_scan.globs import matcher
from mlops_scan.own_names import published
from mlops_scan.spec import CallSignature

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from mlops_scan.catalogue import Catalogue
    from mlops_scan.evidence import FileFacts
    from mlops_scan.spec import Detector, Tool

_DETECTOR = "{}.built-on"
_IMPORTS = "A published package needs and imports {}."
_TOPIC = "Topic :: Scientific/Engineering :: Artificial Intelligence"
_SAYS = "A published package says what it is about: {}."
_EXTENDS = "A published package plugs into {}, by an entry point."
_SHARES = "A published package plugs into {}, by a folder where it looks for plug-ins."
_POINTS = {
    "pyproject.toml": ("project.entry-points.", "tool.poetry.plugins."),
    "setup.cfg": ("options.entry_points.",),
    "setup.py": ("entry_points.",),
}
_GLOB = frozenset("*?[")


def found(
    catalogue: Catalogue, files: Iterable[FileFacts], telling: Collection[str], *, anywhere: bool = False
) -> tuple[Evidence, ...]:
    """Return what a repository that publishes itself says of its topics, and its ties to tools of machine learning.

    Such tools are known by detectors of the acts and capabilities that are ``telling``.
    Only what is needed to run counts. Of imports only the part of a tool that does the work does: ``ray`` alone is no
    ``ray.train``. Whoever fills an entry point of a tool extends it, whatever it imports. ``anywhere``: packages in
    folders of their own are published too.
    """
    everything = tuple(files)
    folders = frozenset(path.rpartition("/")[0] for path, _, _ in published(everything, anywhere=anywhere))
    product = [file for file in everything if file.role == "product" and not folders.isdisjoint(_above(file.path))]
    beside = [file for file in product if file.path.rpartition("/")[0] in folders]
    said = [*beside, *(file for file in everything if file.path in packaged.MANIFESTS and file not in beside)]
    stated = (fact for file in beside for fact in file.of(Dependency))
    needed = {fact.name for fact in stated if not (fact.lock or fact.group)}
    tools = [tool for tool, _ in catalogue.tools if needed & {*tool.packages}]
    known = {tool.id: any(_tells(tool, telling)) for tool in tools}
    extended = [tool for tool in tools if known[tool.id] or tool.extended_by or tool.shares]
    learning = [tool for tool in tools if known[tool.id]]
    return (*_topics(said), *_extensions(extended, everything), *_imports(learning, product, telling))


def _above(path: str) -> Iterator[str]:
    """Yield the folders around a file, the innermost first, the repository's own as nothing."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _tells(tool: Tool, telling: Collection[str]) -> Iterator[Detector]:
    """Yield the detectors of a tool that only one of machine learning has."""
    return (one for one in tool.detector if any(name in telling for name in (one.act, *(one.proves or ()))))


def _topics(files: Sequence[FileFacts]) -> Iterator[Evidence]:
    for said in packaged.stated(files, packaged.CLASSIFIERS):
        if _TOPIC in said.text:
            yield _says(said, _TOPIC)
    for said in packaged.stated(files, packaged.KEYWORDS):
        word = packaged.topic(said.text)
        if word:
            yield _says(said, word)


def _says(said: packaged.Said, what: str) -> Evidence:
    return Evidence(_DETECTOR.format("project-metadata"), said.path, said.line, "strong", _SAYS.format(what), what)


def _extensions(tools: Sequence[Tool], files: Sequence[FileFacts]) -> Iterator[Evidence]:
    """Yield where a package fills an entry point of a tool, or a folder that the tool looks for plug-ins in.

    The groups of entry points that are a tool's begin with its name, as ``mlflow.tracking_store``, or are stated. An R
    package brings another's functions together with its own by importing them into its namespace.
    """
    by_package = {package: tool for tool in tools for package in tool.packages}
    stated = [(tool, matcher(tool.extended_by)) for tool in tools if tool.extended_by]
    shared = [(tool, matcher(tool.shares)) for tool in tools if tool.shares]

    def extended(name: str) -> Tool | None:
        of_name = by_package.get(name.partition(".")[0].replace("_", "-"))
        return of_name or next((tool for tool, plugs_into in stated if plugs_into(name)), None)

    for file in files if by_package else ():
        for setting in file.of(Setting) if file.path in _POINTS else ():
            group = next((setting.key[len(way) :] for way in _POINTS[file.path] if setting.key.startswith(way)), "")
            tool = extended(group) if group else None
            if tool is not None:
                yield _of(tool, file.path, setting.line, _EXTENDS, group)
        for fact in file.of(Import) if file.path == "NAMESPACE" else ():
            tool = by_package.get(fact.name.lower())
            if tool is not None:
                yield _of(tool, file.path, fact.line, _IMPORTS, fact.name)
    for folder, path in _shared(files).items() if shared else ():
        for tool, looks_in in shared:
            if looks_in(folder):
                yield _of(tool, path, 1, _SHARES, folder)


def _shared(files: Iterable[FileFacts]) -> dict[str, str]:
    """Return the folders of the package, at the top or in ``src``, each with a file of it."""
    inside = ((file.path.removeprefix("src/"), file.path) for file in files if file.role == "product" and file.facts)
    return {short.partition("/")[0]: path for short, path in inside if "/" in short}


def _imports(tools: Iterable[Tool], files: Iterable[FileFacts], telling: Collection[str]) -> Iterator[Evidence]:
    """Yield the first import of each tool that the package needs."""
    roots = {root: tool for tool in tools for root in _roots(_tells(tool, telling))}
    told: set[str] = set()
    for file in files if roots else ():
        for fact in file.of(Import):
            tool = next((roots[name] for name in _names(fact.name) if name in roots), None)
            if tool is not None and tool.id not in told:
                told.add(tool.id)
                yield _of(tool, file.path, fact.line, _IMPORTS, fact.name)


def _of(tool: Tool, path: str, line: int, summary: str, what: str) -> Evidence:
    return Evidence(_DETECTOR.format(tool.id), path, line, "strong", summary.format(tool.name), what)


def _roots(detectors: Iterable[Detector]) -> Iterator[str]:
    """Yield the modules whose functions do the work: what comes before the first part that is not literal."""
    for detector in detectors:
        for signature in detector.signature:
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
