from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mlops_scan.facts.kinds import Variable

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLES = """\
env: {SHARED: "1"}
jobs:
  train:
    env:
      SCRIPT: train.py
      not a name: x
      NESTED: {a: b}
services:
  job:
    environment: [MODEL=churn, EMPTY]
containers:
- env:
  - {name: STAGE, value: prod}
  - {name: SECRET, valueFrom: {secretKeyRef: {name: keys}}}
"""


def test_variables_are_mappings_pairs_and_assignments(stated: Callable[..., list[Any]]) -> None:
    found = stated("any.yml", VARIABLES, Variable, "line", "name", "value")
    assert sorted(found) == [
        (1, "SHARED", "1"),
        (5, "SCRIPT", "train.py"),
        (10, "MODEL", "churn"),
        (13, "STAGE", "prod"),
    ]


def test_variables_are_bounded(stated: Callable[..., list[Any]]) -> None:
    text = "env:\n" + "".join(f"  V{number}: x\n" for number in range(3000))
    assert len(stated("any.yml", text, Variable)) == 2000
