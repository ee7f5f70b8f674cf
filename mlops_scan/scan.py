"""The whole scan: a source's files to facts, to evidence, to chains, to an assessment."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING, NamedTuple

from mlops_scan import chains, facts, maturity, modules, reading, sources
from mlops_scan.assessment import Origin
from mlops_scan.catalogue import Catalogue
from mlops_scan.catalogue import load as load_catalogue
from mlops_scan.evidence import FileFacts, own_tools, recognise
from mlops_scan.facts.kinds import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mlops_scan.assessment import Assessment
    from mlops_scan.evidence import Evidence
    from mlops_scan.sources import File, Source

UNREAD_ROLES = frozenset({"vendored", "generated", "docs", "test-data"})
# a template counts as what it generates
AS_GENERATED = {"template": "product"}


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the collector of cycles: many small values that live to the end make it run for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Options(NamedTuple):
    """What to look at and how: a commit (``revision``), the index (``staged``) or else the work tree.

    ``excludes`` are patterns as in .gitignore; ``max_file_size`` is in bytes; ``progress`` is told how many of how many
    files were read.
    """

    revision: str | None = None
    staged: bool = False
    catalogue: Catalogue | None = None
    excludes: tuple[str, ...] = ()
    max_file_size: int = 5_000_000
    progress: Callable[[int, int], None] | None = None


DEFAULT = Options()


class Examined(NamedTuple):
    """What a scan knows before it judges: where it looked, what it could not read, and the chains."""

    source: Source
    origin: Origin
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[FileFacts, ...]
    evidence: tuple[Evidence, ...]
    graph: chains.Graph
    catalogue: Catalogue


def assess(path: str, options: Options = DEFAULT) -> Assessment:
    """Return the assessment of a repository.

    Raises `sources.SourceError` where there is nothing to scan, and `catalogue.CatalogueError` where a tool file cannot
    be used.
    """
    with _collector_paused():
        found = examine(path, options)
        tools = own_tools(found.catalogue, found.files)
        known = maturity.known(found.files, found.evidence, found.graph, sources.history(found.source), tools)
        return maturity.assess(known, found.origin, found.diagnostics)


def examine(path: str, options: Options = DEFAULT) -> Examined:
    """Return the facts, evidence and chains of a repository; errors as for `assess`."""
    with _collector_paused():
        source = sources.open_source(
            path,
            revision=options.revision,
            staged=options.staged,
            excludes=options.excludes,
            max_file_size=options.max_file_size,
        )
        diagnostics = list(source.diagnostics)
        files = tuple(_read(source, diagnostics, options.progress))
        catalogue = options.catalogue or load_catalogue()
        index = modules.index(file.path for file in files)
        evidence = recognise(catalogue, files, index)
        graph = chains.build(files, evidence, index)
        origin = Origin(path, source.commit, source.kind)
        return Examined(source, origin, tuple(diagnostics), files, evidence, graph, catalogue)


def _read(
    source: Source, diagnostics: list[Diagnostic], progress: Callable[[int, int], None] | None
) -> Iterator[FileFacts]:
    """Yield every file with its facts; files whose role proves nothing, or of no known format, are not opened."""
    wanted = [file for file in source.files if file.role not in UNREAD_ROLES and facts.reads(file.path)]
    names = {file.path for file in wanted}
    yield from (FileFacts(file.path, _role(file), ()) for file in source.files if file.path not in names)
    roles = {file.path: _role(file) for file in wanted}
    had = _had(sources.read_all(source, wanted), diagnostics)
    for number, (path, read) in enumerate(reading.read_all(had), 1):
        diagnostics.extend(read.diagnostics)
        yield FileFacts(path, roles.pop(path), read.facts)
        if progress is not None:
            progress(number, len(wanted))
    yield from (FileFacts(path, role, ()) for path, role in roles.items())


def _had(
    contents: Iterable[tuple[File, bytes | Diagnostic]], diagnostics: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every file; of one that could not be had, take note why."""
    for file, data in contents:
        if isinstance(data, Diagnostic):
            diagnostics.append(data)
        else:
            yield file.path, data


def _role(file: File) -> str:
    return AS_GENERATED.get(file.role, file.role)
