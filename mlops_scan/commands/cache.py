"""``mlops-scan cache``: where scans keep what they know, how much that is, and how to forget it."""

from __future__ import annotations

import click

from mlops_scan import console

_MEGA = 1_000_000


@click.command("cache")
@click.argument("what", type=click.Choice(["info", "clear"]))
@click.option("--cache-dir", metavar="DIR", type=click.Path(file_okay=False), help="This folder, not the user's.")
def command(what: str, cache_dir: str | None) -> None:
    """Tell where scans keep what files state, and how much that is (info), or forget it all (clear)."""
    from mlops_scan import cache

    store = cache.Store(cache_dir or cache.default_directory())
    if not store.directory:
        console.tell("nothing is kept: there is no home directory")
        return
    if what == "clear":
        _clear(store.directory)
    count, size = cache.size(store)
    told = f"{count} entries, {size / _MEGA:.1f} of at most {store.cap / _MEGA:.0f} MB"
    console.tell(f"{store.file}: {cache.unusable(store) or told}")


def _clear(directory: str) -> None:
    from mlops_scan import cache

    try:
        cache.clear(cache.Store(directory))
    except OSError as error:
        message = f"cannot remove {error.filename}: {error.strerror}"
        raise click.ClickException(message) from error
