"""The manifest, and the hooks as ``pre-commit try-repo`` builds and runs them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.hooks.conftest import Team

ROOT = Path(__file__).resolve().parents[2]


def test_the_manifest_is_valid(team: Team) -> None:
    done = team.pre_commit("validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert done == (0, "")


def test_both_hooks_run_out_of_a_checkout(team: Team, shipped: Team) -> None:
    checkout = ROOT if (ROOT / ".git").exists() else shipped.root
    done = team.pre_commit("try-repo", str(checkout), "--verbose", "--all-files")
    assert done.status == 1, done.said
    gate, _, badge = done.said.partition("mlops-scan badge")
    assert "Passed" in gate
    assert "Level 1 of 4: DevOps, no MLOps" in gate
    assert "mlops-scan: wrote mlops-level.svg" in badge
    assert "level 1: DevOps, no MLOps" in (team.root / "mlops-level.svg").read_text(encoding="utf-8")
