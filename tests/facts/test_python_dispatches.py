from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Link

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            'import requests\ndef f():\n    requests.post("https://x/repos/a/b/dispatches", json={"event_type": "retrain"})\n',
            [("event", "retrain, repository_dispatch", "f")],
        ),
        (
            'import json, httpx\nU = "https://x/repos/a/b/dispatches"\nclass C:\n    def f(self):\n        d = {"event_type": "x"}\n        httpx.post(U, data=json.dumps(d))\n',
            [("event", "x, repository_dispatch", "C.f")],
        ),
        (
            'import requests\nW = "train.yml"\nrequests.post(f"https://x/actions/workflows/{W}/dispatches", json={"ref": "main"})\n',
            [("workflow", "train.yml", "")],
        ),
        (
            'repo.create_repository_dispatch("retrain")\nrepo.get_workflow("t.yml").create_dispatch("main")\n',
            [("event", "retrain, repository_dispatch", ""), ("workflow", "t.yml", "")],
        ),
        (
            'import requests\ndef f(kind):\n    requests.post("https://x/repos/a/b/dispatches", json={"event_type": kind})\n',
            [],
        ),
        ('import requests\nrequests.post("https://x/orders", json={"event_type": "sold"})  # not /dispatches\n', []),
    ],
)
def test_requests_to_github(stated: Callable[..., list[Any]], text: str, links: list[tuple[str, str, str]]) -> None:
    assert sorted(stated("churn/a.py", text, Link, "kind", "target", "unit")) == links
