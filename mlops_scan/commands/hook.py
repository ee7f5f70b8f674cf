"""``mlops-scan hook``: what pre-commit runs; a commit must neither lose a capability nor fall under a level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from mlops_scan import console, gates

if TYPE_CHECKING:
    from mlops_scan.difference import Difference
    from mlops_scan.scan import Judged, Options

_HINT = "if it is meant, commit with SKIP=mlops-scan; if it lives elsewhere now, attest it ([[tool.mlops-scan.attest]])"

# a first push names only the branch that is sent: there is nothing to compare it with
_HEAD, _TO_REF = "HEAD", ["PRE_COMMIT_TO_REF", "PRE_COMMIT_LOCAL_BRANCH"]


@click.command("hook")
@click.argument("path", default=".")
@gates.fail_under
@console.judged_by
@click.option("--from-ref", envvar="PRE_COMMIT_FROM_REF", metavar="REV", help="Compare with this, instead of HEAD.")
@click.option("--to-ref", envvar=_TO_REF, metavar="REV", help="Look at this, instead of what is staged.")
@console.settled
def command(
    path: str,
    fail_under: int | None,
    from_ref: str | None,
    to_ref: str | None,
    config_file: str | None,
    *,
    attest: bool,
) -> None:
    """Compare what is staged with HEAD; exit with 1 where a capability or a level is lost.

    Where pre-commit says which revisions it compares (before a push, or with --from-ref and --to-ref), those are. With
    --to-ref alone nothing is compared, and --fail-under counts.
    """
    from mlops_scan import scan
    from mlops_scan.reports import models

    where = console.Where(path, rev=to_ref, staged=to_ref is None, config_file=config_file, attested=attest)
    options = console.options(where)
    if fail_under:
        console.on_ladder(options, fail_under=fail_under)
    judged = scan.judge(path, options)
    base = from_ref or (_HEAD if to_ref is None else None)
    found = None if base is None else _compared(judged, where, options, base)
    console.tell(models.verdict(judged.assessment))
    gates.check(judged, lowest=fail_under, since=found, hint=_HINT)


def _compared(judged: Judged, where: console.Where, options: Options, base: str) -> Difference | None:
    """Return what changed since a revision; None, and say why, where there is nothing to compare with.

    Raises `sources.UnknownRevisionError` for one that was asked for: what is not there must not pass as nothing lost.
    """
    from mlops_scan.sources import SourceError, UnknownRevisionError

    try:
        return gates.compared(judged, where, options, base)
    except SourceError as error:
        if isinstance(error, UnknownRevisionError) and base != _HEAD:
            raise
        console.tell(f"mlops-scan: not compared with {base}: {error}", err=True)
        return None
