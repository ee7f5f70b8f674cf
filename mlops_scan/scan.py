"""The whole scan: a source's files to facts, to evidence, to chains, to an assessment."""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from mlops_scan import cache, claims, compiled, results, sources
from mlops_scan.assessment import by_role, origin
from mlops_scan.compiled import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mlops_scan.assessment import Assessment, Known, Origin
    from mlops_scan.cache import Store
    from mlops_scan.catalogue import Catalogue
    from mlops_scan.chains import Graph
    from mlops_scan.contents import Contents
    from mlops_scan.evidence import Evidence, FileFacts
    from mlops_scan.facts.kinds import Diagnostic
    from mlops_scan.model import Model
    from mlops_scan.results import Kept
    from mlops_scan.sources import Source

_T = TypeVar("_T")


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
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
    files were read; ``claims`` are what the team says itself, ``aim`` the level that it wants. ``catalogue`` is one, or
    which to read (nothing: built-in and installed ones). ``store`` keeps what one scan knows for the next; ``model``
    is what to judge by (nothing: the default one). ``jobs`` is how many processes read files (nothing: one a core),
    which changes nothing that is found.
    """

    revision: str | None = None
    staged: bool = False
    catalogue: Catalogue | Chosen | None = None
    excludes: tuple[str, ...] = ()
    max_file_size: int = 5_000_000
    progress: Callable[[int, int], None] | None = None
    claims: claims.Claims = claims.NONE
    aim: int = 0
    store: Store | None = None
    model: Model | None = None
    jobs: int | None = None


DEFAULT = Options()


class Examined(NamedTuple):
    """What a scan knows before it judges: where it looked, what it could not read, and the chains."""

    source: Source
    origin: Origin
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[FileFacts, ...]
    evidence: tuple[Evidence, ...]
    graph: Graph
    catalogue: Catalogue


class Judged(NamedTuple):
    """An assessment with the source that it is of."""

    source: Source
    assessment: Assessment


def assess(path: str, options: Options = DEFAULT) -> Assessment:
    """Return the assessment of a repository; errors as for `judge`."""
    return judge(path, options).assessment


def judge(path: str, options: Options = DEFAULT) -> Judged:
    """Return the assessment of a repository, and the source that it is of.

    Raises `sources.SourceError` where there is nothing to scan, and `catalogue.CatalogueError` where a tool file cannot
    be used.
    """
    with collector_paused():
        began = time.time_ns()
        options = _settled(options)
        source = looked(path, options)
        kept = _kept(source, options, began)
        ids, all_known = results.known(kept) if kept else ({}, False)
        found = results.recalled(kept, ids) if kept and all_known else None
        return Judged(source, found or _judged(source, options, kept, ids))


def examine(path: str, options: Options = DEFAULT) -> Examined:
    """Return the facts, evidence and chains of a repository; errors as for `assess`."""
    from mlops_scan import contents

    with collector_paused():
        began = time.time_ns()
        options = _settled(options)
        source = looked(path, options)
        kept = _kept(source, options, began)
        read = contents.read(
            source, results.known(kept)[0] if kept else {}, options.store, options.progress, options.jobs
        )
        if options.store:
            cache.put(options.store, read.fresh)
        return _examined(read, options)


def tools_of(options: Options) -> Catalogue:
    """Return the catalogue that options name; errors as for `judge`."""
    chosen = options.catalogue or compiled.choose(store=options.store)
    return compiled.read(chosen, options.store) if isinstance(chosen, Chosen) else chosen


def _settled(options: Options) -> Options:
    """Return options that say which catalogue is used."""
    return options if options.catalogue else options._replace(catalogue=compiled.choose(store=options.store))


def looked(path: str, options: Options) -> Source:
    """Return the source that options name, without roles; errors as for `judge`."""
    return sources.look(
        path,
        revision=options.revision,
        staged=options.staged,
        excludes=options.excludes,
        max_file_size=options.max_file_size,
    )


def _kept(source: Source, options: Options, began: int) -> Kept | None:
    """Return what may be remembered of a scan: nothing where it is not known what judges."""
    judge = options.catalogue.stamp() if isinstance(options.catalogue, Chosen) else None
    if options.store is None or judge is None or not judge.settled:
        return None
    given = options._replace(revision=None, staged=False, catalogue=None, progress=None, store=None, jobs=None)
    listed = (options.excludes, options.max_file_size)
    return results.Kept(options.store, source, judge, listed, tuple(given), began)


def _judged(looked: Source, options: Options, kept: Kept | None, ids: dict[str, str]) -> Assessment:
    """Judge a source anew, and keep what the next scan of it can use."""
    from mlops_scan import contents

    read = contents.read(looked, ids, options.store, options.progress, options.jobs)
    known = read.ids if looked.kind == "worktree" else ids
    found = results.recalled(kept, known) if kept and read.whole else None
    past = results.past(kept) if kept and found is None else None
    # git reads while chains are built here
    history = _beside(lambda: sources.history(looked)) if found is None and past is None else lambda: past
    assessment = found or _assessed(read, options, history)
    if options.store:
        fresh = dict(read.fresh)
        if kept and read.whole:
            fresh |= results.remembered(kept, assessment, known, history())
        cache.put(options.store, fresh)
    return assessment


def _assessed(
    read: Contents, options: Options, history: Callable[[], Mapping[str, frozenset[str]] | None]
) -> Assessment:
    from mlops_scan import masks, maturity

    found = _examined(read, options)
    known = known_of(found.catalogue, found.files, found.evidence, found.graph, history(), options.claims)
    return masks.concealed(maturity.assess(known, found.origin, found.diagnostics, options.aim, options.model))


def known_of(
    catalogue: Catalogue,
    files: tuple[FileFacts, ...],
    evidence: tuple[Evidence, ...],
    graph: Graph,
    history: Mapping[str, frozenset[str]] | None,
    said: claims.Claims,
) -> Known:
    """Return everything that judging may look at, with what tells that the repository is itself a tool."""
    from mlops_scan import built_on, kind, maturity, model, named_after
    from mlops_scan.own_names import own_tools

    asked = model.questions().kind
    tools = own_tools(catalogue, files)
    inner = own_tools(catalogue, files, anywhere=True)
    about = built_on.found(catalogue, files, asked.built_on, anywhere=any(kind.publishes(e, asked) for e in evidence))
    done = {found.act for found in evidence if found.strength == "strong"}
    if "serves" not in done:  # an application may tell of the tools that it uses
        about = (*about, *named_after.found(catalogue, files, publishes="publishes" in done))
    return maturity.known(files, evidence, graph, history, tools, inner, said, about)


def _examined(read: Contents, options: Options) -> Examined:
    from mlops_scan import chains, modules
    from mlops_scan.evidence import bare_packages, importable, recognise
    from mlops_scan.held import held
    from mlops_scan.import_paths import added
    from mlops_scan.sourced import sourced

    catalogue = tools_of(options)
    index = modules.index(importable(read.files), bare_packages(read.files), held(read.files))
    index = index._replace(added=added(read.files, index.places), sourced=sourced(read.files))
    evidence = recognise(catalogue, read.files, index)
    graph = chains.build(read.files, evidence, index)
    evidence = chains.weakened(graph, evidence)
    where = origin(read.source, by_role(read.source))
    return Examined(read.source, where, read.diagnostics, read.files, evidence, graph, catalogue)


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
