"""``mlops-scan init``: sets a repository up to keep its level."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_scan import console, init

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mlops_scan.assessment import Assessment
    from mlops_scan.init.kinds import Change, Plan, Site


@click.command("init")
@click.argument("path", default=".")
@click.option(
    "--only", type=click.Choice(init.names()), multiple=True, help="Only this part; may be given several times."
)
@click.option("--badge", is_flag=True, help="Add the hook that keeps a badge in the repository, too.")
@click.option("--yes", "-y", is_flag=True, help="Change files that are there without asking.")
@click.option("--dry-run", is_flag=True, help="Print what would change, as a diff for `git apply`, and write nothing.")
def command(path: str, only: tuple[str, ...], *, badge: bool, yes: bool, dry_run: bool) -> None:
    """Set a repository up to keep its level: pre-commit hook, workflow and settings.

    Writes at the top of the repository that PATH is in, and asks before it changes a file that is there. What is set
    up already stays as it is.
    """
    from mlops_scan.init.kinds import RefusedError

    try:
        site = _site(path, badge=badge)
        below = bool(site.place and site.place.prefix)
        console.tell(f"{site.level}{f' (the repository is {site.root})' if below else ''}", err=dry_run)
        plans = init.plans(site, only or init.names())
        if dry_run:
            _show(plans)
        else:
            _write(site, plans, yes=yes)
    except RefusedError as error:
        raise click.ClickException(str(error)) from error


def _site(path: str, *, badge: bool) -> Site:
    """Return the repository, scanned. Raises `RefusedError` where there is no folder to write in."""
    import datetime as dt

    from mlops_scan.init.kinds import RefusedError, Site
    from mlops_scan.sources import place

    if not Path(path).is_dir():
        message = f"{path!r}: no such folder; give the folder of a repository"
        raise RefusedError(message)
    found = place.find(str(Path(path).resolve()))
    if found and not found.work_tree:
        message = f"{path} is a bare repository: there are no files to write in; give a clone of it"
        raise RefusedError(message)
    root = Path(found.work_tree) if found else Path(path).resolve()
    return Site(root, found, _assessed(str(root)), badge, dt.datetime.now(tz=dt.timezone.utc).date())


def _assessed(path: str) -> Assessment | None:
    """Return the assessment; None, and say why, where there is nothing to scan."""
    from mlops_scan import scan
    from mlops_scan.sources import SourceError

    try:
        return scan.assess(path, console.options(console.Where(path)))
    except SourceError as error:
        console.tell(f"mlops-scan: not scanned: {error}", err=True)
        return None


def _show(plans: Iterable[Plan]) -> None:
    """Print diffs to stdout and all else to stderr."""
    from mlops_scan.init import diff

    for plan in plans:
        _tell(plan, "would write", err=True)
        text = diff.unified(plan.change) if plan.change else ""
        if sys.stdout.isatty():
            _shown(text)
        else:
            click.echo(text.encode("utf-8", "surrogateescape"), nl=False)


def _shown(diff: str, *, err: bool = False) -> None:
    """Print a diff to be looked at: nothing in it can move the cursor."""
    for line in diff.split("\n")[:-1]:
        console.tell(line.removesuffix("\r"), err=err)


def _tell(plan: Plan, verb: str, *, err: bool = False) -> None:
    console.tell(f"{verb} {plan.what}" if plan.change else plan.what, err=err)
    for line in plan.then:
        console.tell(f"    {line}", err=err)


def _write(site: Site, plans: Iterable[Plan], *, yes: bool) -> None:
    """Write what is planned and agreed to, and tell of each part; the first that fails ends it."""
    changes = [plan.change for plan in plans if plan.change]
    declined = set() if yes else _declined([change for change in changes if change.before is not None])
    agreed = [change for change in changes if change.path not in declined]
    for plan in plans:
        if plan.change and plan.change.path in declined:
            console.tell(f"{plan.change.path}: left as it is")
            continue
        if plan.change:
            _put(site, plan.change, agreed)
        _tell(plan, "wrote")
    if not changes:
        console.tell("Nothing was changed.")


def _declined(changes: list[Change]) -> set[str]:
    """Return the files that are there and may not be changed, asking for each with its diff."""
    from mlops_scan.init import diff
    from mlops_scan.init.kinds import RefusedError

    if changes and not (sys.stdin and sys.stdin.isatty()):
        names = " and ".join(change.path for change in changes)
        message = f"{names} would be changed: give --yes to agree, or --dry-run to see how"
        raise RefusedError(message)
    declined = set()
    for change in changes:
        _shown(diff.unified(change), err=True)
        if not click.confirm(f"Change {change.path}?", err=True):
            declined.add(change.path)
    return declined


def _put(site: Site, change: Change, agreed: list[Change]) -> None:
    """Write one file. Raises `RefusedError`, which also says what became of the others."""
    from mlops_scan.init import disk
    from mlops_scan.init.kinds import RefusedError

    try:
        disk.write(site, change)
    except RefusedError as error:
        at = agreed.index(change)
        sides = (("written before", agreed[:at]), ("not written either", agreed[at + 1 :]))
        others = (f"; {word}: {', '.join(one.path for one in some)}" for word, some in sides if some)
        message = f"{error}{''.join(others)}"
        raise RefusedError(message) from error
