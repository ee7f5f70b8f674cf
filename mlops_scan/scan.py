"""The whole scan: a source's files to facts, to evidence, to chains, to an assessment."""

from __future__ import annotations

import contextlib
import gc
import threading
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mlops_scan import chains, chart_values, claims, facts, maturity, modules, reading, sources
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

_T = TypeVar("_T")
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
    files were read; ``claims`` are what the team says itself, ``aim`` the
    level that it wants.
    """

    revision: str | None = None
    staged: bool = False
    catalogue: Catalogue | None = None
    excludes: tuple[str, ...] = ()
    max_file_size: int = 5_000_000
    progress: Callable[[int, int], None] | None = None
    claims: claims.Claims = claims.NONE
    aim: int = 0


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


class Judged(NamedTuple):
    """An assessment with the source that it is of."""

    source: Source
    assessment: Assessment


class _Read(NamedTuple):
    """A source with everything that its files state."""

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[FileFacts, ...]


def assess(path: str, options: Options = DEFAULT) -> Assessment:
    """Return the assessment of a repository; errors as for `judge`."""
    return judge(path, options).assessment


def judge(path: str, options: Options = DEFAULT) -> Judged:
    """Return the assessment of a repository, and the source that it is of.

    Raises `sources.SourceError` where there is nothing to scan, and `catalogue.CatalogueError` where a tool file cannot
    be used.
    """
    with _collector_paused():
        read = _read(path, options)
        history = _beside(lambda: sources.history(read.source))  # git reads while chains are built here
        found = _examined(path, read, options)
        tools = own_tools(found.catalogue, found.files)
        inner = own_tools(found.catalogue, found.files, anywhere=True)
        known = maturity.known(found.files, found.evidence, found.graph, history(), tools, inner, options.claims)
        return Judged(read.source, maturity.assess(known, found.origin, found.diagnostics, options.aim))


def examine(path: str, options: Options = DEFAULT) -> Examined:
    """Return the facts, evidence and chains of a repository; errors as for `assess`."""
    with _collector_paused():
        return _examined(path, _read(path, options), options)


def _examined(path: str, read: _Read, options: Options) -> Examined:
    catalogue = options.catalogue or load_catalogue()
    index = modules.index(file.path for file in read.files)
    evidence = recognise(catalogue, read.files, index)
    graph = chains.build(read.files, evidence, index)
    origin = Origin(path, read.source.commit, read.source.kind)
    return Examined(read.source, origin, read.diagnostics, read.files, evidence, graph, catalogue)


def _read(path: str, options: Options) -> _Read:
    source = sources.open_source(
        path,
        revision=options.revision,
        staged=options.staged,
        excludes=options.excludes,
        max_file_size=options.max_file_size,
    )
    diagnostics = list(source.diagnostics)
    files = chart_values.as_released(tuple(_facts(source, diagnostics, options.progress)))
    return _Read(source, tuple(diagnostics), files)


def _beside(work: Callable[[], _T]) -> Callable[[], _T]:
    """Begin work in a thread; return what waits for its result, or raises what it raised."""
    done: list[_T] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            done.append(work())
        except Exception as error:  # noqa: BLE001 - raised again where the result is asked for
            failed.append(error)

    def result() -> _T:
        thread.join()
        if failed:
            raise failed[0]
        return done[0]

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return result


def _facts(
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
