"""``mlops-scan diff``: what changed between two revisions, the index or the work tree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_scan import console

if TYPE_CHECKING:
    from mlops_scan.scan import Judged, Options

INDEX, WORK_TREE = "index", "worktree"


@click.command("diff")
@click.argument("base", metavar="BASE")
@click.argument("rest", metavar="[HEAD] [PATH]", nargs=-1)
@click.option("--format", "formats", metavar="KIND[:FILE]", multiple=True, default=["text"], show_default=True)
@click.option("--no-regress", is_flag=True, help="Exit with 1 where a capability or a level was lost.")
@console.settled
@console.judged_by
@console.output
def command(
    base: str,
    rest: tuple[str, ...],
    formats: tuple[str, ...],
    config_file: str | None,
    output: str | None,
    *,
    no_regress: bool,
    attest: bool,
    color: bool | None,
) -> None:
    """Show which capabilities were gained and lost from BASE to HEAD, and by which lines.

    BASE and HEAD are revisions, or `index` or `worktree` (the default of HEAD). Of two words the second is PATH where
    such a folder exists. Both sides are judged by the settings of the work tree.
    """
    from mlops_scan import difference, reports

    head, path = _head_and_path(rest)
    wanted = reports.wanted(formats, output, "differences")
    options = console.options(console.Where(path, config_file=config_file, attested=attest))
    found = difference.between(_judged(base, path, options), _judged(head, path, options), (base, head))
    for renderer, file in wanted:
        console.emit(renderer(found), file, color=color)
    if no_regress and found.worse:
        raise SystemExit(console.GATE_FAILED)


def _head_and_path(words: tuple[str, ...]) -> tuple[str, str]:
    """Return what is compared with BASE, and where the repository is."""
    if len(words) > 2:  # noqa: PLR2004 - HEAD and PATH
        message = "give BASE, then HEAD if it is not the work tree, then PATH"
        raise click.UsageError(message)
    if len(words) == 2:  # noqa: PLR2004
        return words[0], words[1]
    if words and Path(words[0]).is_dir():
        return WORK_TREE, words[0]
    return (*words, WORK_TREE)[0], "."


def _judged(side: str, path: str, options: Options) -> Judged:
    from mlops_scan import scan

    named = side not in {INDEX, WORK_TREE}
    return scan.judge(path, options._replace(revision=side if named else None, staged=side == INDEX))
