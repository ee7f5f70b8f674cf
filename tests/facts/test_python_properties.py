"""What properties hand over that do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mlops_scan.facts.kinds import Call

if TYPE_CHECKING:
    from collections.abc import Callable

CLASS = """
from churn import make


class Job:
    def __init__(self):
        self._client = make()

    {decorator}
    def client(self):
        {body}

    def go(self):
        self.client.put("churn")
"""


@pytest.mark.parametrize(
    ("decorator", "body", "name"),
    [
        ("@property", "return self._client", "churn.make.put"),
        ("@property", '"""The client."""\n        return self._client', "churn.make.put"),
        ("@property", "check()\n        return self._client", ".put"),
        ("@property", "return wrapped(self._client)", ".put"),
        ("@cached", "return self._client", ".put"),
    ],
)
def test_a_property_is_the_attribute_that_it_hands_over(
    decorator: str, body: str, name: str, stated: Callable[..., list[Any]]
) -> None:
    found = stated("job.py", CLASS.format(decorator=decorator, body=body), Call, "name")
    assert [each for (each,) in found if each.endswith("put")] == [name]
