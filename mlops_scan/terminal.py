"""The terminal: whether to style, and progress."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

_SLOW = 1.0


def wants_color(color: bool | None) -> bool:  # noqa: FBT001 - a tristate option of click
    """Return whether to style: the option, else NO_COLOR, else FORCE_COLOR, else a terminal."""
    if color is not None:
        return color
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def progress() -> Callable[[int, int], None] | None:
    """Return what shows progress on a terminal once the work takes over a second."""
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()

    def show(done: int, of: int) -> None:
        if time.monotonic() - began > _SLOW and (done % 50 == 0 or done == of):
            click.echo(f"\rread {done} of {of} files" + ("\n" if done == of else ""), nl=False, err=True)

    return show
