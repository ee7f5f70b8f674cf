"""The hooks in `.pre-commit-config.yaml`.

Source of the format: https://pre-commit.com/#adding-pre-commit-plugins-to-your-project
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlops_scan.init import disk, hooks
from mlops_scan.init.kinds import Change, Plan

if TYPE_CHECKING:
    from mlops_scan.init.kinds import Site

HOOK, BADGE_HOOK, BADGE = "mlops-scan", "mlops-scan-badge", "mlops-level.svg"
_MARK = "\ufeff"


def plan(site: Site) -> Plan:
    """Return the hooks to add; none where they are there. Raises `RefusedError` where no place is safe."""
    wanted = (HOOK, BADGE_HOOK) if site.badge else (HOOK,)
    before = disk.existing(site, hooks.FILE)
    text = disk.text(before or b"", hooks.FILE)
    mark = _MARK if text.startswith(_MARK) else ""
    after, added = hooks.inserted(text[len(mark) :], wanted)
    if not added:
        return Plan(f"{hooks.FILE}: nothing to do, {_named(wanted)} there")
    return Plan(
        f"{hooks.FILE}: {' and '.join(added)}", Change(hooks.FILE, before, (mark + after).encode()), _then(site)
    )


def _named(wanted: tuple[str, ...]) -> str:
    return f"{' and '.join(wanted)} {'is' if len(wanted) == 1 else 'are'}"


def _then(site: Site) -> tuple[str, ...]:
    """Say what is next; pre-commit works in git only."""
    install = f"next: {'' if site.place else 'git init, then '}pre-commit install"
    if not site.badge:
        return (install,)
    make = f"next: pre-commit run {BADGE_HOOK} --all-files, commit {BADGE}, and show it in the README:"
    return install, make, f"![MLOps maturity level]({BADGE})"
