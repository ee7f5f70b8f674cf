"""With which revision a run compares, unless it is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_MERGE = re.compile(r"refs/pull/\d+/merge")
HOW_TO_FETCH = "give `actions/checkout` a `fetch-depth` of 2, or of 0 for the whole history"


def event(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what started the workflow, as GitHub tells it; empty where it does not.

    Source: https://docs.github.com/webhooks/webhook-events-and-payloads.
    """
    try:
        found = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    except (KeyError, OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def candidates(environment: Mapping[str, str], what: Mapping[str, Any], commit: str | None) -> list[str]:
    """Return the revisions to try, best first: none unless a pull request started the run.

    Where ``commit``, the one in the checkout, is the merge that GitHub makes of a pull request, what it was merged into
    comes first: the base that the event names may be older, and then what others merged since would count as changed
    by this one.
    """
    pull = what.get("pull_request")
    if not isinstance(pull, dict):
        return []
    merge = environment.get("GITHUB_SHA", "")
    into = [f"{merge}^1"] if commit == merge and _MERGE.fullmatch(environment.get("GITHUB_REF", "")) else []
    base = str((pull.get("base") or {}).get("sha") or "")
    return into + ([base] if base else [])
