"""What the commands share: where to look, the settings, and writing."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

import click

from mlops_scan import terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from mlops_scan.cache import Store
    from mlops_scan.catalogue import Catalogue
    from mlops_scan.claims import Claims
    from mlops_scan.config import Config
    from mlops_scan.model import Model
    from mlops_scan.scan import Options

GATE_FAILED, USAGE = 1, 2
_LONGEST = 2000
_MODEL = f"{__name__}.model"
_OFF, _DIRECTORY = f"{__name__}.no-cache", f"{__name__}.cache-dir"
_UNTRUSTED = f"{__name__}.untrusted"
_JOBS = f"{__name__}.jobs"
_F = TypeVar("_F", bound="Callable[..., None]")


class Where(NamedTuple):
    """What a command line says of what is looked at; ``attested`` tells whether attestations count."""

    path: str
    rev: str | None = None
    staged: bool = False
    config_file: str | None = None
    attested: bool = True


def where(function: _F) -> _F:
    """Give a command the argument and options that say what is looked at, as one value ``where``."""

    @click.argument("path", default=".")
    @click.option("--rev", metavar="REV", help="Look at a commit, branch or tag instead of the work tree.")
    @click.option("--staged", is_flag=True, help="Look at what is staged for the next commit.")
    @settled
    @functools.wraps(function)
    def command(
        path: str, rev: str | None, config_file: str | None, *, staged: bool, attest: bool, **rest: object
    ) -> None:
        if rev is not None and staged:
            message = "--rev and --staged exclude each other: give one of them"
            raise click.UsageError(message)
        function(where=Where(path, rev, staged, config_file, attest), **rest)

    return cast("_F", command)


def settled(function: _F) -> _F:
    """Give a command the options that say which settings count."""
    function = _jobs(untrusted(_caching(function)))
    function = click.option(
        "--config", "config_file", metavar="FILE", type=click.Path(dir_okay=False), help="Settings to use."
    )(function)
    return click.option(
        "--attest/--no-attest", default=True, help="Count what the settings attest, marked as such (default), or not."
    )(function)


def untrusted(function: _F) -> _F:
    """Give a command the option to take no settings from the repository, which `settings` heeds."""
    return click.option(
        "--untrusted",
        is_flag=True,
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({_UNTRUSTED: value}),
        help="Take no settings from the repository: no attestations, catalogues or excludes of its own.",
    )(function)


def _caching(function: _F) -> _F:
    """Give a command the options of where scans keep what they know, which `store` reads."""
    function = click.option(
        "--cache-dir",
        metavar="DIR",
        type=click.Path(file_okay=False),
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({_DIRECTORY: value}),
        help="Keep what files state in this folder (default: in the user's cache).",
    )(function)
    return click.option(
        "--no-cache",
        is_flag=True,
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({_OFF: value}),
        help="Neither use nor keep what is known of earlier scans.",
    )(function)


def _jobs(function: _F) -> _F:
    """Give a command the option of how many processes it may use, which `options` reads."""
    return click.option(
        "--jobs",
        metavar="N",
        type=click.IntRange(min=1),
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({_JOBS: value}),
        help="Use so many processes where there is much to read (default: one a core). What is found is the same.",
    )(function)


def judged_by(function: _F) -> _F:
    """Give a command the option of the maturity model, which `options` reads."""
    return click.option(
        "--model",
        metavar="NAME|FILE",
        expose_value=False,
        callback=lambda context, _, value: context.meta.update({_MODEL: value}),
        help="Judge by this maturity model (see `mlops-scan model list`), or by a team's own file.",
    )(function)


def output(function: _F) -> _F:
    """Give a command the options of where its report goes, and whether it is styled."""
    function = click.option("--color/--no-color", default=None, help="Style text (default: on a terminal).")(function)
    return click.option(
        "--output", metavar="FILE", type=click.Path(dir_okay=False), help="Write the report to a file."
    )(function)


def options(where: Where, use: Callable[[Config], Config] | None = None) -> Options:
    """Return how to scan what a command line names, by all its settings or by what ``use`` takes of them.

    Raises `config.ConfigError` or `catalogue.CatalogueError` where the settings cannot be used.
    """
    from mlops_scan import compiled
    from mlops_scan.scan import Options

    config = settings(where.path, where.config_file)
    if use:
        config = use(config)
    kept = store(where.path)
    return Options(
        revision=where.rev,
        staged=where.staged,
        catalogue=compiled.choose(config.catalogues, config.disable, kept),
        excludes=config.exclude,
        max_file_size=config.max_file_size,
        progress=terminal.progress(),
        claims=_claims(config, attested=where.attested, unheeded=_unheeded(where)),
        store=kept,
        model=chosen_model(),
        jobs=_asked(_JOBS),
    )


def chosen_model() -> Model | None:
    """Return the maturity model that the command line asks for; None for the default one.

    Raises `model_file.ModelError` for one that is not there or cannot be used.
    """
    name = _asked(_MODEL)
    if name is None:
        return None
    from mlops_scan import model_file

    return model_file.find(name)


def on_ladder(options: Options, **levels: int | None) -> None:
    """Refuse levels that the chosen model does not have, each given by the name of its option."""
    from mlops_scan import model

    top = (options.model or model.load()).ladder.top
    for name, level in levels.items():
        if level is not None and level > top:
            message = f"--{name.replace('_', '-')} {level}: the highest level of this model is {top}"
            raise click.UsageError(message)


def store(path: str) -> Store | None:
    """Return where scans of a repository keep what they know: nowhere with --no-cache, and never in the repository."""
    from mlops_scan import cache
    from mlops_scan.sources import place

    asked: str | None = _asked(_DIRECTORY)
    directory = asked or cache.default_directory()
    if _asked(_OFF) or not directory:
        return None
    found = place.find(os.path.realpath(path))
    if any(cache.lies_in(directory, tree) for tree in (path, *(found.trees() if found else ()))):
        if not asked:
            return None
        message = f"--cache-dir {directory} lies in the repository, which could have put anything there: name another"
        raise click.UsageError(message)
    return cache.Store(directory)


def settings(path: str, config_file: str | None) -> Config:
    """Return the settings in a file, else the nearest of a path; with --untrusted, none that the repository holds."""
    from mlops_scan import config

    if config_file is not None:
        return config.read(Path(config_file)) or config.Config()
    return config.Config() if _distrusts() else config.find(path)


def _distrusts() -> bool:
    return bool(_asked(_UNTRUSTED))


def _asked(option: str) -> Any:  # noqa: ANN401 - of the option's own type
    """Return what the command line says for an option that is kept for all; None where it says nothing."""
    context = click.get_current_context(silent=True)
    return context.meta.get(option) if context else None


def _unheeded(where: Where) -> tuple[str, ...]:
    """Return in words which settings --untrusted leaves out."""
    from mlops_scan import config

    if not _distrusts() or where.config_file is not None:
        return ()
    found = config.file_of(where.path)
    return (f"the settings in {found.name} are not used: --untrusted takes none from the repository",) if found else ()


def catalogue(config: Config) -> Catalogue:
    """Return the catalogue that the settings ask for."""
    from mlops_scan import catalogue

    return catalogue.load(config.catalogues, config.disable)


def _claims(config: Config, *, attested: bool, unheeded: tuple[str, ...]) -> Claims:
    """Return the team's claims that hold today, with what else does not count.

    Raises `config.ConfigError` for a capability that does not exist.
    """
    import datetime as dt

    import msgspec

    from mlops_scan import claims

    if config.attest:
        _check(config)
    today = dt.datetime.now(tz=dt.timezone.utc).date()
    found = claims.current(config.attest if attested else (), config.dispute, today)
    return msgspec.structs.replace(found, dropped=(*unheeded, *found.dropped)) if unheeded else found


def _check(config: Config) -> None:
    from mlops_scan import model
    from mlops_scan.config import ConfigError

    known = {capability.id for capability in model.questions().capability}
    for said in config.attest:
        if said.capability not in known:
            message = (
                f"settings: attest: no capability is called {said.capability!r}: see `mlops-scan list capabilities`"
            )
            raise ConfigError(message)


def emit(report: str, output: str | None, *, color: bool | None = None) -> None:
    """Write a report whole or not at all: to a file, else to stdout."""
    if output is None:
        click.echo(report, nl=False, color=terminal.wants_color(color))
    else:
        write(Path(output), click.unstyle(report))


def write(target: Path, text: str) -> bool:
    """Write a file in one step, and only where it says something else; tell whether it did.

    The new file takes the place of what has its name: nothing is written through a link.
    """
    from mlops_scan import files

    try:
        return files.replace(target, text.encode())
    except OSError as error:
        message = f"cannot write {target}: {error.strerror or error}"
        raise click.ClickException(message) from error


def tell(line: str, *, err: bool = False) -> None:
    """Print one line; what a repository or a tool file says in it cannot move the cursor."""
    from mlops_scan.reports.visible import visible

    click.echo(visible(line.expandtabs(4), _LONGEST), err=err)
